"""Keeps a half-filled form of an activity a moment after each change: a power cut costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

KEPT_AFTER_MS = 250
TRIED_AGAIN_AFTER_MS = 3000

Typed = dict[str, Any] | None


class FormKeeper(QTimer):
    """`touch()` after every change; `flush()` before the form goes out of sight.

    `typed` answers what is worth keeping, or None when the form says just what is saved.
    """

    def __init__(
        self,
        desk: Desk,
        page: Page,
        form: str,
        typed: Callable[[], Typed],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent or page)
        self._desk, self._page, self._form, self._typed = desk, page, form, typed
        self._activity: Uid | None = None
        self._kept: Typed = None
        self._warned = False
        self.setSingleShot(True)
        self.timeout.connect(self._save)

    def begin_with(self, activity: Uid | None, kept: Typed) -> None:
        """The form is about this activity, and this much of it is stored already."""
        self.stop()
        self._activity, self._kept, self._warned = activity, kept, False

    @Slot()
    def touch(self) -> None:
        """Something changed: it will be stored, at the latest after `KEPT_AFTER_MS`."""
        # Not started anew by each key: a fast typist would otherwise put it off for ever.
        if self._activity is not None and not self.isActive():
            self.start(KEPT_AFTER_MS)

    def flush(self) -> bool:
        """Store now what has not been stored yet; a refusing disk is told, not raised.

        Answers whether the form may go: not the first time that something would be lost with it.
        """
        if not self.isActive() or self._activity is None:
            return True
        self.stop()
        typed = self._typed()
        try:
            half_filled.keep(self._desk, self._activity, self._form, typed)
        except Fault as fault:
            if self._warned:
                return True
            self._warned = True
            self.start(TRIED_AGAIN_AFTER_MS)
            self._page.say_fault(fault)
            return False
        self._kept = typed
        return True

    @Slot()
    def _save(self) -> None:
        typed, activity = self._typed(), self._activity
        if activity is None or typed == self._kept:
            return
        self._kept = typed

        def work(_job: Job) -> None:
            half_filled.keep(self._desk, activity, self._form, typed)

        self._page.in_background(f"保存草稿 {self._form}", work, _nothing, self._not_kept)

    def _not_kept(self, _fault: Fault) -> None:
        # The form itself is unharmed, and saving will say more. Tried again without a change:
        # nobody may touch the form between the freeing of the disk and a power cut.
        self._kept = {}
        self.start(TRIED_AGAIN_AFTER_MS)


def _nothing(_result: object) -> None:
    """There is nothing to say about what goes well by itself."""
