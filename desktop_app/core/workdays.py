"""Working days: when a promised limit runs out. Pure counting; whose limit it is stands elsewhere.

How days are counted
    The day on which a matter is taken up does not count; counting starts on the next day
    (民法典 第二百零一条: 开始的当日不计入，自下一日开始计算). Only working days count: Monday
    to Friday, changed by the yearly holiday notice of the State Council (放假调休, data of
    `chinesecalendar`) and, above all, by what the station itself has entered.
Pauses (补正)
    While the resident fetches missing material the station's clock stands still; it goes on when
    the material is complete. Local rules on 首问负责, 一次性告知, 限时办结 say so (domain.md 4b).
    A pause from day A to day B is counted like the start: A itself still counts, the days after A
    up to and including B do not. A pause that begins and ends on one day costs nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

Pause = tuple[date, date | None]
"""First day of a pause and the day the material was complete, or None while it still lasts."""

_FRIDAY = 4


class WorkCalendar:
    """The station's calendar: national holidays, corrected by `overrides` (day → is a workday)."""

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._years: dict[int, tuple[int, ...]] = {}

    @property
    def known_until(self) -> date:
        """Last day for which the national holidays are known; after it only weekends rest.

        A screen that shows a later due day says so. The notice for a year usually comes out in
        November of the year before.
        """
        return date(_known_years()[1], 12, 31)

    def is_workday(self, day: date) -> bool:
        ordinals = self._workdays_of(day.year)
        place = bisect_right(ordinals, day.toordinal())
        return place > 0 and ordinals[place - 1] == day.toordinal()

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; `start` itself for 0. Never negative.

        `workdays_between(start, add_workdays(start, n)) == n` for every n.
        """
        if count < 0:
            raise ValueError("a limit cannot be negative")
        if count == 0:
            return start
        year = start.year
        ordinals = self._workdays_of(year)
        place = bisect_right(ordinals, start.toordinal()) + count - 1
        while place >= len(ordinals):
            place -= len(ordinals)
            year += 1
            ordinals = self._workdays_of(year)
        return date.fromordinal(ordinals[place])

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        count = -bisect_right(self._workdays_of(start.year), start.toordinal())
        for year in range(start.year, end.year):
            count += len(self._workdays_of(year))
        return count + bisect_right(self._workdays_of(end.year), end.toordinal())

    def due_day(self, start: date, limit: int, pauses: Sequence[Pause] = ()) -> date | None:
        """The last day of a limit of `limit` working days, or None while a pause still holds it.

        `limit` 0 means the same day. Pauses may overlap and come in any order; one that begins
        after the limit has run out changes nothing. A pause that ends before it begins raises
        `ValueError`.
        """
        counted_from, remaining = start, limit
        for first, complete in sorted(pauses, key=_first_day):
            if complete is not None and complete < first:
                raise ValueError("a pause cannot end before it begins")
            if first > counted_from:
                used = self.workdays_between(counted_from, first)
                if used >= remaining:
                    break
                remaining -= used
                counted_from = first
            elif remaining == 0:
                break
            if complete is None:
                return None
            counted_from = max(counted_from, complete)
        return self.add_workdays(counted_from, remaining)

    def _workdays_of(self, year: int) -> tuple[int, ...]:
        ordinals = self._years.get(year)
        if ordinals is None:
            ordinals = _national_workdays(year)
            changed = {day: works for day, works in self._overrides.items() if day.year == year}
            if changed:
                kept = set(ordinals)
                kept.difference_update(day.toordinal() for day in changed)
                kept.update(day.toordinal() for day, works in changed.items() if works)
                ordinals = tuple(sorted(kept))
            self._years[year] = ordinals
        return ordinals


def _first_day(pause: Pause) -> date:
    return pause[0]


@cache
def _known_years() -> tuple[int, int]:
    from chinese_calendar import holidays

    return min(holidays).year, max(holidays).year


@cache
def _national_workdays(year: int) -> tuple[int, ...]:
    """Ordinals of the year's working days; outside the known years the weekday rule alone."""
    from chinese_calendar import holidays, workdays

    first, last = _known_years()
    known = first <= year <= last
    return tuple(
        ordinal
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        if _works(date.fromordinal(ordinal), known, holidays, workdays)
    )


def _works(
    day: date, known: bool, holidays: Mapping[date, object], workdays: Mapping[date, object]
) -> bool:
    weekday = day.weekday() <= _FRIDAY
    if not known:
        return weekday
    return day in workdays or (weekday and day not in holidays)
