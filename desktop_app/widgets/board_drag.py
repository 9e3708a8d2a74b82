"""A card dragged by the mouse: where it may go is shown, and said in words beside the pointer.

Not Qt's own drag and drop: a card goes nowhere but to a column of its own board, and the window
goes on working meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.widgets.board_ground import BoardGround
from desktop_app.widgets.board_lane import Lane
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

_BESIDE = QPoint(14, 10)
_EDGE = 32
"""How near to the side of the board a dragged card makes it scroll."""


class DragLabel(QFrame):
    """The title of the dragged card and where it would go, beside the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._words = QLabel(self), QLabel(self)
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._words)
        self.hide()

    @property
    def words(self) -> str:
        """What it says letting go would do; empty while nothing is dragged."""
        return "" if self.isHidden() else self._words.text()

    def show_at(self, place: QPoint, title: str, words: str, *, allowed: bool) -> None:
        """Stand beside this place of the screen, inside the widget it lies on."""
        set_role(self._words, "ok" if allowed else "quiet")
        room = theme_of().metrics.body * 18
        measure = self._title.fontMetrics()
        self._title.setText(measure.elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._words.setText(words)
        self.adjustSize()
        ground = self.parentWidget()
        assert ground is not None
        at = ground.mapFromGlobal(place) + _BESIDE
        left = max(0, min(at.x(), ground.width() - self.width()))
        top = max(0, min(at.y(), ground.height() - self.height()))
        self.move(left, top)
        self.show()
        self.raise_()


class CardDrag(QObject):
    """`dropped` carries the keys of a card and of a column that allows it, `refused` of one that
    does not."""

    dropped = Signal(str, str)
    refused = Signal(str, str)

    def __init__(
        self, ground: BoardGround, may_move: Callable[[str, str], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ground, self._may_move = ground, may_move
        self._key = ""
        self.label = DragLabel(parent)

    @Slot(str, QPoint)
    def drag(self, key: str, place: QPoint) -> None:
        """The card is held over this place of the screen."""
        home, card = self._ground.lane_with(key), self._ground.card(key)
        if home is None or card is None:
            self.end()
            return
        self._key = key
        over = self._ground.lane_at(place)
        for lane in self._ground.lanes:
            lane.set_drop(self._drop(lane, home, over))
        home.view.set_away(key)
        allowed = over is not None and over.drop == "over"
        self.label.show_at(place, card.title, _words(home, over), allowed=allowed)
        shape = Qt.CursorShape.ForbiddenCursor
        if allowed or over is home:
            shape = Qt.CursorShape.ClosedHandCursor
        home.view.viewport().setCursor(shape)
        self._scroll_aside(place)

    @Slot(QPoint)
    def let_go(self, place: QPoint) -> None:
        """The button of the mouse is up again."""
        key, over = self._key, self._ground.lane_at(place)
        home = self._ground.lane_with(key)
        drop = "" if over is None or home is None else self._drop(over, home, over)
        self.end()
        if over is not None and drop:
            (self.dropped if drop == "over" else self.refused).emit(key, over.key)

    @Slot()
    def end(self) -> None:
        """Nothing is dragged any more."""
        self._key = ""
        self.label.hide()
        for lane in self._ground.lanes:
            lane.set_drop("")
            lane.view.set_away("")
            lane.view.viewport().unsetCursor()

    def check(self) -> None:
        """Other columns are shown: a card that is gone cannot be held any longer."""
        if self._key and self._ground.lane_with(self._key) is None:
            for lane in self._ground.lanes:
                lane.view.stop_dragging()
            self.end()

    def _drop(self, lane: Lane, home: Lane, over: Lane | None) -> str:
        if lane is home:
            return ""
        if not self._may_move(self._key, lane.key):
            return "no"
        return "over" if lane is over else "yes"

    def _scroll_aside(self, place: QPoint) -> None:
        bar, x = self._ground.horizontalScrollBar(), self._ground.mapFromGlobal(place).x()
        if x < _EDGE:
            bar.setValue(bar.value() - _EDGE)
        elif x > self._ground.width() - _EDGE:
            bar.setValue(bar.value() + _EDGE)


def _words(home: Lane, over: Lane | None) -> str:
    if over is None or over is home:
        return "放到另一列；按 Esc 不移动"
    if over.drop == "no":
        return f"不能移到“{over.column.title}”"
    return f"松开，移到“{over.column.title}”"
