"""A date as people type it, read into a day: 20261123, 2026-11-23, 2026.3.5, 11-23, 3月5日, 昨天.

For entry fields, where one person types one date. Columns of old spreadsheets, with their serial
numbers and mixed habits, are read elsewhere.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop_app.core.text import half_width

_FULL = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-./月 ](\d{1,2})日?")
_NAMED = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def parse_day(text: str, today: date) -> date | None:
    """The day meant, or None when the text is no date between 1900 and 2199.

    A date without a year is in the year of `today`. Full-width digits count as digits.
    """
    plain = half_width(text).strip()
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    found = _FULL.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is not None:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _SHORT.fullmatch(plain)
    if found is not None:
        return _day(today.year, int(found[1]), int(found[2]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
