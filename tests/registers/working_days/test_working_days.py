"""The station's own calendar on a real database."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.record import META_FIELDS
from desktop_app.core.rights import Actor, Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.registers.working_days import service
from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.rules import DayOverride, days_of_month
from desktop_app.storage.session import Desk

WEDNESDAY = date(2026, 11, 25)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)


def test_without_changes_the_national_calendar_counts(desk: Desk) -> None:
    calendar = service.calendar(desk)
    assert [calendar.is_workday(day) for day in (WEDNESDAY, SATURDAY)] == [True, False]


def test_a_day_the_station_closes_is_left_out_of_every_limit(desk: Desk) -> None:
    assert service.calendar(desk).add_workdays(date(2026, 11, 23), 3) == date(2026, 11, 26)
    service.set_day(desk, WEDNESDAY, False, "换届选举")
    assert service.calendar(desk).add_workdays(date(2026, 11, 23), 3) == date(2026, 11, 27)
    service.set_day(desk, SATURDAY, True, "便民服务日")
    assert service.calendar(desk).add_workdays(date(2026, 11, 23), 4) == SATURDAY


def test_the_calendar_is_built_anew_only_when_a_day_changes(desk: Desk) -> None:
    service.set_day(desk, WEDNESDAY, False)
    first = service.calendar(desk)
    assert service.calendar(desk) is first
    service.clear_day(desk, WEDNESDAY)
    assert service.calendar(desk).is_workday(WEDNESDAY)


def test_setting_a_day_again_changes_its_one_record(desk: Desk) -> None:
    first = service.set_day(desk, SATURDAY, True, "便民服务日").value
    second = service.set_day(desk, SATURDAY, True, "补班").value
    assert (second.uid, second.revision) == (first.uid, 2)
    saturday = service.month(desk, 2026, 11)[27]
    assert saturday.override == second


def test_a_cleared_day_can_be_set_again(desk: Desk) -> None:
    first = service.set_day(desk, SATURDAY, True).value
    service.clear_day(desk, SATURDAY)
    again = service.set_day(desk, SATURDAY, True).value
    assert again.uid != first.uid
    assert service.calendar(desk).is_workday(SATURDAY)


def test_clearing_a_day_nobody_set_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有单独设置过") as told:
        service.clear_day(desk, WEDNESDAY)
    assert told.value.field == "day"


def test_each_step_can_be_taken_back(desk: Desk) -> None:
    first = service.set_day(desk, SATURDAY, True, "便民服务日")
    second = service.set_day(desk, SATURDAY, False, "停电")
    assert second.undo is not None
    assert first.undo is not None
    second.undo.call(desk)
    assert service.calendar(desk).is_workday(SATURDAY)
    with pytest.raises(Conflict):
        first.undo.call(desk)
    cleared = service.clear_day(desk, SATURDAY)
    assert not service.calendar(desk).is_workday(SATURDAY)
    assert cleared.undo is not None
    cleared.undo.call(desk)
    assert service.month(desk, 2026, 11)[27].override is not None


def test_undoing_the_first_setting_leaves_the_national_calendar(desk: Desk) -> None:
    done = service.set_day(desk, WEDNESDAY, False)
    assert done.undo is not None
    done.undo.call(desk)
    assert service.calendar(desk).is_workday(WEDNESDAY)
    assert all(day.override is None for day in service.month(desk, 2026, 11))


def test_a_month_shows_what_the_country_says_and_what_the_station_says(desk: Desk) -> None:
    service.set_day(desk, SUNDAY, True, "人口普查")
    days = service.month(desk, 2026, 11)
    assert [day.day.day for day in days] == list(range(1, 31))
    sunday = days[28]
    assert (sunday.is_workday, sunday.nationally) == (True, False)
    assert sunday.override is not None
    assert sunday.override.reason == "人口普查"
    assert sum(day.is_workday for day in days) == sum(day.nationally for day in days) + 1


def test_a_month_of_the_far_future_says_that_its_holidays_are_not_known() -> None:
    after = WorkCalendar().known_until + timedelta(days=1)
    assert not any(day.known for day in days_of_month(after.year, after.month, {}))
    assert all(day.known for day in days_of_month(2026, 10, {}))


@settings(max_examples=40)
@given(
    st.integers(2004, 2100),
    st.integers(1, 12),
    st.dictionaries(st.integers(1, 28), st.booleans(), max_size=5),
)
def test_a_month_and_the_calendar_never_disagree(
    year: int, month: int, changes: dict[int, bool]
) -> None:
    overrides = {
        date(year, month, number): DayOverride(
            uid=UUID(int=number), station="QR01", day=date(year, month, number), is_workday=works
        )
        for number, works in changes.items()
    }
    calendar = WorkCalendar({day: known.is_workday for day, known in overrides.items()})
    for shown in days_of_month(year, month, overrides):
        assert shown.is_workday == calendar.is_workday(shown.day)


def test_every_attribute_is_described_once() -> None:
    names = [field.name for field in KIND.fields]
    assert sorted([*names, *META_FIELDS]) == sorted(DayOverride.__dataclass_fields__)


def test_a_day_outside_any_calendar_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="太早或太晚"):
        service.set_day(desk, date(1000, 1, 1), True)
    assert service.calendar(desk).is_workday(WEDNESDAY)


def test_only_who_looks_after_the_station_changes_its_days(desk: Desk) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.REGISTER}))
    seat = Desk(desk.database, clerk)
    with pytest.raises(NotAllowed):
        service.set_day(seat, WEDNESDAY, False)
    assert service.calendar(seat).is_workday(WEDNESDAY)
