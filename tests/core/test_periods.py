"""A reporting period is a month, a quarter, half a year or a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.periods import Period, PeriodKind, parse_period, period_of

DAYS = st.dates(date(1901, 1, 1), date(2198, 12, 31))
KINDS = st.sampled_from(PeriodKind)


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026年10月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_period_is_read_with_both_its_ends(
    text: str, first: date, last: date, label: str
) -> None:
    period = parse_period(text)
    assert (period.first, period.last, period.label) == (first, last, label)
    assert str(period) == text


@pytest.mark.parametrize("text", [" 2026-q3 ", "２０２６－Ｑ３"])
def test_a_period_may_be_typed_carelessly(text: str) -> None:
    assert parse_period(text) == Period(2026, PeriodKind.QUARTER, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-0",
        "2026-Q5",
        "2026-Q0",
        "2026-H3",
        "26-10",
        "2026-10-1",
        "九月",
        "1000",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_period(text)
    assert refused.value.field == "period"
    assert refused.value.sentence.endswith("。")


@given(DAYS, KINDS)
def test_every_day_lies_in_exactly_one_period_of_a_kind(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert day in period
    assert period.first - timedelta(days=1) not in period
    assert period.last + timedelta(days=1) not in period
    assert period_of(period.first, kind) == period == period_of(period.last, kind)


@given(DAYS, KINDS)
def test_a_period_reads_back_from_its_own_text(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert parse_period(str(period)) == period


@given(DAYS, KINDS)
def test_the_previous_period_ends_the_day_before(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert period.previous.kind is kind
    assert period.previous.last == period.first - timedelta(days=1)


@given(DAYS, KINDS)
def test_the_same_period_last_year_begins_on_the_same_day(day: date, kind: PeriodKind) -> None:
    period = period_of(day, kind)
    assert period.same_last_year.first == period.first.replace(year=period.year - 1)


@pytest.mark.parametrize(
    ("period", "parts"),
    [
        ("2026", ["2026-H1", "2026-H2"]),
        ("2026-H2", ["2026-Q3", "2026-Q4"]),
        ("2026-Q3", ["2026-07", "2026-08", "2026-09"]),
        ("2026-07", []),
    ],
)
def test_a_period_is_made_of_the_next_shorter_ones(period: str, parts: list[str]) -> None:
    assert [str(part) for part in parse_period(period).parts] == parts


@pytest.mark.parametrize("period", ["2026", "2026-H2", "2026-Q4", "2026-12"])
def test_after_a_period_comes_the_one_before_which_it_is(period: str) -> None:
    made = parse_period(period)
    assert made.following.previous == made
    assert made.following.first.year == 2027
    assert (made.months[0].first, made.months[-1].last) == (made.first, made.last)
