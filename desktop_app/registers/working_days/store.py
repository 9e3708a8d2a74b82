"""Changed working days in their table: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.rules import DayOverride
from desktop_app.registers.working_days.tables import DAY_OVERRIDE
from desktop_app.storage.shelf import Shelf

SHELF = Shelf(KIND, DAY_OVERRIDE)

_LIVING = sa.select(DAY_OVERRIDE).where(DAY_OVERRIDE.c.deleted_at.is_(None))
_PLAIN = (
    sa.select(DAY_OVERRIDE.c.day, DAY_OVERRIDE.c.is_workday)
    .where(DAY_OVERRIDE.c.deleted_at.is_(None), DAY_OVERRIDE.c.station == sa.bindparam("of"))
    .order_by(DAY_OVERRIDE.c.day, DAY_OVERRIDE.c.uid)
)


def of_day(connection: sa.Connection, station: str, day: date) -> DayOverride | None:
    """What the station says of a day."""
    query = (
        _LIVING.where(DAY_OVERRIDE.c.station == station, DAY_OVERRIDE.c.day == day)
        .order_by(DAY_OVERRIDE.c.uid.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else SHELF.value(row)


def between(
    connection: sa.Connection, station: str, first: date, last: date
) -> dict[date, DayOverride]:
    """What the station says of the days from `first` to `last`, both included."""
    # Not BETWEEN: PostgreSQL cannot read one whose ends carry a collation.
    query = _LIVING.where(
        DAY_OVERRIDE.c.station == station,
        DAY_OVERRIDE.c.day >= first,
        DAY_OVERRIDE.c.day <= last,
    ).order_by(DAY_OVERRIDE.c.uid)
    rows = connection.execute(query).mappings()
    return {override.day: override for override in SHELF.values(rows)}


def plain(connection: sa.Connection, station: str) -> tuple[tuple[date, bool], ...]:
    """All of it as day and yes or no: what a calendar is made of."""
    rows = connection.execute(_PLAIN, {"of": station})
    return tuple((row.day, row.is_workday) for row in rows)
