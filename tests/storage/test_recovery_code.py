"""A recovery code survives paper, handwriting and a hurried typist, or says where it did not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.storage import recovery_code

secrets = st.binary(min_size=17, max_size=17)
letters = st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@given(secrets)
def test_what_is_shown_can_be_read_back(secret: bytes) -> None:
    assert recovery_code.read(recovery_code.show(secret)) == secret


def test_a_code_is_seven_groups_of_five_letters_nobody_mistakes() -> None:
    code = recovery_code.show(bytes(range(17)))
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}", code)


def test_a_code_holds_at_least_128_bits() -> None:
    assert recovery_code.SECRET_BYTES * 8 >= 128


@given(secrets)
def test_case_blanks_dashes_and_full_width_do_not_matter(secret: bytes) -> None:
    code = recovery_code.show(secret)
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " — "),
        f"  {code.replace('-', '')[:13]} {code.replace('-', '')[13:]}\n",
        full_width,
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
    ):
        assert recovery_code.read(typed) == secret


@given(secrets, st.integers(0, 6), st.integers(0, 4), letters)
def test_one_wrong_letter_is_found_in_its_group(
    secret: bytes, group: int, place: int, letter: str
) -> None:
    groups = recovery_code.show(secret).split("-")
    if groups[group][place] == letter:
        assert recovery_code.read("-".join(groups)) == secret
        return
    groups[group] = groups[group][:place] + letter + groups[group][place + 1 :]
    with pytest.raises(UserError, match=f"^恢复码第 {group + 1} 组有误。$") as caught:
        recovery_code.read("-".join(groups))
    assert caught.value.field == "recovery_code"
    assert "没有丢" in caught.value.next_step


@given(secrets, st.integers(0, 6), st.integers(0, 3))
def test_two_exchanged_letters_are_found(secret: bytes, group: int, place: int) -> None:
    groups = recovery_code.show(secret).split("-")
    old = groups[group]
    groups[group] = old[:place] + old[place + 1] + old[place] + old[place + 2 :]
    if groups[group] != old:
        with pytest.raises(UserError, match=f"第 {group + 1} 组有误"):
            recovery_code.read("-".join(groups))


@given(secrets, st.integers(0, 5))
def test_two_exchanged_groups_are_found(secret: bytes, group: int) -> None:
    groups = recovery_code.show(secret).split("-")
    groups[group], groups[group + 1] = groups[group + 1], groups[group]
    with pytest.raises(UserError, match=f"第 {group + 1} 组、第 {group + 2} 组有误"):
        recovery_code.read("-".join(groups))


def test_a_group_with_a_letter_too_few_is_named() -> None:
    groups = recovery_code.show(bytes(17)).split("-")
    groups[2] = groups[2][:-1]
    with pytest.raises(UserError, match="第 3 组有误"):
        recovery_code.read("-".join(groups))


def test_a_letter_that_no_code_has_is_named_by_its_group() -> None:
    groups = recovery_code.show(bytes(17)).split("-")
    groups[4] = "U" + groups[4][1:]
    with pytest.raises(UserError, match="第 5 组有误"):
        recovery_code.read("-".join(groups))


@pytest.mark.parametrize("typed", ["", "ABC", "我的恢复码", "A" * 34, "A" * 1000])
def test_a_code_of_the_wrong_length_is_told_how_long_it_should_be(typed: str) -> None:
    with pytest.raises(UserError, match="7 组、每组 5 个字符，共 35 个"):
        recovery_code.read(typed)


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_stumble(typed: str) -> None:
    told = "恢复码"
    try:
        recovery_code.read(typed)
    except UserError as fault:
        told = fault.sentence
    assert "恢复码" in told
