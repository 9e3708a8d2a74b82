"""What is done with teams: founded, changed, led, disbanded, restored."""

from __future__ import annotations

from datetime import date

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.rules.membership import Membership, ended
from desktop_app.registers.volunteers.rules.team import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Team,
    TeamAction,
    TeamForm,
    TeamStep,
)
from desktop_app.registers.volunteers.rules.team_steps import (
    checked,
    disbanded,
    led_by,
    refuse_same_name,
    refuse_unless,
    restored,
    with_form,
)
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.registers.volunteers.service.parts import Trail, moment, seen
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

_A = TeamAction


def found(desk: Desk, form: TeamForm) -> Changed[Team]:
    """Write a new team down. Raises `InvalidInput` with every problem, `UserError` when another
    living team is called so."""
    with desk.unit_of_work("新增志愿队伍", needs=Right.HANDLE) as unit:
        saved = found_in(unit, form)
        unit.about(saved.number)
        trail = Trail(unit)
        trail.saved(store.TEAM_SHELF, None, saved)
    return trail.changed(saved, "撤销新增志愿队伍", saved.number)


def found_in(unit: Unit, form: TeamForm) -> Team:
    """The same as part of a unit of work that is about something else, too."""
    store.one_at_a_time(unit)
    now = moment(unit)
    tidy = checked(form, now.today)
    values = {name: getattr(tidy, name) for name in FORM_FIELDS}
    fresh = Team(uid=unit.new_uid(), station=unit.station.code, number="", **values)
    _refuse_double(unit, fresh)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    first = TeamStep(now.at, now.actor, _A.FOUND)
    return store.TEAM_SHELF.put(unit, altered(fresh, number=number, steps=(first,)))


def change_team(desk: Desk, uid: Uid, revision: int, form: TeamForm) -> Changed[Team]:
    """Save what was changed in the form. Raises as `found`, and `Conflict`."""
    with desk.unit_of_work("修改志愿队伍", needs=Right.HANDLE) as unit:
        store.one_at_a_time(unit)
        before = seen(unit, store.TEAM_SHELF, uid, revision)
        now = moment(unit)
        after = with_form(before, checked(form, now.today), now)
        _refuse_double(unit, after)
        trail = Trail(unit)
        saved = trail.put(store.TEAM_SHELF, before, after)
        unit.about(saved.number)
    return trail.changed(saved, "撤销修改志愿队伍", saved.number)


def set_leader(
    desk: Desk, uid: Uid, revision: int, leader: Uid | None, deputy: Uid | None = None
) -> Changed[Team]:
    """Name the leader and the deputy, who must be members today; None: there is nobody.

    The roles of their stays follow.
    """
    with desk.unit_of_work("定队长", needs=Right.HANDLE) as unit:
        before = seen(unit, store.TEAM_SHELF, uid, revision)
        now = moment(unit)
        refuse_unless(before, _A.SET_LEADER)
        present = {
            stay.volunteer: stay
            for stay in store.memberships_in(unit.connection, uid)
            if stay.open and stay.holds_on(now.today)
        }
        roles = {leader: MemberRole.LEADER, deputy: MemberRole.DEPUTY}
        roles.pop(None, None)
        _refuse_strangers(present, leader, deputy)
        names = store.names(unit.connection, [one for one in (leader, deputy) if one])
        said = "、".join(f"{role.label} {names[one].number}" for one, role in roles.items() if one)
        trail = Trail(unit)
        saved = trail.put(store.TEAM_SHELF, before, led_by(before, leader, deputy, now, said))
        for volunteer, stay in present.items():
            role = roles.get(volunteer, MemberRole.MEMBER)
            if stay.role is not role:
                trail.put(store.MEMBERSHIP_SHELF, stay, altered(stay, role=role))
        unit.about(saved.number)
    return trail.changed(saved, "撤销定队长", saved.number)


def _refuse_strangers(
    present: dict[Uid, Membership], leader: Uid | None, deputy: Uid | None
) -> None:
    for field, one, label in (("leader", leader, "队长"), ("deputy", deputy, "副队长")):
        if one is not None and one not in present:
            raise UserError(
                f"选的{label}现在不是这支队伍的队员，没有改动。", "请先让他入队。", field=field
            )


def disband(
    desk: Desk, uid: Uid, revision: int, reason: str, day: date | None = None
) -> Changed[Team]:
    """There is no such team any more from `day` (today) on: all stays end with it and are kept."""
    with desk.unit_of_work("解散志愿队伍", needs=Right.HANDLE) as unit:
        before = seen(unit, store.TEAM_SHELF, uid, revision)
        now = moment(unit)
        last = day or now.today
        trail = Trail(unit)
        saved = trail.put(store.TEAM_SHELF, before, disbanded(before, reason, last, now))
        for stay in store.memberships_in(unit.connection, uid):
            if stay.open:
                trail.put(store.MEMBERSHIP_SHELF, stay, ended(stay, last, "队伍解散"))
        unit.about(saved.number)
    return trail.changed(saved, "撤销解散", saved.number)


def restore(desk: Desk, uid: Uid, revision: int) -> Changed[Team]:
    """The team is there again, without members. Raises `UserError` when another has its name."""
    with desk.unit_of_work("恢复志愿队伍", needs=Right.HANDLE) as unit:
        store.one_at_a_time(unit)
        before = seen(unit, store.TEAM_SHELF, uid, revision)
        after = restored(before, moment(unit))
        _refuse_double(unit, after)
        trail = Trail(unit)
        saved = trail.put(store.TEAM_SHELF, before, after)
        unit.about(saved.number)
    return trail.changed(saved, "撤销恢复队伍", saved.number)


def _refuse_double(unit: Unit, team: Team) -> None:
    refuse_same_name(team, store.teams_named(unit.connection, team.name, team.station))
