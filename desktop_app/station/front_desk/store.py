"""The three figures over today's list, counted in one statement each. Never commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from desktop_app.ledgers.visits.tables import OPEN, VISIT


@dataclass(frozen=True, slots=True)
class Counts:
    """件: `registered` on this business date, `open` in all, `overdue` among those."""

    registered: int
    open: int
    overdue: int


_COUNT = sa.func.count()
_REGISTERED = sa.select(_COUNT).where(
    sa.text("deleted_at IS NULL"), VISIT.c.day == sa.bindparam("today", type_=VISIT.c.day.type)
)
_OPEN = sa.select(_COUNT).select_from(VISIT).where(sa.text(OPEN))
_OVERDUE = _OPEN.where(VISIT.c.due < sa.bindparam("today", type_=VISIT.c.due.type))


def counts(connection: sa.Connection, today: date) -> Counts:
    """The figures of one business date."""
    values = {"today": today}
    return Counts(
        connection.execute(_REGISTERED, values).scalar_one(),
        connection.execute(_OPEN).scalar_one(),
        connection.execute(_OVERDUE, values).scalar_one(),
    )
