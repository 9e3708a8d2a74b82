"""Reads what is kept counted as the figures of a period, of the street and of its stations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.books import Cut
from desktop_app.core.clock import Zone
from desktop_app.core.figures import Counts, Span
from desktop_app.core.periods import Period
from desktop_app.core.telling import Books, Reading
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.ledgers.visits.rules.levels import Levels
from desktop_app.registers.offices.rules import Structure
from desktop_app.registers.offices.store import stations
from desktop_app.street.inbox.store import log
from desktop_app.street.overview import store
from desktop_app.street.overview.rules.levels import ALL, IN_FIVES, StreetLevels, beside
from desktop_app.street.overview.rules.reporting import reported_until

FOR_WHO_MANAGES = "由街道管理员查看"


@dataclass(frozen=True)
class Street:
    """What is known of the stations: which there are, on which day something of each was `taken` in
    last, and until which day that reaches."""

    structure: Structure
    taken: Mapping[str, date]
    until: Mapping[str, date]
    merged: bool


def street_of(connection: store.Connection, zone: Zone) -> Street:
    """The stations as they are registered and as far as they have reported."""
    entries = [entry for entry in stations(connection) if not entry.deleted]
    standings = [one for one in log.standings(connection) if one.taken_at]
    taken = {one.station: zone.day(one.taken_at) for one in standings}
    until = {
        one.station: reported_until(zone.day(one.made_at), taken[one.station]) for one in standings
    }
    return Street(Structure(entries), taken, until, any(entry.successor for entry in entries))


def standing_of(
    connection: store.Connection, books: Books, today: date, cut: Cut = Cut.WHOLE
) -> dict[str, store.Sums]:
    """How things stand now: by station, or by the parts of another cut."""
    found: dict[str, store.Sums] = defaultdict(lambda: defaultdict(Counter))
    for kind, one in store.standing(connection, books, today, cut):
        key = one.station if cut is Cut.WHOLE else one.part
        found[key][kind][one.name] += one.value
    return found


def added(several: Iterable[store.Sums]) -> store.Sums:
    """Counts put together."""
    total: store.Sums = defaultdict(Counter)
    for sums in several:
        for kind, counts in sums.items():
            total[kind].update(counts)
    return total


def reading(
    books: Books,
    period: Period,
    today: date,
    sums: store.Sums,
    *,
    levels: Levels | None,
    standing: store.Sums | None = None,
) -> Reading:
    """Counts as the books read them; without `levels` nothing may be told of evaluations."""
    counts: dict[str, Counts] = {}
    for book in books:
        counts[book.kind] = Counter(sums.get(book.kind, {}))
        counts[book.kind].update((standing or {}).get(book.kind, {}))
    return Reading(
        Span(period.first, period.last, today),
        counts,
        {VISIT.name: None if levels is None else levels.counts},
        {VISIT.name: FOR_WHO_MANAGES if levels is None else beside(levels)},
    )


def levels_in(
    connection: store.Connection, period: Period, until: Mapping[str, date]
) -> StreetLevels:
    """The evaluations of a period, as every station may tell of them."""
    first, last = ends(period)
    every, in_fives = (
        store.levels(connection, VISIT.name, name, first, last) for name in (ALL, IN_FIVES)
    )
    return StreetLevels(every, in_fives, until)


def ends(*periods: Period) -> tuple[str, str]:
    """The first and the last month of these, as 2026-11."""
    months = sorted(str(month) for period in periods for month in period.months)
    return months[0], months[-1]
