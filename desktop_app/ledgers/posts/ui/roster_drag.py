"""A name dragged by the mouse from one cell of the duty roster to another of the same post.

An addition to 调班 by keys. Where the name may go is framed, and letting go is said in words beside
the pointer; Esc moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts.ui.roster_paint import (
    CELL_ROLE,
    ROW_ROLE,
    CellPainter,
    someone_at,
)
from desktop_app.ledgers.posts.ui.roster_rows import GridCell, GridRow, Someone, is_movable, takes
from desktop_app.widgets.board_drag import DragLabel

_LEFT = Qt.MouseButton.LeftButton
_GONE = (QEvent.Type.FocusOut, QEvent.Type.Hide)
_EDGE = 32
"""How near to the side of the grid a dragged name makes it scroll."""


@dataclass(frozen=True, slots=True)
class Held:
    """A name and the cell it was taken from."""

    who: Someone
    row: GridRow
    cell: GridCell


class ShiftDrag(QObject):
    """`dropped` carries what was held, and the line and the cell that it was let go over."""

    dropped = Signal(object, object, object)

    def __init__(self, view: QTableView, painter: CellPainter, ground: QWidget) -> None:
        super().__init__(view)
        self._view, self._painter = view, painter
        self._held: Held | None = None
        self._began = QPoint()
        self._dragging = self._given_up = False
        self.label = DragLabel(ground)
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)
        view.model().modelAboutToBeReset.connect(self.end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._view:
            return isinstance(event, QMouseEvent) and self._by_mouse(event)
        if self._dragging and isinstance(event, QKeyEvent):
            # While a name is held, Esc gives it up and leaves nothing else; letters do nothing.
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.end()
                    self._given_up = True
            return True
        if event.type() in _GONE:
            self.end()
        return False

    @Slot()
    def end(self) -> None:
        """Nothing is held any more."""
        self._held, self._dragging = None, False
        self.label.hide()
        self._painter.drops, self._painter.away = {}, None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()

    # --- the mouse -----------------------------------------------------------------------------

    def _by_mouse(self, event: QMouseEvent) -> bool:
        """Whether the grid shall not hear of it."""
        at, kind = event.position().toPoint(), event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._held, self._began, self._given_up = None, at, False
            if event.button() == _LEFT:
                self._held = self._movable_at(at)
        elif kind == QEvent.Type.MouseMove:
            return self._moved(event, at)
        elif kind == QEvent.Type.MouseButtonRelease and (self._dragging or self._given_up):
            self._let_go(at)
            return True
        return False

    def _moved(self, event: QMouseEvent, at: QPoint) -> bool:
        if not event.buttons() & _LEFT:
            viewport = self._view.viewport()
            if self._movable_at(at) is not None:
                viewport.setCursor(Qt.CursorShape.OpenHandCursor)
            else:
                viewport.unsetCursor()
            return False
        if self._held is None:
            # After Esc nothing follows the mouse until it is pressed again.
            return self._given_up
        far = (at - self._began).manhattanLength()
        if self._dragging or far >= QApplication.startDragDistance():
            self._dragging = True
            self._drag(self._held, at, event.globalPosition().toPoint())
        return True

    def _drag(self, held: Held, at: QPoint, place: QPoint) -> None:
        over = self._view.indexAt(at)
        drops = self._drops(held)
        here = (over.row(), over.column())
        allowed = over.isValid() and here in drops
        if allowed:
            drops[here] = "over"
        self._painter.drops, self._painter.away = drops, held.who.shift
        self._view.viewport().update()
        row, cell = self._at(over)
        self.label.show_at(place, held.who.name, _words(held, row, cell), allowed=allowed)
        home = cell is held.cell or cell is None
        shapes = Qt.CursorShape
        shape = shapes.ClosedHandCursor if allowed or home else shapes.ForbiddenCursor
        self._view.viewport().setCursor(shape)
        self._scroll_aside(at)

    def _let_go(self, at: QPoint) -> None:
        held, over = self._held, self._view.indexAt(at)
        self.end()
        self._given_up = False
        row, cell = self._at(over)
        if held is None or row is None or cell is None:
            return
        if takes(row, cell, held.row, held.cell):
            # The keyboard goes along with the name.
            self._view.setCurrentIndex(over)
            self.dropped.emit(held, row, cell)

    # --- what is there -------------------------------------------------------------------------

    def _movable_at(self, at: QPoint) -> Held | None:
        index = self._view.indexAt(at)
        row, cell = self._at(index)
        if row is None or cell is None:
            return None
        one = someone_at(cell, self._view.visualRect(index), at)
        return Held(one, row, cell) if one is not None and is_movable(one) else None

    def _at(self, index: QModelIndex) -> tuple[GridRow | None, GridCell | None]:
        if not index.isValid():
            return None, None
        row = self._view.model().headerData(index.row(), Qt.Orientation.Vertical, ROW_ROLE)
        cell = index.data(CELL_ROLE)
        assert isinstance(row, GridRow)
        assert isinstance(cell, GridCell)
        return row, cell

    def _drops(self, held: Held) -> dict[tuple[int, int], str]:
        found = {}
        model = self._view.model()
        for line in range(model.rowCount()):
            row, _ = self._at(model.index(line, 0))
            if row is not None and row.post == held.row.post:
                for column, cell in enumerate(row.cells):
                    if takes(row, cell, held.row, held.cell):
                        found[line, column] = "yes"
        return found

    def _scroll_aside(self, at: QPoint) -> None:
        room = self._view.viewport()
        for bar, where, size in (
            (self._view.horizontalScrollBar(), at.x(), room.width()),
            (self._view.verticalScrollBar(), at.y(), room.height()),
        ):
            if where < _EDGE:
                bar.setValue(bar.value() - _EDGE)
            elif where > size - _EDGE:
                bar.setValue(bar.value() + _EDGE)


def _words(held: Held, row: GridRow | None, cell: GridCell | None) -> str:
    if row is None or cell is None or cell is held.cell:
        return "放到另一天；按 Esc 不移动"
    if row.post != held.row.post:
        return f"只能在“{held.row.name}”里调班"
    hours = f" {row.hours}" if row.hours != held.row.hours else ""
    free = "（本来不用值班）" if cell.slot is None else ""
    return f"松开，调到 {list_day(cell.day)}{hours}{free}"
