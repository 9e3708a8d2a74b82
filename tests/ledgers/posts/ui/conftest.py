"""Posts and the duty roster on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.ledgers.posts.ui.post_page import PostPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.posts import PostPageSeat, PostsSeat
from tests.driver.residents import a_station


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
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], PostsSeat]:
    """Opens the tab anew, as after a sign-in."""

    def opened() -> PostsSeat:
        seat = PostsSeat(PostsPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        seat.wait(lambda: seat.page.roster.when.text())
        return seat

    return opened


@pytest.fixture
def post_page(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> Callable[[Uid, type[PostPage]], PostPageSeat]:
    """Opens a page about a post and waits until it shows it."""

    def opened(uid: Uid, kind: type[PostPage] = PostPage) -> PostPageSeat:
        seat = PostPageSeat(kind(desk, runner), qtbot)
        seat.open(uid)
        return seat

    return opened
