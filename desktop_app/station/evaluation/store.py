"""How many evaluations of each level, and how many matters without one. Never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.tables import REQUEST, REQUEST_EVALUATION
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.rules.levels import Given
from desktop_app.ledgers.visits.rules.visit import VisitKind
from desktop_app.ledgers.visits.tables import EVALUATION, VISIT

Connection = sa.Connection
Levels = dict[Satisfaction, int]

_LEVEL = {level.value: level for level in Satisfaction}
_TIMES = sa.func.count().label("times")


@dataclass(frozen=True, slots=True)
class _Counting:
    """The three questions about one kind of record: levels by month, one after the other, and how
    many were closed without one."""

    months: sa.Select[Any]
    given: sa.Select[Any]
    not_evaluated: sa.Select[Any]


def _counting(given: sa.Table, of: sa.Column[Any], table: sa.Table, *more: Any) -> _Counting:
    """Of evaluations in `given`, whose column `of` points into `table`; `more` holds of the rows of
    it that can be evaluated at all."""
    first, last = (sa.bindparam(name, type_=given.c.day.type) for name in ("first", "last"))
    of_span = (given.c.deleted_at.is_(None), given.c.day >= first, given.c.day <= last)
    months = (
        sa.select(sa.func.substr(given.c.day, 1, 7).label("month"), given.c.level, _TIMES)
        .where(*of_span)
        .group_by(sa.text("1"), given.c.level)
    )
    in_order = (
        sa.select(given.c.at, given.c.level).where(*of_span).order_by(given.c.at, given.c.uid)
    )
    name = table.name
    without = (
        sa.select(sa.func.count())
        .select_from(table)
        .where(
            # Literal, because only so is the partial index on `closed_day` used.
            sa.text(f"{name}.deleted_at IS NULL AND {name}.state = 'closed'"),
            table.c.petition == 0,
            *more,
            table.c.closed_day >= first,
            table.c.closed_day <= last,
            ~sa.exists().where(of == table.c.uid, given.c.deleted_at.is_(None)),
        )
    )
    return _Counting(months, in_order, without)


_OF = {
    VISITS.name: _counting(
        EVALUATION, EVALUATION.c.visit, VISIT, VISIT.c.kind != VisitKind.COUNTED
    ),
    REQUESTS.name: _counting(REQUEST_EVALUATION, REQUEST_EVALUATION.c.request, REQUEST),
}


def by_month(connection: sa.Connection, kind: str, first: date, last: date) -> dict[str, Levels]:
    """The levels of every month (as 2026-11) in which any was received for a kind of record."""
    found: dict[str, Levels] = {}
    for row in connection.execute(_OF[kind].months, {"first": first, "last": last}):
        found.setdefault(row.month, {})[_LEVEL[row.level]] = int(row.times)
    return found


def given(connection: sa.Connection, kind: str, first: date, last: date) -> list[Given]:
    """Every evaluation received between two days, in the order in which they came."""
    found = connection.execute(_OF[kind].given, {"first": first, "last": last})
    return [(row.at, _LEVEL[row.level]) for row in found]


def not_evaluated(connection: sa.Connection, kind: str, first: date, last: date) -> int:
    """How many matters were closed between two days and have no evaluation until now."""
    found = connection.execute(_OF[kind].not_evaluated, {"first": first, "last": last})
    return int(found.scalar_one())
