"""复制上月活动: what last month had, with the days it will fall on, to be ticked and copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.ui.tick_list import Tick, TickList
from desktop_app.registers.working_days import service as working_days
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.dialogs import CANCEL, Answer, Sheet
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import bind_keys, focus_order, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

_MIDDLE_OF_MONTH = 15
_LEAST_ROWS, _MOST_ROWS = 5, 9
_WIDTH_EMS = 46


class CopyMonthSheet(Sheet):
    """`copied` carries the `Changed`, once, when it is done and the sheet is closed."""

    copied = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, runner: JobRunner, month: Period) -> None:
        text = "上月的第二个周六排到这个月的第二个周六。取消的、系列的和已经复制过的不再列出。"
        yes = Answer("yes", "复制", role="primary")
        super().__init__(parent, "复制上月活动", text, (CANCEL, yes))
        self._desk, self._runner = desk, runner
        self._busy = False
        self.months = ChoiceBar(_months(desk.today, month), self, value=month)
        self.ticks = TickList(self)
        self.all = plain_button("全选 / 全不选", self, keys="Ctrl+A")
        self.all.setProperty("role", "plain")
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        set_role(self._note, "small")
        self._lay_out(parent)
        self.months.changed.connect(self.load)
        self.ticks.ticked.connect(self._count)
        self.all.clicked.connect(self.ticks.tick_all)
        bind_keys(self.button("yes"), "Ctrl+Enter")
        self.load()

    @property
    def note(self) -> str:
        """The sentence below the list."""
        return self._note.text()

    @property
    def month(self) -> Period:
        """The month that is copied into."""
        month = self.months.value()
        assert isinstance(month, Period)
        return month

    @Slot()
    def load(self) -> None:
        """Read what the month before has, and on which days it falls."""
        self._start(partial(_offers, self._desk, self.month), self._show)

    def accept(self) -> None:
        if self._answer != "yes" or self._busy:
            super().accept()
            return
        self._answer = CANCEL.name
        only = frozenset(Uid(hex=one) for one in self.ticks.chosen())
        self._busy = True
        self.button("yes").setEnabled(False)
        self._start(partial(_copy, self._desk, self.month, only), self._done)

    def _start(self, work: Callable[[Job], object], done: Callable[[Any], None]) -> None:
        ticket = self._runner.start(self.windowTitle(), work, quick=True)
        ticket.done.connect(done)
        ticket.failed.connect(self._show_fault)

    @Slot(object)
    def _show(self, found: tuple[Period, Sequence[Tick]]) -> None:
        month, offers = found
        # Another month may have been asked for meanwhile.
        if month == self.month and not self._busy:
            self.ticks.show_ticks(offers)

    @Slot(object)
    def _done(self, changed: Changed[Any]) -> None:
        self._answer = "yes"
        super().accept()
        self.copied.emit(changed)

    @Slot(object)
    def _show_fault(self, fault: Fault) -> None:
        self._busy = False
        self._count()
        self._note.setText(fault.words)
        set_role(self._note, "problem")

    @Slot()
    def _count(self) -> None:
        count, there = len(self.ticks.chosen()), self.ticks.count()
        button = self.button("yes")
        button.setText(f"复制 {count} 场" if count else "复制")
        button.setEnabled(bool(count) and not self._busy)
        self.all.setVisible(there > 1)
        before = self.month.previous.label
        said = f"{before}有 {there} 场可以复制，已勾选 {count} 场。空格键勾选或取消。"
        self._note.setText(said if there else f"{before}没有可以复制的活动。可以另选月份。")
        set_role(self._note, "small")

    def _lay_out(self, parent: QWidget) -> None:
        field = LabelledField("复制到", self.months, self)
        row = theme_of().metrics.row
        self.ticks.setMinimumHeight(_LEAST_ROWS * row)
        self.ticks.setMaximumHeight(_MOST_ROWS * row)
        below = QHBoxLayout()
        below.setSpacing(SPACE.small)
        below.addWidget(self._note, 1)
        below.addWidget(self.all)
        self.body.addWidget(field)
        self.body.addWidget(self.ticks, 1)
        self.body.addLayout(below)
        room = parent.window().width() - 2 * SPACE.wide
        self.setMinimumWidth(min(_WIDTH_EMS * theme_of().metrics.body, room))
        focus_order([self.months, self.ticks, self.all, self.button("yes"), self.button("cancel")])
        self.ticks.setFocus(Qt.FocusReason.OtherFocusReason)


def usual_month(today: date) -> Period:
    """What one plans now: this month in its first half, the next one from then on."""
    this = period_of(today, PeriodKind.MONTH)
    return this if today.day <= _MIDDLE_OF_MONTH else _after(this)


def _months(today: date, wanted: Period) -> list[Choice]:
    this = period_of(today, PeriodKind.MONTH)
    offered = sorted({this, _after(this), wanted})
    return [
        Choice(one, f"{one.label}（照{one.previous.index}月）", str(number))
        for number, one in enumerate(offered, start=1)
    ]


def _after(month: Period) -> Period:
    return period_of(month.last + timedelta(days=1), PeriodKind.MONTH)


def _offers(desk: Desk, month: Period, _job: Job) -> tuple[Period, list[Tick]]:
    works, zone, today = working_days.calendar(desk), desk.database.zone, desk.today
    made = []
    for copy in service.copies_for(desk, month):
        source, day = copy.source, copy.day
        when = f"{list_day(day, today=today)} {minute(source.starts_at, zone)}"
        remarks = [f"上月{source.day.day}日"]
        if day < today:
            remarks.append("日子已过，复制后算补录")
        if works.is_workday(source.day) and not works.is_workday(day):
            remarks.append("这天休息")
        words = "，".join(remarks)
        made.append(Tick(source.uid.hex, when, source.name, words, on=day >= today))
    return month, made


def _copy(desk: Desk, month: Period, only: frozenset[Uid], _job: Job) -> Changed[tuple[Any, ...]]:
    return service.copy_month(desk, month, only)
