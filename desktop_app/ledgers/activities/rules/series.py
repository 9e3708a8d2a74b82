"""Activities that come back: the days of a series, and copies of an earlier activity. Pure."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.core.errors import UserError
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities.rules.activity import Every, Repeat
from desktop_app.ledgers.activities.rules.entry import ActivityForm

MOST_AT_ONCE = 60
MOST_STEP = 12


def checked_repeat(repeat: Repeat, times: int) -> Repeat:
    """The rule, if it can be used to make `times` more; raises `UserError`."""
    if not 1 <= repeat.step <= MOST_STEP:
        raise UserError("重复的间隔不对，没有生成。", f"请填1到{MOST_STEP}之间的数。", field="step")
    if not 1 <= times <= MOST_AT_ONCE:
        raise UserError(
            "生成的场次不对，没有生成。", f"请填1到{MOST_AT_ONCE}之间的数。", field="times"
        )
    return repeat


def day_of(repeat: Repeat, occurrence: int, works: WorkCalendar) -> date:
    """The day of one activity of a series; `occurrence` 0 is the anchor itself.

    A month without that day (31) has its last one, a month without a fifth Saturday its fourth.
    """
    day = _plain_day(repeat, occurrence)
    if repeat.workdays and occurrence and not works.is_workday(day):
        return works.add_workdays(day, 1)
    return day


def _plain_day(repeat: Repeat, occurrence: int) -> date:
    anchor, steps = repeat.anchor, repeat.step * occurrence
    if repeat.every is Every.WEEKS:
        return anchor + timedelta(weeks=steps)
    year, month = month_after(anchor.year, anchor.month, steps)
    if repeat.every is Every.MONTH_DAY:
        return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))
    return same_weekday(anchor, year, month)


def month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months later (or earlier)."""
    whole = year * 12 + month - 1 + months
    return whole // 12, whole % 12 + 1


def same_weekday(day: date, year: int, month: int) -> date:
    """The second Saturday of another month for a second Saturday; the last when there are fewer."""
    first, days = calendar.monthrange(year, month)
    found = 1 + (day.weekday() - first) % 7 + (day.day - 1) // 7 * 7
    return date(year, month, found if found <= days else found - 7)


def moved_to(form: ActivityForm, day: date) -> ActivityForm:
    """The same plan on another day, at the same times."""
    assert form.day is not None, "a form of a known activity"
    length = (form.ends_on or form.day) - form.day
    return replace(form, day=day, ends_on=day + length)
