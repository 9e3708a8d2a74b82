"""A station's database on disk, a page over it, and a driver that uses the page as a clerk does."""

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
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.ui.form import RequestFormPage
from desktop_app.ledgers.requests.ui.page import RequestsPage
from desktop_app.ledgers.requests.ui.record import RequestPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.requests import FormSeat, RequestSeat, RequestsSeat
from tests.stations import KEY

CLERK = Actor(Uid(int=7), "王小燕", "站长", frozenset(Right))


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
def seat(desk: Desk, runner: JobRunner, qtbot: QtBot) -> RequestsSeat:
    """The list, not yet in front."""
    return RequestsSeat(RequestsPage(desk, runner), qtbot)


@pytest.fixture
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Request], RequestSeat]:
    """Opens the page of a request and waits until it shows it."""

    def opened(request: Request) -> RequestSeat:
        made = RequestSeat(RequestPage(desk, runner), qtbot)
        made.page.open_record(request.uid)
        made.come()
        made.wait(lambda: made.content.isVisible() or made.pane() not in ("", "正在读取…"))
        return made

    return opened


@pytest.fixture
def form(desk: Desk, runner: JobRunner, qtbot: QtBot) -> FormSeat:
    """The form, not yet in front."""
    return FormSeat(RequestFormPage(desk, runner), runner, qtbot)
