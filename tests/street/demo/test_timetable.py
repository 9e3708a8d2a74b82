"""When the stations of a demo street join and report: on working days, in order, all of them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from desktop_app.core.workdays import WorkCalendar
from desktop_app.street.demo.rules import Dealings, Trouble, months_before, timetable

TODAY = date(2026, 11, 23)
CODES = [f"QR{number:02d}" for number in range(48)]


def dealings(months: int, **troubles: Trouble) -> list[Dealings]:
    return timetable(CODES, TODAY, months, WorkCalendar(), troubles)


def days_of(one: Dealings) -> list[date]:
    reports = [day for report in one.reports for day in (report.made, report.back)]
    return [one.asks, one.joins, *reports]


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 1), date(2026, 10, 9), date(2027, 1, 2)])
@pytest.mark.parametrize("months", [1, 2, 3, 4, 12, 74])
def test_everything_happens_on_working_days_in_order_before_today(months: int, today: date) -> None:
    calendar = WorkCalendar()
    for one in timetable(CODES, today, months, calendar, {}):
        days = days_of(one)
        assert days == sorted(days)
        assert len({one.asks, one.joins, *(report.made for report in one.reports)}) == (
            2 + len(one.reports)
        )
        assert all(calendar.is_workday(day) for day in days)
        assert months_before(today, months) < days[0] <= days[-1] < today
        assert one.ready


def test_every_month_but_the_last_is_taken_in_three_at_most() -> None:
    counts = {months: {len(one.reports) for one in dealings(months)} for months in (1, 2, 3, 12)}

    assert counts == {1: {0}, 2: {1}, 3: {2}, 12: {3}}


def test_nobody_s_last_report_is_older_than_six_weeks_or_younger_than_three() -> None:
    for one in dealings(12):
        assert 21 <= (TODAY - one.reports[-1].made).days <= 42


def test_stations_join_by_and_by_and_report_on_several_days() -> None:
    asked = Counter(one.asks for one in dealings(12))
    last = Counter(one.reports[-1].made for one in dealings(12))

    assert len(asked) == 12
    assert max(asked.values()) == 4
    assert len(last) == 5


def test_each_trouble_shows_in_the_days_of_its_station() -> None:
    by_code = {
        one.code: one
        for one in dealings(
            12,
            QR00=Trouble.SILENT,
            QR01=Trouble.LATE,
            QR02=Trouble.CLOCK,
            QR03=Trouble.FORKED,
        )
    }
    silent, late, clock, forked = (by_code[f"QR0{number}"] for number in range(4))

    assert (len(silent.reports), silent.ready) == (1, False)
    assert (len(late.reports), late.ready) == (1, True)
    assert clock.wrong_clock is not None
    assert clock.wrong_clock < clock.reports[-1].made
    assert forked.backed_up is not None
    assert forked.elsewhere is not None
    # The street takes in one more report of the first PC, from which the other PC differs.
    assert forked.reports[-2].made < forked.backed_up < forked.reports[-1].made < forked.elsewhere
    assert Counter((one.wrong_clock, one.backed_up) for one in by_code.values())[None, None] == 46


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 23), 1, date(2026, 10, 23)),
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 11, 23), 74, date(2020, 9, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2026, 1, 5), 1, date(2025, 12, 5)),
        (date(2026, 5, 31), 1, date(2026, 4, 30)),
    ],
)
def test_so_many_months_earlier_is_the_same_day_or_the_last_there_is(
    day: date, months: int, earlier: date
) -> None:
    assert months_before(day, months) == earlier
