"""Until when a station has reported, and whether that is enough for a period. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.registers.offices.rules import StationEntry, Structure
from desktop_app.street.overview.rules.told import Waiting

MOST_DAYS_ON_THE_WAY = 366
"""A bundle that says it was made longer ago than this was made by a PC whose clock is wrong."""


def reported_until(made: date, taken: date) -> date:
    """The day to which what the street has of a station reaches, from the days on which its last
    bundle was made (by its own clock) and taken in (by ours)."""
    if not timedelta() <= taken - made <= timedelta(days=MOST_DAYS_ON_THE_WAY):
        return taken
    return made


def enough_for(period: Period, today: date) -> date:
    """The day until which a station must have reported for nothing of a period to be missing.

    Of a period that runs nobody can report the end: of a month something of it must have come, of a
    longer period everything before this month.
    """
    if today > period.last:
        return period.last
    month = period_of(today, PeriodKind.MONTH)
    before = period.first if period.kind is PeriodKind.MONTH else month.previous.last
    return max(before, period.first)


def expected_in(structure: Structure, period: Period, today: date) -> list[StationEntry]:
    """The stations that were there in a period and are expected to report it, by code."""
    days = {period.first, min(period.last, today)}
    found: dict[str, StationEntry] = {}
    for day in sorted(days):
        found |= {entry.code: entry for entry in structure.living(day)}
    return [found[code] for code in sorted(found)]


def waiting_for(
    expected: Iterable[StationEntry],
    until: Mapping[str, date],
    taken: Mapping[str, date],
    period: Period,
    today: date,
) -> tuple[Waiting, ...]:
    """Who of them has not reported enough, the longest waited for first.

    `until` is the day to which what came of each reaches, `taken` that on which it came: what came
    when the period was over is a report of it, whatever the clock says that it was made by.
    """
    missing = [
        Waiting(entry.code, entry.name, until.get(entry.code))
        for entry, last in _not_reaching(expected, until, period, today)
        if not _came_after(last, entry, taken)
    ]
    return tuple(sorted(missing, key=lambda one: (one.until or date.min, one.code)))


def not_to_the_end(
    expected: Iterable[StationEntry],
    until: Mapping[str, date],
    taken: Mapping[str, date],
    period: Period,
    today: date,
) -> dict[str, date]:
    """Who has reported, but what came says that it ends before the period does, and where: it lay
    on a stick for some days, or the clock is wrong. By code."""
    return {
        entry.code: until[entry.code]
        for entry, last in _not_reaching(expected, until, period, today)
        if _came_after(last, entry, taken)
    }


def _not_reaching(
    expected: Iterable[StationEntry], until: Mapping[str, date], period: Period, today: date
) -> Iterator[tuple[StationEntry, date]]:
    """Those of whom nothing reaches to the day that is enough, with that day."""
    if today < period.first:
        return
    needed = enough_for(period, today)
    for entry in expected:
        # Nobody reports days after its last one.
        last = needed if entry.until is None else min(needed, entry.until - timedelta(days=1))
        if until.get(entry.code, date.min) < last:
            yield entry, last


def _came_after(last: date, entry: StationEntry, taken: Mapping[str, date]) -> bool:
    return taken.get(entry.code, date.min) > last
