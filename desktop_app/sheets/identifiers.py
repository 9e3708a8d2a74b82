"""Numbers that name somebody or something, and what spreadsheets do to them. Pure.

A spreadsheet keeps fifteen digits of a number. A 证件号码 that was a number is damaged even where
its check digit happens to fit, so it goes by what the cell is, and nothing is ever repaired.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.identity import IdKind, check_id, check_office_phone, check_phone
from desktop_app.core.text import half_width, visible
from desktop_app.sheets.spec import Cell

_LOST = 10**15
_EXPONENT = re.compile(r"[+-]?\d(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_QUOTED = re.compile(r'="(.*)"')
_AS_TEXT = "请对照原件，把这一列设为“文本”格式后重新填写。"
_FROM_CARD = "请对照证件，把这一列设为“文本”格式后重新填写。"


def plain_text(cell: Cell) -> str:
    """A cell of a code: half width, without what spreadsheets put before to keep it a text."""
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell
    text = half_width(visible(str(cell if cell is not None else ""))).strip()
    if found := _QUOTED.fullmatch(text):
        text = found[1].strip()
    return text.removeprefix("'").strip()


def code_of(cell: Cell) -> str | None:
    """编号, 门牌: a text, or a whole number that is small enough to have kept its digits."""
    if isinstance(cell, (date, datetime, time, timedelta)):
        raise UserError("这一格被表格软件改成了日期或时间。", _AS_TEXT)
    if isinstance(cell, bool):
        raise UserError("这一格是“是或否”，不是编号。", _AS_TEXT)
    if isinstance(cell, (int, float)):
        return str(_whole(cell, "这一格的号码被表格软件改坏了，后几位已经丢失。", _AS_TEXT))
    text = plain_text(cell)
    if _EXPONENT.fullmatch(text) and re.search(r"E[+-]?\d{2}$", text, re.IGNORECASE):
        raise UserError("这一格的号码被表格软件改坏了，后几位已经丢失。", _AS_TEXT)
    return re.sub(r"\s+", " ", text) or None


def _whole(number: float, lost: str, next_step: str) -> int:
    if abs(number) >= _LOST:
        raise UserError(lost, next_step)
    if number != int(number):
        raise UserError("这一格是小数，不是号码；末尾的0可能已经丢失。", next_step)
    return int(number)


_DAMAGED = "身份证号被表格软件改坏了，后几位已经丢失。"
_LONGEST_OTHER = 12
_SHORTEST_OTHER = 4
_JUNK = re.compile(r"[\s\-.·]+")
_HK_MACAO_TAIWAN = ("81", "82", "83")


def identity_of(cell: Cell, today: date) -> str | None:
    """A 证件号码 in its one written form; raises `UserError`."""
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        raise UserError("这一格不是证件号码。", _FROM_CARD)
    if isinstance(cell, (int, float)):
        number = str(_whole(cell, _DAMAGED, _FROM_CARD))
        if len(number) > 15:
            raise UserError(_DAMAGED, _FROM_CARD)
    else:
        text = plain_text(cell)
        if _EXPONENT.fullmatch(text):
            raise UserError(_DAMAGED, _FROM_CARD)
        number = _JUNK.sub("", text).upper()
    return _checked(number, today) if number else None


def _checked(number: str, today: date) -> str:
    if len(number) == 18 or (len(number) == 15 and number.isdigit()):
        try:
            return check_id(_kind(number), number, today=today, field=None).number
        except UserError:
            if number.endswith("000") and number.isdigit():
                raise UserError(
                    "身份证号的末三位都是0，校验码也对不上，多半被表格软件改坏了。", _FROM_CARD
                ) from None
            raise
    if len(re.findall(r"\d", number)) > _LONGEST_OTHER:
        # So many digits are meant to be a 身份证 and are none; other kinds never have as many.
        raise UserError(f"身份证号应为18位，现在是{len(number)}位。", "请对照证件核对后再填。")
    if sum(letter.isascii() and letter.isalnum() for letter in number) < _SHORTEST_OTHER:
        raise UserError("这一格不是证件号码。", "请对照证件填写，没有看过证件的留空。")
    return check_id(IdKind.OTHER, number, field=None).number


def _kind(number: str) -> IdKind:
    if number[:2] in _HK_MACAO_TAIWAN:
        return IdKind.HK_MACAO_TAIWAN_RESIDENCE
    if number[0] == "9":
        return IdKind.FOREIGN_PERMANENT_RESIDENCE
    if re.fullmatch(r"[A-Z]{3}\d{12}", number):
        return IdKind.FOREIGN_PERMANENT_RESIDENCE
    return IdKind.RESIDENT_ID_CARD


_BETWEEN = re.compile(r"[、，,/;；\n|]+")
_BLANKS = re.compile(r"\s+")
_RUN = re.compile(r"\+?\(?\d[\d\s()-]{5,}\d")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_ONE_EACH = "请只留一个，其余的写到备注里。"


def phone_of(cell: Cell) -> str | None:
    """One telephone number in its one written form; raises `UserError`."""
    text = _phone_text(cell)
    if not text or _MOBILE.fullmatch(text):
        return text or None
    try:
        return check_office_phone(text, field=None)
    except UserError as problem:
        if len(_parts(text)) > 1:
            raise UserError("这一格里有几个电话。", _ONE_EACH) from None
        if re.fullmatch(r"[3-9]\d{9}|10\d{8}|2\d{9}", text):
            raise UserError(
                "这个电话少了一位；若是座机，区号前面的0可能被表格软件去掉了。", problem.next_step
            ) from None
        raise


def _phone_text(cell: Cell) -> str:
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        raise UserError("这一格不是电话。", "请核对后把这一列设为“文本”格式。")
    if isinstance(cell, (int, float)):
        return str(_whole(cell, "这一格的电话被表格软件改坏了。", _AS_TEXT))
    text = plain_text(cell)
    if _EXPONENT.fullmatch(text):
        raise UserError("这一格的电话被表格软件改坏了，后几位已经丢失。", _AS_TEXT)
    return text.removesuffix(".0")


def _is_phone(text: str) -> bool:
    try:
        check_phone(text)
    except UserError:
        return False
    return True


def _parts(text: str) -> list[str]:
    """The telephone numbers in a cell, where it is made of nothing else."""
    for between in (_BETWEEN, re.compile(r"[、，,/;；\n|\s]+")):
        parts = [part.strip() for part in between.split(text) if part.strip()]
        if len(parts) > 1 and all(map(_is_phone, parts)):
            return parts
    return []


def phones_of(cell: Cell) -> Plain:
    """All numbers of a cell, each a dict with `number` and, where it is told, `whose`."""
    text = _phone_text(cell)
    if not text:
        return None
    if _is_phone(text):
        return [{"number": check_phone(text, field=None)}]
    parts = _parts(text) or [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) == 1 and len(_RUN.findall(parts[0])) > 1:
        parts = _BLANKS.split(parts[0])
    return [_with_owner(part.strip()) for part in parts]


def _with_owner(part: str) -> dict[str, str]:
    if _is_phone(part):
        return {"number": check_phone(part, field=None)}
    found = _RUN.search(part)
    if found is None:
        return {"number": check_phone(part, field=None)}
    whose = re.sub(r"[\s():：()]+", " ", part[: found.start()] + " " + part[found.end() :]).strip()
    number = check_phone(found[0], field=None)
    return {"number": number, "whose": whose} if whose else {"number": number}
