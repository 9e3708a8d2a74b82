"""记志愿服务 on the page of an activity: who of the sign-in sheet served, all in one go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Zone
from desktop_app.core.errors import UserError
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.wording import minute
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.ledgers.activities.ui.tick_list import Tick, TickList
from desktop_app.ledgers.service.rules.spans import minutes_of
from desktop_app.station.raising.ui.activity_page import JoinedActivityPage
from desktop_app.station.volunteering import proposing, service
from desktop_app.station.volunteering.service import Attended, NotServed, Served
from desktop_app.station.volunteering.ui.of_request import SERVE, SERVE_HINT, SERVE_KEY
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.forms import bind_keys, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.theme import theme_of

_WIDTH = 640
_MOST_LINES = 8
"""So many lines of a list are in sight at once; the rest is scrolled to."""
_NOBODY = "签到表里没有以志愿者或党员身份到场的人。请先在签到表里补上身份，再记志愿服务。"


class AttendedSheet(SavingSheet):
    """Who would get how long, each with a tick; below it who is left out, and why."""

    def __init__(self, page: Page, desk: Desk, activity: Uid, lines: Sequence[Attended]) -> None:
        self._served = [one for one in lines if not one.why_not]
        left_out = [one for one in lines if one.why_not]
        told = "保存后等待确认。按空格勾选或取消一位。" if self._served else "现在没有能记的人。"
        super().__init__(page, SERVE, told, "保存")
        self._desk, self._activity = desk, activity
        metrics = theme_of().metrics
        self.setMinimumWidth(round(_WIDTH * metrics.body / 14))
        self.ticks = TickList(self)
        self.ticks.setAccessibleName("记给谁")
        self.ticks.show_ticks([_tick(one, desk.database.zone) for one in self._served])
        self.ticks.setFixedHeight(_height(len(self._served), metrics.row))
        self.ticks.setVisible(bool(self._served))
        self.heading = QLabel(f"不记的 {len(left_out)} 人", self)
        self.heading.setProperty("role", "bold")
        self.left_out = LineList("不记的人", self)
        self.left_out.set_items([_why_not(one) for one in left_out])
        self.left_out.setFixedHeight(_height(len(left_out), metrics.two_line_row))
        self.heading.setVisible(bool(left_out))
        self.left_out.setVisible(bool(left_out))
        for widget in (self.ticks, self.heading, self.left_out, self._note):
            self.body.addWidget(widget)
        self.ticks.ticked.connect(self._calm)
        self.button("yes").setVisible(bool(self._served))
        (self.ticks if self._served else self.left_out).setFocus()

    def save(self) -> Changed[Served]:
        wanted = self.ticks.chosen()
        rows = [one for one in self._served if one.attendance.hex in wanted]
        if not rows:
            raise UserError("没有勾选任何人，没有保存。", "请至少勾选一位。")
        return service.serve_from_activity(self._desk, self._activity, rows)


class ServingActivityPage(JoinedActivityPage):
    """An activity, from which the hours of those who served there are written down."""

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.serve = plain_button(f"{SERVE}  {SERVE_KEY}", self.header, icon_name="heart-handshake")
        self.serve.setAccessibleName(SERVE)
        self.serve.setToolTip(f"把签到的志愿者和党员记成服务时长（{SERVE_KEY}）")
        bind_keys(self.serve, SERVE_KEY)
        self.serve.hide()
        self.header.add_secondary(self.serve)
        self.serve.clicked.connect(self._ask)
        if self._may_serve:
            self.hints = (*self.hints, SERVE_HINT)

    @property
    def _may_serve(self) -> bool:
        street = self._desk.database.station.is_street
        return not street and self._desk.actor.may(Right.REGISTER)

    def open_record(self, uid: object) -> None:
        if uid != self._uid:
            self.serve.hide()
        super().open_record(uid)

    def _show(self, whole: WholeActivity) -> None:
        self.serve.setVisible(self._may_serve and _gives_hours(whole))
        super()._show(whole)

    @Slot()
    def _ask(self) -> None:
        whole = self._whole
        if whole is None or not (self._may_serve and _gives_hours(whole)):
            return
        uid, desk = whole.activity.uid, self._desk

        def work(_job: Job) -> tuple[Attended, ...]:
            return service.proposed_of_activity(desk, uid)

        self.in_background(f"打开{SERVE}", work, partial(self._open_sheet, uid))

    def _open_sheet(self, uid: Uid, lines: tuple[Attended, ...]) -> None:
        if self._uid != uid or not self.isVisible():
            return
        if not lines:
            tell(self, "没有可以记的人", _NOBODY)
            return
        sheet = AttendedSheet(self, self._desk, uid, lines)
        sheet.taken.connect(self._served)
        sheet.open()

    @Slot(object)
    def _served(self, changed: Changed[Served]) -> None:
        came_to = changed.value
        left = f"，{len(came_to.left_out)} 人没有记" if came_to.left_out else ""
        self.tell_changed(changed, f"已记志愿服务 {len(came_to.records)} 人{left}")
        if came_to.left_out:
            # Only saving tells whose time is taken elsewhere.
            tell(self, f"{len(came_to.left_out)} 人没有记", _told(came_to.left_out), tone="warn")


def _gives_hours(whole: WholeActivity) -> bool:
    try:
        proposing.refuse_activity(whole.activity, whole.now)
    except UserError:
        return False
    return not whole.activity.deleted


def _tick(one: Attended, zone: Zone) -> Tick:
    form = one.form
    assert form.started_at is not None
    assert form.ended_at is not None, "else left out"
    span = f"{minute(form.started_at, zone)}—{minute(form.ended_at, zone)}"
    minutes = minutes_of(form.started_at, form.ended_at, form.excluded_minutes) or 0
    remark = f"{hours_words(minutes)} · {form.source.label}"
    return Tick(one.attendance.hex, span, one.name, remark, on=True)


def _why_not(one: Attended) -> LineItem:
    return LineItem(one.attendance.hex, one.name, detail=one.why_not)


def _told(left_out: Sequence[NotServed]) -> str:
    lines = [f"{one.name}\n{one.sentence}" for one in left_out[:_MOST_LINES]]
    rest = len(left_out) - len(lines)
    return "\n\n".join([*lines, *([f"还有 {rest} 人。"] if rest else [])])


def _height(lines: int, each: int) -> int:
    return min(lines, _MOST_LINES) * each + 4
