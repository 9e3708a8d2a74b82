"""Chinese lines end where they may, are no wider than their measure, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.printing.line_ends import (
    MOST_SQUEEZE,
    NEVER_FIRST,
    NEVER_LAST,
    Line,
    break_lines,
    may_break,
)

EM = 16.0


def _widths(text: str) -> list[float]:
    return [EM if ord(sign) > 0x2000 else EM / 2 for sign in text]


def _lines(text: str, characters: float) -> list[Line]:
    measure = characters * EM
    return break_lines(text, _widths(text), EM, measure, measure, [True] * len(text))


def _broken(text: str, characters: float) -> list[str]:
    lines = _lines(text, characters)
    return [text[line.start : line.end] for line in lines]


def _width(text: str, line: Line) -> float:
    """What the line takes by its own account of half signs and squeezing."""
    widths = _widths(text)[line.start : line.end]
    gaps = max(0, len(widths) - 1)
    return sum(widths) - 0.5 * EM * len(line.halves) - line.squeeze * gaps


def test_a_line_is_filled_with_characters() -> None:
    assert _broken("一二三四五六七八九十", 4) == ["一二三四", "五六七八", "九十"]


def test_a_comma_is_taken_in_where_a_little_room_is_enough() -> None:
    text = "甲" * 28 + "，" + "乙" * 27
    assert _broken(text, 28) == ["甲" * 28 + "，", "乙" * 27]
    first = _lines(text, 28)[0]
    assert 0 < first.squeeze <= MOST_SQUEEZE * EM


def test_where_room_is_not_enough_the_last_character_moves_down() -> None:
    assert _broken("一二三四，五六七", 4) == ["一二三", "四，五六", "七"]


def test_an_opening_sign_moves_down_with_what_it_opens() -> None:
    assert _broken("一二三四（五六）", 5) == ["一二三四", "（五六）"]
    assert _broken("一二三“《四》五”", 5)[0] == "一二三"


def test_dashes_and_dots_of_two_stay_together() -> None:
    assert _broken("一二三——四", 4) == ["一二三", "——四"]
    assert _broken("一二三四……五六七", 5) == ["一二三", "四……五六", "七"]


def test_neighbouring_signs_share_their_gap() -> None:
    text = "他说：“好。”"
    (line,) = _lines(text, 20)
    assert [text[place] for place in line.halves] == ["：", "。"]
    assert line.width == (len(text) - 2 * 0.5) * EM
    (plain,) = break_lines(text, _widths(text), EM, 20 * EM, 20 * EM)
    assert (plain.halves, plain.width) == ((), len(text) * EM)


def test_words_and_numbers_stay_whole_where_a_line_can_hold_them() -> None:
    assert _broken("电话13800138000号", 6) == ["电话", "13800138000", "号"]
    assert _broken("占45.7%。", 3) == ["占", "45.7%。"]


def test_what_no_line_can_hold_is_broken_and_begins_where_it_stands() -> None:
    lines = _broken("网址" + "x" * 5000, 10)
    assert "".join(lines) == "网址" + "x" * 5000
    assert len(lines[0]) == 18
    assert {len(line) for line in lines[1:-1]} == {20}


def test_spaces_hang_at_the_end_and_never_begin_a_line() -> None:
    assert _broken("hello   world", 3) == ["hello", "world"]
    assert _broken("一二   三四", 2) == ["一二", "三四"]


def test_a_lone_last_character_is_taken_in() -> None:
    text = "甲" * 28 + "，" + "乙" * 26 + "了。"
    assert _broken("，".join(["甲" * 9] * 3) + "了。", 30)[-1] != "。"
    assert _broken(text, 28)[-1] == "乙" * 26 + "了。"


def test_an_empty_text_is_one_empty_line() -> None:
    assert break_lines("", [], EM, 100, 100) == [Line(0, 0, 0, 0.0)]


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "一二三张𬭎的了，。、；：？！（）《》“”‘’——……·％ 　0123456789abcXYZ.,-/%()"
        ),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=120,
)


@given(TEXT, st.floats(1.0, 30.0), st.floats(0.0, 2.0))
def test_nothing_is_lost_but_spaces_at_ends(text: str, characters: float, indent: float) -> None:
    widths = _widths(text)
    rest = characters * EM
    lines = break_lines(text, widths, EM, max(EM, rest - indent * EM), rest, [True] * len(text))
    place = 0
    for line in lines:
        assert line.start == place
        assert not text[line.end : line.following].strip()
        place = line.following
    assert place == len(text)


@given(TEXT, st.floats(1.0, 30.0))
def test_no_line_is_wider_than_the_measure(text: str, characters: float) -> None:
    for line in _lines(text, characters):
        if line.end - line.start > 1:
            assert line.width <= characters * EM + 1e-6
            # The white half of a closing sign at the end may stand out.
            assert _width(text, line) <= line.width + 0.5 * EM + 1e-6


@given(TEXT, st.floats(6.0, 30.0))
def test_no_line_begins_or_ends_wrongly_where_another_end_was_possible(
    text: str, characters: float
) -> None:
    lines = _lines(text, characters)
    for line in lines[:-1]:
        at = line.following
        before, after = text[at - 1], text[at]
        if after in NEVER_FIRST or (before in NEVER_LAST and line.end == at):
            possible = [end for end in range(line.start + 1, at) if may_break(text, end)]
            assert possible == [], (text[line.start : at], text[at:])


@pytest.mark.parametrize("sign", sorted("，。、；：？！）》”’…％"))
def test_no_closing_sign_begins_a_line_in_running_text(sign: str) -> None:
    text = ("居民反映问题" + sign) * 60
    for characters in range(8, 30):
        assert all(line[0] != sign for line in _broken(text, characters))
