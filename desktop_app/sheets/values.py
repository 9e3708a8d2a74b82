"""One cell into one plain value, by what its column holds. Pure; nothing is guessed.

`reader_of` makes the reader of a column. A reader answers None for a cell that says nothing and
raises `UserError` for one that cannot be right; sentences never repeat what the cell holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.text import clean_line, clean_name, clean_text, half_width, visible
from desktop_app.sheets import days, identifiers
from desktop_app.sheets.choices import choice_reader, choices_reader, flag_of, gender_of
from desktop_app.sheets.spec import Cell, CellKind, Column

LONGEST_CELL = 32_767
"""Characters that fit in a cell of Excel."""

Reader = Callable[[Cell], Plain]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the rows: today, and the year of the title, the sheet or the file."""

    today: date
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """Years of age, which are a year of birth as soon as the day of the row is known."""

    years: int


_ERRORS = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!|FIELD!)"
)
_NOTHING = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "————",
        "／",
        "－",
        "─",
        "──",
        "_",
        "__",
        "*",
        "、",
        ".",
        "…",
        "……",
        "××",
        "null",
        "none",
        "nan",
        "NULL",
        "None",
    ]
)
_NOTHING_KNOWN = frozenset(
    [
        "无",
        "暂无",
        "不详",
        "未知",
        "空",
        "没有",
        "未填",
        "未提供",
        "未留",
        "无电话",
        "不清楚",
        "N/A",
        "n/a",
    ]
)
_UNREAL = (CellKind.NAME, CellKind.NAMES, CellKind.LINE, CellKind.TEXT, CellKind.ADDRESS)
_SAYS_NOTHING = (CellKind.FLAG, CellKind.CHOICES, CellKind.GENDER, CellKind.CHOICE)


def reader_of(column: Column, context: Context, label: str = "") -> Reader:
    """The reader of a column; `label` is how the file heads it, which may tell the unit.

    An age where no year is known is answered as an `Age`.
    """
    read = _reader(column, context, label or column.label)
    check = column.check
    with_words = column.kind not in _UNREAL and column.kind not in _SAYS_NOTHING

    def whole(cell: Cell) -> Plain:
        if isinstance(cell, str):
            text = cell.strip()
            if not text or text in _NOTHING or (with_words and text in _NOTHING_KNOWN):
                return None
            if text[0] == "#" and _ERRORS.fullmatch(text):
                raise UserError(
                    "这一格是表格软件算不出来的公式错误，不是内容。", "请改成实际的内容，或清空它。"
                )
        elif cell is None:
            return None
        plain = read(cell)
        if plain is None or check is None or isinstance(plain, Age):
            return plain
        return check(plain)

    return whole


def _reader(column: Column, context: Context, label: str) -> Reader:
    habit = days.DayHabit(context.today, context.year, _is_birth(column))
    simple: dict[CellKind, Reader] = {
        CellKind.NAME: lambda cell: clean_name(shown(cell), label=column.label, field=column.name),
        CellKind.NAMES: lambda cell: _line(cell, column),
        CellKind.LINE: lambda cell: _line(cell, column),
        CellKind.TEXT: lambda cell: _text(cell, column),
        CellKind.ADDRESS: lambda cell: _address(cell, column),
        CellKind.CODE: identifiers.code_of,
        CellKind.PHONE: identifiers.phone_of,
        CellKind.PHONES: identifiers.phones_of,
        CellKind.IDENTITY: lambda cell: identifiers.identity_of(cell, context.today),
        CellKind.NUMBER: number_of,
        CellKind.MINUTES: lambda cell: minutes_of(cell, label),
        CellKind.DAY: lambda cell: days.day_of(cell, habit),
        CellKind.CLOCK: days.clock_of,
        CellKind.MOMENT: lambda cell: _moment(cell, habit),
        CellKind.YEAR: lambda cell: year_of(cell, context, label),
        CellKind.GENDER: gender_of,
        CellKind.FLAG: flag_of,
    }
    if column.kind is CellKind.CHOICE:
        return choice_reader(column)
    return choices_reader(column) if column.kind is CellKind.CHOICES else simple[column.kind]


def _is_birth(column: Column) -> bool:
    return column.concept.startswith("birth") or "birth" in column.name or "出生" in column.label


def shown(cell: Cell) -> str:
    """A cell as the text that a person sees in it, as far as one can know."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        hours, minutes = divmod(round(cell.total_seconds() / 60), 60)
        return f"{hours}:{minutes:02}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _words(cell: Cell) -> str:
    if isinstance(cell, float) and abs(cell) >= 1e15:
        raise UserError(
            "这一格的数字被表格软件改坏了，后几位已经丢失。",
            "请对照原件，把这一列设为“文本”格式后重新填写。",
        )
    return shown(cell)


def _line(cell: Cell, column: Column) -> str | None:
    text = clean_line(_words(cell), limit=LONGEST_CELL, label=column.label, field=column.name)
    return text or None


def _text(cell: Cell, column: Column) -> str | None:
    text = clean_text(_words(cell), limit=LONGEST_CELL, label=column.label, field=column.name)
    return text or None


def _address(cell: Cell, column: Column) -> str | None:
    if isinstance(cell, (date, datetime, time, timedelta)):
        raise UserError(
            "这一格的门牌被表格软件改成了日期或时间。",
            "请照原样重新填写，前面加上小区名，或把这一列设为“文本”格式。",
        )
    text = half_width(_words(cell))
    return clean_line(text, limit=LONGEST_CELL, label=column.label, field=column.name) or None


def _moment(cell: Cell, habit: days.DayHabit) -> str | None:
    moment = days.moment_of(cell, habit)
    return None if moment is None else days.moment_words(moment)


_HAN_NUMBERS = {han: number for number, han in enumerate("零一二三四五六七八九十")} | {
    "〇": 0, "两": 2, "俩": 2,
}  # fmt: skip
_COUNTED = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,12})(?:\.0+)?\s*([^\d\s.,:/-]{0,3})")
_HAN_COUNTED = re.compile("([零〇一二两俩三四五六七八九十]{1,3})\\s*[人户次件名个场位项份天]{0,2}")
_WHOLE = "请只写一个整数，如 3。"


def number_of(cell: Cell) -> int | None:
    """A whole number: 3, 3.0, 3人, ３, 三人."""
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        raise UserError("这一格不是整数。", _WHOLE)
    if isinstance(cell, (int, float)):
        if cell != int(cell) or abs(cell) >= 10**12:
            raise UserError("这一格不是整数。", _WHOLE)
        return int(cell)
    text = half_width(visible(str(cell or ""))).strip()
    if found := _COUNTED.fullmatch(text):
        return int(found[1].replace(",", ""))
    if found := _HAN_COUNTED.fullmatch(text):
        number = _han_number(found[1])
        if number is not None:
            return number
    raise UserError("这一格不是整数。", _WHOLE)


def _han_number(text: str) -> int | None:
    """Up to ninety-nine."""
    if len(text) == 1:
        return _HAN_NUMBERS[text]
    tens, ten, ones = text.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1:
        return None
    return (_HAN_NUMBERS[tens] if tens else 1) * 10 + (_HAN_NUMBERS[ones] if ones else 0)


_OLDEST = 130
_YEAR = re.compile(r"((?:18|19|20)\d{2})(?:\s*年.*|[-./]\d.*)?")
_AGE = re.compile(r"(\d{1,3})\s*(?:周?岁.*)?")
_AGE_WORDS = re.compile("岁|龄|纪|age", re.IGNORECASE)
_WHICH_YEAR = "请写四位的出生年，如 1952。"


def year_of(cell: Cell, context: Context, label: str = "年龄") -> Plain:
    """A year of birth: 1952, 1952年, a date; 72 and 72岁 are an age in the year of the title."""
    if isinstance(cell, (date, datetime)):
        return cell.year
    if isinstance(cell, (bool, time, timedelta)):
        raise UserError("这一格不是年份，也不是年龄。", _WHICH_YEAR)
    if isinstance(cell, float) and not cell.is_integer() and not 1800 <= cell < 2100:
        raise UserError("这一格不是年份，也不是年龄。", _WHICH_YEAR)
    text = shown(cell) if isinstance(cell, float) else str(cell or "")
    text = half_width(visible(text)).strip().removesuffix(".0")
    if found := _YEAR.fullmatch(text) or re.fullmatch(r"((?:19|20)\d{2})[01]\d(?:[0-3]\d)?", text):
        return int(found[1])
    found = _AGE.fullmatch(text)
    if found is None:
        raise UserError("这一格不是年份，也不是年龄。", _WHICH_YEAR)
    if "岁" not in text and not _AGE_WORDS.search(half_width(label)):
        raise UserError("这一格的出生年没有写全，也不像年龄。", _WHICH_YEAR)
    years = int(found[1])
    if years > _OLDEST:
        raise UserError("没有人有这个年龄。", "请核对年龄或出生年。")
    return born(Age(years), context.year) if context.year is not None else Age(years)


def born(age: Age, year: int) -> int:
    """The year of birth of somebody of that age in that year, give or take one."""
    return year - age.years


_HOURS = re.compile(
    r"(?:(\d+(?:\.\d+)?|半|[一二两三四五六七八九十])个?(半)?(?:小时|时|钟头|H|HR|HOURS?)(半)?)?(?:(\d+)(?:分钟|分|MIN|M))?"
)
_COLON = re.compile(r"(\d{1,3}):([0-5]\d)(?::\d{2})?")
_LONGEST_HOURS = 24
_SAY_UNIT = "请写明单位，如 2小时 或 90分钟。"


def minutes_of(cell: Cell, label: str = "") -> int:
    """A length of time in minutes; a bare number is in the unit of the heading, else in hours."""
    if isinstance(cell, (datetime, bool, date)):
        raise UserError("这一格不是时长。", _SAY_UNIT)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, (int, float)):
        return _bare(float(cell), label)
    text = "".join(half_width(visible(str(cell or ""))).split()).upper()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return _bare(float(text), label)
    if found := _COLON.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    found = _HOURS.fullmatch(text)
    if found is None or not any(found.groups()):
        raise UserError("这一格不是时长。", _SAY_UNIT)
    hours = 0.0
    if found[1]:
        hours = 0.5 if found[1] == "半" else float(_HAN_NUMBERS.get(found[1], -1))
        hours = float(found[1]) if hours < 0 else hours
    if found[2] or found[3]:
        hours += 0.5
    return round(hours * 60) + int(found[4] or 0)


def _bare(number: float, label: str) -> int:
    if number < 0:
        raise UserError("时长不能小于0。", _SAY_UNIT)
    plain = half_width(label)
    if "分钟" in plain or "(分)" in plain or "min" in plain.lower():
        return round(number)
    if number > _LONGEST_HOURS and "小时" not in plain:
        raise UserError("这一格分不清是小时还是分钟。", _SAY_UNIT)
    return round(number * 60)
