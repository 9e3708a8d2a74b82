"""What is done with one unit from its row and from its page: changed, ended, resumed.

Each deed is a sheet that asks for what it needs; `done` gets what was changed and the sentence for
the undo strip.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.registers.partners import service
from desktop_app.registers.partners.rules import Partner
from desktop_app.registers.partners.ui.form import PartnerSheet, compounds_to_choose
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.value_inputs import DateInput

Done = Callable[[Changed[Partner], str], None]


def open_new(page: Page, desk: Desk, name: str, done: Done) -> None:
    """The form of a new unit, beginning with what was searched for."""

    def opened(compounds: Any) -> None:
        if page.isVisible():
            sheet = PartnerSheet(page, desk, None, compounds, name)
            sheet.taken.connect(partial(_told, "已新增共建单位", done))
            sheet.open()

    page.in_background("打开新增单位", partial(compounds_to_choose, desk), opened)


def open_change(page: Page, desk: Desk, uid: Uid, done: Done) -> None:
    """The form of a unit, whole: opening it is logged like a reveal."""

    def work(job: Job) -> tuple[Partner, Any]:
        return service.for_editing(desk, uid), compounds_to_choose(desk, job)

    def opened(found: tuple[Partner, Any]) -> None:
        if page.isVisible():
            sheet = PartnerSheet(page, desk, *found)
            sheet.taken.connect(partial(_told, "已修改共建单位", done))
            sheet.open()

    page.in_background("打开修改单位", work, opened)


def open_end(
    page: Page,
    desk: Desk,
    partner: tuple[Uid, int, str],
    done: Done,
    left_to_do: Callable[[Uid], str],
) -> None:
    """Ask since when it is no partner any more, and why. `partner` is its uid, revision and name;
    `left_to_do` reads, in a worker's thread, what else has to be seen to, which the sheet says."""

    def work(_job: Job) -> str:
        return left_to_do(partner[0])

    def opened(beyond: str) -> None:
        if page.isVisible():
            sheet = EndSheet(page, desk, partner, beyond)
            sheet.taken.connect(partial(_told, "已终止共建", done))
            sheet.open()

    page.in_background("打开终止共建", work, opened)


def resume(page: QWidget, desk: Desk, uid: Uid, revision: int, done: Done) -> None:
    """At once; the undo strip is the way back."""
    try:
        changed = service.resume(desk, uid, revision)
    except Fault as fault:
        tell_fault(page, "没有恢复", fault)
        return
    _told("已恢复共建", done, changed)


def _told(deed: str, done: Done, changed: Changed[Partner]) -> None:
    done(changed, f"{deed}：{changed.value.name}")


class EndSheet(SavingSheet):
    """Asks for the last day and the reason."""

    def __init__(
        self, parent: QWidget, desk: Desk, partner: tuple[Uid, int, str], beyond: str
    ) -> None:
        uid, revision, name = partner
        text = "\n".join(filter(None, (name, beyond, "它的协议、清单和活动记录都保留。")))
        super().__init__(parent, "不再共建", text, "不再共建")
        self._desk, self._uid, self._revision = desk, uid, revision
        day = DateInput(self._today, self)
        day.set_day(desk.today)
        why = LineInput(self, placeholder="如：单位已迁出辖区")
        self.body.addWidget(self.add_field("end_reason", LabelledField("原因", why, self, key="R")))
        self.body.addWidget(self.add_field("until", LabelledField("截止日期", day, self, key="D")))
        self.wire(self.body)

    def save(self) -> Changed[Partner]:
        why, day = self.fields["end_reason"].editor, self.fields["until"].editor
        assert isinstance(why, LineInput)
        assert isinstance(day, DateInput)
        if problem := day.problem():
            raise UserError(problem, field="until")
        return service.end(self._desk, self._uid, self._revision, why.value(), day.day())

    def _today(self) -> date:
        return self._desk.today
