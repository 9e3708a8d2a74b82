"""Looking at volunteers and teams: one, a page of them, who was where on a day, who is meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.residents.search import word_ranges
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.record import TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.listing import (
    BIRTHDAY_DAYS,
    INSURANCE_DAYS,
    Birthday,
    Expiring,
    RosterLine,
    Soon,
    TeamFilter,
    TeamLine,
    VolunteerFilter,
    VolunteerLine,
    VolunteerName,
)
from desktop_app.registers.volunteers.rules.reading import IN_FULL, birthdays_within, masked
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk

FOUND_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class VolunteerHistory:
    """A volunteer, masked, the person's name, every stay in a team (the latest first), and the
    audit's lines on the number. `merged` are those merged into this one."""

    volunteer: Volunteer
    name: VolunteerName
    stays: tuple[RosterLine, ...]
    merged: tuple[Uid, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class TeamHistory:
    """A team with the names of who leads it, everybody's stay (the latest first), and the audit's
    lines on its number."""

    team: Team
    leader: VolunteerName | None
    deputy: VolunteerName | None
    stays: tuple[RosterLine, ...]
    entries: tuple[AuditEntry, ...]


def get(desk: Desk, uid: Uid) -> Volunteer:
    """One volunteer, masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return masked(store.SHELF.need(connection, uid))


def for_editing(desk: Desk, uid: Uid) -> Volunteer:
    """The whole volunteer for the form, logged like a reveal; what needs another right is left
    empty."""
    with desk.unit_of_work("打开志愿者修改", needs=Right.REVEAL) as unit:
        volunteer = store.SHELF.need(unit.connection, uid)
        unit.about(volunteer.number)
        if not unit.actor.may(Right.SENSITIVE):
            volunteer = replace(volunteer, health_note="")
    return volunteer


def history(desk: Desk, uid: Uid) -> VolunteerHistory:
    """One volunteer with everything the page shows; for a merged one that of whom it is part of."""
    with desk.reading(needs=Right.READ) as connection:
        kept, *merged = store.as_one(connection, uid)
        volunteer = store.SHELF.need(connection, kept)
        return VolunteerHistory(
            volunteer=masked(volunteer),
            name=store.names(connection, [kept])[kept],
            stays=store.stays_of(connection, kept),
            merged=tuple(merged),
            entries=tuple(entries(connection, subject=volunteer.number)),
        )


def reveal(desk: Desk, uid: Uid, field: str) -> str:
    """One private field in full, as text; written to the audit with the volunteer's number.

    What is sensitive needs `Right.SENSITIVE`, the rest `Right.REVEAL`.
    """
    if field not in IN_FULL:
        raise UserError("这一项没有遮挡的内容。", "请直接查看志愿者。", field=field)
    described = VOLUNTEERS.field(field)
    needs = Right.SENSITIVE if described.sensitive else Right.REVEAL
    with desk.unit_of_work("查看完整内容", needs=needs) as unit:
        volunteer = store.SHELF.need(unit.connection, uid)
        unit.about(volunteer.number, described.label)
    return IN_FULL[field](volunteer)


def page(
    desk: Desk,
    wanted: VolunteerFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[VolunteerLine]:
    """One page of the list of volunteers, by number; phones are masked."""
    wanted = wanted or VolunteerFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    words = word_ranges(wanted.search)
    with desk.reading(needs=Right.READ) as connection:
        among = None if wanted.soon is None else _soon(connection, wanted.soon, desk.today)
        return store.page_of(connection, wanted, words, desk.today, cursor, among=among, size=size)


MOST_LISTED = 5000
"""More is no paper that anybody reads."""


def listed(desk: Desk, wanted: VolunteerFilter) -> tuple[VolunteerLine, ...]:
    """Every volunteer of a list, for paper, by number; phones are masked. Raises `UserError` for
    more than paper is good for."""
    desk.actor.require(Right.EXPORT)
    rows = page(desk, wanted, size=MOST_LISTED + 1).rows
    if len(rows) > MOST_LISTED:
        raise UserError(
            f"筛选出的志愿者超过 {MOST_LISTED} 人，没有生成。",
            "请按队伍或状态缩小范围，分几份生成。",
            field="search",
        )
    return tuple(rows)


def _soon(connection: store.Connection, what: Soon, today: date) -> list[Uid]:
    """Of whom the counter is reminded: the same people as it counts."""
    if what is Soon.INSURANCE:
        until = today + timedelta(days=INSURANCE_DAYS)
        return [one.uid for one in store.expiring(connection, until)]
    last = today + timedelta(days=BIRTHDAY_DAYS - 1)
    return [one.uid for one in _birthdays(connection, today, last)]


def search(desk: Desk, text: str, limit: int = FOUND_AT_ONCE) -> tuple[VolunteerLine, ...]:
    """Whom a text in the box means: by number, name, pinyin, initials or the end of a telephone.

    Who is 在册 comes first; nobody for an empty box.
    """
    plain = visible(text).strip()
    words = word_ranges(plain)
    if not words:
        return ()
    with desk.reading(needs=Right.READ) as connection:
        return store.found(connection, plain, words, desk.today, limit)


# --- teams ----------------------------------------------------------------------------------------


def get_team(desk: Desk, uid: Uid) -> Team:
    """One team; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.TEAM_SHELF.need(connection, uid)


def reveal_team(desk: Desk, uid: Uid, field: str) -> str:
    """The remark on a team in full; written to the audit with the team's number."""
    if field != "remark":
        raise UserError("这一项没有遮挡的内容。", "请直接查看队伍。", field=field)
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        team = store.TEAM_SHELF.need(unit.connection, uid)
        unit.about(team.number, TEAMS.field(field).label)
    return team.remark


def team_history(desk: Desk, uid: Uid) -> TeamHistory:
    """One team with everything its page shows."""
    with desk.reading(needs=Right.READ) as connection:
        team = store.TEAM_SHELF.need(connection, uid)
        led = store.names(connection, [one for one in (team.leader, team.deputy) if one])
        return TeamHistory(
            team=team,
            leader=None if team.leader is None else led.get(team.leader),
            deputy=None if team.deputy is None else led.get(team.deputy),
            stays=store.stays_in(connection, uid),
            entries=tuple(entries(connection, subject=team.number)),
        )


def teams_page(
    desk: Desk,
    wanted: TeamFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[TeamLine]:
    """One page of the list of teams, by name in the order of pinyin."""
    wanted = wanted or TeamFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    with desk.reading(needs=Right.READ) as connection:
        return store.teams_page(connection, wanted, desk.today, cursor, size=size)


def roster(desk: Desk, team: Uid, day: date | None = None) -> tuple[RosterLine, ...]:
    """Who is (was) in a team on a day (today): the leader, the deputy, then everybody by name.

    The day of joining counts, the day of leaving does not.
    """
    with desk.reading(needs=Right.READ) as connection:
        return store.roster(connection, team, day or desk.today)


def teams_of(desk: Desk, volunteer: Uid, day: date | None = None) -> tuple[Team, ...]:
    """The teams a volunteer is (was) in on a day (today), in the order of joining."""
    with desk.reading(needs=Right.READ) as connection:
        kept = store.kept_uid(connection, volunteer)
        return tuple(store.teams_on(connection, kept, day or desk.today))


def stay(desk: Desk, uid: Uid) -> tuple[RosterLine, tuple[AuditEntry, ...]]:
    """One stay in a team with the names, and the audit's lines on the team's number."""
    with desk.reading(needs=Right.READ) as connection:
        membership = store.MEMBERSHIP_SHELF.need(connection, uid)
        lines = store.stays_in(connection, membership.team)
        team = store.TEAM_SHELF.need(connection, membership.team)
        (line,) = (one for one in lines if one.uid == uid)
        return line, tuple(entries(connection, subject=team.number))


def stays(desk: Desk, stations: tuple[str, ...] = ()) -> tuple[RosterLine, ...]:
    """Every stay of everybody in every team, the latest first."""
    with desk.reading(needs=Right.READ) as connection:
        return store.all_stays(connection, stations)


# --- reminders ------------------------------------------------------------------------------------


def birthdays(desk: Desk, first: date, last: date) -> tuple[Birthday, ...]:
    """The birthdays of everybody who is 在册 from the first to the last of these days, in order."""
    with desk.reading(needs=Right.READ) as connection:
        return _birthdays(connection, first, last)


def _birthdays(connection: store.Connection, first: date, last: date) -> tuple[Birthday, ...]:
    known = store.births(connection)
    found = [
        Birthday(uid, number, name, day, day.year - birth.year)
        for uid, number, name, birth in known
        for day in birthdays_within(birth, first, last)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.number)))


def insurance_expiring(desk: Desk, until: date) -> tuple[Expiring, ...]:
    """Who is 在册 and insured up to that day or less, those whose insurance has run out included;
    the earliest first."""
    with desk.reading(needs=Right.READ) as connection:
        return store.expiring(connection, until)
