"""Rows of visits and evaluations, and the queries of the ledger's lists. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.codec import field_decoders
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.record import EVALUATIONS, KIND
from desktop_app.ledgers.visits.rules.listing import UsualMatter, VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.store.counting import (
    count_closed,
    count_evaluations,
    count_open,
    count_petitions,
    count_registered,
    roll_up,
    standing,
)
from desktop_app.ledgers.visits.tables import EVALUATION, LISTED, OPEN, VISIT
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

__all__ = [
    "EVALUATION_SHELF",
    "NEWEST_FIRST",
    "SHELF",
    "Connection",
    "Query",
    "count_closed",
    "count_evaluations",
    "count_open",
    "count_petitions",
    "count_registered",
    "forget_payloads",
    "is_evaluated",
    "latest_visit",
    "lines",
    "naming",
    "narrowed",
    "of_batch",
    "of_number",
    "roll_up",
    "seen_besides",
    "standing",
    "usual_matters",
    "with_limit",
]

Connection = sa.Connection
Query = sa.Select[Any]

SHELF = Shelf(KIND, VISIT)
EVALUATION_SHELF = Shelf(EVALUATIONS, EVALUATION)

NEWEST_FIRST = Order((VISIT.c.at, VISIT.c.uid), descending=True)
DUE_FIRST = Order((VISIT.c.due, VISIT.c.uid))

_LINE = sa.select(*(VISIT.c[field.name] for field in fields(VisitLine)))
# The columns' types give uids, days and flags; only words still have to become enums.
_ENUMS: tuple[tuple[int, Any], ...] = tuple(
    (place, decoder)
    for place, decoder in enumerate(field_decoders(VisitLine).values())
    if isinstance(decoder, type) and issubclass(decoder, Enum)
)

# Literal text, because SQLite uses a partial index only where it can prove its condition, which it
# cannot of a bound parameter.
_LISTED = sa.text(LISTED)
_OPEN = sa.text(OPEN)
_LATE = sa.text(f"{LISTED} AND late_entry = 1")
_ENDED_LISTED = sa.text(f"{LISTED} AND state = 'closed'")


def lines(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[VisitLine]:
    """One page of a query made by `narrowed`."""
    return page(connection, query, order, cursor, size=size).map(_line)


def narrowed(
    wanted: VisitFilter,
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
    query = _LINE.where(_group(wanted))
    if wanted.overdue or wanted.due_today:
        query = query.where(*_due_conditions(wanted, today))
    if wanted.in_time is not None:
        query = query.where(*_ended_conditions(wanted, wanted.in_time))
    query = query.where(*_chosen(wanted))
    if since is not None:
        query = query.where(VISIT.c.at >= since)
    if until is not None:
        query = query.where(VISIT.c.at < until)
    if wanted.search:
        query = query.where(VISIT.c.uid.in_(_found(wanted.search, residents)))
    elif index := _index(wanted):
        # Without statistics SQLite cannot know how few visits are open, and takes another index.
        query = query.with_hint(VISIT, f"INDEXED BY {index}", dialect_name="sqlite")
    return query, DUE_FIRST if wanted.by_due_day else NEWEST_FIRST


def _chosen(wanted: VisitFilter) -> list[sa.ColumnElement[bool]]:
    chosen = (
        (VISIT.c.state, wanted.state),
        (VISIT.c.category, wanted.category or None),
        (VISIT.c.handling, wanted.handling),
        (VISIT.c.source, wanted.source),
        (VISIT.c.first_clerk, wanted.clerk),
        (VISIT.c.leads, 1 if wanted.leads else None),
    )
    several = ((VISIT.c.resident, wanted.residents), (VISIT.c.station, wanted.stations))
    return [
        *(column == value for column, value in chosen if value is not None),
        *(_one_of(column, values) for column, values in several if values),
    ]


def _found(text: str, residents: Sequence[Uid]) -> sa.CompoundSelect[Any]:
    """The visits a search text means: one query for each index, since SQLite uses no partial index
    for a part of an OR."""
    conditions = [VISIT.c.number == text.upper(), VISIT.c.name == text]
    if residents:
        conditions.append(_one_of(VISIT.c.resident, residents))
    return sa.union_all(*(sa.select(VISIT.c.uid).where(_LISTED, one) for one in conditions))


def _index(wanted: VisitFilter) -> str | None:
    """The index a list must walk where the choice is not plain; the most selective filter wins."""
    if wanted.by_due_day:
        return "ix_visit_due"
    if wanted.in_time is not None:
        return "ix_visit_closed"
    if wanted.residents:
        return "ix_visit_resident"
    if wanted.late_entry:
        return "ix_visit_late_entry"
    if any((wanted.state, wanted.category, wanted.handling, wanted.source, wanted.clerk)):
        return None
    if wanted.open:
        return "ix_visit_open"
    return "ix_visit_station" if wanted.stations else "ix_visit_listed"


def _one_of(column: sa.Column[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Equality for the usual single value: only then does an index give the order, too."""
    return column == values[0] if len(values) == 1 else column.in_(values)


def _group(wanted: VisitFilter) -> sa.TextClause:
    if wanted.open or wanted.by_due_day:
        return _OPEN
    if wanted.in_time is not None:
        return _ENDED_LISTED
    return _LATE if wanted.late_entry else _LISTED


def _due_conditions(wanted: VisitFilter, today: date) -> list[sa.ColumnElement[bool]]:
    if wanted.overdue and wanted.due_today:
        return [VISIT.c.due <= today]
    return [VISIT.c.due < today] if wanted.overdue else [VISIT.c.due == today]


def _ended_conditions(wanted: VisitFilter, in_time: bool) -> list[sa.ColumnElement[bool]]:
    ended, due = VISIT.c.closed_day, VISIT.c.due
    conditions = [ended <= due if in_time else ended > due]
    if wanted.closed_since is not None:
        conditions.append(ended >= wanted.closed_since)
    if wanted.closed_until is not None:
        conditions.append(ended <= wanted.closed_until)
    return conditions


def _line(row: sa.RowMapping) -> VisitLine:
    values: list[Any] = list(row.values())
    for place, enum in _ENUMS:
        values[place] = enum(values[place])
    return VisitLine(*values)


_OF_BATCH = (
    sa.select(VISIT)
    .where(VISIT.c.batch == sa.bindparam("batch", type_=VISIT.c.batch.type))
    .order_by(VISIT.c.number)
)
_LATEST = Prepared(sa.select(sa.func.max(VISIT.c.at)).where(_LISTED))
_USUAL = (
    sa.select(VISIT.c.matter, sa.func.count().label("times"))
    .where(
        sa.text("deleted_at IS NULL"),
        VISIT.c.day >= sa.bindparam("since", type_=VISIT.c.day.type),
        VISIT.c.matter.is_not(None),
    )
    .group_by(VISIT.c.matter)
    .order_by(sa.desc("times"), VISIT.c.matter)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_WITH_LIMIT = (
    sa.select(VISIT)
    .where(
        _OPEN,
        VISIT.c.limit_days.is_not(None),
        VISIT.c.uid > sa.bindparam("after", type_=VISIT.c.uid.type),
    )
    .order_by(VISIT.c.uid)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


def of_batch(connection: sa.Connection, batch: Uid) -> list[Visit]:
    """Every living matter of one visit, in the order of the form."""
    found = SHELF.values(connection.execute(_OF_BATCH, {"batch": batch}).mappings())
    return [visit for visit in found if not visit.deleted]


def of_number(connection: sa.Connection, number: str) -> Uid | None:
    """The living visit with that number on its slip."""
    query = sa.select(VISIT.c.uid).where(VISIT.c.number == number, VISIT.c.deleted_at.is_(None))
    found: Uid | None = connection.execute(query).scalar()
    return found


def latest_visit(connection: sa.Connection) -> Millis | None:
    """When the latest visit on record took place; None in an empty ledger."""
    found = _LATEST.run(connection, {}).scalar()
    return None if found is None else Millis(found)


_SEEN_BESIDES = Prepared(
    sa.select(sa.func.max(VISIT.c.at)).where(
        VISIT.c.resident == sa.bindparam("of", type_=VISIT.c.resident.type),
        VISIT.c.uid != sa.bindparam("but", type_=VISIT.c.uid.type),
        _LISTED,
    )
)


def seen_besides(connection: sa.Connection, visit: Visit) -> Millis | None:
    """When the visit's resident was last here, were it not for this visit."""
    found = _SEEN_BESIDES.run(connection, {"of": visit.resident, "but": visit.uid}).scalar()
    return None if found is None else Millis(found)


def usual_matters(connection: sa.Connection, since: date, most: int) -> list[UsualMatter]:
    """The matters registered most often since a day."""
    found = connection.execute(_USUAL, {"since": since, "most": most})
    return [UsualMatter(row.matter, row.times) for row in found]


def with_limit(connection: sa.Connection, after: Uid, most: int) -> list[Visit]:
    """Open visits that have a limit of the station's own, by uid, after one."""
    found = connection.execute(_WITH_LIMIT, {"after": after, "most": most})
    return SHELF.values(found.mappings())


_NAMING = sa.select(VISIT).where(
    VISIT.c.resident.in_(sa.bindparam("residents", expanding=True)), VISIT.c.deleted_at.is_(None)
)


def naming(connection: sa.Connection, residents: Sequence[Uid]) -> list[Visit]:
    """Every living visit that points at one of these files."""
    if not residents:
        return []
    found = connection.execute(_NAMING, {"residents": list(residents)})
    return SHELF.values(found.mappings())


def forget_payloads(unit: Unit, visits: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == KIND.name, CHANGE.c.uid.in_(visits))
        .values(payload=None)
    )


_EVALUATION_OF = sa.select(EVALUATION.c.uid).where(
    EVALUATION.c.visit == sa.bindparam("visit", type_=EVALUATION.c.visit.type)
)


def is_evaluated(connection: sa.Connection, visit: Uid) -> bool:
    """Whether the resident has given an evaluation; which one is nobody's business at the desk."""
    return connection.execute(_EVALUATION_OF, {"visit": visit}).first() is not None
