"""Places and links in their tables: rows ↔ dataclasses. Never commits.

A station has hundreds of places and a street some thousands, so all of them are read at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.registers.places.record import KIND, LINK
from desktop_app.registers.places.rules import Place, PlaceLink
from desktop_app.registers.places.tables import PLACE, PLACE_LINK
from desktop_app.storage.shelf import Shelf


class _PlaceShelf(Shelf[Place]):
    def derived(self, value: Place) -> Mapping[str, Any]:
        return {"name": value.name}


PLACES = _PlaceShelf(KIND, PLACE)
LINKS = Shelf(LINK, PLACE_LINK)


def everywhere(connection: sa.Connection) -> list[Place]:
    """All living places, in the order they came."""
    query = sa.select(PLACE).where(PLACE.c.deleted_at.is_(None)).order_by(PLACE.c.uid)
    return PLACES.values(connection.execute(query).mappings())


def with_code(connection: sa.Connection, station: str, code: str) -> list[Uid]:
    """The living places of a station that carry this code."""
    query = sa.select(PLACE.c.uid).where(
        PLACE.c.code == code, PLACE.c.station == station, PLACE.c.deleted_at.is_(None)
    )
    return list(connection.execute(query).scalars())


def codes_from(connection: sa.Connection, beginning: str) -> list[str]:
    """Every code below another one that ever was, deleted ones included."""
    query = sa.select(PLACE.c.code).where(PLACE.c.code.startswith(beginning, autoescape=True))
    return list(connection.execute(query).scalars())


def has_below(connection: sa.Connection, uid: Uid) -> bool:
    """Whether any living place lies below, follows or is linked to this one."""
    places = sa.select(PLACE.c.uid).where(
        sa.or_(PLACE.c.parent == uid, PLACE.c.successor == uid), PLACE.c.deleted_at.is_(None)
    )
    links = sa.select(PLACE_LINK.c.uid).where(
        sa.or_(PLACE_LINK.c.place == uid, PLACE_LINK.c.other == uid),
        PLACE_LINK.c.deleted_at.is_(None),
    )
    return connection.execute(sa.union_all(places, links).limit(1)).first() is not None


def links_of(connection: sa.Connection, uid: Uid) -> list[PlaceLink]:
    """The living links of a place, ended ones included, in the order they came."""
    query = (
        sa.select(PLACE_LINK)
        .where(
            sa.or_(PLACE_LINK.c.place == uid, PLACE_LINK.c.other == uid),
            PLACE_LINK.c.deleted_at.is_(None),
        )
        .order_by(PLACE_LINK.c.uid)
    )
    return LINKS.values(connection.execute(query).mappings())


def all_links(connection: sa.Connection) -> list[PlaceLink]:
    """All living links, in the order they came."""
    living = sa.select(PLACE_LINK).where(PLACE_LINK.c.deleted_at.is_(None))
    return LINKS.values(connection.execute(living.order_by(PLACE_LINK.c.uid)).mappings())
