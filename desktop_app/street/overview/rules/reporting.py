"""Until when a station has reported, and whether that is enough for a period. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.registers.offices.rules import StationEntry, Structure
from desktop_app.street.overview.rules.told import Waiting

MOST_DAYS_ON_THE_WAY = 366
"""A bundle that says it was made longer ago than this was made by a PC whose clock is wrong."""


def reported_until(made: date, taken: date) -> date:
    """The last day of which the street has everything, from the days on which a station's last
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
    expected: Iterable[StationEntry], until: Mapping[str, date], period: Period, today: date
) -> tuple[Waiting, ...]:
    """Who of them has not reported enough, the longest waited for first."""
    if today < period.first:
        return ()
    needed = enough_for(period, today)
    missing = []
    for entry in expected:
        told = until.get(entry.code)
        # Nobody reports days after its last one.
        last = needed if entry.until is None else min(needed, entry.until - timedelta(days=1))
        if told is None or told < last:
            missing.append(Waiting(entry.code, entry.name, told))
    return tuple(sorted(missing, key=lambda one: (one.until or date.min, one.code)))
