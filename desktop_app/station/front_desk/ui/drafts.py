"""Keeps what is half-filled, a moment after each change, so that a power cut costs nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.rules.text import Drafts
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

SAVED_AFTER_MS = 250
TRIED_AGAIN_AFTER_MS = 3000
"""How long after the disk refused it is asked again."""


class DraftKeeper(QTimer):
    """`touch()` after every change; `flush()` before the form goes out of sight."""

    def __init__(self, desk: Desk, page: Page, drafts: Callable[[], Drafts]) -> None:
        super().__init__(page)
        self._desk, self._page, self._drafts = desk, page, drafts
        self._kept: Drafts | None = None
        self._refused = self._warned = False
        self.setSingleShot(True)
        self.timeout.connect(self._save)

    def begin_with(self, drafts: Drafts) -> None:
        """This is what is stored already."""
        self._kept = drafts

    @Slot()
    def touch(self) -> None:
        """Something changed: it will be stored, at the latest after `SAVED_AFTER_MS`."""
        # Not started anew by each key: a fast typist would otherwise put it off for ever.
        if self._kept is not None and not self.isActive():
            self.start(SAVED_AFTER_MS)

    def flush(self, *, leaving: bool = False) -> bool:
        """Store now what has not been stored yet; a refusing disk is told, not raised.

        Answers whether the window may go: not the first time that what is half-filled would be
        lost with it.
        """
        waiting = self.isActive() or (leaving and self._refused)
        if not waiting:
            return True
        self.stop()
        try:
            service.save_drafts(self._desk, self._drafts())
        except Fault as fault:
            self._refused = True
            if leaving and self._warned:
                # Given up: nothing may be tried any more after the database was closed.
                return True
            self.start(TRIED_AGAIN_AFTER_MS)
            self._warned = leaving
            self._page.say_fault(_would_be_lost(fault) if leaving else fault)
            return not leaving
        self._refused = self._warned = False
        return True

    @Slot()
    def _save(self) -> None:
        drafts = self._drafts()
        if drafts == self._kept and not self._refused:
            return
        self._kept, self._refused = drafts, False

        def work(_job: Job) -> None:
            service.save_drafts(self._desk, drafts)

        self._page.in_background("保存草稿", work, _nothing, self._not_kept)

    def _not_kept(self, _fault: Fault) -> None:
        # The form is unharmed and registering will say more. Tried again without waiting for a
        # change: nobody may touch the form between the freeing of the disk and a power cut, and a
        # draft that should be gone would bring back a visit that was registered.
        self._refused = True
        self.start(TRIED_AGAIN_AFTER_MS)


def _would_be_lost(fault: Fault) -> Fault:
    return Fault(
        f"填了一半的内容没能存下，窗口没有关。{fault.sentence}",
        f"{fault.next_step}再关一次窗口，没有登记的内容就不保留了。",
    )


def _nothing(_result: object) -> None:
    return None
