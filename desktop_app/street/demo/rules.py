"""When each station of a demo street joins and reports, and which of them give trouble. Pure.

Every station joins in some weeks of work, reports once a month, and some days before the demo is
opened for the last time that the street has taken in. What it has done since lies ready.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.workdays import WorkCalendar

_REPORTS_BEFORE = 3
_TO_JOIN, _TO_REPORT = 12, 5
"""Working days over which all stations join, and in which they report in other months."""


class Trouble(LabelledEnum):
    """What is out of order with a station; the words are those of the answer of `demo`."""

    SILENT = "silent", "加入时报过一次，以后没有再上报，待收文件里也没有它的"
    LATE = "late", "漏报过几个月，这次一并补上"
    CLOCK = "clock", "电脑的时钟回到了两个月以前"
    FORKED = "forked", "恢复过备份，两台电脑都在登记：待收文件里有它两份，其中一份会分叉"


TROUBLES: Mapping[str, Trouble] = {
    "HA03": Trouble.SILENT,
    "LX02": Trouble.LATE,
    "TY04": Trouble.CLOCK,
    "WX01": Trouble.FORKED,
}
"""Which station of the invented street gives which trouble."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report that the street takes in on the day it is made; the receipt is back on `back`."""

    made: date
    back: date


@dataclass(frozen=True, slots=True)
class Dealings:
    """The days on which one station deals with the street.

    `ready` is whether what it has done since then lies ready. `backed_up` is the day of the backup
    that another PC goes on from on the day `elsewhere`; None for all stations but one. `slot` tells
    stations apart that come on the same day.
    """

    code: str
    slot: int
    asks: date
    joins: date
    reports: tuple[Report, ...]
    ready: bool = True
    wrong_clock: date | None = None
    backed_up: date | None = None
    elsewhere: date | None = None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)


def timetable(
    codes: Sequence[str],
    today: date,
    months: int,
    calendar: WorkCalendar,
    troubles: Mapping[str, Trouble],
) -> list[Dealings]:
    """The dealings of these stations, who have been there for so many months (at least one)."""
    before = min(_REPORTS_BEFORE, months - 1)
    begin = _earlier(months_before(today, before), _TO_JOIN, calendar)
    if before == 0:
        begin = _earlier(today, _TO_JOIN + 2, calendar)
    found = []
    for slot, code in enumerate(codes):
        asks = calendar.add_workdays(begin, 1 + slot * _TO_JOIN // len(codes))
        joins = calendar.add_workdays(asks, 1)
        reports = []
        if before:
            reports.append(_report(calendar.add_workdays(joins, 1), calendar))
        for month in range(before - 1, 0, -1):
            # Not always the same ones first.
            turn = (slot * 7 + month * 5) % len(codes)
            first = _earlier(months_before(today, month), _TO_REPORT, calendar)
            day = calendar.add_workdays(first, turn * _TO_REPORT // len(codes))
            reports.append(_report(day, calendar))
        dealings = Dealings(code, slot, asks, joins, tuple(reports))
        found.append(_troubled(dealings, troubles.get(code), today, calendar))
    return found


def _troubled(
    known: Dealings, trouble: Trouble | None, today: date, calendar: WorkCalendar
) -> Dealings:
    code, slot, asks, joins, reports = (
        known.code, known.slot, known.asks, known.joins, known.reports,
    )  # fmt: skip
    if trouble in (Trouble.SILENT, Trouble.LATE):
        ready = trouble is Trouble.LATE
        return Dealings(code, slot, asks, joins, reports[:1], ready)
    if trouble is Trouble.CLOCK:
        return Dealings(code, slot, asks, joins, reports, wrong_clock=months_before(today, 2))
    if trouble is Trouble.FORKED and reports:
        # Before the last report that was taken in: what the other PC writes is news to nobody.
        backed_up = reports[-2].back if len(reports) > 1 else joins
        elsewhere = _earlier(today, 1, calendar)
        return Dealings(code, slot, asks, joins, reports, backed_up=backed_up, elsewhere=elsewhere)
    return known


def _report(day: date, calendar: WorkCalendar) -> Report:
    return Report(day, calendar.add_workdays(day, 1))


def _earlier(day: date, workdays: int, calendar: WorkCalendar) -> date:
    """The working day so many working days before."""
    while workdays:
        day -= timedelta(days=1)
        workdays -= calendar.is_workday(day)
    return day
