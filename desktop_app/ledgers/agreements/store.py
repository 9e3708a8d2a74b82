"""Rows of agreements, the queries of their lists, and their sums. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.core.settings import AGREEMENT_REMIND_DAYS
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Agreement, AgreementState
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter, AgreementLine
from desktop_app.ledgers.agreements.rules.scans import all_scans
from desktop_app.ledgers.agreements.tables import AGREEMENT, ENDED, EVER_SIGNED, LISTED, SIGNED
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.session import Unit
from desktop_app.storage.settings import read_settings
from desktop_app.storage.shelf import Shelf

Connection = sa.Connection


class _AgreementShelf(Shelf[Agreement]):
    def derived(self, value: Agreement) -> Mapping[str, Any]:
        return {
            "scan_count": len(all_scans(value)),
            "supplement_count": len(value.supplements),
        }


SHELF = _AgreementShelf(KIND, AGREEMENT)

NEWEST_FIRST = Order((AGREEMENT.c.created_at, AGREEMENT.c.uid), descending=True)
BY_LAST_DAY = Order((AGREEMENT.c.ends_on, AGREEMENT.c.uid))

_LISTED = sa.text(f"agreement.{LISTED}")
_SIGNED = sa.text(SIGNED)
_LINE = tuple(AgreementLine.__dataclass_fields__)
_STATES = {state.value: state for state in AgreementState}


def remind_days(connection: sa.Connection) -> int:
    """Within how many days an agreement runs out to be told of (a setting)."""
    return read_settings(connection)[AGREEMENT_REMIND_DAYS]


def to_change(unit: Unit, uid: Uid) -> Agreement:
    """One living agreement, locked until the transaction ends; a `UserError` when there is none."""
    query = sa.select(AGREEMENT.c.uid).where(AGREEMENT.c.uid == uid).with_for_update()
    unit.connection.execute(query)
    return SHELF.need(unit.connection, uid)


def lines(
    connection: sa.Connection,
    wanted: AgreementFilter,
    today: date,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[AgreementLine]:
    """One page of the list."""
    columns = dict.fromkeys((*_LINE, "created_at"))
    query = sa.select(*(AGREEMENT.c[name] for name in columns)).where(_LISTED)
    query = query.where(*_conditions(wanted, today, remind_days(connection)))
    if wanted.search:
        query = query.where(AGREEMENT.c.uid.in_(found(connection, wanted.search)))
    order = BY_LAST_DAY if wanted.by_last_day else NEWEST_FIRST
    return page(connection, query, order, cursor, size=size).map(_line)


def _conditions(wanted: AgreementFilter, today: date, soon: int) -> Iterator[Any]:
    table = AGREEMENT.c
    for column, value in ((table.state, wanted.state), (table.partner, wanted.partner)):
        if value is not None:
            yield column == value
    if wanted.stations:
        yield table.station.in_(wanted.stations)
    if wanted.renewals:
        yield table.renewal_of.is_not(None)
    yield from _standing_conditions(wanted, today, soon)
    yield from _between(table.signed_on, wanted.since, wanted.until)
    if wanted.ended_since is not None or wanted.ended_until is not None:
        yield sa.text(ENDED)
        yield from _between(table.ended_on, wanted.ended_since, wanted.ended_until)


def _standing_conditions(wanted: AgreementFilter, today: date, soon: int) -> Iterator[Any]:
    ends = AGREEMENT.c.ends_on
    if wanted.live or wanted.expiring or wanted.expired:
        yield _SIGNED
    if wanted.live or wanted.expiring:
        yield ends >= today
    if wanted.expiring:
        yield ends <= today + timedelta(days=soon)
    if wanted.expired:
        yield ends < today


def _between(column: sa.Column[Any], first: date | None, last: date | None) -> Iterator[Any]:
    if first is not None:
        yield column >= first
    if last is not None:
        yield column <= last


def _line(row: sa.RowMapping) -> AgreementLine:
    values = {name: row[name] for name in _LINE}
    values["state"] = _STATES[values["state"]]
    return AgreementLine(**values)


_NAMES = (
    AGREEMENT.c.uid,
    AGREEMENT.c.partner_name,
    AGREEMENT.c.party_a,
    AGREEMENT.c.party_b,
)


def found(connection: sa.Connection, text: str) -> list[Uid]:
    """The agreements a search text means. A street has some hundreds: their names are looked
    through in memory, and no derived keys have to be kept."""
    query = sa.select(AGREEMENT.c.uid).where(_LISTED, AGREEMENT.c.number == text.upper())
    known = list(connection.execute(query).scalars())
    rows = connection.execute(sa.select(*_NAMES).where(_LISTED)).all()
    named = pick(rows, text, lambda row: (row.partner_name, row.party_b, row.party_a))
    return list(dict.fromkeys([*known, *(row.uid for row in named)]))


def of_number(connection: sa.Connection, number: str) -> Uid | None:
    """The living agreement of that number."""
    query = sa.select(AGREEMENT.c.uid).where(_LISTED, AGREEMENT.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


def of_partner(connection: sa.Connection, partner: Uid) -> list[Agreement]:
    """Every living agreement with a unit, the newest first."""
    query = (
        sa.select(AGREEMENT)
        .where(_LISTED, AGREEMENT.c.partner == partner)
        .order_by(AGREEMENT.c.created_at.desc(), AGREEMENT.c.uid.desc())
    )
    return SHELF.values(connection.execute(query).mappings())


def drafts_renewing(connection: sa.Connection, uid: Uid) -> list[Agreement]:
    """The living drafts that go on with an agreement."""
    query = sa.select(AGREEMENT).where(
        _LISTED,
        AGREEMENT.c.renewal_of == uid,
        AGREEMENT.c.state == AgreementState.DRAFT,
    )
    return SHELF.values(connection.execute(query).mappings())


def attached(
    connection: sa.Connection,
    station: str = "",
    fields: Collection[str] = ("scans", "supplements"),
) -> set[str]:
    """The attachments that living agreements point at, of one station or of all, by their SHA-256
    in hexadecimal; only what stands in one of these fields."""
    query = sa.select(AGREEMENT.c.scans, AGREEMENT.c.supplements).where(
        _LISTED, AGREEMENT.c.scan_count > 0
    )
    if station:
        query = query.where(AGREEMENT.c.station == station)
    found: set[str] = set()
    for row in connection.execute(query):
        if "scans" in fields:
            found |= {scan["sha256"] for scan in row.scans}
        if "supplements" in fields:
            found |= {scan["sha256"] for one in row.supplements for scan in one["scans"]}
    return found


# --- figures -------------------------------------------------------------------------------------


def _times(condition: Any, label: str) -> Any:
    counted = sa.func.sum(sa.case((condition, 1), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_TODAY = sa.bindparam("today", type_=AGREEMENT.c.ends_on.type)
_SOON = sa.bindparam("soon", type_=AGREEMENT.c.ends_on.type)
_NEW = sa.select(
    sa.func.count().label("signed"),
    _times(AGREEMENT.c.renewal_of.is_not(None), "renewals"),
).where(sa.text(EVER_SIGNED), *_span(AGREEMENT.c.signed_on))
_OVER = sa.select(sa.func.count().label("ended")).where(
    sa.text(ENDED), *_span(AGREEMENT.c.ended_on)
)
_STANDING = sa.select(
    _times(AGREEMENT.c.ends_on >= _TODAY, "live"),
    # Not BETWEEN: PostgreSQL does not read one whose bounds name their collation.
    _times((AGREEMENT.c.ends_on >= _TODAY) & (AGREEMENT.c.ends_on <= _SOON), "expiring"),
    _times(AGREEMENT.c.ends_on < _TODAY, "expired"),
).where(_SIGNED)
_OF_STATIONS: Any = AGREEMENT.c.station.in_(sa.bindparam("stations", expanding=True))


def _by_station(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.add_columns(AGREEMENT.c.station).group_by(AGREEMENT.c.station)


_ROLLED = tuple(_by_station(query.where(_OF_STATIONS)) for query in (_NEW, _OVER))
_STANDING_BY_STATION = _by_station(_STANDING)


def count_between(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """What was signed and what was ended between two days, both included."""
    found: dict[str, int] = {}
    for query in (_NEW, _OVER):
        row = connection.execute(query, {"first": first, "last": last}).mappings().one()
        found |= {name: int(value) for name, value in row.items()}
    return found


def count_standing(connection: sa.Connection, today: date) -> dict[str, int]:
    """How things stand: live, running out soon, run out."""
    row = connection.execute(_STANDING, _days(connection, today)).mappings().one()
    return {name: int(value) for name, value in row.items()}


def _days(connection: sa.Connection, today: date) -> dict[str, date]:
    return {"today": today, "soon": today + timedelta(days=remind_days(connection))}


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the agreements of these stations come to between two days."""
    values = {"first": first, "last": last, "stations": list(stations)}
    for query in _ROLLED:
        yield from _counted(connection.execute(query, values))


def standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How things stand at every station."""
    if cut is Cut.WHOLE:
        yield from _counted(connection.execute(_STANDING_BY_STATION, _days(connection, today)))


def _counted(found: sa.CursorResult[Any]) -> Iterator[Counted]:
    for row in found.mappings():
        for name, value in row.items():
            if name != "station" and value:
                yield Counted(row["station"], Cut.WHOLE, "", name, int(value))
