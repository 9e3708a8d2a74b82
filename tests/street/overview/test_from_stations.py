"""What a station counts of itself and what its street counts of it are the same, over real bundles;
and two who count and bring in at once do not lose a row."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import parse_period
from desktop_app.core.told import By, FigureLine
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.station.period_figures.service import period_report
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.overview import service, store
from tests.ledgers.visits.builders import register
from tests.station.period_figures.small_ledger import PETITION, SmallLedger
from tests.stations import CLERK
from tests.street.inbox.conftest import Post, post
from tests.street.overview.importing import take_in
from tests.street.street_data import StreetData, visit_of

__all__ = ["post"]

PERIODS = ("2026-11", "2026-10", "2026-Q4", "2026", "2025")


def counted(lines: tuple[FigureLine, ...]) -> dict[str, object]:
    """Every figure but those of levels, which a street may tell less of."""
    guarded = {f"{book.kind}.{name}" for book in catalog.books() for name in book.guarded}
    return {line.name: line.value for line in lines if line.name not in guarded}


@pytest.mark.parametrize("seed", range(2))
def test_a_street_counts_of_a_station_what_the_station_counts(
    post: Post, clock: FixedClock, seed: int
) -> None:
    ledger = SmallLedger(post.station, clock, seed)
    ledger.live(16)
    assert post.report().outcome is Outcome.APPLIED
    ledger.go_on(8)
    register(post.station, PETITION, people=2)
    assert post.report().outcome is Outcome.APPLIED
    for text in PERIODS:
        period = parse_period(text)
        mine = period_report(post.station, period)
        street = service.street_report(post.street, period)
        assert counted(street.lines) == counted(mine.lines)
        assert [cell.words for cell in street.table[1:5]] == [
            cell.words for cell in mine.table[1:5]
        ]
        (line,) = service.breakdown(post.street, period, By.STATION).lines
        assert counted(line.figures) == counted(mine.lines)
    assert street.waiting == ()


def test_who_counts_waits_for_who_brings_in(data: StreetData) -> None:
    """An import has marked a month and not ended; whoever counts it meanwhile counts its rows."""
    database, books = data.database, catalog.books()
    desk = Desk(database, CLERK)
    counted_rows: list[int] = []
    begun = threading.Event()

    def count() -> None:
        # A connection of its own, as another clerk at another PC has.
        with database._writer.connect() as connection, connection.begin():
            begun.set()
            counted_rows.append(store.count_month(connection, books, "2026-11"))

    day = date(2026, 11, 20)
    with database.unrecorded() as connection:
        store.mark_dirty(connection, "QR01", ["2026-11"])
    other = threading.Thread(target=count)
    with database.unrecorded() as connection:
        take_in(connection, "QR01", [(VISITS, visit_of("QR01", Uid(int=1), day))])
        other.start()
        begun.wait(0.2)
    other.join(30)
    assert not other.is_alive()
    service.bring_up_to_date(desk, Job("汇总"))
    report = service.street_report(desk, parse_period("2026-11"))
    assert report.line("visits.registered").value == 1
    assert counted_rows == [1]
