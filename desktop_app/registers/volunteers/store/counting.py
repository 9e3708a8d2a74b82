"""How many volunteers and teams there are: counted by the database, for one station and for many.
Never commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.registers.volunteers.rules.volunteer import PRESENT, VolunteerState
from desktop_app.registers.volunteers.tables import LISTED, LIVING, TEAM, VOLUNTEER

# Literal text, because SQLite uses a partial index only where it can prove its condition.
_LISTED, _LIVING = sa.text(LISTED), sa.text(LIVING)
_STATIONS: sa.BindParameter[Any] = sa.bindparam("stations", expanding=True)
_TODAY: Any = sa.bindparam("today", type_=TEAM.c.founded_on.type)
_COUNT = sa.func.count()

Connection = sa.Connection


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    # Not BETWEEN: PostgreSQL does not read one whose bounds name their collation.
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_REGISTERED = sa.select(_COUNT.label("registered")).where(
    _LISTED, *_span(VOLUNTEER.c.registered_on)
)
_FOUNDED = sa.select(_COUNT.label("founded")).where(_LIVING, *_span(TEAM.c.founded_on))
_HERE = sa.select(
    sa.func.coalesce(sa.func.sum(sa.case((VOLUNTEER.c.state.in_(PRESENT), 1), else_=0)), 0).label(
        "present"
    ),
    sa.func.coalesce(
        sa.func.sum(sa.case((VOLUNTEER.c.state == VolunteerState.PAUSED, 1), else_=0)), 0
    ).label("paused"),
).where(_LISTED)
# A team that will be disbanded is there until the day comes.
_TEAMS = sa.select(_COUNT.label("teams")).where(
    _LIVING, sa.or_(TEAM.c.disbanded_on.is_(None), TEAM.c.disbanded_on > _TODAY)
)

_BETWEEN = ((VOLUNTEER, _REGISTERED), (TEAM, _FOUNDED))
_NOW = ((VOLUNTEER, _HERE), (TEAM, _TEAMS))


def count_between(
    connection: sa.Connection, first: date, last: date, today: date
) -> dict[str, int]:
    """Who was registered and what was founded between two days, both included, and who is there
    today."""
    found: dict[str, int] = {}
    values = {"first": first, "last": last, "today": today}
    for _, query in (*_BETWEEN, *_NOW):
        row = connection.execute(query, values).mappings().one()
        found |= {name: int(value) for name, value in row.items()}
    return found


def _by_station(table: sa.Table, query: sa.Select[Any]) -> sa.Select[Any]:
    return query.add_columns(table.c.station).group_by(table.c.station)


_ROLLED = tuple(
    _by_station(table, query.where(table.c.station.in_(_STATIONS))) for table, query in _BETWEEN
)
_STANDING = tuple(_by_station(table, query) for table, query in _NOW)


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """The same of these stations."""
    values = {"first": first, "last": last, "stations": list(stations)}
    for query in _ROLLED:
        yield from _counted(connection.execute(query, values))


def standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """Who and what is there at every station."""
    if cut is Cut.WHOLE:
        for query in _STANDING:
            yield from _counted(connection.execute(query, {"today": today}))


def _counted(found: sa.CursorResult[Any]) -> Iterator[Counted]:
    for row in found.mappings():
        for name, value in row.items():
            if name != "station" and value:
                yield Counted(row["station"], Cut.WHOLE, "", name, int(value))
