"""Days and times of day as old ledgers write them. Pure.

What is told wrongly or twice is refused, never repaired: a year of two digits of a birth, 3.1 in a
cell that held 3.10 before a spreadsheet took it for a number, two days in one cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop_app.core.clock_text import clock_words, parse_clock
from desktop_app.core.day_text import EARLIEST, LATEST
from desktop_app.core.errors import UserError
from desktop_app.core.text import half_width, visible
from desktop_app.sheets.spec import Cell

_FIX = "请改成 2024-03-05 的样子。"
_FIX_CLOCK = "请改成 09:30 的样子。"
_EPOCH = date(1899, 12, 30)
_SERIALS = (20_000, 60_000)
_BIRTH_SERIALS = (10_000, 60_000)
_MINUTES_OF_DAY = 24 * 60

Moment = tuple[date, tuple[int, int] | None]
"""A day, and perhaps a time of it."""


@dataclass(frozen=True, slots=True)
class DayHabit:
    """What is known around a column of days: today, the year of the title, whether it is births."""

    today: date
    year: int | None = None
    birth: bool = False


_SEPARATOR = r"\s*[-./年\\]\s*"
_FULL = re.compile(
    rf"(?P<y>\d{{4}})(?:{_SEPARATOR}|\s+)(?P<m>\d{{1,2}})(?:\s*[-./月\\]\s*|\s+)(?P<d>\d{{1,2}})\s*[日号]?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20|21)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")
_SHORT_YEAR = re.compile(
    rf"(?P<y>\d{{2}}){_SEPARATOR}(?P<m>\d{{1,2}})\s*[-./月\\]\s*(?P<d>\d{{1,2}})\s*[日号]?(?!\d)"
)
_NO_YEAR = re.compile(
    r"(?P<m>\d{1,2})\s*[-./月\\]\s*(?P<d>\d{1,2})\s*(?:[日号]|(?![\d年]|[./-]\d{4}))"
)
_MONTH_ONLY = re.compile(r"\d{4}(?:\s*[-./年\\]\s*\d{1,2}\s*月?|\s*年)")
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)[一二三四五六日天]\)?")
_ANOTHER = re.compile(
    r"\s*(?:[-至到~、,;及和]|\d{4}\s*[-./年]|\d{1,2}\s*[-/月]\s*\d|\d{1,2}\s*[日号]|\d{1,2}\.\d(?!\d))"
)
"""How what follows a day begins when it is one more."""
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")


def day_of(cell: Cell, habit: DayHabit) -> str | None:
    """A cell as an ISO day; None for one that says there is none."""
    moment = moment_of(cell, habit)
    return None if moment is None else moment[0].isoformat()


def moment_words(moment: Moment) -> str:
    """As the contract writes it: `2024-03-05`, or `2024-03-05T09:30`."""
    day, clock = moment
    return day.isoformat() if clock is None else f"{day.isoformat()}T{clock_words(clock)}"


def moment_of(cell: Cell, habit: DayHabit) -> Moment | None:
    """A day, with a time where one is told; raises `UserError`."""
    if isinstance(cell, datetime):
        return _in_range(cell.date()), _told_clock(cell.time())
    if isinstance(cell, date):
        return _in_range(cell), None
    if isinstance(cell, (time, timedelta)):
        raise UserError("这一格只有几点几分，没有日期。", _FIX)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell, habit)
    text = half_width(visible(str(cell if cell is not None else ""))).strip()
    return _of_text(text, habit) if text else None


def _told_clock(told: time) -> tuple[int, int] | None:
    """Midnight is what a day without a time looks like."""
    clock = (told.hour, told.minute)
    return None if clock == (0, 0) else clock


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise UserError("这一格的年份不可能。", _FIX)
    return day


def _of_number(number: float, habit: DayHabit) -> Moment:
    """A serial number, 20240305, or 3.15 for 3月15日."""
    least, most = _BIRTH_SERIALS if habit.birth else _SERIALS
    if least <= number <= most:
        days, minutes = divmod(round(number * _MINUTES_OF_DAY), _MINUTES_OF_DAY)
        clock = divmod(minutes, 60) if minutes else None
        return _EPOCH + timedelta(days=days), clock
    if number == int(number) and 19_000_101 <= number <= 21_991_231:
        return _of_text(str(int(number)), habit)
    text = repr(number)
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text):
        if found[2] in ("1", "2", "3"):
            raise UserError("这一格被表格软件当成了小数，末尾的0已经丢失，分不清是几日。", _FIX)
        return _of_text(text, habit)
    if re.fullmatch(r"(19|20)\d\d(\.\d{1,2})?", text.removesuffix(".0")):
        raise UserError("这一格只有年或年月，没有日。", _FIX)
    raise UserError("这一格是一个数字，不是日期。", _FIX)


def _of_text(text: str, habit: DayHabit) -> Moment:
    text = _WEEKDAY.sub(" ", text).strip()
    if _NUMBER.fullmatch(text):
        return _of_number(float(text), habit)
    if _MONTH_ONLY.fullmatch(text):
        raise UserError("这一格只有年或年月，没有日。", _FIX)
    for pattern in (_FULL, _COMPACT, _SHORT_YEAR, _NO_YEAR):
        if found := pattern.match(text):
            break
    else:
        raise UserError("这一格不是日期。", _FIX)
    rest = text[found.end() :].strip(" ,.T")
    if _ANOTHER.match(rest):
        raise UserError("这一格里有两个日期。", "请只留一个，或把起止日期分成两列。")
    day = _day(_year(found, habit), int(found["m"]), int(found["d"]))
    return day, _rest_clock(rest)


def _year(found: re.Match[str], habit: DayHabit) -> int:
    told = found.groupdict().get("y")
    if told is None:
        if habit.year is None:
            raise UserError(
                "这一格的日期没有年份，表的标题里也没有。", "请补上年份，写成 2024-03-05 的样子。"
            )
        return habit.year
    if len(told) == 4:
        return int(told)
    year = 2000 + int(told)
    # A visit of 24.3.5 was in 2024; a birth of 24.3.5 was in 1924 or in 2024, nobody can tell.
    if habit.birth or year > habit.today.year + 1:
        raise UserError("这一格的年份只写了两位。", "请写全四位年份，如 2024-03-05。")
    return year


def _day(year: int, month: int, day: int) -> date:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        raise UserError("日历上没有这一天。", _FIX) from None


_PARTS = re.compile("(?:上午|下午|中午|晚上|早上|凌晨|傍晚|午前|午后|全天)")
_OTHER_WORDS = {"午前": "上午", "午后": "下午", "早晨": "早上", "夜里": "晚上", "夜间": "晚上"}
_AMPM = re.compile(r"^(.*?)\s*([AP])\.?M\.?$", re.IGNORECASE)


def _rest_clock(rest: str) -> tuple[int, int] | None:
    if not rest or _PARTS.fullmatch(rest):
        return None
    clock = parse_any_clock(rest)
    if clock is None:
        raise UserError("日期后面的内容不是几点几分。", "请改成 2024-03-05 09:30 的样子。")
    return clock


def parse_any_clock(text: str) -> tuple[int, int] | None:
    """As `core/clock_text`, and with seconds, 午前 and 午后, AM and PM."""
    plain = "".join(half_width(text).split())
    for word, usual in _OTHER_WORDS.items():
        plain = plain.replace(word, usual)
    if found := _AMPM.fullmatch(plain):
        half = "下午" if found[2].upper() == "P" else "上午"
        plain = f"{half}{found[1]}"
        if half == "上午" and plain.startswith("上午12"):
            plain = plain.replace("上午12", "上午0", 1)
    plain = re.sub(r"^(.*\d[:：]\d{1,2})[:：]\d{1,2}(\.\d+)?$", r"\1", plain)
    plain = re.sub(r"^(.*\d分)\d{1,2}秒$", r"\1", plain)
    return parse_clock(plain)


def clock_of(cell: Cell) -> str | None:
    """A time of day as 09:30; None for an empty cell; raises `UserError`."""
    clock: tuple[int, int] | None
    if isinstance(cell, (datetime, time)):
        clock = (cell.hour, cell.minute)
    elif isinstance(cell, timedelta):
        clock = divmod(round(cell.total_seconds() / 60), 60)
    elif isinstance(cell, (bool, date)):
        clock = None
    elif isinstance(cell, (int, float)):
        clock = _clock_of_number(cell)
    else:
        text = visible(str(cell or "")).strip()
        if not text:
            return None
        if re.search(r"\d[点时分半]?\s*[-—–至到~～]\s*\D{0,2}\d", text):
            raise UserError("这一格里有两个时间。", "请只留一个，或把起止时间分成两列。")
        clock = _text_clock(text)
    if clock is None or not (0 <= clock[0] <= 23 and 0 <= clock[1] <= 59):
        raise UserError("这一格不是几点几分。", _FIX_CLOCK)
    return clock_words(clock)


def _text_clock(text: str) -> tuple[int, int] | None:
    if re.fullmatch(r"0?\.\d+", half_width(text)):
        return _clock_of_number(float(half_width(text)))
    return parse_any_clock(text)


def _clock_of_number(number: float) -> tuple[int, int] | None:
    """0.3958 of a day, 9 o'clock, 930; 9.3 was 9.30 or 9.03 once, so it is none."""
    if 0 <= number < 1:
        return divmod(round(number * _MINUTES_OF_DAY), 60)
    return parse_clock(str(int(number))) if number == int(number) else None
