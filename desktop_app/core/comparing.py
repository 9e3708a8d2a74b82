"""环比 and 同比 in words: 比上月 +12（+8.3%）. Never a percentage of nothing. Pure."""

from __future__ import annotations

from desktop_app.core.figures import Rate, Value
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.told import NOTHING, Compared
from desktop_app.core.wording import number

YEAR_AGO = "上年同期"
_BEFORE = {
    PeriodKind.MONTH: "上月",
    PeriodKind.QUARTER: "上季度",
    PeriodKind.HALF_YEAR: "上个半年",
    PeriodKind.YEAR: "上年",
}


def before_words(period: Period) -> str:
    """What the period before is called: 上月, 上季度, 上个半年, 上年."""
    return _BEFORE[period.kind]


def value_words(value: Value | None) -> str:
    """A figure as a report prints it."""
    if value is None:
        return NOTHING
    return value.words if isinstance(value, Rate) else number(value)


def compared(now: Value | None, then: Value | None, called: str) -> Compared:
    """A figure beside its value in another period, which is called so."""
    if then is None:
        return Compared()
    return Compared(then, value_words(then), _change(now, then, called))


def _change(now: Value | None, then: Value, called: str) -> str:
    if isinstance(now, Rate) and isinstance(then, Rate):
        return _change_of_rates(now, then, called)
    if not isinstance(now, int) or not isinstance(then, int):
        return NOTHING
    if now == then:
        return f"与{called}持平"
    sign = "+" if now > then else "-"
    part = f"（{sign}{_per_cent(abs(now - then), then)}）" if then > 0 else ""
    return f"比{called} {sign}{number(abs(now - then))}{part}"


def _change_of_rates(now: Rate, then: Rate, called: str) -> str:
    """The difference of what is printed, so that a reader who subtracts finds the same."""
    if now.whole == 0 or then.whole == 0:
        return NOTHING
    apart = _tenths(now) - _tenths(then)
    if apart == 0:
        return f"与{called}持平"
    return f"比{called} {'+' if apart > 0 else '-'}{_decimal(abs(apart))}个百分点"


def _tenths(rate: Rate) -> int:
    return int(rate.words.removesuffix("%").replace(".", ""))


def _per_cent(part: int, whole: int) -> str:
    """A change may be more than the whole; the smallest that is told is 0.1%."""
    return f"{_decimal(max(1, (part * 2000 + whole) // (whole * 2)))}%"


def _decimal(tenths: int) -> str:
    return f"{number(tenths // 10)}.{tenths % 10}"
