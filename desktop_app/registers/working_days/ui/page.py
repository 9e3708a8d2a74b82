"""The section 工作日历: which days count for limits, and where the station goes its own way."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.rights import Right
from desktop_app.core.wording import list_day
from desktop_app.registers.working_days import service
from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.rules import MonthDay
from desktop_app.registers.working_days.ui.day import word_of
from desktop_app.registers.working_days.ui.month import MonthGrid
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import ask_reason
from desktop_app.widgets.forms import (
    Card,
    KeyHint,
    ScrollPage,
    focus_order,
    plain_button,
    primary_button,
)
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

LEGEND = (
    "没有字的是平常上班日；“休”是周末；“放假”“调休上班”是国家放假安排；"
    "带笔形标记的“本站上班”“本站休息”是本站自己改的，以它为准。"
)
WHAT_FOR = "本站时限只数上班日。改动以后，还没办结的事项按新日历计算到期日。"
BEYOND = "{year}年的放假安排还没有公布，这里只按周末推算。公布后请更新程序，或先在这里逐日改好。"
_SIDE_EMS = 22


class WorkingDaysSection(Page):
    """A day is changed with one key; leaving the country's calendar wants a reason."""

    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("← → ↑ ↓", "移动"),
        KeyHint("PgUp / PgDn", "上月 / 下月"),
        KeyHint("Home", "回到今天"),
        KeyHint("Enter", "改上班 / 休息"),
        KeyHint("Delete", "恢复国家日历"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_change = desk.actor.may(Right.MANAGE_STATION)
        self.grid = MonthGrid(desk.today, self)
        self.before = plain_button("上月", self, icon_name="chevron-left")
        self.after = plain_button("下月", self, icon_name="chevron-right")
        self.now = plain_button("今天", self)
        self.change = primary_button("改为休息…", self)
        self.clear = plain_button("恢复国家日历", self, icon_name="undo-2")
        self._month, self._beyond, self._which, self._what, self._why = (
            QLabel(self) for _ in range(5)
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside = Card("", self)
        self._lay_out()
        self.grid.moved.connect(self._tell)
        self.grid.month_wanted.connect(self._show_month_of)
        self.grid.toggled.connect(self.change_day)
        self.grid.cleared.connect(self.clear_day)
        self.before.clicked.connect(partial(self.grid.turn, -1))
        self.after.clicked.connect(partial(self.grid.turn, 1))
        self.now.clicked.connect(self._to_today)
        self.change.clicked.connect(self.change_day)
        self.clear.clicked.connect(self.clear_day)

    def load(self) -> None:
        self._show_month_of(self.grid.day)

    @Slot()
    def change_day(self) -> None:
        """Work instead of rest, or the other way round; with a reason where the country differs."""
        entry = self.grid.shown
        if entry is None or not self._may_change:
            return
        wanted = not entry.is_workday
        if wanted == entry.nationally:
            self.clear_day()
            return
        which, word = list_day(entry.day, today=self._desk.today), _works(wanted)
        sheet = ask_reason(
            self,
            f"{which}改为{word}",
            f"全国日历这一天是{_works(entry.nationally)}。请写明原因，例如“街道统一安排”。",
            label="原因",
            verb=f"改为{word}",
        )
        sheet.given.connect(partial(self._set, entry, wanted))

    @Slot()
    def clear_day(self) -> None:
        """Let the national calendar count again for this day."""
        entry = self.grid.shown
        if entry is None or entry.override is None or not self._may_change:
            return
        try:
            changed = service.clear_day(self._desk, entry.day)
        except Fault as fault:
            self.say_fault(fault)
            return
        which = list_day(entry.day, today=self._desk.today)
        self.tell_changed(changed, f"{which}恢复为{_works(entry.nationally)}")

    @Slot(object)
    def _set(self, entry: MonthDay, wanted: bool, reason: str) -> None:
        try:
            changed = service.set_day(self._desk, entry.day, wanted, reason)
        except Fault as fault:
            self.say_fault(fault)
            return
        which = list_day(entry.day, today=self._desk.today)
        self.tell_changed(changed, f"{which}已改为{_works(wanted)}")

    @Slot(object)
    def _show_month_of(self, day: date) -> None:
        try:
            days = service.month(self._desk, day.year, day.month)
        except Fault as fault:
            self.say_fault(fault)
            return
        self._month.setText(f"{day.year}年{day.month}月")
        self.grid.setAccessibleName(f"工作日历 {day.year}年{day.month}月")
        unknown = not days[-1].known
        self._beyond.setText(BEYOND.format(year=day.year) if unknown else "")
        self._beyond.setVisible(unknown)
        self.grid.set_month(days, day)

    @Slot()
    def _to_today(self) -> None:
        self.grid.move_to(self._desk.today)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _tell(self, day: date) -> None:
        entry = self.grid.shown
        self._which.setText(list_day(day, today=self._desk.today))
        if entry is None:
            return
        self._what.setText(_sentence(entry))
        reason = "" if entry.override is None else entry.override.reason
        self._why.setText(f"原因：{reason}")
        self._why.setVisible(bool(reason))
        back = entry.is_workday != entry.nationally
        dots = "" if back else "…"
        verb = f"改为{_works(not entry.is_workday)}{dots}"
        self.change.setText(verb)
        self.change.setAccessibleName(verb)
        self.change.setVisible(self._may_change)
        self.clear.setVisible(self._may_change and entry.override is not None)

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        left = Card("", self)
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(self._month)
        top.addStretch(1)
        for button in (self.before, self.now, self.after):
            top.addWidget(button)
        left.body.addLayout(top)
        left.body.addWidget(self._beyond)
        left.body.addWidget(self.grid, 1)
        self._month.setProperty("role", "section")
        set_role(self._beyond, "warn")
        self._beyond.setWordWrap(True)
        self._row.setSpacing(SPACE.large)
        self._row.addWidget(left, 1)
        self._row.addWidget(self._side())
        scroll.body.addLayout(self._row, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        focus_order([self.grid, self.change, self.clear, self.before, self.now, self.after])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        body = theme_of().metrics.body
        side = _SIDE_EMS * body
        is_wide = self.width() >= self.grid.minimumSizeHint().width() + side + 4 * body
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._beside.setMaximumWidth(side if is_wide else self.width())
        self._beside.setMinimumWidth(side if is_wide else 0)

    def _side(self) -> Card:
        side = self._beside
        for label, role in ((self._which, "section"), (self._what, ""), (self._why, "quiet")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            side.body.addWidget(label)
        side.body.addWidget(self.change)
        side.body.addWidget(self.clear)
        side.body.addStretch(1)
        for words in (LEGEND, WHAT_FOR):
            label = QLabel(words, self)
            label.setProperty("role", "small")
            label.setWordWrap(True)
            side.body.addWidget(label)
        return side


def _works(is_workday: bool) -> str:
    return "上班" if is_workday else "休息"


def _sentence(entry: MonthDay) -> str:
    if entry.override is not None:
        return f"{word_of(entry)}，全国日历是{_works(entry.nationally)}。"
    if not entry.known:
        return f"{_works(entry.is_workday)}，按周末推算，放假安排还没有公布。"
    named = {"放假": "国家放假", "调休上班": "国家调休"}.get(word_of(entry), "按全国日历")
    return f"{_works(entry.is_workday)}，{named}。"
