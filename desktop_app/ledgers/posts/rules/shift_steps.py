"""Which step of a shift may follow which: the one table of its course. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.ledgers.posts.rules.course import reason, refusal, remark
from desktop_app.ledgers.posts.rules.pattern import Slot
from desktop_app.ledgers.posts.rules.shift import (
    Shift,
    ShiftAction,
    ShiftState,
    ShiftStep,
)
from desktop_app.ledgers.posts.rules.shift_entry import override_words

_S = ShiftState
_A = ShiftAction

RULES: Mapping[ShiftAction, StepRule[ShiftState]] = {
    _A.MOVE: StepRule(frozenset({_S.PLANNED}), None),
    _A.DONE: StepRule(frozenset({_S.PLANNED, _S.ABSENT}), _S.DONE),
    _A.ABSENT: StepRule(frozenset({_S.PLANNED, _S.DONE}), _S.ABSENT),
    _A.CANCEL: StepRule(frozenset({_S.PLANNED}), _S.CANCELLED),
    _A.LINK: StepRule(frozenset({_S.PLANNED, _S.DONE, _S.ABSENT}), _S.DONE),
}
"""The course of a shift; planning it is in `shift_entry`. 到岗 and 缺勤 put each other right, for a
note on the wrong line is common; not where minutes were written down already (LINK)."""

BUTTONS = (_A.DONE, _A.ABSENT, _A.MOVE, _A.CANCEL)

_COMES_BACK = frozenset({_A.DONE, _A.LINK})
"""Steps by which a shift that kept nobody keeps its person again."""


def allowed(shift: Shift) -> tuple[ShiftAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if shift.deleted else _steps_from(RULES, BUTTONS, shift.state)


def refuse_unless(shift: Shift, action: ShiftAction) -> None:
    """Raise `UserError` when a step may not be taken as the shift stands."""
    if action not in RULES or shift.state not in RULES[action].sources or shift.deleted:
        raise refusal("这一班", shift.state, action, allowed(shift))


def keeps_again(shift: Shift, action: ShiftAction) -> bool:
    """Whether this step makes it keep its person, who may be planned elsewhere meanwhile."""
    return action in _COMES_BACK and not shift.holding


def take_step(
    shift: Shift, action: ShiftAction, words: str, moment: Moment, override: str = ""
) -> Shift:
    """The shift after 到岗, 缺勤 or 取消. `override` is why it may overlap, where it comes back to
    keep its person (`keeps_again`). Raises `UserError`."""
    refuse_unless(shift, action)
    if action in (_A.DONE, _A.ABSENT) and shift.day > moment.today:
        raise UserError(
            f"这一班在{shift.day:%Y-%m-%d}，还没有到，没有改动。",
            f"请到那一天再“{action.label}”；不去的请“取消排班”。",
        )
    if action is _A.ABSENT and shift.service is not None:
        raise UserError(
            "这一班已有服务记录，不能记缺勤，没有改动。", "记录有误的，请先作废那条服务记录。"
        )
    if action is _A.CANCEL:
        return _with_step(shift, action, moment, reason(words, "取消的原因"))
    changes = {"override_reason": override} if keeps_again(shift, action) else {}
    said = "；".join(filter(None, (remark(words, "说明"), override_words(override))))
    return _with_step(shift, action, moment, said, **changes)


def moved(
    shift: Shift, volunteer: Uid, slot: Slot, override: str, words: str, moment: Moment
) -> Shift:
    """The shift at another time, or with another person."""
    said = "；".join(filter(None, (remark(words, "说明"), override_words(override))))
    return _with_step(
        shift,
        _A.MOVE,
        moment,
        said,
        volunteer=volunteer,
        day=slot.day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        override_reason=override,
    )


def with_service(
    shift: Shift, service: Uid, number: str, moment: Moment, override: str = ""
) -> Shift:
    """The shift whose minutes stand in a service record: whoever has one was there."""
    changes = {"override_reason": override} if keeps_again(shift, _A.LINK) else {}
    return _with_step(shift, _A.LINK, moment, number, service=service, **changes)


def without_service(shift: Shift, words: str, moment: Moment) -> Shift:
    """The shift whose service record was made void."""
    if shift.service is None:
        raise UserError("这一班没有服务记录，没有改动。", "请刷新后再看。")
    step = ShiftStep(moment.at, moment.actor, _A.LINK, shift.state, words)
    return altered(shift, service=None, steps=(*shift.steps, step))


def called_off(shift: Shift, why: str, moment: Moment) -> Shift:
    """The shift that is not held, because its post is closed."""
    return _with_step(shift, _A.CANCEL, moment, why)


def taken_back(before: Shift, saved: Shift, override: str, moment: Moment) -> Shift:
    """The shift as it was before its last step, with one more step that says so."""
    step = ShiftStep(moment.at, moment.actor, _A.UNDO, before.state, override_words(override))
    return altered(
        before, revision=saved.revision, override_reason=override, steps=(*saved.steps, step)
    )


def _with_step(
    shift: Shift, action: ShiftAction, moment: Moment, words: str, **changes: Any
) -> Shift:
    refuse_unless(shift, action)
    state = RULES[action].to or shift.state
    step = ShiftStep(moment.at, moment.actor, action, state, words)
    return altered(shift, state=state, steps=(*shift.steps, step), **changes)
