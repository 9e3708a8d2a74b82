"""The program's window on a small home of its own; a station whose changes have consequences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.driver.program import Counter, program_on
from tests.homes import StationHome
from tests.station.raising.following import followed

__all__ = ["followed"]


@pytest.fixture
def counter(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program at its door."""
    path, clock = station_home.path, station_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        yield opened
