"""A station's database on disk, and the screens of the three lists over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.board_pane import BoardPane
from desktop_app.ledgers.three_lists.ui.duties_pane import DutiesPane
from desktop_app.ledgers.three_lists.ui.duty_page import DutyPage
from desktop_app.ledgers.three_lists.ui.offer_page import OfferPage
from desktop_app.ledgers.three_lists.ui.offers_pane import OffersPane
from desktop_app.ledgers.three_lists.ui.problem_page import ProblemPage
from desktop_app.ledgers.three_lists.ui.problems_pane import ProblemsPane
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.three_lists import BoardSeat, PageSeat, TableSeat
from tests.stations import KEY

CLERK = Actor(Uid(int=7), "王小燕", "站长", frozenset(Right))
_PANES = {"problems": ProblemsPane, "offers": OffersPane, "duties": DutiesPane}
Boards = Callable[..., BoardSeat]
Lists = Callable[..., TableSeat]
Opens = Callable[..., PageSeat]


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
def board(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Boards:
    """Opens the board and waits until it shows what there is."""

    def opened(at: Desk | None = None) -> BoardSeat:
        seat = BoardSeat(BoardPane(at or desk, runner), qtbot)
        seat.come()
        seat.wait(lambda: bool(seat.board.columns))
        return seat

    return opened


@pytest.fixture
def listed(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Lists:
    """Opens one of the lists by the kind of its records."""

    def opened(kind: str, at: Desk | None = None) -> TableSeat:
        seat = TableSeat(_PANES[kind](at or desk, runner), qtbot)
        seat.come()
        seat.settle()
        return seat

    return opened


@pytest.fixture
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Opens:
    """Opens the page of a problem, an offer or a duty."""

    def opened(about: Record, at: Desk | None = None) -> PageSeat:
        pages = {Problem: ProblemPage, Offer: OfferPage}
        seat = PageSeat(pages.get(type(about), DutyPage)(at or desk, runner), qtbot)
        seat.page.places = frozenset({"problems", "offers", "duties", "partners"})
        seat.page.open_record(about.uid)
        seat.come()
        seat.wait(lambda: seat.page.content.isVisible())
        return seat

    return opened
