"""The register of residents on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.registers.residents.ui.page import ResidentsPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.residents import ResidentsSeat, a_station


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station."""
    with a_station(template_file, tmp_path, clock) as seat:
        yield seat


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], ResidentsSeat]:
    """Opens the screen anew, as after a sign-in."""

    def opened() -> ResidentsSeat:
        seat = ResidentsSeat(ResidentsPage(desk, runner), qtbot)
        seat.come()
        seat.wait(lambda: seat.names or any("还没有" in one for one in seat.sentences))
        return seat

    return opened
