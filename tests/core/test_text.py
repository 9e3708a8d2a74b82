"""What is typed or pasted is cleaned once, and no name is changed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.text import (
    NAME_LIMIT,
    clean_line,
    clean_name,
    clean_text,
    half_width,
    unprintable_characters,
)

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
INVISIBLE = "\x00\x07\u200b\u200d\u200e\u202e\u2066\ufeff\u00ad\ud800"


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_line(once := clean_line(text, limit=1000), limit=1000) == once
    assert clean_text(once := clean_text(text, limit=1000), limit=1000) == once


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_shows_all_it_holds(text: str) -> None:
    line = clean_line(text, limit=1000)
    line.encode("utf-8")
    assert line == line.strip()
    assert not set(line) & set(INVISIBLE + "\n\r\t\x0b\x85\u2028")


@given(ANY_TEXT)
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except UserError:
        return
    assert clean_name(name) == name


@pytest.mark.parametrize("hidden", INVISIBLE)
def test_invisible_characters_go(hidden: str) -> None:
    assert clean_line(f"问{hidden}路", limit=10) == "问路"
    assert clean_name(f"张{hidden}明") == "张明"


def test_line_ends_of_every_system_become_one() -> None:
    assert clean_text("一\r\n二\r三\u2028四 \n", limit=20) == "一\n二\n三\n四"
    assert clean_line("一\r\n二\t三", limit=20) == "一 二 三"


def test_letters_in_two_pieces_become_one() -> None:
    assert clean_line("Jose\u0301", limit=10) == "José"


def test_full_width_letters_of_a_name_are_kept() -> None:
    assert clean_line("Ｔｏｍ①", limit=10) == "Ｔｏｍ①"


def test_text_over_the_limit_is_refused_whole_with_the_limit_in_the_sentence() -> None:
    assert clean_line("字" * 200, limit=200) == "字" * 200
    with pytest.raises(UserError) as refused:
        clean_line("字" * 201, limit=200, label="事由", field="reason")
    assert "事由有201个字，最多可写200个字" in refused.value.sentence
    assert "都还在" in refused.value.sentence
    assert refused.value.field == "reason"


def test_invisible_characters_do_not_count_towards_the_limit() -> None:
    assert clean_line("字\u200b" * 10, limit=10) == "字" * 10


@pytest.mark.parametrize("unit", ["长", "\u200b", "e\u0301", "\r\n"])
def test_a_paste_of_30_megabytes_is_answered_at_once(unit: str) -> None:
    paste = unit * (30_000_000 // len(unit))
    begin = time.perf_counter()
    with pytest.raises(UserError):
        clean_text(paste, limit=2000, label="事由")
    assert time.perf_counter() - begin < 0.1


def test_codes_are_read_at_half_width() -> None:
    assert half_width("１２３－４５　Ａｂ—") == "123-45 Ab-"


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_ascii_is_half_width_already(text: str) -> None:
    assert half_width(text) == text


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", "･", "．", ".", " · ", "··"])
def test_every_dot_between_the_parts_of_a_name_is_the_same(dot: str) -> None:
    assert clean_name(f"买买提{dot}吐尔逊") == "买买提\u00b7吐尔逊"


def test_a_full_stop_in_a_latin_name_is_no_middle_dot() -> None:
    assert clean_name("J.R. Smith") == "J.R. Smith"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张　明", "张明"),
        ("  欧阳 小明 ", "欧阳小明"),
        ("Anna   Maria\tSmith", "Anna Maria Smith"),
        ("𠮷田", "𠮷田"),
        ("བོད་ལྗོངས", "བོད་ལྗོངས"),
        ("\ue863明", "\ue863明"),
    ],
)
def test_a_name_is_kept_in_its_own_script(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["13800001234", "１２３", "---", "3-2-501", "(1)"])
def test_a_name_without_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="姓名里只有数字或符号") as refused:
        clean_name(typed)
    assert refused.value.field == "name"


@pytest.mark.parametrize("typed", ["", "  ", "·", "\u200b"])
def test_an_empty_name_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="还没有填写"):
        clean_name(typed)


def test_a_name_has_its_own_limit() -> None:
    assert len(clean_name("长" * NAME_LIMIT)) == NAME_LIMIT
    with pytest.raises(UserError, match=str(NAME_LIMIT)):
        clean_name("长" * (NAME_LIMIT + 1))


@settings(max_examples=30)
@given(st.text(max_size=20))
def test_a_refusal_never_repeats_what_was_typed(text: str) -> None:
    secret = f"张三{text}"
    with pytest.raises(UserError) as refused:
        clean_line(secret * 20, limit=10)
    assert "张三" not in refused.value.words


def test_characters_others_may_not_see_are_named() -> None:
    assert unprintable_characters("张\ue863明\ue863") == ("\ue863",)
    assert unprintable_characters("张𠮷\U000323af明 Müller·བོད") == ()
