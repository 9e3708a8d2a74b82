"""A time of day is understood however it is typed."""

from __future__ import annotations

import pytest

from desktop_app.core.clock_text import clock_words, parse_clock


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", (9, 30)),
        ("９：３０", (9, 30)),
        ("930", (9, 30)),
        ("0930", (9, 30)),
        ("1405", (14, 5)),
        ("14", (14, 0)),
        ("9点", (9, 0)),
        ("9点半", (9, 30)),
        ("14时05分", (14, 5)),
        ("下午3点", (15, 0)),
        ("下午 3:30", (15, 30)),
        ("晚上7点半", (19, 30)),
        ("中午12点", (12, 0)),
        ("中午1点", (13, 0)),
        ("上午9:30", (9, 30)),
        ("下午14:00", (14, 0)),
        ("0:00", (0, 0)),
        ("23:59", (23, 59)),
    ],
)
def test_a_time_is_read(typed: str, meant: tuple[int, int]) -> None:
    assert parse_clock(typed) == meant


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "早上", "九点", "9:3:0", "12345", "-1"])
def test_what_is_no_time_means_nothing(typed: str) -> None:
    assert parse_clock(typed) is None


def test_a_time_is_written_with_two_digits() -> None:
    assert clock_words((9, 5)) == "09:05"
