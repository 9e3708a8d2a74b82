"""How many evaluations of each level, and how many matters without one. Never commits."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from desktop_app.ledgers.visits.rules.visit import Satisfaction, VisitKind
from desktop_app.ledgers.visits.tables import EVALUATION, VISIT

_OF_SPAN = (
    EVALUATION.c.deleted_at.is_(None),
    EVALUATION.c.day >= sa.bindparam("first", type_=EVALUATION.c.day.type),
    EVALUATION.c.day <= sa.bindparam("last", type_=EVALUATION.c.day.type),
)
_FIRST_ONES = (
    sa.select(EVALUATION.c.level)
    .where(*_OF_SPAN)
    .order_by(EVALUATION.c.at, EVALUATION.c.uid)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .subquery()
)
_LEVELS = sa.select(_FIRST_ONES.c.level, sa.func.count().label("times")).group_by(
    _FIRST_ONES.c.level
)
_EVALUATED = sa.select(sa.func.count()).select_from(EVALUATION).where(*_OF_SPAN)
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


def evaluated(connection: sa.Connection, first: date, last: date) -> int:
    """How many evaluations were received between two days, both included."""
    return int(connection.execute(_EVALUATED, {"first": first, "last": last}).scalar_one())


def levels(
    connection: sa.Connection, first: date, last: date, most: int
) -> dict[Satisfaction, int]:
    """The levels of the first `most` evaluations received between two days."""
    found = connection.execute(_LEVELS, {"first": first, "last": last, "most": most})
    counted = {str(row.level): int(row.times) for row in found}
    return {level: counted.get(level.value, 0) for level in Satisfaction}


def not_evaluated(connection: sa.Connection, first: date, last: date) -> int:
    """How many matters were closed between two days and have no evaluation until now."""
    return int(connection.execute(_NOT_EVALUATED, {"first": first, "last": last}).scalar_one())
