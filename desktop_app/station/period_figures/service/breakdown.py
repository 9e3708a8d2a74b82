"""A period split up: by station, community, category or month, for the command line.

Stations are not ranked: lines stand in the order of their names or of time, categories by size.
"""

from __future__ import annotations

from datetime import timedelta

from desktop_app.core.figures import Figure, Rate, Span
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import figures as activities
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.visits import figures as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.registers.places import service as places
from desktop_app.registers.places.directory import Directory
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.station.period_figures import store
from desktop_app.station.period_figures.rules.charts import NO_CATEGORY
from desktop_app.station.period_figures.rules.comparing import value_words
from desktop_app.station.period_figures.rules.told import (
    ACTIVITIES,
    VISITS,
    Breakdown,
    BreakdownLine,
    By,
    FigureLine,
    Rows,
)
from desktop_app.storage.session import Desk

NO_COMMUNITY = "未写明社区"

_SHOWN = (
    (VISITS, ("registered", "people", "closed", "close_rate", "on_time_rate", "evaluated")),
    (ACTIVITIES, ("held", "people")),
)
_LISTED_HOW = "来访日期在期内的事项，一件一计；不含信访渠道告知和撤销的登记。"


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
    made = []
    with desk.reading(needs=Right.READ) as connection:
        for label, period in parts:
            span = Span(period.first, period.last, desk.today)
            counts = {
                VISITS: visits.counts(connection, span),
                ACTIVITIES: activities.counts(connection, span),
            }
            lines = tuple(
                _line(kind, figure, counts[kind], span)
                for kind, names in _SHOWN
                for figure in _named(kind, names)
            )
            made.append(BreakdownLine(label, lines))
    return tuple(made)


def _named(kind: str, names: tuple[str, ...]) -> list[Figure[VisitFilter] | Figure[ActivityFilter]]:
    figures: tuple[Figure[VisitFilter] | Figure[ActivityFilter], ...]
    figures = visits.FIGURES if kind == VISITS else activities.FIGURES
    known = {figure.name: figure for figure in figures}
    return [known[name] for name in names]


def _line(
    kind: str,
    figure: Figure[VisitFilter] | Figure[ActivityFilter],
    counts: dict[str, int],
    span: Span,
) -> FigureLine:
    value = figure.value(counts)
    empty = isinstance(value, Rate) and value.whole == 0
    return FigureLine(
        name=f"{kind}.{figure.name}",
        label=figure.label,
        how=figure.how,
        value=None if empty else value,
        words=value_words(value),
        rows=Rows(kind, figure.rows(span)) if figure.rows else None,
        column=figure.column,
        unlisted=counts.get(figure.unlisted, 0),
    )


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
        "visits.listed", "登记件数", _LISTED_HOW, count, value_words(count), rows=rows
    )
