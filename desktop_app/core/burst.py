"""What a card reader types: a fast burst of keys that holds a 证件 number and perhaps the card.

Only the text is judged here; that it came fast is known to the widget that caught it.

Readers in keyboard mode (键盘口) send the card as text, ended by Enter or Tab. Accepted, each with
any leading and trailing white space, full-width or half-width:

- the bare 18-digit number, of a 身份证, 港澳台居民居住证 or new 外国人永久居留身份证;
- `name, gender, nation, birth, address, number` and what may follow (issuing authority, validity),
  set apart by Tab, line end, `|`, `^`, `;`, `,` (also ；，), or by spaces; fields may be missing or
  in another order, and may bear their label (`姓名：张三`).

What is not certain is refused as a whole: no valid number, two different ones, or a birth that
contradicts the number means a garbled burst, and the text stays where it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.identity import CheckedId, Gender, IdKind, check_id
from desktop_app.core.text import HAN, clean_line, clean_name, half_width

_LONGEST_BURST = 600
_SEPARATORS = ("\t", "\n", "|", "^", ";", ",")
_LABEL = re.compile(
    r"^(?:姓名|性别|民族|出生日期|出生|生日|住址|地址|公民身份号码|身份证号码?|证件号码?|号码"
    r"|签发机关|有效期限?)\s*[:：]\s*"
)
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_DAY = re.compile(r"([12][0-9]{3})\D?([0-9]{1,2})\D?([0-9]{1,2})\D?")
_GENDERS = {"男": Gender.MALE, "女": Gender.FEMALE}
_NATION = re.compile(
    "(汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|"
    "黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|"
    "撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|"
    "京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族?"
)
"""The 56 nations of GB/T 3304-1991, as cards print them."""
_NAME = re.compile(rf"[{HAN}·•・ ]{{2,30}}|[A-Z][A-Z ,.'-]{{1,59}}", re.IGNORECASE)
_AUTHORITY = re.compile(r".*(?:公安局|分局|移民管理局)")
_VALIDITY = re.compile(r"(?=.*(?:[0-9]{4}|长期))[0-9.\-—~至年月日长期]{8,25}|长期")
_KINDS = (
    IdKind.RESIDENT_ID_CARD,
    IdKind.HK_MACAO_TAIWAN_RESIDENCE,
    IdKind.FOREIGN_PERMANENT_RESIDENCE,
)


@dataclass(frozen=True)
class ScannedId:
    """What was read off a card; `card` is checked, the rest is as the reader sent it."""

    card: CheckedId
    name: str | None = None
    gender: Gender | None = None
    nation: str | None = None
    birth: date | None = None
    address: str | None = None


def recognise_burst(text: str, *, today: date | None = None) -> ScannedId | None:
    """The card in a burst of typing, or None when it is none (see above for the shapes)."""
    if not 18 <= len(text) <= _LONGEST_BURST:
        return None
    fields = _fields(text)
    numbers = {number for field in fields if _NUMBER.fullmatch(number := _as_number(field))}
    if len(numbers) != 1:
        return None
    card = _card(numbers.pop(), today)
    if card is None:
        return None
    fields = [field for field in fields if not _NUMBER.fullmatch(_as_number(field))]
    if not fields:
        return ScannedId(card, gender=card.gender, birth=card.birth)
    return _with_fields(card, fields)


def _fields(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    for wide, narrow in (("；", ";"), ("，", ","), ("｜", "|")):
        plain = plain.replace(wide, narrow)
    separator = next((each for each in _SEPARATORS if each in plain), None)
    pieces = re.split(r"[\t\n]", plain) if separator in ("\t", "\n") else plain.split(separator)
    lines = (clean_line(piece, limit=_LONGEST_BURST) for piece in pieces)
    return [found for line in lines if (found := _LABEL.sub("", line).strip())]


def _as_number(field: str) -> str:
    return half_width(field).replace(" ", "").upper()


def _card(number: str, today: date | None) -> CheckedId | None:
    for kind in _KINDS:
        try:
            return check_id(kind, number, today=today)
        except UserError:
            continue
    return None


def _with_fields(card: CheckedId, fields: list[str]) -> ScannedId | None:
    days = [day for each in fields if (day := _day(each)) is not None]
    if days and card.birth not in days:
        return None
    gender = next((_GENDERS[each] for each in fields if each in _GENDERS), card.gender)
    # The last one that fits: 高山 is a nation and a person's name, and the name comes first.
    nation = next((each for each in reversed(fields) if _nation(each)), None)
    words = [each for each in fields if not (each == nation or _is_no_word(each))]
    name = _name(words.pop(0)) if words and _NAME.fullmatch(words[0]) else None
    address = half_width(" ".join(words)) or None
    return ScannedId(card, name, gender, _nation(nation or ""), card.birth, address)


def _is_no_word(field: str) -> bool:
    """Neither name nor address: gender, a date, the authority, how long the card is valid."""
    return (
        field in _GENDERS
        or _day(field) is not None
        or _AUTHORITY.fullmatch(field) is not None
        or _VALIDITY.fullmatch(half_width(field)) is not None
    )


def _nation(field: str) -> str | None:
    found = _NATION.fullmatch(field)
    return found[1] if found else None


def _name(field: str) -> str | None:
    try:
        return clean_name(field)
    except UserError:
        return None


def _day(field: str) -> date | None:
    found = _DAY.fullmatch(half_width(field))
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
