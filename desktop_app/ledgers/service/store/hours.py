"""Hours added up by the database: of people, of teams, by the month. Never commits.

Only what is 已确认 is counted, in whole minutes, under the team that the record itself names. A
volunteer who was merged into another one counts with that one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.service.rules.listing import PersonHours, TeamHours
from desktop_app.ledgers.service.rules.service_record import Source
from desktop_app.ledgers.service.store.people import KEPT, PERSON, WITH_PERSON
from desktop_app.ledgers.service.tables import CONFIRMED, SERVICE, UNCONFIRMED
from desktop_app.storage.base import Int
from desktop_app.storage.prepared import Prepared

Connection = sa.Connection

_c = SERVICE.c
# Literal text, because SQLite uses a partial index only where it can prove its condition.
_CONFIRMED = sa.text(CONFIRMED)
_SPAN = (
    _c.day >= sa.bindparam("first", type_=_c.day.type),
    _c.day <= sa.bindparam("last", type_=_c.day.type),
)
_MINUTES = sa.func.coalesce(sa.func.sum(_c.minutes), 0)
_WHO = sa.bindparam("who", type_=_c.volunteer.type, expanding=True)

_BETWEEN = sa.select(_MINUTES).where(_CONFIRMED, _c.volunteer.in_(_WHO), *_SPAN)


def minutes_between(
    connection: Connection, volunteers: Sequence[Uid], first: date, last: date
) -> int:
    """Confirmed minutes of these volunteers together between two days, both included."""
    values = {"who": list(volunteers), "first": first, "last": last}
    return int(connection.execute(_BETWEEN, values).scalar_one())


_BY_SOURCE = (
    sa.select(_c.source, sa.func.count(), _MINUTES)
    .where(_CONFIRMED, _c.volunteer.in_(_WHO), *_SPAN)
    .group_by(_c.source)
)
_WAITING = sa.select(sa.func.count()).where(sa.text(UNCONFIRMED), _c.volunteer.in_(_WHO), *_SPAN)


_SOURCES = {source.value: source for source in Source}


def by_source(
    connection: Connection, volunteers: Sequence[Uid], first: date, last: date
) -> dict[Source, tuple[int, int]]:
    """How often and how many minutes, by how the time became known; what is 0 is left out."""
    values = {"who": list(volunteers), "first": first, "last": last}
    rows = connection.execute(_BY_SOURCE, values)
    return {_SOURCES[source]: (int(times), int(minutes)) for source, times, minutes in rows}


def waiting(connection: Connection, volunteers: Sequence[Uid], first: date, last: date) -> int:
    """How many records of these volunteers wait for their end or for being confirmed."""
    values = {"who": list(volunteers), "first": first, "last": last}
    return int(connection.execute(_WAITING, values).scalar_one())


# --- by person and month --------------------------------------------------------------------------

GROUPED = (
    sa.select(_c.volunteer, _c.month, sa.cast(sa.func.sum(_c.minutes), Int))
    # Left alone it takes the index of states and sorts twenty thousand rows.
    .with_hint(SERVICE, "INDEXED BY ix_service_record_hours", "sqlite")
    .where(_CONFIRMED, *_SPAN)
    .group_by(_c.volunteer, _c.month)
    .order_by(_c.volunteer, _c.month)
)
# Raw rows: fourteen thousand groups of five years are not worth a uid each.
_EVERYBODY = Prepared(GROUPED)
_OF_TEAM = Prepared(GROUPED.where(_c.team == sa.bindparam("team", type_=_c.team.type)))


def by_person_and_month(
    connection: Connection, first: date, last: date, team: Uid | None = None
) -> list[PersonHours]:
    """Confirmed minutes of everybody who has any between two days, by month; of one team if given.

    In the order of uids.
    """
    values: dict[str, Any] = {"first": first, "last": last}
    if team is None:
        rows = _EVERYBODY.rows(connection, values)
    else:
        rows = _OF_TEAM.rows(connection, {**values, "team": team})
    found: dict[Uid, dict[str, int]] = {}
    latest, months = None, dict[str, int]()
    for who, month, minutes in rows:
        if who != latest:
            latest, months = who, {}
            found[_uid(who)] = months
        months[month] = minutes
    together = _as_one(found, merged(connection))
    return [PersonHours(uid, own, sum(own.values())) for uid, own in together.items()]


def _uid(raw: Any) -> Uid:
    return raw if isinstance(raw, UUID) else UUID(bytes=bytes(raw))


def merged(connection: Connection) -> dict[Uid, Uid]:
    """Every volunteer who was merged, and the one who is kept in the end."""
    return {row.uid: row.kept for row in connection.execute(sa.select(KEPT))}


def _as_one(found: dict[Uid, dict[str, int]], kept: Mapping[Uid, Uid]) -> dict[Uid, dict[str, int]]:
    for uid in found.keys() & kept.keys():
        months = found.pop(uid)
        whole = found.setdefault(kept[uid], {})
        for month, minutes in months.items():
            whole[month] = whole.get(month, 0) + minutes
    return found


# --- by team --------------------------------------------------------------------------------------

_BY_TEAM = (
    sa.select(_c.team, sa.func.count(PERSON.distinct()), sa.func.count(), _MINUTES)
    .select_from(WITH_PERSON)
    .where(_CONFIRMED, *_SPAN)
    .group_by(_c.team)
)


def by_team(connection: Connection, first: date, last: date) -> list[TeamHours]:
    """What was served for each team between two days, the most first; what was for none last."""
    rows = connection.execute(_BY_TEAM, {"first": first, "last": last})
    found = [
        TeamHours(team, int(people), int(n), int(minutes)) for team, people, n, minutes in rows
    ]
    return sorted(found, key=lambda one: (one.team is None, -one.minutes, str(one.team)))
