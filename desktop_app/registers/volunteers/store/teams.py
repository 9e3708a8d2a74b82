"""Lists of teams, and who was in a team on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.picking import pick
from desktop_app.core.text import half_width
from desktop_app.registers.residents.tables import RESIDENT
from desktop_app.registers.volunteers.rules.listing import RosterLine, TeamFilter, TeamLine
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.words import MemberRole, TeamKind
from desktop_app.registers.volunteers.store.people import SKILLS, held_on, names, with_file
from desktop_app.registers.volunteers.store.shelves import TEAM_SHELF
from desktop_app.registers.volunteers.tables import LIVING, MEMBERSHIP, TEAM, VOLUNTEER
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

Connection = sa.Connection

BY_NAME = Order((TEAM.c.sort, TEAM.c.uid))

_KINDS = {kind.value: kind for kind in TeamKind}
_ROLES = {role.value: role for role in MemberRole}
_RANKS = {role: place for place, role in enumerate(reversed(MemberRole))}
_LIVING_TEAM = sa.text(f"team.{LIVING}")


def teams_page(
    connection: Connection,
    wanted: TeamFilter,
    today: date,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[TeamLine]:
    """One page of the list of teams, by name in the order of pinyin."""
    rows = page(connection, _narrowed(connection, wanted), BY_NAME, cursor, size=size)
    members = counted(connection, [row["uid"] for row in rows.rows], today)
    leaders = names(connection, [row["leader"] for row in rows.rows if row["leader"]])

    def line(row: Any) -> TeamLine:
        leader = leaders.get(row["leader"])
        values = {name: row[name] for name in _LINE}
        return TeamLine(
            **{**values, "team_kind": _KINDS[row["team_kind"]]},
            leader=leader.name if leader else "",
            members=members.get(row["uid"], 0),
        )

    return rows.map(line)


_LINE = tuple(name for name in TeamLine.__dataclass_fields__ if name not in ("leader", "members"))


def _narrowed(connection: Connection, wanted: TeamFilter) -> sa.Select[Any]:
    query = sa.select(TEAM).where(_LIVING_TEAM)
    if wanted.kind is not None:
        query = query.where(TEAM.c.team_kind == wanted.kind)
    if wanted.compound is not None:
        query = query.where(TEAM.c.compound == wanted.compound)
    if wanted.disbanded is not None:
        ended = TEAM.c.disbanded_on
        query = query.where(ended.is_not(None) if wanted.disbanded else ended.is_(None))
    if wanted.stations:
        query = query.where(TEAM.c.station.in_(wanted.stations))
    if wanted.search:
        query = query.where(TEAM.c.uid.in_(found_teams(connection, wanted.search)))
    return query


def found_teams(connection: Connection, text: str) -> list[Uid]:
    """The teams a text means: by number, or by name in memory; a street has some hundreds."""
    query = sa.select(TEAM.c.uid, TEAM.c.name, TEAM.c.number).where(_LIVING_TEAM)
    rows = connection.execute(query).all()
    code = half_width(text).strip().upper()
    numbered = [row.uid for row in rows if row.number == code]
    return numbered or [row.uid for row in pick(rows, text, lambda row: (row.name,))]


def counted(connection: Connection, teams: Sequence[Uid], day: date) -> dict[Uid, int]:
    """How many members each of these teams has on that day; none is left out."""
    if not teams:
        return {}
    query = (
        sa.select(MEMBERSHIP.c.team, sa.func.count())
        .where(MEMBERSHIP.c.team.in_(teams), held_on(day))
        .group_by(MEMBERSHIP.c.team)
    )
    return {team: int(count) for team, count in connection.execute(query)}


def teams_on(connection: Connection, volunteer: Uid, day: date) -> list[Team]:
    """The teams a volunteer is in on that day, in the order of joining."""
    query = (
        sa.select(TEAM)
        .select_from(TEAM.join(MEMBERSHIP, MEMBERSHIP.c.team == TEAM.c.uid))
        .where(_LIVING_TEAM, MEMBERSHIP.c.volunteer == volunteer, held_on(day))
        .order_by(MEMBERSHIP.c.joined_on, MEMBERSHIP.c.uid)
    )
    return TEAM_SHELF.values(connection.execute(query).mappings())


_MEMBERS = sa.select(
    MEMBERSHIP.c.uid,
    MEMBERSHIP.c.revision,
    MEMBERSHIP.c.team,
    sa.func.coalesce(TEAM.c.name, "").label("team_name"),
    MEMBERSHIP.c.volunteer,
    sa.func.coalesce(VOLUNTEER.c.number, "").label("number"),
    sa.func.coalesce(RESIDENT.c.name, "").label("name"),
    sa.func.coalesce(RESIDENT.c.gender, int(Gender.UNKNOWN)).label("gender"),
    RESIDENT.c.phones,
    VOLUNTEER.c.skills,
    MEMBERSHIP.c.joined_on,
    MEMBERSHIP.c.left_on,
    MEMBERSHIP.c.left_reason,
    MEMBERSHIP.c.role,
    sa.func.coalesce(RESIDENT.c.sort_key, "").label("sort"),
).select_from(
    with_file(
        MEMBERSHIP.outerjoin(TEAM, TEAM.c.uid == MEMBERSHIP.c.team).outerjoin(
            VOLUNTEER, VOLUNTEER.c.uid == MEMBERSHIP.c.volunteer
        )
    )
)


def roster(connection: Connection, team: Uid, day: date) -> tuple[RosterLine, ...]:
    """Who is in a team on that day: the leader, the deputy, then everybody by name.

    The day of joining counts, the day of leaving does not.
    """
    rows = connection.execute(_MEMBERS.where(MEMBERSHIP.c.team == team, held_on(day))).mappings()
    in_order = sorted(rows, key=lambda row: (_RANKS[_ROLES[row["role"]]], row["sort"], row["uid"]))
    return tuple(map(_member, in_order))


def stays_of(connection: Connection, volunteer: Uid) -> tuple[RosterLine, ...]:
    """Every stay of a volunteer in any team, the latest first."""
    return _stays(connection, MEMBERSHIP.c.volunteer == volunteer)


def stays_in(connection: Connection, team: Uid) -> tuple[RosterLine, ...]:
    """Every stay of anybody in a team, the latest first."""
    return _stays(connection, MEMBERSHIP.c.team == team)


def all_stays(connection: Connection, stations: Sequence[str] = ()) -> tuple[RosterLine, ...]:
    """Every stay there is, the latest first; of some stations where they are named."""
    return _stays(connection, *([MEMBERSHIP.c.station.in_(stations)] if stations else []))


def _stays(connection: Connection, *narrowed: sa.ColumnElement[bool]) -> tuple[RosterLine, ...]:
    query = _MEMBERS.where(MEMBERSHIP.c.deleted_at.is_(None), *narrowed)
    query = query.order_by(MEMBERSHIP.c.joined_on.desc(), MEMBERSHIP.c.uid)
    return tuple(map(_member, connection.execute(query).mappings()))


def _member(row: Any) -> RosterLine:
    return RosterLine(
        uid=row["uid"],
        revision=row["revision"],
        team=row["team"],
        team_name=row["team_name"],
        volunteer=row["volunteer"],
        number=row["number"],
        name=row["name"],
        gender=Gender(row["gender"]),
        phone=mask_phone(row["phones"][0]["number"]) if row["phones"] else "",
        skills=tuple(SKILLS[one] for one in row["skills"] or ()),
        joined_on=row["joined_on"],
        left_on=row["left_on"],
        left_reason=row["left_reason"],
        role=_ROLES[row["role"]],
    )
