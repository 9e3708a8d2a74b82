"""The report of a period: every figure with how it is counted, compared and led from. Without Qt.

The figures themselves are the ledgers' (`figures.py` of each); here they are read together in one
reading, set beside the period before and last year's, and kept from telling what must not be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import Zone
from desktop_app.core.figures import Span
from desktop_app.core.masking import mask_name
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.rights import Right
from desktop_app.core.telling import Books, Reading, groups, not_kept, remark, upward_table
from desktop_app.core.told import Drawn
from desktop_app.core.wording import due
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities import figures as activities
from desktop_app.ledgers.activities import store as activity_store
from desktop_app.ledgers.activities.record import KIND as ACTIVITY
from desktop_app.ledgers.activities.rules import charts as activity_charts
from desktop_app.ledgers.requests import store as request_store
from desktop_app.ledgers.requests.record import KIND as REQUEST
from desktop_app.ledgers.requests.rules import charts as request_charts
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.visits import store as visit_store
from desktop_app.ledgers.visits.record import KIND as VISIT
from desktop_app.ledgers.visits.rules import charts as visit_charts
from desktop_app.ledgers.visits.rules.levels import Levels
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.evaluation.service import levels_of
from desktop_app.station.period_figures import store
from desktop_app.station.period_figures.rules.told import OverdueLine, PeriodFigures
from desktop_app.storage.files import write_atomic
from desktop_app.storage.session import Desk

VISITS, ACTIVITIES, REQUESTS = VISIT.name, ACTIVITY.name, REQUEST.name

MOST_OVERDUE = 50
"""Who has more than this many overdue matters has the list to work from, not the report."""

FOR_WHO_MANAGES = "由站长和社区管理员查看"


def period_report(desk: Desk, period: Period) -> PeriodFigures:
    """Everything a report of this period tells, for the page, for paper and for `summary`.

    Levels of evaluations are told only to who manages the station, and only as far as
    `station/evaluation` shows them.
    """
    days, books = calendar(desk), catalog.books()
    today, zone = desk.today, desk.database.zone
    with desk.reading(needs=Right.READ) as connection:
        may = desk.actor.may(Right.MANAGE_STATION)
        now = read(connection, books, period, today, levels=may)
        before = read(connection, books, period.previous, today, levels=may)
        year_ago = before
        if period.kind is not PeriodKind.YEAR:
            year_ago = read(connection, books, period.same_last_year, today, levels=may)
        drawn = _charts(connection, period, zone, now)
        held = activity_store.between(connection, period.first, period.last)
        late, late_total = _overdue(connection, today, days)
    told = groups(books, period, now.reading, before.reading, year_ago.reading)
    station, counts = desk.database.station.name, now.reading.counts
    return PeriodFigures(
        period=period,
        station=station,
        today=today,
        until=min(period.last, today),
        remark=remark(period, today),
        groups=told,
        table=upward_table(books, station, (line for group in told for line in group.lines)),
        not_kept=not_kept(books),
        charts=drawn,
        activities=tuple(held),
        overdue=late,
        overdue_total=late_total,
        late_entries=sum(counts[kind]["late_entries"] for kind in (VISITS, ACTIVITIES, REQUESTS)),
        is_empty=now.reading.is_empty(books),
    )


def save_picture(desk: Desk, path: Path, picture: bytes, period: Period) -> Path:
    """Write the charts of a period as a picture; the audit says that somebody took them along."""
    desk.actor.require(Right.EXPORT)
    if not path.suffix:
        path = path.with_suffix(".png")
    write_atomic(path, picture, what="保存图片")
    with desk.unit_of_work("另存报表图片", needs=Right.EXPORT) as unit:
        unit.about(str(period), period.label)
    return path


@dataclass(frozen=True)
class Read:
    """What was counted in one period, and its levels as far as whoever asks may see them."""

    reading: Reading
    levels: Levels | None


def read(
    connection: store.Connection, books: Books, period: Period, today: date, *, levels: bool
) -> Read:
    """Count a period, by every ledger, in one reading."""
    span = Span(period.first, period.last, today)
    told = levels_of(connection, period, today) if levels else None
    reading = Reading(
        span,
        {book.kind: book.counts(connection, span) for book in books},
        {VISITS: None if told is None else told.counts},
        {VISITS: FOR_WHO_MANAGES if told is None else told.beside},
    )
    return Read(reading, told)


# --- charts and lists -----------------------------------------------------------------------------


def _charts(
    connection: store.Connection, period: Period, zone: Zone, now: Read
) -> tuple[Drawn, ...]:
    counts = now.reading.counts
    note = visit_charts.petitions_note(counts[VISITS])
    by_day = store.by_day(connection, period.first, period.last)
    since, until = zone.at(period.first), zone.at(period.last + timedelta(days=1))
    kinds = activities.by_kind(connection, period.first, period.last)
    drawn = [
        visit_charts.over_time(period, now.reading.span.today, by_day, note),
        visit_charts.by_category(period, store.by_category(connection, since, until), note),
        visit_charts.by_handling(period, by_day, note),
        visit_charts.in_time(period, counts[VISITS]),
        activity_charts.by_kind(period, [(one.key, one.held) for one in kinds]),
        activity_charts.by_group(period, counts[ACTIVITIES]),
        request_charts.by_kind(period, counts[REQUESTS]),
        request_charts.in_time(period, counts[REQUESTS]),
    ]
    if now.levels is not None and now.levels.levels is not None:
        drawn.append(visit_charts.evaluations(now.levels.levels, now.levels.received))
    return tuple(one for one in drawn if one.says_something)


def _overdue(
    connection: store.Connection, today: date, days: WorkCalendar
) -> tuple[tuple[OverdueLine, ...], int]:
    """Visits and requests together, the longest overdue first."""
    span: dict[str, Any] = {"today": today, "since": None, "until": None}
    query, order = visit_store.narrowed(VisitFilter(overdue=True), **span)
    late = visit_store.lines(connection, query, order, size=MOST_OVERDUE)
    query, order = request_store.narrowed(RequestFilter(overdue=True), **span)
    waiting = request_store.lines(connection, query, order, size=MOST_OVERDUE)
    found = [
        _overdue_line(VISITS, one, one.matter_name, one.first_clerk_name, today, days)
        for one in late.rows
    ]
    found += [
        _overdue_line(REQUESTS, one, one.title, _doing(one), today, days) for one in waiting.rows
    ]
    found.sort(key=lambda one: (one.due, one.number))
    return tuple(found[:MOST_OVERDUE]), late.total + waiting.total


def _doing(line: RequestLine) -> str:
    """Who has a request in hand."""
    return line.taken_by or (line.assignee.words if line.assignee else "")


def _overdue_line(
    kind: str,
    line: VisitLine | RequestLine,
    matter: str,
    clerk: str,
    today: date,
    days: WorkCalendar,
) -> OverdueLine:
    assert line.due is not None, "only what has a limit is overdue"
    return OverdueLine(
        kind=kind,
        uid=line.uid,
        number=line.number,
        name=mask_name(line.name),
        matter=matter,
        due=line.due,
        # Over since Friday and looked at on Saturday: no working day has passed, late it is.
        late=due(min(days.workdays_between(today, line.due), -1)),
        clerk=clerk,
    )
