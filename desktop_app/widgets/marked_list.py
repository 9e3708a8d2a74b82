"""A long list whose rows can be ticked, to do one thing with all of them at once.

Space ticks the focused row and goes on to the next; Ctrl+A ticks all rows of the page, or none when
all were. Ticks outlive paging and filters: what is ticked is told in words, and given up by a key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.tokens import SPACE

MARKED = "已选"
_COLUMN_WIDTH = 44


class MarkedList(LongList):
    """`marked` follows every change of `marks`: the rows ticked, in the order of ticking."""

    marked = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        row_uid: Callable[[object], str],
        parent: QWidget,
        *,
        actions: Sequence[RowAction],
        name: str,
        unit: str,
        given_up: Sequence[str],
        may_mark: bool = True,
        **more: Any,
    ) -> None:
        """Without `may_mark` it is a list like the others: there is nothing to do with many."""
        self._marks: dict[str, object] = {}
        self._uid_of_row = row_uid
        ticks = Column("", self._tick, _COLUMN_WIDTH, "tick", key="mark")
        shown = (ticks, *columns) if may_mark else tuple(columns)
        super().__init__(
            shown,
            row_uid,
            parent,
            actions=actions,
            name=name,
            unit=unit,
            given_up=given_up,
            **more,
        )
        if may_mark:
            for keys, slot in (("Space", self.toggle_focused), ("Ctrl+A", self.mark_page)):
                shortcut = QShortcut(QKeySequence(keys), self.view)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(slot)
            self.view.clicked.connect(self._clicked)

    @property
    def marks(self) -> Mapping[str, object]:
        """The rows ticked, as they were read, by uid."""
        return self._marks

    def set_rows(self, rows: Sequence[object], *, newer: bool = False, older: bool = False) -> None:
        super().set_rows(rows, newer=newer, older=older)
        # What was ticked may have changed since: it is known as it was read last.
        for row in rows:
            if (uid := self._uid_of_row(row)) in self._marks:
                self._marks[uid] = row

    @Slot()
    def toggle_focused(self) -> None:
        """Tick the focused row, or take its tick away, and go on to the next."""
        at = self.view.currentIndex().row()
        if 0 <= at < len(self.model.rows):
            self._toggle(at)
            if at + 1 < len(self.model.rows):
                self.view.setCurrentIndex(self.model.index(at + 1, 0))

    @Slot()
    def mark_page(self) -> None:
        """Tick all rows of the page; none of them when all were."""
        rows = {self._uid_of_row(row): row for row in self.model.rows}
        if rows.keys() <= self._marks.keys():
            for uid in rows:
                del self._marks[uid]
        else:
            self._marks.update(rows)
        self._tell_marks()

    @Slot()
    def clear_marks(self) -> None:
        """Nothing is ticked any more."""
        if self._marks:
            self._marks.clear()
            self._tell_marks()

    def _toggle(self, at: int) -> None:
        row = self.model.rows[at]
        uid = self._uid_of_row(row)
        if self._marks.pop(uid, None) is None:
            self._marks[uid] = row
        self._tell_marks()

    def _tell_marks(self) -> None:
        last = self.model.index(max(0, self.model.rowCount() - 1), 0)
        self.model.dataChanged.emit(self.model.index(0, 0), last)
        self.marked.emit()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._toggle(index.row())

    def _tick(self, row: object) -> str:
        return MARKED if self._uid_of_row(row) in self._marks else ""


class MarkStrip(QWidget):
    """Stands above the rows while some are ticked: how many, what to do with them, and the key that
    gives them up. What does not fit beside the rest goes on below."""

    def __init__(self, rows: MarkedList, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._how_many = QLabel(self)
        self._how_many.setProperty("role", "bold")
        self.give_up = plain_button("取消选择", self)
        self.give_up.clicked.connect(rows.clear_marks)
        self._how_many.setMinimumHeight(self.give_up.sizeHint().height())
        line = FlowLayout(self, gap=SPACE.small)
        for widget in (self._how_many, *buttons, self.give_up):
            line.addWidget(widget)
        self.hide()

    def say(self, words: str) -> None:
        """Say how many; shown as long as any are."""
        self._how_many.setText(words)
        self.setVisible(bool(self._rows.marks))
