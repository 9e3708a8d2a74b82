"""What is entered of a service, and whether it is in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.hours import MINUTES_OF_DAY
from desktop_app.core.ids import Uid
from desktop_app.core.steps import Moment
from desktop_app.core.text import NAME_LIMIT
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.service.rules.service_record import (
    LINE_LIMIT,
    MOST_SERVED,
    REASON_LIMIT,
    TEXT_LIMIT,
    ServiceAction,
    ServiceRecord,
    ServiceState,
    ServiceStep,
    Source,
)
from desktop_app.ledgers.service.rules.spans import minutes_of, refuse_span

EARLIEST_DAY = date(2010, 1, 1)
"""Before it nobody kept hours: such a date is a slip or a dead clock battery."""

ENTRY_WORKDAYS = 10
"""Within so many working days a record is 及时 (amendment 38, after 民政部令第67号)."""

LATE_WORDS = f"服务已过{ENTRY_WORKDAYS}个工作日才补录"


@dataclass(frozen=True, kw_only=True)
class ServiceForm:
    """What is told of a service.

    Who signs in at the desk gives no times: it begins now. Both times are given for 补录 and 导入.
    """

    volunteer: Uid | None = None
    team: Uid | None = None
    activity: Uid | None = None
    attendance: Uid | None = None
    post: Uid | None = None
    shift: Uid | None = None
    request: Uid | None = None
    title: str = ""
    started_at: Millis | None = None
    ended_at: Millis | None = None
    excluded_minutes: int = 0
    excluded_words: str = ""
    source: Source = Source.ENTERED
    overlap_reason: str = ""
    content: str = ""
    recipients: str = ""
    served: int | None = None
    organiser: str = ""
    head: str = ""
    place_words: str = ""
    good_deed: bool = False
    remark: str = ""


CHANGEABLE = tuple(
    one.name for one in fields(ServiceForm) if one.name not in ("volunteer", "source")
)
"""Fields that may be corrected. Another volunteer is another record."""


def cleaned(form: ServiceForm, problems: Problems | None = None) -> ServiceForm:
    """The form with its words as they are kept. Raises `InvalidInput` with all that is wrong."""
    found = problems or Problems()
    tidy = replace(
        form,
        title=found.line(form.title, "活动（项目）名称", "title", LINE_LIMIT),
        excluded_words=found.line(form.excluded_words, "扣除说明", "excluded_words", LINE_LIMIT),
        overlap_reason=found.line(
            form.overlap_reason, "重叠的原因", "overlap_reason", REASON_LIMIT
        ),
        content=found.text(form.content, "服务内容", "content", TEXT_LIMIT),
        recipients=found.line(form.recipients, "服务对象", "recipients", LINE_LIMIT),
        organiser=found.line(form.organiser, "组织单位", "organiser", LINE_LIMIT),
        head=found.line(form.head, "负责人", "head", NAME_LIMIT),
        place_words=found.line(form.place_words, "地点", "place_words", LINE_LIMIT),
        remark=found.text(form.remark, "备注", "remark", TEXT_LIMIT),
    )
    found.need(
        form.volunteer, "还没有选志愿者，没有保存。", "请按姓名、首字母或编号找到他。", "volunteer"
    )
    found.need(
        tidy.title,
        "还没有写活动（项目）名称，没有保存。",
        "请写做了什么，如“夜间巡逻”。",
        "title",
    )
    found.whole(form.served, MOST_SERVED, "服务人次", "served")
    found.whole(form.excluded_minutes, MINUTES_OF_DAY, "扣除的分钟数", "excluded_minutes")
    if problems is None:
        found.raise_if_any()
    return tidy


def checked(form: ServiceForm, now: Millis, zone: Zone) -> ServiceForm:
    """A form with both times, as it is kept. Raises `InvalidInput` with every problem of it."""
    problems = Problems()
    tidy = cleaned(form, problems)
    start, end = form.started_at, form.ended_at
    problems.need(start is not None, "还没有写开始时间，没有保存。", "请补上。", "started_at")
    problems.need(end is not None, "还没有写结束时间，没有保存。", "请补上。", "ended_at")
    if start is not None and zone.day(start) < EARLIEST_DAY:
        problems.add("开始时间太早，没有保存。", "请核对年份。", "started_at")
    if end is not None and end > now:
        problems.add("结束时间还没有到，没有保存。", "还在服务的请用签到，做完再签退。", "ended_at")
    if start is not None and end is not None and not problems.found:
        problems.tried(None, lambda: refuse_span(start, end, form.excluded_minutes))
    problems.raise_if_any()
    return tidy


def checked_anew(form: ServiceForm, record: ServiceRecord, now: Millis, zone: Zone) -> ServiceForm:
    """The form of a correction, as it is kept; who is still serving has no end to correct."""
    form = replace(form, volunteer=record.volunteer, source=record.source)
    if record.ended_at is not None:
        return checked(form, now, zone)
    if form.ended_at is not None:
        raise UserError(
            "这条服务记录还没有签退，不能在更正里写结束时间，没有保存。",
            "请用“签退”；忘了签退的用“补签退”。",
            field="ended_at",
        )
    if form.started_at is None or form.started_at > now:
        raise UserError("开始时间不对，没有保存。", "请填今天或更早的时间。", field="started_at")
    return cleaned(form)


def signed_in(
    form: ServiceForm, uid: Uid, station: str, number: str, moment: Moment
) -> ServiceRecord:
    """The record of somebody who begins now; the form is cleaned."""
    step = ServiceStep(moment.at, moment.actor, ServiceAction.SIGN_IN, ServiceState.OPEN)
    values = _values(form) | {"started_at": moment.at, "ended_at": None}
    return ServiceRecord(
        uid=uid,
        station=station,
        number=number,
        day=moment.today,
        source=Source.SIGNED,
        steps=(step,),
        **values,
    )


def entered(
    form: ServiceForm,
    uid: Uid,
    station: str,
    number: str,
    day: date,
    late: bool,
    moment: Moment,
) -> ServiceRecord:
    """The record of a service that is over; the form is checked, `day` that of its start."""
    assert form.started_at is not None, "checked"
    words = form.source.label if form.source is not Source.ENTERED else ""
    told = "，".join(filter(None, (words, LATE_WORDS if late else "")))
    step = ServiceStep(moment.at, moment.actor, ServiceAction.ENTER, ServiceState.TO_CONFIRM, told)
    return ServiceRecord(
        uid=uid,
        station=station,
        number=number,
        day=day,
        minutes=minutes_of(form.started_at, form.ended_at, form.excluded_minutes),
        source=form.source,
        late=late,
        state=ServiceState.TO_CONFIRM,
        steps=(step,),
        **_values(form),
    )


def _values(form: ServiceForm) -> dict[str, Any]:
    return {"volunteer": form.volunteer, **{name: getattr(form, name) for name in CHANGEABLE}}


def form_of(record: ServiceRecord) -> ServiceForm:
    """The form as it would be filled in for this record, to be corrected."""
    told = {name: getattr(record, name) for name in ("volunteer", "source", *CHANGEABLE)}
    return ServiceForm(**told)


def differences(record: ServiceRecord, form: ServiceForm) -> dict[str, Any]:
    """What a checked form says otherwise than the record."""
    told = {name: getattr(form, name) for name in CHANGEABLE}
    return {name: value for name, value in told.items() if getattr(record, name) != value}


def is_late(day: date, today: date, calendar: WorkCalendar) -> bool:
    """Whether a service of that day is written down later than it should be."""
    return calendar.workdays_between(day, today) > ENTRY_WORKDAYS


def late_note(late: bool) -> str:
    """What is told whoever enters a service late; nothing of one entered in time."""
    if not late:
        return ""
    return f"{LATE_WORDS}，已保存并标明“超期”；请尽快确认并录入全国系统。"


def refuse_hours_of(no_hours: bool) -> None:
    """Raise `UserError` for what gives no hours: 主题党日 and meetings (民政部令第67号)."""
    if no_hours:
        raise UserError(
            "主题党日、联席会、议事会不计志愿服务时长，没有保存。",
            "会后另做的志愿服务，请按服务本身另记一条。",
            field="activity",
        )
