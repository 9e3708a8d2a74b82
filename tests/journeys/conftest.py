"""What the journeys share: a settled home, and the program opened on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.station.set_up.service import create_home
from desktop_app.storage.home import Edition
from tests.driver.program import Counter, program_on
from tests.homes import CHEAP, LEAD, PASSWORD, StationHome
from tests.station.front_desk.conftest import settle_in
from tests.stations import MONDAY_MORNING

Open = Callable[[Path], AbstractContextManager[Counter]]


@pytest.fixture(scope="session")
def settled_home(tmp_path_factory: pytest.TempPathFactory) -> StationHome:
    """A home with the usual matters and a few residents, made once; tests get copies."""
    path = tmp_path_factory.mktemp("settled") / "home"
    clock = FixedClock(MONDAY_MORNING)
    made = create_home(
        path,
        Edition.STATION,
        "青榕雅苑党群服务站",
        "qr01",
        LEAD,
        PASSWORD,
        clock=clock,
        kdf_cost=CHEAP,
    )
    home = StationHome(path, clock, made.operator, made.recovery_code)
    with home.session() as session:
        settle_in(session.desk)
    return home


@pytest.fixture
def home(settled_home: StationHome, clock: FixedClock, tmp_path: Path) -> StationHome:
    """A settled home of one's own."""
    path = tmp_path / "home"
    shutil.copytree(settled_home.path, path)
    return StationHome(path, clock, settled_home.lead, settled_home.recovery_code)


@pytest.fixture
def opened(clock: FixedClock, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Open:
    """Opens the program on a home."""

    def on(path: Path) -> AbstractContextManager[Counter]:
        return program_on(path, clock, qtbot, qapp, tmp_path / "local.json")

    return on


@pytest.fixture
def counter(home: StationHome, opened: Open) -> Iterator[Counter]:
    """The program on a settled home, at its door."""
    with opened(home.path) as program:
        yield program
