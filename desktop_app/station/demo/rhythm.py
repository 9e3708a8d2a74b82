"""When people come: over the years, the week and the day. Judged, not counted anywhere.

Nine to eleven brings 45 % of a day, half past two to half past four 40 %; Mondays are fullest;
nobody comes while the country rests, and few at weekends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.workdays import WorkCalendar
from desktop_app.station.demo.dice import Dice, Table

MINUTE = 60_000
DAY_MS = 24 * 60 * MINUTE
TODAY_UNTIL = 10 * 60 + 40
"""Minute of the day at which a demo home is looked at."""

_WEEKDAYS = (1.32, 1.08, 1.0, 0.95, 0.86, 0.9, 0.9)
_WEEKEND, _HOLIDAY = (0.16, 0.07), 0.015
_MONTHS = (0.92, 0.72, 1.02, 0.98, 0.96, 1.0, 1.02, 1.04, 1.16, 1.1, 1.2, 1.16)
_GROWTH, _GROWN_AFTER = 0.32, 730
"""How much fuller the last days are than the first, after so many days; less in less time."""
_AFTER_REST, _BEFORE_HOLIDAY = 1.22, 0.78

# Minutes of the day and the share of visits between them.
_HOURS = (
    (8 * 60 + 30, 9 * 60, 0.045),
    (9 * 60, 9 * 60 + 40, 0.15),
    (9 * 60 + 40, 10 * 60 + 30, 0.21),
    (10 * 60 + 30, 11 * 60, 0.09),
    (11 * 60, 12 * 60, 0.06),
    (14 * 60 + 30, 15 * 60 + 10, 0.15),
    (15 * 60 + 10, 16 * 60, 0.17),
    (16 * 60, 16 * 60 + 30, 0.08),
    (16 * 60 + 30, 17 * 60 + 30, 0.045),
)


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Moments within the hours of business."""

    zone: Zone
    calendar: WorkCalendar

    def random(self, dice: Dice, day: date) -> Millis:
        """A moment at which somebody gets round to something."""
        minute = dice.between(9 * 60, 11 * 60 + 30) if dice.chance(0.5) else 0
        return self.at(dice, day, minute or dice.between(14 * 60 + 40, 17 * 60 + 20))

    def at(self, dice: Dice, day: date, minute: int) -> Millis:
        return Millis(self.zone.at(day) + minute * MINUTE + dice.between(0, MINUTE - 1))

    def soon(self, dice: Dice, after: Millis, low: int, high: int) -> Millis:
        """Some minutes later on the same day; the next working morning after closing time."""
        later = Millis(after + dice.between(low, high) * MINUTE + dice.between(0, MINUTE - 1))
        day = self.zone.day(after)
        if later <= self.zone.at(day, 17, 30):
            return later
        return self.random(dice, self.calendar.add_workdays(day, 1))


def arrivals(dice: Dice, midnight: Millis, count: int) -> list[Millis]:
    """The moments of a day's visits, in order."""
    return sorted(
        Millis(midnight + int((low + dice.random() * (high - low)) * MINUTE))
        for low, high in (dice.drawn(_WHEN) for _ in range(count))
    )


_WHEN = Table(((low, high), share) for low, high, share in _HOURS)


def morning(dice: Dice, midnight: Millis, count: int) -> list[Millis]:
    """The visits of the morning on which a demo home is opened."""
    low, high = 8 * 60 + 32, TODAY_UNTIL - 2
    return sorted(
        Millis(midnight + int((low + dice.random() * (high - low)) * MINUTE)) for _ in range(count)
    )


def day_weights(days: Sequence[date], calendar: WorkCalendar, dice: Dice) -> list[float]:
    """How full each day is beside the others."""
    weights = []
    growth = _GROWTH * min(1.0, len(days) / _GROWN_AFTER)
    for place, day in enumerate(days):
        grown = 1 + growth * (place / max(1, len(days) - 1) - 0.5)
        noise = dice.gammavariate(30, 1 / 30)
        weights.append(_day_weight(day, calendar) * grown * noise)
    return weights


def _day_weight(day: date, calendar: WorkCalendar) -> float:
    month = _MONTHS[day.month - 1]
    if not calendar.is_workday(day):
        return month * (_HOLIDAY if _in_holiday(day, calendar) else _WEEKEND[day.weekday() - 5])
    weight = month * _WEEKDAYS[day.weekday()]
    if _rested(day - timedelta(days=1), calendar) and day.weekday() != 0:
        weight *= _AFTER_REST
    if _rested(day + timedelta(days=1), calendar) and day.weekday() != 4:
        weight *= _BEFORE_HOLIDAY
    return weight


def _in_holiday(day: date, calendar: WorkCalendar) -> bool:
    """Whether the days of rest around this one are more than a weekend."""
    for step in (timedelta(days=-1), timedelta(days=1)):
        around = day
        while _rested(around, calendar):
            if around.weekday() < 5:
                return True
            around += step
    return False


def _rested(day: date, calendar: WorkCalendar) -> bool:
    return not calendar.is_workday(day)
