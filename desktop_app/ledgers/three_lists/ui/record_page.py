"""What the pages of a problem, an offer and a duty have in common: the head, steps by letter, 更正.

What is masked is uncovered for ten seconds and logged. There is no deleting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.header import RecordHeader
from desktop_app.ledgers.three_lists.ui.looks import Deed, may_handle, may_reveal
from desktop_app.ledgers.three_lists.ui.papers import there_is
from desktop_app.ledgers.three_lists.ui.stepping import Stepper
from desktop_app.storage.session import Desk
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.forms import KeyHint, KeyMap, ScrollPage, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

REVEAL_SECONDS = 10
_MARGINS = (SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
_LINES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class RecordPage(Page):
    """Shows the record it was told to by `open_record`; a subclass reads and shows it."""

    label = ""
    deeds: tuple[Deed, ...] = ()
    papers: tuple[tuple[str, str, str], ...] = ()
    more_hints: tuple[KeyHint, ...] = ()
    shows_duty = False

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._uid: Uid | None = None
        self._whole: Any = None
        self.form: EntryForm | None = None
        self._bound: list[QShortcut] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stepper = Stepper(desk, self, shows_duty=self.shows_duty)
        shown = [paper for paper in self.papers if there_is(paper[0])]
        self.main = QWidget(self)
        self.header = RecordHeader(self.main, shown)
        self.content = ScrollPage(self.main)
        self.pane = StatePane(self.main)
        self.pane.hide()
        self._patience = Patience(self.pane.show_loading, self)
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(REVEAL_SECONDS * 1000)
        self._cover.timeout.connect(self.cover)
        column = QVBoxLayout(self.main)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(SPACE.large)
        column.addWidget(self.header)
        column.addWidget(self.pane, 1)
        column.addWidget(self.content, 1)
        # Until there is something to show, the head stays where it will be.
        column.addStretch(0)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.main)
        self.hints = self._all_hints([verb for _, verb, _ in shown])
        self.fill_content()
        self._connect()

    # --- what a page says for itself -----------------------------------------------------------

    def fill_content(self) -> None:
        """Put cards into `content.body`."""

    def read(self, uid: Uid) -> Any:
        """The record and what is shown beside it; in a worker's thread."""
        raise NotImplementedError

    def show_whole(self, whole: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def take_step(self, name: str) -> None:
        """Take the step of that name."""
        raise NotImplementedError

    def show_private(self, whole: Any, plain: Mapping[str, str]) -> None:
        """Show what is masked, with what was just uncovered by field."""

    def masked_fields(self, whole: Any) -> Sequence[str]:
        """The fields that show less than there is."""
        return ()

    def read_out(self, uid: Uid, field: str) -> str:
        """One masked field in full, logged; in a worker's thread."""
        raise NotImplementedError

    def make_form(self) -> EntryForm | None:
        """The form that puts the record right."""
        return None

    def may_correct(self, whole: Any) -> bool:
        """Whether it can be put right as it stands."""
        return False

    def reveal_button(self, card: FactsCard) -> QPushButton:
        """A button at the foot of a card that uncovers what it masks."""
        foot = QWidget(card)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        button = plain_button("显示完整内容", foot, icon_name="eye")
        button.clicked.connect(self.toggle)
        line.addWidget(button)
        line.addStretch(1)
        card.set_foot(foot)
        return button

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
        if self.form is not None and self.stack.currentWidget() is self.form:
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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cover()

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, uid: Uid, _job: Job) -> Any:
        return self.read(uid)

    def _show(self, whole: Any) -> None:
        first = self._whole is None
        self._cover.stop()
        self._patience.stop()
        self._whole = whole
        self.pane.hide()
        self.show_whole(whole)
        self.show_private(whole, {})
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
        )

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.header.back.connect(self.back_wanted)
        self.header.wanted.connect(self._step)
        self.header.correct_wanted.connect(self._correct)
        self.header.paper.connect(self._print)
        self.pane.next_step.connect(self.back_wanted)
        self.bind("Esc", self.back_wanted.emit)
        self.bind("R", self.toggle)
        self.bind("E", self._correct)
        for deed in self.deeds:
            self.bind(deed.key, partial(self._step, deed.name))

    def bind(self, keys: str, slot: Callable[[], object]) -> None:
        """Let keys do something while no form is open."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)
        self._bound.append(shortcut)

    @Slot(str)
    def _step(self, name: str) -> None:
        if self._whole is not None and name in self.header.offered:
            self.take_step(name)

    @Slot()
    def _correct(self) -> None:
        if self._whole is not None and self._uid is not None and self.may_correct(self._whole):
            self.correct()

    def correct(self) -> None:
        """Open the form that puts the record right, in the place of the record."""
        assert self._uid is not None, "a record is on show"
        if self.form is None:
            self.form = self.make_form()
            if self.form is None:
                return
            self.form.set_margins(*_MARGINS)
            self.stack.addWidget(self.form)
            self.form.left.connect(self.close_form)
            self.form.saved.connect(self._corrected)
        self.stack.setCurrentWidget(self.form)
        self.form.begin_change(self._uid)
        self._list_keys()

    @Slot()
    def close_form(self) -> None:
        """The record again; what was typed waits for the next time."""
        if self.form is not None and self.stack.currentWidget() is self.form:
            self.form.put_aside()
            self.stack.setCurrentWidget(self.main)
            self.setFocus()
            self._list_keys()

    def _list_keys(self) -> None:
        """The keys of what is in front: while a form is open, letters are letters."""
        in_form = self.form is not None and self.stack.currentWidget() is self.form
        for shortcut in self._bound:
            shortcut.setEnabled(not in_form)
        listed = self.findChild(KeyMap)
        form = self.form
        if listed is not None:
            open_ = form is not None and self.stack.currentWidget() is form
            listed.set_hints(form.hints if form is not None and open_ else self.hints)

    @Slot(object)
    def _corrected(self, told: tuple[Changed[Any], str]) -> None:
        self.close_form()
        self.tell_changed(*told)

    @Slot()
    def toggle(self) -> None:
        """R: uncover for ten seconds, or cover again."""
        if self._cover.isActive():
            self.cover()
        elif self._whole is not None and self._uid is not None and may_reveal(self._desk):
            names = tuple(self.masked_fields(self._whole))
            if names:
                work = partial(self._uncover, self._uid, names)
                self.in_background("查看完整内容", work, self._reveal)

    def _uncover(self, uid: Uid, names: Sequence[str], _job: Job) -> tuple[Uid, dict[str, str]]:
        """In the worker's thread: each field uncovered is one line of the audit."""
        return uid, {name: self.read_out(uid, name) for name in names}

    def _reveal(self, answer: tuple[Uid, dict[str, str]]) -> None:
        uid, plain = answer
        if self._whole is not None and uid == self._uid and self.isVisible():
            self.show_private(self._whole, plain)
            self._cover.start()

    @Slot()
    def cover(self) -> None:
        """Mask again."""
        self._cover.stop()
        if self._whole is not None:
            self.show_private(self._whole, {})

    @Slot(str)
    def _print(self, kind: str) -> None:
        if self._uid is not None:
            self.go(OpenPaper(kind, about=self._uid))
