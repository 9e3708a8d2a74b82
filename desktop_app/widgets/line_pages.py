"""A list of two-line entries that may have pages, or says why it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.paging_foot import PagingFoot
from desktop_app.widgets.state_pane import StatePane


class LinePages(Card):
    """`focused` carries the key of the entry with the keyboard, or None.

    `newer`, `older` and `clear_filter` come from its foot, `next_step` from an empty list.
    """

    focused = Signal(object)
    chosen = Signal(object)
    newer = Signal()
    older = Signal()
    clear_filter = Signal()
    next_step = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("", parent)
        inside = QWidget(self)
        self.list = LineList(name, inside)
        self.foot = PagingFoot(inside)
        self._pane = StatePane(self.list)
        self._pane.hide()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        self.add_list(inside)
        self.setFocusProxy(self.list)
        self.list.installEventFilter(self)
        self.list.focused.connect(self.focused)
        self.list.chosen.connect(self.chosen)
        self._pane.next_step.connect(self.next_step)
        for wanted, signal in (
            (self.foot.newer, self.newer),
            (self.foot.older, self.older),
            (self.foot.clear_filter, self.clear_filter),
        ):
            wanted.connect(signal)

    def enter(self) -> None:
        """Take the keyboard: the first entry, or the button of an empty list."""
        if self._pane.isHidden():
            self.list.enter()
        else:
            self.list.setFocus()
            self._pane.press()

    def point_from_first(self, key: str) -> None:
        """Focus this entry, unless somebody has moved away from the first one."""
        at = next((n for n, item in enumerate(self.list.items) if item.uid == key), None)
        if at is not None and self.list.currentIndex().row() <= 0:
            self.list.setCurrentIndex(self.list.model().index(at, 0))

    @property
    def pane(self) -> str:
        """What stands in the place of entries, or nothing."""
        return "" if self._pane.isHidden() else self._pane.sentence

    def show_items(
        self,
        items: Sequence[LineItem],
        *,
        count: str = "",
        note: str = "",
        newer: bool = False,
        older: bool = False,
    ) -> None:
        """Show these; the focused one stays focused while it is among them."""
        self._pane.hide()
        self.list.set_items(items, select_first=True)
        self._say(count, note, newer=newer, older=older)

    def show_nothing(self, sentence: str, more: str, step: str = "", note: str = "") -> None:
        """Say why there is nothing, and the next step."""
        self.list.set_items(())
        self._cover()
        self._pane.show_empty(sentence, more, step)
        self._say("", note, newer=False, older=False)
        self.focused.emit(None)

    def show_fault(self, fault: Fault) -> None:
        """The entries could not be read."""
        self._cover()
        self._pane.show_fault(fault)

    def show_loading(self) -> None:
        """The entries are on their way."""
        self._cover()
        self._pane.show_loading()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def _say(self, count: str, note: str, *, newer: bool, older: bool) -> None:
        self.foot.set_count(count)
        self.foot.set_note(note)
        self.foot.set_pages(newer=newer, older=older)
        self.foot.setVisible(bool(count or note or newer or older))

    def _cover(self) -> None:
        self._pane.setGeometry(self.list.rect())
