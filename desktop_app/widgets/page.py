"""What every page of the window has in common, so that pages never know the window nor each other.

A page asks to go somewhere with `routed`, tells what it changed with `changed`, and is told what
others changed through `take`. It reloads at once when it is seen, otherwise when it is next shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.route import Route
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.forms import KeyHint, KeyMap
from desktop_app.widgets.jobs import JobRunner, Ticket


class Page(QWidget):
    """Base of the pages; a subclass fills itself in `load` and lists its `kinds` and `hints`.

    `routed` carries a `core.route.Route`, `changed` a `(Changed, sentence)` pair for
    the undo strip, `look_wanted` this PC's new settings; `back_wanted` leaves a record's page.
    `reported` comes from the window: how the reporting to the street stands, and whether it is
    late, for pages that say so.
    """

    routed = Signal(object)
    changed = Signal(object)
    look_wanted = Signal(object)
    back_wanted = Signal()
    reported = Signal(str, bool)

    kinds: frozenset[str] = frozenset()
    """Names of the record kinds whose change makes this page stale."""

    hints: Sequence[KeyHint] = ()
    """The keys of this page, for the `?` list."""

    more_hints: Sequence[KeyHint] = ()
    """Keys of what a part of the page offers, which that part says itself."""

    places: frozenset[str] = frozenset()
    """Pages and kinds of record that can be opened from here, as the window has them; what leads
    elsewhere is not offered."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._stale = True
        self._turns: dict[str, int] = {}

    @property
    def part(self) -> str:
        """Which part of the page is in front, for a page of several; the help opens there."""
        return ""

    def load(self) -> None:
        """Read and show everything anew. Called when the page is shown and stale."""

    def arrive(self) -> None:
        """The page is in front now: bring it up to date and put the keyboard where work begins."""
        self._ensure_key_map()
        if self._stale:
            self._stale = False
            self.load()

    def open_record(self, uid: object) -> None:
        """Show one record; for pages that are about one."""

    def turn_to(self, part: str) -> None:
        """Bring a part to the front, for a page of several; `part` is a kind of record it lists."""

    def search_for(self, words: str) -> None:
        """Put words into the page's search box, where it has one."""

    def narrow_to(self, wanted: object) -> None:
        """Show exactly the rows of this filter, where the page lists records of its kind."""

    def start_new(self) -> None:
        """F2: begin a new record here, where that makes sense."""

    def start_search(self) -> None:
        """Ctrl+F: put the keyboard into the page's search box, where it has one."""

    def take(self, kinds: frozenset[str]) -> None:
        """Somebody changed records of these kinds."""
        if not kinds & self.kinds:
            return
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    def may_leave(self) -> bool:
        """Whether the window may close now; a page with a question open may say no."""
        return True

    def go(self, route: Route) -> None:
        self.routed.emit(route)

    def tell_changed(self, changed: Changed[Any], sentence: str) -> None:
        """Tell the window what was done, in words that fit the undo strip."""
        self.changed.emit((changed, sentence))

    def in_background(
        self,
        title: str,
        work: Callable[[Job], object],
        done: Callable[[Any], None],
        failed: Callable[[Fault], None] | None = None,
        *,
        quick: bool = True,
    ) -> Ticket:
        """Run `work` off the window's thread and hand its result to `done`.

        Only the latest run of one `title` is delivered: an older page of a list that comes late
        never replaces a newer one.
        """
        turn = self._turns[title] = self._turns.get(title, 0) + 1
        ticket = self._runner.start(title, work, quick=quick)
        ticket.done.connect(partial(self._deliver, title, turn, done))
        ticket.failed.connect(partial(self._deliver, title, turn, failed or self.say_fault))
        return ticket

    @Slot(object)
    def say_fault(self, fault: Fault) -> None:
        """Say what went wrong where no field is to blame."""
        tell_fault(self, "没有完成", fault)

    def _deliver(
        self, title: str, turn: int, receiver: Callable[[Any], None], payload: object
    ) -> None:
        # Somebody else may have taken the seat since; then this page is gone.
        if shiboken6.isValid(self) and self._turns.get(title) == turn:
            receiver(payload)

    def _ensure_key_map(self) -> None:
        if self.hints and not self._is_a_section() and self.findChild(KeyMap) is None:
            KeyMap(self, (*self.hints, *self.more_hints))

    def _is_a_section(self) -> bool:
        """Whether this is part of another page, which lists its keys among its own."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        return above is not None
