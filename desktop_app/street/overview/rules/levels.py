"""What a street may tell of its residents' evaluations: what each of its stations may tell of them,
added up. Pure.

Nothing is pooled across stations: then every difference between two figures that anybody can see,
by station, by month or over time, is made of five evaluations of one station at the least.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.core.periods import Period
from desktop_app.ledgers.visits.rules.levels import (
    LEAST,
    Levels,
    Told,
    composed,
    levels_from,
    shown_of,
)
from desktop_app.ledgers.visits.rules.visit import Satisfaction

ALL, IN_FIVES = "evaluated", "in_fives"
"""What is kept of a month: every evaluation by level, and the first of them in whole fives."""

Kept = tuple[str, str, str, str, int]
"""Station, month, level, `ALL` or `IN_FIVES`, and how many."""

_LEVELS = {level.value: level for level in Satisfaction}


class StreetLevels:
    """The evaluations of some months, station by station; `until` is the last day each reported.

    A period is over for a station when it has reported beyond it: only then nothing more comes.
    """

    def __init__(self, kept: Iterable[Kept], until: Mapping[str, date]) -> None:
        self._until = until
        self._kept: dict[str, dict[str, dict[str, Counter[Satisfaction]]]] = defaultdict(dict)
        for station, month, level, name, value in kept:
            counts = self._kept[station].setdefault(month, {ALL: Counter(), IN_FIVES: Counter()})
            if name in counts and level in _LEVELS:
                counts[name][_LEVELS[level]] += value

    def of(self, period: Period, stations: Iterable[str] | None = None) -> Levels:
        """What may be told of these stations together; of all of them when none is named."""
        received, shown = 0, Counter[Satisfaction]()
        months = {str(month) for month in period.months}
        for station in self._kept if stations is None else stations:
            kept = self._kept.get(station, {})
            received += sum(kept[month][ALL].total() for month in months & kept.keys())
            shown += self._shown(station, period)
        return levels_from(received, shown)

    def _shown(self, station: str, period: Period) -> Counter[Satisfaction]:
        kept = self._kept.get(station)
        if not kept:
            return Counter()
        until = self._until.get(station)

        def running(part: Period) -> bool:
            return until is None or until <= part.last

        def of_month(month: Period) -> Told:
            counts = kept.get(str(month))
            if counts is None:
                return Counter(), []
            runs = running(month)
            if shown_of(counts[ALL].total(), running=False) and not runs:
                return counts[ALL], []
            rest = [] if runs else [(0, level) for level in counts[ALL].elements()]
            return counts[IN_FIVES], rest

        return composed(period, running, of_month, in_order=False)[0]


def beside(levels: Levels) -> str:
    """What must be said beside a figure of levels."""
    if levels.levels is None and levels.received >= LEAST:
        return f"每个站点都不足 {LEAST} 件，不显示"
    return levels.beside
