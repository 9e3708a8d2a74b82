"""Today's list: what has been written down, how it stands, and the next step of the focused row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.errors import Fault
from desktop_app.core.masking import mask_name
from desktop_app.core.rights import Actor
from desktop_app.core.wording import Term, list_day, minute, number
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.visit import Action, VisitKind
from desktop_app.ledgers.visits.ui.parts import (
    KEYS,
    RAISE,
    RAISE_KEY,
    matter_words,
    may_raise,
    offered_steps,
    person_words,
    state_chip,
)
from desktop_app.station.evaluation.service import asked_of
from desktop_app.station.front_desk.service import Board
from desktop_app.station.front_desk.ui.reminders import ReminderLine
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.forms import Card, Figure
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.row_actions import RowAction, RowActions, RowCommand
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

OPEN_IT = "open"
EVALUATE = "evaluate"
_STEPS = (
    Action.CLOSE,
    Action.TAKE_UP,
    Action.HAND_OVER,
    Action.ASK_FOR_MATERIALS,
    Action.MATERIALS_COMPLETE,
    Action.ANSWER,
    Action.WORK,
    Action.FOLLOW_UP,
    Action.REOPEN,
    Action.NOT_OURS,
    Action.WITHDRAW,
    Action.MERGE,
    Action.REPORT_URGENT,
)
"""The steps of the list, the likeliest at the counter first."""


def chip_of(line: VisitLine, board: Board) -> ChipText:
    """The state of a matter as a chip; overdue and due today come before the state itself."""
    if line.kind is VisitKind.COUNTED:
        return ChipText(Term.COUNT_ONLY.value)
    if line.is_overdue(board.today):
        return ChipText(Term.OVERDUE.value, "late")
    if line.is_due_today(board.today):
        return ChipText(Term.DUE_TODAY.value, "warn")
    return state_chip(line.state)


def line_item(line: VisitLine, board: Board, zone: Zone, *, name_shown: bool) -> LineItem:
    """A line of today's list; the name is masked unless the row is focused."""
    name = person_words(line)
    if line.kind is VisitKind.NAMED and not name_shown:
        name = name.replace(line.name, mask_name(line.name), 1)
    due = board.due.get(line.uid, "")
    handed = f"交 {line.handed_to}" if line.handed_to and line.open else ""
    late = Term.LATE_ENTRY.value if line.late_entry else ""
    return LineItem(
        uid=line.uid.hex,
        title=name,
        beside=" · ".join(filter(None, (late, due, handed))),
        detail=matter_words(line),
        chip=chip_of(line, board),
        lead=minute(line.at, zone),
    )


class TodayPane(Card):
    """`step_wanted` carries `(line, action)`, `opened` a line to show in full.

    `evaluation_wanted` carries a line the resident is to be asked about, `raise_wanted` one that
    becomes a request, `retried` is the press of 再试一次. `headline` has room for a word beside the
    heading.
    """

    step_wanted = Signal(object)
    opened = Signal(object)
    evaluation_wanted = Signal(object)
    raise_wanted = Signal(object)
    retried = Signal()

    def __init__(self, actor: Actor, zone: Zone, parent: QWidget) -> None:
        super().__init__("", parent)
        self._actor, self._zone = actor, zone
        self._board: Board | None = None
        self._mask, self._covered = True, False
        self._filling = False
        self._heading = QLabel("今天", self)
        self._heading.setProperty("role", "section")
        self._registered = Figure(Term.REGISTER.value, self, number="–")
        self._open = Figure(Term.OPEN_ITEMS.value, self, number="–")
        self._overdue = Figure(Term.OVERDUE.value, self, number="–")
        self._flat = QLabel(self)
        self._flat.setProperty("role", "quiet")
        self._keys = QLabel("F9 仅计数   F10 多人来访", self)
        self._reported = QLabel(self)
        for label in (self._keys, self._reported):
            label.setProperty("role", "small")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._foot = QWidget(self)
        self.reminders = ReminderLine(self)
        self.list = LineList("今天的来访", self)
        self._state = StatePane(self.list)
        self._actions = RowActions(self._offers(), self.list, self)
        self._lay_out()
        self.list.focused.connect(self._focus_moved)
        self.list.chosen.connect(self._open_line)
        self.list.installEventFilter(self)
        self._actions.wanted.connect(self._want)
        self._state.next_step.connect(self.retried)
        self._state.show_loading()

    def set_masked(self, on: bool) -> None:
        """Whether names are masked until a row is focused (设置)."""
        self._mask = on
        self._show_items()

    def set_covered(self, on: bool) -> None:
        """遮挡: no name at all, not even the focused one."""
        self._covered = on
        self._show_items()

    def show_board(self, board: Board) -> None:
        """Show what the day has brought so far."""
        self._board = board
        self._heading.setText(f"今天  {list_day(board.today)}")
        counts = board.counts
        self._flat.setText(
            f"{Term.REGISTER.value} {number(counts['registered'])}　"
            f"{Term.OPEN_ITEMS.value} {number(counts['open'])}　"
            f"{Term.OVERDUE.value} {number(counts['overdue'])}"
        )
        self._registered.set_number(number(counts["registered"]))
        self._open.set_number(number(counts["open"]))
        late = counts["overdue"]
        self._overdue.set_number(number(late), "late" if late else "ink")
        self._show_items()
        if board.lines:
            self._state.hide()
        else:
            self._state.show_empty(
                "今天还没有登记", "在框里找人后按 Ctrl+Enter 登记；只问路的按 F9。"
            )

    def show_fault(self, fault: Fault) -> None:
        """The list could not be read; what was shown before stays readable when there was any."""
        if self._board is None or not self._board.lines:
            self._state.show_fault(fault)

    @Slot(str, bool)
    def show_reported(self, words: str, late: bool) -> None:
        """How the reporting to the street stands, quietly at the foot."""
        self._reported.setText(words)
        set_role(self._reported, "warn" if late else "small")

    def set_flat(self, on: bool) -> None:
        """Under the form the heading and the figures share one low line; beside it they stack."""
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if on else direction.TopToBottom)
        for figure in (self._registered, self._open, self._overdue):
            figure.setVisible(not on)
        self._flat.setVisible(on)
        self._foot.setVisible(not on)
        self.list.setMinimumHeight(theme_of().metrics.two_line_row)
        self.reminders.set_flat(on)

    @property
    def sentence(self) -> str:
        """What stands in the place of the list, or empty."""
        return "" if self._state.isHidden() else self._state.sentence

    def line(self, uid: str | None) -> VisitLine | None:
        """The line of a uid, while it is shown."""
        lines = self._board.lines if self._board else ()
        return next((line for line in lines if line.uid.hex == uid), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list:
            if event.type() == QEvent.Type.Resize:
                self._state.setGeometry(self.list.rect())
            elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._show_items()
            elif isinstance(event, QContextMenuEvent):
                self._actions.show_menu(self._menu_place(event))
                return True
        return False

    def _menu_place(self, event: QContextMenuEvent) -> QPoint:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            return event.globalPos()
        row = self.list.visualRect(self.list.currentIndex())
        return self.list.viewport().mapToGlobal(row.bottomLeft())

    def _offers(self) -> list[RowAction]:
        steps = [
            RowAction(step.value, step.label, "", KEYS[step], partial(self._offered, step))
            for step in _STEPS
        ]
        ask = RowAction(EVALUATE, "请居民评价", "", "P", _may_be_asked)
        rise = RowAction(RAISE, RAISE, "", RAISE_KEY, self._may_raise)
        return [ask, *steps, rise, RowAction(OPEN_IT, "打开来访详情", "", "Ctrl+O")]

    def _offered(self, step: Action, row: object) -> bool:
        return isinstance(row, VisitLine) and step in offered_steps(self._actor, row)

    def _may_raise(self, row: object) -> bool:
        return isinstance(row, VisitLine) and may_raise(self._actor, row)

    def _show_items(self) -> None:
        # Filling the list moves its focus, which asks for filling it again.
        if self._board is None or self._filling:
            return
        self._filling = True
        focused = self.list.focused_uid() if self.list.hasFocus() else None
        self.list.set_items(
            [
                line_item(
                    line,
                    self._board,
                    self._zone,
                    name_shown=not self._covered and (not self._mask or line.uid.hex == focused),
                )
                for line in self._board.lines
            ]
        )
        self._filling = False
        self._offer_steps()

    def _offer_steps(self) -> None:
        uid = self.list.focused_uid()
        self._actions.set_row(uid, self.line(uid))
        offered = any(not button.isHidden() for button in self._actions.findChildren(QToolButton))
        self._actions.setVisible(offered)

    @Slot(object)
    def _focus_moved(self, uid: str | None) -> None:
        if uid is not None:
            self._show_items()

    @Slot(object)
    def _want(self, command: RowCommand) -> None:
        line = self.line(command.uid)
        if line is None:
            return
        if command.name == OPEN_IT:
            self.opened.emit(line)
        elif command.name == EVALUATE:
            self.evaluation_wanted.emit(line)
        elif command.name == RAISE:
            self.raise_wanted.emit(line)
        else:
            action = next(one for one in Action if one.value == command.name)
            self.step_wanted.emit((line, action))

    @Slot(object)
    def _open_line(self, uid: str) -> None:
        line = self.line(uid)
        if line is not None:
            self.opened.emit(line)

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(SPACE.wide)
        for figure in (self._registered, self._open, self._overdue):
            figures.addWidget(figure)
        figures.addWidget(self._flat)
        figures.addStretch(1)
        figures.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignBottom)
        head = self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        head.setSpacing(SPACE.small)
        self.headline = QHBoxLayout()
        self.headline.setSpacing(SPACE.medium)
        self.headline.addWidget(self._heading)
        head.addLayout(self.headline)
        head.addLayout(figures)
        self.body.addLayout(head)
        self.body.addWidget(self.reminders)
        self.add_list(self.list)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(SPACE.large, SPACE.small, SPACE.large, SPACE.small)
        foot.addWidget(self._reported)
        foot.addStretch(1)
        foot.addWidget(self._keys)
        layout.addWidget(self._foot)


def _may_be_asked(row: object) -> bool:
    return isinstance(row, VisitLine) and bool(asked_of([row]))
