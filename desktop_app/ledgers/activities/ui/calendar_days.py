"""The days a calendar shows, read off the window's thread: what is on them, which ones are free."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.activities.ui.looks import ActivityRow, row_of
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.working_days import service as working_days
from desktop_app.registers.working_days.rules import MonthDay
from desktop_app.registers.working_days.ui.day import word_of
from desktop_app.storage.session import Desk

WEEK = 7
MOST_SHOWN = 600
"""Six weeks of a hall that has fourteen activities a day; what is beyond is said to be hidden."""

_WEEKEND = "休"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: `rest` is 放假 or 调休上班 in words, empty on a usual day."""

    day: date
    is_workday: bool
    rest: str
    rows: tuple[ActivityRow, ...]

    def told(self, today: date) -> str:
        """The day in words, as a screen reader says it."""
        head = " ".join(filter(None, (list_day(self.day, today=today), self.rest)))
        if not self.rows:
            return f"{head}，没有活动"
        return f"{head}，{len(self.rows)}场：" + "；".join(row.told for row in self.rows)


@dataclass(frozen=True, slots=True)
class Span:
    """What the calendar shows: whole weeks from `first` to `last`, with `about` among them."""

    first: date
    last: date
    about: date
    by_week: bool

    @property
    def weeks(self) -> int:
        return ((self.last - self.first).days + 1) // WEEK

    @property
    def title(self) -> str:
        """2026年11月, or 2026年11月23日—29日."""
        if not self.by_week:
            return f"{self.about.year}年{self.about.month}月"
        same = self.first.month == self.last.month
        end = f"{self.last.day}日" if same else f"{self.last.month}月{self.last.day}日"
        return f"{self.first.year}年{self.first.month}月{self.first.day}日—{end}"

    def same_days(self, other: Span) -> bool:
        """Whether both show the same days in the same way."""
        return (self.first, self.last, self.by_week) == (other.first, other.last, other.by_week)

    def __contains__(self, day: date) -> bool:
        """Whether a day belongs here; the days around a month only fill its weeks up."""
        if self.by_week:
            return self.first <= day <= self.last
        return (day.year, day.month) == (self.about.year, self.about.month)


def span_around(day: date, *, by_week: bool) -> Span:
    """The week or the month with this day."""
    if by_week:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=WEEK - 1), day, by_week=True)
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return Span(
        first - timedelta(days=first.weekday()),
        last + timedelta(days=WEEK - 1 - last.weekday()),
        day,
        by_week=False,
    )


def turned(day: date, steps: int, *, by_week: bool) -> date:
    """The same weekday so many weeks on, or the same day so many months on."""
    if by_week:
        return day + timedelta(weeks=steps)
    month = day.year * 12 + day.month - 1 + steps
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a span; `left_out` says that there is more than a calendar shows."""

    span: Span
    days: tuple[CalendarDay, ...]
    kinds: tuple[str, ...]
    left_out: bool
    stations: StationNames


def read(desk: Desk, span: Span, wanted: ActivityFilter) -> Read:
    """Everything of these days that `wanted` leaves, in words, in the order of the clock."""
    database, stations = desk.database, station_names(desk)
    today, now = desk.today, database.clock.now()
    found = service.page(desk, wanted, size=MOST_SHOWN)
    by_day: dict[date, list[ActivityRow]] = {}
    for line in reversed(found.rows):
        row = row_of(line, database.zone, today, now, stations)
        by_day.setdefault(line.day, []).append(row)
    known = _known_days(desk, span)
    days = (span.first + timedelta(days=at) for at in range(span.weeks * WEEK))
    return Read(
        span,
        tuple(_day(known[day], tuple(by_day.get(day, ()))) for day in days),
        service.kinds(desk),
        found.later is not None,
        stations,
    )


def _day(known: MonthDay, rows: tuple[ActivityRow, ...]) -> CalendarDay:
    word = word_of(known)
    return CalendarDay(known.day, known.is_workday, "" if word == _WEEKEND else word, rows)


def _known_days(desk: Desk, span: Span) -> Mapping[date, MonthDay]:
    months = {(day.year, day.month) for day in (span.first, span.about, span.last)}
    return {
        entry.day: entry
        for year, month in months
        for entry in working_days.month(desk, year, month)
    }
