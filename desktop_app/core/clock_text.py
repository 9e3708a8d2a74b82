"""A time of day as people type it: 9:30, 930, 0930, 14, 9点半, 下午3点, 晚上7:30.

For entry fields, as `day_text` is for dates.
"""

from __future__ import annotations

import re

from desktop_app.core.text import half_width

_WITH_MARK = re.compile(r"(\d{1,2})[:.点时](?:(\d{1,2})分?|(半)|(整))?")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})")
_HOUR = re.compile(r"(\d{1,2})")
_PARTS = ("凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上")
_LATER = ("中午", "下午", "傍晚", "晚上")
_NOON = 12
_EARLY_AFTERNOON = 10


def parse_clock(text: str) -> tuple[int, int] | None:
    """Hour and minute meant, or None when the text is no time from 0:00 to 23:59."""
    plain = "".join(half_width(text).split()).replace("：", ":")
    part = next((word for word in _PARTS if plain.startswith(word)), "")
    plain = plain.removeprefix(part)
    found = _WITH_MARK.fullmatch(plain)
    if found is not None:
        minute = 30 if found[3] else int(found[2] or 0)
    else:
        found = _COMPACT.fullmatch(plain) or _HOUR.fullmatch(plain)
        if found is None:
            return None
        minute = int(found[2]) if found.re is _COMPACT else 0
    hour = int(found[1])
    if part in _LATER and hour < (_EARLY_AFTERNOON if part == "中午" else _NOON):
        hour += _NOON
    return (hour, minute) if hour <= 23 and minute <= 59 else None


def clock_words(time: tuple[int, int]) -> str:
    """As the program writes it: 09:30."""
    return f"{time[0]:02}:{time[1]:02}"
