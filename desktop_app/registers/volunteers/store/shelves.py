"""The shelves of volunteers, teams and memberships: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import sort_key
from desktop_app.core.record import Record, RecordKind
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.membership import Membership
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.tables import (
    LISTED,
    LIVING,
    MEMBERSHIP,
    TEAM,
    VOLUNTEER,
)
from desktop_app.storage.numbering import count_up
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

Connection = sa.Connection

R = TypeVar("R", bound=Record)

LISTED_VOLUNTEER = sa.and_(VOLUNTEER.c.deleted_at.is_(None), VOLUNTEER.c.merged_into.is_(None))


class _VolunteerShelf(Shelf[Volunteer]):
    def derived(self, value: Volunteer) -> Mapping[str, Any]:
        agreed = value.guardian_consent
        return {
            "insured_until": value.insurance.until if value.insurance else None,
            "photo_count": int(agreed is not None and agreed.photo is not None),
        }


class _TeamShelf(Shelf[Team]):
    def derived(self, value: Team) -> Mapping[str, Any]:
        return {"sort": sort_key(value.name)}


SHELF = _VolunteerShelf(VOLUNTEERS, VOLUNTEER)
TEAM_SHELF = _TeamShelf(TEAMS, TEAM)
MEMBERSHIP_SHELF: Shelf[Membership] = Shelf(MEMBERSHIPS, MEMBERSHIP)


def to_change(connection: Connection, shelf: Shelf[R], uid: Uid) -> R:
    """One living record, locked until the transaction ends; a `UserError` when there is none.

    Whoever locks several takes the team first, then the volunteer, then memberships: two desks of
    a hall then never wait for each other.
    """
    table = shelf.table
    connection.execute(sa.select(table.c.uid).where(table.c.uid == uid).with_for_update())
    return shelf.need(connection, uid)


# --- one person, one volunteer --------------------------------------------------------------------


def one_at_a_time(unit: Unit) -> None:
    """Whoever enters a volunteer or a team waits here for whoever is doing so at another desk, so
    that nobody is entered twice: each sees what the other has written."""
    count_up(unit.connection, "volunteers", 0)


def of_residents(connection: Connection, residents: Sequence[Uid]) -> list[Volunteer]:
    """Every living volunteer whose person these files are, merged ones included, oldest first."""
    if not residents:
        return []
    query = sa.select(VOLUNTEER).where(sa.text(LIVING), VOLUNTEER.c.resident.in_(residents))
    return SHELF.values(connection.execute(query.order_by(VOLUNTEER.c.uid)).mappings())


def with_national_number(connection: Connection, number: str, station: str) -> list[Volunteer]:
    """The listed volunteers of a station with that 全国志愿者编号."""
    query = sa.select(VOLUNTEER).where(
        sa.text(LISTED),
        VOLUNTEER.c.national_number == number,
        VOLUNTEER.c.station == station,
    )
    return SHELF.values(connection.execute(query).mappings())


def kept_uid(connection: Connection, uid: Uid) -> Uid:
    """The volunteer a merged one is now part of; the same uid when it was never merged."""
    while (into := connection.execute(_INTO, {"one": uid}).scalar()) is not None:
        uid = into
    return uid


def as_one(connection: Connection, uid: Uid) -> tuple[Uid, ...]:
    """Every volunteer who is this person: first the one that is kept, then those merged into it.
    What was done under any of them counts for one."""
    kept = kept_uid(connection, uid)
    found: list[Uid] = []
    waiting = [kept]
    while waiting:
        below = connection.execute(_FROM, {"one": waiting.pop()}).scalars().all()
        found += below
        waiting += below
    return (kept, *found)


_ONE = sa.bindparam("one", type_=VOLUNTEER.c.uid.type)
_INTO = sa.select(VOLUNTEER.c.merged_into).where(VOLUNTEER.c.uid == _ONE)
_FROM = sa.select(VOLUNTEER.c.uid).where(VOLUNTEER.c.merged_into == _ONE).order_by(VOLUNTEER.c.uid)


# --- stays in teams -------------------------------------------------------------------------------


def memberships_of(connection: Connection, volunteer: Uid) -> list[Membership]:
    """Every stay of a volunteer in any team, ended ones included, by the day of joining."""
    return _memberships(connection, MEMBERSHIP.c.volunteer == volunteer)


def memberships_in(connection: Connection, team: Uid) -> list[Membership]:
    """Every stay of anybody in a team, ended ones included, by the day of joining."""
    return _memberships(connection, MEMBERSHIP.c.team == team)


def stays(connection: Connection, team: Uid, volunteer: Uid) -> list[Membership]:
    """Every stay of one volunteer in one team, by the day of joining."""
    return _memberships(connection, MEMBERSHIP.c.team == team, MEMBERSHIP.c.volunteer == volunteer)


def _memberships(connection: Connection, *narrowed: sa.ColumnElement[bool]) -> list[Membership]:
    query = (
        sa.select(MEMBERSHIP)
        .where(sa.text(LIVING), *narrowed)
        .order_by(MEMBERSHIP.c.joined_on, MEMBERSHIP.c.uid)
    )
    return MEMBERSHIP_SHELF.values(connection.execute(query).mappings())


def teams_named(connection: Connection, name: str, station: str) -> list[Team]:
    """The teams of a station that are called so, disbanded ones included."""
    query = sa.select(TEAM).where(sa.text(LIVING), TEAM.c.name == name, TEAM.c.station == station)
    return TEAM_SHELF.values(connection.execute(query).mappings())


def teams_called(connection: Connection, name: str) -> list[Team]:
    """The teams of that name, of whatever station."""
    query = sa.select(TEAM).where(sa.text(LIVING), TEAM.c.name == name)
    return TEAM_SHELF.values(connection.execute(query).mappings())


def teams_led_by(connection: Connection, volunteer: Uid) -> list[Team]:
    """The living teams whose leader or deputy somebody is."""
    either = sa.or_(TEAM.c.leader == volunteer, TEAM.c.deputy == volunteer)
    query = sa.select(TEAM).where(sa.text(LIVING), either).order_by(TEAM.c.uid)
    return TEAM_SHELF.values(connection.execute(query).mappings())


def of_number(connection: Connection, shelf: Shelf[Any], number: str) -> Uid | None:
    """The living volunteer or team of that number."""
    table = shelf.table
    query = sa.select(table.c.uid).where(sa.text(LIVING), table.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


# --- attachments, forgetting ----------------------------------------------------------------------


def attached(
    connection: Connection, station: str = "", fields: Collection[str] = ("guardian_consent",)
) -> set[str]:
    """The attachments that living volunteers point at (signed papers of guardians), of one station
    or of all, by their SHA-256 in hexadecimal; only what stands in one of these fields."""
    if "guardian_consent" not in fields:
        return set()
    query = sa.select(VOLUNTEER.c.guardian_consent).where(
        sa.text(LIVING), VOLUNTEER.c.photo_count > 0
    )
    if station:
        query = query.where(VOLUNTEER.c.station == station)
    papers = connection.execute(query).scalars()
    return {paper["photo"]["sha256"] for paper in papers if paper and paper["photo"]}


def forget_payloads(unit: Unit, kind: RecordKind[Any], uids: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == kind.name, CHANGE.c.uid.in_(uids))
        .values(payload=None)
    )
