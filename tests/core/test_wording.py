"""One term for each thing; days, numbers and spans as the screens and the paper say them."""

from __future__ import annotations

import ast
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core import wording
from desktop_app.core.clock import Millis, Zone
from desktop_app.core.wording import AVOIDED, Term
from tests.architecture import sources

ZONE = Zone()
TODAY = date(2026, 11, 23)
MONDAY_AFTERNOON = ZONE.at(TODAY, 14, 5)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def test_lists_and_paper_write_a_moment_each_in_its_way() -> None:
    assert wording.list_moment(MONDAY_AFTERNOON, ZONE) == "11月23日 周一 14:05"
    assert wording.paper_moment(MONDAY_AFTERNOON, ZONE) == "2026年11月23日 14:05"
    assert wording.paper_day(date(2026, 3, 5)) == "2026年3月5日"
    assert wording.minute(ZONE.at(TODAY, 9, 7), ZONE) == "09:07"


def test_the_day_is_the_stations_not_that_of_greenwich() -> None:
    late_evening_in_greenwich = Millis(ZONE.at(date(2026, 11, 24), 0, 30))
    assert wording.list_moment(late_evening_in_greenwich, ZONE) == "11月24日 周二 00:30"


def test_another_years_day_names_its_year() -> None:
    assert wording.list_day(date(2025, 11, 23), today=TODAY) == "2025年11月23日 周日"
    assert wording.list_day(date(2026, 1, 1), today=TODAY) == "1月1日 周四"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (999, "999"), (9_999, "9999"), (10_000, "10,000"), (-12_345, "-12,345")],
)
def test_numbers_are_grouped_only_from_ten_thousand(value: int, words: str) -> None:
    assert wording.number(value) == words


def test_nothing_counted_never_looks_like_zero() -> None:
    assert wording.figure(0) == "0"
    assert wording.figure(None) == "未统计"
    assert wording.share(0, 0) == "未统计"
    assert wording.share(0, 7) == "0.0%"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 2, "50.0%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (7, 7, "100.0%"), (1, 8, "12.5%")],
)
def test_a_share_has_one_decimal(part: int, whole: int, words: str) -> None:
    assert wording.share(part, whole) == words


@settings(max_examples=80)
@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_share_is_whole_or_nothing_only_when_it_is_exactly_so(part: int, whole: int) -> None:
    part = min(part, whole)
    words = wording.share(part, whole)
    assert (words == "100.0%") == (part == whole)
    assert (words == "0.0%") == (part == 0)
    assert abs(float(words.rstrip("%")) - part * 100 / whole) <= 0.1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "今天"),
        (date(2026, 11, 22), "昨天"),
        (date(2026, 11, 20), "3天前"),
        (date(2026, 10, 24), "30天前"),
        (date(2026, 10, 23), "10月"),
        (date(2026, 5, 1), "5月"),
        (date(2025, 12, 31), "2025年12月"),
        (date(2026, 11, 25), "11月25日 周三"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(day: date, words: str) -> None:
    assert wording.days_ago(day, TODAY) == words


@settings(max_examples=80)
@given(DAYS, st.integers(0, 4000))
def test_how_long_ago_always_fits_a_narrow_column(today: date, days: int) -> None:
    words = wording.days_ago(today - timedelta(days=days), today)
    assert 0 < len(words) <= len("2025年12月")


@pytest.mark.parametrize(
    ("left", "words"), [(0, "今天到期"), (3, "还剩3个工作日"), (-2, "超时2个工作日")]
)
def test_what_is_left_of_a_limit_is_said_in_working_days(left: int, words: str) -> None:
    assert wording.due(left) == words


def test_no_thing_has_two_terms_and_no_term_two_things() -> None:
    assert len({term.value for term in Term}) == len(Term.__members__)
    assert not {term.value for term in Term} & set(AVOIDED)


def test_no_sentence_of_the_program_uses_a_word_it_avoids() -> None:
    found = [
        f"{sources.name_of(path)}:{node.lineno} {word}, say {AVOIDED[word]}"
        for path in sources.python_files("desktop_app")
        # What people write in their old sheets is read there.
        if path.name not in {"wording.py", "sheet.py", "headings.py"}
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in AVOIDED
        if word in node.value
    ]
    assert found == []


def test_the_search_for_avoided_words_would_find_one() -> None:
    path = next(p for p in sources.python_files("desktop_app") if p.name == "wording.py")
    words = {
        node.value
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(AVOIDED) <= words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "今天"), (1, "昨天"), (2, "2天前"), (37, "37天前"), (400, "400天前")]
)
def test_what_is_waited_for_is_told_in_days(days: int, words: str) -> None:
    assert wording.waited(TODAY - timedelta(days=days), TODAY) == words
