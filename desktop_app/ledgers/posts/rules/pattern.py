"""When a post is manned: weekdays and hours, and the slots this comes to. Pure.

A slot is half open: it ends at the moment at which the next one may begin, so that who stands from
19:00 to 21:00 can stand elsewhere from 21:00 on. It belongs to the day on which it begins, also
when it ends after midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.cleaning import Problems
from desktop_app.core.clock import Millis, Zone
from desktop_app.core.clock_text import clock_words

Clock = tuple[int, int]
"""Hour and minute by the station's clock."""

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MOST_DAYS = 100
"""A roster spans at most so many days: a quarter."""

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
LONGEST = DAY
"""Nobody is on duty for longer than a day and a night."""

_NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """`weekdays` from 0 (Monday) to 6; where `ends` is not after `starts` it is meant on the next
    day, so equal ones mean 24 hours."""

    weekdays: tuple[int, ...]
    starts: tuple[int, int]
    ends: tuple[int, int]

    @property
    def over_midnight(self) -> bool:
        return self.ends <= self.starts

    @property
    def words(self) -> str:
        """周一至周五 19:00–21:00, 周六、周日 20:00–次日06:00."""
        return f"{_days_words(self.weekdays)} {clock_words(self.starts)}–{self._end_words}"

    @property
    def _end_words(self) -> str:
        return ("次日" if self.over_midnight else "") + clock_words(self.ends)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One time at which somebody should be there; `ends_at` no longer belongs to it."""

    starts_at: Millis
    ends_at: Millis
    day: date

    def overlaps(self, starts_at: Millis, ends_at: Millis) -> bool:
        """Whether both have a moment in common."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def slot_on(day: date, starts: Clock, ends: Clock, zone: Zone) -> Slot:
    """The slot that begins on that day. Its ends are read from the station's clock, so that a zone
    that turned its clocks would still let people go home at the hour on paper."""
    last = day + _NEXT_DAY if ends <= starts else day
    return Slot(zone.at(day, *starts), zone.at(last, *ends), day)


def slots_of(
    pattern: Pattern | None,
    first: date,
    last: date,
    zone: Zone,
    *,
    from_on: date | None = None,
    until_on: date | None = None,
) -> tuple[Slot, ...]:
    """The slots that begin between two days, both included, and within the days of the post."""
    if pattern is None:
        return ()
    return tuple(
        slot_on(day, pattern.starts, pattern.ends, zone)
        for day in days_between(max(first, from_on or first), min(last, until_on or last))
        if day.weekday() in pattern.weekdays
    )


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += _NEXT_DAY


def checked_pattern(pattern: Pattern | None, problems: Problems) -> Pattern | None:
    """The pattern as it is kept, its weekdays in order; what is wrong is noted."""
    if pattern is None:
        return None
    weekdays = tuple(sorted(set(pattern.weekdays)))
    if not weekdays or not all(0 <= day <= 6 for day in weekdays):
        problems.add(
            "值班的星期不对，没有保存。",
            "请选周一到周日中的几天；没有固定时间的整项留空。",
            "pattern",
        )
    for clock, label in ((pattern.starts, "开始"), (pattern.ends, "结束")):
        if not (0 <= clock[0] <= 23 and 0 <= clock[1] <= 59):
            problems.add(f"值班的{label}时间不对，没有保存。", "请写成 19:00 的样子。", "pattern")
    return Pattern(weekdays, pattern.starts, pattern.ends)


def _days_words(weekdays: tuple[int, ...]) -> str:
    if len(weekdays) == len(WEEKDAYS):
        return "每天"
    first, last = min(weekdays), max(weekdays)
    if len(weekdays) > 2 and last - first == len(weekdays) - 1:
        return f"{WEEKDAYS[first]}至{WEEKDAYS[last]}"
    return "、".join(WEEKDAYS[day] for day in weekdays)


def span_words(starts_at: Millis, ends_at: Millis, zone: Zone) -> str:
    """11月24日 19:00–21:00, 11月24日 22:00–次日02:00."""
    begin, end = zone.local(starts_at), zone.local(ends_at)
    days = (end.date() - begin.date()).days
    later = {0: "", 1: "次日"}.get(days, f"{end.month}月{end.day}日 ")
    return f"{begin.month}月{begin.day}日 {begin:%H:%M}–{later}{end:%H:%M}"
