"""The columns of a board side by side: which there are, how wide they stand, what scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.widgets.board_lane import Lane
from desktop_app.widgets.board_model import BoardCard, BoardColumn
from desktop_app.widgets.board_painter import Measure, Needs, shape_of
from desktop_app.widgets.tokens import SPACE

_GAP = SPACE.small
_AROUND = 4 * SPACE.small
"""What a column has beside the words of its cards: the air around a card and within it."""


class BoardGround(QScrollArea):
    """Scrolls sideways only where the columns would be narrower than their cards need."""

    def __init__(self, late_word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._late_word = late_word
        self._measure = Measure()
        self._needs: dict[str, Needs] = {}
        self.lanes: list[Lane] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._floor = QWidget()
        self._floor.setProperty("role", "page")
        self.setWidget(self._floor)

    def set_columns(
        self, columns: Sequence[BoardColumn], made: Callable[[BoardColumn, QWidget], Lane]
    ) -> None:
        """One lane for each column, in their order; those there before stay what they are, others
        are `made`. What each lane has in view stays in view."""
        anchors = {lane.key: lane.view.anchor() for lane in self.lanes}
        self._keep(columns, made)
        for lane, column in zip(self.lanes, columns, strict=True):
            if lane.column != column or lane.key not in self._needs:
                lane.set_column(column)
                self._needs[lane.key] = self._measure.needs(column.cards, self._late_word)
        self.place()
        for lane in self.lanes:
            if lane.key in anchors:
                lane.view.hold(anchors[lane.key])

    def measure_again(self) -> None:
        """The theme is another one."""
        for lane in self.lanes:
            self._needs[lane.key] = self._measure.needs(lane.column.cards, self._late_word)
        self.place()

    @Slot()
    def place(self) -> None:
        """Columns of one width, as wide as there is room for, never narrower than they need."""
        if not self.lanes:
            return
        room, count = self.viewport().size(), len(self.lanes)
        needs = [self._needs[lane.key] for lane in self.lanes]
        least = max(need.words for need in needs) + _AROUND
        each = max(least, (room.width() + _GAP) // count - _GAP)
        number = all(need.number_fits(each - _AROUND) for need in needs)
        for at, (lane, need) in enumerate(zip(self.lanes, needs, strict=True)):
            lane.view.set_shape(shape_of(need, each - _AROUND, number=number))
            lane.setGeometry(at * (each + _GAP), 0, each, room.height())
        wide = count * (each + _GAP) - _GAP
        self._floor.resize(max(room.width(), wide), room.height())

    def lane_with(self, key: str) -> Lane | None:
        """The lane this card is in."""
        return next((lane for lane in self.lanes if lane.cards.row_of(key) is not None), None)

    def lane_at(self, place: QPoint) -> Lane | None:
        """The lane at a place of the screen, also below its last card."""
        if not self.viewport().rect().contains(self.viewport().mapFromGlobal(place)):
            return None
        at = self._floor.mapFromGlobal(place)
        return next((lane for lane in self.lanes if lane.geometry().contains(at)), None)

    def card(self, key: str) -> BoardCard | None:
        lane = self.lane_with(key)
        return None if lane is None else lane.cards.card_at(lane.cards.row_of(key) or 0)

    def needs(self, column: str) -> Needs:
        """What the cards of this column need to be read; `KeyError` when there is none."""
        return self._needs[column]

    def bring(self, lane: Lane) -> None:
        """Scroll sideways until the whole lane is seen."""
        self.ensureWidgetVisible(lane, _GAP, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def _keep(
        self, columns: Sequence[BoardColumn], made: Callable[[BoardColumn, QWidget], Lane]
    ) -> None:
        if [lane.key for lane in self.lanes] == [column.key for column in columns]:
            return
        before = {lane.key: lane for lane in self.lanes}
        self.lanes = [
            before[one.key] if one.key in before else made(one, self._floor) for one in columns
        ]
        for lane in before.values():
            if lane not in self.lanes:
                self._needs.pop(lane.key, None)
                lane.hide()
                lane.deleteLater()
        for first, second in zip(self.lanes, self.lanes[1:], strict=False):
            QWidget.setTabOrder(first.view, second.view)
