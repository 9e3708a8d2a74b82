"""A board: columns side by side, each with cards that scroll on their own. Knows no ledger.

The board never moves a card. It says what the person wants (`move_wanted`), the page does it, and
gives new columns; the focus and what is in view stay with the same cards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.widgets.board_drag import CardDrag
from desktop_app.widgets.board_ground import BoardGround
from desktop_app.widgets.board_lane import Lane
from desktop_app.widgets.board_model import BoardCard, BoardColumn, check_keys

__all__ = ["Board", "BoardCard", "BoardColumn"]


def _nowhere(_card: str, _column: str) -> bool:
    return False


class Board(QWidget):
    """`card_opened` (Enter, double click) and `focused` carry a key (`focused` also None).

    `move_wanted` (Ctrl+Left, Ctrl+Right, mouse) carries the keys of a card and of a column that
    `may_move` allows; `move_refused` of a column that it does not, so that the page can say why.
    `menu_wanted` (menu key, right click) carries a key and a place of the screen. `name` is what
    the board shows, `unit` what its cards are counted in, `late_word` what stands at a passed date.
    """

    card_opened = Signal(str)
    move_wanted = Signal(str, str)
    move_refused = Signal(str, str)
    menu_wanted = Signal(str, QPoint)
    focused = Signal(object)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        may_move: Callable[[str, str], bool] = _nowhere,
        unit: str = "件",
        late_word: str = "逾期",
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._may_move, self._unit, self._late_word = may_move, unit, late_word
        self._here: Lane | None = None
        self._row = 0
        self._quiet = False
        self.ground = BoardGround(late_word, self)
        self.drag = CardDrag(self.ground, may_move, self)
        self.drag.dropped.connect(self.move_wanted)
        self.drag.refused.connect(self.move_refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ground)

    @property
    def columns(self) -> tuple[BoardColumn, ...]:
        """What is on show."""
        return tuple(lane.column for lane in self.ground.lanes)

    def set_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Show these. The focused card stays focused wherever it is now, and what is in view stays;
        when it is gone, the card that took its place is focused. `ValueError` for a double key."""
        check_keys(columns)
        keyboard = self._has_keyboard()
        was, here = self.focused_key(), self._here
        self._quiet = True
        self.ground.set_columns(columns, self._new_lane)
        if here not in self.ground.lanes:
            self._here = None
        self._find_again(was, keyboard=keyboard)
        self._quiet = False
        self.drag.check()
        self._tell()

    def focused_key(self) -> str | None:
        """The key of the focused card, or None."""
        return None if self._here is None else self._here.current_key()

    def focus_card(self, key: str) -> bool:
        """Make this the focused card and bring it into view; False when it is not on the board."""
        lane = self.ground.lane_with(key)
        if lane is None:
            return False
        self._go(lane, lane.cards.row_of(key) or 0, keyboard=self._has_keyboard())
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "ground"):
            self.ground.measure_again()

    def _new_lane(self, column: BoardColumn, parent: QWidget) -> Lane:
        lane = Lane(column, self._unit, self._late_word, parent)
        lane.focused.connect(partial(self._card_changed, lane))
        view = lane.view
        view.came.connect(partial(self._came, lane))
        view.entered.connect(self.card_opened)
        view.stepped.connect(self._step)
        view.pushed.connect(self._push)
        view.menu_wanted.connect(self.menu_wanted)
        view.dragged.connect(self.drag.drag)
        view.let_go.connect(self.drag.let_go)
        view.gave_up.connect(self.drag.end)
        lane.show()
        return lane

    def _find_again(self, was: str | None, *, keyboard: bool) -> None:
        """Focus the card that was, where it is now, or what stands in its place."""
        moved = None if was is None else self.ground.lane_with(was)
        lane = moved or self._here
        if lane is None:
            lanes = self.ground.lanes
            lane = next((one for one in lanes if one.cards.rowCount()), next(iter(lanes), None))
        if lane is None:
            return
        row = self._row if moved is None or was is None else moved.cards.row_of(was) or 0
        if lane is not self._here:
            self._go(lane, row, keyboard=keyboard)
            return
        # It is not fetched into view: whoever scrolled away from it is reading something else.
        with lane.view.held():
            lane.select(row)

    def _go(self, lane: Lane, row: int, *, keyboard: bool) -> None:
        """Make this the current card; the keyboard comes along when the board has it."""
        quiet, self._quiet = self._quiet, True
        lane.select(row)
        self._come_to(lane)
        if keyboard:
            lane.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ground.bring(lane)
        self._quiet = quiet
        self._tell()

    def _come_to(self, lane: Lane) -> None:
        """Only one column has a current card, and Tab stops at that column only."""
        self._here = lane
        for one in self.ground.lanes:
            here = one is lane
            policy = Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            one.view.setFocusPolicy(policy)
            if not here:
                one.unselect()
        self.setFocusProxy(lane.view)

    def _has_keyboard(self) -> bool:
        return any(lane.view.hasFocus() for lane in self.ground.lanes)

    def _tell(self) -> None:
        if self._quiet:
            return
        if self._here is not None and self._here.current_row() >= 0:
            self._row = self._here.current_row()
        self.focused.emit(self.focused_key())

    @Slot()
    def _came(self, lane: Lane) -> None:
        if lane is not self._here and not self._quiet:
            self._come_to(lane)
            self._tell()

    @Slot(object)
    def _card_changed(self, lane: Lane, key: object) -> None:
        if key is not None and not self._quiet:
            self._come_to(lane)
            self._tell()

    @Slot(int)
    def _step(self, way: int) -> None:
        """To the column beside, at the height one came from."""
        lanes = self.ground.lanes
        at = way + (lanes.index(self._here) if self._here is not None else 0)
        if not 0 <= at < len(lanes):
            return
        row = self._row
        self._go(lanes[at], row, keyboard=True)
        # A short column between two long ones does not change the height one goes on at.
        self._row = row

    @Slot(int)
    def _push(self, way: int) -> None:
        """Ask for the nearest column that way which the card may go to."""
        key, lanes = self.focused_key(), self.ground.lanes
        if key is None or self._here is None:
            return
        at = lanes.index(self._here)
        beside = lanes[at + 1 :] if way > 0 else lanes[:at][::-1]
        allowed = next((lane for lane in beside if self._may_move(key, lane.key)), None)
        if allowed is not None:
            self.move_wanted.emit(key, allowed.key)
        elif beside:
            self.move_refused.emit(key, beside[0].key)
