"""How many there were: sums made by the database, for one station and for many. Never commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.ids import Uid
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.ledgers.three_lists.tables import (
    CLOSED,
    DUTY,
    LISTED,
    LIVE_DUTY,
    OPEN_PROBLEM,
    PROBLEM,
)

Keys = Mapping[Cut, tuple[sa.Column[Any], ...]]


def _times(condition: Any, label: str) -> Any:
    counted = sa.func.sum(sa.case((condition, 1), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


def _today(column: sa.Column[Any]) -> Any:
    return sa.bindparam("today", type_=column.type)


_LISTED = sa.text(LISTED)
_CLOSED = sa.text(CLOSED)
_COUNT = sa.func.count()

# --- problems ------------------------------------------------------------------------------------

_RAISED = sa.select(
    _COUNT.label("raised"),
    _times(PROBLEM.c.late_entry == 1, "late_entries"),
).where(_LISTED, *_span(PROBLEM.c.raised_on))
_ENTERED = sa.select(_COUNT.label("entered")).where(
    sa.text(f"{LISTED} AND listed_on IS NOT NULL"), *_span(PROBLEM.c.listed_on)
)
_SOLVED = sa.select(_COUNT.label("closed")).where(_CLOSED, *_span(PROBLEM.c.closed_on))
_OPEN = sa.select(
    _COUNT.label("open"),
    _times(PROBLEM.c.state == ProblemState.LISTED, "waiting"),
    _times(PROBLEM.c.state == ProblemState.CLAIMED, "claimed"),
    _times(PROBLEM.c.wanted_by < _today(PROBLEM.c.wanted_by), "overdue"),
).where(sa.text(OPEN_PROBLEM))

_PROBLEM_COUNTS = (_RAISED, _ENTERED, _SOLVED)
_PROBLEM_KEYS: Keys = {
    Cut.WHOLE: (PROBLEM.c.station,),
    Cut.CATEGORY: (PROBLEM.c.station, PROBLEM.c.category),
    Cut.PLACE: (PROBLEM.c.station, PROBLEM.c.compound),
}

# --- duties --------------------------------------------------------------------------------------

_PROPOSED = sa.select(
    _COUNT.label("proposed"),
    _times(DUTY.c.extended > 0, "extended"),
    _times(DUTY.c.state == DutyState.DECLINED, "declined"),
).where(_LISTED, *_span(DUTY.c.proposed_on))
_ENDED = sa.select(
    _COUNT.label("closed"),
    _times(DUTY.c.closed_on <= DUTY.c.due, "on_time"),
    _times(DUTY.c.closed_on > DUTY.c.due, "late"),
).where(_CLOSED, *_span(DUTY.c.closed_on))
_LIVE = sa.select(
    _COUNT.label("live"),
    _times(DUTY.c.due < _today(DUTY.c.due), "overdue"),
    _times(DUTY.c.state == DutyState.TO_REVIEW, "to_review"),
).where(sa.text(LIVE_DUTY))

_DUTY_COUNTS = (_PROPOSED, _ENDED)
_DUTY_KEYS: Keys = {
    Cut.WHOLE: (DUTY.c.station,),
    Cut.CATEGORY: (DUTY.c.station, DUTY.c.category),
    Cut.KIND: (DUTY.c.station, DUTY.c.unit),
    Cut.PLACE: (DUTY.c.station, DUTY.c.compound),
}

_STATIONS: sa.BindParameter[Any] = sa.bindparam("stations", expanding=True)


def count_problems(
    connection: sa.Connection, first: date, last: date, today: date
) -> dict[str, int]:
    """Problems raised, listed and closed between two days, and how they stand today."""
    return _counted(connection, _PROBLEM_COUNTS, _OPEN, first, last, today)


def count_duties(connection: sa.Connection, first: date, last: date, today: date) -> dict[str, int]:
    """Duties proposed and closed between two days, and how they stand today."""
    return _counted(connection, _DUTY_COUNTS, _LIVE, first, last, today)


def _counted(
    connection: sa.Connection,
    queries: Sequence[sa.Select[Any]],
    standing: sa.Select[Any],
    first: date,
    last: date,
    today: date,
) -> dict[str, int]:
    found: dict[str, int] = {}
    asked = [(query, {"first": first, "last": last}) for query in queries]
    for query, values in [*asked, (standing, {"today": today})]:
        row = connection.execute(query, values).mappings().one()
        found |= {name: int(value) for name, value in row.items()}
    return found


# --- counted for keeping -------------------------------------------------------------------------


def _by(keys: Keys, query: sa.Select[Any], *only: Any) -> dict[Cut, sa.Select[Any]]:
    """A query's counts by station and part, for every cut."""
    return {
        cut: query.where(*only).add_columns(*columns).group_by(*columns)
        for cut, columns in keys.items()
    }


_PROBLEMS_ROLLED = [
    _by(_PROBLEM_KEYS, query, PROBLEM.c.station.in_(_STATIONS)) for query in _PROBLEM_COUNTS
]
_DUTIES_ROLLED = [_by(_DUTY_KEYS, query, DUTY.c.station.in_(_STATIONS)) for query in _DUTY_COUNTS]
_PROBLEMS_STANDING = _by(_PROBLEM_KEYS, _OPEN)
_DUTIES_STANDING = _by(_DUTY_KEYS, _LIVE)


def roll_up_problems(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the problems of these stations come to between two days, by every cut."""
    return _rolled(connection, _PROBLEMS_ROLLED, first, last, stations)


def roll_up_duties(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the duties of these stations come to between two days, by every cut."""
    return _rolled(connection, _DUTIES_ROLLED, first, last, stations)


def problems_standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How the problems of every station stand, by one cut."""
    return _standing(connection, _PROBLEMS_STANDING, today, cut)


def duties_standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How the duties of every station stand, by one cut."""
    return _standing(connection, _DUTIES_STANDING, today, cut)


def _rolled(
    connection: sa.Connection,
    queries: Sequence[Mapping[Cut, sa.Select[Any]]],
    first: date,
    last: date,
    stations: Sequence[str],
) -> Iterator[Counted]:
    values = {"first": first, "last": last, "stations": list(stations)}
    for by_cut in queries:
        for cut, query in by_cut.items():
            yield from _parts(cut, connection.execute(query, values))


def _standing(
    connection: sa.Connection, queries: Mapping[Cut, sa.Select[Any]], today: date, cut: Cut
) -> Iterator[Counted]:
    if cut in queries:
        yield from _parts(cut, connection.execute(queries[cut], {"today": today}))


def _parts(cut: Cut, found: sa.CursorResult[Any]) -> Iterator[Counted]:
    """Rows of counts and, at the end, their station and part."""
    keys = 1 if cut is Cut.WHOLE else 2
    names = list(found.keys())[:-keys]
    rows: Sequence[Any] = found.all()
    for row in rows:
        station, part = row[-keys], row[-1] if keys > 1 else ""
        word = part.hex if isinstance(part, Uid) else part or ""
        for name, value in zip(names, row, strict=False):
            if value:
                yield Counted(station, cut, word, name, int(value))
