"""What stands in the form of a new request while it is being filled in. Pure.

Everything is kept as it was typed, so that a half-filled form survives Esc and a power cut word for
word. Whether what it means is in order is for `entry`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, TypeVar

from desktop_app.core.clock_text import parse_clock
from desktop_app.core.day_text import parse_day
from desktop_app.core.door_text import split_door
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import parse_uid
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.text import half_width
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.request import DisputeStage, RequestKind

E = TypeVar("E", bound=LabelledEnum)

YES, NO = "yes", "no"
_MOST_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class RequestText:
    """The whole form as typed.

    `kind`, `source`, `urgency` and `stage` are values of their enums, `resident` and `compound`
    uids in hexadecimal, `door` is 3-2-501; `consented` and `petition` are `YES`, `NO` or empty.
    """

    kind: str = RequestKind.APPEAL.value
    source: str = Source.CALL.value
    platform: str = ""
    external_number: str = ""
    resident: str = ""
    name: str = ""
    phone: str = ""
    compound: str = ""
    door: str = ""
    title: str = ""
    summary: str = ""
    category: str = ""
    urgency: str = Urgency.NORMAL.value
    limit: str = ""
    stage: str = ""
    consented: str = ""
    petition: str = ""
    day: str = ""
    time: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form means, and what in it means nothing."""

    form: RequestForm
    problems: list[UserError]


def meaning(text: RequestText, today: date) -> Meaning:
    """The form as the ledger takes it, unchecked."""
    problems: list[UserError] = []
    building, unit, room = split_door(text.door)
    form = RequestForm(
        kind=_member(RequestKind, text.kind) or RequestKind.APPEAL,
        source=_member(Source, text.source) or Source.CALL,
        platform=text.platform if text.source == Source.ONLINE.value else "",
        external_number=text.external_number,
        day=_day(text.day, today, problems),
        time=_time(text.time, problems),
        resident=parse_uid(text.resident),
        name=text.name,
        phone=text.phone,
        compound=parse_uid(text.compound),
        building=building,
        unit=unit,
        room=room,
        consented=text.consented == YES,
        category=text.category,
        title=text.title,
        summary=text.summary,
        urgency=_member(Urgency, text.urgency) or Urgency.NORMAL,
        dispute_stage=_member(DisputeStage, text.stage),
        limit_days=_days(text.limit, problems),
        petition=text.petition == YES,
        remark=text.remark,
    )
    return Meaning(form, problems)


def to_plain(text: RequestText) -> dict[str, Any]:
    """As a draft is stored."""
    return asdict(text)


def from_plain(plain: Mapping[str, Any]) -> RequestText:
    """A stored draft; what this version of the form does not know is passed over."""
    known = {one.name for one in fields(RequestText)}
    texts = {name: value for name, value in plain.items() if isinstance(value, str)}
    return RequestText(**{name: value for name, value in texts.items() if name in known})


def _member(choices: type[E], value: str) -> E | None:
    """The choice of that value; None for one that another version of the form offered."""
    return next((one for one in choices if one.value == value), None)


def _day(text: str, today: date, problems: list[UserError]) -> date | None:
    if not text.strip():
        return None
    found = parse_day(text, today)
    if found is None:
        problems.append(
            UserError(f"“{_short(text)}”不是一个日期。", "请按 11-20 的样子填写。", field="day")
        )
    return found


def _time(text: str, problems: list[UserError]) -> tuple[int, int] | None:
    if not text.strip():
        return None
    found = parse_clock(text)
    if found is None:
        problems.append(
            UserError(f"“{_short(text)}”不是一个时间。", "请写成 9:30 这样。", field="time")
        )
    return found


def _days(text: str, problems: list[UserError]) -> int | None:
    plain = half_width(text).strip()
    if not plain:
        return None
    if plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS:
        return int(plain)
    problems.append(
        UserError(
            f"本站时限“{_short(text)}”不是一个数。", "请填工作日数，例如 5。", field="limit_days"
        )
    )
    return None


def _short(text: str) -> str:
    return text.strip()[:20]
