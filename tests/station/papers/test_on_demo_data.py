"""Every kind of paper on what a demo station holds, read from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import KINDS
from desktop_app.core.periods import parse_period
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.three_lists import service as three_lists
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.registers.matters import service as matters
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.station.demo.service import make_demo
from desktop_app.station.papers import service
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage.session import Desk
from tests.ledgers.agreements.builders import signed
from tests.printing.outside import assert_lines_break_well, assert_sound
from tests.station.papers import volunteers
from tests.stations import MONDAY_MORNING

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]
TODAY = date(2026, 11, 23)
OCTOBER: dict[str, Any] = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The small demo station."""
    path: Path = tmp_path_factory.mktemp("papers") / "home"
    clock = FixedClock(MONDAY_MORNING)
    make_demo(path, scale="small", seed=1, today=TODAY, job=Job("演示"), clock=clock)
    with open_house(path, clock) as house:
        session = sign_in(house, house.operators()[0].uid, DEMO_PASSWORD)
        yield session.desk
        session.close()


def wanted(desk: Desk, kind: str) -> OpenPaper:
    """One paper of a kind, of the last thing there is of it."""
    of_volunteers = volunteers.paper_of(desk, kind)
    if of_volunteers is not None:
        return of_volunteers
    periods = {"month": "2026-10", "quarter": "2026-Q3", "half-year": "2026-H1", "year": "2025"}
    if kind in periods:
        return OpenPaper(kind, period=parse_period(periods[kind]))
    if kind == "visits-ledger":
        return OpenPaper(kind, **OCTOBER)
    if kind == "slip":
        return OpenPaper(kind, about=matters.directory(desk)[0].uid)
    if kind == "receipt":
        return OpenPaper(kind, about=visits.page(desk).rows[0].uid)
    if kind == "agreement":
        return OpenPaper(kind, about=signed(desk).uid)
    if kind == "dispute-slip":
        return OpenPaper(kind, about=requests.page(desk, RequestFilter(disputes=True)).rows[0].uid)
    if kind in ("duty-sheet", "closing-sheet"):
        closed = DutyFilter(state=DutyState.CLOSED)
        return OpenPaper(kind, about=three_lists.duties_page(desk, closed).rows[0].uid)
    if kind in ("three-lists", "unit-year"):
        about = signed(desk).partner
        year = parse_period("2026") if kind == "unit-year" else None
        return OpenPaper(kind, about=about, period=year)
    return OpenPaper(kind, about=activities.page(desk, ActivityFilter(held=True)).rows[0].uid)


@pytest.mark.parametrize("kind", [one.name for one in KINDS if one.edition != "street"])
def test_every_kind_is_a_sound_paper(station: Desk, kind: str) -> None:
    drafted = service.draft(station, wanted(station, kind))
    reading = assert_sound(drafted.pdf)
    assert_lines_break_well(reading)
    assert len(reading.pages) == drafted.pages
    assert drafted.missing == ()
    assert drafted.refused == ()


def test_every_visit_of_a_month_is_one_line_of_its_ledger(station: Desk) -> None:
    rows = visits.page(station, VisitFilter(**OCTOBER), size=1000).rows
    reading = assert_sound(service.draft(station, wanted(station, "visits-ledger")).pdf)
    assert len(rows) > 100
    assert [reading.characters.count(row.number) for row in rows] == [1] * len(rows)
    assert f"以上共登记{len(rows)}件" in reading.characters
