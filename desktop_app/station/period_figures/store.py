"""Counts of a period by day, by category and by month that only its report needs. Never commits."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.tables import LISTED, VISIT

Connection = sa.Connection

# Literal text, because SQLite uses a partial index only where it can prove its condition.
_SHOWN = (sa.text("visit.deleted_at IS NULL"), VISIT.c.petition == 0)
_HANDLING = {handling.value: handling for handling in Handling}
_COUNT = sa.func.count().label("times")
_OF_SPAN = (
    VISIT.c.day >= sa.bindparam("first", type_=VISIT.c.day.type),
    VISIT.c.day <= sa.bindparam("last", type_=VISIT.c.day.type),
)
_BY_DAY = sa.select(VISIT.c.day, VISIT.c.handling, _COUNT).where(*_SHOWN, *_OF_SPAN)
_BY_DAY = _BY_DAY.group_by(VISIT.c.day, VISIT.c.handling)

_MOMENTS = (
    VISIT.c.at >= sa.bindparam("since", type_=sa.BigInteger),
    VISIT.c.at < sa.bindparam("until", type_=sa.BigInteger),
)


def _categories() -> sa.CTE:
    """Every category some listed visit has: a step of the index for each, not for each row."""
    other = VISIT.alias("other")
    # Unqualified, so that each select means its own table by it.
    listed = sa.text(LISTED)
    found = (sa.select(sa.func.min(VISIT.c.category).label("name")).where(listed)).cte(
        "categories", recursive=True
    )
    next_one = (
        sa.select(sa.func.min(other.c.category))
        .where(listed, other.c.category > found.c.name)
        .scalar_subquery()
    )
    return found.union_all(sa.select(next_one).where(found.c.name.is_not(None)))


def _by_category() -> sa.Select[Any]:
    names = _categories()
    times = (
        sa.select(sa.func.count())
        .select_from(VISIT)
        .where(
            sa.text("visit.deleted_at IS NULL AND visit.petition = 0"),
            VISIT.c.category == names.c.name,
            *_MOMENTS,
        )
        .with_hint(VISIT, "INDEXED BY ix_visit_category", dialect_name="sqlite")
        .scalar_subquery()
    )
    return sa.select(names.c.name, times.label("times")).where(names.c.name.is_not(None))


_BY_CATEGORY = _by_category()


def by_day(connection: Connection, first: date, last: date) -> list[tuple[date, Handling, int]]:
    """What came in on each day and how it was handled; petitions are not among it."""
    found = connection.execute(_BY_DAY, {"first": first, "last": last})
    return [(row.day, _HANDLING[row.handling], int(row.times)) for row in found]


def by_category(connection: Connection, since: Millis, until: Millis) -> dict[str, int]:
    """What came in between two moments (the second excluded) by category, without petitions."""
    found = connection.execute(_BY_CATEGORY, {"since": since, "until": until})
    return {row.name: int(row.times) for row in found if row.times}


_PLACED = sa.select(VISIT.c.compound, _COUNT).where(*_SHOWN, *_OF_SPAN).group_by(VISIT.c.compound)


def by_compound(connection: Connection, first: date, last: date) -> dict[Uid | None, int]:
    """What came in by the 小区 its resident lives in; None where none was written down."""
    found = connection.execute(_PLACED, {"first": first, "last": last})
    return {row.compound: int(row.times) for row in found}
