"""Keeps a half-filled form a moment after each change, so that a power cut costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.registers.residents import entry
from desktop_app.registers.residents.entry_text import ResidentText, text_of
from desktop_app.registers.residents.rules import Resident
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page

KEPT_AFTER_MS = 250


class FormKeeper(QTimer):
    """`touch()` after every change; `flush()` before the form goes out of sight.

    `moment` comes with each keeping: time for whatever else is looked up while somebody types.
    """

    moment = Signal()

    def __init__(self, desk: Desk, page: Page, typed: Callable[[], ResidentText]) -> None:
        super().__init__(page)
        self._desk, self._page, self._typed = desk, page, typed
        self._base: Resident | None = None
        self._kept: ResidentText | None = None
        self.setSingleShot(True)
        self.setInterval(KEPT_AFTER_MS)
        self.timeout.connect(self._save)

    def begin_with(self, base: Resident | None, kept: ResidentText | None) -> None:
        """The form is about this file (None: a new one), and this much of it is stored already."""
        self.stop()
        self._base, self._kept = base, kept

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
            entry.keep(self._desk, self._base, self._worth_keeping())
        except Fault as fault:
            self._page.say_fault(fault)

    def _worth_keeping(self) -> ResidentText | None:
        """What is typed; None when it says just what is saved."""
        text = self._typed()
        own = ResidentText() if self._base is None else text_of(self._base)
        return None if text == own else text

    @Slot()
    def _save(self) -> None:
        worth = self._worth_keeping()
        if worth != self._kept:
            self._kept = worth
            work = partial(_keep, self._desk, self._base, worth)
            self._page.in_background("保存草稿", work, _nothing, self._not_kept)
        self.moment.emit()

    def _not_kept(self, _fault: Fault) -> None:
        # The next change tries again; the form itself is unharmed and saving will say more.
        self._kept = None


def _keep(desk: Desk, base: Resident | None, text: ResidentText | None, _job: Job) -> None:
    entry.keep(desk, base, text)


def _nothing(_result: object) -> None:
    """There is nothing to say about what goes well by itself."""
