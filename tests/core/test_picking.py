"""A short list is searched as people type: characters, initials, full pinyin, several words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.picking import pick

NAMES = ["医保异地就医备案帮办", "居住证申领帮办", "长者食堂用餐登记", "电梯故障与维修协调"]


def picked(text: str) -> list[str]:
    return pick(NAMES, text, lambda name: (name,))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("yb", "医保异地就医备案帮办"),
        ("ydjy", "医保异地就医备案帮办"),
        ("异地", "医保异地就医备案帮办"),
        ("JZZ", "居住证申领帮办"),
        ("juzhuzheng", "居住证申领帮办"),
        ("zzst", "长者食堂用餐登记"),
        ("czst", "长者食堂用餐登记"),
        ("食堂 登记", "长者食堂用餐登记"),
        ("dt 维修", "电梯故障与维修协调"),
    ],
)
def test_what_people_type_finds_the_entry(typed: str, first: str) -> None:
    assert picked(typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["医保缴费", "ybjf", "cxjmjf"])
def test_what_people_leave_out_of_a_long_name_is_not_missed(typed: str) -> None:
    names = ["医保报销咨询", "城乡居民医保参保缴费帮办"]
    assert pick(names, typed, lambda name: (name,)) == ["城乡居民医保参保缴费帮办"]


def test_a_name_that_holds_the_word_comes_before_one_that_scatters_it() -> None:
    names = ["医保参保缴费", "代办医保缴费"]
    assert pick(names, "ybjf", lambda name: (name,)) == ["代办医保缴费", "医保参保缴费"]


def test_letters_never_start_inside_a_syllable() -> None:
    assert pick(["青榕雅苑", "桂园公寓"], "gy", lambda name: (name,)) == ["桂园公寓"]


def test_an_entry_that_begins_with_the_word_comes_before_one_that_holds_it() -> None:
    assert pick(["帮办居住证", "居住证明"], "jz", lambda name: (name,)) == [
        "居住证明",
        "帮办居住证",
    ]
    assert pick(["办居住", "居住证"], "居住", lambda name: (name,)) == ["居住证", "办居住"]


def test_no_text_leaves_the_list_as_it_is_and_an_unknown_word_empties_it() -> None:
    assert picked("  ") == NAMES
    assert picked("zzzz") == []


def test_words_may_fit_different_names_of_one_entry() -> None:
    entries = [("电梯", "物业"), ("电梯", "安全")]
    assert pick(entries, "安全 dt", lambda entry: entry) == [("电梯", "安全")]


@settings(max_examples=60)
@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=12))
def test_any_text_picks_from_the_list_and_invents_nothing(names: list[str], text: str) -> None:
    found = pick(names, text, lambda name: (name,))
    assert all(names.count(name) >= found.count(name) for name in found)
