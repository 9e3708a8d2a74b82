"""Into which year of an agreement a day falls, and when a quarter has to be reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.station.co_building.rules import quarter_to_report, year_of

D = date


@pytest.mark.parametrize(
    ("starts", "ends", "today", "year"),
    [
        (D(2026, 3, 1), D(2027, 2, 28), D(2026, 3, 1), (D(2026, 3, 1), D(2027, 2, 28))),
        (D(2026, 3, 1), D(2027, 2, 28), D(2026, 1, 5), (D(2026, 3, 1), D(2027, 2, 28))),
        (D(2025, 3, 1), D(2028, 2, 29), D(2026, 11, 23), (D(2026, 3, 1), D(2027, 2, 28))),
        (D(2025, 3, 1), D(2026, 12, 31), D(2030, 1, 1), (D(2026, 3, 1), D(2026, 12, 31))),
        (D(2025, 3, 1), None, D(2026, 2, 28), (D(2025, 3, 1), D(2026, 2, 28))),
        (D(2024, 2, 29), None, D(2025, 3, 1), (D(2025, 3, 1), D(2026, 2, 28))),
    ],
)
def test_promises_are_counted_from_the_first_day_of_the_agreement(
    starts: date, ends: date | None, today: date, year: tuple[date, date]
) -> None:
    assert year_of(starts, ends, today) == year


days = st.dates(D(2015, 1, 1), D(2040, 12, 31))


@given(starts=days, long=st.integers(0, 3000), today=days)
def test_every_day_of_an_agreement_lies_in_the_year_it_falls_into(
    starts: date, long: int, today: date
) -> None:
    ends = starts + timedelta(days=long)
    first, last = year_of(starts, ends, today)
    assert starts <= first <= last <= ends
    assert (last - first).days <= 366
    if starts <= today <= ends:
        assert first <= today <= last


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (D(2026, 10, 1), (2026, 3)),
        (D(2026, 10, 10), (2026, 3)),
        (D(2026, 10, 11), None),
        (D(2027, 1, 4), (2026, 4)),
        (D(2026, 11, 23), None),
    ],
)
def test_a_quarter_is_reported_in_the_first_days_after_it(
    today: date, quarter: tuple[int, int] | None
) -> None:
    assert quarter_to_report(today) == quarter
