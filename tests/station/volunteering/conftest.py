"""The program's window on a small home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.driver.program import Counter, program_on
from tests.homes import StationHome


@pytest.fixture
def counter(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program at its door."""
    path, clock = station_home.path, station_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        yield opened
"""A station whose changes have their consequences, on both databases."""

from __future__ import annotations

from tests.station.raising.following import followed

__all__ = ["followed"]
