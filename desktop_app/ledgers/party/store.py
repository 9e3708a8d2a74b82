"""报到 in their table: rows ↔ dataclasses, and the queries of the list. Never commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.periods import Period
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.member import (
    MemberFilter,
    MemberLine,
    MemberState,
    PartyMember,
)
from desktop_app.ledgers.party.tables import LIVING, PARTY_MEMBER
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT
from desktop_app.storage.numbering import count_up
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

Connection = sa.Connection


class _MemberShelf(Shelf[PartyMember]):
    def derived(self, value: PartyMember) -> Mapping[str, Any]:
        return {
            "quarters": "".join(f" {one.quarter} " for one in value.feedbacks),
        }


SHELF = _MemberShelf(KIND, PARTY_MEMBER)

BY_NUMBER = Order((PARTY_MEMBER.c.number, PARTY_MEMBER.c.uid))

_LIVING = sa.text(f"party_member.{LIVING}")
_STATES = {state.value: state for state in MemberState}


def one_at_a_time(unit: Unit) -> None:
    """Whoever enters a 报到 waits here for whoever is doing so at another desk."""
    count_up(unit.connection, "party", 0)


def to_change(connection: Connection, uid: Uid) -> PartyMember:
    """One living 报到, locked until the transaction ends; a `UserError` when there is none."""
    locked = sa.select(PARTY_MEMBER.c.uid).where(PARTY_MEMBER.c.uid == uid).with_for_update()
    connection.execute(locked)
    return SHELF.need(connection, uid)


def of_residents(connection: Connection, residents: Sequence[Uid]) -> list[PartyMember]:
    """Every living 报到 of these files, in the order they came."""
    if not residents:
        return []
    query = sa.select(PARTY_MEMBER).where(_LIVING, PARTY_MEMBER.c.resident.in_(residents))
    return SHELF.values(connection.execute(query.order_by(PARTY_MEMBER.c.uid)).mappings())


def of_number(connection: Connection, number: str) -> Uid | None:
    """The living 报到 of that number."""
    query = sa.select(PARTY_MEMBER.c.uid).where(_LIVING, PARTY_MEMBER.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


_MERGED, _MERGED_AGAIN = RESIDENT.alias("merged"), RESIDENT.alias("merged_again")
_FILE = sa.func.coalesce(
    _MERGED_AGAIN.c.merged_into, _MERGED.c.merged_into, PARTY_MEMBER.c.resident
)
"""The file that the member's is part of now: merging residents changes nothing here, and can be
undone."""

_LINES = sa.select(
    PARTY_MEMBER.c.uid,
    PARTY_MEMBER.c.revision,
    PARTY_MEMBER.c.number,
    sa.func.coalesce(RESIDENT.c.name, "").label("name"),
    RESIDENT.c.phones,
    PARTY_MEMBER.c.unit,
    PARTY_MEMBER.c.reported_on,
    PARTY_MEMBER.c.shown_on,
    PARTY_MEMBER.c.pledged,
    PARTY_MEMBER.c.kept,
    PARTY_MEMBER.c.quarters,
    PARTY_MEMBER.c.state,
    PARTY_MEMBER.c.station,
).select_from(
    PARTY_MEMBER.outerjoin(_MERGED, _MERGED.c.uid == PARTY_MEMBER.c.resident)
    .outerjoin(_MERGED_AGAIN, _MERGED_AGAIN.c.uid == _MERGED.c.merged_into)
    .outerjoin(RESIDENT, RESIDENT.c.uid == _FILE)
)


def lines(
    connection: Connection,
    wanted: MemberFilter,
    words: Sequence[tuple[str, str]],
    missing: Period | None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[MemberLine]:
    """One page of the list, by number. `words` is the search as ranges of the residents' keys;
    `missing` the quarter that no sheet was made for, though the member was here in it."""
    query = _LINES.where(_LIVING)
    if wanted.state is not None:
        query = query.where(PARTY_MEMBER.c.state == wanted.state)
    if wanted.stations:
        query = query.where(PARTY_MEMBER.c.station.in_(wanted.stations))
    if wanted.search:
        meant = [
            PARTY_MEMBER.c.number == wanted.search.upper(),
            PARTY_MEMBER.c.unit.contains(wanted.search, autoescape=True),
        ]
        if words:
            meant.append(sa.and_(*(_has(low, high) for low, high in words)))
        query = query.where(sa.or_(*meant))
    if missing is not None:
        query = query.where(*_without(str(missing), missing.first, missing.last))
    return page(connection, query, BY_NUMBER, cursor, size=size).map(_line)


def _has(low: str, high: str) -> sa.ColumnElement[bool]:
    own = PERSON_KEY.c.person == _FILE
    return sa.exists(sa.select(1).where(own, PERSON_KEY.c.key >= low, PERSON_KEY.c.key < high))


def _without(quarter: str, first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    left = PARTY_MEMBER.c.left_on
    return (
        PARTY_MEMBER.c.quarters.not_like(f"% {quarter} %"),
        PARTY_MEMBER.c.reported_on <= last,
        sa.or_(left.is_(None), left > first),
    )


def _line(row: Any) -> MemberLine:
    phones = row["phones"]
    return MemberLine(
        uid=row["uid"],
        revision=row["revision"],
        number=row["number"],
        name=row["name"],
        phone=mask_phone(phones[0]["number"]) if phones else "",
        unit=row["unit"],
        reported_on=row["reported_on"],
        shown_on=row["shown_on"],
        pledges=row["pledged"],
        kept=row["kept"],
        last_feedback=max(row["quarters"].split(), default=""),
        state=_STATES[row["state"]],
        station=row["station"],
    )


# --- counted -------------------------------------------------------------------------------------

_c = PARTY_MEMBER.c
_SPAN = {"first": sa.bindparam("first", type_=_c.reported_on.type),
         "last": sa.bindparam("last", type_=_c.reported_on.type)}  # fmt: skip
_COUNT = sa.func.count()


def _within(column: sa.Column[Any]) -> tuple[Any, Any]:
    # Not BETWEEN: PostgreSQL does not read one whose bounds name their collation.
    return column >= _SPAN["first"], column <= _SPAN["last"]


def _sum(value: Any, label: str) -> Any:
    return sa.func.coalesce(sa.func.sum(value), 0).label(label)


_REPORTED = sa.select(_COUNT.label("reported")).where(_LIVING, *_within(_c.reported_on))
_GONE = sa.select(_COUNT.label("gone")).where(
    _LIVING, _c.state == MemberState.LEFT, *_within(_c.left_on)
)
_NOW = sa.select(
    _sum(sa.case((_c.state == MemberState.REPORTED, 1), else_=0), "members"),
    _sum(_c.pledged, "pledged"),
    _sum(_c.kept, "kept"),
).where(_LIVING)
_OURS = _c.station.in_(sa.bindparam("stations", expanding=True))
_ROLLED = tuple(
    one.where(_OURS).add_columns(_c.station).group_by(_c.station) for one in (_REPORTED, _GONE)
)
_NOW_BY_STATION = _NOW.add_columns(_c.station).group_by(_c.station)


def count_between(connection: Connection, first: date, last: date) -> dict[str, int]:
    """Who reported and who left between two days, both included, and how things stand."""
    found: dict[str, int] = {}
    for query in (_REPORTED, _GONE, _NOW):
        values = {} if query is _NOW else {"first": first, "last": last}
        row = connection.execute(query, values).mappings().one()
        found |= {name: int(value) for name, value in row.items()}
    return found


def roll_up(
    connection: Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """Who reported to these stations and left them between two days."""
    values = {"first": first, "last": last, "stations": list(stations)}
    for query in _ROLLED:
        yield from _counted(connection.execute(query, values))


def standing(connection: Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How things stand at every station."""
    if cut is Cut.WHOLE:
        yield from _counted(connection.execute(_NOW_BY_STATION))


def _counted(found: sa.CursorResult[Any]) -> Iterator[Counted]:
    for row in found.mappings():
        for name, value in row.items():
            if name != "station" and value:
                yield Counted(row["station"], Cut.WHOLE, "", name, int(value))


def forget_payloads(unit: Unit, uids: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == KIND.name, CHANGE.c.uid.in_(uids))
        .values(payload=None)
    )
