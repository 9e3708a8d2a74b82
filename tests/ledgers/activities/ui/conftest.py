"""A station's database on disk, and the page 活动 over it, used as a clerk uses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.activities.ui.page import ActivitiesPage
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.activities import ActivitiesSeat
from tests.stations import KEY

CLERK = Actor(Uid(int=7), "王小燕", "站长", frozenset(Right))


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A seat at an empty station; screens are tried on SQLCipher, the services on both."""
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    opened = open_file(path, KEY, clock)
    yield Desk(opened, CLERK)
    opened.close()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[..., ActivitiesSeat]:
    """Opens the page anew, as after a sign-in."""

    def opened(at: Desk | None = None, **size: int) -> ActivitiesSeat:
        seat = ActivitiesSeat(ActivitiesPage(at or desk, runner), qtbot)
        seat.come(**size)
        return seat

    return opened
