"""The program's window on a station where somebody brings an old ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.driver import sign_in as door
from tests.driver.importing import ImportingSeat
from tests.driver.program import Counter, program_on
from tests.homes import StationHome
from tests.station.front_desk.conftest import settle_in


@pytest.fixture
def opened(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Callable[[], Counter]]:
    """Starts the program on a station with a directory, a 小区 and three residents, as often as
    asked; the lead signs in. An earlier one is put away before."""
    with station_home.session() as session:
        settle_in(session.desk)
    running = ExitStack()
    clock, home = station_home.clock, station_home.path

    def start() -> Counter:
        running.close()
        counter = running.enter_context(
            program_on(home, clock, qtbot, qapp, tmp_path / "local.json")
        )
        door.come_in(counter)
        return counter

    with running:
        yield start


@pytest.fixture
def seat(opened: Callable[[], Counter]) -> ImportingSeat:
    """The lead, wherever a day begins."""
    return ImportingSeat(opened())
