"""The grid of the duty roster, walked through by the keyboard: posts by days.

Arrows move, Enter assigns, Delete takes away, letters do what their buttons say, PageUp and
PageDown turn, T and Home come back to today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts.ui import looks
from desktop_app.ledgers.posts.ui.roster_paint import (
    CELL_ROLE,
    DAY_ROLE,
    ROW_ROLE,
    CellPainter,
    DayHeader,
    PostHeader,
    cell_height,
)
from desktop_app.ledgers.posts.ui.roster_rows import GridCell, GridRow, told_cell
from desktop_app.widgets.theme import theme_of

Index = QModelIndex | QPersistentModelIndex

BACK, ON, HOME, ESCAPE, ACCEPT = "back", "on", "home", "escape", "accept"
WEEK, MONTH, ONLY = "week", "month", "only"
"""What the keyboard wants besides the deeds of a cell."""

_KEYS = {
    Qt.Key.Key_Return: looks.ASSIGN,
    Qt.Key.Key_Enter: looks.ASSIGN,
    Qt.Key.Key_Delete: looks.TAKE_AWAY,
    Qt.Key.Key_Backspace: looks.TAKE_AWAY,
    Qt.Key.Key_D: looks.DONE,
    Qt.Key.Key_K: looks.ABSENT,
    Qt.Key.Key_G: looks.MOVE,
    Qt.Key.Key_F: looks.FILL,
    Qt.Key.Key_C: looks.COPY,
    Qt.Key.Key_PageUp: BACK,
    Qt.Key.Key_PageDown: ON,
    Qt.Key.Key_T: HOME,
    Qt.Key.Key_W: WEEK,
    Qt.Key.Key_M: MONTH,
    Qt.Key.Key_O: ONLY,
    Qt.Key.Key_Home: HOME,
    Qt.Key.Key_Escape: ESCAPE,
}
_POST_WIDTH, _DAY_WIDTH = 156, 82


class RosterModel(QAbstractTableModel):
    """The lines on show; `today` is what is marked."""

    def __init__(self, today: date, parent: QObject) -> None:
        super().__init__(parent)
        self.today = today
        self.days: tuple[date, ...] = ()
        self.rows: tuple[GridRow, ...] = ()

    def show_rows(self, days: Sequence[date], rows: Sequence[GridRow], today: date) -> None:
        self.beginResetModel()
        self.days, self.rows, self.today = tuple(days), tuple(rows), today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == DAY_ROLE:
            return self.today
        if role == Qt.ItemDataRole.DisplayRole:
            names = [" ".join(filter(None, (one.name, one.mark))) for one in cell.people]
            return " ".join((*names, *filter(None, (cell.hole_words,))))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return told_cell(row, cell, self.today)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            day = self.days[section]
            words = list_day(day, today=self.today)
            return day if role == DAY_ROLE else _word(role, words)
        row = self.rows[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name} {row.hours}，每班 {row.quota} 人"
        return row if role == ROW_ROLE else _word(role, f"{row.name} {row.hours}")


def _word(role: int, words: str) -> str | None:
    shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    return words if role in shown else None


class RosterGrid(QTableView):
    """`wanted` carries a name of `looks.DUTY_DEEDS` or of those above, `moved` that another cell
    has the keyboard."""

    wanted = Signal(object)
    moved = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._loading = False
        self.table = RosterModel(today, self)
        self.setModel(self.table)
        self.painter = CellPainter(self)
        self.setItemDelegate(self.painter)
        self._days, self._posts = DayHeader(today, self), PostHeader(self)
        self.setHorizontalHeader(self._days)
        self.setVerticalHeader(self._posts)
        for header in (self._days, self._posts):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(20)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("值班表")
        self.selectionModel().currentChanged.connect(self._moved)

    def show_roster(
        self, days: Sequence[date], rows: Sequence[GridRow], today: date, about: date
    ) -> None:
        """Show what was read; the keyboard stays at its post, on the day it is about."""
        before, other = self.focused(), tuple(days) != self.table.days
        self._loading = True
        self._days.today = today
        self.table.show_rows(days, rows, today)
        self._fit()
        self._loading = False
        keys = [(row.post, row.hours) for row in rows]
        key = (before[0].post, before[0].hours) if before else None
        self.go_to(keys.index(key) if key in keys else 0, about)
        if other:
            # Days before and after the one it is about are seen as well.
            seen = max(1, self.viewport().width() // max(1, self.columnWidth(0)))
            first = max(0, self.currentIndex().column() - seen // 2)
            self.horizontalScrollBar().setValue(self._days.sectionPosition(first))

    def go_to(self, row: int, day: date) -> None:
        """Put the keyboard on a cell and the cell into sight."""
        if not self.table.rows:
            self.moved.emit()
            return
        at = self.table.days.index(day) if day in self.table.days else 0
        index = self.table.index(min(row, len(self.table.rows) - 1), at)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.moved.emit()

    def go_to_post(self, post: Uid) -> None:
        """Put the keyboard into the line of a post, on the day it is on."""
        focused = self.focused()
        at = next((n for n, row in enumerate(self.table.rows) if row.post == post), None)
        if at is not None and focused is not None and focused[0].post != post:
            self.go_to(at, focused[1].day)

    def go_to_proposal(self) -> None:
        """Put the keyboard on the first cell that has somebody proposed, unless it is on one."""
        focused = self.focused()
        if focused is not None and focused[1].proposed:
            return
        for number, row in enumerate(self.table.rows):
            day = next((cell.day for cell in row.cells if cell.proposed), None)
            if day is not None:
                self.go_to(number, day)
                return

    def focused(self) -> tuple[GridRow, GridCell] | None:
        """The line and the cell that has the keyboard."""
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.table.rows):
            return None
        row = self.table.rows[index.row()]
        return row, row.cells[index.column()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = _KEYS.get(key)
        if held or name is None:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(name)

    def keyboardSearch(self, _search: str) -> None:
        # Letters are deeds here.
        return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.wanted.emit(looks.ASSIGN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Days share the room, but none is narrower than a name with its mark, and as many as are
        seen at once are seen whole."""
        share = theme_of().metrics.body / 14
        self._posts.setFixedWidth(round(_POST_WIDTH * share))
        self._days.setFixedHeight(theme_of().metrics.header)
        room = self.viewport().width()
        seen = max(1, min(len(self.table.days), room // round(_DAY_WIDTH * share)))
        for column in range(len(self.table.days)):
            at = column % seen
            self.setColumnWidth(column, room * (at + 1) // seen - room * at // seen)
        for number, row in enumerate(self.table.rows):
            self.setRowHeight(number, cell_height(row))

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._loading:
            self.moved.emit()
