"""Figures as a calm grid: the number, its word, how it changed. One stop of the Tab key in all.

Arrows go from figure to figure, over the edges of the cards; Enter or a click asks for the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.core.told import NOTHING, FigureLine
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

_NARROWEST = 184
_MOST_ACROSS = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FigureTile(QAbstractButton):
    """One figure. `looked_at` tells that the keyboard or the mouse is on it."""

    looked_at = Signal(object)
    wanted = Signal(object)

    def __init__(self, line: FigureLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.opens = False
        self.set_line(line, opens=False)
        self.clicked.connect(self._ask)

    def set_line(self, line: FigureLine, *, opens: bool) -> None:
        """Show this figure; `opens`: its rows can be gone to from here."""
        self.line, self.opens = line, opens
        self.setAccessibleName(f"{line.label} {line.words}")
        told = [*self._small(), line.how, *(["按回车打开明细。"] if opens else [])]
        self.setAccessibleDescription("，".join(told))
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def sizeHint(self) -> QSize:
        sizes = theme_of().metrics
        lines = 1 + (0 if self.line.before is None else 2)
        high = round(1.45 * (lines * sizes.small + 0.86 * sizes.figure)) + 2 * SPACE.small
        return QSize(round(_NARROWEST * sizes.body / 14), high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The space bar presses a button by itself; Enter does so only in dialogs.
        if event.key() in _ENTER and not event.modifiers():
            self._ask()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit(self.line)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self.looked_at.emit(self.line)
            self.update()
        elif event.type() == QEvent.Type.Leave:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        if self.opens and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)
        self._paint_words(painter, area.adjusted(SPACE.medium, SPACE.small, -SPACE.hair, 0))
        painter.end()

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        sizes = theme_of().metrics
        top, left = area.top(), area.left()
        parts = [
            (self.line.label, sizes.small, "quiet"),
            (self.line.words, round(0.86 * sizes.figure), self._tone()),
            *((words, sizes.small, "quiet") for words in self._small()),
        ]
        for words, size, tone in parts:
            face = font(size)
            high = round(1.45 * size)
            painter.setFont(face)
            painter.setPen(colour(tone))
            place = QRect(left, top, area.width(), high)
            shown = _fitting(words, QFontMetrics(face), area.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            top += high

    def _tone(self) -> str:
        if self.line.words == NOTHING:
            return "quiet"
        return "late" if self.line.late and self.line.value else "ink"

    def _small(self) -> list[str]:
        """At most two lines below the number: what must be known of it, and its changes."""
        told = [self.line.beside] if self.line.beside else []
        for other in (self.line.before, self.line.year_ago):
            if other is not None and other.change != NOTHING:
                told.append(other.change)
        if not told and self.line.before is not None:
            told.append(NOTHING)
        return told[:2]

    @Slot()
    def _ask(self) -> None:
        if self.opens:
            self.wanted.emit(self.line)


class FigureGrid(QWidget):
    """The tiles of one group in columns of one width, as many as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tiles: list[FigureTile] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_tiles(self, tiles: Sequence[FigureTile]) -> None:
        """Show these."""
        self.tiles = list(tiles)
        for tile in tiles:
            tile.show()
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(theme_of().metrics.body * 30, self._height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme_of().metrics.body * 14, self._height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "tiles"):
            self._place()

    def _columns(self, width: int) -> int:
        if not self.tiles:
            return 1
        return min(len(self.tiles), self._fit(width))

    def _fit(self, width: int) -> int:
        return max(1, min(_MOST_ACROSS, width // self.tiles[0].sizeHint().width()))

    def _height(self, width: int) -> int:
        if not self.tiles:
            return 0
        rows = -(-len(self.tiles) // self._columns(width))
        return rows * (self.tiles[0].sizeHint().height() + SPACE.hair)

    def _place(self) -> None:
        if not self.tiles:
            return
        columns = self._columns(self.width())
        # A few tiles are no wider than many, so that the columns of all cards stand in line.
        wide = self.width() // self._fit(self.width())
        high = self.tiles[0].sizeHint().height()
        for number, tile in enumerate(self.tiles):
            row, column = divmod(number, columns)
            tile.setGeometry(column * wide, row * (high + SPACE.hair), wide, high)
        self.setFixedHeight(self._height(self.width()))


class TileKeys(QObject):
    """Lets the arrows go through all tiles of a page, and Tab stop at one of them only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tiles: list[FigureTile] = []

    @property
    def tiles(self) -> tuple[FigureTile, ...]:
        """All of them, in their order."""
        return tuple(self._tiles)

    @property
    def current(self) -> FigureTile | None:
        """The tile Tab would come to."""
        shown = [tile for tile in self._tiles if tile.isVisibleTo(tile.window())]
        stops = [tile for tile in shown if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return next(iter(stops or shown), None)

    def set_tiles(self, tiles: Sequence[FigureTile]) -> None:
        """Go through these, in this order."""
        for tile in tiles:
            if tile not in self._tiles:
                tile.installEventFilter(self)
        self._tiles = list(tiles)
        if self.current is not None:
            self._stop_at(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, FigureTile):
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._stop_at(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        target = self._beside(watched, Qt.Key(event.key()))
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _beside(self, tile: FigureTile, key: Qt.Key) -> FigureTile | None:
        shown = [one for one in self._tiles if one.isVisible()]
        if tile not in shown:
            return None
        at = shown.index(tile)
        places = {
            Qt.Key.Key_Right: at + 1, Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(shown) - 1,
        }  # fmt: skip
        if key in places:
            return shown[min(max(places[key], 0), len(shown) - 1)]
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        middle = _middle(tile)
        down = key == Qt.Key.Key_Down
        rows = [one for one in shown if (_middle(one)[1] - middle[1]) * (1 if down else -1) > 4]
        if not rows:
            return tile
        return min(rows, key=partial(_distance, middle))

    def _stop_at(self, tile: FigureTile) -> None:
        for one in self._tiles:
            stop = Qt.FocusPolicy.StrongFocus if one is tile else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(stop)


def _middle(tile: FigureTile) -> tuple[int, int]:
    at = tile.mapTo(tile.window(), tile.rect().center())
    return at.x(), at.y()


def _distance(middle: tuple[int, int], tile: FigureTile) -> tuple[int, int]:
    """How many rows away, and then how far to the side."""
    x, y = _middle(tile)
    return abs(y - middle[1]), abs(x - middle[0])


def _fitting(words: str, measure: QFontMetrics, room: int) -> str:
    """The words, without their bracket where there is no room; the whole is in the description."""
    if measure.horizontalAdvance(words) <= room:
        return words
    without = words.partition("（")[0]
    return measure.elidedText(without, Qt.TextElideMode.ElideRight, room)
