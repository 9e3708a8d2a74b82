"""What is kept counted for a whole street: marked stale, counted again, read. Never commits.

The importer marks what it touched in its own transaction; whoever reads counts again first, a month
at a time and never more than that month's rows. A month that was begun and not finished is stale
still.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app import catalog
from desktop_app.core.books import Book, Counted, Cut, Dated
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.storage.base import Text
from desktop_app.storage.prepared import Prepared
from desktop_app.street.overview.tables import (
    ROLLUP,
    ROLLUP_MONTH,
    ROLLUP_TOTAL,
    ROLLUP_WITHHELD,
)

Connection = sa.Connection
Books = Sequence[Book[Any]]
Sums = dict[str, Counter[str]]
"""By kind of record, every count by its name; one that is not there is 0."""

_CUTS = [cut.value for cut in Cut]
_MONTH = re.compile(r"(?!0000)\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_ASKED_AT_ONCE = 500


# --- said by the importer -------------------------------------------------------------------------


def mark_dirty(connection: Connection, station: str, months: Iterable[str]) -> None:
    """Say that rows of this station counted in these months (2026-11) have changed.

    Belongs into the transaction that changes them; afterwards nothing needs to be remembered. What
    is no month is nobody's: such a day is counted nowhere.
    """
    rows = [
        {"station": station, "month": month, "marked": 1, "counted": 0, "version": ""}
        for month in sorted(set(months))
        if _MONTH.fullmatch(month)
    ]
    if not rows:
        return
    insert = _insert(connection)(ROLLUP_MONTH)
    # Always an update, so that whoever counts at this moment waits for this transaction's rows.
    marking = insert.on_conflict_do_update(
        index_elements=[ROLLUP_MONTH.c.station, ROLLUP_MONTH.c.month],
        set_={"marked": ROLLUP_MONTH.c.marked + 1},
    )
    connection.execute(marking, rows)


def months_of(connection: Connection, kind: str, uids: Iterable[Uid]) -> set[str]:
    """The months in which these records are counted as they stand now, for `mark_dirty`.

    Asked before and after they are written; a kind that nobody counts has none.
    """
    dated = {name: found for book in catalog.books() for name, found in book.dated.items()}.get(
        kind
    )
    if dated is None:
        return set()
    months: set[str] = set()
    waiting = iter(uids)
    while some := list(islice(waiting, _ASKED_AT_ONCE)):
        for row in connection.execute(_days(kind, dated), {"uids": some}):
            months |= {day[:7] for day in row if day is not None}
    return months


def _days(kind: str, dated: Dated) -> sa.Select[Any]:
    shelves = catalog.shelves()
    table = shelves[kind].table
    wanted = table.c.uid.in_(sa.bindparam("uids", type_=table.c.uid.type, expanding=True))
    if not dated.through:
        return sa.select(*_as_text(table, dated)).where(wanted).distinct()
    other = shelves[dated.of].table
    joined = table.join(other, other.c.uid == table.c[dated.through])
    return sa.select(*_as_text(other, dated)).select_from(joined).where(wanted).distinct()


def _as_text(table: sa.Table, dated: Dated) -> list[Any]:
    return [sa.type_coerce(table.c[name], Text) for name in dated.days]


def replace_withheld(
    connection: Connection, station: str, counts: Mapping[str, Iterable[MonthCount]]
) -> None:
    """Put a station's counts of what never leaves it in the place of those it sent before.

    `counts` are all of them by kind of record (`visits`), as the station's `withheld_counts` gave
    them.
    """
    table = ROLLUP_WITHHELD
    before = {
        (row.month, row.name): int(row.value)
        for row in connection.execute(sa.select(table).where(table.c.station == station))
    }
    now = {
        (one.month, _named(kind, one.name)): one.value
        for kind, ones in counts.items()
        for one in ones
        if one.value
    }
    if now == before:
        return
    connection.execute(sa.delete(table).where(table.c.station == station))
    if now:
        rows = [
            {"station": station, "month": month, "name": name, "value": value}
            for (month, name), value in now.items()
        ]
        connection.execute(sa.insert(table), rows)
    changed = {month for (month, _), _ in set(before.items()) ^ set(now.items())}
    mark_dirty(connection, station, changed)


def _named(kind: str, name: str) -> str:
    return f"{kind}.{name}"


def _insert(connection: Connection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


# --- counting again -------------------------------------------------------------------------------


def version_of(books: Books) -> str:
    """By which rules something was counted."""
    return " ".join(f"{book.kind}:{book.version}" for book in books)


def _stale(books: Books) -> sa.ColumnElement[bool]:
    table = ROLLUP_MONTH
    return sa.or_(table.c.counted != table.c.marked, table.c.version != version_of(books))


def stale_months(
    connection: Connection, books: Books, months: Iterable[str] | None = None
) -> list[str]:
    """Which months have to be counted again, of these or of all, the latest first."""
    query = sa.select(ROLLUP_MONTH.c.month).where(_stale(books)).distinct()
    if months is not None:
        query = query.where(ROLLUP_MONTH.c.month.in_(list(months)))
    return sorted(connection.execute(query).scalars(), reverse=True)


_ADD = Prepared(sa.insert(ROLLUP))


def count_month(connection: Connection, books: Books, month: str) -> int:
    """Count what is stale of a month, all stations at once; answers how many there were."""
    table = ROLLUP_MONTH
    query = sa.select(table.c.station).where(table.c.month == month, _stale(books))
    query = query.order_by(table.c.station)
    # Locked, and only then counted: what an import has marked is in sight as soon as it lets go.
    stations = list(connection.execute(query.with_for_update()).scalars())
    if not stations:
        return 0
    connection.execute(
        sa.delete(ROLLUP).where(
            ROLLUP.c.cut.in_(_CUTS),
            ROLLUP.c.month == month,
            ROLLUP.c.station.in_(stations),
        )
    )
    rows = [
        {"cut": cut, "month": month, "station": station, "name": name, "part": part, "value": value}
        for (cut, station, name, part), value in _counts(connection, books, month, stations).items()
        if value
    ]
    _ADD.run_many(connection, rows)
    _add_up(connection, month)
    connection.execute(
        sa.update(table)
        .where(table.c.month == month, table.c.station.in_(stations))
        .values(counted=table.c.marked, version=version_of(books))
    )
    return len(stations)


def _add_up(connection: Connection, month: str) -> None:
    """The month of all stations together, anew."""
    connection.execute(
        sa.delete(ROLLUP_TOTAL).where(ROLLUP_TOTAL.c.cut.in_(_CUTS), ROLLUP_TOTAL.c.month == month)
    )
    keys = [ROLLUP.c[name] for name in ("cut", "month", "name", "part")]
    total = sa.cast(sa.func.sum(ROLLUP.c.value), ROLLUP.c.value.type)
    of_all = sa.select(*keys, total).where(ROLLUP.c.cut.in_(_CUTS), ROLLUP.c.month == month)
    names = [*(key.name for key in keys), "value"]
    connection.execute(sa.insert(ROLLUP_TOTAL).from_select(names, of_all.group_by(*keys)))


def _counts(
    connection: Connection, books: Books, month: str, stations: Sequence[str]
) -> Counter[tuple[str, str, str, str]]:
    year, index = map(int, month.split("-"))
    period = Period(year, PeriodKind.MONTH, index)
    found: Counter[tuple[str, str, str, str]] = Counter()
    for book in books:
        for one in book.roll_up(connection, period.first, period.last, stations):
            found[one.cut.value, one.station, _named(book.kind, one.name), one.part] += one.value
    table = ROLLUP_WITHHELD
    query = sa.select(table).where(table.c.month == month, table.c.station.in_(stations))
    for row in connection.execute(query):
        found[Cut.WHOLE.value, row.station, row.name, ""] += int(row.value)
    return found


# --- reading --------------------------------------------------------------------------------------


def _in_months(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    column = table.c.month
    return (
        table.c.cut == sa.bindparam("cut", type_=table.c.cut.type),
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


def _summed(table: sa.Table, by: str) -> Prepared:
    """Key, name and value; raw text and numbers, as these columns hold them."""
    key: Any = table.c[by] if by else sa.literal_column("''")
    total = sa.cast(sa.func.sum(table.c.value), table.c.value.type)
    keys: list[Any] = [key, table.c.name] if by else [table.c.name]
    query = sa.select(key, table.c.name, total).where(*_in_months(table)).group_by(*keys)
    return Prepared(query)


_SUMS = {
    "station": _summed(ROLLUP, "station"),
    **{by: _summed(ROLLUP_TOTAL, by) for by in ("", "month", "part")},
}


def sums(connection: Connection, cut: Cut, first: str, last: str, by: str = "") -> dict[str, Sums]:
    """The counts of these months together, split `by` station, month or part, or not at all."""
    values = {"cut": cut.value, "first": first, "last": last}
    rows: Sequence[Any] = _SUMS[by].run(connection, values).all()
    found: dict[str, Sums] = defaultdict(_no_sums)
    for key, name, value in rows:
        kind, _, count = name.partition(".")
        found[key][kind][count] = value
    return found


def _no_sums() -> Sums:
    return defaultdict(Counter)


_OF_LEVELS = Prepared(
    sa.select(ROLLUP.c.station, ROLLUP.c.month, ROLLUP.c.part, ROLLUP.c.value).where(
        *_in_months(ROLLUP), ROLLUP.c.name == sa.bindparam("name", type_=ROLLUP.c.name.type)
    )
)


def levels(
    connection: Connection, kind: str, name: str, first: str, last: str
) -> Sequence[tuple[str, str, str, int]]:
    """Station, month, level and value of one count of evaluations in these months."""
    values = {"cut": Cut.LEVEL.value, "first": first, "last": last, "name": _named(kind, name)}
    rows: Sequence[Any] = _OF_LEVELS.run(connection, values).all()
    return rows


def standing(
    connection: Connection, books: Books, today: date, cut: Cut
) -> Iterator[tuple[str, Counted]]:
    """How things stand now, at every station and by one cut, with the kind of record."""
    for book in books:
        if book.standing is not None:
            for one in book.standing(connection, today, cut):
                yield book.kind, one
