"""Limits are counted in working days, and a pause stops the clock."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.workdays import Pause, WorkCalendar

DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))
NEAR_DAYS = st.dates(date(2025, 9, 1), date(2026, 3, 31))
LIMITS = st.integers(0, 120)
OVERRIDES = st.dictionaries(NEAR_DAYS, st.booleans(), max_size=20)
CALENDAR = WorkCalendar()


@st.composite
def some_pauses(draw: st.DrawFn) -> list[Pause]:
    found: list[Pause] = []
    for first in draw(st.lists(NEAR_DAYS, max_size=4)):
        found.append((first, first + timedelta(days=draw(st.integers(0, 40)))))
    return found


def days(first: date, last: date) -> Iterator[date]:
    while first < last:
        first += timedelta(days=1)
        yield first


def due_day_by_hand(calendar: WorkCalendar, start: date, limit: int, pauses: list[Pause]) -> date:
    """Walks day by day, as a clerk would with a finger on the wall calendar."""
    day, left = start, limit
    while left:
        day += timedelta(days=1)
        held = any(last is not None and first < day <= last for first, last in pauses)
        left -= calendar.is_workday(day) and not held
    return day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),  # a Sunday worked for 春节 2024
        (date(2024, 2, 12), False),  # 春节 2024, a Monday
        (date(2025, 10, 1), False),  # 国庆, a Wednesday
        (date(2025, 9, 28), True),  # a Sunday worked for 国庆 2025
        (date(2026, 1, 1), False),
        (date(2025, 11, 21), True),
        (date(2025, 11, 22), False),
    ],
)
def test_holidays_and_worked_weekends_follow_the_national_notice(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_beyond_the_last_notice_only_weekends_rest() -> None:
    monday = date(CALENDAR.known_until.year + 1, 10, 1)
    monday -= timedelta(days=monday.weekday())
    week = [CALENDAR.is_workday(monday + timedelta(days=number)) for number in range(7)]
    assert week == [True] * 5 + [False] * 2


def test_the_calendar_says_until_when_it_knows_the_holidays() -> None:
    assert (CALENDAR.known_until.month, CALENDAR.known_until.day) == (12, 31)
    assert CALENDAR.known_until.year >= 2026


def test_what_the_station_entered_wins() -> None:
    typhoon, saturday = date(2025, 11, 20), date(2025, 11, 22)
    station = WorkCalendar({typhoon: False, saturday: True})
    assert not station.is_workday(typhoon)
    assert station.is_workday(saturday)
    assert station.add_workdays(date(2025, 11, 19), 2) == saturday


def test_the_day_of_registering_does_not_count() -> None:
    friday = date(2025, 11, 21)
    assert CALENDAR.due_day(friday, 1) == date(2025, 11, 24)
    assert CALENDAR.due_day(friday, 5) == date(2025, 11, 28)


def test_a_limit_of_no_days_is_due_the_same_day() -> None:
    sunday = date(2025, 11, 23)
    assert CALENDAR.due_day(sunday, 0) == sunday
    assert CALENDAR.due_day(sunday, 0, [(sunday, None)]) == sunday


def test_days_while_material_is_missing_do_not_count() -> None:
    monday = date(2025, 11, 17)
    # Tuesday counts; nothing from Wednesday to next Monday; Tuesday and Wednesday count.
    paused = [(date(2025, 11, 18), date(2025, 11, 24))]
    assert CALENDAR.due_day(monday, 3, paused) == date(2025, 11, 26)


def test_a_limit_that_waits_for_material_has_no_due_day() -> None:
    assert CALENDAR.due_day(date(2025, 11, 17), 3, [(date(2025, 11, 18), None)]) is None


def test_a_pause_after_the_due_day_changes_nothing() -> None:
    monday = date(2025, 11, 17)
    assert CALENDAR.due_day(monday, 3, [(date(2025, 11, 20), None)]) == date(2025, 11, 20)


def test_a_pause_that_ends_before_it_begins_is_a_bug() -> None:
    backwards = [(date(2025, 11, 19), date(2025, 11, 18))]
    with pytest.raises(ValueError, match="pause"):
        CALENDAR.due_day(date(2025, 11, 17), 9, backwards)


def test_a_negative_limit_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_workdays(date(2025, 11, 17), -1)


@given(DAYS, LIMITS)
def test_counting_forward_and_counting_between_are_inverse(start: date, count: int) -> None:
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, count)) == count


@given(DAYS, st.integers(1, 120))
def test_a_due_day_is_a_workday_and_never_early(start: date, count: int) -> None:
    due = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(due)
    assert CALENDAR.workdays_between(start, due - timedelta(days=1)) == count - 1


@given(DAYS, DAYS)
def test_days_overdue_are_days_to_go_with_the_other_sign(one: date, other: date) -> None:
    assert CALENDAR.workdays_between(one, other) == -CALENDAR.workdays_between(other, one)


@settings(max_examples=50)
@given(NEAR_DAYS, NEAR_DAYS, OVERRIDES)
def test_days_between_are_the_workdays_on_the_wall(
    one: date, other: date, overrides: dict[date, bool]
) -> None:
    start, end = sorted((one, other))
    calendar = WorkCalendar(overrides)
    by_hand = sum(calendar.is_workday(day) for day in days(start, end))
    assert calendar.workdays_between(start, end) == by_hand


@settings(max_examples=100)
@given(NEAR_DAYS, st.integers(0, 40), some_pauses(), OVERRIDES)
def test_a_due_day_with_pauses_is_the_one_counted_by_hand(
    start: date, limit: int, pauses: list[Pause], overrides: dict[date, bool]
) -> None:
    calendar = WorkCalendar(overrides)
    expected = due_day_by_hand(calendar, start, limit, pauses)
    assert calendar.due_day(start, limit, pauses) == expected


@settings(max_examples=60)
@given(NEAR_DAYS, some_pauses())
def test_a_longer_limit_is_never_due_earlier(start: date, pauses: list[Pause]) -> None:
    due = [CALENDAR.due_day(start, limit, pauses) for limit in range(30)]
    known = [day for day in due if day is not None]
    assert len(known) == len(due)
    assert all(earlier <= later for earlier, later in pairwise(known))


@settings(max_examples=60)
@given(NEAR_DAYS, LIMITS, some_pauses())
def test_a_pause_never_brings_the_due_day_forward(
    start: date, limit: int, pauses: list[Pause]
) -> None:
    plain, paused = CALENDAR.due_day(start, limit), CALENDAR.due_day(start, limit, pauses)
    assert plain is not None
    assert paused is not None
    assert paused >= plain


def test_a_due_day_takes_under_20_microseconds() -> None:
    start, pauses = date(2025, 11, 17), [(date(2025, 11, 18), date(2025, 11, 24))]
    CALENDAR.due_day(start, 60, pauses)
    rounds = []
    for _ in range(5):
        begin = time.perf_counter()
        for _ in range(200):
            CALENDAR.due_day(start, 60, pauses)
        rounds.append((time.perf_counter() - begin) / 200)
    assert min(rounds) < 20e-6


def test_the_holiday_data_is_not_loaded_before_a_day_is_counted() -> None:
    script = (
        "import sys; from desktop_app.core.workdays import WorkCalendar; WorkCalendar({}); "
        "sys.exit('chinese_calendar' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
