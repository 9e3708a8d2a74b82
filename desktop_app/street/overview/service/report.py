"""The overview of a period: every figure of the street, compared, drawn, and who has not reported.

Nothing is counted here: what the stations' rows come to is kept by month and added up. Only what
depends on today (在办, 超期) is asked of the rows themselves, by the index of those that are open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from desktop_app import catalog
from desktop_app.core.books import Cut
from desktop_app.core.figures import Counts
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.rights import Right
from desktop_app.core.telling import Books, Reading, not_kept, remark, upward_table
from desktop_app.core.telling import groups as told_in_groups
from desktop_app.core.told import Drawn
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.ledgers.visits.rules import charts as visit_charts
from desktop_app.ledgers.visits.rules.levels import Levels
from desktop_app.storage.session import Desk
from desktop_app.street.overview import store
from desktop_app.street.overview.rules import charts
from desktop_app.street.overview.rules.reporting import expected_in, waiting_for
from desktop_app.street.overview.rules.told import Belonging, StreetFigures
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


def street_report(
    desk: Desk, period: Period, belonging: Belonging = Belonging.NOW, *, drawn: bool = True
) -> StreetFigures:
    """Everything an overview of this period tells, for the page, for paper and for `summary`, which
    has no use for it `drawn`.

    Levels of evaluations are told only to who manages the street, and only as far as every station
    may tell of its own.
    """
    books, today = catalog.books(), desk.today
    compared = [period, period.previous]
    if period.kind is not PeriodKind.YEAR:
        compared.append(period.same_last_year)
    months = charts.months_shown(period) if drawn else []
    freshen(desk, [*compared, *months])
    with desk.reading(needs=Right.READ) as connection:
        street = street_of(connection, desk.database.zone)
        told, levels = _readings(desk, connection, books, compared, street)
        pictures: tuple[Drawn, ...] = ()
        if drawn:
            pictures = _charts(connection, books, period, months, told[0].counts, levels, desk)
    expected = expected_in(street.structure, period, today)
    groups = told_in_groups(books, period, told[0], told[1], told[-1])
    name = desk.database.station.name
    return StreetFigures(
        period=period,
        street=name,
        belonging=belonging,
        today=today,
        until=min(period.last, today),
        remark=remark(period, today),
        groups=groups,
        table=upward_table(books, name, (line for group in groups for line in group.lines)),
        not_kept=not_kept(books),
        charts=pictures,
        waiting=waiting_for(expected, street.until, street.taken, period, today),
        expected=len(expected),
        merged=street.merged,
        is_empty=told[0].is_empty(books),
    )


def _readings(
    desk: Desk,
    connection: store.Connection,
    books: Books,
    compared: list[Period],
    street: Street,
) -> tuple[list[Reading], Levels | None]:
    """What was counted in each of these periods, and the levels of the first, which is looked at
    and of which it is told how things stand."""
    may, today = desk.actor.may(Right.MANAGE_STATION), desk.today
    standing = added(standing_of(connection, books, today).values())
    told: list[Reading] = []
    of_first: Levels | None = None
    for each in compared:
        sums = store.sums(connection, Cut.WHOLE, *ends(each))[""]
        levels = levels_in(connection, each, street.until).of(each) if may else None
        live = None if told else standing
        of_first = of_first if told else levels
        told.append(reading(books, each, today, sums, levels=levels, standing=live))
    return told, of_first


def _charts(
    connection: store.Connection,
    books: Books,
    period: Period,
    months: list[Period],
    counts: Mapping[str, Counts],
    levels: Levels | None,
    desk: Desk,
) -> tuple[Drawn, ...]:
    by_month = store.sums(connection, Cut.WHOLE, *ends(*months), by="month")
    parts = {
        cut: store.sums(connection, cut, *ends(period), by="part")
        for cut in (Cut.CATEGORY, Cut.KIND, Cut.PLACE)
    }
    drawn = []
    for book in books:
        own = {month: sums[book.kind] for month, sums in by_month.items()}
        by_months = {str(month): own.get(str(month), Counter()) for month in months}
        drawn.append(charts.trend(book, months, by_months, desk.today))
        of_parts = {
            cut: {part: sums[book.kind] for part, sums in found.items() if sums[book.kind]}
            for cut, found in parts.items()
        }
        drawn += book.charts(period, counts[book.kind], of_parts)
    communities = communities_on(connection, parts[Cut.PLACE], period.last)
    times = {one.name: one.sums[VISIT.name]["registered"] for one in communities}
    note = visit_charts.petitions_note(counts[VISIT.name])
    drawn.append(charts.by_community("各社区登记件数", times, note))
    if levels is not None and levels.levels is not None:
        drawn.append(visit_charts.evaluations(levels.levels, levels.received))
    return tuple(one for one in drawn if one.says_something)
