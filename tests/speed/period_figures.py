"""How long the report of one month takes on a hall, beside the bare SQL of the same counts.

The reference counts what stands on the page, for the month, the month before and the month a year
ago, over the bare DB-API. Figures in milliseconds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import SystemClock
from desktop_app.core.periods import Period, parse_period
from desktop_app.core.rights import Right
from desktop_app.station.period_figures.service import period_report
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage.session import Desk
from tests.speed.halls import PASSWORD, copied

DEFAULTS: dict[str, Any] = {"scale": "hall", "period": "2026-10", "rounds": 20}
TODAY = date(2026, 11, 23)
MOST_MS = 1000.0

_KEPT = "deleted_at IS NULL"
_LISTED = f"{_KEPT} AND petition = 0"
_BARE = (
    "SELECT count(*), sum(leads), sum(leads * people), sum(handling = 'instant'),"
    " sum(handling = 'timed'), sum(late_entry), sum(petition), sum(state = 'closed'),"
    f" sum(closed_day IS NULL) FROM visit WHERE {_KEPT} AND day BETWEEN ? AND ?",
    "SELECT sum(closed_day <= due), sum(closed_day > due) FROM visit"
    f" WHERE {_KEPT} AND state = 'closed' AND closed_day BETWEEN ? AND ?",
    f"SELECT level, count(*) FROM evaluation WHERE {_KEPT} AND day BETWEEN ? AND ? GROUP BY level",
    f"SELECT kind, count(*) FROM activity WHERE {_KEPT} AND day BETWEEN ? AND ? GROUP BY kind",
)
_OF_THE_MONTH = (
    f"SELECT day, count(*) FROM visit WHERE {_LISTED} AND day BETWEEN ? AND ? GROUP BY day",
    f"SELECT handling, count(*) FROM visit WHERE {_LISTED} AND day BETWEEN ? AND ?"
    " GROUP BY handling",
    f"SELECT category, count(*) FROM visit WHERE {_LISTED} AND day BETWEEN ? AND ?"
    " GROUP BY category",
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians and the longest of both, and whether the figure holds."""
    period = parse_period(str(options["period"]))
    with tempfile.TemporaryDirectory() as folder:
        home = copied(str(options["scale"]), TODAY, Path(folder))
        with open_house(home, SystemClock()) as house:
            session = sign_in(house, house.operators()[0].uid, PASSWORD)
            try:
                return _measured(session.desk, period, int(options["rounds"]))
            finally:
                session.close()


def _measured(desk: Desk, period: Period, rounds: int) -> dict[str, Any]:
    def ours() -> object:
        return period_report(desk, period).groups[0].lines[0].value

    with desk.reading(needs=Right.READ) as connection:

        def bare() -> object:
            return bare_counts(connection, period)

        first = timed(ours)
        assert ours() == bare(), "both count the same"
        pairs = [(timed(ours), timed(bare)) for _ in range(rounds)]
    times, reference = [mine for mine, _ in pairs], [theirs for _, theirs in pairs]
    return {
        "period": str(period),
        "first_ms": first,
        "median_ms": statistics.median(times),
        "longest_ms": max(times),
        "bare_sql_median_ms": statistics.median(reference),
        "ratio": statistics.median(times) / statistics.median(reference),
        "most_ms": MOST_MS,
        "holds": max(first, *times) <= MOST_MS,
    }


def bare_counts(connection: sa.Connection, period: Period) -> object:
    """What was registered in the month, of everything that is counted."""
    registered: list[Any] = []
    for each in (period, period.previous, period.same_last_year):
        span = (each.first.isoformat(), each.last.isoformat())
        found = [connection.exec_driver_sql(sql, span).fetchall() for sql in _BARE]
        registered.append(found[0][0][0])
    span = (period.first.isoformat(), period.last.isoformat())
    for sql in _OF_THE_MONTH:
        connection.exec_driver_sql(sql, span).fetchall()
    return registered[0]


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000
