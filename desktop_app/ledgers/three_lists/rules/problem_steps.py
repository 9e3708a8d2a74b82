"""Which step of a problem may follow which, and what each changes: the one table of its course.

提出 → 待认领 → 已认领 → 已销号, with 撤回, 并入 and 重新打开. What lies between 待认领 and 已销号
is decided by the problem's duties, in the same saving as theirs: see `followed`. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, refuse_other_step, with_more, without_one
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.ledgers.three_lists.rules.course import MOST_PHOTOS, reason, refusal
from desktop_app.ledgers.three_lists.rules.duty import LIVE, Duty, DutyState
from desktop_app.ledgers.three_lists.rules.problem import (
    FOLLOWS,
    OPEN,
    Declined,
    Problem,
    ProblemAction,
    ProblemState,
    ProblemStep,
)

_S = ProblemState
_A = ProblemAction

RULES: Mapping[ProblemAction, StepRule[ProblemState]] = {
    _A.LIST: StepRule(frozenset({_S.RAISED}), _S.LISTED),
    _A.MERGE: StepRule(frozenset({_S.RAISED, _S.LISTED}), _S.MERGED),
    _A.WITHDRAW: StepRule(frozenset({_S.RAISED, _S.LISTED}), _S.WITHDRAWN),
    _A.REOPEN: StepRule(frozenset({_S.CLOSED, _S.WITHDRAWN}), _S.LISTED),
    _A.CHANGE: StepRule(OPEN, None),
    _A.ADD_PHOTOS: StepRule(OPEN, None),
    _A.REMOVE_PHOTO: StepRule(OPEN, None),
    _A.DECLINE_OFFER: StepRule(OPEN, None),
    _A.ABSORB: StepRule(OPEN, None),
    _A.CLAIM: StepRule(frozenset({_S.LISTED, _S.CLOSED}), _S.CLAIMED),
    _A.FREE: StepRule(frozenset({_S.CLAIMED}), _S.LISTED),
    _A.CLOSE: StepRule(frozenset({_S.CLAIMED}), _S.CLOSED),
}
"""The course of a problem. Raising it is in `problem_entry`; CLAIM, FREE and CLOSE come only from
its duties. Taking back the last step (撤销上一步) leads to where that step came from."""

BUTTONS = (_A.LIST, _A.MERGE, _A.WITHDRAW, _A.REOPEN)
"""Steps that somebody takes by name, in their order."""

_FOLLOWING = {_S.CLAIMED: _A.CLAIM, _S.LISTED: _A.FREE, _S.CLOSED: _A.CLOSE}


def allowed(problem: Problem) -> tuple[ProblemAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if problem.deleted else steps_from(problem.state)


def steps_from(state: ProblemState) -> tuple[ProblemAction, ...]:
    """The same for a line of a list."""
    return _steps_from(RULES, BUTTONS, state)


def refuse_unless(problem: Problem, action: ProblemAction) -> None:
    """Raise `UserError` when a step may not be taken as the problem stands."""
    if problem.state in RULES[action].sources and not problem.deleted:
        return
    if problem.state is _S.CLAIMED and action in (_A.MERGE, _A.WITHDRAW):
        raise UserError(
            f"这个问题已有单位认领，不能“{action.label}”，没有改动。",
            "请先办完或取消它的责任，再做这一步。",
        )
    raise refusal("问题", problem.state, action, allowed(problem))


def with_step(
    problem: Problem, action: ProblemAction, moment: Moment, words: str = "", **changes: Any
) -> Problem:
    """The problem after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(problem, action)
    state = RULES[action].to or problem.state
    step = ProblemStep(moment.at, moment.actor, action, state, words)
    return altered(problem, state=state, steps=(*problem.steps, step), **changes)


def listed(problem: Problem, moment: Moment) -> Problem:
    """入单: onto the list, where units may claim it."""
    return with_step(problem, _A.LIST, moment, listed_on=moment.today)


def withdrawn(problem: Problem, words: str, moment: Moment) -> Problem:
    """撤回, with the reason."""
    refuse_unless(problem, _A.WITHDRAW)
    return with_step(problem, _A.WITHDRAW, moment, reason(words, "撤回的原因"))


def reopened(problem: Problem, words: str, moment: Moment) -> Problem:
    """Back onto the list for another turn; what was done before stays with it."""
    refuse_unless(problem, _A.REOPEN)
    return with_step(
        problem,
        _A.REOPEN,
        moment,
        reason(words, "重新打开的原因"),
        turn=problem.turn + 1,
        closed_on=None,
        listed_on=problem.listed_on or moment.today,
    )


def merged(problem: Problem, into: Problem, words: str, moment: Moment) -> tuple[Problem, Problem]:
    """The problem as part of another one that tells the same, and that other one."""
    refuse_unless(problem, _A.MERGE)
    if into.uid == problem.uid:
        raise UserError(
            "不能并入这个问题自己，没有改动。", "请选同一件事的另一条。", field="merged_into"
        )
    if into.deleted or into.state not in RULES[_A.ABSORB].sources:
        raise UserError(
            f"要并入的那一条现在是“{into.state.label}”，没有改动。",
            "请选还在办的那一条；已销号的请先重新打开。",
            field="merged_into",
        )
    said = f"并入 {into.number}" + (f"，{words}" if words else "")
    kept = with_step(
        into, _A.ABSORB, moment, problem.number, repeated=into.repeated + 1 + problem.repeated
    )
    return with_step(problem, _A.MERGE, moment, said, merged_into=into.uid), kept


def declined_offer(problem: Problem, offer: Uid, number: str, why: str, moment: Moment) -> Problem:
    """The problem, to which this offer is not proposed again."""
    entry = Declined(offer, number, why, moment.actor, moment.at)
    others = tuple(one for one in problem.declined if one.offer != offer)
    return with_step(
        problem, _A.DECLINE_OFFER, moment, f"{number}：{why}", declined=(*others, entry)
    )


def with_photos(
    problem: Problem, photos: Sequence[Photo], moment: Moment, *, step: int | None = None
) -> Problem:
    """The problem with more photos; one that is there already is not taken in twice.

    They belong to the adding itself, or to an earlier `step` of the same person's.
    """
    refuse_unless(problem, _A.ADD_PHOTOS)
    if step is not None:
        refuse_other_step(problem.steps, step, moment.actor)
    together, new = _joined(problem, photos, step or len(problem.steps) + 1)
    words = f"{new} 张"
    if step is not None:
        words = f"{words}，属于“{problem.steps[step - 1].action.label}”"
    return with_step(problem, _A.ADD_PHOTOS, moment, words, photos=together)


def photographed(problem: Problem, photos: Sequence[Photo]) -> Problem:
    """The problem with the photos of the step that is about to be taken."""
    if not photos:
        return problem
    return altered(problem, photos=_joined(problem, photos, len(problem.steps) + 1)[0])


def _joined(problem: Problem, photos: Sequence[Photo], step: int) -> tuple[tuple[Photo, ...], int]:
    return with_more(problem.photos, photos, "这个问题", most=MOST_PHOTOS, step=step)


def without_photo(problem: Problem, sha256: str, moment: Moment) -> Problem:
    """The problem without one photo."""
    refuse_unless(problem, _A.REMOVE_PHOTO)
    left, place = without_one(problem.photos, sha256)
    return with_step(problem, _A.REMOVE_PHOTO, moment, f"第 {place} 张", photos=left)


def state_by(duties: Iterable[DutyState]) -> ProblemState:
    """What the duties of a turn make of their problem: 已认领 while one is under way, 已销号 when
    at least one was closed and none is under way, else 待认领."""
    states = set(duties)
    if states & LIVE:
        return _S.CLAIMED
    return _S.CLOSED if DutyState.CLOSED in states else _S.LISTED


def followed(problem: Problem, duties: Iterable[Duty], because: str, moment: Moment) -> Problem:
    """The problem once its duties stand so; the same one when that changes nothing.

    `because` is the number of the duty that made the difference.
    """
    if problem.state not in FOLLOWS:
        return problem
    state = state_by(duty.state for duty in duties if duty.turn == problem.turn)
    if state is problem.state:
        return problem
    closed_on = moment.today if state is _S.CLOSED else None
    return with_step(problem, _FOLLOWING[state], moment, because, closed_on=closed_on)


def refuse_duty(problem: Problem, *, again: bool = False) -> None:
    """Raise `UserError` unless a duty may be made of this problem; `again`: a closed duty of it is
    opened again, which opens a closed problem, too."""
    states = FOLLOWS if again else FOLLOWS - {_S.CLOSED}
    if problem.deleted or problem.state not in states:
        hint = {
            _S.RAISED: "请先“入单”。",
            _S.CLOSED: "请先“重新打开”这个问题。",
        }.get(problem.state, "请选还在办的问题。")
        raise UserError(f"这个问题现在是“{problem.state.label}”，没有改动。", hint, field="problem")
