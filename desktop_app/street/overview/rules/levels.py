"""What a street may tell of its residents' evaluations: what each of its stations may tell of them,
added up. Pure.

Nothing is pooled across stations: then every difference between two figures that anybody can see,
by station, by month or over time, is made of five evaluations of one station at the least.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.core.periods import Period
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits.rules.levels import (
    LEAST,
    Levels,
    Told,
    composed,
    levels_from,
    shown_of,
)

ALL, IN_FIVES = "evaluated", "in_fives"
"""What is kept of a month: every evaluation by level, and the first of them in whole fives."""

Kept = Iterable[tuple[str, str, str, int]]
"""Station, month, level and how many."""

_LEVELS = {level.value: level for level in Satisfaction}


@dataclass(slots=True)
class _Month:
    """What a station received in a month; `received` are all of it."""

    received: int = 0
    all: Counter[Satisfaction] = field(default_factory=Counter)
    in_fives: Counter[Satisfaction] = field(default_factory=Counter)


class StreetLevels:
    """The evaluations of some months, station by station; `until` is the last day each reported.

    A period is over for a station when it has reported beyond it: only then nothing more comes.
    """

    def __init__(self, every: Kept, in_fives: Kept, until: Mapping[str, date]) -> None:
        self._until = until
        self._kept: dict[str, dict[str, _Month]] = defaultdict(lambda: defaultdict(_Month))
        for station, month, level, value in every:
            found = self._kept[station][month]
            found.received += value
            found.all[_LEVELS[level]] = value
        for station, month, level, value in in_fives:
            self._kept[station][month].in_fives[_LEVELS[level]] = value

    def of(self, period: Period, stations: Iterable[str] | None = None) -> Levels:
        """What may be told of these stations together; of all of them when none is named."""
        received, shown = 0, Counter[Satisfaction]()
        months = {str(month): month for month in period.months}
        for station in self._kept if stations is None else stations:
            kept = {name: self._kept[station][name] for name in months.keys() & self._kept[station]}
            received += sum(month.received for month in kept.values())
            until = self._until.get(station)
            for name, month in kept.items():
                shown.update(_shown(month, runs=_runs(months[name], until)))
            if any(month.received < LEAST for month in kept.values()):
                shown += _left(period, kept, until)
        return levels_from(received, shown)


def _runs(period: Period, until: date | None) -> bool:
    return until is None or until <= period.last


def _shown(month: _Month, *, runs: bool) -> Counter[Satisfaction]:
    return month.in_fives if runs or not shown_of(month.received, running=False) else month.all


def _left(period: Period, kept: Mapping[str, _Month], until: date | None) -> Counter[Satisfaction]:
    """What a longer period shows of months that are too small to show anything themselves."""

    def running(part: Period) -> bool:
        return _runs(part, until)

    def of_month(month: Period) -> Told:
        found = kept.get(str(month))
        if found is None or found.received >= LEAST or running(month):
            return Counter(), []
        return Counter(), [(0, level) for level in found.all.elements()]

    return composed(period, running, of_month, in_order=False)[0]


def beside(levels: Levels) -> str:
    """What must be said beside a figure of levels."""
    if levels.levels is None and levels.received >= LEAST:
        return f"每个站点都不足 {LEAST} 件，不显示"
    return levels.beside
