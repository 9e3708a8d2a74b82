"""How long a page of the visits list takes on 300,000 visits, beside the bare SQL of the same page.


First, last and middle page of the whole list, and the first page under every filter. The reference
runs the same page and the same capped count over the DB-API, rows fetched and left as they are.
Figures in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop_app.core.clock import FixedClock
from desktop_app.core.handling import Handling
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import VisitSource, VisitState
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import open_file
from desktop_app.storage.paging import FIRST, LAST, PAGE_SIZE
from desktop_app.storage.session import Desk
from tests.speed.ledger import CATEGORIES, NOW, TODAY, BenchKey, Ledger, build

DEFAULTS: dict[str, Any] = {"visits": 300_000, "rounds": 30}
MOST_OVER_BARE_MS = 5.0
MOST_MS = 50.0

_COLUMNS = ", ".join(VisitLine.__dataclass_fields__)
_LISTED = "deleted_at IS NULL AND petition = 0"
_OPEN = f"{_LISTED} AND closed_day IS NULL"


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of every list and of its bare SQL, and whether the figures hold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        ledger = build(path, int(options["visits"]), 20_000, random.Random(7))
        database = open_file(path, BenchKey(), FixedClock(NOW))
        desk = Desk(database, ledger.actor())
        with closing(connect_file(path, BenchKey())) as bare:
            lists = [
                _measured(name, desk, bare, wanted, cursor, sql, values, int(options["rounds"]))
                for name, wanted, cursor, sql, values in _lists(ledger, desk)
            ]
        database.close()
    return {
        "visits": int(options["visits"]),
        "reference": "the same page and capped count over the bare DB-API",
        "most_over_bare_ms": MOST_OVER_BARE_MS,
        "most_ms": MOST_MS,
        "lists": lists,
        "holds": all(entry["holds"] for entry in lists),
    }


List = tuple[str, VisitFilter, str | None, str, tuple[Any, ...]]


_NEWEST = f"ORDER BY at DESC, uid DESC LIMIT {PAGE_SIZE + 1}"
_OLDEST = f"ORDER BY at, uid LIMIT {PAGE_SIZE + 1}"
_DUE = f"ORDER BY due, uid LIMIT {PAGE_SIZE + 1}"


def _lists(ledger: Ledger, desk: Desk) -> list[List]:
    return [*_whole(desk), *_equal(ledger), *_unfinished()]


def _whole(desk: Desk) -> list[List]:
    """The list by time alone."""
    zone, month = desk.database.zone, date(2020, 6, 1)
    last = month + timedelta(days=29)
    since, until = zone.at(month), zone.at(last + timedelta(days=1))
    one_month = VisitFilter(since=month, until=last)
    middle = service.page(desk, VisitFilter(until=month)).later
    of_month = f"{_LISTED} AND at >= ? AND at < ? {_NEWEST}"
    beyond = f"{_LISTED} AND (at, uid) < (?, ?) {_NEWEST}"
    return [
        ("first page", VisitFilter(), FIRST, f"{_LISTED} {_NEWEST}", ()),
        ("last page", VisitFilter(), LAST, f"{_LISTED} {_OLDEST}", ()),
        ("middle page", VisitFilter(), middle, beyond, (since, bytes(16))),
        ("one month", one_month, FIRST, of_month, (since, until)),
    ]


def _equal(ledger: Ledger) -> list[List]:
    """The filters that ask for one value of a column."""
    clerk, person = ledger.clerks[1], ledger.residents[5]

    def one(name: str, column: str, value: Any, wanted: VisitFilter) -> List:
        return (name, wanted, FIRST, f"{_LISTED} AND {column} = ? {_NEWEST}", (value,))

    return [
        one("state: working", "state", "working", VisitFilter(state=VisitState.WORKING)),
        one("state: closed", "state", "closed", VisitFilter(state=VisitState.CLOSED)),
        one("category", "category", CATEGORIES[2], VisitFilter(category=CATEGORIES[2])),
        one("handling", "handling", "forwarded", VisitFilter(handling=Handling.FORWARDED)),
        one("source", "source", "grid", VisitFilter(source=VisitSource.GRID)),
        one("clerk", "first_clerk", clerk.bytes, VisitFilter(clerk=clerk)),
        one("resident", "resident", person.bytes, VisitFilter(residents=(person,))),
    ]


def _unfinished() -> list[List]:
    """What is left to do, and what was written down late."""
    day, late = TODAY.isoformat(), f"{_LISTED} AND late_entry = 1 {_NEWEST}"
    overdue, due_today = VisitFilter(overdue=True), VisitFilter(due_today=True)
    return [
        ("open", VisitFilter(open=True), FIRST, f"{_OPEN} {_NEWEST}", ()),
        ("overdue", overdue, FIRST, f"{_OPEN} AND due < ? {_DUE}", (day,)),
        ("due today", due_today, FIRST, f"{_OPEN} AND due = ? {_DUE}", (day,)),
        ("late entries", VisitFilter(late_entry=True), FIRST, late, ()),
    ]


_HINTS = {
    "open": "ix_visit_open",
    "overdue": "ix_visit_due",
    "due today": "ix_visit_due",
    "late entries": "ix_visit_late_entry",
}


def _measured(
    name: str,
    desk: Desk,
    bare: Any,
    wanted: VisitFilter,
    cursor: str | None,
    sql: str,
    values: tuple[Any, ...],
    rounds: int,
) -> dict[str, Any]:
    hint = f" INDEXED BY {_HINTS[name]}" if name in _HINTS else ""
    where, _, _ = sql.partition(" ORDER BY")
    of_all = where.replace(" AND (at, uid) < (?, ?)", "")
    count_values = values[: of_all.count("?")]
    page_sql = f"SELECT {_COLUMNS} FROM visit{hint} WHERE {sql}"
    count_sql = f"SELECT count(*) FROM (SELECT 1 FROM visit{hint} WHERE {of_all} LIMIT 1001)"

    def by_hand() -> int:
        bare.execute(count_sql, count_values).fetchone()
        return len(bare.execute(page_sql, values).fetchall())

    def ours() -> int:
        return len(service.page(desk, wanted, cursor).rows)

    assert min(by_hand(), PAGE_SIZE) == ours(), name
    times = [(_timed(ours), _timed(by_hand)) for _ in range(rounds)]
    median = statistics.median(ours_ms for ours_ms, _ in times)
    reference = statistics.median(hand_ms for _, hand_ms in times)
    return {
        "list": name,
        "median_ms": round(median, 2),
        "reference_median_ms": round(reference, 2),
        "over_bare_ms": round(median - reference, 2),
        "holds": median <= min(reference + MOST_OVER_BARE_MS, MOST_MS),
    }


def _timed(call: Callable[[], int]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000
