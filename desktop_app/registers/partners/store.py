"""共建单位 in their table: rows ↔ dataclasses, and the queries of the list. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.picking import pick
from desktop_app.core.pinyin import sort_key
from desktop_app.core.text import half_width
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import Partner, PartnerFilter, PartnerLine, UnitKind
from desktop_app.registers.partners.tables import LISTED, PARTNER
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.shelf import Shelf

Connection = sa.Connection


class _PartnerShelf(Shelf[Partner]):
    def derived(self, value: Partner) -> Mapping[str, Any]:
        return {"sort": sort_key(value.name)}


SHELF = _PartnerShelf(KIND, PARTNER)

BY_NAME = Order((PARTNER.c.sort, PARTNER.c.uid))

_LISTED = sa.text(f"partner.{LISTED}")
_LINE = tuple(PartnerLine.__dataclass_fields__)
_KINDS = {kind.value: kind for kind in UnitKind}
_NAMES = (PARTNER.c.uid, PARTNER.c.name, PARTNER.c.short_name, PARTNER.c.former_names)


def of_station(connection: sa.Connection, station: str) -> list[Partner]:
    """Every living partner of one station, ended ones included, in the order they came."""
    query = sa.select(PARTNER).where(_LISTED, PARTNER.c.station == station)
    return SHELF.values(connection.execute(query.order_by(PARTNER.c.uid)).mappings())


def to_change(connection: sa.Connection, uid: Uid) -> Partner:
    """One living partner, locked until the transaction ends; a `UserError` when there is none."""
    connection.execute(sa.select(PARTNER.c.uid).where(PARTNER.c.uid == uid).with_for_update())
    return SHELF.need(connection, uid)


def lines(
    connection: sa.Connection,
    wanted: PartnerFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[PartnerLine]:
    """One page of the list, by name in the order of pinyin."""
    query = sa.select(*(PARTNER.c[name] for name in _LINE), PARTNER.c.sort).where(_LISTED)
    if wanted.kind is not None:
        query = query.where(PARTNER.c.unit_kind == wanted.kind)
    if wanted.ended is not None:
        ended = PARTNER.c.until
        query = query.where(ended.is_not(None) if wanted.ended else ended.is_(None))
    if wanted.stations:
        query = query.where(PARTNER.c.station.in_(wanted.stations))
    if wanted.search:
        query = query.where(PARTNER.c.uid.in_(found(connection, wanted.search)))
    if wanted.compound is not None:
        query = query.where(PARTNER.c.uid.in_(serving(connection, wanted.compound)))
    return page(connection, query, BY_NAME, cursor, size=size).map(_line)


def _line(row: sa.RowMapping) -> PartnerLine:
    values = {name: row[name] for name in _LINE}
    values["unit_kind"] = _KINDS[values["unit_kind"]]
    values["liaison_phone"] = mask_phone(values["liaison_phone"])
    return PartnerLine(**values)


def found(connection: sa.Connection, text: str) -> list[Uid]:
    """The partners a search text means.

    A station has some dozens, a street some hundreds: their names are looked through in memory, and
    no derived keys have to be kept.
    """
    known = exactly(connection, text)
    rows = connection.execute(sa.select(*_NAMES).where(_LISTED)).all()
    named = pick(rows, text, lambda row: (row.name, row.short_name, *row.former_names))
    return list(dict.fromkeys([*known, *(row.uid for row in named)]))


def exactly(connection: sa.Connection, text: str) -> list[Uid]:
    """The living partners with that number or credit code."""
    code = half_width(text).upper()
    either = sa.or_(PARTNER.c.number == code, PARTNER.c.credit_code == code)
    query = sa.select(PARTNER.c.uid).where(_LISTED, either)
    return list(connection.execute(query).scalars()) if code else []


def serving(connection: sa.Connection, compound: Uid) -> list[Uid]:
    """The partners that like to work in an area, or everywhere."""
    rows = connection.execute(sa.select(PARTNER.c.uid, PARTNER.c.compounds).where(_LISTED))
    return [row.uid for row in rows if not row.compounds or compound.hex in row.compounds]


def named(connection: sa.Connection, words: str, station: str = "") -> Partner | None:
    """The partner that is called exactly so, by its name, then by its short or a former one.

    Several of one name mean nobody: it is not for the program to choose between them.
    """
    query = sa.select(*_NAMES).where(_LISTED)
    if station:
        query = query.where(PARTNER.c.station == station)
    rows: Sequence[Any] = connection.execute(query).all()
    for fits in (
        [row.uid for row in rows if row.name == words],
        [row.uid for row in rows if words in (row.short_name, *row.former_names)],
    ):
        if len(fits) == 1:
            return SHELF.get(connection, fits[0])
        if fits:
            return None
    return None
