"""A station's database on disk, a page over it, and a driver that uses the page as a clerk does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.visits import ListSeat, RecordSeat
from tests.ledgers.visits.ui.ledger_data import Ledger
from tests.stations import CLERK, KEY


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A seat at an empty station; screens are tried on SQLCipher, the services on both."""
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    opened = open_file(path, KEY, clock)
    yield Desk(opened, CLERK)
    opened.close()


@pytest.fixture
def ledger(desk: Desk, clock: FixedClock) -> Ledger:
    """Writes visits down; the 事项目录 is filled."""
    return Ledger(desk, clock)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def seat(desk: Desk, runner: JobRunner, qtbot: QtBot) -> ListSeat:
    """The list, not yet in front."""
    return ListSeat(VisitsPage(desk, runner), qtbot)


@pytest.fixture
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Visit], RecordSeat]:
    """Opens the page of a visit and waits until it shows it."""

    def opened(visit: Visit) -> RecordSeat:
        made = RecordSeat(VisitPage(desk, runner), qtbot)
        made.page.open_record(visit.uid)
        made.come()
        made.wait(lambda: made.content.isVisible() or made.pane() not in ("", "正在读取…"))
        return made

    return opened
