"""How many evaluations of each level, and how many matters without one. Never commits."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits.rules.levels import Given
from desktop_app.ledgers.visits.rules.visit import VisitKind
from desktop_app.ledgers.visits.tables import EVALUATION, VISIT

Connection = sa.Connection
Levels = dict[Satisfaction, int]

_LEVEL = {level.value: level for level in Satisfaction}
_OF_SPAN = (
    EVALUATION.c.deleted_at.is_(None),
    EVALUATION.c.day >= sa.bindparam("first", type_=EVALUATION.c.day.type),
    EVALUATION.c.day <= sa.bindparam("last", type_=EVALUATION.c.day.type),
)
_MONTH = sa.func.substr(EVALUATION.c.day, 1, 7)
_MONTHS = (
    sa.select(_MONTH.label("month"), EVALUATION.c.level, sa.func.count().label("times"))
    .where(*_OF_SPAN)
    .group_by(sa.text("1"), EVALUATION.c.level)
)
_GIVEN = (
    sa.select(EVALUATION.c.at, EVALUATION.c.level)
    .where(*_OF_SPAN)
    .order_by(EVALUATION.c.at, EVALUATION.c.uid)
)
_NOT_EVALUATED = (
    sa.select(sa.func.count())
    .select_from(VISIT)
    .where(
        # Literal, because only so is the partial index on `closed_day` used.
        sa.text("visit.deleted_at IS NULL AND visit.state = 'closed'"),
        VISIT.c.petition == 0,
        VISIT.c.kind != VisitKind.COUNTED,
        VISIT.c.closed_day >= sa.bindparam("first", type_=VISIT.c.closed_day.type),
        VISIT.c.closed_day <= sa.bindparam("last", type_=VISIT.c.closed_day.type),
        ~sa.exists().where(EVALUATION.c.visit == VISIT.c.uid, EVALUATION.c.deleted_at.is_(None)),
    )
)


def by_month(connection: sa.Connection, first: date, last: date) -> dict[str, Levels]:
    """The levels of every month (as 2026-11) in which any was received."""
    found: dict[str, Levels] = {}
    for row in connection.execute(_MONTHS, {"first": first, "last": last}):
        found.setdefault(row.month, {})[_LEVEL[row.level]] = int(row.times)
    return found


def given(connection: sa.Connection, first: date, last: date) -> list[Given]:
    """Every evaluation received between two days, in the order in which they came."""
    found = connection.execute(_GIVEN, {"first": first, "last": last})
    return [(row.at, _LEVEL[row.level]) for row in found]


def not_evaluated(connection: sa.Connection, first: date, last: date) -> int:
    """How many matters were closed between two days and have no evaluation until now."""
    return int(connection.execute(_NOT_EVALUATED, {"first": first, "last": last}).scalar_one())
