"""What follows when a problem, a duty or a request changes: the other side says the same.

Registered in `catalog.FOLLOW_UPS` and run inside the unit of work that made the change, whoever
made it: a screen, the board, the command line, an undo. What cannot follow is refused, and then the
change itself is not kept. Each looks at how things stand now and not at what was pressed, so that
it comes to rest: called again, it finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests import store as request_store
from desktop_app.ledgers.requests.rules.request import (
    RESULT_LIMIT,
    Action,
    Request,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists import store as list_store
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.problem import (
    OPEN,
    Problem,
    ProblemAction,
    ProblemState,
)
from desktop_app.station.raising.carrying import (
    carrier,
    last_step,
    own_problems,
    requests_of,
    survivor,
)
from desktop_app.station.raising.forms import form_of_request
from desktop_app.station.raising.resolutions import settle_resolutions
from desktop_app.storage.session import Desk, Unit

_DONE = frozenset({RequestState.TO_CALL_BACK, RequestState.CLOSED})
_UNDO = DutyAction.UNDO
_CORRECTED = frozenset({ProblemAction.CHANGE, ProblemAction.UNDO})


def follow_problems(desk: Desk, unit: Unit, uids: Sequence[Uid]) -> list[str]:
    """A problem was raised, closed, opened again, withdrawn, merged or put right: its requests, the
    resolution it came of and the activities that solved it say so."""
    said: list[str] = []
    for problem in list_store.PROBLEM_SHELF.many(unit.connection, uids).values():
        corrected = bool(problem.steps) and problem.steps[-1].action in _CORRECTED
        said += settle_resolutions(unit, problem, everywhere=corrected)
        if problem.deleted or corrected:
            said += _let_go(desk, unit, problem)
        said += _settle_requests(desk, unit, problem)
        _count_solved(unit, problem)
    return said


def follow_duties(desk: Desk, unit: Unit, uids: Sequence[Uid]) -> list[str]:
    """A duty was closed, opened again or served by an activity: that one counts what it solved."""
    duties = list_store.DUTY_SHELF.many(unit.connection, uids).values()
    undone = {one.problem for one in duties if one.steps[-1:] and one.steps[-1].action is _UNDO}
    uids_of = list({duty.problem for duty in duties})
    for problem in list_store.PROBLEM_SHELF.many(unit.connection, uids_of).values():
        # Taking back a link leaves an activity that no duty names any more.
        _count_solved(unit, problem, everywhere=problem.uid in undone)
    return []


def follow_requests(desk: Desk, unit: Unit, uids: Sequence[Uid]) -> list[str]:
    """A request came onto the list or went from it: so does its problem.

    Raises `UserError` where a unit is at that problem already.
    """
    said: list[str] = []
    for request in request_store.SHELF.many(unit.connection, uids).values():
        if request.deleted or request.petition:
            continue
        if request.state is RequestState.LISTED:
            if carrier(unit, request) is None:
                said.append(_put_on_list(unit, request))
        elif _went_from_list(request):
            said += _take_from_list(unit, request)
    return said


# --- requests of a problem ------------------------------------------------------------------------


def _settle_requests(desk: Desk, unit: Unit, problem: Problem) -> list[str]:
    if problem.deleted or problem.state is ProblemState.MERGED:
        return []
    carried = requests_of(unit, problem)
    if problem.state is ProblemState.CLOSED:
        return [_done(desk, unit, one, problem) for one in carried if _waits(unit, one)]
    if problem.state is ProblemState.WITHDRAWN:
        return [_unlisted(desk, unit, one, problem) for one in carried if _waits(unit, one)]
    return [_listed(desk, unit, one, problem) for one in carried if _comes(one, problem)]


def _waits(unit: Unit, request: Request) -> bool:
    """Whether it stands on the list, and no other problem carries it on."""
    return request.state is RequestState.LISTED and carrier(unit, request) is None


def _comes(request: Request, problem: Problem) -> bool:
    """Whether an open problem brings the request onto the list, for the first time or again."""
    new = request.uid == problem.request and _is_new(problem, request)
    return new or _was_settled(request, problem)


def _is_new(problem: Problem, request: Request) -> bool:
    """Whether a problem points at a request that knows nothing of it yet."""
    if request.state is RequestState.LISTED:
        return False
    return problem.revision == 1 or last_step(request, Action.LIST) is None


def _was_settled(request: Request, problem: Problem) -> bool:
    """Whether the request is done, or off the list, because of this problem and nothing else has
    been done with it since."""
    step = last_step(request, Action.DONE, Action.UNLIST)
    if step is None or not _tells_of(step.words, problem):
        return False
    if step.action is Action.DONE:
        return request.state in _DONE
    return request.state is RequestState.ACCEPTED and request.steps[-1] == step


def _done(desk: Desk, unit: Unit, request: Request, problem: Problem) -> str:
    details = StepDetails(result=_result(unit, problem), words=_because(problem, "已销号"))
    requests.act_in(unit, desk, request.uid, Action.DONE, details)
    return f"{request.number} 待回访"


def _unlisted(desk: Desk, unit: Unit, request: Request, problem: Problem) -> str:
    details = StepDetails(words=_because(problem, "已撤回"))
    requests.act_in(unit, desk, request.uid, Action.UNLIST, details)
    return f"{request.number} 移出清单"


def _listed(desk: Desk, unit: Unit, request: Request, problem: Problem) -> str:
    """Onto the list again; what was done is taken back by the steps a clerk would take."""
    words = _because(problem, "重新打开" if problem.revision > 1 else "已提出")
    back = {RequestState.TO_CALL_BACK: Action.REDO, RequestState.CLOSED: Action.REOPEN}
    if request.state in back and problem.revision > 1:
        requests.act_in(unit, desk, request.uid, back[request.state], StepDetails(words=words))
    requests.act_in(unit, desk, request.uid, Action.LIST, StepDetails(words=words))
    return f"{request.number} 列入清单"


def _let_go(desk: Desk, unit: Unit, problem: Problem) -> list[str]:
    """The problem is gone, or points elsewhere now: whom nothing carries any more is let go."""
    said = []
    for request in request_store.on_list(unit.connection):
        if not own_problems(unit, request):
            said.append(_unlisted(desk, unit, request, problem))
    return said


def _because(problem: Problem, words: str) -> str:
    return f"问题 {problem.number} {words}"


def _tells_of(words: str, problem: Problem) -> bool:
    return f"问题 {problem.number} " in words


def _result(unit: Unit, problem: Problem) -> str:
    """What was done, as those who did it wrote: each unit once."""
    duties = [
        duty
        for duty in list_store.duties_of(unit.connection, problem.uid)
        if duty.state is DutyState.CLOSED and duty.turn == problem.turn
    ]
    told = "；".join(f"{duty.unit}：{duty.result}" for duty in duties)
    if len(duties) == 1:
        told = duties[0].result
    # Cut rather than refused: the whole of it stands in the duties.
    return told[:RESULT_LIMIT] or "问题已销号"


# --- problems of a request ------------------------------------------------------------------------


def _went_from_list(request: Request) -> bool:
    """Whether its last step took it off the list, or took back its coming there.

    Whatever else ends it (办理完毕, 吹哨, 撤回 …) leaves the problem where it is: it is not that
    resident's alone.
    """
    last = [step.action for step in request.steps[-2:]]
    return last[-1:] == [Action.UNLIST] or last == [Action.LIST, Action.UNDO]


def _take_from_list(unit: Unit, request: Request) -> list[str]:
    said = []
    for problem in own_problems(unit, request):
        if problem.state in OPEN and request.state is not RequestState.LISTED:
            lists.withdraw_in(unit, problem.uid, f"诉求 {request.number} 移出问题清单")
            said.append(f"{problem.number} 撤回")
    return said


def _put_on_list(unit: Unit, request: Request) -> str:
    """A withdrawn problem of its own comes back, else a new one is raised."""
    own = [survivor(unit, one) for one in own_problems(unit, request)]
    withdrawn = [one for one in own if one.state is ProblemState.WITHDRAWN and not one.deleted]
    if withdrawn:
        words = f"诉求 {request.number} 再次列入问题清单"
        return f"{lists.reopen_in(unit, withdrawn[-1].uid, words).number} 重新打开"
    return f"{lists.raise_in(unit, form_of_request(request)).number} 入单"


# --- activities -----------------------------------------------------------------------------------


def _count_solved(unit: Unit, problem: Problem, *, everywhere: bool = False) -> None:
    """解决问题: a closed problem counts for the activities that its closed duties name.

    Looked through are the activities that its duties name; with `everywhere` all there are, which
    takes longer.
    """
    duties = list_store.duties_of(unit.connection, problem.uid)
    solving = _solving(problem, duties)
    named = {uid for duty in duties for uid in duty.activities}
    found = activities.SHELF.many(unit.connection, sorted(named))
    if everywhere:
        counting = activities.naming_problem(unit.connection, problem.uid)
        found |= {one.uid: one for one in counting}
    for activity in found.values():
        solved = _solved(activity, problem.uid, activity.uid in solving)
        if solved != activity.solved and not activity.deleted:
            activities.SHELF.put(unit, altered(activity, solved=solved))


def _solving(problem: Problem, duties: Sequence[Duty]) -> set[Uid]:
    if problem.deleted or problem.state is not ProblemState.CLOSED:
        return set()
    return {
        uid
        for duty in duties
        if duty.state is DutyState.CLOSED and duty.turn == problem.turn
        for uid in duty.activities
    }


def _solved(activity: Activity, problem: Uid, solves: bool) -> tuple[Uid, ...]:
    if (problem in activity.solved) is solves:
        return activity.solved
    if solves:
        return (*activity.solved, problem)
    return tuple(one for one in activity.solved if one != problem)
