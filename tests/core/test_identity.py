"""Numbers are checked by their standards, and the sentence says what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from desktop_app.core.errors import UserError
from desktop_app.core.identity import (
    CheckedId,
    Gender,
    IdKind,
    check_credit_code,
    check_id,
    check_office_phone,
    check_phone,
    citizen_check_digit,
    credit_check_character,
)

RESIDENT = IdKind.RESIDENT_ID_CARD
SAMPLE = "11010519491231002X"
"""The example of GB 11643-1999."""

BIRTHS = st.dates(date(1900, 1, 1), date(2025, 12, 31))
SEQUENCES = st.integers(1, 999)
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(("110105", "350802", "440305", "522121", "710000")))
    body = f"{region}{draw(BIRTHS):%Y%m%d}{draw(SEQUENCES):03}"
    return body + ric.calc_check_digit(body + "0")


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    body = draw(st.text(CREDIT_ALPHABET, min_size=17, max_size=17))
    return body + uscc.calc_check_digit(body)


def refusal(kind: IdKind, text: str, today: date | None = None) -> UserError:
    with pytest.raises(UserError) as refused:
        check_id(kind, text, today=today)
    assert refused.value.field == "id_number"
    return refused.value


def answer_to(kind: IdKind, text: str) -> CheckedId | UserError:
    try:
        return check_id(kind, text)
    except UserError as refused:
        return refused


def with_check(body: str) -> str:
    return body + citizen_check_digit(body)


@given(resident_numbers())
def test_every_number_made_by_the_standard_passes(number: str) -> None:
    checked = check_id(RESIDENT, number)
    assert checked.number == number
    assert f"{checked.birth:%Y%m%d}" == number[6:14]
    assert checked.gender == (Gender.MALE if int(number[16]) % 2 else Gender.FEMALE)
    assert not checked.is_old_style


@given(resident_numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, place: int, shift: int) -> None:
    old = 10 if number[place] == "X" else int(number[place])
    wrong = number[:place] + str((old + shift) % 10) + number[place + 1 :]
    assume(wrong != number)
    refusal(RESIDENT, wrong)


@given(resident_numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_never_pass(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    refusal(RESIDENT, swapped)


@given(st.text(max_size=25))
def test_any_text_gets_an_answer_that_does_not_repeat_it(text: str) -> None:
    for kind in IdKind:
        answer = answer_to(kind, f"张{text}三")
        if isinstance(answer, UserError):
            assert answer.sentence.endswith("。")
            assert "张" not in answer.words
        else:
            assert check_id(kind, answer.number) == answer


@pytest.mark.parametrize(
    "typed",
    [
        SAMPLE,
        SAMPLE.lower(),
        f" {SAMPLE[:6]} {SAMPLE[6:14]} {SAMPLE[14:]} ",
        "110105-19491231-002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５　１９４９１２３１　００２ｘ",
    ],
)
def test_the_standards_own_example_is_read_however_it_is_typed(typed: str) -> None:
    assert check_id(RESIDENT, typed) == CheckedId(
        RESIDENT, SAMPLE, date(1949, 12, 31), Gender.FEMALE
    )


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("1101051949123100", "应为18位（旧证15位），现在是16位"),
        ("11010519491231002X1", "现在是19位"),
        ("1101051949123100A1", "第17位不是数字"),
        ("11010519491231002A", "最后一位只能是数字或X"),
        ("110105194912310021", "校验码对不上"),
        (with_check("11010519490230002"), "出生日期不存在"),
        (with_check("11010517491231002"), "出生年份不可能"),
        (with_check("99010519491231002"), "这是外国人永久居留身份证的号码"),
        (with_check("81000019491231002"), "这是港澳台居民居住证的号码"),
        (with_check("01010519491231002"), "地区码不存在"),
        (with_check("66010519491231002"), "地区码不存在"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong_with_it(number: str, says: str) -> None:
    assert says in refusal(RESIDENT, number).sentence


def test_a_birth_in_the_future_points_at_the_pcs_date_too() -> None:
    number = with_check("11010520261231002")
    assert check_id(RESIDENT, number).birth == date(2026, 12, 31)
    assert check_id(RESIDENT, number, today=date(2026, 12, 31)).birth == date(2026, 12, 31)
    assert "电脑的日期" in refusal(RESIDENT, number, date(2000, 1, 1)).next_step


def test_an_old_number_is_kept_and_its_18_digits_are_offered() -> None:
    old = SAMPLE[:6] + SAMPLE[8:17]
    checked = check_id(RESIDENT, old)
    assert checked == CheckedId(RESIDENT, old, date(1949, 12, 31), Gender.FEMALE, is_old_style=True)
    assert checked.as_18_digits == SAMPLE
    assert "15位旧号码" in checked.hint
    assert check_id(RESIDENT, SAMPLE).hint == ""


@given(resident_numbers().filter(lambda number: number[6:8] == "19"))
def test_an_old_number_tells_what_its_new_one_tells(number: str) -> None:
    old, new = check_id(RESIDENT, number[:6] + number[8:17]), check_id(RESIDENT, number)
    assert (old.birth, old.gender, old.as_18_digits) == (new.birth, new.gender, number)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (IdKind.HK_MACAO_PERMIT, "h12345678", "H12345678"),
        (IdKind.HK_MACAO_PERMIT, "M1234567801", "M1234567801"),
        (IdKind.TAIWAN_PERMIT, "1234 5678", "12345678"),
        (IdKind.PASSPORT, "ｅａ1234567", "EA1234567"),
        (IdKind.BIRTH_CERTIFICATE, "t350123456", "T350123456"),
        (IdKind.FOREIGN_PERMANENT_RESIDENCE, "can110180010112", "CAN110180010112"),
        (IdKind.HOUSEHOLD_REGISTER, "350802123", "350802123"),
        (IdKind.HOUSEHOLD_REGISTER, SAMPLE, SAMPLE),
        (IdKind.OTHER, "军字第 0123-45号", "军字第0123-45号"),
    ],
)
def test_other_papers_are_taken_in_their_own_form(kind: IdKind, typed: str, kept: str) -> None:
    assert check_id(kind, typed).number == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (IdKind.HK_MACAO_PERMIT, "C12345678"),
        (IdKind.HK_MACAO_PERMIT, "H1234567"),
        (IdKind.HK_MACAO_PERMIT, "H123456789"),
        (IdKind.TAIWAN_PERMIT, "1234567"),
        (IdKind.PASSPORT, "E123"),
        (IdKind.PASSPORT, "护照1234567"),
        (IdKind.BIRTH_CERTIFICATE, "3501234567"),
        (IdKind.FOREIGN_PERMANENT_RESIDENCE, "CA1101800101123"),
        (IdKind.HOUSEHOLD_REGISTER, "110105194912310021"),
        (IdKind.HK_MACAO_TAIWAN_RESIDENCE, SAMPLE),
        (IdKind.OTHER, ""),
    ],
)
def test_other_papers_in_a_wrong_form_are_refused_by_name(kind: IdKind, typed: str) -> None:
    assert refusal(kind, typed).next_step


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_a_residence_permit_tells_birth_and_gender(region: str) -> None:
    number = with_check(f"{region}19900101001")
    checked = check_id(IdKind.HK_MACAO_TAIWAN_RESIDENCE, number)
    assert (checked.birth, checked.gender) == (date(1990, 1, 1), Gender.MALE)


def test_the_new_permanent_residence_card_tells_birth_and_gender() -> None:
    number = with_check("93512419850615002")
    checked = check_id(IdKind.FOREIGN_PERMANENT_RESIDENCE, number)
    assert (checked.birth, checked.gender) == (date(1985, 6, 15), Gender.FEMALE)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_agrees_with_python_stdnum(body: str) -> None:
    assert citizen_check_digit(body) == ric.calc_check_digit(body + "0")


@given(credit_codes())
def test_every_credit_code_made_by_the_standard_passes(code: str) -> None:
    assert check_credit_code(f" {code.lower()} ") == code
    assert credit_check_character(code[:17]) == code[17]


@given(credit_codes(), st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_of_a_credit_code_never_passes(
    code: str, place: int, character: str
) -> None:
    assume(code[place] != character)
    with pytest.raises(UserError, match="校验码"):
        check_credit_code(code[:place] + character + code[place + 1 :])


@given(credit_codes(), st.integers(0, 16))
def test_two_neighbours_swapped_in_a_credit_code_never_pass(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    with pytest.raises(UserError, match="校验码"):
        check_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    ("code", "says"),
    [("9135080012345678", "现在是16位"), ("91350800123456789O", "第18位不对")],
)
def test_a_wrong_credit_code_is_told_what_is_wrong_with_it(code: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        check_credit_code(code)
    assert refused.value.field == "credit_code"


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        "138 0000 1234",
        "138-0000-1234",
        "+86 138 0000 1234",
        "0086-13800001234",
        "8613800001234",
        "013800001234",
        "１３８００００１２３４",
        "（138）00001234",
        "+86(0)13800001234",
    ],
)
def test_a_mobile_is_read_however_it_is_written(typed: str) -> None:
    assert check_phone(typed) == "13800001234"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0597-2212345", "0597-2212345"),
        ("05972212345", "0597-2212345"),
        ("(0597) 221 2345", "0597-2212345"),
        ("０５９７—２２１２３４５", "0597-2212345"),
        ("+86 597 2212345", "0597-2212345"),
        ("+86-0597-2212345", "0597-2212345"),
        ("010-62345678", "010-62345678"),
        ("02087654321", "020-87654321"),
        ("0597-2212345-801", "0597-2212345-801"),
        ("0597-2212345转801", "0597-2212345-801"),
        ("05972212345 分机 801", "0597-2212345-801"),
        ("(0597)2212345 ext.8", "0597-2212345-8"),
        ("0592-2212345-8", "0592-2212345-8"),
        ("2212345", "2212345"),
        ("221-2345", "2212345"),
        ("82212345", "82212345"),
        ("2212345-801", "2212345-801"),
        ("400-123-4567", "400-123-4567"),
        ("4001234567", "400-123-4567"),
        ("800 123 4567", "800-123-4567"),
        ("+852 6123 4567", "+85261234567"),
        ("00886912345678", "+886912345678"),
    ],
)
def test_other_numbers_get_one_written_form(typed: str, kept: str) -> None:
    assert check_phone(typed) == kept
    assert check_phone(kept) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1380000123", "手机号码应为11位，现在是10位"),
        ("138000012345", "手机号码应为11位，现在是12位"),
        ("12800001234", "第二位应是3到9"),
        ("138O0001234", "不是数字"),
        ("13800001234/13900001234", "两个号码"),
        ("0597-22123", "区号加7到8位"),
        ("12345", "现在是5位"),
        ("", "不是数字"),
        ("没有", "不是数字"),
        ("13800001234转8", "不是数字"),
        ("01-2212345", "区号"),
    ],
)
def test_a_wrong_phone_is_told_what_is_wrong_with_it(typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        check_phone(typed)
    assert refused.value.field == "phone"
    assert "13800001234" not in refused.value.sentence


@given(st.text("0123456789+-() 转x", max_size=22))
def test_a_phone_in_its_written_form_stays_as_it_is(text: str) -> None:
    try:
        number = check_phone(text)
    except UserError:
        return
    assert check_phone(number) == number


def test_every_kind_and_gender_has_a_chinese_name() -> None:
    labels = [kind.label for kind in IdKind] + [gender.label for gender in Gender]
    assert len(set(labels)) == len(IdKind) + len(Gender)
    assert [int(gender) for gender in Gender] == [0, 1, 2, 9]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("110", "110"),
        ("１２３４５", "12345"),
        ("96 110", "96110"),
        ("0597 2212345", "0597-2212345"),
    ],
)
def test_an_office_may_have_a_short_number(typed: str, kept: str) -> None:
    assert check_office_phone(typed) == kept


@pytest.mark.parametrize("typed", ["1", "11", "1234567890", "abc", "880"])
def test_what_is_no_number_of_an_office_either_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        check_office_phone(typed)


@pytest.mark.parametrize("wrap", ["\u202d{}\u202c", "{}\u200b", "\ufeff{}", "{}\x00"])
def test_what_a_copied_number_carries_along_unseen_is_no_part_of_it(wrap: str) -> None:
    assert check_phone(wrap.format("13800005678")) == "13800005678"
    assert check_office_phone(wrap.format("12345")) == "12345"
    number = "11010519491231002X"
    assert check_id(IdKind.RESIDENT_ID_CARD, wrap.format(number)).number == number
