"""Dates as they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.day_text import EARLIEST, LATEST, parse_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20261123", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026.3.5", date(2026, 3, 5)),
        ("2026/3/05", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("11-23", date(2026, 11, 23)),
        ("3月5日", date(2026, 3, 5)),
        ("２０２６－１１－２３", date(2026, 11, 23)),
        (" 2024-2-29 ", date(2024, 2, 29)),
        ("昨天", date(2026, 11, 22)),
        ("后天", date(2026, 11, 25)),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13-01", "2026-2-29", "1899-12-31", "明年", "112", "2026-11-23x1"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_day(text, TODAY) is None


@given(st.dates(EARLIEST, LATEST))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day
    assert parse_day(day.strftime("%Y%m%d"), TODAY) == day


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    day = parse_day(text, TODAY)
    assert day is None or EARLIEST <= day <= LATEST
