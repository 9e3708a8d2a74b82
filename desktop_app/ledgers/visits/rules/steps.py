"""Which step may follow which, and what each of them changes: the one table of a matter's course.

登记 → 接办 →(待补材料)→ 交办 → 办理中 → 待回访 → 办结, with its side exits. Pure: the moment, the
clerk and the calendar are handed in. What may be entered at registration is for `entry`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.identity import check_office_phone
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import StepRule
from desktop_app.core.text import clean_line, clean_text
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.visit import (
    FINAL,
    LINE_LIMIT,
    RESULT_LIMIT,
    Action,
    Pause,
    Step,
    UrgentReport,
    Visit,
    VisitKind,
    VisitState,
)

_S = VisitState

_UNDER_WAY = frozenset({_S.TAKEN_UP, _S.HANDED_OVER, _S.WORKING})
_OPEN = frozenset(VisitState) - FINAL

RULES: Mapping[Action, StepRule[VisitState]] = {
    Action.TAKE_UP: StepRule(frozenset({_S.REGISTERED}), _S.TAKEN_UP),
    Action.ASK_FOR_MATERIALS: StepRule(
        frozenset({_S.REGISTERED, _S.TAKEN_UP, _S.WORKING}), _S.AWAITING
    ),
    Action.MATERIALS_COMPLETE: StepRule(frozenset({_S.AWAITING}), _S.TAKEN_UP),
    Action.HAND_OVER: StepRule(
        frozenset({_S.REGISTERED, _S.TAKEN_UP, _S.WORKING, _S.HANDED_OVER}), _S.HANDED_OVER
    ),
    Action.WORK: StepRule(frozenset({_S.TAKEN_UP, _S.HANDED_OVER, _S.ANSWERED}), _S.WORKING),
    Action.ANSWER: StepRule(_UNDER_WAY, _S.ANSWERED),
    Action.CLOSE: StepRule(_OPEN - {_S.AWAITING}, _S.CLOSED),
    Action.FOLLOW_UP: StepRule(frozenset({_S.ANSWERED, _S.CLOSED}), None),
    Action.REPORT_URGENT: StepRule(_OPEN | {_S.CLOSED}, None),
    Action.NOT_OURS: StepRule(_OPEN - {_S.ANSWERED}, _S.NOT_OURS),
    Action.WITHDRAW: StepRule(_OPEN, _S.WITHDRAWN),
    Action.MERGE: StepRule(_OPEN, _S.MERGED),
    Action.REOPEN: StepRule(frozenset({_S.CLOSED, _S.NOT_OURS, _S.WITHDRAWN}), _S.TAKEN_UP),
}
"""The course of a matter. Registration itself is in `entry`, correction in `correction`."""


@dataclass(frozen=True, kw_only=True)
class StepDetails:
    """What a clerk says with a step; each step reads only what concerns it.

    `words`: which material is missing, where the resident was sent, why it was withdrawn or opened
    again, what the follow-up call gave. `day` is the business date on which it happened, if not
    today. `whom` and `phone`: to whom an urgent matter was reported. `merged_into` is the record
    that this one repeats.
    """

    words: str = ""
    result: str = ""
    handed_to: str = ""
    external_number: str = ""
    day: date | None = None
    whom: str = ""
    phone: str = ""
    merged_into: Uid | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is taken and by whom, and the working days its limit is counted in."""

    at: Millis
    today: date
    actor: str
    calendar: WorkCalendar


def allowed(visit: Visit) -> tuple[Action, ...]:
    """The steps that may be taken now, in the order of buttons."""
    if visit.deleted or visit.petition:
        return ()
    return steps_from(visit.state, visit.kind)


def steps_from(state: VisitState, kind: VisitKind) -> tuple[Action, ...]:
    """The same for a line of a list, which shows neither deleted visits nor petitions."""
    if kind is VisitKind.COUNTED:
        return ()
    return tuple(action for action, rule in RULES.items() if state in rule.sources)


def take_step(visit: Visit, action: Action, details: StepDetails, moment: Moment) -> Visit:
    """The visit after a step. Raises `UserError` when it may not be taken or says too little."""
    if action not in allowed(visit):
        raise UserError(
            f"这件事现在是“{visit.state.label}”，不能“{action.label}”，没有改动。",
            _what_can_be_done(visit),
        )
    tidy = _tidy(visit, action, details, moment.today)
    changed = _CHANGES[action](visit, tidy, moment)
    to = RULES[action].to or visit.state
    step = Step(moment.at, moment.actor, action, to, _said(action, tidy))
    changed = altered(changed, state=to, steps=(*visit.steps, step))
    return altered(changed, due=due_of(changed, moment.calendar))


def due_of(visit: Visit, calendar: WorkCalendar) -> date | None:
    """The last day of the station's own limit.

    部门时限 is never counted (以部门公布为准). A closed matter keeps the day it had, so that
    figures stay what they were when the calendar is edited later.
    """
    if visit.state is VisitState.CLOSED:
        return visit.due
    if visit.limit_days is None or visit.state in FINAL:
        return None
    pauses = [(pause.since, pause.until) for pause in visit.pauses]
    return calendar.due_day(visit.limit_from, visit.limit_days, pauses)


def _what_can_be_done(visit: Visit) -> str:
    labels = "、".join(action.label for action in allowed(visit))
    return f"现在可以：{labels}。" if labels else "这条记录不再需要办理。"


_LABELS = {
    Action.ASK_FOR_MATERIALS: "缺少的材料",
    Action.NOT_OURS: "告知的去向",
    Action.WITHDRAW: "撤回原因",
    Action.REOPEN: "重新打开的原因",
    Action.FOLLOW_UP: "回访情况",
}
"""Steps that are worth nothing without words, and what the words are called."""


def _tidy(visit: Visit, action: Action, details: StepDetails, today: date) -> StepDetails:
    """The details as they are kept; every problem at once, each with its field."""
    problems: list[UserError] = []
    texts: dict[str, Any] = {}
    for name, label, clean, limit in (
        ("words", _LABELS.get(action, "说明"), clean_text, RESULT_LIMIT),
        ("result", "办理结果", clean_text, RESULT_LIMIT),
        ("handed_to", "交办去向", clean_line, LINE_LIMIT),
        ("external_number", "外部编号", clean_line, LINE_LIMIT),
        ("whom", "报告对象", clean_line, LINE_LIMIT),
        ("phone", "报告电话", clean_line, LINE_LIMIT),
    ):
        raw = getattr(details, name)
        try:
            clear = clean(raw, limit=limit, label=label, field=name) if raw else ""
        except UserError as problem:
            problems.append(problem)
        else:
            if clear != raw:
                texts[name] = clear
    tidy = replace(details, **texts) if texts else details
    problems += _missing(visit, action, tidy)
    problems += _day_problems(visit, action, tidy, today)
    if action is Action.REPORT_URGENT and tidy.phone:
        try:
            tidy = replace(tidy, phone=check_office_phone(tidy.phone))
        except UserError as problem:
            problems.append(problem)
    if problems:
        raise InvalidInput(problems)
    return tidy


def _missing(visit: Visit, action: Action, details: StepDetails) -> list[UserError]:
    if action in _LABELS and not details.words:
        label = _LABELS[action]
        return [UserError(f"还没有写{label}。", "请写一句话，便于以后说清楚。", field="words")]
    if action is Action.CLOSE and not (details.result or visit.result):
        return [UserError("办结前要写办理结果。", "请用一句话写明结果。", field="result")]
    if action is Action.HAND_OVER and not details.handed_to:
        return [UserError("还没有写交给谁办。", "请填写单位、部门或人员。", field="handed_to")]
    if action is Action.REPORT_URGENT and not details.whom:
        return [UserError("还没有写报告给谁。", "请填写接报的单位或人员。", field="whom")]
    if action is Action.MERGE and details.merged_into in (None, visit.uid):
        return [
            UserError("还没有选合并到哪一条。", "请选同一件事的另一条登记。", field="merged_into")
        ]
    return []


def _day_problems(
    visit: Visit, action: Action, details: StepDetails, today: date
) -> list[UserError]:
    if details.day is None or _earliest(visit) <= details.day <= today:
        return []
    if details.day > today:
        said = f"{action.label}日期比今天还晚。"
    else:
        said = f"{action.label}日期早于上一步的日期。"
    return [UserError(said, "请改成实际的那一天。", field="day")]


def _earliest(visit: Visit) -> date:
    """A step cannot lie before the visit, its last end, or the pause it ends or follows."""
    ends = [pause.until or pause.since for pause in visit.pauses]
    return max([visit.day, visit.limit_from, visit.closed_day or visit.day, *ends])


_SAID: Mapping[Action, Callable[[StepDetails], tuple[str, ...]]] = {
    Action.HAND_OVER: lambda d: (d.handed_to, d.external_number, d.words),
    Action.CLOSE: lambda d: (d.result, d.words),
    Action.ANSWER: lambda d: (d.result, d.words),
    Action.REPORT_URGENT: lambda d: (d.whom, d.phone, d.words),
}


def _said(action: Action, details: StepDetails) -> str:
    parts = _SAID[action](details) if action in _SAID else (details.words,)
    return "，".join(part for part in parts if part)


def _same(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return visit


def _pause(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    since = details.day or max(moment.today, _earliest(visit))
    return altered(visit, pauses=(*visit.pauses, Pause(since)), notice_given=True)


def _resume(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    *earlier, last = visit.pauses
    until = details.day or max(moment.today, last.since)
    return altered(visit, pauses=(*earlier, replace(last, until=until)))


def _hand_over(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    at_once = visit.handling in (Handling.INSTANT, Handling.ADVICE)
    return altered(
        visit,
        handling=Handling.FORWARDED if at_once else visit.handling,
        handed_to=details.handed_to,
        handed_on=details.day or moment.today,
        external_number=details.external_number or visit.external_number,
    )


def _answer(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(visit, result=details.result or details.words or visit.result)


def _end(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    """Every end closes the clock: an open pause ends with it."""
    day = details.day or max(moment.today, _earliest(visit))
    pauses = tuple(
        pause if pause.until is not None else replace(pause, until=day) for pause in visit.pauses
    )
    return altered(visit, closed_at=moment.at, closed_day=day, pauses=pauses)


def _close(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(_end(visit, details, moment), result=details.result or visit.result)


def _not_ours(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(_end(visit, details, moment), result=details.words)


def _merge(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(_end(visit, details, moment), merged_into=details.merged_into)


def _reopen(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    """The limit begins anew on the day of reopening; the earlier end stays in the steps.

    Earlier pauses stay, too: they lie before the new beginning and no longer count.
    """
    return altered(
        visit,
        closed_at=None,
        closed_day=None,
        limit_from=details.day or max(moment.today, _earliest(visit)),
    )


def _follow_up(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(visit, follow_up=details.words)


def _report(visit: Visit, details: StepDetails, moment: Moment) -> Visit:
    return altered(visit, urgent=UrgentReport(details.whom, details.phone, moment.at))


_CHANGES: Mapping[Action, Callable[[Visit, StepDetails, Moment], Visit]] = {
    Action.TAKE_UP: _same,
    Action.ASK_FOR_MATERIALS: _pause,
    Action.MATERIALS_COMPLETE: _resume,
    Action.HAND_OVER: _hand_over,
    Action.WORK: _same,
    Action.ANSWER: _answer,
    Action.CLOSE: _close,
    Action.FOLLOW_UP: _follow_up,
    Action.REPORT_URGENT: _report,
    Action.NOT_OURS: _not_ours,
    Action.WITHDRAW: _end,
    Action.MERGE: _merge,
    Action.REOPEN: _reopen,
}
