"""One column of a board: its title and counts painted above, its cards in a list that scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QWidget

from desktop_app.widgets.board_model import BoardColumn, CardsModel, Index
from desktop_app.widgets.board_painter import CardPainter, CardShape
from desktop_app.widgets.theme import colour, font, set_role, theme_of
from desktop_app.widgets.tokens import SPACE

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_CONTROL = Qt.KeyboardModifier.ControlModifier
_PRESSED_LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Anchor:
    """Cards in view, the first one that must stay comes first, and how far below the top each is.

    Empty at the very top: there, new cards come into view.
    """

    places: tuple[tuple[str, int], ...] = ()


class LaneView(QListView):
    """The cards. `stepped` and `pushed` are Left and Right without and with Ctrl, as -1 or 1.

    `dragged` and `let_go` carry a place of the screen; `came` and `went`: the keyboard did.
    """

    came = Signal()
    went = Signal()
    entered = Signal(str)
    stepped = Signal(int)
    pushed = Signal(int)
    menu_wanted = Signal(str, QPoint)
    dragged = Signal(str, QPoint)
    let_go = Signal(QPoint)
    gave_up = Signal()

    def __init__(self, cards: CardsModel, late_word: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "lane")
        set_role(self.verticalScrollBar(), "lane")
        self._cards = cards
        self._pressed: tuple[str, QPoint] | None = None
        self._dragging = False
        self.hint = ""
        self.painter = CardPainter(late_word, self)
        self.setModel(cards)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.doubleClicked.connect(self._enter)

    def set_shape(self, shape: CardShape) -> None:
        """Paint cards of this shape from now on."""
        if shape != self.painter.shape:
            self.painter.shape = shape
            self.verticalScrollBar().setSingleStep(shape.height // 3)
            self.scheduleDelayedItemsLayout()

    def set_away(self, key: str, *, faded: bool = False) -> None:
        """The card with this key is being dragged (none when empty); `faded`: not to here."""
        if (key, faded) != (self.painter.away, self.painter.faded):
            self.painter.away, self.painter.faded = key, faded
            self.viewport().update()

    def anchor(self) -> Anchor:
        """What to hold fast when other cards come and go."""
        value, high = self.verticalScrollBar().value(), self.painter.shape.height
        if not value:
            return Anchor()
        first, last = value // high, (value + self.viewport().height()) // high
        rows = [*range(first, last + 1)]
        current = self.currentIndex().row()
        if current in rows:
            rows.insert(0, current)
        cards = [(self._cards.card_at(row), row * high - value) for row in rows]
        return Anchor(tuple((card.key, below) for card, below in cards if card is not None))

    def hold(self, anchor: Anchor) -> None:
        """Scroll so that the first card of `anchor` that is still here stands where it stood."""
        self.executeDelayedItemsLayout()
        value = 0
        for key, below in anchor.places:
            row = self._cards.row_of(key)
            if row is not None:
                value = row * self.painter.shape.height - below
                break
        self.verticalScrollBar().setValue(value)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is in view stays there whatever is done meanwhile."""
        bar = self.verticalScrollBar()
        value = bar.value()
        yield
        bar.setValue(value)

    def key_of(self, row: int) -> str | None:
        card = self._cards.card_at(row)
        return None if card is None else card.key

    def event(self, event: QEvent) -> bool:
        # While a card is held, Esc gives it up and does not leave the page.
        before_shortcuts = event.type() == QEvent.Type.ShortcutOverride
        if before_shortcuts and self._dragging and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not held:
            self._enter()
        elif key in _SIDEWAYS and not held:
            self.stepped.emit(_SIDEWAYS[key])
        elif key in _SIDEWAYS and held == _CONTROL:
            self.pushed.emit(_SIDEWAYS[key])
        elif key == Qt.Key.Key_Escape and self._dragging:
            self.stop_dragging()
            self.gave_up.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        # Letters are actions of the page; for searching there is the box.
        return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        key = self.key_of(index.row())
        if key is None:
            return
        self.setCurrentIndex(index)
        corner = self.visualRect(index).topLeft() + QPoint(SPACE.wide, SPACE.huge)
        where = self.viewport().mapToGlobal(corner) if by_key else event.globalPos()
        self.menu_wanted.emit(key, where)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # A click beside the cards, or with Ctrl, would take the mark off the current card.
        flags = QItemSelectionModel.SelectionFlag
        return flags.ClearAndSelect if index.isValid() else flags.NoUpdate

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == _PRESSED_LEFT:
            where = event.position().toPoint()
            key = self.key_of(self.indexAt(where).row())
            self._pressed = None if key is None else (key, where)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & _PRESSED_LEFT:
            super().mouseMoveEvent(event)
            return
        key, began = self._pressed
        far = (event.position().toPoint() - began).manhattanLength()
        if self._dragging or far >= QApplication.startDragDistance():
            self._dragging = True
            self.dragged.emit(key, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.stop_dragging()
            self.let_go.emit(event.globalPosition().toPoint())
            return
        self._pressed = None
        super().mouseReleaseEvent(event)

    def stop_dragging(self) -> None:
        """What the mouse does until it is pressed again moves nothing."""
        self._pressed, self._dragging = None, False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.went.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._cards.rowCount() or not self.hint:
            return
        painter = QPainter(self.viewport())
        painter.setFont(font(theme_of().metrics.small))
        painter.setPen(colour("quiet"))
        side = SPACE.medium
        room = self.viewport().rect().adjusted(side, side, -side, -side)
        how = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(room, how, self.hint)
        painter.end()

    @Slot()
    def _enter(self) -> None:
        key = self.key_of(self.currentIndex().row())
        if key is not None:
            self.entered.emit(key)


class Lane(QWidget):
    """A column. `focused` carries the key of its current card, or None; `drop` is how it looks
    while a card is dragged: empty, "yes" and "over" where it may go, "no" where not."""

    focused = Signal(object)

    def __init__(self, column: BoardColumn, unit: str, late_word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self._unit, self._late_word = column, unit, late_word
        self.drop = ""
        self._late = 0
        self.cards = CardsModel(late_word, self)
        self.view = LaneView(self.cards, late_word, self)
        self.view.selectionModel().currentChanged.connect(self._changed)
        self.view.came.connect(self.update)
        self.view.went.connect(self.update)

    @property
    def key(self) -> str:
        return self.column.key

    def set_column(self, column: BoardColumn) -> None:
        """Show this column's cards, with the fewest steps."""
        self.column = column
        self.view.hint = column.hint
        self.cards.set_cards(column.cards)
        self._late = sum(card.late for card in column.cards)
        count = f"{column.title}，{len(column.cards)} {self._unit}"
        late = f"，其中{self._late_word} {self._late} {self._unit}" if self._late else ""
        empty = f"，{column.hint}" if column.hint and not column.cards else ""
        for widget in (self, self.view):
            widget.setAccessibleName(count + late + empty)
        self.view.viewport().update()
        self.update()

    def set_drop(self, drop: str) -> None:
        if drop != self.drop:
            self.drop = drop
            self.view.set_away("", faded=drop == "no")
            self.update()

    def select(self, row: int) -> None:
        """Make this the current card, or the nearest there is."""
        rows = self.cards.rowCount()
        if rows:
            self.view.setCurrentIndex(self.cards.index(min(max(row, 0), rows - 1)))

    def unselect(self) -> None:
        """Have no current card, and no ring."""
        if self.view.currentIndex().isValid():
            self.view.selectionModel().clear()

    def current_row(self) -> int:
        """Where the current card stands; -1 when there is none."""
        return self.view.currentIndex().row()

    def current_key(self) -> str | None:
        return self.view.key_of(self.current_row())

    def sizeHint(self) -> QSize:
        return QSize(self.view.painter.shape.words, 3 * self.view.painter.shape.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = self._head() + 1
        self.view.setGeometry(0, top, self.width(), max(0, self.height() - top - 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.5 if self.drop == "no" else 1.0)
        self._paint_ground(painter)
        self._paint_head(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        empty_here = self.view.hasFocus() and not self.cards.rowCount()
        pen = QPen(Qt.PenStyle.NoPen)
        if self.drop in ("yes", "over") or empty_here:
            pen = QPen(colour("accent"), 2)
        if self.drop == "yes":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colour("surface" if self.drop == "over" else "hover"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 8, 8)

    def _paint_head(self, painter: QPainter) -> None:
        sizes = theme_of().metrics
        middle = Qt.AlignmentFlag.AlignVCenter
        area = QRect(0, 2, self.width(), self._head()).adjusted(SPACE.medium, 0, -SPACE.medium, 0)
        parts = [
            (self.column.title, font(sizes.body, bold=True), "ink"),
            (str(len(self.column.cards)), font(sizes.body), "quiet"),
        ]
        for words, face, tone in parts:
            painter.setFont(face)
            painter.setPen(colour(tone))
            shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, middle, shown)
            wide = QFontMetrics(face).horizontalAdvance(shown) + SPACE.small
            area = area.adjusted(wide, 0, 0, 0)
        late = f"{self._late_word} {self._late}"
        face = font(sizes.small)
        if self._late and QFontMetrics(face).horizontalAdvance(late) <= area.width():
            painter.setFont(face)
            painter.setPen(colour("late"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, late)

    def _head(self) -> int:
        return theme_of().metrics.header + SPACE.hair

    @Slot(QModelIndex, QModelIndex)
    def _changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.focused.emit(self.view.key_of(now.row()))
