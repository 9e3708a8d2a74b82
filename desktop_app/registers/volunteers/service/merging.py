"""Two volunteers who were found to be one person under two spellings."""

from __future__ import annotations

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.rules.membership import Membership, told_once
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.team_steps import led_by
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerAction
from desktop_app.registers.volunteers.rules.volunteer_steps import refuse_unless, with_step
from desktop_app.registers.volunteers.service.parts import Trail, lock_teams, moment
from desktop_app.storage.session import Desk

_MERGE = VolunteerAction.MERGE


def merge(desk: Desk, keep: Uid, drop: Uid) -> Changed[Volunteer]:
    """Two volunteers are one person: `drop` leaves the lists, its hours count with `keep`
    (`store.as_one`), its stays in teams, trainings and honours are `keep`'s. Answers `keep`.

    Stays of both in one team at a time become one. The residents' files stay two; merging them is
    for the register of residents.
    """
    if keep == drop:
        raise UserError("这是同一名志愿者，没有合并。", "请选择另一条重复的记录。")
    with desk.unit_of_work("合并志愿者", needs=Right.MERGE) as unit:
        connection = unit.connection
        theirs = store.memberships_of(connection, drop)
        lock_teams(unit, [stay.team for stay in theirs])
        first, second = sorted((keep, drop), key=lambda one: one.hex)
        both = {uid: store.to_change(connection, store.SHELF, uid) for uid in (first, second)}
        kept, dropped = both[keep], both[drop]
        theirs = store.memberships_of(connection, drop)
        _refuse_unfit(kept, dropped, theirs)
        now = moment(unit)
        trail = Trail(unit)
        trail.put(
            store.SHELF,
            dropped,
            altered(with_step(dropped, _MERGE, now, f"并入 {kept.number}"), merged_into=keep),
        )
        saved = trail.put(store.SHELF, kept, _with_all_of(kept, dropped, now))
        _move_stays(trail, keep, theirs)
        for team in store.teams_led_by(connection, drop):
            trail.put(store.TEAM_SHELF, team, _led_anew(team, kept, drop, now))
        unit.about(kept.number, f"并入 {dropped.number}")
    return trail.changed(saved, "撤销合并", saved.number, Right.MERGE)


def _refuse_unfit(kept: Volunteer, dropped: Volunteer, theirs: list[Membership]) -> None:
    for one in (kept, dropped):
        refuse_unless(one, _MERGE)
    if not kept.present and any(stay.open for stay in theirs):
        raise UserError(
            f"保留的那一条（编号 {kept.number}）现在是“{kept.state.label}”，"
            "另一条还在队伍里，没有合并。",
            "请反过来合并，或先把保留的那一条“重新在册”。",
        )


def _with_all_of(kept: Volunteer, dropped: Volunteer, now: Moment) -> Volunteer:
    """The one person with everything of both that is written down entry by entry."""
    return with_step(
        kept,
        _MERGE,
        now,
        f"{dropped.number} 并入",
        registered_on=min(kept.registered_on, dropped.registered_on),
        trainings=tuple(sorted((*kept.trainings, *dropped.trainings), key=lambda one: one.day)),
        honours=tuple(sorted((*kept.honours, *dropped.honours), key=lambda one: one.day)),
    )


def _move_stays(trail: Trail, keep: Uid, theirs: list[Membership]) -> None:
    before = {stay.uid: stay for stay in theirs}
    moved = {stay.uid: altered(stay, volunteer=keep) for stay in theirs}
    for team in dict.fromkeys(stay.team for stay in theirs):
        own = store.stays(trail.unit.connection, team, keep)
        before |= {stay.uid: stay for stay in own}
        together = [*own, *(stay for stay in moved.values() if stay.team == team)]
        moved |= {stay.uid: stay for stay in told_once(together)}
    for uid, stay in moved.items():
        trail.put(store.MEMBERSHIP_SHELF, before[uid], stay)


def _led_anew(team: Team, kept: Volunteer, drop: Uid, now: Moment) -> Team:
    """The team that the one led is led by the other; nobody is leader and deputy at once."""
    leader = kept.uid if team.leader == drop else team.leader
    deputy = kept.uid if team.deputy == drop else team.deputy
    if deputy == leader:
        deputy = None
    return led_by(team, leader, deputy, now, kept.number)
