"""Single requests and small groups of them: by number, by what they came of, by whom they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import Request, RequestState
from desktop_app.ledgers.requests.store.shelves import SHELF
from desktop_app.ledgers.requests.tables import LISTED, REQUEST, REQUEST_EVALUATION, WAITING
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import CHANGE

LINKS = ("visit", "activity", "resolution")
"""What a request may have come of."""

_LIVING = sa.text("deleted_at IS NULL")


def _pointing(column: str) -> sa.Select[Any]:
    points = sa.bindparam("uids", type_=REQUEST.c[column].type, expanding=True)
    return (
        sa.select(REQUEST)
        .where(_LIVING, sa.text(f"{column} IS NOT NULL"), REQUEST.c[column].in_(points))
        .order_by(REQUEST.c.at, REQUEST.c.uid)
    )


_LINKED = {link: _pointing(link) for link in LINKS}
_MERGED = _pointing("merged_into")
_NAMING = sa.select(REQUEST).where(
    REQUEST.c.resident.in_(sa.bindparam("residents", expanding=True)), _LIVING
)
_WITH_LIMIT = (
    sa.select(REQUEST)
    .where(
        sa.text(WAITING),
        REQUEST.c.limit_days.is_not(None),
        REQUEST.c.uid > sa.bindparam("after", type_=REQUEST.c.uid.type),
    )
    .order_by(REQUEST.c.uid)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_EVALUATION_OF = sa.select(REQUEST_EVALUATION.c.uid).where(
    REQUEST_EVALUATION.c.request == sa.bindparam("request", type_=REQUEST_EVALUATION.c.request.type)
)
_CATEGORIES = (
    sa.select(REQUEST.c.category)
    .where(sa.text(LISTED), REQUEST.c.category != "")
    .distinct()
    .order_by(REQUEST.c.category)
)


def of_number(connection: sa.Connection, number: str) -> Uid | None:
    """The living request of that number."""
    query = sa.select(REQUEST.c.uid).where(REQUEST.c.number == number, _LIVING)
    found: Uid | None = connection.execute(query).scalar()
    return found


def of_external_number(
    connection: sa.Connection, platform: str, external_number: str
) -> list[Request]:
    """The requests that came from a platform under that number, the earliest first."""
    query = (
        sa.select(REQUEST)
        .where(
            sa.text(LISTED),
            sa.text("external_number <> ''"),
            REQUEST.c.external_number == external_number,
            REQUEST.c.platform == platform,
        )
        .order_by(REQUEST.c.at, REQUEST.c.uid)
    )
    return SHELF.values(connection.execute(query).mappings())


def linked(connection: sa.Connection, link: str, uids: Sequence[Uid]) -> list[Request]:
    """The living requests that came of these visits, activities or resolutions (`LINKS`)."""
    if not uids:
        return []
    return SHELF.values(connection.execute(_LINKED[link], {"uids": list(uids)}).mappings())


def on_list(connection: sa.Connection) -> list[Request]:
    """Every living request that stands on the problem list, in no order."""
    listed = REQUEST.c.state == RequestState.LISTED.value
    query = sa.select(REQUEST).where(sa.text(LISTED), listed)
    return SHELF.values(connection.execute(query).mappings())


def merged_into(connection: sa.Connection, uid: Uid) -> list[Request]:
    """Every living request that ended up in this one, also by way of another: its residents wait
    for the same answer."""
    found: dict[Uid, Request] = {}
    asked: list[Uid] = [uid]
    while asked:
        rows = connection.execute(_MERGED, {"uids": asked}).mappings()
        fresh = [one for one in SHELF.values(rows) if one.uid not in found and one.uid != uid]
        found |= {one.uid: one for one in fresh}
        asked = [one.uid for one in fresh]
    return list(found.values())


def naming(connection: sa.Connection, residents: Sequence[Uid]) -> list[Request]:
    """Every living request that points at one of these files."""
    if not residents:
        return []
    found = connection.execute(_NAMING, {"residents": list(residents)})
    return SHELF.values(found.mappings())


def forget_payloads(unit: Unit, requests: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == KIND.name, CHANGE.c.uid.in_(requests))
        .values(payload=None)
    )


def with_limit(connection: sa.Connection, after: Uid, most: int) -> list[Request]:
    """Requests not done yet that have a limit of the station's own, by uid, after one."""
    found = connection.execute(_WITH_LIMIT, {"after": after, "most": most})
    return SHELF.values(found.mappings())


def is_evaluated(connection: sa.Connection, request: Uid) -> bool:
    """Whether the resident has given an evaluation; which one is nobody's business at the desk."""
    return connection.execute(_EVALUATION_OF, {"request": request}).first() is not None


def categories_in_use(connection: sa.Connection) -> list[str]:
    """The categories of the requests there are."""
    return list(connection.execute(_CATEGORIES).scalars())


def attached(
    connection: sa.Connection, station: str = "", fields: Collection[str] = ("photos",)
) -> set[str]:
    """The attachments that living requests point at, of one station or of all, by their SHA-256 in
    hexadecimal; only what stands in one of these fields."""
    if "photos" not in fields:
        return set()
    query = sa.select(REQUEST.c.photos).where(_LIVING, REQUEST.c.photo_count > 0)
    if station:
        query = query.where(REQUEST.c.station == station)
    found = connection.execute(query).scalars()
    return {photo["sha256"] for photos in found for photo in photos}
