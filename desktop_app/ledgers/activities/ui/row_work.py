"""What is done from the list: copied, repeated, cancelled, a whole month copied; all undoable."""

from __future__ import annotations

from functools import partial

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.ledgers.activities.rules.plan_text import REPEATS
from desktop_app.ledgers.activities.ui.copy_month import CopyMonthSheet, usual_month
from desktop_app.ledgers.activities.ui.looks import CANCEL, COPY
from desktop_app.ledgers.activities.ui.row_sheets import CopySheet, RepeatSheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import ask_reason
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page


class RowWork:
    """Asks on a sheet over `page` and tells the window through it what was done."""

    def __init__(self, desk: Desk, page: Page, runner: JobRunner) -> None:
        self._desk, self._page, self._runner = desk, page, runner

    def take_up(self, line: ActivityLine, action: str) -> None:
        """Ask what an action needs to know."""
        if action == COPY:
            self._ask_copy(line)
        elif action == CANCEL:
            self._ask_cancel(line)
        else:
            read = partial(_whole, self._desk, line)
            self._page.in_background("系列活动", read, self._ask_repeat)

    def ask_copy_month(self) -> None:
        """复制上月活动: into the month that is planned now, unless another one is chosen."""
        month = usual_month(self._desk.today)
        sheet = CopyMonthSheet(self._page, self._desk, self._runner, month)
        sheet.copied.connect(self._copied_month)
        sheet.open()

    def _copied_month(self, changed: Changed[tuple[Activity, ...]]) -> None:
        made = changed.value
        month = period_of(made[0].day, PeriodKind.MONTH).label
        self._page.tell_changed(changed, f"已复制 {len(made)} 场到{month}")

    def _ask_copy(self, line: ActivityLine) -> None:
        sheet = CopySheet(self._page, self._desk, line)

        def work(_job: Job) -> Changed[Activity]:
            return service.copy(self._desk, line.uid, sheet.day)

        sheet.carry_out(self._runner, work, self._copied)

    def _copied(self, changed: Changed[Activity]) -> None:
        made = changed.value
        day = list_day(made.day, today=self._desk.today)
        self._page.tell_changed(changed, f"已复制到{day}：{made.name}")

    def _ask_cancel(self, line: ActivityLine) -> None:
        day = list_day(line.day, today=self._desk.today)
        sheet = ask_reason(
            self._page,
            "取消活动",
            f"{line.name}　{day}\n取消后不计入场次，签到和记录都留着，需要时可以重新打开。",
            label="取消的原因",
            verb="取消这场活动",
        )
        sheet.given.connect(partial(self._cancel, line))

    def _cancel(self, line: ActivityLine, reason: str) -> None:
        try:
            changed = service.cancel(self._desk, line.uid, line.revision, reason)
        except Fault as fault:
            self._page.say_fault(fault)
            return
        self._page.tell_changed(changed, f"已取消：{line.name}")

    def _ask_repeat(self, activity: Activity) -> None:
        sheet = RepeatSheet(self._page, activity)

        def work(_job: Job) -> Changed[tuple[Activity, ...]]:
            _word, every, step = REPEATS[sheet.rule]
            return service.repeat(
                self._desk,
                activity.uid,
                sheet.more,
                every=every,
                step=step,
                workdays=sheet.workdays,
            )

        sheet.carry_out(self._runner, work, self._repeated)

    def _repeated(self, changed: Changed[tuple[Activity, ...]]) -> None:
        made = changed.value
        day = list_day(made[-1].day, today=self._desk.today)
        self._page.tell_changed(changed, f"已生成 {len(made)} 场：{made[0].name}，到{day}")


def _whole(desk: Desk, line: ActivityLine, _job: Job) -> Activity:
    return service.get(desk, line.uid)
