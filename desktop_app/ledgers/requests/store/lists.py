"""The queries of the ledger's lists. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.codec import field_decoders
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.tables import (
    DISPUTES,
    ENDED,
    ESCALATED,
    LATE,
    LISTED,
    OPEN,
    REQUEST,
    WAITING,
)
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

NEWEST_FIRST = Order((REQUEST.c.at, REQUEST.c.uid), descending=True)
DUE_FIRST = Order((REQUEST.c.due, REQUEST.c.uid))

_LINE = sa.select(*(REQUEST.c[field.name] for field in fields(RequestLine)))
# Only words and what lies nested still have to become what they stand for.
_PLAIN = frozenset({"uid", "revision", "number", "at", "day", "late_entry", "resident", "name"})
_DECODERS = tuple(
    (place, decoder)
    for place, (name, decoder) in enumerate(field_decoders(RequestLine).items())
    if name not in _PLAIN
)


def lines(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[RequestLine]:
    """One page of a query made by `narrowed`."""
    return page(connection, query, order, cursor, size=size).map(_line)


def narrowed(
    wanted: RequestFilter,
    *,
    today: date,
    since: Millis | None,
    until: Millis | None,
    residents: Sequence[Uid] = (),
) -> tuple[sa.Select[Any], Order]:
    """The query of a list and its order.

    `since` (included) and `until` (excluded) are the filter's days as moments; `residents` are the
    people its search text found.
    """
    query = _LINE.where(*(sa.text(one) for one in _groups(wanted)))
    if wanted.by_due_day:
        query = query.where(*_due_conditions(wanted, today))
    if wanted.in_time is not None:
        query = query.where(REQUEST.c.petition == 0, *_ended_conditions(wanted, wanted.in_time))
    query = query.where(*_chosen(wanted))
    if since is not None:
        query = query.where(REQUEST.c.at >= since)
    if until is not None:
        query = query.where(REQUEST.c.at < until)
    if wanted.search:
        query = query.where(REQUEST.c.uid.in_(_found(wanted.search, residents)))
    elif index := _index(wanted):
        # Without statistics SQLite cannot know how few are open, and takes another index.
        query = query.with_hint(REQUEST, f"INDEXED BY {index}", dialect_name="sqlite")
    return query, DUE_FIRST if wanted.by_due_day else NEWEST_FIRST


def _groups(wanted: RequestFilter) -> list[str]:
    """Conditions as literal text, because SQLite uses a partial index only where it can prove its
    condition, which it cannot of a bound parameter."""
    said = {
        WAITING: wanted.by_due_day,
        OPEN: wanted.open,
        ENDED: wanted.in_time is not None,
        ESCALATED: wanted.escalated,
        DISPUTES: wanted.disputes,
        LATE: wanted.late_entry,
    }
    return [condition for condition, holds in said.items() if holds] or [LISTED]


def _chosen(wanted: RequestFilter) -> list[sa.ColumnElement[bool]]:
    chosen = (
        (REQUEST.c.state, wanted.state),
        (REQUEST.c.kind, wanted.kind),
        (REQUEST.c.category, wanted.category or None),
        (REQUEST.c.source, wanted.source),
        (REQUEST.c.compound, wanted.compound),
        (REQUEST.c.assignee_uid, wanted.assignee),
    )
    several = ((REQUEST.c.resident, wanted.residents), (REQUEST.c.station, wanted.stations))
    return [
        *(column == value for column, value in chosen if value is not None),
        *(_one_of(column, values) for column, values in several if values),
    ]


def _found(text: str, residents: Sequence[Uid]) -> sa.CompoundSelect[Any]:
    """The requests a search text means: one query for each index, since SQLite uses no partial
    index for a part of an OR."""
    conditions: list[Any] = [
        (REQUEST.c.number == text.upper(),),
        (REQUEST.c.name == text,),
        (sa.text("external_number <> ''"), REQUEST.c.external_number == text),
    ]
    if residents:
        conditions.append((_one_of(REQUEST.c.resident, residents),))
    return sa.union_all(
        *(sa.select(REQUEST.c.uid).where(sa.text(LISTED), *one) for one in conditions)
    )


def _index(wanted: RequestFilter) -> str | None:
    """The index a list must walk where the choice is not plain; the most selective filter wins."""
    if wanted.by_due_day:
        return "ix_request_due"
    if wanted.in_time is not None:
        return "ix_request_closed"
    if wanted.residents:
        return "ix_request_resident"
    for name, holds in (
        ("late_entry", wanted.late_entry),
        ("escalated", wanted.escalated),
        ("dispute", wanted.disputes),
    ):
        if holds:
            return f"ix_request_{name}"
    if any((wanted.state, wanted.category, wanted.compound, wanted.assignee)):
        return None
    if wanted.open:
        return "ix_request_open"
    if wanted.kind or wanted.source:
        return None
    return "ix_request_station" if wanted.stations else "ix_request_listed"


def _one_of(column: sa.Column[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Equality for the usual single value: only then does an index give the order, too."""
    return column == values[0] if len(values) == 1 else column.in_(values)


def _due_conditions(wanted: RequestFilter, today: date) -> list[sa.ColumnElement[bool]]:
    if wanted.overdue and wanted.due_today:
        return [REQUEST.c.due <= today]
    return [REQUEST.c.due < today] if wanted.overdue else [REQUEST.c.due == today]


def _ended_conditions(wanted: RequestFilter, in_time: bool) -> list[sa.ColumnElement[bool]]:
    done, due, ended = REQUEST.c.done_on, REQUEST.c.due, REQUEST.c.closed_day
    conditions = [done <= due if in_time else done > due]
    if wanted.closed_since is not None:
        conditions.append(ended >= wanted.closed_since)
    if wanted.closed_until is not None:
        conditions.append(ended <= wanted.closed_until)
    return conditions


def _line(row: sa.RowMapping) -> RequestLine:
    values: list[Any] = list(row.values())
    for place, decoder in _DECODERS:
        values[place] = decoder(values[place])
    return RequestLine(*values)
