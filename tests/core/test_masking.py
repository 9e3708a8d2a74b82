"""A mask shows too little to find the person by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.masking import mask_address, mask_id, mask_name, mask_phone

HAN_NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1)
DIGITS = st.text("0123456789", min_size=1, max_size=12)
PHONES = st.from_regex(
    r"\+[1-9][0-9]{6,14}|1[3-9][0-9]{9}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}", fullmatch=True
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("明", "*"),
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳小明", "欧**明"),
        ("阿迪力·买买提", "阿**·**提"),
        ("John Smith", "J*** S***"),
        ("Anna·Maria", "A*** M***"),
        ("𠮷田明", "𠮷*明"),
        ("陈桂英*", "陈***"),
        ("*陈桂英", "***英"),
        ("John Smith*", "J*** S***"),
    ],
)
def test_a_name_keeps_its_ends_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(HAN_NAMES | st.text(max_size=8))
def test_a_name_that_is_masked_stays_as_it_is(name: str) -> None:
    assert mask_name(mask_name(name)) == mask_name(name)


@given(HAN_NAMES)
def test_a_han_name_shows_two_characters_at_most_and_never_the_whole(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert len(masked.replace("*", "")) <= min(2, len(name) - 1)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800005678", "138****5678"),
        ("0597-2212345", "0597-***2345"),
        ("010-62345678", "010-****5678"),
        ("0597-2212345-801", "0597-***2345-***"),
        ("2212345", "***2345"),
        ("+85261234567", "+852****4567"),
        ("400-123-4567", "********4567"),
        ("5678", "**78"),
        ("138****5678", "138****5678"),
        ("13800005678*", "********678*"),
        ("138*0005678", "*******5678"),
        ("", ""),
    ],
)
def test_a_phone_shows_where_it_is_and_its_last_four(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@given(PHONES)
def test_a_phone_that_is_masked_stays_as_it_is(number: str) -> None:
    assert mask_phone(mask_phone(number)) == mask_phone(number)


@given(PHONES)
def test_at_least_three_digits_of_a_phone_are_hidden(number: str) -> None:
    shown = sum(character.isdigit() for character in mask_phone(number))
    assert shown <= sum(character.isdigit() for character in number) - 3


@pytest.mark.parametrize(
    ("number", "masked"),
    [("11010519491231002X", "**************002X"), ("E12345678", "*****5678"), ("12345", "***45")],
)
def test_of_an_id_number_only_the_last_four_show(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@given(st.text(max_size=20))
def test_an_id_mask_hides_half_at_least_and_shows_four_at_most(number: str) -> None:
    hidden = len(number) - min(4, len(number) // 2)
    assert mask_id(number) == "*" * hidden + number[hidden:]


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("澄岭街道青榕雅苑3栋2单元501室", "澄岭街道青榕雅苑3栋***"),
        ("青榕雅苑12号楼1201", "青榕雅苑12号楼***"),
        ("青榕雅苑A座1203", "青榕雅苑A座***"),
        ("青榕雅苑三幢二单元五楼", "青榕雅苑三幢***"),
        ("龙岩大道88号澄岭花园6栋301", "龙岩大道88号澄岭花园6栋***"),
        ("12号院3号楼2单元501", "12号院3号楼***"),
        ("12号院2单元501", "12号院***"),
        ("青榕雅苑3-2-501", "青榕雅苑3***"),
        ("３－２－５０１", "3***"),
        ("石埕巷12号", "石埕巷12号"),
        ("石埕巷12号301室", "石埕巷12号***"),
        ("青榕雅苑501", "青榕雅苑***"),
        ("荷塘里5楼502", "荷塘里***"),
        ("青榕雅苑3栋", "青榕雅苑3栋"),
        ("澄岭街道", "澄岭街道"),
        ("", ""),
    ],
)
def test_an_address_stops_at_the_building(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(DIGITS, DIGITS, DIGITS)
def test_no_unit_and_no_room_is_ever_shown(building: str, unit: str, room: str) -> None:
    shown = f"青榕雅苑{building}栋***"
    assert mask_address(f"青榕雅苑{building}栋{unit}单元{room}室") == shown
    assert mask_address(f"青榕雅苑{building}-{unit}-{room}") == f"青榕雅苑{building}***"
