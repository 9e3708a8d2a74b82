"""How many were there, and how many activities there were: sums made by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities.rules.activity import (
    Activity,
    ActivityState,
    CountCorrection,
    Group,
)
from desktop_app.ledgers.activities.rules.counting import HeadCount, counted
from desktop_app.ledgers.activities.store.shelves import STATED
from desktop_app.ledgers.activities.tables import ACTIVITY, ATTENDANCE, HELD, LISTED

_GROUPS = {group.value: group for group in Group}

_LISTED = sa.text(f"activity.{LISTED}")
_SHEET_LISTED = sa.text(f"attendance.{LISTED}")

Sums = tuple[dict[Group, int], int]
"""Who arrived, by group, and how many stand on the sheet."""

_ARRIVED = sa.func.count(ATTENDANCE.c.arrived_at).label("arrived")
_SUMS = (
    sa.select(ATTENDANCE.c.activity, ATTENDANCE.c.group, _ARRIVED, sa.func.count().label("listed"))
    .where(
        _SHEET_LISTED,
        ATTENDANCE.c.activity.in_(
            sa.bindparam("activities", type_=ATTENDANCE.c.activity.type, expanding=True)
        ),
    )
    .group_by(ATTENDANCE.c.activity, ATTENDANCE.c.group)
)


def head_counts(connection: sa.Connection, activities: Iterable[Activity]) -> dict[Uid, HeadCount]:
    """The people of several activities."""
    known = {activity.uid: activity for activity in activities}
    sums = sums_of(connection, list(known))
    return {
        uid: counted(activity.corrections, *(sums.get(uid) or ({}, 0)))
        for uid, activity in known.items()
    }


def sums_of(connection: sa.Connection, uids: Sequence[Uid]) -> dict[Uid, Sums]:
    """Who is on the sheets of these activities; an empty sheet is left out."""
    found: dict[Uid, Sums] = {}
    if not uids:
        return found
    for row in connection.execute(_SUMS, {"activities": list(uids)}):
        present, listed = found.get(row.activity, ({}, 0))
        present[_GROUPS[row.group]] = row.arrived
        found[row.activity] = (present, listed + row.listed)
    return found


def line_count(sums: Sums | None, stated: Mapping[Group, int | None]) -> HeadCount:
    """The people of one line of a list, from its sums and its derived columns."""
    present, listed = sums or ({}, 0)
    corrections = [
        CountCorrection(group, people, 0, "", "", Millis(0))
        for group, people in stated.items()
        if people is not None
    ]
    return counted(corrections, present, listed)


# --- figures -------------------------------------------------------------------------------------


def _sum_of(value: Any, label: str) -> Any:
    return sa.func.coalesce(sa.func.sum(value), 0).label(label)


_SPAN = (
    ACTIVITY.c.day >= sa.bindparam("first", type_=ACTIVITY.c.day.type),
    ACTIVITY.c.day <= sa.bindparam("last", type_=ACTIVITY.c.day.type),
)
_HELD_CONDITION = sa.text(HELD.replace("deleted_at", "activity.deleted_at"))
_COUNTS = ("held", "unreviewed", "late_entries", "solved")


def _arrivals(*only: Any) -> sa.Subquery:
    here = sa.select(ACTIVITY.c.uid).where(_HELD_CONDITION, *_SPAN, *only)
    return (
        sa.select(
            ATTENDANCE.c.activity,
            *(
                sa.func.count(
                    sa.case((ATTENDANCE.c.group == group.value, ATTENDANCE.c.arrived_at))
                ).label(group.value)
                for group in Group
            ),
        )
        .where(_SHEET_LISTED, ATTENDANCE.c.activity.in_(here))
        .group_by(ATTENDANCE.c.activity)
        .subquery("arrivals")
    )


def _tally(*keys: Any, only: tuple[Any, ...] = ()) -> sa.Select[Any]:
    arrivals = _arrivals(*only)
    people = (
        _sum_of(sa.func.coalesce(ACTIVITY.c[column], arrivals.c[group.value], 0), group.value)
        for group, column in STATED.items()
    )
    # By their places: PostgreSQL takes two spellings of an expression with parameters for two.
    places = [sa.text(str(place)) for place in range(1, len(keys) + 1)]
    return (
        sa.select(
            *keys,
            sa.func.count().label("held"),
            _sum_of(
                sa.case((ACTIVITY.c.state != ActivityState.ARCHIVED, 1), else_=0), "unreviewed"
            ),
            _sum_of(sa.case((ACTIVITY.c.late_entry == 1, 1), else_=0), "late_entries"),
            _sum_of(ACTIVITY.c.solved_count, "solved"),
            *people,
        )
        .select_from(ACTIVITY.outerjoin(arrivals, arrivals.c.activity == ACTIVITY.c.uid))
        .where(_HELD_CONDITION, *_SPAN, *only)
        .group_by(*places)
        .order_by(*places)
    )


_TALLIES = {
    "": _tally(sa.literal_column("''").label("key")),
    "kind": _tally(ACTIVITY.c.kind.label("key")),
    "month": _tally(sa.func.substr(ACTIVITY.c.day, 1, 7).label("key")),
}
_OTHERS = (
    sa.select(ACTIVITY.c.state, sa.func.count().label("times"))
    .where(_LISTED, *_SPAN)
    .group_by(ACTIVITY.c.state)
)


def tally(connection: sa.Connection, first: date, last: date, by: str = "") -> list[dict[str, Any]]:
    """What was held between two days: number, people by group, items solved.

    One row for each `kind` or `month` (2026-11); `by` nothing gives one row, or none at all.
    """
    found = connection.execute(_TALLIES[by], {"first": first, "last": last}).mappings()
    return [
        {name: value if name == "key" else int(value) for name, value in row.items()}
        for row in found
    ]


def by_state(connection: sa.Connection, first: date, last: date) -> dict[ActivityState, int]:
    """How many activities of these days stand where."""
    found = connection.execute(_OTHERS, {"first": first, "last": last})
    times = {row.state: int(row.times) for row in found}
    return {state: times.get(state.value, 0) for state in ActivityState}


# --- counted for keeping -------------------------------------------------------------------------

_PARTS = (ACTIVITY.c.station, ACTIVITY.c.kind, ACTIVITY.c.place)
_OF_STATIONS = ACTIVITY.c.station.in_(sa.bindparam("stations", expanding=True))
_ROLLED = _tally(*_PARTS, only=(_OF_STATIONS,))
_ROLLED_STATES = (
    sa.select(*_PARTS, ACTIVITY.c.state, sa.func.count().label("times"))
    .where(_LISTED, *_SPAN, _OF_STATIONS)
    .group_by(*_PARTS, ACTIVITY.c.state)
)
_NOT_HELD = (ActivityState.PLANNED, ActivityState.OPEN, ActivityState.CANCELLED)


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the activities of these stations come to between two days, by every cut."""
    values = {"first": first, "last": last, "stations": list(stations)}
    groups = [group.value for group in Group]
    for row in connection.execute(_ROLLED, values).mappings():
        counts = {name: int(row[name]) for name in (*_COUNTS, *groups)}
        counts["people"] = sum(counts[name] for name in groups)
        yield from _by_cut(row, counts)
    for row in connection.execute(_ROLLED_STATES, values).mappings():
        if row["state"] in _NOT_HELD:
            yield from _by_cut(row, {row["state"]: int(row["times"])})


def _by_cut(row: sa.RowMapping, counts: Mapping[str, int]) -> Iterator[Counted]:
    place = "" if row["place"] is None else row["place"].hex
    for cut, part in ((Cut.WHOLE, ""), (Cut.KIND, row["kind"]), (Cut.PLACE, place)):
        for name, value in counts.items():
            if value:
                yield Counted(row["station"], cut, part, name, value)
