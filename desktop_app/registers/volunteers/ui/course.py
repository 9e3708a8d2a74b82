"""The course of a volunteer and of a team: steps and stays in teams on one line of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.day_text import parse_day
from desktop_app.core.wording import list_day, list_moment
from desktop_app.registers.volunteers.rules.listing import RosterLine
from desktop_app.registers.volunteers.rules.team import Team, TeamAction
from desktop_app.registers.volunteers.rules.volunteer import Volunteer, VolunteerAction
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.widgets.course import CourseStep

_A = VolunteerAction
_T = TeamAction

_ICONS: Mapping[str, tuple[str, str]] = {
    _A.REGISTER: ("user-check", "ok"),
    _A.PAUSE: ("hourglass", "warn"),
    _A.RESUME: ("undo-2", "ok"),
    _A.LEAVE: ("ban", "quiet"),
    _A.CANCEL: ("circle-x", "quiet"),
    _A.RETURN: ("undo-2", "ok"),
    _A.ADD_TRAINING: ("book-open", "info"),
    _A.ADD_HONOUR: ("award", "info"),
    _A.MERGE: ("users", "quiet"),
    _T.FOUND: ("users", "ok"),
    _T.SET_LEADER: ("star", "info"),
    _T.DISBAND: ("ban", "quiet"),
    _T.RESTORE: ("undo-2", "ok"),
}
_PLAIN = ("circle", "quiet")

_Placed = tuple[date, int, CourseStep]


def volunteer_course(
    volunteer: Volunteer, stays: Sequence[RosterLine], zone: Zone, today: date
) -> list[CourseStep]:
    """Every step and every joining and leaving, in their order."""
    placed: list[_Placed] = []
    for number, step in enumerate(volunteer.steps):
        icon, tone = _ICONS.get(step.action, _PLAIN)
        when = list_moment(step.at, zone, today=today)
        words = _words(step.words, today)
        placed.append(
            (
                zone.day(step.at),
                number,
                CourseStep(step.action.label, when, step.actor, words, icon, tone),
            )
        )
    for stay in stays:
        # On one day somebody is registered first, joins then, and leaves last.
        placed.append((stay.joined_on, 1_000, _stay("入队", stay, stay.joined_on, today)))
        if stay.left_on is not None:
            left = _stay("退队", stay, stay.left_on, today, stay.left_reason)
            placed.append((stay.left_on, 2_000, left))
    return [step for _day, _number, step in sorted(placed, key=lambda one: one[:2])]


def team_course(team: Team, zone: Zone, today: date, names: Mapping[str, str]) -> list[CourseStep]:
    """Every step of a team, in their order; `names` says who has which number."""
    made = []
    for step in team.steps:
        icon, tone = _ICONS.get(step.action, _PLAIN)
        when = list_moment(step.at, zone, today=today)
        words = step.words if step.action is not _T.SET_LEADER else _led(step.words, names)
        made.append(CourseStep(step.action.label, when, step.actor, words, icon, tone))
    return made


def _led(words: str, names: Mapping[str, str]) -> str:
    """Who leads since then, by name; a step that says only why tells whose place became free."""
    if not words:
        return "不设队长、副队长"
    roles = [role.label for role in (MemberRole.LEADER, MemberRole.DEPUTY)]
    by_number = words[-1].isdigit()
    if not by_number and not any(label in words for label in roles):
        return f"原队长或副队长{words}"
    for number, name in names.items():
        words = words.replace(number, name)
    return words


def _stay(done: str, stay: RosterLine, day: date, today: date, why: str = "") -> CourseStep:
    words = "，".join(filter(None, (stay.team_name, why)))
    icon = "user-plus" if done == "入队" else "log-out"
    return CourseStep(done, list_day(day, today=today), "", words, icon, "quiet")


def _words(words: str, today: date) -> str:
    """A step that is about another day says it as a day."""
    day = parse_day(words, today) if len(words) == len("2026-11-23") else None
    return words if day is None else list_day(day, today=today)
