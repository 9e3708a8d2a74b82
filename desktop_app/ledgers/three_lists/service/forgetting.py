"""Taking people out of the three lists for good, who ask to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyStep,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.storage.session import Desk


def forget_raisers(desk: Desk, problems: Sequence[Uid]) -> Changed[int]:
    """Take out of these problems who raised them, and out of their duties who signed or judged.

    The lines stay, with what was wrong and what was done, which name nobody (个人信息保护法 art.
    47). Answers how many problems there were. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除问题中的个人信息", needs=Right.ERASE) as unit:
        found = list(store.PROBLEM_SHELF.many(unit.connection, problems).values())
        living = [one for one in found if not one.deleted]
        duties = [duty for one in living for duty in store.duties_of(unit.connection, one.uid)]
        duties = [duty for duty in duties if _without_person(duty) != duty]
        store.forget_payloads(unit, [one.uid for one in living], [one.uid for one in duties])
        for problem in living:
            store.PROBLEM_SHELF.put(unit, _without_raiser(problem))
        for duty in duties:
            store.DUTY_SHELF.put(unit, _without_person(duty))
        unit.about(f"问题 {len(living)} 条")
    uids = tuple(one.uid for one in living)
    return Changed(frozenset({PROBLEMS.name, DUTIES.name}), uids, len(living))


def _without_raiser(problem: Problem) -> Problem:
    return altered(problem, raiser="", raiser_phone="", remark="")


def _without_person(duty: Duty) -> Duty:
    """What the resident said of the result goes, and the paper the resident signed, of every turn.
    Who looked a line over for the community or the street did so in office and stays."""
    told, signed = duty.opinion, duty.reviewer_role is ReviewerRole.RESIDENT
    return altered(
        duty,
        opinion=None if told is None else replace(told, words=""),
        reviewer_name="" if signed else duty.reviewer_name,
        confirmation=None if signed else duty.confirmation,
        closings=tuple(
            replace(one, reviewer_name="") if one.reviewer_role is ReviewerRole.RESIDENT else one
            for one in duty.closings
        ),
        steps=tuple(replace(one, words="") if _tells(one) else one for one in duty.steps),
    )


def _tells(step: DutyStep) -> bool:
    """Whether the words of a step are which resident signed."""
    signed = step.words.startswith(ReviewerRole.RESIDENT.label)
    return step.action is DutyAction.REVIEW_OK and signed
