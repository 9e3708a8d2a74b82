"""What each step of a request changes besides its state. Pure; which may be taken is in `steps`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from desktop_app.core.record import altered
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.request import (
    FINAL,
    Action,
    Answer,
    AssigneeKind,
    Escalation,
    Pause,
    Request,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.rules.steps import (
    RULES,
    Moment,
    StepDetails,
    earliest,
    refuse_unless_allowed,
    said,
    tidy,
)


def take_step(request: Request, action: Action, details: StepDetails, moment: Moment) -> Request:
    """The request after a step. Raises `UserError` when it may not be taken or says too little."""
    refuse_unless_allowed(request, action)
    details = tidy(request, action, details, moment.today)
    changed = _CHANGES[action](request, details, moment)
    to = _leads_to(request, action, details)
    step = Step(moment.at, moment.actor, action, to, said(action, details))
    changed = altered(changed, state=to, steps=(*request.steps, step))
    return altered(changed, due=due_of(changed, moment.calendar))


def joined(request: Request, number: str, moment: Moment) -> Request:
    """The request that another one, of that number, was merged into: its own course says so."""
    step = Step(moment.at, moment.actor, Action.JOIN, request.state, number)
    return altered(request, steps=(*request.steps, step))


def due_of(request: Request, calendar: WorkCalendar) -> date | None:
    """The last day of the station's own limit.

    What is done keeps the day it had, so that figures stay what they were when the calendar is
    edited later. The limit goes on while a request is with the street (吹哨) or on the problem
    list: the resident waits all the same.
    """
    if request.done_on is not None:
        return request.due
    if request.limit_days is None or request.state in FINAL:
        return None
    pauses = [(pause.since, pause.until) for pause in request.pauses]
    return calendar.due_day(request.limit_from, request.limit_days, pauses)


def _leads_to(request: Request, action: Action, details: StepDetails) -> RequestState:
    rule = RULES[action]
    kept = details.assignee is not None and details.assignee.kind is AssigneeKind.STATION
    if rule.at_once is not None and kept:
        return rule.at_once
    return rule.to or request.state


def _day(request: Request, details: StepDetails, moment: Moment) -> date:
    return details.day or max(moment.today, earliest(request))


def _same(request: Request, details: StepDetails, moment: Moment) -> Request:
    return request


def _pause(request: Request, details: StepDetails, moment: Moment) -> Request:
    since = _day(request, details, moment)
    return altered(request, pauses=(*request.pauses, Pause(since)))


def _resumed(request: Request, until: date) -> Request:
    pauses = tuple(
        pause if pause.until is not None else replace(pause, until=until)
        for pause in request.pauses
    )
    return altered(request, pauses=pauses)


def _resume(request: Request, details: StepDetails, moment: Moment) -> Request:
    return _unassigned(_resumed(request, _day(request, details, moment)))


def _dispatch(request: Request, details: StepDetails, moment: Moment) -> Request:
    """Given to somebody; what the station keeps for itself is taken at the same moment."""
    assert details.assignee is not None, "tidy has asked for it"
    given = altered(
        request,
        assignee=details.assignee,
        dispatched_on=_day(request, details, moment),
        taken_by="",
        taken_at=None,
    )
    if details.limit_days is not None:
        given = altered(given, limit_days=details.limit_days or None)
    if details.assignee.kind is not AssigneeKind.STATION:
        return given
    return altered(given, taken_by=moment.actor, taken_at=moment.at)


def _take(request: Request, details: StepDetails, moment: Moment) -> Request:
    who = details.whom or (request.assignee.words if request.assignee else "")
    return altered(request, taken_by=who, taken_at=moment.at)


def _unassigned(request: Request) -> Request:
    return altered(request, assignee=None, taken_by="", taken_at=None)


def _hand_back(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(_unassigned(request), hand_backs=request.hand_backs + 1)


def _let_go(request: Request, details: StepDetails, moment: Moment) -> Request:
    return _unassigned(request)


def _escalate(request: Request, details: StepDetails, moment: Moment) -> Request:
    """An earlier answer stays in the steps: it is no answer to this. Waiting for material ends."""
    day = _day(request, details, moment)
    escalation = Escalation(moment.at, day, moment.actor, details.level, details.words)
    return altered(
        _resumed(request, day),
        escalated=escalation,
        escalated_on=day,
        answer=None,
        done_on=None,
    )


def _answered(request: Request, details: StepDetails, moment: Moment) -> Request:
    day = _day(request, details, moment)
    answer = Answer(moment.at, moment.actor, details.whom, details.words, day)
    return altered(_unassigned(request), answer=answer)


def _done(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(request, result=details.result, done_on=_day(request, details, moment))


def _redo(request: Request, details: StepDetails, moment: Moment) -> Request:
    """The doing goes on within the old limit; what was said of its end stays in the steps."""
    return altered(request, done_on=None)


def _called(request: Request, details: StepDetails, moment: Moment) -> Request:
    day = _day(request, details, moment)
    return altered(request, call_back=details.words, called_back_on=day)


def _set_stage(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(request, dispute_stage=details.stage)


def _end(request: Request, details: StepDetails, moment: Moment) -> Request:
    """Every end closes the clock: an open pause ends with it."""
    day = _day(request, details, moment)
    return altered(_resumed(request, day), closed_at=moment.at, closed_day=day)


def _close(request: Request, details: StepDetails, moment: Moment) -> Request:
    return _end(_called(request, details, moment), details, moment)


def _exit(request: Request, details: StepDetails, moment: Moment) -> Request:
    """An end that is no 办结: nothing was done, so there is no day of it and no limit any more."""
    return altered(_end(request, details, moment), done_on=None)


def _not_ours(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(_exit(request, details, moment), result=details.words)


def _forward(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(
        _exit(request, details, moment),
        forwarded_to=details.whom,
        forwarded_number=details.external_number,
    )


def _merge(request: Request, details: StepDetails, moment: Moment) -> Request:
    return altered(_exit(request, details, moment), merged_into=details.merged_into)


def _reopen(request: Request, details: StepDetails, moment: Moment) -> Request:
    """The limit begins anew on the day of reopening; the earlier end stays in the steps."""
    return altered(
        _unassigned(request),
        closed_at=None,
        closed_day=None,
        done_on=None,
        forwarded_to="",
        forwarded_number="",
        limit_from=_day(request, details, moment),
    )


_CHANGES: Mapping[Action, Callable[[Request, StepDetails, Moment], Request]] = {
    Action.ACCEPT: _same,
    Action.ASK_MATERIALS: _pause,
    Action.MATERIALS_COMPLETE: _resume,
    Action.DISPATCH: _dispatch,
    Action.TAKE: _take,
    Action.HAND_BACK: _hand_back,
    Action.NOBODY_TOOK: _let_go,
    Action.LIST: _let_go,
    Action.UNLIST: _let_go,
    Action.ESCALATE: _escalate,
    Action.ANSWERED: _answered,
    Action.DONE: _done,
    Action.CLOSE: _close,
    Action.REDO: _redo,
    Action.FOLLOW_UP: _called,
    Action.SET_STAGE: _set_stage,
    Action.NOT_OURS: _not_ours,
    Action.FORWARD: _forward,
    Action.WITHDRAW: _exit,
    Action.MERGE: _merge,
    Action.REOPEN: _reopen,
}
