"""What a clerk enters for a request, and whether it is in order. Pure.

What it becomes is for `registration`, what happens to it afterwards for `steps`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.identity import check_phone
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.text import clean_line, clean_name, clean_text, half_width
from desktop_app.ledgers.requests.rules.request import (
    LINE_LIMIT,
    REMARK_LIMIT,
    RESULT_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    DisputeStage,
    RequestKind,
)
from desktop_app.registers.matters.rules import CATEGORY_LIMIT, MOST_STATION_DAYS
from desktop_app.registers.residents.rules import DOOR_LIMIT

EARLIEST_DAY = date(2015, 1, 1)
"""Before it there was no station (小区党建 began later): such a date is a dead clock battery."""

_NUMBER_OF_SOMEBODY = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
"""A mobile number or an 公民身份号码."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RequestForm:
    """The whole form.

    `resident` links the person's file; name and address are as shown on the form. `day` (and
    `time`, hour and minute) are given only for 补录. `limit_days` are working days, 0 or None none.
    """

    kind: RequestKind = RequestKind.APPEAL
    source: Source = Source.VISIT
    day: date | None = None
    time: tuple[int, int] | None = None
    platform: str = ""
    external_number: str = ""
    visit: Uid | None = None
    activity: Uid | None = None
    resolution: Uid | None = None
    resident: Uid | None = None
    name: str = ""
    phone: str = ""
    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    consented: bool = False
    category: str = ""
    title: str = ""
    summary: str = ""
    urgency: Urgency = Urgency.NORMAL
    dispute_stage: DisputeStage | None = None
    limit_days: int | None = None
    result: str = ""
    petition: bool = False
    remark: str = ""


OF_NOBODY: dict[str, Any] = {
    "resident": None, "name": "", "phone": "", "building": "", "unit": "", "room": "",
    "consented": False, "category": "", "title": "", "summary": "", "dispute_stage": None,
    "limit_days": None, "visit": None, "platform": "", "external_number": "", "remark": "",
    "result": "",
}  # fmt: skip
"""What of a form is not kept when somebody was only told where petitions go."""


def checked(form: RequestForm, today: date) -> RequestForm:
    """The form as it is kept: text cleaned, numbers in their one form.

    Raises `InvalidInput` with every problem.
    """
    problems: list[UserError] = []
    tidy = replace(form, **_texts(form, problems))
    problems += _day_problems(form, today)
    if form.petition:
        problems += _petition_problems(tidy)
        tidy = replace(tidy, kind=RequestKind.APPEAL, **OF_NOBODY)
    else:
        problems += _missing(tidy)
    if problems:
        raise InvalidInput(problems)
    return tidy


def check_clock(now_day: date) -> None:
    """Refuse to write anything down under a date that only a dead clock battery can give."""
    if now_day < EARLIEST_DAY:
        raise UserError(
            f"电脑的日期是{now_day.year}年{now_day.month}月{now_day.day}日，显然不对，这次没有保存，填写的内容还在。",
            "请先校正电脑右下角的日期和时间，再保存一次。",
            field="day",
        )


def _tried(problems: list[UserError], raw: T, make: Callable[[], T]) -> T:
    try:
        return make()
    except UserError as problem:
        problems.append(problem)
        return raw


_LINES = (
    ("platform", "来源平台", LINE_LIMIT),
    ("external_number", "外部编号", LINE_LIMIT),
    ("building", "楼栋", DOOR_LIMIT),
    ("unit", "单元", DOOR_LIMIT),
    ("room", "门牌", DOOR_LIMIT),
    ("category", "业务类别", CATEGORY_LIMIT),
    ("title", "事项", TITLE_LIMIT),
)
_LONG = (
    ("summary", "详细情况", SUMMARY_LIMIT),
    ("result", "办理结果", RESULT_LIMIT),
    ("remark", "备注", REMARK_LIMIT),
)


def _texts(form: RequestForm, problems: list[UserError]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for fields, clean in ((_LINES, clean_line), (_LONG, clean_text)):
        for name, label, limit in fields:
            raw = getattr(form, name)
            make = partial(clean, raw, limit=limit, label=label, field=name)
            kept[name] = _tried(problems, raw, make) if raw else ""
    if form.name.strip():
        kept["name"] = _tried(
            problems, form.name, lambda: clean_name(form.name, label="居民姓名", field="name")
        )
    else:
        kept["name"] = ""
    raw = form.phone.strip()
    kept["phone"] = _tried(problems, raw, lambda: check_phone(raw, field="phone")) if raw else ""
    return kept


def _missing(form: RequestForm) -> list[UserError]:
    problems = []
    if not form.title:
        problems.append(
            UserError("还没有写事项。", "请用一句话写明要办什么，不写姓名和电话。", field="title")
        )
    elif _NUMBER_OF_SOMEBODY.search(half_width(form.title).replace(" ", "")):
        problems.append(
            UserError(
                "事项里写了电话或证件号码，这次没有保存，填写的内容还在。",
                "事项会随清单和上报给别人看，请把号码移到“联系电话”或“详细情况”。",
                field="title",
            )
        )
    if form.source is Source.ONLINE and not form.platform:
        problems.append(
            UserError(
                "还没有写是哪个平台转来的。", "请填写来源平台，例如百姓管家。", field="platform"
            )
        )
    if form.limit_days is not None and not 0 <= form.limit_days <= MOST_STATION_DAYS:
        problems.append(
            UserError(
                "本站时限不对。",
                f"请填0到{MOST_STATION_DAYS}之间的工作日数，0表示不设时限。",
                field="limit_days",
            )
        )
    if form.consented and not (form.name or form.resident):
        problems.append(
            UserError(
                "写了“居民同意提供身份信息”，却没有写是哪位居民。",
                "请填写居民，或去掉这一项。",
                field="consented",
            )
        )
    return problems


def _petition_problems(form: RequestForm) -> list[UserError]:
    """Sources: 信访工作条例; petitions are registered in the petition system and nowhere else."""
    return [
        UserError(
            "信访事项只告知渠道、只计件数，这里不记录内容，这次没有保存。",
            "请清空这一栏再保存；内容请居民到信访窗口或信访网上平台反映。",
            field=name,
        )
        for name in ("title", "summary", "external_number", "result", "remark")
        if getattr(form, name)
    ]


def _day_problems(form: RequestForm, today: date) -> list[UserError]:
    day = form.day or today
    if day < EARLIEST_DAY:
        return [
            UserError(f"登记日期早于{EARLIEST_DAY.year}年。", "请核对年份后再保存。", field="day")
        ]
    if day > today:
        return [
            UserError(
                "登记日期比今天还晚。",
                "请改成实际提出的那一天；如果日期没有写错，请检查电脑的日期。",
                field="day",
            )
        ]
    if form.time is not None and not (0 <= form.time[0] <= 23 and 0 <= form.time[1] <= 59):
        return [UserError("登记时间不对。", "请写成 9:30 这样的时间。", field="time")]
    return []
