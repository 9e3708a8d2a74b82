"""Numbers that identify: 证件, telephone, 统一社会信用代码.

Pure rules. A number is optional everywhere (居民身份证法 art. 13, 个人信息保护法 art. 6), so an
empty field never comes here. Sentences never repeat the number, so that they may be logged. Masks
are in `masking.py`, what a reader types is in `burst.py`. python-stdnum's `cn.ric` is not used: it
refuses true cards whose region its table lacks in the year of birth, and cannot say what is wrong;
the tests take it as a second opinion.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from operator import mul

from desktop_app.core.errors import UserError
from desktop_app.core.text import HAN, half_width, visible


class Gender(IntEnum):
    """GB/T 2261.1-2003, table 1. The value is what is stored."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2
    NOT_STATED = 9

    @property
    def label(self) -> str:
        return _GENDER_LABELS[self]


_GENDER_LABELS = {
    Gender.UNKNOWN: "未知",
    Gender.MALE: "男",
    Gender.FEMALE: "女",
    Gender.NOT_STATED: "未说明",
}


class IdKind(StrEnum):
    """What a person shows. The value is stored and travels in bundles: never change one.

    A 社会保障卡 has no entry: what it bears is the 公民身份号码.
    """

    RESIDENT_ID_CARD = "resident_id_card"
    HOUSEHOLD_REGISTER = "household_register"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HK_MACAO_TAIWAN_RESIDENCE = "hk_macao_taiwan_residence"
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    IdKind.RESIDENT_ID_CARD: "居民身份证",
    IdKind.HOUSEHOLD_REGISTER: "户口簿",
    IdKind.PASSPORT: "护照",
    IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    IdKind.HK_MACAO_TAIWAN_RESIDENCE: "港澳台居民居住证",
    IdKind.FOREIGN_PERMANENT_RESIDENCE: "外国人永久居留身份证",
    IdKind.BIRTH_CERTIFICATE: "出生医学证明",
    IdKind.OTHER: "其他证件",
}


@dataclass(frozen=True)
class CheckedId:
    """A number that keeps to the rules of its kind, in its one written form (upper case, ASCII)."""

    kind: IdKind
    number: str
    birth: date | None = None
    gender: Gender | None = None
    is_old_style: bool = False

    @property
    def as_18_digits(self) -> str | None:
        """The 18-digit form of a 15-digit 居民身份证 number (GB 11643-1999: 19 before the year)."""
        if not self.is_old_style or self.kind is not IdKind.RESIDENT_ID_CARD:
            return None
        body = f"{self.number[:6]}19{self.number[6:]}"
        return body + citizen_check_digit(body)

    @property
    def hint(self) -> str:
        """A sentence to show beside an accepted number, or an empty one."""
        if self.as_18_digits is None:
            return ""
        return "这是15位旧号码，已照原样保留；可换算成18位，请看过证件后再换。"


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCE = re.compile("1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71")
_RESIDENCE_REGIONS = ("81", "82", "83")
_EARLIEST_BIRTH_YEAR, _LATEST_BIRTH_YEAR = 1880, 2199
_LOOK = "请对照证件核对后再填。"
_JUNK = re.compile(r"[\s\-.·]+")


def _plain(text: str) -> str:
    """Half width and nothing unseen: a number copied from a phone comes wrapped in bidi marks."""
    return half_width(visible(text))


def citizen_check_digit(body: str) -> str:
    """Check character for 17 digits by GB 11643-1999 (ISO 7064 MOD 11-2)."""
    if len(body) != len(_WEIGHTS):
        raise ValueError("the check digit is that of 17 digits")
    total = sum(map(mul, _WEIGHTS, map(int, body)))
    return _CHECK_DIGITS[total % 11]


def check_id(
    kind: IdKind, text: str, *, today: date | None = None, field: str | None = "id_number"
) -> CheckedId:
    """The number of a 证件 of that kind, checked, with the birth and gender it tells.

    Full-width characters, lower case, spaces and hyphens are put right. With `today` a birth in
    the future is refused. Raises `UserError` saying which part is wrong.
    Sources: GB 11643-1999; 国家移民管理局 for permits and the 2023 永居证; 国卫 forms for births.
    """
    number = _plain(text).upper()
    number = "".join(number.split()) if kind is IdKind.OTHER else _JUNK.sub("", number)
    try:
        return _CHECKS[kind](kind, number, today)
    except UserError as problem:
        raise UserError(problem.sentence, problem.next_step or _LOOK, field=field) from None


def _check_resident(kind: IdKind, number: str, today: date | None) -> CheckedId:
    if len(number) == 15 and _is_digits(number):
        _refuse_region(kind, number)
        birth = _birth(f"19{number[6:12]}", today)
        return CheckedId(kind, number, birth, _gender(number[14]), is_old_style=True)
    return _check_citizen_form(kind, number, today)


def _check_citizen_form(kind: IdKind, number: str, today: date | None) -> CheckedId:
    """18 characters as in GB 11643: the form of the 身份证, both 居住证 and the new 永居证."""
    _refuse_bad_form(kind, number)
    _refuse_region(kind, number)
    birth = _birth(number[6:14], today)
    if citizen_check_digit(number[:17]) != number[17]:
        raise UserError(f"{kind.label}号码的校验码对不上，其中至少有一位输错了，或前后两位输反了。")
    return CheckedId(kind, number, birth, _gender(number[16]))


_GOOD_FORM = re.compile("[0-9]{17}[0-9X]")


def _refuse_bad_form(kind: IdKind, number: str) -> None:
    if _GOOD_FORM.fullmatch(number):
        return
    if len(number) != 18:
        old = "（旧证15位）" if kind is IdKind.RESIDENT_ID_CARD else ""
        raise UserError(f"{kind.label}号码应为18位{old}，现在是{len(number)}位。")
    for place, character in enumerate(number[:17], start=1):
        if not _is_digits(character):
            raise UserError(f"{kind.label}号码的第{place}位不是数字。")
    if not (_is_digits(number[17]) or number[17] == "X"):
        raise UserError(f"{kind.label}号码的最后一位只能是数字或X。")


def _refuse_region(kind: IdKind, number: str) -> None:
    told = _kind_by_region(number)
    if told is kind:
        return
    if told is not None:
        raise UserError(
            f"这是{told.label}的号码，与所选的{kind.label}不符。", "请改选证件类型，或核对号码。"
        )
    raise UserError(f"{kind.label}号码开头的地区码不存在。")


def _kind_by_region(number: str) -> IdKind | None:
    if _PROVINCE.match(number):
        return IdKind.RESIDENT_ID_CARD
    if number[:2] in _RESIDENCE_REGIONS:
        return IdKind.HK_MACAO_TAIWAN_RESIDENCE
    return IdKind.FOREIGN_PERMANENT_RESIDENCE if number[:1] == "9" else None


def _birth(digits: str, today: date | None) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise UserError("号码里的出生日期不存在。") from None
    if not _EARLIEST_BIRTH_YEAR <= birth.year <= _LATEST_BIRTH_YEAR:
        raise UserError("号码里的出生年份不可能。")
    if today is not None and birth > today:
        raise UserError(
            "号码里的出生日期比今天还晚。", "请对照证件核对；若号码无误，请检查电脑的日期。"
        )
    return birth


def _gender(sequence_digit: str) -> Gender:
    return Gender.MALE if int(sequence_digit) % 2 else Gender.FEMALE


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_household(kind: IdKind, number: str, today: date | None) -> CheckedId:
    """A 户口簿 is shown for the 公民身份号码 in it; a bare 户号 is taken as it stands."""
    if len(number) == 18:
        resident = _check_citizen_form(IdKind.RESIDENT_ID_CARD, number, today)
        return CheckedId(kind, number, resident.birth, resident.gender)
    return _alphanumeric(4, 20)(kind, number, today)


def _check_foreign(kind: IdKind, number: str, today: date | None) -> CheckedId:
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return CheckedId(kind, number, is_old_style=True)
    if number[:1].isalpha():
        raise UserError(f"{kind.label}的旧号码应为3个字母加12位数字。")
    return _check_citizen_form(kind, number, today)


def _pattern(pattern: str, shape: str) -> Callable[[IdKind, str, date | None], CheckedId]:
    compiled = re.compile(pattern, re.ASCII)

    def check(kind: IdKind, number: str, today: date | None) -> CheckedId:
        if not compiled.fullmatch(number):
            raise UserError(f"{kind.label}号码应为{shape}，现在是{len(number)}位，格式不符。")
        return CheckedId(kind, number)

    return check


def _alphanumeric(least: int, most: int) -> Callable[[IdKind, str, date | None], CheckedId]:
    return _pattern(rf"[A-Z0-9]{{{least},{most}}}", f"{least}到{most}位字母或数字")


_CHECKS: dict[IdKind, Callable[[IdKind, str, date | None], CheckedId]] = {
    IdKind.RESIDENT_ID_CARD: _check_resident,
    IdKind.HOUSEHOLD_REGISTER: _check_household,
    IdKind.PASSPORT: _alphanumeric(5, 20),
    IdKind.HK_MACAO_PERMIT: _pattern(
        r"[HM](\d{8}|\d{10})", "字母H或M加8位数字（1999年版为10位数字）"
    ),
    IdKind.TAIWAN_PERMIT: _pattern(r"\d{8}", "8位数字"),
    IdKind.HK_MACAO_TAIWAN_RESIDENCE: _check_citizen_form,
    IdKind.FOREIGN_PERMANENT_RESIDENCE: _check_foreign,
    IdKind.BIRTH_CERTIFICATE: _pattern(r"[A-Z]\d{9}", "1个字母加9位数字"),
    IdKind.OTHER: _pattern(rf"[A-Z0-9{HAN}()〔〕\[\]/.·-]{{1,40}}", "1到40位文字、字母或数字"),
}


_PHONE_EXAMPLES = "请填一个号码：手机如 13800001234，座机如 0597-2212345 或 0597-2212345-801。"
_COUNTRY = re.compile(r"(?:\+86|0086|86(?=1[3-9][0-9]{9}$))0?")
_MOBILE = re.compile(r"0?(1[3-9][0-9]{9})")
_HOTLINE = re.compile(r"([48]00)([0-9]{3})([0-9]{4})")
_OVERSEAS = re.compile(r"(?:\+|00)([1-9][0-9]{6,14})")
# Area codes: 010 and 02x have three digits, all others four; a local number begins with 2 to 9.
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))?([2-9][0-9]{6,7})")
_EXTENSION = re.compile(r"(.*[0-9)])\s*(?:转分机|分机号?|转|EXT\.?|X|#|,|\*)\s*([0-9]{1,6})")
_HYPHENED = re.compile(r"(\(?0[0-9]{2,3}[\s)-]+[0-9]{7,8}|[2-9][0-9]{6,7})-([0-9]{1,6})")
_SEPARATORS = re.compile(r"[\s\-().·_/,;、，；]+")


def check_phone(text: str, *, field: str | None = "phone") -> str:
    """A telephone number in its one written form; applying it again changes nothing.

    Mobile `13800001234` · landline `0597-2212345`, with extension `0597-2212345-801`, local
    `2212345` · hotline `400-123-4567` · abroad, Hong Kong, Macao, Taiwan `+85261234567` (E.164).
    Prefixes +86 and 0086, full-width digits, spaces, hyphens and brackets are put right. Raises
    `UserError`. Source: 电信网编号计划 (2017年版).
    """
    plain = _plain(text).strip().upper()
    whole = _SEPARATORS.sub("", plain)
    number = _number_of_one_piece(whole)
    if number is None:
        parts = _HYPHENED.fullmatch(plain) or _EXTENSION.fullmatch(plain)
        number = _landline(_SEPARATORS.sub("", parts[1])) if parts else _landline(whole)
        if number and parts:
            number = f"{number}-{parts[2]}"
    if number is None:
        raise UserError(_what_is_wrong(whole), _PHONE_EXAMPLES, field=field)
    return number


_SHORT_NUMBER = re.compile(r"1[0-9]{2}(?:[0-9]{2,3})?|9[56][0-9]{3,4}")


def check_office_phone(text: str, *, field: str | None = "phone") -> str:
    """A number of an office: any telephone, or a short one such as 110, 12345, 96110.

    Source: 电信网编号计划 (2017年版): 1XX, 1XXXX(X), 95XXX(X), 96XXX(X).
    """
    plain = _SEPARATORS.sub("", _plain(text))
    return plain if _SHORT_NUMBER.fullmatch(plain) else check_phone(text, field=field)


def _number_of_one_piece(whole: str) -> str | None:
    """Numbers that never have an extension: mobile, hotline, abroad."""
    country = _COUNTRY.match(whole)
    national = whole[country.end() :] if country else whole
    if found := _MOBILE.fullmatch(national):
        return found[1]
    if found := _HOTLINE.fullmatch(national):
        return "-".join(found.groups())
    if not country and (found := _OVERSEAS.fullmatch(whole)):
        return f"+{found[1]}"
    return None


def _landline(whole: str) -> str | None:
    if country := _COUNTRY.match(whole):
        whole = "0" + whole[country.end() :]
    found = _LANDLINE.fullmatch(whole)
    if found is None:
        return None
    area, local = found.groups()
    return f"{area}-{local}" if area else local


def _what_is_wrong(whole: str) -> str:
    if not _is_digits(whole.removeprefix("+")):
        return "电话里有不是数字的内容。"
    if len(whole) > 16:
        return "电话太长，像是两个号码连在了一起。"
    if whole.startswith("1") and len(whole) == 11:
        return "手机号码的第二位应是3到9。"
    if whole.startswith("1"):
        return f"手机号码应为11位，现在是{len(whole)}位。"
    if whole.startswith("0"):
        return "座机号码应为区号加7到8位号码。"
    return f"电话号码的格式不对，现在是{len(whole)}位。"


_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_check_character(body: str) -> str:
    """Check character for the first 17 of a 统一社会信用代码 (GB 32100-2015, 4.5: mod 31)."""
    total = sum(
        weight * _CREDIT_ALPHABET.index(character)
        for weight, character in zip(_CREDIT_WEIGHTS, body, strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31]


def check_credit_code(text: str, *, field: str | None = "credit_code") -> str:
    """A 统一社会信用代码 in upper case, checked by GB 32100-2015. Raises `UserError`."""
    code = _JUNK.sub("", _plain(text)).upper()
    if len(code) != 18:
        raise UserError(f"统一社会信用代码应为18位，现在是{len(code)}位。", _LOOK, field=field)
    for place, character in enumerate(code, start=1):
        if character not in _CREDIT_ALPHABET:
            raise UserError(
                f"统一社会信用代码的第{place}位不对。",
                "代码里没有字母I、O、S、V、Z，请看是不是数字1、0、5、2。",
                field=field,
            )
    if credit_check_character(code[:17]) != code[17]:
        raise UserError("统一社会信用代码的校验码对不上，至少有一位输错了。", _LOOK, field=field)
    return code
