"""Times of service: what they come to, whether they may stand beside each other. Pure.

A span is from a start to an end, the end not included: who stops at 10:00 may begin elsewhere at
10:00. What has not ended goes on for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.hours import MINUTES_OF_DAY, hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_moment, minute
from desktop_app.ledgers.service.rules.service_record import ServiceState

MINUTE_MS = 60_000


class Overlap(UserError):
    """The same volunteer serves elsewhere at that time; `number` is the other record's."""

    def __init__(self, number: str, when: str, next_step: str) -> None:
        super().__init__(
            f"这段时间和 {number}（{when}）重叠，没有保存，填写的内容都在。",
            next_step,
            field="overlap_reason",
        )
        self.number = number


class Spanned(Protocol):
    """What stands in the time of a volunteer; a service record is one."""

    @property
    def uid(self) -> Uid: ...
    @property
    def number(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def started_at(self) -> Millis: ...
    @property
    def ended_at(self) -> Millis | None: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def overlap_reason(self) -> str: ...
    @property
    def state(self) -> ServiceState: ...


def gross_minutes(started_at: Millis, ended_at: Millis) -> int:
    """Whole minutes from a start to an end; seconds that make no minute do not count."""
    return (ended_at - started_at) // MINUTE_MS


def minutes_of(started_at: Millis, ended_at: Millis | None, excluded: int) -> int | None:
    """What a span comes to without what is no service; None while it has not ended."""
    return None if ended_at is None else gross_minutes(started_at, ended_at) - excluded


def refuse_span(started_at: Millis, ended_at: Millis, excluded: int) -> None:
    """Raise `UserError` unless a span is one that somebody can have served."""
    if ended_at <= started_at:
        raise UserError(
            "结束时间不晚于开始时间，没有保存，填写的内容都在。",
            "请核对两个时间；跨过半夜的，结束时间写第二天。",
            field="ended_at",
        )
    long = gross_minutes(started_at, ended_at)
    if ended_at - started_at > MINUTES_OF_DAY * MINUTE_MS:
        raise UserError(
            f"这一条有{hours_words(long)}，超过24小时，没有保存，填写的内容都在。",
            "请核对起止时间；真是连续几天的，请一天记一条。",
            field="ended_at",
        )
    if not 0 <= excluded < max(long, 1):
        raise UserError(
            "扣除的路途、休息时间不对，没有保存，填写的内容都在。",
            f"这一条一共{hours_words(long)}，扣除的要比它少。",
            field="excluded_minutes",
        )


def overlapping(one: Spanned, others: Iterable[Spanned]) -> list[Spanned]:
    """Those of the others that share time with one; itself and 作废 share none."""
    return [
        other
        for other in others
        if other.uid != one.uid
        and other.state is not ServiceState.VOID
        and _meet(one.started_at, one.ended_at, other.started_at, other.ended_at)
    ]


def _meet(start: int, end: int | None, other_start: int, other_end: int | None) -> bool:
    return (other_end is None or start < other_end) and (end is None or other_start < end)


def refuse_overlap(
    one: Spanned, others: Sequence[Spanned], zone: Zone, *, known: bool = False
) -> None:
    """Raise `Overlap` when the time is taken already and the record does not say why that is right.

    With `known` a reason in the other record is enough, too: one that was written beside a record
    that had begun, which is over now.
    """
    if one.overlap_reason:
        return
    for other in overlapping(one, others):
        if known and other.overlap_reason:
            continue
        if other.ended_at is None:
            since = f"{list_moment(other.started_at, zone)} 起，还没有签退"
            raise Overlap(other.number, since, _SIGN_OUT)
        raise Overlap(other.number, span_words(other.started_at, other.ended_at, zone), _SAY_WHY)


_SIGN_OUT = "请先给那一条签退；确是同时进行的两件事，请写明重叠的原因。"
_SAY_WHY = "请核对时间；确是同时进行的两件事，请写明重叠的原因，出证明时重叠的时间只计一次。"


def span_words(started_at: Millis, ended_at: Millis, zone: Zone) -> str:
    """`11月23日 周一 09:00—11:30`, with the day of the end where that is another one."""
    told = list_moment(started_at, zone)
    same = zone.day(started_at) == zone.day(ended_at)
    return f"{told}—{minute(ended_at, zone) if same else list_moment(ended_at, zone)}"


def refuse_full_day(one: Spanned, others: Iterable[Spanned]) -> None:
    """Raise `UserError` when one business day would hold more than 24 hours of one volunteer."""
    if one.minutes is None:
        return
    before = sum(
        other.minutes or 0
        for other in others
        if other.uid != one.uid and other.day == one.day and other.state is not ServiceState.VOID
    )
    if before + one.minutes > MINUTES_OF_DAY:
        raise UserError(
            f"这位志愿者{one.day.month}月{one.day.day}日已记{hours_words(before)}，"
            f"加上这一条超过24小时，没有保存，填写的内容都在。",
            "请核对日期和起止时间；跨过半夜的可以分成两天记。",
            field="ended_at",
        )


# --- what is counted once ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """What one record adds to a total in which no time is counted twice."""

    service: Uid
    minutes: int


class Countable(Protocol):
    """A record with what is counted of it."""

    @property
    def uid(self) -> Uid: ...
    @property
    def started_at(self) -> Millis: ...
    @property
    def ended_at(self) -> Millis | None: ...
    @property
    def excluded_minutes(self) -> int: ...
    @property
    def state(self) -> ServiceState: ...


def counted_once(records: Iterable[Countable]) -> tuple[Share, ...]:
    """What each confirmed record adds, in the order of their starts: the union of their times.

    Time that an earlier record holds is not counted again; from what is new of a record its
    路途、休息 go in full, because nobody wrote down when they were. So a total is never more than
    the minutes that went by, nor more than the records say. Others than 已确认 add nothing and are
    left out; a record that adds nothing stays, with 0 minutes.
    """
    found, covered = [], 0
    for record in sorted((one for one in records if _is_counted(one)), key=_BY_START):
        assert record.ended_at is not None, "what is confirmed has ended"
        new = record.ended_at - max(record.started_at, covered)
        covered = max(covered, record.ended_at)
        found.append(Share(record.uid, max(0, new // MINUTE_MS - record.excluded_minutes)))
    return tuple(found)


def _is_counted(record: Countable) -> bool:
    return record.state is ServiceState.CONFIRMED and record.ended_at is not None


_BY_START: Callable[[Countable], tuple[int, Uid]] = lambda one: (one.started_at, one.uid)  # noqa: E731
