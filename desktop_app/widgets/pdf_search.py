"""Looks for words in a document, a few pages at a time, so that showing pages goes on meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.job import Job
from desktop_app.widgets.jobs import JobRunner, Ticket
from desktop_app.widgets.pdf_pages import Hit, find_on_page

_PAGES_AT_ONCE = 4
MOST_HITS = 2_000
"""More places than anybody goes through; looking ends there and says so."""


class PdfSearch(QObject):
    """`found` comes whenever there are more hits or looking has ended; see `hits`, `is_looking`.

    Looking begins at the page one is on and goes round, so that the nearest hit is there first.
    """

    found = Signal()

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._data, self._words = b"", ""
        self._left: list[int] = []
        self._ticket: Ticket | None = None
        self.hits: tuple[Hit, ...] = ()

    @property
    def is_looking(self) -> bool:
        """Are there pages left to look at?"""
        return self._ticket is not None

    def look_for(self, words: str, data: bytes, pages: int, start: int) -> None:
        """Look for these words from page `start` on, instead of what was looked for before."""
        self.stop()
        self._data, self._words = data, words
        self._left = [(start + number) % pages for number in range(pages)] if words else []
        self._go_on()
        self.found.emit()

    def stop(self) -> None:
        """Look no further and forget what was found."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._left, self.hits = None, [], ()

    def _go_on(self) -> None:
        pages, self._left = self._left[:_PAGES_AT_ONCE], self._left[_PAGES_AT_ONCE:]
        self._ticket = None
        if pages and len(self.hits) < MOST_HITS:
            work = partial(_look, self._data, pages, self._words)
            self._ticket = self._runner.start("查找文字", work, quick=True)
            self._ticket.done.connect(self._take)
            self._ticket.failed.connect(self._give_up)

    @Slot(object)
    def _take(self, found: tuple[Hit, ...]) -> None:
        if self.sender() is not self._ticket:
            return
        self.hits = tuple(sorted((*self.hits, *found), key=lambda hit: hit.page))
        self._go_on()
        self.found.emit()

    @Slot(object)
    def _give_up(self, _fault: object) -> None:
        if self.sender() is self._ticket:
            # The pages themselves say what is wrong with the document.
            self._ticket, self._left = None, []
            self.found.emit()


def _look(data: bytes, pages: Sequence[int], words: str, job: Job) -> tuple[Hit, ...]:
    found: list[Hit] = []
    for page in pages:
        job.check()
        found.extend(find_on_page(data, page, words))
    return tuple(found)
