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
from desktop_app.core.figures import MonthCount
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.record import EVALUATIONS, KIND
from desktop_app.ledgers.visits.rules.listing import UsualMatter, VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.visit import Satisfaction, Visit, VisitState
from desktop_app.ledgers.visits.tables import EVALUATION, LISTED, OPEN, VISIT
from desktop_app.storage.base import Text
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

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
    for column, value in (
        (VISIT.c.state, wanted.state),
        (VISIT.c.category, wanted.category or None),
        (VISIT.c.handling, wanted.handling),
        (VISIT.c.source, wanted.source),
        (VISIT.c.first_clerk, wanted.clerk),
        (VISIT.c.leads, 1 if wanted.leads else None),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.residents:
        query = query.where(_one_of(VISIT.c.resident, wanted.residents))
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
    return "ix_visit_open" if wanted.open else "ix_visit_listed"


def _one_of(column: sa.Column[Any], uids: Sequence[Uid]) -> sa.ColumnElement[bool]:
    """Equality for the usual single uid: only then does an index give the order, too."""
    return column == uids[0] if len(uids) == 1 else column.in_(uids)


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


# --- counting ------------------------------------------------------------------------------------


def _times(condition: Any, label: str, of: Any = 1) -> Any:
    counted = sa.func.sum(sa.case((condition, of), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_KEPT = sa.text("deleted_at IS NULL")
_CLOSED = sa.text("deleted_at IS NULL AND state = 'closed'")

_COUNTED: tuple[Any, ...] = (
    sa.func.count().label("registered"),
    _times(VISIT.c.leads == 1, "batches"),
    _times(VISIT.c.leads == 1, "people", VISIT.c.people),
    _times(VISIT.c.handling == Handling.INSTANT, "instant"),
    _times(VISIT.c.handling == Handling.TIMED, "timed"),
    _times((VISIT.c.late_entry == 1) & (VISIT.c.petition == 0), "late_entries"),
    _times(VISIT.c.petition == 1, "petitions"),
    _times((VISIT.c.petition == 1) & (VISIT.c.leads == 1), "petition_batches"),
    _times((VISIT.c.petition == 1) & (VISIT.c.leads == 1), "petition_people", VISIT.c.people),
    _times((VISIT.c.petition == 1) & (VISIT.c.state == VisitState.CLOSED), "petitions_closed"),
    _times(VISIT.c.state == VisitState.CLOSED, "closed"),
    _times(VISIT.c.closed_day.is_(None), "not_closed"),
)
_COUNTED_ENDED: tuple[Any, ...] = (
    _times(VISIT.c.closed_day <= VISIT.c.due, "on_time"),
    _times(VISIT.c.closed_day > VISIT.c.due, "late"),
)
_REGISTERED = sa.select(*_COUNTED).where(_KEPT, *_span(VISIT.c.day))
_ENDED = sa.select(*_COUNTED_ENDED).where(_CLOSED, *_span(VISIT.c.closed_day))
_TODAY = sa.bindparam("today", type_=VISIT.c.due.type)
_STANDING = (
    sa.select(
        sa.func.count().label("open"),
        _times(VISIT.c.due < _TODAY, "overdue"),
        _times(VISIT.c.due == _TODAY, "due_today"),
    )
    .where(_OPEN)
    # Told, because the index of what is counted looks shorter and is two thousand times longer.
    .with_hint(VISIT, "INDEXED BY ix_visit_due", dialect_name="sqlite")
)
_SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR)
_EVALUATED = sa.select(
    sa.func.count().label("evaluated"),
    _times(EVALUATION.c.level.in_(_SATISFIED), "satisfied"),
    _times(EVALUATION.c.level.not_in(_SATISFIED), "dissatisfied"),
).where(EVALUATION.c.deleted_at.is_(None), *_span(EVALUATION.c.day))


def count_registered(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """件数, 批次, 人次 and the kinds of what came in between two days, both included."""
    return _counted(connection, _REGISTERED, {"first": first, "last": last})


def count_closed(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """What ended between two days, within its limit and after it."""
    return _counted(connection, _ENDED, {"first": first, "last": last})


def count_open(connection: sa.Connection, today: date) -> dict[str, int]:
    """How things stand: open, overdue and due today."""
    return _counted(connection, _STANDING, {"today": today})


def count_evaluations(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """How many evaluations came in, satisfied and dissatisfied."""
    return _counted(connection, _EVALUATED, {"first": first, "last": last})


_PETITION = sa.text("petition = 1")


def _monthly(columns: tuple[Any, ...], day: sa.Column[Any], *conditions: Any) -> sa.Select[Any]:
    month = sa.func.substr(sa.type_coerce(day, Text), 1, 7).label("month")
    return sa.select(month, *columns).where(*conditions).group_by(month).order_by(month)


_PETITIONS = (
    _monthly(_COUNTED, VISIT.c.day, _KEPT, _PETITION),
    _monthly(_COUNTED_ENDED, VISIT.c.closed_day, _CLOSED, _PETITION),
)


def count_petitions(connection: sa.Connection) -> list[MonthCount]:
    """What 信访渠道告知 adds to each count of a month; no more of them ever leaves the station."""
    found = []
    for query in _PETITIONS:
        for row in connection.execute(query).mappings():
            counts = {name: int(value) for name, value in row.items() if name != "month"}
            found += [MonthCount(row["month"], name, n) for name, n in counts.items() if n]
    return found


def _counted(
    connection: sa.Connection, query: sa.Select[Any], values: dict[str, Any]
) -> dict[str, int]:
    row = connection.execute(query, values).mappings().one()
    return {name: int(value) for name, value in row.items()}
