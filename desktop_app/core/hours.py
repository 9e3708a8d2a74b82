"""Time of voluntary service in words: kept in whole minutes, never as a fraction of an hour. Pure.

Minutes are added up first and folded into hours once, at the end, so that a total on paper never
differs from the sum of what it counts by more than the rule says.
"""

from __future__ import annotations

MINUTES_OF_HOUR = 60
MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR
_MINUTES_OF_TENTH = 6

HOURS_RULE = "服务时间先按分钟累计，再折算成小时，保留一位小数，不足6分钟（0.1小时）的部分舍去。"
"""How minutes become hours, as it is printed below every total of hours."""


def hours_words(minutes: int) -> str:
    """As screens write it, to the minute: `12小时30分`, `12小时`, `45分`, `0分`."""
    hours, rest = divmod(_counted(minutes), MINUTES_OF_HOUR)
    if not hours:
        return f"{rest}分"
    return f"{hours}小时{rest}分" if rest else f"{hours}小时"


def folded(minutes: int) -> str:
    """As paper writes it, in hours by `HOURS_RULE`: `12.5`, and `0.9` for 59 minutes."""
    tenths = _counted(minutes) // _MINUTES_OF_TENTH
    return f"{tenths // 10}.{tenths % 10}"


def _counted(minutes: int) -> int:
    if minutes < 0:
        raise ValueError("nobody serves less than no time")
    return minutes
