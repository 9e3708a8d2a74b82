"""Who is in the focused team on a day: the card at the right of the tab with the teams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.wording import paper_day
from desktop_app.registers.volunteers.rules.team import TeamAction
from desktop_app.registers.volunteers.ui.looks import (
    ADD_MEMBER,
    CHANGE,
    LEAVE_TEAM,
    TEAM_DEEDS,
    VOLUNTEER_DEEDS,
    MemberRow,
    TeamRow,
    labels,
    role_chip,
    span_words,
    team_chip,
)
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.cut_label import CutLabel
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import DateInput

BUTTONS = (ADD_MEMBER, TeamAction.SET_LEADER, CHANGE, TeamAction.RESTORE)
_DAY_WIDTH = 148


class MembersCard(Card):
    """`wanted` carries a deed for the team, `leaving` a `MemberRow`, `opened` the uid of a
    volunteer; `day_changed` tells that another day is looked at."""

    wanted = Signal(object)
    leaving = Signal(object)
    opened = Signal(object)
    day_changed = Signal()

    def __init__(
        self, today: Callable[[], date], parent: QWidget, *, may_change: bool, with_service: bool
    ) -> None:
        super().__init__(parent=parent)
        self._today, self._may_change = today, may_change
        self._team: TeamRow | None = None
        self.name = CutLabel(self)
        self.name.setProperty("role", "section")
        self.chip = Chip(ChipText(""), self)
        self.about = QLabel(self)
        self.about.setProperty("role", "quiet")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        day = DateInput(today, self)
        self._began_on = today()
        day.set_day(self._began_on)
        self.day = LabelledField("看哪一天的队员", day, self, key="D")
        self.buttons = {name: self._button(name) for name in BUTTONS}
        self.table = LongList(
            _columns(with_service),
            lambda row: _row(row).uid,
            self,
            actions=_offers() if may_change else [],
            name="队员",
            unit="人",
            given_up=("skills", "phone", "span"),
            grows="span",
            ends=False,
        )
        self._lay_out()
        self._connect(day)
        self.wipe()

    def looked_at(self) -> date | None:
        """The day that is looked at, today when the field is empty; None when it says no day."""
        editor = self.day.editor
        assert isinstance(editor, DateInput)
        self.day.set_problem(editor.problem())
        if editor.problem():
            return None
        day, today = editor.day() or self._today(), self._today()
        if day == self._began_on != today:
            # The window was left open over night: today is another day, and was meant.
            self._began_on = day = today
            editor.blockSignals(True)
            editor.set_day(today)
            editor.blockSignals(False)
        return day

    def wipe(self) -> None:
        """No team is focused."""
        self._team = None
        self.name.clear()
        self.about.clear()
        self.chip.hide()
        for button in self.buttons.values():
            button.hide()
        self.day.hide()
        self.table.show_empty("选一支队伍，这里列出它的队员。")

    def show_team(self, team: TeamRow) -> None:
        """Which team it is; its members come later."""
        line = team.line
        self._team = team
        self.name.say(line.name)
        self.chip.set_text(team_chip(line.disbanded_on))
        self.chip.show()
        leader = f"队长 {line.leader}" if line.leader else "没有队长"
        parts = [line.team_kind.label, line.organisation, f"{line.founded_on.year}年成立"]
        if line.disbanded_on is None:
            parts.append(leader)
        else:
            parts.append(f"{paper_day(line.disbanded_on)}解散")
        self.about.setText(" · ".join(filter(None, parts)))
        self.day.show()
        for name, button in self.buttons.items():
            fits = team.disbanded == (name == TeamAction.RESTORE)
            button.setVisible(self._may_change and fits)

    def show_members(self, rows: Sequence[MemberRow], day: date) -> None:
        """Who was in it that day."""
        if rows:
            self.table.set_rows(rows)
            self.table.foot.set_count(f"{self._when(day)}共 {len(rows)} 人")
            return
        self.table.foot.set_count("")
        gone = self._team is not None and self._team.disbanded
        step = TEAM_DEEDS[ADD_MEMBER].verb if self._may_change and not gone else ""
        more = "可以看解散以前的日期。" if gone else "从志愿者里添加；还不是志愿者的先登记。"
        self.table.show_empty(f"{self._when(day)}这支队伍没有队员。", more, step)

    def show_fault(self, fault: Fault) -> None:
        self.table.foot.set_count("")
        self.table.show_fault(fault, "")

    def _when(self, day: date) -> str:
        return "今天" if day == self._today() else paper_day(day)

    def _button(self, name: str) -> QPushButton:
        deed = TEAM_DEEDS[name]
        button = plain_button(f"{deed.verb}  {deed.key}", self, icon_name=deed.icon)
        button.setAccessibleName(deed.verb)
        button.clicked.connect(partial(self.wanted.emit, name))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        tools = QHBoxLayout()
        tools.setSpacing(SPACE.small)
        self.day.setFixedWidth(round(_DAY_WIDTH * theme_of().metrics.body / 14))
        tools.addWidget(self.day)
        tools.addStretch(1)
        for button in self.buttons.values():
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.setSpacing(SPACE.small)
        self.body.addLayout(head)
        self.body.addWidget(self.about)
        self.body.addLayout(tools)
        self.add_list(self.table)

    def _connect(self, day: DateInput) -> None:
        day.changed.connect(self.day_changed)
        day.submitted.connect(self.table.view.setFocus)
        self.table.opened.connect(self._open)
        self.table.command.connect(self._command)
        self.table.next_step.connect(partial(self.wanted.emit, ADD_MEMBER))
        if self._may_change:
            # The team's letters hold among its members, too.
            for name in (ADD_MEMBER, TeamAction.SET_LEADER):
                shortcut = QShortcut(QKeySequence(TEAM_DEEDS[name].key), self.table.view)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(self.buttons[name].click)

    def _focused(self, uid: str) -> MemberRow | None:
        at = self.table.model.row_of(uid)
        return None if at is None else _row(self.table.model.rows[at])

    @Slot(object)
    def _open(self, uid: str) -> None:
        row = self._focused(uid)
        if row is not None:
            volunteer: Uid = row.line.volunteer
            self.opened.emit(volunteer)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        row = self._focused(command.uid)
        if row is not None:
            self.leaving.emit(row)


def _columns(with_service: bool) -> tuple[Column, ...]:
    service = (
        _column("本月时长", lambda row: row.hours or "—", 108, "number"),
        _column("现在", _on_duty, 128),
    )
    return (
        _column("姓名", lambda row: row.line.name or row.line.number, 78, "bold"),
        _column("职务", lambda row: role_chip(row.line.role), 100),
        _column("电话", lambda row: row.line.phone, 116, "quiet", key="phone"),
        *(service if with_service else ()),
        _column(
            "技能", lambda row: labels(row.line.skills), 120, "quiet", stretch=True, key="skills"
        ),
        _column("在队时间", _span, 150, "quiet", key="span"),
    )


def _skills(row: MemberRow) -> str:
    return labels(row.line.skills)


def _span(row: MemberRow) -> str:
    return span_words(row.line.joined_on, row.line.left_on)


def _on_duty(row: MemberRow) -> ChipText:
    return ChipText(row.on_duty, "ok", "user-check") if row.on_duty else ChipText("")


def _offers() -> list[RowAction]:
    deed = VOLUNTEER_DEEDS[LEAVE_TEAM]
    return [RowAction(LEAVE_TEAM, deed.verb, deed.icon, deed.key, _still_in)]


def _still_in(row: object) -> bool:
    return _row(row).line.left_on is None


def _column(
    title: str,
    value: Callable[[MemberRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
    key: str = "",
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key or title)


def _read(value: Callable[[MemberRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> MemberRow:
    assert isinstance(row, MemberRow)
    return row
