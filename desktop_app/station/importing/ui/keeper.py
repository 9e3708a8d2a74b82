"""Keeps what was said of a sheet a moment after each change, and finds it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.importing.rules.kept import Kept
from desktop_app.station.importing.service import resuming
from desktop_app.storage.session import Desk
from desktop_app.widgets.draft_keeper import DraftKeeper
from desktop_app.widgets.page import Page


class Keeper(QObject):
    """`found` carries the import that was left in the middle, or None."""

    found = Signal(object)

    def __init__(self, desk: Desk, page: Page, typed: Callable[[], Kept | None]) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._keeper = DraftKeeper(page, typed)
        self._keeper.begin_with(self._store, None)

    def look(self) -> None:
        """Look for what was left."""
        self._page.in_background("上次的导入", self._read, self.found.emit, self._say_nothing)

    def touch(self) -> None:
        self._keeper.touch()

    def flush(self) -> None:
        self._keeper.flush()

    def end(self) -> None:
        """It was taken in, which has forgotten it."""
        self._keeper.begin_with(self._store, None)

    def forget(self) -> None:
        """Somebody begins anew."""
        self.end()
        self._page.in_background("放下上次的导入", partial(_forget, self._desk), _nothing)

    def _store(self, kept: Any) -> None:
        resuming.keep(self._desk, kept)

    def _read(self, _job: Job) -> Kept | None:
        return resuming.kept(self._desk)

    def _say_nothing(self, _fault: Fault) -> None:
        """The next step that reads or writes says what is wrong."""


def _forget(desk: Desk, _job: Job) -> None:
    resuming.keep(desk, None)


def _nothing(_result: object) -> None:
    """There is nothing to say about what goes well by itself."""
