"""What stands in the form of an activity's plan while it is being filled in. Pure.

Everything is kept as it was typed, so that a half-filled form survives Esc and a power cut word for
word. Whether what it means is in order is for `entry`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock_text import clock_words, parse_clock
from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import UserError
from desktop_app.core.ids import parse_uid
from desktop_app.core.text import half_width
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import (
    MOST_EXPECTED,
    ActivityKind,
    Every,
    is_meeting,
    kind_of,
)
from desktop_app.ledgers.activities.rules.cleaning import Clock
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.ledgers.activities.rules.series import MOST_AT_ONCE

YES, NO = "yes", "no"
NEXT_DAY = "next"
_BETWEEN_UNITS = re.compile(r"[、,，;；\n]+")
_MINUTES_OF_DAY = 24 * 60

REPEATS: Mapping[str, tuple[str, Every, int]] = {
    "week": ("每周", Every.WEEKS, 1),
    "fortnight": ("每两周", Every.WEEKS, 2),
    "month_weekday": ("每月第几个星期几", Every.MONTH_WEEKDAY, 1),
    "month_day": ("每月同一日", Every.MONTH_DAY, 1),
    "quarter": ("每季度", Every.MONTH_WEEKDAY, 3),
}
"""How an activity comes back, as the form offers it: the word, the rule, the step."""


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """The whole form as typed.

    `kind` is the value of a usual kind; `own_kind` is the station's own word, asked for with 其他.
    `ends_on` is `NEXT_DAY` or empty, `place` the uid of a place in hexadecimal; `repeat` is a key
    of `REPEATS`, `times` counts the activities of the series, this one included.
    """

    name: str = ""
    kind: str = ""
    own_kind: str = ""
    meeting: str = ""
    brand: str = ""
    day: str = ""
    begins: str = ""
    ends: str = ""
    ends_on: str = ""
    place: str = ""
    place_words: str = ""
    expected: str = ""
    host: str = ""
    agenda: str = ""
    organiser: str = ""
    undertaker: str = ""
    co_organiser: str = ""
    partners: str = ""
    repeat: str = ""
    times: str = ""
    workdays: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What the form says of coming back: the rule, and how many more there are to be."""

    every: Every
    step: int
    more: int
    workdays: bool


_AS_TYPED = (
    "name", "brand", "place_words", "host", "agenda", "organiser", "undertaker", "co_organiser",
    "remark",
)  # fmt: skip


def text_of(form: ActivityForm) -> PlanText:
    """The form as it begins with a known plan."""
    usual = form.kind in {kind.value for kind in ActivityKind}
    own = "" if usual else form.kind
    later = form.ends_on is not None and form.day is not None and form.ends_on > form.day
    return PlanText(
        kind=form.kind if usual else ActivityKind.OTHER.value if own else "",
        own_kind=own,
        meeting=YES if form.meeting and not is_meeting(form.kind) else "",
        day="" if form.day is None else form.day.isoformat(),
        begins=_clock_text(form.begins),
        ends=_clock_text(form.ends),
        ends_on=NEXT_DAY if later else "",
        place="" if form.place is None else form.place.hex,
        expected="" if form.expected is None else str(form.expected),
        partners="、".join(form.partners),
        **{name: getattr(form, name) for name in _AS_TYPED},
    )


def meaning(text: PlanText, today: date) -> tuple[ActivityForm, list[UserError]]:
    """The plan the form describes, unchecked, and what in it means nothing at all."""
    problems: list[UserError] = []
    day = _read(parse_day(text.day, today), text.day, "日期", "20261123 或 11-23", "day", problems)
    times = {
        name: _read(parse_clock(typed), typed, "时间", "9:30、930 或 下午3点", name, problems)
        for name, typed in (("begins", text.begins), ("ends", text.ends))
    }
    kind = kind_of_text(text)
    form = ActivityForm(
        kind=kind,
        meeting=is_meeting(kind) or text.meeting == YES,
        day=day,
        ends_on=day + timedelta(days=1) if day is not None and text.ends_on == NEXT_DAY else day,
        place=parse_uid(text.place),
        expected=_number(text.expected, "应到人数", MOST_EXPECTED, "expected", problems),
        partners=tuple(one for one in _BETWEEN_UNITS.split(text.partners) if one.strip()),
        **times,
        **{name: getattr(text, name) for name in _AS_TYPED},
    )
    return form, problems


def series_of(text: PlanText) -> tuple[Series | None, list[UserError]]:
    """How the activity comes back, if it does, and what is wrong with that."""
    problems: list[UserError] = []
    if text.repeat not in REPEATS:
        return None, problems
    _word, every, step = REPEATS[text.repeat]
    times = _number(text.times, "共几场", MOST_AT_ONCE + 1, "times", problems)
    if not problems and (times is None or times < 2):
        problems.append(
            UserError(
                "还没有填写共几场。", f"请填2到{MOST_AT_ONCE + 1}，这一场算第一场。", field="times"
            )
        )
    return Series(every, step, (times or 2) - 1, text.workdays == YES), problems


def kind_of_text(text: PlanText) -> str:
    """The kind the form means: a usual one, or the station's own word."""
    if text.kind == ActivityKind.OTHER.value and text.own_kind.strip():
        return kind_of(text.own_kind)
    return text.kind


def asks_like_meeting(text: PlanText) -> bool:
    """Whether the form asks for 主持人 and 议程."""
    return is_meeting(kind_of_text(text)) or text.meeting == YES


def needs_end_day(text: PlanText) -> bool:
    """Whether the end lies before the beginning on the clock: then the day of the end is asked."""
    begins, ends = parse_clock(text.begins), parse_clock(text.ends)
    return begins is not None and ends is not None and ends <= begins


def span_words(text: PlanText, today: date) -> str:
    """When it is, said back in words; empty as long as that cannot be known."""
    day, begins, ends = parse_day(text.day, today), parse_clock(text.begins), parse_clock(text.ends)
    if day is None or begins is None or ends is None:
        return "" if day is None else list_day(day, today=today)
    minutes = _minutes(ends) - _minutes(begins)
    whole = f"{list_day(day, today=today)} {clock_words(begins)}"
    if minutes > 0:
        return f"{whole} 到 {clock_words(ends)}，共{_length(minutes)}"
    if text.ends_on != NEXT_DAY:
        return f"{whole} 开始；结束时间更早，请看是不是到第二天才结束"
    next_day = list_day(day + timedelta(days=1), today=today)
    length = _length(minutes + _MINUTES_OF_DAY)
    return f"{whole} 开始，跨过零点，到 {next_day} {clock_words(ends)} 结束，共{length}"


def to_plain(text: PlanText) -> dict[str, Any]:
    """As a draft is stored."""
    return asdict(text)


def from_plain(content: Mapping[str, Any]) -> PlanText:
    """What an earlier start stored; what another version wrote otherwise is left out."""
    kept = {
        field.name: content[field.name]
        for field in fields(PlanText)
        if isinstance(content.get(field.name), str)
    }
    text = PlanText(**kept)
    known = text.kind in {kind.value for kind in ActivityKind}
    return replace(
        text,
        kind=text.kind if known else "",
        repeat=text.repeat if text.repeat in REPEATS else "",
    )


def _read(
    meant: Any, typed: str, word: str, sample: str, field: str, problems: list[UserError]
) -> Any:
    """What was typed, read already; a text that means nothing is told."""
    if meant is None and typed.strip():
        problems.append(
            UserError(
                f"“{typed.strip()[:20]}”不是一个{word}。",
                f"请按 {sample} 的样子填写。",
                field=field,
            )
        )
    return meant


def _number(typed: str, label: str, most: int, field: str, problems: list[UserError]) -> int | None:
    plain = half_width(typed).strip()
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9 or int(plain) > most:
        problems.append(UserError(f"{label}不对。", f"请填0到{most}之间的整数。", field=field))
        return None
    return int(plain)


def _clock_text(time: Clock | None) -> str:
    return "" if time is None else clock_words(time)


def _minutes(time: Clock) -> int:
    return time[0] * 60 + time[1]


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = f"{hours}小时" if hours else ""
    return said + (f"{rest}分钟" if rest else "")
