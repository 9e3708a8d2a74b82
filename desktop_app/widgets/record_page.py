"""A page about one record: its head, its cards below, read off the window's thread.

What is masked is uncovered for ten seconds by R and covered again, also when the page goes out of
sight. Which cards there are and what the deeds do is for the subclass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.rights import Actor
from desktop_app.core.route import OpenPaper
from desktop_app.widgets.forms import KeyHint, ScrollPage, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.record_head import Deed, PaperButton, RecordHead
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

REVEAL_SECONDS = 10
REVEAL_KEY = "R"
_LINES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class RecordPage(Page):
    """A subclass answers `reading`, `show_whole`, `do`, and `uncovering` where something is masked.

    `whole` is what `reading` read last, None while nothing is shown.
    """

    title = ""
    """What it is about, e.g. 共建单位; said where its reading is told."""

    papers: tuple[PaperButton, ...] = ()
    """What can be printed of it; `show_record` is told by `printable` which of them are shown."""

    def __init__(
        self, runner: JobRunner, parent: QWidget | None, deeds: Mapping[str, Deed]
    ) -> None:
        super().__init__(runner, parent)
        self.uid: Uid | None = None
        self.whole: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._deeds = dict(deeds)
        self.head = RecordHead(self, self.papers)
        self.content = ScrollPage(self)
        self.content.hide()
        self.pane = StatePane(self)
        self.pane.hide()
        self.reveal = plain_button("显示完整内容", self, icon_name="eye")
        self.reveal.clicked.connect(self._toggle)
        self._patience = Patience(self._show_loading, self)
        self._cover = QTimer(self)
        self._cover.setSingleShot(True)
        self._cover.setInterval(REVEAL_SECONDS * 1000)
        self._cover.timeout.connect(self.mask)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.head)
        column.addWidget(self.pane, 1)
        column.addWidget(self.content, 1)
        # Until there is something to show, the head stays where it will be.
        column.addStretch(0)
        self.head.back.connect(self.back_wanted)
        self.head.wanted.connect(self.do)
        self.head.paper_wanted.connect(partial(_print, self))
        self.pane.next_step.connect(self.back_wanted)
        letters: dict[str, Callable[[], object]] = {
            deed.key: partial(self.head.want, name) for name, deed in deeds.items()
        }
        letters |= {"Esc": self.back_wanted.emit, REVEAL_KEY: self._toggle}
        for keys, slot in letters.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def named(self, deeds: Iterable[str]) -> dict[str, Deed]:
        """Some of the page's deeds, as the head takes them."""
        return {name: self._deeds[name] for name in deeds}

    # --- what a subclass says ------------------------------------------------------------------

    def reading(self, uid: Uid) -> Callable[[Job], Any]:
        """What reads the record, in a worker's thread; its answer becomes `whole`."""
        raise NotImplementedError

    def show_whole(self) -> None:
        """Show `whole`, masked."""
        raise NotImplementedError

    @Slot(object)
    def do(self, deed: str) -> None:
        """Somebody wants a deed that is offered."""

    def paper(self, kind: str) -> OpenPaper:
        """What is to be printed; by itself the paper is about the record alone."""
        return OpenPaper(kind, about=self.uid)

    def uncovering(self) -> Callable[[Job], Any] | None:
        """What reads the masked fields in full, logged; None where nothing may be uncovered."""
        return None

    def show_uncovered(self, answer: Any) -> None:
        """Show what was uncovered; None: masked again."""

    # --- what the window asks for --------------------------------------------------------------

    def open_record(self, uid: object) -> None:
        assert isinstance(uid, Uid)
        if uid != self.uid:
            self.mask()
            self.uid, self.whole = uid, None
            self.head.wipe()
            self.content.hide()
            self.pane.hide()
        self._stale = True

    @Slot()
    def load(self) -> None:
        if self.uid is not None:
            if self.whole is None:
                self._patience.start()
            self.in_background(self.title, self.reading(self.uid), self._show, self._fail)

    def arrive(self) -> None:
        super().arrive()
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
        self.mask()

    # --- inside --------------------------------------------------------------------------------

    def _show(self, whole: Any) -> None:
        self._patience.stop()
        first, self.whole = self.whole is None, whole
        self._cover.stop()
        self.pane.hide()
        self.show_whole()
        self._say_covered()
        self.content.show()
        if first:
            self.content.verticalScrollBar().setValue(0)

    def _fail(self, fault: Fault) -> None:
        self._patience.stop()
        if self.whole is not None and isinstance(fault, UserError):
            # What was just on show is gone: its making was undone, or a colleague took it back.
            self.uid = self.whole = None
            self.back_wanted.emit()
            return
        self.head.wipe()
        self.content.hide()
        self.pane.show_fault(fault, "返回")

    def _show_loading(self) -> None:
        self.pane.show_loading()

    @Slot()
    def _toggle(self) -> None:
        if self._cover.isActive():
            self.mask()
            return
        work = None if self.whole is None else self.uncovering()
        if work is not None:
            self.in_background("查看完整内容", work, partial(self._uncover, self.uid))

    def _uncover(self, uid: Uid | None, answer: Any) -> None:
        if self.whole is not None and uid == self.uid and self.isVisible():
            self.show_uncovered(answer)
            self._cover.start()
            self._say_covered()

    @Slot()
    def mask(self) -> None:
        """Cover what was uncovered."""
        if self._cover.isActive() or self.sender() is self._cover:
            self._cover.stop()
            if self.whole is not None:
                self.show_uncovered(None)
                self._say_covered()

    def _say_covered(self) -> None:
        on = self._cover.isActive()
        self.reveal.setVisible(self.whole is not None and self.uncovering() is not None)
        self.reveal.setText("遮挡" if on else "显示完整内容")
        told = "遮挡" if on else "显示十秒，并记入操作记录"
        self.reveal.setToolTip(f"{told}（{REVEAL_KEY}）")
        put_icon(self.reveal, "eye-off" if on else "eye")


def _print(page: RecordPage, kind: str) -> None:
    if page.whole is not None:
        page.go(page.paper(kind))


def printable(page: RecordPage, actor: Actor, edition: str) -> tuple[str, ...]:
    """The papers of a page that somebody may make there."""
    return tuple(one.kind for one in page.papers if may_make(actor, one.kind, edition))


def paper_hints(papers: Iterable[PaperButton]) -> tuple[KeyHint, ...]:
    """The keys of a page's papers, for its list of keys."""
    return tuple(KeyHint(one.keys, one.verb) for one in papers)


def foot_of(*buttons: QPushButton) -> QWidget:
    """Buttons in a row, to stand below the facts of a card."""
    foot = QWidget()
    row = QHBoxLayout(foot)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE.small)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return foot
