"""The plan of an activity as a clerk enters it, and whether it is in order. Pure.

What is written down afterwards is for `recording`, who takes part for `signing` and `sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities.rules.activity import (
    KIND_LIMIT,
    LINE_LIMIT,
    MOST_EXPECTED,
    MOST_PARTNERS,
    NAME_LIMIT,
    TEXT_LIMIT,
    Action,
    Activity,
    Step,
    is_meeting,
    kind_of,
)
from desktop_app.ledgers.activities.rules.cleaning import Clock, Problems, is_clock
from desktop_app.ledgers.activities.rules.steps import with_step

EARLIEST_DAY = date(2015, 1, 1)
"""Before it there was no station: such a date is a slip."""

FURTHEST = timedelta(days=730)
"""Nobody plans further ahead; a PC whose clock has gone back to 2000 ends here, too."""


@dataclass(frozen=True, kw_only=True)
class ActivityForm:
    """The plan: what, when, where, by whom.

    `kind` is a usual kind (value or label) or a word of the station's own. `meeting` None follows
    the kind. `begins` and `ends` are on `day`; `ends_on` is given only for the next day.
    """

    kind: str = ""
    meeting: bool | None = None
    name: str = ""
    brand: str = ""
    day: date | None = None
    begins: Clock | None = None
    ends: Clock | None = None
    ends_on: date | None = None
    place: Uid | None = None
    place_words: str = ""
    organiser: str = ""
    undertaker: str = ""
    co_organiser: str = ""
    partners: tuple[str, ...] = ()
    host: str = ""
    expected: int | None = None
    agenda: str = ""
    remark: str = ""


_LINES = {
    "brand": "主题品牌",
    "place_words": "地点",
    "organiser": "主办单位",
    "undertaker": "承办单位",
    "co_organiser": "协办单位",
    "host": "主持人",
}
_WORDS = ("name", "agenda", "remark", *_LINES)
"""Fields that go into the record as they are checked."""


def checked(form: ActivityForm, today: date) -> ActivityForm:
    """The form as it is kept: text cleaned, kind and times whole. Raises `InvalidInput`."""
    problems = Problems()
    kind = kind_of(problems.line(form.kind, "活动类别", "kind", KIND_LIMIT))
    if not kind:
        problems.add("还没有选活动类别。", "请选一类，或写上本站自己的类别。", "kind")
    name = problems.line(form.name, "活动名称", "name", NAME_LIMIT)
    if not name:
        problems.add("还没有填写活动名称。", "请写一个简短的名称。", "name")
    lines: dict[str, Any] = {
        field: problems.line(getattr(form, field), label, field, LINE_LIMIT)
        for field, label in _LINES.items()
    }
    if not lines["place_words"] and form.place is None:
        problems.add("还没有填写地点。", "请写明在哪里举行。", "place_words")
    problems.whole(form.expected, MOST_EXPECTED, "应到人数", "expected")
    _check_times(form, today, problems)
    tidy = replace(
        form,
        kind=kind,
        meeting=is_meeting(kind) if form.meeting is None else form.meeting,
        name=name,
        partners=_partners(form.partners, problems),
        agenda=problems.text(form.agenda, "议程", "agenda", TEXT_LIMIT),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
        ends_on=form.ends_on or form.day,
        **lines,
    )
    problems.raise_if_any()
    return tidy


def _partners(given: tuple[str, ...], problems: Problems) -> tuple[str, ...]:
    """Units once each, in their order."""
    tidy = [problems.line(unit, "共建单位", "partners", LINE_LIMIT) for unit in given]
    kept = tuple(dict.fromkeys(unit for unit in tidy if unit))
    if len(kept) > MOST_PARTNERS:
        problems.add(f"共建单位最多写{MOST_PARTNERS}个。", "请把其余的写进活动内容。", "partners")
    return kept


def _check_times(form: ActivityForm, today: date, problems: Problems) -> None:
    day, begins, ends = form.day, form.begins, form.ends
    if day is None:
        problems.add("还没有填写活动日期。", "请写明哪一天举行。", "day")
    elif day < EARLIEST_DAY:
        problems.add(f"活动日期早于{EARLIEST_DAY.year}年。", "请核对年份后再保存。", "day")
    elif day > today + FURTHEST:
        problems.add("活动日期在两年以后。", "请核对年份；没有写错的，请检查电脑的日期。", "day")
    for time, label, name in ((begins, "开始", "begins"), (ends, "结束", "ends")):
        if time is None:
            problems.add(f"还没有填写{label}时间。", "请写成 9:30 这样的时间。", name)
        elif not is_clock(time):
            problems.add(f"{label}时间不对。", "请写成 9:30 这样的时间。", name)
    if day is not None and begins is not None and ends is not None:
        _check_length(day, begins, form.ends_on or day, ends, problems)


def _check_length(day: date, begins: Clock, ends_on: date, ends: Clock, problems: Problems) -> None:
    if ends_on > day + timedelta(days=1):
        problems.add(
            "活动从开始到结束跨了两天以上。",
            "请按天分别登记；每天都有的，可以用“重复”一次生成。",
            "ends_on",
        )
    elif (ends_on, ends) <= (day, begins):
        problems.add(
            "结束时间不晚于开始时间。",
            "请核对；过了零点才结束的，请把结束日期写成第二天。",
            "ends",
        )
    elif ends_on > day and ends > begins:
        problems.add(
            "活动超过了24小时。", "请核对结束日期；每天都有的，请按天分别登记。", "ends_on"
        )


def times_of(form: ActivityForm, zone: Zone) -> dict[str, Any]:
    """Date and moments of a checked form, as the record holds them."""
    assert form.day is not None, "checked"
    assert form.begins is not None, "checked"
    assert form.ends is not None, "checked"
    return {
        "day": form.day,
        "starts_at": zone.at(form.day, *form.begins),
        "ends_at": zone.at(form.ends_on or form.day, *form.ends),
    }


def values_of(form: ActivityForm, zone: Zone) -> dict[str, Any]:
    """Everything a checked form says, by field of the record."""
    return {
        "kind": form.kind,
        "meeting": bool(form.meeting),
        "place": form.place,
        "partners": form.partners,
        "expected": form.expected,
        **{name: getattr(form, name) for name in _WORDS},
        **times_of(form, zone),
    }


def form_of(activity: Activity, zone: Zone) -> ActivityForm:
    """The form that an activity would have been entered with, for changing or copying it."""
    begins, ends = zone.local(activity.starts_at), zone.local(activity.ends_at)
    return ActivityForm(
        kind=activity.kind,
        meeting=activity.meeting,
        day=activity.day,
        begins=(begins.hour, begins.minute),
        ends=(ends.hour, ends.minute),
        ends_on=ends.date(),
        place=activity.place,
        partners=activity.partners,
        expected=activity.expected,
        **{name: getattr(activity, name) for name in _WORDS},
    )


@dataclass(frozen=True, slots=True)
class Register:
    """What a new activity gets from the station: its own identity, a number, and who plans it."""

    uid: Uid
    station: str
    number: str


def planned(
    form: ActivityForm, register: Register, moment: Moment, zone: Zone, **more: Any
) -> Activity:
    """A new activity from a checked form; one of an earlier day is 补录 and marked so."""
    values = values_of(form, zone)
    activity = Activity(
        uid=register.uid,
        station=register.station,
        number=register.number,
        late_entry=values["day"] < moment.today,
        planned_by=moment.operator,
        planned_by_name=moment.actor,
        **{**values, **more},
    )
    step = Step(moment.at, moment.actor, Action.PLAN, activity.state)
    return altered(activity, steps=(step,))


def changed(
    activity: Activity, form: ActivityForm, moment: Moment, zone: Zone, labels: Mapping[str, str]
) -> Activity:
    """The activity with another plan, and a step that names by `labels` what was changed.

    One that is moved to a day before it was written down becomes 补录. Raises `UserError` when it
    may not be changed any more, or when nothing was.
    """
    values = values_of(form, zone)
    told = [labels[name] for name, value in values.items() if getattr(activity, name) != value]
    if not told:
        raise UserError("没有改动任何一项。", "请先修改再保存。")
    late = activity.late_entry or values["day"] < zone.day(activity.created_at)
    after = altered(activity, late_entry=late, **values)
    return with_step(after, Action.CHANGE, moment, "、".join(told))


def refuse_other_day(activity: Activity, form: ActivityForm, present: int) -> None:
    """Raise `UserError` when a new date would leave behind who has signed in already."""
    if present and form.day != activity.day:
        raise UserError(
            f"已有{present}人签到，不能改到别的日子，没有改动。",
            "选错活动的，请先撤销签到；另外再办一场的，请用“复制”。",
            field="day",
        )
