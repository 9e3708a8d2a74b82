"""The duty roster as a card: which week or month, what may be done, the grid, the focused cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.ledgers.posts.rules.roster import Roster
from desktop_app.ledgers.posts.ui import looks
from desktop_app.ledgers.posts.ui.roster_drag import ShiftDrag
from desktop_app.ledgers.posts.ui.roster_grid import (
    ACCEPT,
    BACK,
    ESCAPE,
    HOME,
    MONTH,
    ON,
    WEEK,
    RosterGrid,
)
from desktop_app.ledgers.posts.ui.roster_rows import GridRow, Span, told_cell
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.cut_label import CutLabel
from desktop_app.widgets.forms import Card, plain_button, primary_button
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_LOW_EMS = 27
_BUTTONS = (looks.FILL, looks.COPY)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card shows: the days, the lines, how many are proposed, and how many places nobody
    has then; `only`: of one post."""

    span: Span
    roster: Roster
    rows: tuple[GridRow, ...]
    proposed: int
    left: int
    only: bool


class RosterCard(Card):
    """`wanted` carries a deed or one of the grid's own words, `length_changed` whether a week is
    wanted."""

    wanted = Signal(object)
    length_changed = Signal(bool)

    def __init__(self, today: date, parent: QWidget, *, may_plan: bool) -> None:
        super().__init__(parent=parent)
        self._may_plan, self._today = may_plan, today
        self.grid = RosterGrid(today, self)
        self.drag = ShiftDrag(self.grid, self.grid.painter, self) if may_plan else None
        self.when, self.about = QLabel(self), CutLabel(self)
        self.when.setProperty("role", "section")
        self.about.setProperty("role", "quiet")
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        self.told.setContentsMargins(SPACE.large, SPACE.hair, SPACE.large, 0)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        # The grid must not jump from a cell that is soon told to one that takes two lines.
        self.told.setFixedHeight(2 * self.told.fontMetrics().lineSpacing() + SPACE.small)
        self.keys = CutLabel(self)
        self.keys.say(_keys_in_cell())
        self.keys.setProperty("role", "small")
        self.keys.setContentsMargins(SPACE.large, 0, SPACE.large, SPACE.small)
        self.length = ChoiceBar(
            (Choice(WEEK, "周", "W"), Choice(MONTH, "月", "M")), self, value=WEEK
        )
        self.length.setAccessibleName("看一周还是一个月")
        self.buttons = {name: self._button(name) for name in _BUTTONS}
        self.nothing = StatePane(self)
        self.proposal = _Proposal(self)
        self._lay_out()
        self.nothing.hide()
        self.grid.wanted.connect(self.wanted)
        self.grid.moved.connect(self._tell)
        self.length.changed.connect(self._length)
        self.proposal.accepted.connect(partial(self.wanted.emit, ACCEPT))
        self.proposal.dismissed.connect(partial(self.wanted.emit, ESCAPE))

    def show_roster(self, shown: Shown, today: date) -> None:
        """Show what was read."""
        self._today = today
        self.when.setText(shown.span.words)
        summary = _summary(shown) if shown.rows else ""
        self.about.setText(summary)
        self.about.setToolTip(_clashes(shown.roster) or summary)
        there = bool(shown.rows)
        self.grid.setVisible(there)
        self.told.setVisible(there)
        self._offer_keys()
        self.nothing.setVisible(not there)
        if not there:
            more = "先在左边新增岗位，写上哪几天、几点到几点、要几个人。" if self._may_plan else ""
            self.nothing.show_empty("这些天没有要值班的岗位。", more, "")
        for button in self.buttons.values():
            button.setVisible(self._may_plan and there and not shown.proposed)
        anew = bool(shown.proposed) and self.proposal.isHidden()
        self.proposal.show_count(shown.proposed, shown.left)
        about = shown.span.about
        self.grid.show_roster(shown.roster.days, shown.rows, today, about)
        if anew:
            self.grid.go_to_proposal()

    def show_fault(self, fault: Fault) -> None:
        """It could not be read."""
        self.grid.hide()
        self.told.hide()
        self.keys.hide()
        self.nothing.show()
        self.nothing.show_fault(fault, "")

    def put_length(self, *, by_week: bool) -> None:
        """Say which of both is shown."""
        self.length.blockSignals(True)
        self.length.set_value(WEEK if by_week else MONTH)
        self.length.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_keys()

    def _offer_keys(self) -> None:
        """In a low window the lines of the roster need the room; ? tells the keys, too."""
        high = self.height() >= _LOW_EMS * theme_of().metrics.body
        self.keys.setVisible(high and self._may_plan and not self.grid.isHidden())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        for name, icon, word, keys in (
            (BACK, "chevron-left", "往前", "PageUp"),
            (ON, "chevron-right", "往后", "PageDown"),
        ):
            button = plain_button("", self, icon_name=icon)
            button.setAccessibleName(word)
            button.setToolTip(f"{word}（{keys}）")
            button.clicked.connect(partial(self.wanted.emit, name))
            head.addWidget(button)
        home = plain_button("今天  T", self)
        home.setAccessibleName("回到今天")
        home.clicked.connect(partial(self.wanted.emit, HOME))
        head.addWidget(home)
        head.addWidget(self.when)
        head.addStretch(1)
        head.addWidget(self.length)
        below = QHBoxLayout()
        below.setSpacing(SPACE.small)
        below.addWidget(self.about, 1)
        for button in self.buttons.values():
            below.addWidget(button)
        self.body.setSpacing(SPACE.small)
        self.body.addLayout(head)
        self.body.addLayout(below)
        self.body.addWidget(self.proposal)
        self.add_list(self.grid)
        whole = self.layout()
        assert whole is not None
        whole.addWidget(self.nothing)
        whole.addWidget(self.told)
        whole.addWidget(self.keys)

    def _button(self, name: str) -> QPushButton:
        deed = looks.DUTY_DEEDS[name]
        button = plain_button(f"{deed.verb}  {deed.key}", self, icon_name=deed.icon)
        button.setAccessibleName(deed.verb)
        button.clicked.connect(partial(self.wanted.emit, name))
        return button

    @Slot()
    def _length(self) -> None:
        self.length_changed.emit(self.length.value() == WEEK)

    @Slot()
    def _tell(self) -> None:
        """The focused cell in words, and what may be done there."""
        focused = self.grid.focused()
        words = "" if focused is None else told_cell(*focused, self._today)
        self.grid.setAccessibleDescription(words)
        self.told.setText(words)


def _keys_in_cell() -> str:
    """What the letters do in the focused cell: Enter 排班 · Delete 取消排班 · …"""
    named = [looks.DUTY_DEEDS[name] for name in looks.IN_CELL]
    keys = (f"{deed.key} {deed.verb}" for deed in named)
    return "　".join((*keys, "拖动名字 调班", "O 只看这个岗位"))


class _Proposal(QWidget):
    """Says that what is marked 建议 is only proposed, and asks to take it."""

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.take = primary_button("按建议排班", self, keys="Ctrl+Enter")
        self.leave = plain_button("不要建议  Esc", self)
        self.leave.setAccessibleName("不要建议")
        self.take.clicked.connect(self.accepted)
        self.leave.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.small)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        self.hide()

    def show_count(self, proposed: int, left: int) -> None:
        """So many are proposed; so many places nobody fits."""
        rest = f"；还有 {left} 个空缺没有合适的人" if left else ""
        self.words.setText(
            f"标“建议”的 {proposed} 班还没有排{rest}。Delete 去掉不合适的。" if proposed else ""
        )
        self.setVisible(proposed > 0)


def _summary(shown: Shown) -> str:
    roster = shown.roster
    people = {one.person for row in shown.rows for cell in row.cells for one in cell.planned}
    turns = sum(len(cell.planned) for row in shown.rows for cell in row.cells)
    parts = ["只看一个岗位"] if shown.only else []
    parts.append(f"{turns} 班，{len(people)} 人" if turns else "还没有排班")
    missing = f"还缺 {shown.left} 人次" if shown.left else "没有空缺"
    # Of days that are over nothing can be filled: their 缺 in the grid is not counted here.
    parts.append(f"照建议排好后{missing}" if shown.proposed else f"往后{missing}")
    if roster.clashes:
        parts.append(f"冲突 {len(roster.clashes)} 处")
    return " · ".join(filter(None, parts))


def _clashes(roster: Roster) -> str:
    return "\n".join(
        f"{one.name or one.number}：{one.first_post} 与 {one.second_post}，"
        f"{one.reason or '没有写原因'}"
        for one in roster.clashes
    )
