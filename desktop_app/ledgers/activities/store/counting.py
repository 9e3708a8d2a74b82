"""How many were there, and how many activities there were: sums made by the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

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
_HERE = sa.select(ACTIVITY.c.uid).where(_HELD_CONDITION, *_SPAN)
_ARRIVALS = (
    sa.select(
        ATTENDANCE.c.activity,
        *(
            sa.func.count(
                sa.case((ATTENDANCE.c.group == group.value, ATTENDANCE.c.arrived_at))
            ).label(group.value)
            for group in Group
        ),
    )
    .where(_SHEET_LISTED, ATTENDANCE.c.activity.in_(_HERE))
    .group_by(ATTENDANCE.c.activity)
    .subquery("arrivals")
)


def _tally(key: Any) -> sa.Select[Any]:
    people = (
        _sum_of(sa.func.coalesce(ACTIVITY.c[column], _ARRIVALS.c[group.value], 0), group.value)
        for group, column in STATED.items()
    )
    return (
        sa.select(
            key.label("key"),
            sa.func.count().label("held"),
            _sum_of(
                sa.case((ACTIVITY.c.state != ActivityState.ARCHIVED, 1), else_=0), "unreviewed"
            ),
            _sum_of(sa.case((ACTIVITY.c.late_entry == 1, 1), else_=0), "late_entries"),
            _sum_of(ACTIVITY.c.solved_count, "solved"),
            *people,
        )
        .select_from(ACTIVITY.outerjoin(_ARRIVALS, _ARRIVALS.c.activity == ACTIVITY.c.uid))
        .where(_HELD_CONDITION, *_SPAN)
        .group_by(sa.text("1"))
        .order_by(sa.text("1"))
    )


_TALLIES = {
    "": _tally(sa.literal_column("''")),
    "kind": _tally(ACTIVITY.c.kind),
    "month": _tally(sa.func.substr(ACTIVITY.c.day, 1, 7)),
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
