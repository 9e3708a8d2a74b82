"""A street's summary at 1.2 million visits, beside the bare SQL on what is kept counted.

    python -m tests.speed summary
    python -m tests.speed summary --period 2026

The street is made once and kept (build/bench): 48 stations, 74 months. The reference asks the same
tables for the same sums over the bare DB-API and does nothing with them. `summary` is what the
command answers, `by_station` the table of all stations, `page` everything the page 总览 shows, with
its charts. `counted_ms` is what a month costs that has to be counted again, all stations at once
and one alone; nothing of it scans the visits. Figures in milliseconds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.core.periods import Period, PeriodKind, parse_period
from desktop_app.core.rights import Actor, Right
from desktop_app.core.told import By
from desktop_app.ledgers.activities.store import ATTENDANCE_SHELF
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.visits.store import EVALUATION_SHELF
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.storage.bulk import bare_tables
from desktop_app.storage.migrations.steps import LATEST
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Database, Desk, StationFacts
from desktop_app.street.overview import service, store
from tests.speed.halls import KEPT
from tests.speed.ledger import NOW, TODAY, BenchKey
from tests.speed.period_figures import timed
from tests.street.street_data import StreetData

DEFAULTS: dict[str, Any] = {"period": "2026-10", "rounds": 30}
FIRST = date(2020, 10, 1)
MOST_MS = 100.0
FACTS = StationFacts(code="DC", name="速度街道", edition="street", desk="A", lineage="first")

_OPEN = (
    "SELECT station, count(*), sum(due < ?), sum(due = ?) FROM visit INDEXED BY ix_visit_due"
    " WHERE deleted_at IS NULL AND petition = 0 AND closed_day IS NULL GROUP BY station"
)
_TOTAL = (
    "SELECT name, sum(value) FROM rollup_total WHERE cut = '' AND month BETWEEN ? AND ?"
    " GROUP BY name"
)
_LEVELS = (
    "SELECT station, month, part, value FROM rollup WHERE cut = 'level' AND month BETWEEN ? AND ?"
    " AND name = ?"
)
_STATIONS = (
    "SELECT station, name, sum(value) FROM rollup WHERE cut = '' AND month BETWEEN ? AND ?"
    " GROUP BY station, name"
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians and the longest of both, and whether the figure holds."""
    period = parse_period(str(options["period"]))
    database = open_file(street_file(), BenchKey(), FixedClock(NOW))
    try:
        desk = Desk(database, Actor(None, "陈立", "街道", frozenset(Right)))
        service.bring_up_to_date(desk, Job("汇总"))
        return _measured(desk, period, int(options["rounds"]))
    finally:
        database.close()


def street_file() -> Path:
    """The street of the bench, made when it is not there in this schema."""
    path = KEPT / f"street-{TODAY:%Y%m%d}-{LATEST}.db"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.table_modules()
    making = path.with_suffix(".making")
    for name in (making, *(making.with_name(f"{making.name}{end}") for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)
    create_file(making, BenchKey(), FACTS)
    database = open_file(making, BenchKey(), FixedClock(NOW))
    try:
        _fill(database)
    finally:
        database.close()
    making.rename(path)
    return path


def _fill(database: Database) -> None:
    data = StreetData(database, TODAY)
    data.found()
    shelves = (VISITS, EVALUATION_SHELF, ACTIVITIES, ATTENDANCE_SHELF)
    with bare_tables(database, [shelf.table for shelf in shelves]):
        data.live(FIRST, TODAY)
    data.withhold(["2026-10", "2026-09", "2025-10"])
    data.report(dict.fromkeys(data.codes, date(2026, 11, 16)))


def _measured(desk: Desk, period: Period, rounds: int) -> dict[str, Any]:
    def summary() -> object:
        return service.street_report(desk, period, drawn=False).line("visits.registered").value

    def by_station() -> object:
        return service.breakdown(desk, period, By.STATION)

    def page() -> object:
        return service.street_report(desk, period), by_station()

    with desk.reading(needs=Right.READ) as connection:
        visits = connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one()

        def bare() -> object:
            return bare_summary(connection, period)

        assert summary() == bare(), "both count the same"
        pairs = [(timed(summary), timed(bare)) for _ in range(rounds)]
        bare_table = [timed(lambda: bare_stations(connection, period)) for _ in range(rounds)]
    table = [timed(by_station) for _ in range(rounds)]
    whole = [timed(page) for _ in range(max(3, rounds // 3))]
    times, reference = [mine for mine, _ in pairs], [theirs for _, theirs in pairs]
    return {
        "visits": visits,
        "period": str(period),
        "median_ms": statistics.median(times),
        "longest_ms": max(times),
        "bare_sql_median_ms": statistics.median(reference),
        "ratio": statistics.median(times) / statistics.median(reference),
        "by_station": {
            "median_ms": statistics.median(table),
            "bare_sql_median_ms": statistics.median(bare_table),
        },
        "page_median_ms": statistics.median(whole),
        "counted_ms": _counted(desk),
        "most_ms": MOST_MS,
        "holds": statistics.median(times) <= MOST_MS,
    }


def bare_summary(connection: sa.Connection, period: Period) -> object:
    """The same sums as the summary needs; what was registered in the period."""
    connection.exec_driver_sql(_OPEN, (TODAY.isoformat(), TODAY.isoformat())).fetchall()
    compared = [period, period.previous]
    if period.kind is not PeriodKind.YEAR:
        compared.append(period.same_last_year)
    registered = []
    for each in compared:
        ends = (str(each.months[0]), str(each.months[-1]))
        found = dict(map(tuple, connection.exec_driver_sql(_TOTAL, ends).fetchall()))
        registered.append(found.get("visits.registered", 0))
        for name in ("visits.evaluated", "visits.in_fives"):
            connection.exec_driver_sql(_LEVELS, (*ends, name)).fetchall()
    return registered[0]


def bare_stations(connection: sa.Connection, period: Period) -> object:
    """The same sums as the table of stations needs."""
    ends = (str(period.months[0]), str(period.months[-1]))
    connection.exec_driver_sql(_OPEN, (TODAY.isoformat(), TODAY.isoformat())).fetchall()
    for name in ("visits.evaluated", "visits.in_fives"):
        connection.exec_driver_sql(_LEVELS, (*ends, name)).fetchall()
    return connection.exec_driver_sql(_STATIONS, ends).fetchall()


def _counted(desk: Desk) -> dict[str, float]:
    """A month of all stations, and of one of them, counted again."""
    database, books = desk.database, catalog.books()

    def of(stations: list[str]) -> Callable[[], object]:
        with database.unrecorded() as connection:
            for station in stations:
                store.mark_dirty(connection, station, ["2026-10"])

        def count() -> object:
            with database.unrecorded() as connection:
                return store.count_month(connection, books, "2026-10")

        return count

    every = [f"QR{number:02}" for number in range(1, 49)]
    return {
        "all_stations": statistics.median(timed(of(every)) for _ in range(5)),
        "one_station": statistics.median(timed(of(["QR01"])) for _ in range(5)),
    }
