"""The program's window on a station that belongs to a street by hand, and on one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.storage import drives
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.reporting import ReportingSeat, Slots
from tests.driver.sign_in import CLERK, CLERK_PASSWORD
from tests.homes import PASSWORD, Homes, StationHome
from tests.ledgers.visits.builders import register
from tests.station.front_desk.conftest import settle_in
from tests.station.reporting.paper_street import PaperStreet

SECOND, SECOND_PASSWORD = "陈建军", "Chen-jian-2026"


@pytest.fixture
def slots(monkeypatch: pytest.MonkeyPatch) -> Slots:
    """The slots of this PC, whatever is plugged into the one the tests run on."""
    made = Slots()
    monkeypatch.setattr(drives, "drives", made.drives)
    return made


def twelve_visits_and_three_operators(home: StationHome) -> None:
    with home.session() as session:
        settle_in(session.desk)
        for _ in range(12):
            register(session.desk)
        for name, role, password in (
            (CLERK, Role.CLERK, CLERK_PASSWORD),
            (SECOND, Role.COMMUNITY, SECOND_PASSWORD),
        ):
            people.add_operator(
                session.desk,
                session.keeper,
                name=name,
                role=role,
                password=password,
                must_change=False,
            )


@pytest.fixture
def opened(
    station_home: StationHome,
    homes: Homes,
    slots: Slots,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
) -> Iterator[Callable[[str], Counter]]:
    """Signs somebody in, by the password, at a station with twelve visits and three operators."""
    homes.furnish(station_home, twelve_visits_and_three_operators)
    with ExitStack() as stack:

        def open_for(password: str) -> Counter:
            counter = stack.enter_context(
                program_on(
                    station_home.path, station_home.clock, qtbot, qapp, tmp_path / "local.json"
                )
            )
            door.come_in(counter, password)
            return counter

        yield open_for


@pytest.fixture
def outside(opened: Callable[[str], Counter]) -> ReportingSeat:
    """The lead at the page of a station without a street."""
    return ReportingSeat(opened(PASSWORD))


@pytest.fixture
def seat(
    station_home: StationHome, street: PaperStreet, opened: Callable[[str], Counter]
) -> ReportingSeat:
    """The lead at the page of a station that belongs to the street."""
    with station_home.session() as session:
        street.adopt(session.desk)
    return ReportingSeat(opened(PASSWORD))
