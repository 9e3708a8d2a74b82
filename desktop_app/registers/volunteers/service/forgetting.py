"""Taking people out of the register of volunteers for good, who ask to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.record import MEMBERSHIPS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.membership import Membership, ended
from desktop_app.registers.volunteers.rules.volunteer import (
    Volunteer,
    VolunteerAction,
    VolunteerState,
    VolunteerStep,
)
from desktop_app.registers.volunteers.rules.words import Political
from desktop_app.registers.volunteers.service.parts import (
    Trail,
    lock_teams,
    moment,
)
from desktop_app.storage.session import Desk

_ERASED = "个人信息已删除"


def forget_people(desk: Desk, residents: Sequence[Uid]) -> Changed[int]:
    """Take out of the register what it says of the people whose files these are.

    Number, dates and state stay, and so do the stays in teams: hours and people are counted as
    before and name nobody (个人信息保护法 art. 47). The number is 注销. Answers how many volunteers
    there were. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除志愿者个人信息", needs=Right.ERASE) as unit:
        found = store.of_residents(unit.connection, residents)
        stays = {
            stay.uid: stay
            for one in found
            for stay in store.memberships_of(unit.connection, one.uid)
        }
        lock_teams(unit, [stay.team for stay in stays.values() if stay.open])
        now = moment(unit)
        store.forget_payloads(unit, VOLUNTEERS, [one.uid for one in found])
        store.forget_payloads(unit, MEMBERSHIPS, list(stays))
        trail = Trail(unit)
        for volunteer in found:
            for team in store.teams_led_by(unit.connection, volunteer.uid):
                trail.leave_lead(team, volunteer.uid, VolunteerState.CANCELLED.label)
            trail.put(store.SHELF, volunteer, _blank(volunteer, now))
        for stay in stays.values():
            trail.put(store.MEMBERSHIP_SHELF, stay, _without_words(stay, now))
        unit.about(f"志愿者 {len(found)} 名")
    return Changed(trail.kinds, trail.uids, len(found))


def _blank(volunteer: Volunteer, now: Moment) -> Volunteer:
    """What is left of a volunteer: number, dates, state, and which steps were taken when."""
    step = VolunteerStep(
        now.at, now.actor, VolunteerAction.CANCEL, VolunteerState.CANCELLED, _ERASED
    )
    return altered(
        volunteer,
        national_number="",
        ethnicity="",
        political=Political.MASSES,
        education="",
        skills=(),
        directions=(),
        times_words="",
        health_note="",
        emergency_name="",
        emergency_phone="",
        guardian_consent=None,
        insurance=None,
        disclose=False,
        trainings=(),
        honours=(),
        state=VolunteerState.CANCELLED,
        left_on=volunteer.left_on or now.today,
        left_reason="",
        steps=(*(replace(one, words="") for one in volunteer.steps), step),
        remark="",
    )


def _without_words(stay: Membership, now: Moment) -> Membership:
    if stay.open:
        return ended(stay, now.today, "")
    return altered(stay, left_reason="")
