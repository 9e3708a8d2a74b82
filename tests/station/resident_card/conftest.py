"""A resident's card over a station's database on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.station.resident_card.ui.page import ResidentCardPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.residents import CardSeat, a_station
from tests.ledgers.visits.ui.ledger_data import Ledger


@pytest.fixture
def clerk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station; the screens are tried on SQLCipher only."""
    with a_station(template_file, tmp_path, clock) as seat:
        yield seat


@pytest.fixture
def ledger(clerk: Desk, clock: FixedClock) -> Ledger:
    """Writes visits down; the 事项目录 is filled."""
    return Ledger(clerk, clock)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def seat(clerk: Desk, runner: JobRunner, qtbot: QtBot) -> CardSeat:
    """In front of the card's page, which shows nobody yet."""
    return CardSeat(ResidentCardPage(clerk, runner), qtbot)
