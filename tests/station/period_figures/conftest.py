"""The page 报表 over a station's database on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.station.period_figures.ui.page import ReportsPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.reports import ReportsSeat
from tests.driver.residents import a_station


@pytest.fixture
def lead(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """The seat of who manages an empty station; the screens are tried on SQLCipher only."""
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
def seat(lead: Desk, runner: JobRunner, qtbot: QtBot) -> ReportsSeat:
    """The page, not yet in front."""
    return ReportsSeat(ReportsPage(lead, runner), qtbot)
