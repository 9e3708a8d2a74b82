"""A station's database on disk, and the pages of activities over it, used as a clerk uses them."""

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
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.ui.page import ActivitiesPage
from desktop_app.ledgers.activities.ui.record import ActivityPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.activities import ActivitiesSeat
from tests.driver.activity import ActivitySeat
from tests.stations import KEY

CLERK = Actor(Uid(int=7), "王小燕", "站长", frozenset(Right))
Opens = Callable[[Activity], ActivitySeat]


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A seat at an empty station; screens are tried on SQLCipher, the services on both."""
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    opened = open_file(path, KEY, clock)
    opened.keep_attachments_in(FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32)))
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
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Opens:
    """Opens the page of an activity and waits until it shows it."""

    def opened(activity: Activity) -> ActivitySeat:
        made = ActivitySeat(ActivityPage(desk, runner), qtbot)
        made.page.open_record(activity.uid)
        made.come()
        made.wait(lambda: made.content.isVisible() or made.pane() not in ("", "正在读取…"))
        return made

    return opened


@pytest.fixture
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[..., ActivitiesSeat]:
    """Opens the page of all activities anew, as after a sign-in."""

    def opened(at: Desk | None = None, **size: int) -> ActivitiesSeat:
        seat = ActivitiesSeat(ActivitiesPage(at or desk, runner), qtbot)
        seat.come(**size)
        return seat

    return opened
