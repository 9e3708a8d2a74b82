"""A resident's whole file and all that points at it, for the copy a person may ask for. No commits.

The services would make an entry in the audit for each part; handing over a copy is one deed.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists import store as lists
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits import store as visits
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.volunteers import store as volunteers


def file(connection: sa.Connection, uid: Uid) -> Resident:
    """The whole file; `UserError` when there is none."""
    return residents.SHELF.need(connection, residents.kept_uid(connection, uid))


def files(connection: sa.Connection, uid: Uid) -> tuple[Uid, ...]:
    """The file and every one that was merged into it."""
    kept = residents.kept_uid(connection, uid)
    return (kept, *residents.merged_uids(connection, kept))


def visits_of(connection: sa.Connection, people: Sequence[Uid]) -> list[Visit]:
    """Every living visit of these files, the oldest first."""
    return sorted(visits.naming(connection, people), key=lambda visit: (visit.at, visit.number))


def requests_of(connection: sa.Connection, people: Sequence[Uid]) -> list[Request]:
    """Every living request of these files, the oldest first."""
    found = requests.naming(connection, people)
    return sorted(found, key=lambda request: (request.at, request.number))


def problems_of(connection: sa.Connection, people: Sequence[Uid]) -> list[Problem]:
    """Every living problem these files raised, the oldest first: what came of their requests and
    visits, and what somebody of that name and number is written down to have raised."""
    found = {
        one.uid: one
        for link, rows in (
            ("request", requests.naming(connection, people)),
            ("visit", visits.naming(connection, people)),
        )
        for one in lists.linked(connection, link, [row.uid for row in rows])
    }
    for resident in residents.SHELF.many(connection, people).values():
        phones = [phone.number for phone in resident.phones]
        for one in lists.raised_by(connection, resident.name, phones) if resident.name else ():
            found[one.uid] = one
    return sorted(found.values(), key=lambda one: (one.raised_on, one.number))


def attendance_of(
    connection: sa.Connection, people: Sequence[Uid]
) -> list[tuple[Attendance, Activity]]:
    """Every living line of these files with its activity, the oldest first."""
    rows = activities.naming(connection, people)
    known = activities.SHELF.many(connection, [row.activity for row in rows])
    found = [(row, known[row.activity]) for row in rows if row.activity in known]
    return sorted(found, key=lambda pair: (pair[1].starts_at, pair[0].uid))


def volunteer_of(connection: sa.Connection, people: Sequence[Uid]) -> Uid | None:
    """The volunteer with one of these files, as it is kept; None where there is none."""
    known = volunteers.of_residents(connection, people)
    return volunteers.kept_uid(connection, known[0].uid) if known else None
