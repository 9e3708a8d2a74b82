"""Reporting periods: a month, a quarter, half a year, a year, by the station's business date.

What is counted in a period is for the ledgers; closing a period (封账) is for the station.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.core.errors import UserError
from desktop_app.core.text import half_width


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Length in calendar months."""
        return _MONTHS[self]

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}
_KIND_LABELS = {
    PeriodKind.MONTH: "月",
    PeriodKind.QUARTER: "季度",
    PeriodKind.HALF_YEAR: "半年",
    PeriodKind.YEAR: "年度",
}
_PARTS = {
    PeriodKind.YEAR: PeriodKind.HALF_YEAR,
    PeriodKind.HALF_YEAR: PeriodKind.QUARTER,
    PeriodKind.QUARTER: PeriodKind.MONTH,
}
_FORM = re.compile(r"([12]\d{3})(?:-(?:(\d{1,2})|Q(\d)|H(\d)))?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, order=True)
class Period:
    """One period; `index` counts from 1 within its year. Both ends belong to it."""

    year: int
    kind: PeriodKind
    index: int

    @property
    def first(self) -> date:
        return date(self.year, (self.index - 1) * self.kind.months + 1, 1)

    @property
    def last(self) -> date:
        month = self.index * self.kind.months
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """As reports head it: 2026年10月, 2026年第三季度, 2026年上半年, 2026年."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}年{self.index}月"
            case PeriodKind.QUARTER:
                return f"{self.year}年第{'一二三四'[self.index - 1]}季度"
            case PeriodKind.HALF_YEAR:
                return f"{self.year}年{'上下'[self.index - 1]}半年"
            case PeriodKind.YEAR:
                return f"{self.year}年"

    @property
    def previous(self) -> Period:
        """The period right before this one, of the same length (环比)."""
        return period_of(self.first - timedelta(days=1), self.kind)

    @property
    def same_last_year(self) -> Period:
        """The same period a year earlier (同比)."""
        return Period(self.year - 1, self.kind, self.index)

    @property
    def following(self) -> Period:
        """The period right after this one, of the same length."""
        return period_of(self.last + timedelta(days=1), self.kind)

    @property
    def parts(self) -> tuple[Period, ...]:
        """The periods of the next shorter kind it is made of; a month is made of none."""
        shorter = _PARTS.get(self.kind)
        if shorter is None:
            return ()
        count = self.kind.months // shorter.months
        before = (self.index - 1) * count
        return tuple(Period(self.year, shorter, before + at) for at in range(1, count + 1))

    @property
    def months(self) -> tuple[Period, ...]:
        """Its months in their order."""
        first = (self.index - 1) * self.kind.months
        return tuple(
            Period(self.year, PeriodKind.MONTH, first + at) for at in range(1, self.kind.months + 1)
        )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """The form `parse_period` reads."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.index:02}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}-Q{self.index}"
            case PeriodKind.HALF_YEAR:
                return f"{self.year:04}-H{self.index}"
            case PeriodKind.YEAR:
                return f"{self.year:04}"


def period_of(day: date, kind: PeriodKind) -> Period:
    """The period of that length in which a day lies."""
    return Period(day.year, kind, (day.month - 1) // kind.months + 1)


def parse_period(text: str, *, field: str | None = "period") -> Period:
    """Reads `2026-10`, `2026-Q3`, `2026-H1` or `2026`; anything else raises `UserError`."""
    form = _FORM.fullmatch(half_width(text).strip().upper())
    if form is None:
        raise UserError(f"看不懂这个时间段，{_HOW}", field=field)
    year, month, quarter, half = form.groups()
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        raise UserError(f"年份应在{_FIRST_YEAR}到{_LAST_YEAR}之间。", field=field)
    if month is not None:
        return Period(int(year), PeriodKind.MONTH, _within(month, 12, "月份", field))
    if quarter is not None:
        return Period(int(year), PeriodKind.QUARTER, _within(quarter, 4, "季度", field))
    if half is not None:
        return Period(int(year), PeriodKind.HALF_YEAR, _within(half, 2, "半年", field))
    return Period(int(year), PeriodKind.YEAR, 1)


_HOW = "请写成 2026-10（月）、2026-Q3（季度）、2026-H1（半年）或 2026（全年）。"


def _within(digits: str, most: int, name: str, field: str | None) -> int:
    number = int(digits)
    if not 1 <= number <= most:
        raise UserError(f"{name}应在1到{most}之间。", _HOW, field=field)
    return number
