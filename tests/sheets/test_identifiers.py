"""证件号码, telephones and codes: every habit of writing them, and what spreadsheets do to them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.identity import citizen_check_digit
from desktop_app.sheets.identifiers import code_of, identity_of, phone_of, phones_of
from desktop_app.sheets.reader import open_book
from desktop_app.sheets.spec import Cell
from tests.sheets.gallery import TODAY, old_workbook, workbook

_FULL_WIDTH = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
_REGIONS = st.sampled_from(["110101", "350802", "440305", "650102", "820000", "830000"])


@st.composite
def _citizens(draw: st.DrawFn) -> str:
    birth = draw(st.dates(date(1930, 1, 1), date(2026, 1, 1)))
    body = f"{draw(_REGIONS)}{birth:%Y%m%d}{draw(st.integers(1, 999)):03}"
    return body + citizen_check_digit(body)


def _refusal(cell: Cell) -> str:
    with pytest.raises(UserError) as caught:
        identity_of(cell, TODAY)
    return caught.value.words


@given(number=_citizens())
def test_an_identity_number_is_itself_in_every_habit_of_writing_it(number: str) -> None:
    for written in (
        number,
        number.lower(),
        f"'{number}",
        f'="{number}"',
        f" {number} ",
        f"{number[:6]} {number[6:14]} {number[14:]}",
        f"{number[:6]}-{number[6:14]}-{number[14:]}",
        number.translate(_FULL_WIDTH),
        f"\u200e{number}\u202c",
        f"{number[:10]}\n{number[10:]}",
    ):
        assert identity_of(written, TODAY) == number, written


@given(number=_citizens().filter(str.isdigit))
def test_no_identity_number_that_was_a_number_ever_passes(number: str) -> None:
    assert "改坏了" in _refusal(int(number))
    assert "改坏了" in _refusal(float(number))
    for digits in range(1, 16):
        assert "改坏了" in _refusal(f"{float(number):.{digits}E}")
        assert "改坏了" in _refusal(f"{float(number):.{digits}e}")


@given(number=_citizens().filter(str.isdigit))
def test_no_identity_number_cut_to_fifteen_digits_passes_unless_its_check_digit_fits(
    number: str,
) -> None:
    cut = f"{number[:15]}000"
    assume(cut != number)
    if citizen_check_digit(cut[:17]) == "0":
        assert identity_of(cut, TODAY) == cut
    else:
        assert "末三位都是0" in _refusal(cut)


@given(number=_citizens(), place=st.integers(0, 17), step=st.integers(1, 9))
def test_no_identity_number_with_one_wrong_digit_passes(number: str, place: int, step: int) -> None:
    assume(number[place].isdigit())
    wrong = str((int(number[place]) + step) % 10)
    damaged = number[:place] + wrong + number[place + 1 :]
    assume(damaged[0] in "1234568")
    assert _refusal(damaged)


def test_an_identity_number_in_a_number_cell_of_a_real_file_is_refused(tmp_path: Path) -> None:
    number = 350802199001010010
    for path in (
        workbook(tmp_path / "a.xlsx", [["证件号码"], [number]]),
        old_workbook(tmp_path / "b.xls", [["证件号码"], [number]]),
    ):
        cell = open_book(path).rows(0)[1][0]
        assert "改坏了" in _refusal(cell)
        assert "文本" in _refusal(cell)


def test_old_numbers_of_fifteen_digits_pass_in_text_and_in_numbers() -> None:
    # Fifteen digits are kept by every spreadsheet.
    for cell in ("350802520305123", 350802520305123, 350802520305123.0):
        assert identity_of(cell, TODAY) == "350802520305123"


@pytest.mark.parametrize(
    "number", ["E12345678", "H12345678", "12345678", "AAA110199001011", "南字第12345号"]
)
def test_other_certificates_pass(number: str) -> None:
    assert identity_of(number, TODAY) == number


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("35080219900101001", "18位"),
        ("3508021990010100100", "18位"),
        ("办理中", "不是证件号码"),
        ("110101202701010015", "比今天还晚"),
        (date(1990, 1, 1), "不是证件号码"),
        (True, "不是证件号码"),
    ],
)
def test_what_is_no_identity_number_is_refused_in_words(cell: Cell, word: str) -> None:
    assert word in _refusal(cell)


@given(number=_citizens())
def test_sentences_never_repeat_the_number(number: str) -> None:
    assume(number.isdigit())
    for cell in (int(number), f"{float(number):.5E}", number[:-1], number + "1"):
        words = _refusal(cell)
        assert not any(number[at : at + 4] in words for at in range(len(number) - 3))


_MOBILES = st.integers(13_000_000_000, 19_999_999_999).map(str)


@given(number=_MOBILES)
def test_a_telephone_is_itself_in_every_habit_of_writing_it(number: str) -> None:
    cells: list[Cell] = [
        number,
        int(number),
        float(number),
        f"{number}.0",
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"+86{number}",
        f"+86-{number}",
        f"0086 {number}",
        f"'{number}",
        number.translate(_FULL_WIDTH),
        f"\u202d{number}\u202c",
        f"{number}\n",
    ]
    for cell in cells:
        assert phone_of(cell) == number, cell
        assert phones_of(cell) == [{"number": number}], cell


@given(
    one=_MOBILES, other=_MOBILES, between=st.sampled_from(["、", "/", ",", "，", ";", "\n", " "])
)
def test_two_telephones_in_one_cell_are_refused_or_told_apart(
    one: str, other: str, between: str
) -> None:
    with pytest.raises(UserError, match="几个电话"):
        phone_of(one + between + other)
    assert phones_of(one + between + other) == [{"number": one}, {"number": other}]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800001234（儿子）、0597-2212345", [("13800001234", "儿子"), ("0597-2212345", "")]),
        ("儿子：13800001234", [("13800001234", "儿子")]),
        ("本人13800001234 女儿13900001234", [("13800001234", "本人"), ("13900001234", "女儿")]),
        ("0597-2212345-801", [("0597-2212345-801", "")]),
    ],
)
def test_whose_a_telephone_is_is_told_beside_it(cell: str, numbers: list[tuple[str, str]]) -> None:
    wanted = [
        {"number": number, "whose": whose} if whose else {"number": number}
        for number, whose in numbers
    ]
    assert phones_of(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("1.38E+10", "改坏了"),
        (5972212345, "区号前面的0"),
        ("1380000123", "11位"),
        ("张三", "不是数字"),
        (date(2024, 3, 5), "不是电话"),
    ],
)
def test_what_is_no_telephone_is_refused_in_words(cell: Cell, word: str) -> None:
    with pytest.raises(UserError) as caught:
        phone_of(cell)
    assert word in caught.value.words


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("007", "007"),
        ("ＸＬ－１", "XL-1"),
        (3.0, "3"),
        (3, "3"),
        ("3-2-501", "3-2-501"),
        ("", None),
    ],
)
def test_codes_keep_their_zeros_and_become_half_width(cell: Cell, code: str | None) -> None:
    assert code_of(cell) == code


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (date(2024, 3, 2), "改成了日期"),
        (time(3, 2), "改成了日期或时间"),
        (3.1, "小数"),
        (1.5e15, "改坏了"),
        ("2.024E+15", "改坏了"),
    ],
)
def test_a_code_that_a_spreadsheet_has_changed_is_refused(cell: Cell, word: str) -> None:
    with pytest.raises(UserError) as caught:
        code_of(cell)
    assert word in caught.value.sentence
