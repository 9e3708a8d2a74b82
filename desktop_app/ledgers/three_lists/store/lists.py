"""The queries behind the pages of the three lists. Never commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.codec import field_decoders
from desktop_app.ledgers.three_lists.rules.listing import (
    DutyFilter,
    DutyLine,
    OfferFilter,
    OfferLine,
    ProblemFilter,
    ProblemLine,
)
from desktop_app.ledgers.three_lists.rules.offer import OfferState
from desktop_app.ledgers.three_lists.tables import (
    CLOSED,
    DUTY,
    LISTED,
    LIVE_DUTY,
    OFFER,
    OPEN_OFFER,
    OPEN_PROBLEM,
    PROBLEM,
)
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

L = TypeVar("L")
Query = sa.Select[Any]
Narrowed = tuple[Query, Order]

NEWEST_PROBLEMS = Order((PROBLEM.c.raised_on, PROBLEM.c.uid), descending=True)
NEWEST_OFFERS = Order((OFFER.c.offered_on, OFFER.c.uid), descending=True)
NEWEST_DUTIES = Order((DUTY.c.proposed_on, DUTY.c.uid), descending=True)
DUE_FIRST = Order((DUTY.c.due, DUTY.c.uid))


def _reader(table: sa.Table, cls: type[L]) -> tuple[Query, Callable[[sa.RowMapping], L]]:
    """The columns of a line, and what makes the line of a row."""
    enums = {
        name: decoder
        for name, decoder in field_decoders(cls).items()
        if isinstance(decoder, type) and issubclass(decoder, Enum)
    }
    names = [one.name for one in fields(cls)]  # type: ignore[arg-type]

    def line(row: sa.RowMapping) -> L:
        return cls(**{n: enums[n](row[n]) if n in enums else row[n] for n in names})

    return sa.select(*(table.c[name] for name in names)), line


_PROBLEMS, _problem_line = _reader(PROBLEM, ProblemLine)
_OFFERS, _offer_line = _reader(OFFER, OfferLine)
_DUTIES, _duty_line = _reader(DUTY, DutyLine)

# Literal text, because SQLite uses a partial index only where it can prove its condition.
_LISTED = sa.text(LISTED)


def _equal(pairs: Iterable[tuple[sa.Column[Any], Any]]) -> list[sa.ColumnElement[bool]]:
    """Equality where something is wanted; 0, None and nothing want nothing."""
    return [column == value for column, value in pairs if value]


def _between(
    column: sa.Column[Any], since: date | None, until: date | None
) -> list[sa.ColumnElement[bool]]:
    found = [] if since is None else [column >= since]
    return found if until is None else [*found, column <= until]


def _searched(text: str, number: sa.Column[Any], *words: sa.Column[Any]) -> Any:
    """A number, or a text that stands somewhere in one of these columns."""
    found = [column.contains(text, autoescape=True) for column in words]
    return sa.or_(number == text.upper(), *found)


def _of(stations: Sequence[str], table: sa.Table) -> list[sa.ColumnElement[bool]]:
    return [table.c.station.in_(stations)] if stations else []


def problems_narrowed(wanted: ProblemFilter, today: date) -> Narrowed:
    """The query of 问题清单 and its order: the newest on top."""
    closed = wanted.closed_since is not None or wanted.closed_until is not None
    entered = wanted.listed_since is not None or wanted.listed_until is not None
    groups = [OPEN_PROBLEM] if wanted.open or wanted.late else []
    groups += [CLOSED] if closed else []
    query = _PROBLEMS.where(*(sa.text(group) for group in groups or [LISTED]))
    c = PROBLEM.c
    query = query.where(
        *_equal(
            [
                (c.state, wanted.state),
                (c.category, wanted.category),
                (c.source, wanted.source),
                (c.urgency, wanted.urgency),
                (c.compound, wanted.compound),
                (c.request, wanted.request),
                (c.visit, wanted.visit),
                (c.activity, wanted.activity),
                (c.merged_into, wanted.merged_into),
            ]
        ),
        *_between(c.raised_on, wanted.since, wanted.until),
        *_between(c.closed_on, wanted.closed_since, wanted.closed_until),
        *_between(c.listed_on, wanted.listed_since, wanted.listed_until),
        *_of(wanted.stations, PROBLEM),
    )
    if entered:
        query = query.where(c.listed_on.is_not(None))
    if wanted.late:
        query = query.where(c.wanted_by < today)
    if wanted.search:
        query = query.where(_searched(wanted.search, c.number, c.description))
    return query, NEWEST_PROBLEMS


def offers_narrowed(wanted: OfferFilter, today: date) -> Narrowed:
    """The query of 共建清单 and its order: the newest on top."""
    c = OFFER.c
    query = _OFFERS.where(
        sa.text(OPEN_OFFER) if wanted.usable else _LISTED,
        *_equal(
            [
                (c.state, wanted.state),
                (c.category, wanted.category),
                (c.way, wanted.way),
                (c.partner, wanted.partner),
                (c.agreement, wanted.agreement),
            ]
        ),
        *_between(c.offered_on, wanted.since, wanted.until),
        *_of(wanted.stations, OFFER),
    )
    if wanted.usable:
        query = query.where(
            sa.or_(c.until_on.is_(None), c.until_on >= today),
            sa.or_(c.free.is_(None), c.free > 0),
        )
    if wanted.used_up:
        query = query.where(c.free == 0, c.state == OfferState.OPEN)
    if wanted.search:
        query = query.where(_searched(wanted.search, c.number, c.resource, c.partner_name))
    return query, NEWEST_OFFERS


def duties_narrowed(wanted: DutyFilter, today: date) -> Narrowed:
    """The query of 责任清单 and its order: what is due first where lateness is asked for, else the
    newest on top."""
    c = DUTY.c
    closed = any(
        one is not None for one in (wanted.in_time, wanted.closed_since, wanted.closed_until)
    )
    groups = [LIVE_DUTY] if wanted.live or wanted.late else []
    groups += [CLOSED] if closed else []
    query = _DUTIES.where(
        *(sa.text(group) for group in groups or [LISTED]),
        *_equal(
            [
                (c.state, wanted.state),
                (c.category, wanted.category),
                (c.unit, wanted.unit),
                (c.compound, wanted.compound),
                (c.problem, wanted.problem),
                (c.offer, wanted.offer),
                (c.partner, wanted.partner),
            ]
        ),
        *_between(c.proposed_on, wanted.since, wanted.until),
        *_between(c.closed_on, wanted.closed_since, wanted.closed_until),
        *_of(wanted.stations, DUTY),
    )
    if wanted.in_time is not None:
        query = query.where(c.closed_on <= c.due if wanted.in_time else c.closed_on > c.due)
    if wanted.late:
        query = query.where(c.due < today)
    if wanted.extended:
        query = query.where(c.extended > 0)
    if wanted.search:
        query = query.where(
            _searched(wanted.search, c.number, c.problem_number, c.unit, c.person, c.measures)
        )
    return query, DUE_FIRST if wanted.late else NEWEST_DUTIES


def problem_lines(
    connection: sa.Connection,
    narrowed: Narrowed,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ProblemLine]:
    """One page of 问题清单."""
    return page(connection, *narrowed, cursor, size=size).map(_problem_line)


def offer_lines(
    connection: sa.Connection,
    narrowed: Narrowed,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[OfferLine]:
    """One page of 共建清单."""
    return page(connection, *narrowed, cursor, size=size).map(_offer_line)


def duty_lines(
    connection: sa.Connection,
    narrowed: Narrowed,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[DutyLine]:
    """One page of 责任清单."""
    return page(connection, *narrowed, cursor, size=size).map(_duty_line)


def units_in_use(connection: sa.Connection) -> list[str]:
    """Every 责任单位 that some duty has, for the filters."""
    query = sa.select(DUTY.c.unit).where(_LISTED).distinct().order_by(DUTY.c.unit)
    return list(connection.execute(query).scalars())


def categories_in_use(connection: sa.Connection) -> list[str]:
    """Every category that some problem or offer has."""
    found: set[str] = set()
    for table in (PROBLEM, OFFER):
        query = sa.select(table.c.category).where(_LISTED).distinct()
        found |= set(connection.execute(query).scalars())
    return sorted(found - {""})
