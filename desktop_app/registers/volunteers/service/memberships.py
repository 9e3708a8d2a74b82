"""Joining teams and leaving them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_line
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.record import MEMBERSHIPS
from desktop_app.registers.volunteers.rules.course import refuse_future
from desktop_app.registers.volunteers.rules.membership import Membership, left, refuse_overlap
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.team_steps import refuse_disbanded
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.rules.words import REASON_LIMIT
from desktop_app.registers.volunteers.service.parts import Trail, lock_teams, seen
from desktop_app.storage.session import Desk, Unit


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of several who were to join: their stays, and the numbers of those who were in
    the team already."""

    memberships: tuple[Membership, ...]
    already: tuple[str, ...]


def join(
    desk: Desk, team: Uid, volunteer: Uid, joined_on: date | None = None
) -> Changed[Membership]:
    """A volunteer joins a team, today or on an earlier day.

    Raises `UserError` when the volunteer is in it already, or is none any more.
    """
    with desk.unit_of_work("入队", needs=Right.HANDLE) as unit:
        saved = join_in(unit, team, volunteer, joined_on)
        trail = Trail(unit)
        trail.saved(store.MEMBERSHIP_SHELF, None, saved)
        number = _about(unit, team, [volunteer])
    return trail.changed(saved, "撤销入队", number)


def join_in(unit: Unit, team: Uid, volunteer: Uid, joined_on: date | None = None) -> Membership:
    """The same as part of a unit of work that is about something else, too."""
    there = store.to_change(unit.connection, store.TEAM_SHELF, team)
    person = store.to_change(unit.connection, store.SHELF, volunteer)
    fresh = _fresh(unit, there, person, joined_on)
    refuse_overlap(fresh, store.stays(unit.connection, team, volunteer))
    return store.MEMBERSHIP_SHELF.put(unit, fresh)


def join_many(
    desk: Desk, team: Uid, volunteers: Sequence[Uid], joined_on: date | None = None
) -> Changed[Joined]:
    """Several join a team at once; who is in it already is told and left as they are."""
    wanted = list(dict.fromkeys(volunteers))
    if not wanted:
        raise UserError("还没有选志愿者，没有改动。", "请先选中要入队的人。")
    with desk.unit_of_work("批量入队", needs=Right.HANDLE) as unit:
        there = store.to_change(unit.connection, store.TEAM_SHELF, team)
        trail = Trail(unit)
        already = []
        made = []
        for uid in sorted(wanted, key=lambda one: one.hex):
            person = store.to_change(unit.connection, store.SHELF, uid)
            fresh = _fresh(unit, there, person, joined_on)
            stays = store.stays(unit.connection, team, uid)
            if any(stay.open for stay in stays):
                already.append(person.number)
                continue
            refuse_overlap(fresh, stays)
            made.append(trail.put(store.MEMBERSHIP_SHELF, None, fresh))
        unit.about(there.number, f"{len(made)} 人")
    done = Joined(tuple(made), tuple(sorted(already)))
    undo = trail.undo("撤销入队", there.number) if made else None
    return Changed(frozenset({MEMBERSHIPS.name}), trail.uids, done, undo)


def leave(
    desk: Desk, uid: Uid, revision: int, left_on: date | None = None, reason: str = ""
) -> Changed[Membership]:
    """A stay ends: `left_on` (today) is the first day that no longer counts. The row is kept.

    Whoever led the team does so no longer.
    """
    said = clean_line(reason, limit=REASON_LIMIT, label="退队原因", field="left_reason")
    with desk.unit_of_work("退队", needs=Right.HANDLE) as unit:
        known = store.MEMBERSHIP_SHELF.need(unit.connection, uid)
        lock_teams(unit, [known.team])
        before = seen(unit, store.MEMBERSHIP_SHELF, uid, revision)
        today = unit.zone.day(unit.now)
        trail = Trail(unit)
        team = store.TEAM_SHELF.need(unit.connection, before.team)
        trail.leave_lead(team, before.volunteer, "退队")
        saved = trail.put(
            store.MEMBERSHIP_SHELF, before, left(before, left_on or today, said, today)
        )
        number = _about(unit, before.team, [before.volunteer])
    return trail.changed(saved, "撤销退队", number)


def _fresh(unit: Unit, team: Team, volunteer: Volunteer, joined_on: date | None) -> Membership:
    today = unit.zone.day(unit.now)
    day = joined_on or today
    refuse_disbanded(team)
    if not volunteer.present:
        said = "已并入另一条" if volunteer.merged_into else f"现在是“{volunteer.state.label}”"
        raise UserError(
            f"志愿者 {volunteer.number} {said}，没有入队。",
            "请选并入的那一条，或先“重新在册”。",
            field="volunteer",
        )
    refuse_future(day, today, "入队日期", "joined_on")
    for label, earliest in (("队伍成立", team.founded_on), ("注册", volunteer.registered_on)):
        if day < earliest:
            raise UserError(
                f"入队日期早于{label}日期{earliest:%Y-%m-%d}，没有保存。",
                "请核对入队日期。",
                field="joined_on",
            )
    return Membership(
        uid=unit.new_uid(),
        station=unit.station.code,
        team=team.uid,
        volunteer=volunteer.uid,
        joined_on=day,
    )


def _about(unit: Unit, team: Uid, volunteers: Sequence[Uid]) -> str:
    """Name the team in the audit, and in the details the volunteers, by their numbers."""
    number = store.TEAM_SHELF.need(unit.connection, team).number
    names = store.names(unit.connection, volunteers)
    unit.about(number, "、".join(names[uid].number for uid in volunteers if uid in names))
    return number
