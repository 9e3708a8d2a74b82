"""Keeps a half-filled form a moment after each change, so that a power cut costs nothing.

What is worth keeping and where it is stored come in by argument: this knows no form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.widgets.page import Page

KEPT_AFTER_MS = 250

Store = Callable[[object], None]
"""Stores what is typed; None forgets it. Called in a worker's thread as well."""


class DraftKeeper(QTimer):
    """`touch()` after every change; `flush()` before the form goes out of sight.

    `typed` answers what stands in the form, or None when it says just what is saved.
    """

    def __init__(self, page: Page, typed: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._typed = page, typed
        self._store: Store = _nothing
        self._kept: object = None
        self.setSingleShot(True)
        self.setInterval(KEPT_AFTER_MS)
        self.timeout.connect(self._save)

    def begin_with(self, store: Store, kept: object) -> None:
        """Another form begins: where it is kept, and what of it is stored already."""
        self.stop()
        self._store, self._kept = store, kept

    @Slot()
    def touch(self) -> None:
        """Something changed: it will be stored, at the latest after `KEPT_AFTER_MS`."""
        # Not started anew by each key: a fast typist would otherwise put it off for ever.
        if not self.isActive():
            self.start()

    def flush(self) -> None:
        """Store now what has not been stored yet; a refusing disk is told, not raised."""
        if not self.isActive():
            return
        self.stop()
        try:
            self._store(self._typed())
        except Fault as fault:
            self._page.say_fault(fault)

    @Slot()
    def _save(self) -> None:
        worth = self._typed()
        if worth != self._kept:
            self._kept = worth
            work = partial(_stored, self._store, worth)
            self._page.in_background("保存草稿", work, _nothing, self._not_kept)

    def _not_kept(self, _fault: Fault) -> None:
        # The next change tries again; the form itself is unharmed and saving will say more.
        self._kept = None


def _stored(store: Store, worth: object, _job: Job) -> None:
    store(worth)


def _nothing(_result: object) -> None:
    """There is nothing to say about what goes well by itself."""
