"""A period split up by station, community, category or month. Stations are not ranked: lines stand
in the order of their codes, names or of time, categories by size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from desktop_app import catalog
from desktop_app.core.books import Cut
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.telling import Books, Reading, headline, line
from desktop_app.core.told import Breakdown, BreakdownLine, By, FigureLine
from desktop_app.core.wording import list_day
from desktop_app.ledgers.visits.rules.charts import NO_CATEGORY
from desktop_app.registers.offices.rules import StationEntry
from desktop_app.storage.session import Desk
from desktop_app.street.overview import store
from desktop_app.street.overview.rules.reporting import expected_in, not_to_the_end, waiting_for
from desktop_app.street.overview.rules.told import Belonging
from desktop_app.street.overview.service.communities import communities_on
from desktop_app.street.overview.service.keeping import freshen
from desktop_app.street.overview.service.reading import (
    Street,
    added,
    ends,
    levels_in,
    reading,
    standing_of,
    street_of,
)


def breakdown(
    desk: Desk, period: Period, by: By, belonging: Belonging = Belonging.NOW
) -> Breakdown:
    """The figures of a period in parts: of a station or a month all of them, of a category or a
    community those that can be told of it."""
    freshen(desk, [period])
    books = catalog.books()
    with desk.reading(needs=Right.READ) as connection:
        street = street_of(connection, desk.database.zone)
        if by is By.STATION:
            lines = _stations(desk, connection, books, period, street, belonging)
        elif by is By.MONTH:
            lines = _months(desk, connection, books, period, street)
        elif by is By.CATEGORY:
            lines = _categories(desk, connection, books, period)
        else:
            lines = _communities(desk, connection, books, period)
        whole = by in (By.STATION, By.MONTH)
        return Breakdown(by, tuple(lines), headline(books) if whole else ())


def _stations(
    desk: Desk,
    connection: store.Connection,
    books: Books,
    period: Period,
    street: Street,
    belonging: Belonging,
) -> Iterable[BreakdownLine]:
    today = desk.today
    on = None if belonging is Belonging.NOW else period.last
    sums = store.sums(connection, Cut.WHOLE, *ends(period), by="station")
    standing = standing_of(connection, books, today)
    levels = levels_in(connection, period, street.until) if _may_see_levels(desk) else None
    expected = expected_in(street.structure, period, today)
    behind = _behind(street, expected, period, today)
    members: dict[str, list[str]] = defaultdict(list)
    for code in sorted({*sums, *standing, *(one.code for one in expected)}):
        members[street.structure.standing_for(code, on)].append(code)
    for head in sorted(members):
        codes = tuple(members[head])
        now = reading(
            books,
            period,
            today,
            added(sums[code] for code in codes if code in sums),
            levels=None if levels is None else levels.of(period, codes),
            standing=added(standing[code] for code in codes if code in standing),
        )
        yield BreakdownLine(
            street.structure.name(head, on),
            _figures(books, now, partial(_of_stations, stations=codes)),
            key=head,
            beside="；".join(behind[code] for code in codes if code in behind),
        )


def _behind(
    street: Street, expected: Sequence[StationEntry], period: Period, today: date
) -> dict[str, str]:
    """What must be said beside the stations of which something is still to come, or may be."""
    days = (street.until, street.taken, period, today)
    short = not_to_the_end(expected, *days)
    said = {code: f"资料到{list_day(day, today=today)}" for code, day in short.items()}
    return said | {one.code: one.words(today) for one in waiting_for(expected, *days)}


def _months(
    desk: Desk, connection: store.Connection, books: Books, period: Period, street: Street
) -> Iterable[BreakdownLine]:
    sums = store.sums(connection, Cut.WHOLE, *ends(period), by="month")
    levels = levels_in(connection, period, street.until) if _may_see_levels(desk) else None
    for month in period.months:
        if month.first > desk.today:
            return
        now = reading(
            books,
            month,
            desk.today,
            sums[str(month)],
            levels=None if levels is None else levels.of(month),
        )
        figures = tuple(line(book, figure, now) for book in books for figure in book.figures)
        yield BreakdownLine(str(month), figures, key=str(month))


def _categories(
    desk: Desk, connection: store.Connection, books: Books, period: Period
) -> Iterable[BreakdownLine]:
    sums = store.sums(connection, Cut.CATEGORY, *ends(period), by="part")
    standing = standing_of(connection, books, desk.today, Cut.CATEGORY)

    for name in sorted(sums, key=lambda name: (-_size(books, sums[name]), name)):
        now = reading(
            books,
            period,
            desk.today,
            sums[name],
            levels=None,
            standing=standing.get(name),
        )
        narrow = partial(_of_category, category=name)
        figures = _parted(books, Cut.CATEGORY, now, narrow)
        yield BreakdownLine(name or NO_CATEGORY, figures, key=name)


def _communities(
    desk: Desk, connection: store.Connection, books: Books, period: Period
) -> Iterable[BreakdownLine]:
    """By the community in which the resident's 小区 or the activity's place lay at the end."""
    sums = store.sums(connection, Cut.PLACE, *ends(period), by="part")
    for community in communities_on(connection, sums, period.last):
        now = reading(books, period, desk.today, community.sums, levels=None)
        figures = _parted(books, Cut.PLACE, now, None)
        yield BreakdownLine(community.name, figures, key=community.key)


def _size(books: Books, sums: Mapping[str, Mapping[str, int]]) -> int:
    """How much of what the charts draw was counted there."""
    return sum(sums[book.kind][book.trend] for book in books if book.kind in sums)


def _may_see_levels(desk: Desk) -> bool:
    return desk.actor.may(Right.MANAGE_STATION)


def _figures(books: Books, now: Reading, narrow: Any) -> tuple[FigureLine, ...]:
    return tuple(
        line(book, figure, now, narrow) for book in books for figure in (*book.figures, *book.now)
    )


def _parted(books: Books, cut: Cut, now: Reading, narrow: Any) -> tuple[FigureLine, ...]:
    return tuple(
        line(book, figure, now, narrow) for book in books for figure in book.parted.get(cut, ())
    )


def _of_stations(wanted: Any, stations: tuple[str, ...]) -> Any:
    return replace(wanted, stations=stations)


def _of_category(wanted: Any, category: str) -> Any:
    return replace(wanted, category=category) if category else None
