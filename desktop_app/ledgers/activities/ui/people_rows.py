"""One line of the attendance list as it is shown, and what can be done with it by key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop_app.core.masking import mask_phone
from desktop_app.core.record import altered
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.activities.rules.activity import BEFORE, ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Source
from desktop_app.ledgers.activities.rules.counting import expected, head_count
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable

SIGN_IN, SIGN_OUT, ABSENT = "sign_in", "sign_out", "absent"
CORRECT, REMOVE, FILE = "correct", "remove", "file"

ABSENT_CHIP = ChipText("缺席", "warn")
SIGNED_UP_CHIP = ChipText("已报名", "quiet", "user-plus")
EXPECTED_CHIP = ChipText("未到", "quiet")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line with its number and all its words; `changes` and `signs` say what is allowed now."""

    number: int
    row: Attendance
    arrived: Cell
    left: str
    note: str
    changes: bool
    signs: bool

    @property
    def uid(self) -> str:
        return self.row.uid.hex


def rows_of(whole: WholeActivity) -> list[PersonRow]:
    """The lines of a sheet in the order they came onto it."""
    signs = may_sign_in(whole)
    zone = whole.zone
    made = []
    for number, row in enumerate(whole.sheet.rows, start=1):
        arrived: Cell = EXPECTED_CHIP
        if row.arrived_at is not None:
            arrived = minute(row.arrived_at, zone)
        elif row.absent_reason:
            arrived = ABSENT_CHIP
        elif row.signed_up_at is not None:
            arrived = SIGNED_UP_CHIP
        left = "" if row.left_at is None else minute(row.left_at, zone)
        note = " · ".join(part for part in (row.absent_reason, row.remark) if part)
        made.append(PersonRow(number, row, arrived, left, note, whole.may_register, signs))
    return made


def count_words(whole: WholeActivity) -> str:
    """Who was there by group, always from the lines (and what was put right with a reason)."""
    counts = whole.sheet.counts
    groups = " · ".join(
        f"{group.label} {counts.people[group]}{'（已更正）' if group in counts.corrected else ''}"
        for group in Group
    )
    said = f"实到 {counts.present} 人　{groups}"
    if whole.activity.meeting or whole.activity.expected is not None or counts.absent:
        missing = max(0, whole.sheet.expected - counts.present)
        said += f"　应到 {whole.sheet.expected} · 未到 {missing}"
    return said


def with_line(whole: WholeActivity, row: Attendance) -> WholeActivity:
    """The same with one line as it was just saved, until all of it is read again."""
    shown = altered(row, phone=mask_phone(row.phone))
    rows = tuple(shown if one.uid == row.uid else one for one in whole.sheet.rows)
    if shown not in rows:
        rows = (*rows, shown)
    counts = head_count(whole.activity, rows)
    due = expected(whole.activity, counts)
    return replace(whole, sheet=replace(whole.sheet, rows=rows, counts=counts, expected=due))


def may_sign_in(whole: WholeActivity) -> bool:
    """Whether the doors are open: on its days, until it is over by name."""
    activity, zone = whole.activity, whole.zone
    on_its_days = activity.day <= zone.day(whole.now) <= zone.day(activity.ends_at)
    running = activity.state in BEFORE | {ActivityState.RUNNING}
    return whole.may_register and running and on_its_days


def may_sign_up(whole: WholeActivity) -> bool:
    """Whether names are put down: while 报名 is open and the day has not come."""
    ahead = whole.zone.day(whole.now) < whole.activity.day
    return whole.may_register and whole.activity.state is ActivityState.OPEN and ahead


def door_words(whole: WholeActivity) -> str:
    """Why nobody can be signed in here now, and what to do."""
    activity, today = whole.activity, whole.zone.day(whole.now)
    if activity.state is ActivityState.PLANNED and today < activity.day:
        day = list_day(activity.day)
        if activity.meeting:
            return f"会议在{day}，当天在这里签到。"
        return f"活动在{day}，当天在这里签到；要先收名单，请“开放报名”。"
    return "活动已经结束。漏签的、纸上签的，请用“补录签到表”。"


def people_table(parent: QWidget) -> PagedTable:
    """The attendance list (活动签到表), whole: it needs no pages."""
    table = PagedTable(_COLUMNS, _uid, parent, actions=_ACTIONS, name="签到名单")
    table.foot.hide()
    return table


def _row(one: object) -> PersonRow:
    assert isinstance(one, PersonRow)
    return one


def _uid(one: object) -> str:
    return _row(one).uid


def _source(one: object) -> Cell:
    row = _row(one).row
    if not row.present:
        return ""
    return ChipText(row.source.label, "info") if row.source is not Source.SIGNED_IN else "签到"


_COLUMNS = (
    Column("序号", lambda one: str(_row(one).number), 60, "number"),
    Column("姓名", lambda one: _row(one).row.name, 108, "bold"),
    Column("身份", lambda one: _row(one).row.group.label, 88),
    Column("单位/小区", lambda one: _row(one).row.unit, 130),
    Column("签到", lambda one: _row(one).arrived, 96),
    Column("签退", lambda one: _row(one).left, 76),
    Column("来源", _source, 88),
    Column("备注", lambda one: _row(one).note, 100, "quiet", stretch=True),
)


def _can_sign_in(one: object) -> bool:
    return _row(one).signs and not _row(one).row.present


def _can_sign_out(one: object) -> bool:
    row = _row(one).row
    return _row(one).changes and row.present and row.left_at is None


def _can_be_absent(one: object) -> bool:
    return _row(one).changes and not _row(one).row.present


def _can_change(one: object) -> bool:
    return _row(one).changes


def _has_file(one: object) -> bool:
    return _row(one).row.resident is not None


_ACTIONS = (
    RowAction(SIGN_IN, "签到", "user-check", "S", _can_sign_in),
    RowAction(SIGN_OUT, "签退", "log-out", "T", _can_sign_out),
    RowAction(ABSENT, "缺席", "ban", "Q", _can_be_absent),
    RowAction(CORRECT, "更正", "pencil", "E", _can_change),
    RowAction(REMOVE, "移除", "trash-2", "Del", _can_change),
    RowAction(FILE, "居民档案", "user", "P", _has_file),
    *(
        RowAction(group.value, f"改为{group.label}", "", str(number), _can_change)
        for number, group in enumerate(Group, start=1)
    ),
)
