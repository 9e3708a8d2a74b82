"""A day on which the station works although the country rests, or the other way round. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.day_text import EARLIEST, LATEST
from desktop_app.core.errors import UserError
from desktop_app.core.record import Record
from desktop_app.core.text import clean_line
from desktop_app.core.workdays import WorkCalendar

REASON_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class DayOverride(Record):
    """What the station says of one day; it wins over the national calendar."""

    day: date
    is_workday: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day as the calendar screen shows it.

    `nationally` is what the national calendar says; `override` what the station says, if anything;
    `known` is False beyond the last holiday notice, where only weekends are known to be free.
    """

    day: date
    is_workday: bool
    nationally: bool
    known: bool
    override: DayOverride | None


def checked_override(override: DayOverride) -> DayOverride:
    """The override as it may be saved; raises `UserError`."""
    if not EARLIEST <= override.day <= LATEST:
        raise UserError("这个日期太早或太晚，没有保存。", "请核对年份。", field="day")
    reason = clean_line(override.reason, limit=REASON_LIMIT, label="原因", field="reason")
    return replace(override, reason=reason)


def days_of_month(
    year: int, month: int, overrides: Mapping[date, DayOverride]
) -> tuple[MonthDay, ...]:
    """Every day of a month; `ValueError` for a month there is none of."""
    national = WorkCalendar()
    days = []
    day = date(year, month, 1)
    while day.month == month:
        override = overrides.get(day)
        nationally = national.is_workday(day)
        days.append(
            MonthDay(
                day=day,
                is_workday=nationally if override is None else override.is_workday,
                nationally=nationally,
                known=day <= national.known_until,
                override=override,
            )
        )
        day += timedelta(days=1)
    return tuple(days)
