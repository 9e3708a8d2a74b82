"""Which step of an activity may follow which, and what each changes: the one table of its course.

计划 →（报名中）→ 进行中 → 待记录 → 待审核 → 已归档, with 取消, 退回 and 重新打开. Meetings skip
报名. Pure: the moment and the operator are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.errors import UserError
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.text import clean_line
from desktop_app.ledgers.activities.rules.activity import (
    BEFORE,
    EDITABLE,
    REASON_LIMIT,
    Action,
    Activity,
    ActivityState,
    Step,
)

_S = ActivityState

RULES: Mapping[Action, StepRule[ActivityState]] = {
    Action.OPEN_SIGN_UP: StepRule(frozenset({_S.PLANNED}), _S.OPEN),
    Action.START: StepRule(BEFORE, _S.RUNNING),
    Action.FINISH: StepRule(BEFORE | {_S.RUNNING}, _S.TO_RECORD),
    Action.RECORD: StepRule(EDITABLE, _S.TO_RECORD),
    Action.SUBMIT: StepRule(frozenset({_S.TO_RECORD}), _S.TO_REVIEW),
    Action.APPROVE: StepRule(frozenset({_S.TO_REVIEW}), _S.ARCHIVED),
    Action.SEND_BACK: StepRule(frozenset({_S.TO_REVIEW}), _S.TO_RECORD),
    Action.CANCEL: StepRule(BEFORE | {_S.RUNNING}, _S.CANCELLED),
    Action.REOPEN: StepRule(frozenset({_S.ARCHIVED, _S.CANCELLED}), None),
    Action.CHANGE: StepRule(EDITABLE, None),
    Action.CORRECT_COUNT: StepRule(EDITABLE, None),
    Action.ADD_PHOTOS: StepRule(EDITABLE, None),
    Action.CHANGE_CAPTION: StepRule(EDITABLE, None),
    Action.REMOVE_PHOTO: StepRule(EDITABLE, None),
}
"""The course of an activity. 重新打开 leads back to where it came from: see `reopened`."""

BUTTONS = (
    Action.OPEN_SIGN_UP, Action.START, Action.FINISH, Action.RECORD, Action.SUBMIT, Action.APPROVE,
    Action.SEND_BACK, Action.CANCEL, Action.REOPEN,
)  # fmt: skip
"""Steps that somebody takes by name, in their order; the others come with what is edited."""

_WANTS_WORDS = {
    Action.SEND_BACK: "退回的原因",
    Action.CANCEL: "取消的原因",
    Action.REOPEN: "重新打开的原因",
}
_ONLY_LATER = frozenset({Action.FINISH, Action.RECORD})
"""Steps that an activity which has not begun yet cannot take."""


def allowed(activity: Activity) -> tuple[Action, ...]:
    """The steps that may be taken now, in the order of buttons."""
    if activity.deleted:
        return ()
    return steps_from(activity.state, meeting=activity.meeting)


def steps_from(state: ActivityState, *, meeting: bool) -> tuple[Action, ...]:
    """The same for a line of a list."""
    return tuple(
        action
        for action in BUTTONS
        if state in RULES[action].sources and not (meeting and action is Action.OPEN_SIGN_UP)
    )


def refuse_unless(activity: Activity, action: Action) -> None:
    """Raise `UserError` when a step may not be taken as the activity stands."""
    rule = RULES[action]
    skipped = activity.meeting and action is Action.OPEN_SIGN_UP
    if activity.state in rule.sources and not skipped and not activity.deleted:
        return
    if activity.state is _S.ARCHIVED and rule.sources == EDITABLE:
        raise UserError(
            f"这场活动已经归档，不能“{action.label}”，没有改动。",
            "确需更正的，请先由站长“重新打开”，写明原因。",
        )
    if activity.state is _S.TO_REVIEW and rule.sources == EDITABLE:
        raise UserError(
            f"这场活动正在等待审核，不能“{action.label}”，没有改动。",
            "请审核人先“退回”，改好后再提交。",
        )
    labels = "、".join(one.label for one in allowed(activity))
    said = (
        f"会议不需要报名，不能“{action.label}”"
        if skipped
        else (f"这场活动现在是“{activity.state.label}”，不能“{action.label}”")
    )
    raise UserError(f"{said}，没有改动。", f"现在可以：{labels}。" if labels else "")


def refuse_unless_editable(activity: Activity) -> None:
    """Raise `UserError` when nothing of plan, attendance or record may be changed any more."""
    refuse_unless(activity, Action.CHANGE)


def with_step(
    activity: Activity, action: Action, moment: Moment, words: str = "", to: _S | None = None
) -> Activity:
    """The activity after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(activity, action)
    state = to or RULES[action].to or activity.state
    step = Step(moment.at, moment.actor, action, state, words)
    return altered(activity, state=state, steps=(*activity.steps, step))


def take_step(activity: Activity, action: Action, words: str, moment: Moment) -> Activity:
    """The activity after a step that changes nothing but the state, with its reason in `words`."""
    refuse_unless(activity, action)
    if action in _ONLY_LATER:
        refuse_before_start(activity, action, moment)
    label = _WANTS_WORDS.get(action, "说明")
    said = clean_line(words, limit=REASON_LIMIT, label=label, field="words") if words else ""
    if action in _WANTS_WORDS and not said:
        raise UserError(
            f"还没有写{label}，没有改动。", "请写一句话，便于以后说清楚。", field="words"
        )
    if action is Action.REOPEN:
        return _reopened(activity, moment, said)
    return with_step(activity, action, moment, said)


def refuse_before_start(activity: Activity, action: Action, moment: Moment) -> None:
    """Raise `UserError` for what only an activity that has begun can have."""
    if moment.at < activity.starts_at:
        raise UserError(
            f"活动还没有开始，不能“{action.label}”，没有改动。",
            "请在活动开始后再做；时间改了的，请先修改活动时间。",
        )


def started(activity: Activity, moment: Moment) -> Activity:
    """The activity once the first person has signed in."""
    if activity.state not in BEFORE:
        return activity
    return with_step(activity, Action.START, moment)


def _reopened(activity: Activity, moment: Moment, words: str) -> Activity:
    """Back to work: from the archive to the record, from a cancellation to the plan."""
    if activity.state is _S.CANCELLED:
        return with_step(activity, Action.REOPEN, moment, words, to=_S.PLANNED)
    opened = altered(activity, reviewer="", reviewed_by=None, reviewed_on=None)
    return with_step(opened, Action.REOPEN, moment, words, to=_S.TO_RECORD)
