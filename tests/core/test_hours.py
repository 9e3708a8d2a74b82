"""Hours are whole minutes until they are written down, and then never more than was served."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.hours import HOURS_RULE, folded, hours_words

MINUTES = st.integers(min_value=0, max_value=10_000_000)


@pytest.mark.parametrize(
    ("minutes", "words", "hours"),
    [
        (0, "0分", "0.0"),
        (5, "5分", "0.0"),
        (6, "6分", "0.1"),
        (59, "59分", "0.9"),
        (60, "1小时", "1.0"),
        (750, "12小时30分", "12.5"),
        (1439, "23小时59分", "23.9"),
        (60_000, "1000小时", "1000.0"),
    ],
)
def test_minutes_are_told_to_the_minute_and_folded_by_the_rule(
    minutes: int, words: str, hours: str
) -> None:
    assert hours_words(minutes) == words
    assert folded(minutes) == hours


@given(MINUTES)
def test_paper_never_says_more_than_was_served_nor_six_minutes_less(minutes: int) -> None:
    whole, tenth = folded(minutes).split(".")
    said = int(whole) * 60 + int(tenth) * 6
    assert 0 <= minutes - said < 6
    assert "不足6分钟" in HOURS_RULE


@given(MINUTES)
def test_words_lose_no_minute(minutes: int) -> None:
    hours, _, rest = hours_words(minutes).rpartition("小时")
    assert int(hours or 0) * 60 + int(rest.removesuffix("分") or 0) == minutes


@pytest.mark.parametrize("told", [hours_words, folded])
def test_less_than_no_time_is_a_bug(told: object) -> None:
    with pytest.raises(ValueError, match="less than no time"):
        told(-1)  # type: ignore[operator]
