"""A period split up: by station, community, category or month, for the command line.

Stations are not ranked: lines stand in the order of their names or of time, categories by size.
"""

from __future__ import annotations

from datetime import timedelta

from desktop_app import catalog
from desktop_app.core.comparing import value_words
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.telling import line
from desktop_app.core.told import Breakdown, BreakdownLine, By, FigureLine, Rows
from desktop_app.ledgers.visits.figures import LISTED
from desktop_app.ledgers.visits.rules.charts import NO_CATEGORY
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.registers.places import service as places
from desktop_app.registers.places.directory import Directory
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.station.period_figures import store
from desktop_app.station.period_figures.service.report import VISITS, read
from desktop_app.storage.session import Desk

NO_COMMUNITY = "未写明社区"

_SHOWN = {
    "visits": ("registered", "people", "closed", "close_rate", "on_time_rate", "evaluated"),
    "activities": ("held", "people"),
}
"""What is told of a part, by kind: of a ledger that is not named, its headline."""


def breakdown(desk: Desk, period: Period, by: By) -> Breakdown:
    """The figures of a period in parts. Levels of evaluations are not among them."""
    if by is By.MONTH:
        today = desk.today
        parts = [(str(month), month) for month in period.months if month.first <= today]
        return Breakdown(by, _whole(desk, parts))
    if by is By.STATION:
        return Breakdown(by, _whole(desk, [(desk.database.station.name, period)]))
    if by is By.CATEGORY:
        return Breakdown(by, _categories(desk, period))
    return Breakdown(by, _communities(desk, period))


def _whole(desk: Desk, parts: list[tuple[str, Period]]) -> tuple[BreakdownLine, ...]:
    """Every figure of these periods."""
    books, made = catalog.books(), []
    with desk.reading(needs=Right.READ) as connection:
        for label, period in parts:
            now = read(connection, books, period, desk.today, levels=False).reading
            lines = tuple(
                line(book, book.figure(name), now)
                for book in books
                for name in _SHOWN.get(book.kind, book.headline)
            )
            made.append(BreakdownLine(label, lines))
    return tuple(made)


def _categories(desk: Desk, period: Period) -> tuple[BreakdownLine, ...]:
    zone = desk.database.zone
    since, until = zone.at(period.first), zone.at(period.last + timedelta(days=1))
    with desk.reading(needs=Right.READ) as connection:
        times = store.by_category(connection, since, until)
    by_size = sorted(times, key=lambda name: (-times[name], name))
    return tuple(
        BreakdownLine(name or NO_CATEGORY, (_listed(times[name], _of_category(name, period)),))
        for name in by_size
    )


def _of_category(name: str, period: Period) -> Rows | None:
    if not name:
        return None
    return Rows(VISITS, VisitFilter(since=period.first, until=period.last, category=name))


def _communities(desk: Desk, period: Period) -> tuple[BreakdownLine, ...]:
    """By the community in which the resident's 小区 lay at the end of the period."""
    directory = places.directory(desk)
    with desk.reading(needs=Right.READ) as connection:
        by_compound = store.by_compound(connection, period.first, period.last)
    times: dict[str, int] = {}
    for compound, count in by_compound.items():
        name = _community_of(directory, compound, period)
        times[name] = times.get(name, 0) + count
    ordered = sorted(times, key=lambda name: (name == NO_COMMUNITY, name))
    return tuple(BreakdownLine(name, (_listed(times[name], None),)) for name in ordered)


def _community_of(directory: Directory, compound: Uid | None, period: Period) -> str:
    if compound is None:
        return NO_COMMUNITY
    above = directory.path_on(compound, period.last)
    found = [place for place in above if place.kind is PlaceKind.COMMUNITY]
    return found[-1].name_on(period.last) if found else NO_COMMUNITY


def _listed(count: int, rows: Rows | None) -> FigureLine:
    return FigureLine(
        f"{VISITS}.{LISTED.name}", LISTED.label, LISTED.how, count, value_words(count), rows=rows
    )
