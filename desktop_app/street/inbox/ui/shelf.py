"""暂存: reads what is parked, shows it on the board, and tries it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.storage.session import Desk
from desktop_app.street.inbox.ui import work
from desktop_app.street.inbox.ui.board import Board
from desktop_app.street.inbox.ui.work import ParkedRead
from desktop_app.widgets.page import Page


class ParkedShelf(QObject):
    """`counted` carries how many there are, `begun` a ticket, `retried` a `Retried`."""

    counted = Signal(object)
    begun = Signal(object)
    retried = Signal(object)

    def __init__(self, desk: Desk, page: Page, board: Board) -> None:
        super().__init__(page)
        self._desk, self._page, self._board = desk, page, board
        board.retry_wanted.connect(self.retry)

    def load(self) -> None:
        """Read it anew."""
        job = partial(work.read_parked, self._desk)
        self._page.in_background("暂存的记录", job, self._show)

    @Slot()
    def retry(self) -> None:
        """Try all of it once more: something may have come that it waited for."""
        job = partial(work.retry_parked, self._desk)
        self.begun.emit(
            self._page.in_background("暂存再试一次", job, self.retried.emit, quick=False)
        )

    def _show(self, read: ParkedRead) -> None:
        self._board.show_parked(read.views)
        self.counted.emit(len(read.views))
