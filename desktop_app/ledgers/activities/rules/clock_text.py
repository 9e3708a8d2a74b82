"""Times as people type them: 9:30, 930, 9.30, 9点半. Pure."""

from __future__ import annotations

import re

from desktop_app.core.text import half_width
from desktop_app.ledgers.activities.rules.cleaning import Clock, is_clock

_SPOKEN = re.compile(r"(\d{1,2})[:.时点](?:(\d{1,2})分?|(半))?")


def parse_clock(text: str) -> Clock | None:
    """The time meant; None when the text is empty or means none."""
    plain = half_width(text).replace("：", ":").replace("。", ".").replace(" ", "")
    if plain.isascii() and plain.isdigit() and len(plain) in (3, 4):
        found: Clock = (int(plain[:-2]), int(plain[-2:]))
        return found if is_clock(found) else None
    match = _SPOKEN.fullmatch(plain)
    if match is None:
        return None
    hours, minutes, half = match.groups()
    found = (int(hours), 30 if half else int(minutes or 0))
    return found if is_clock(found) else None


def clock_problem(text: str) -> str:
    """Why the text is no time, in words; empty when it is one or nothing was typed."""
    if not text.strip() or parse_clock(text) is not None:
        return ""
    return f"“{text.strip()}”不是一个时间，请写成 9:30 或 930。"
