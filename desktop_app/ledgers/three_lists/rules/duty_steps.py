"""Which step of a duty may follow which, and what each changes: the one table of its course.

待接单 → 办理中 → 待复核 → 已销号, with 谢绝, 取消, 退回 and 重新打开. Nothing is closed without a
result, evidence, and a second person who looked it over (责任清单: 销号人/复核人). Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.photos import Photo, refuse_other_step, with_more, without_one
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.core.text import NAME_LIMIT, clean_line, clean_text
from desktop_app.ledgers.three_lists.rules.course import MOST_PHOTOS, TEXT_LIMIT, reason, refusal
from desktop_app.ledgers.three_lists.rules.duty import (
    HOLDING,
    LIVE,
    MOST_PROGRESS,
    Closing,
    Duty,
    DutyAction,
    DutyState,
    DutyStep,
    Extension,
    Opinion,
    OpinionLevel,
    Progress,
    Raised,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.problem import Problem

_S = DutyState
_A = DutyAction

_WORKED_ON = frozenset({_S.DOING, _S.TO_REVIEW})
_BEFORE_REVIEW = frozenset({_S.PROPOSED, _S.DOING})

RULES: Mapping[DutyAction, StepRule[DutyState]] = {
    _A.ACCEPT: StepRule(frozenset({_S.PROPOSED}), _S.DOING),
    _A.DECLINE: StepRule(frozenset({_S.PROPOSED}), _S.DECLINED),
    _A.PROGRESS: StepRule(frozenset({_S.DOING}), None),
    _A.ADD_EVIDENCE: StepRule(_WORKED_ON, None),
    _A.REMOVE_EVIDENCE: StepRule(frozenset({_S.DOING}), None),
    _A.LINK_ACTIVITY: StepRule(_WORKED_ON | {_S.CLOSED}, None),
    _A.SUBMIT: StepRule(frozenset({_S.DOING}), _S.TO_REVIEW),
    _A.REVIEW_OK: StepRule(frozenset({_S.TO_REVIEW}), _S.CLOSED),
    _A.REVIEW_BACK: StepRule(frozenset({_S.TO_REVIEW}), _S.DOING),
    _A.EXTEND: StepRule(_BEFORE_REVIEW, None),
    _A.ESCALATE: StepRule(LIVE, None),
    _A.CANCEL: StepRule(LIVE, _S.CANCELLED),
    _A.REOPEN: StepRule(frozenset({_S.CLOSED}), _S.DOING),
    _A.ASK_OPINION: StepRule(frozenset({_S.CLOSED}), None),
    _A.CHANGE: StepRule(_BEFORE_REVIEW, None),
}
"""The course of a duty. Its proposal is in `duty_entry`. 撤销上一步 takes back only the steps of
`UNDOABLE` and leads to where that step came from."""

BUTTONS = (
    _A.ACCEPT, _A.DECLINE, _A.PROGRESS, _A.ADD_EVIDENCE, _A.SUBMIT, _A.REVIEW_OK, _A.REVIEW_BACK,
    _A.EXTEND, _A.ESCALATE, _A.CANCEL, _A.REOPEN, _A.ASK_OPINION,
)  # fmt: skip
"""Steps that somebody takes by name, in their order; the others come with what is edited."""

UNDOABLE = frozenset(
    {
        _A.ACCEPT, _A.PROGRESS, _A.ADD_EVIDENCE, _A.REMOVE_EVIDENCE, _A.LINK_ACTIVITY, _A.SUBMIT,
        _A.REVIEW_BACK, _A.EXTEND, _A.ESCALATE, _A.ASK_OPINION, _A.CHANGE,
    }
)  # fmt: skip
"""Harmless to take back: neither the offer's amount nor the problem's state depends on them. A
closing is opened again with a reason, and what was declined or cancelled is proposed anew."""


@dataclass(frozen=True, kw_only=True)
class DutyDetails:
    """What a clerk says with a step; each step reads only what concerns it.

    `words`: the reason, the progress, or what the residents said. `role`, `name` and
    `confirmation` say who looked it over where that was no operator of this station, and show the
    signed paper. `alone`: nobody else works at this station (the service knows, no clerk says so).
    """

    words: str = ""
    result: str = ""
    due: date | None = None
    level: Level | None = None
    opinion: OpinionLevel | None = None
    role: ReviewerRole = ReviewerRole.SECOND
    name: str = ""
    confirmation: Photo | None = None
    alone: bool = False


def allowed(duty: Duty) -> tuple[DutyAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if duty.deleted else steps_from(duty.state)


def steps_from(state: DutyState) -> tuple[DutyAction, ...]:
    """The same for a line of a list or a card of the board."""
    return _steps_from(RULES, BUTTONS, state)


def refuse_unless(duty: Duty, action: DutyAction) -> None:
    """Raise `UserError` when a step may not be taken as the duty stands."""
    if duty.state not in RULES[action].sources or duty.deleted:
        raise refusal("责任", duty.state, action, allowed(duty))


def with_step(
    duty: Duty, action: DutyAction, moment: Moment, words: str = "", **changes: Any
) -> Duty:
    """The duty after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(duty, action)
    state = RULES[action].to or duty.state
    step = DutyStep(moment.at, moment.actor, action, state, words)
    return altered(duty, state=state, steps=(*duty.steps, step), **changes)


def take_step(duty: Duty, action: DutyAction, details: DutyDetails, moment: Moment) -> Duty:
    """The duty after a step of `STEPS`. Raises `UserError` when it may not be taken, or when the
    details say too little."""
    refuse_unless(duty, action)
    return STEPS[action](duty, details, moment)


def _accepted(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    return with_step(duty, _A.ACCEPT, moment, _said(details.words), accepted_on=moment.today)


def _declined(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    why = reason(details.words, "谢绝的原因")
    return with_step(duty, _A.DECLINE, moment, why, decline_reason=why)


def _progressed(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    words = _text(details.words, "进展", "words")
    if not words:
        raise UserError("还没有写进展，没有保存。", "请写一句办到哪一步了。", field="words")
    if len(duty.progress) >= MOST_PROGRESS:
        raise UserError(
            f"进展已有{MOST_PROGRESS}条，没有再加。", "请在办理结果里写明。", field="words"
        )
    entry = Progress(moment.at, moment.today, moment.actor, words)
    return with_step(duty, _A.PROGRESS, moment, words, progress=(*duty.progress, entry))


def _extended(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    why = reason(details.words, "延期的原因")
    if details.due is None or details.due <= duty.due:
        raise UserError("新的时限要晚于原来的时限，没有改动。", "请选更晚的日期。", field="due")
    if details.due < moment.today:
        raise UserError("新的时限已经过去，没有改动。", "请选今天或以后的日期。", field="due")
    entry = Extension(duty.due, details.due, why, moment.actor, moment.at)
    said = f"{duty.due.isoformat()} → {details.due.isoformat()}，{why}"
    return with_step(
        duty, _A.EXTEND, moment, said, due=details.due, extensions=(*duty.extensions, entry)
    )


def _escalated(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    why = reason(details.words, "提级的原因")
    levels = list(Level)
    level = details.level or duty.level.next_up
    if level is None or levels.index(level) <= levels.index(duty.level):
        raise UserError(
            f"责任层级现在是“{duty.level.label}”，只能往上提，没有改动。",
            "请选更高的一级。" if duty.level.next_up else "已经是最高一级。",
            field="level",
        )
    entry = Raised(duty.level, level, why, moment.actor, moment.at)
    return with_step(
        duty,
        _A.ESCALATE,
        moment,
        f"{duty.level.label} → {level.label}，{why}",
        level=level,
        escalations=(*duty.escalations, entry),
    )


def _submitted(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    result = _text(details.result, "完成情况", "result") or duty.result
    if not result:
        raise UserError(
            "申请销号前要写完成情况，没有改动。", "请写一句办成了什么。", field="result"
        )
    if not duty.evidence:
        raise UserError(
            "还没有佐证照片，不能申请销号，没有改动。",
            "请先添加至少一张能证明办成的照片或扫描件。",
            field="photos",
        )
    return with_step(
        duty,
        _A.SUBMIT,
        moment,
        result,
        result=result,
        submitted_by=moment.operator,
        submitted_by_name=moment.actor,
        submitted_on=moment.today,
    )


def _reviewed(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    name = clean_line(details.name, limit=NAME_LIMIT, label="复核人", field="name")
    if is_same_person(duty, moment):
        _refuse_own_review(details, name)
    elif details.role is not ReviewerRole.SECOND and not name:
        raise UserError(
            f"还没有写{details.role.label}的复核人，没有改动。", "请写上姓名。", field="name"
        )
    outside = details.role is not ReviewerRole.SECOND
    who = name if outside else moment.actor
    said = f"{details.role.label} {who}" + (f"，{details.words}" if details.words else "")
    signed = details.confirmation
    return with_step(
        duty,
        _A.REVIEW_OK,
        moment,
        _said(said),
        reviewer=None if outside else moment.operator,
        reviewer_name=who,
        reviewer_role=details.role,
        confirmation=signed and replace(signed, step=len(duty.steps) + 1),
        reviewed_on=moment.today,
        closed_on=moment.today,
    )


def is_same_person(duty: Duty, moment: Moment) -> bool:
    """Whether who acts is the one who asked for the closing."""
    if duty.submitted_by is not None and moment.operator is not None:
        return duty.submitted_by == moment.operator
    return duty.submitted_by_name == moment.actor


def _refuse_own_review(details: DutyDetails, name: str) -> None:
    if not details.alone:
        raise UserError(
            "申请销号的人不能自己复核，没有改动。", "请另一位同事登录后“同意销号”。", field="role"
        )
    if details.role is ReviewerRole.SECOND:
        raise UserError(
            "本站只有一人，自己申请的不能自己复核，没有改动。",
            "请由社区、街道的人或居民复核，写上姓名并附签字的照片。",
            field="role",
        )
    if not name:
        raise UserError(
            f"还没有写{details.role.label}的复核人，没有改动。", "请写上姓名。", field="name"
        )
    if details.confirmation is None:
        raise UserError(
            "还没有复核人签字的照片，没有改动。",
            "请拍下签了字的销号单，添加后再同意销号。",
            field="confirmation",
        )


def _sent_back(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    return with_step(duty, _A.REVIEW_BACK, moment, reason(details.words, "退回的原因"))


def _cancelled(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    return with_step(duty, _A.CANCEL, moment, reason(details.words, "取消的原因"))


def _asked(duty: Duty, details: DutyDetails, moment: Moment) -> Duty:
    if details.opinion is None:
        raise UserError("还没有选评价，没有保存。", "请选一项。", field="opinion")
    words = _text(details.words, "评价说明", "words")
    opinion = Opinion(details.opinion, words, moment.actor, moment.today)
    return with_step(duty, _A.ASK_OPINION, moment, details.opinion.label, opinion=opinion)


STEPS: Mapping[DutyAction, Callable[[Duty, DutyDetails, Moment], Duty]] = {
    _A.ACCEPT: _accepted,
    _A.DECLINE: _declined,
    _A.PROGRESS: _progressed,
    _A.SUBMIT: _submitted,
    _A.REVIEW_OK: _reviewed,
    _A.REVIEW_BACK: _sent_back,
    _A.EXTEND: _extended,
    _A.ESCALATE: _escalated,
    _A.CANCEL: _cancelled,
    _A.ASK_OPINION: _asked,
}
"""The steps that need no more than what is said with them."""


def reopened(duty: Duty, problem: Problem, words: str, moment: Moment) -> Duty:
    """Back to work, in the present turn of its problem; the closing stays with it."""
    refuse_unless(duty, _A.REOPEN)
    why = reason(words, "重新打开的原因")
    assert duty.closed_on is not None, "it was closed"
    closing = Closing(
        duty.closed_on,
        duty.result,
        duty.submitted_by_name,
        duty.reviewer_name,
        duty.reviewer_role or ReviewerRole.SECOND,
        moment.today,
        why,
    )
    return with_step(
        duty,
        _A.REOPEN,
        moment,
        why,
        turn=problem.turn,
        closings=(*duty.closings, closing),
        result="",
        submitted_by=None,
        submitted_by_name="",
        submitted_on=None,
        reviewer=None,
        reviewer_name="",
        reviewer_role=None,
        confirmation=None,
        reviewed_on=None,
        closed_on=None,
    )


PHOTOGRAPHED = frozenset({_A.ACCEPT, _A.PROGRESS, _A.SUBMIT, _A.EXTEND, _A.ESCALATE})
"""Steps whose photos are evidence. What comes after the review adds none: it was looked over."""


def with_evidence(
    duty: Duty, photos: Sequence[Photo], moment: Moment, *, step: int | None = None
) -> Duty:
    """The duty with more evidence; a picture that is there already is not taken in twice.

    It belongs to the adding itself, or to an earlier `step` of the same person's.
    """
    refuse_unless(duty, _A.ADD_EVIDENCE)
    if step is not None:
        refuse_other_step(duty.steps, step, moment.actor)
    together, new = _joined(duty, photos, step or len(duty.steps) + 1)
    words = f"{new} 张"
    if step is not None:
        words = f"{words}，属于“{duty.steps[step - 1].action.label}”"
    return with_step(duty, _A.ADD_EVIDENCE, moment, words, evidence=together)


def photographed(duty: Duty, action: DutyAction, photos: Sequence[Photo]) -> Duty:
    """The duty with the photos of the step that is about to be taken."""
    if not photos:
        return duty
    if action not in PHOTOGRAPHED:
        raise UserError(f"“{action.label}”不能带佐证照片，没有改动。", field="photos")
    return altered(duty, evidence=_joined(duty, photos, len(duty.steps) + 1)[0])


def _joined(duty: Duty, photos: Sequence[Photo], step: int) -> tuple[tuple[Photo, ...], int]:
    return with_more(duty.evidence, photos, "这条责任的佐证", most=MOST_PHOTOS, step=step)


def without_evidence(duty: Duty, sha256: str, moment: Moment) -> Duty:
    """The duty without one picture of its evidence."""
    refuse_unless(duty, _A.REMOVE_EVIDENCE)
    left, place = without_one(duty.evidence, sha256)
    return with_step(duty, _A.REMOVE_EVIDENCE, moment, f"第 {place} 张", evidence=left)


def with_activity(duty: Duty, activity: Uid, number: str, moment: Moment) -> Duty:
    """The duty with an activity that served it."""
    refuse_unless(duty, _A.LINK_ACTIVITY)
    if activity in duty.activities:
        raise UserError("这场活动已经关联过，没有改动。", "请选别的活动。", field="activities")
    return with_step(
        duty, _A.LINK_ACTIVITY, moment, number, activities=(*duty.activities, activity)
    )


def holds(duty: Duty) -> int:
    """How much of its offer it keeps: what is under way and what was given."""
    held = duty.offer is not None and duty.state in HOLDING and not duty.deleted
    return (duty.amount or 0) if held else 0


def _text(text: str, label: str, field: str) -> str:
    return clean_text(text, limit=TEXT_LIMIT, label=label, field=field) if text else ""


def _said(words: str) -> str:
    return clean_line(words, limit=TEXT_LIMIT, label="说明", field="words") if words else ""
