"""What the pages of a problem, an offer and a duty have in common: the head, steps by letter, 更正.

What is masked is uncovered for ten seconds and logged. There is no deleting.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.links import Linked
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.three_lists.ui.correcting_page import MARGINS, CorrectingPage
from desktop_app.ledgers.three_lists.ui.linked import ElsewhereCard
from desktop_app.ledgers.three_lists.ui.looks import Deed, may_handle
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.session import Desk
from desktop_app.widgets.course import CourseCard
from desktop_app.widgets.forms import KeyHint, ScrollPage
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.record_head import PaperButton, RecordHead
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.story_key import STORY_HINT, bind_story
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_LINES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class RecordPage(CorrectingPage):
    """Shows the record it was told to by `open_record`; a subclass reads and shows it."""

    label = ""
    kind = ""
    deeds: tuple[Deed, ...] = ()
    papers: tuple[PaperButton, ...] = ()
    more_hints: tuple[KeyHint, ...] = ()
    shows_duty = False

    course: CourseCard
    """Made by `fill_content`."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stepper = Stepper(desk, self, shows_duty=self.shows_duty)
        shown = [paper for paper in self.papers if there_is(paper.kind)]
        self.header = RecordHead(self.main, shown)
        self.content = ScrollPage(self.main)
        self.elsewhere = ElsewhereCard(self.main)
        self.pane = StatePane(self.main)
        self.pane.hide()
        self._patience = Patience(self.pane.show_loading, self)
        column = QVBoxLayout(self.main)
        column.setContentsMargins(*MARGINS)
        column.setSpacing(SPACE.large)
        column.addWidget(self.header)
        column.addWidget(self.pane, 1)
        column.addWidget(self.content, 1)
        # Until there is something to show, the head stays where it will be.
        column.addStretch(0)
        self.hints = self._all_hints([paper.verb for paper in shown])
        self.fill_content()
        self._connect()

    # --- what a page says for itself -----------------------------------------------------------

    def fill_content(self) -> None:
        """Put cards into `content.body`."""

    def read(self, uid: Uid) -> Any:
        """The record and what is shown beside it; in a worker's thread."""
        raise NotImplementedError

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        """In a worker's thread: what other ledgers have that belongs to the record, for the card
        `elsewhere`. This ledger knows of none; whoever joins them says so."""
        return ()

    def show_whole(self, whole: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def take_step(self, name: str) -> None:
        """Take the step of that name."""
        raise NotImplementedError

    # --- what the window asks for --------------------------------------------------------------

    def open_record(self, uid: object) -> None:
        assert isinstance(uid, Uid)
        if uid != self._uid:
            self.close_form()
            self._uid, self._whole = uid, None
            self.header.wipe()
            self.content.hide()
            self.pane.hide()
        self._stale = True

    def load(self) -> None:
        if self._uid is not None:
            if self._whole is None:
                self._patience.start()
            work = partial(self._read, self._uid)
            self.in_background(f"{self.label}详情", work, self._show, self._fail)

    def arrive(self) -> None:
        super().arrive()
        if self.form is not None and self.form_is_open:
            self.form.take_keyboard()
        else:
            # Not on a button: the Enter that opened the page must not take a step as well.
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lines = _LINES.get(Qt.Key(event.key()))
        if lines is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            bar = self.content.verticalScrollBar()
            bar.setValue(bar.value() + lines * theme_of().metrics.row)

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, uid: Uid, _job: Job) -> tuple[Any, tuple[Linked, ...]]:
        return self.read(uid), self.links(uid)

    def _show(self, found: tuple[Any, tuple[Linked, ...]]) -> None:
        whole, links = found
        first = self._whole is None
        self._cover.stop()
        self._patience.stop()
        self._whole = whole
        self.pane.hide()
        self.show_whole(whole)
        self.show_private(whole, {})
        self.elsewhere.show_links(links)
        self.content.show()
        if first:
            self.content.verticalScrollBar().setValue(0)

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        self.header.wipe()
        self.content.hide()
        self.pane.show_fault(fault, "返回")

    def _all_hints(self, papers: Sequence[str]) -> tuple[KeyHint, ...]:
        keys = ("Ctrl+P", "Ctrl+Shift+P")
        steps = self.deeds if may_handle(self._desk) else ()
        return (
            KeyHint("Esc", "返回"),
            *self.more_hints,
            *(KeyHint(key, verb) for key, verb in zip(keys, papers, strict=False)),
            *(KeyHint(deed.key, deed.verb) for deed in steps),
            STORY_HINT,
        )

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.header.back.connect(self.back_wanted)
        self.header.wanted.connect(self.take_step)
        self.header.correct_wanted.connect(self._correct)
        self.header.paper_wanted.connect(self._print)
        self.pane.next_step.connect(self.back_wanted)
        self.elsewhere.wanted.connect(self.go)
        self.bind("Esc", self.back_wanted.emit)
        bind_story(self, self.kind, lambda: self._uid, self.course)
        self.bind("R", self.toggle)
        self.bind("E", self._correct)
        for deed in self.deeds:
            self.bind(deed.key, partial(self.header.want, deed.name))

    @Slot(object)
    def _print(self, kind: str) -> None:
        if self._uid is not None:
            self.go(OpenPaper(kind, about=self._uid))
