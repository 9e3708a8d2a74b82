"""A request, or what a meeting decided, becomes a line of the problem list.

The links both ways, and all that follows later (销号, 重新打开, 撤回), are in `settling`.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activity_service
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.record import KIND as ACTIVITIES
from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests import store as request_store
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.ledgers.requests.rules.steps import StepDetails, refuse_unless_allowed
from desktop_app.ledgers.requests.service.parts import undone
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists import store as list_store
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.station.raising.carrying import carrier
from desktop_app.station.raising.forms import form_of_request, form_of_resolution, linked_to
from desktop_app.station.raising.resolutions import resolution_of
from desktop_app.storage.session import Desk

_KINDS = frozenset({PROBLEMS.name, REQUESTS.name, ACTIVITIES.name})


def proposed_problem(desk: Desk, request: Uid) -> ProblemForm:
    """The form of the problem that a request would become, with telephone number masked."""
    return form_of_request(requests.get(desk, request))


def list_request(
    desk: Desk, request: Uid, revision: int, form: ProblemForm | None = None
) -> Changed[Problem]:
    """列入问题清单: the request becomes a problem and waits on the list, in one unit of work.

    `form` is what the clerk made of `proposed_problem`. A request that an open problem carries
    already only takes its place again. Raises `Conflict`, `UserError` when the request may not be
    listed, `InvalidInput` with every problem of the form.
    """
    with desk.unit_of_work("诉求：列入问题清单", needs=Right.HANDLE) as unit:
        before = request_store.SHELF.need(unit.connection, request)
        if before.revision != revision:
            raise Conflict(REQUESTS.label)
        refuse_unless_allowed(before, Action.LIST)
        problem = carrier(unit, before)
        fresh = problem is None
        if problem is None:
            proposal = form_of_request(before)
            problem = lists.raise_in(unit, linked_to(form, proposal) if form else proposal)
        words = f"问题 {problem.number}"
        after = requests.act_in(unit, desk, request, Action.LIST, StepDetails(words=words))
        unit.about(before.number, f"{before.state.label} → {after.state.label}，{words}")
    undo = _undo(before, after, problem if fresh else None)
    return Changed(_KINDS, (problem.uid, request), problem, Undo("撤销列入问题清单", undo))


def _undo(
    before: Request, after: Request, problem: Problem | None
) -> Callable[[Desk], Changed[Request]]:
    def undo(desk: Desk) -> Changed[Request]:
        with desk.unit_of_work("撤销列入问题清单", needs=Right.HANDLE) as unit:
            if problem is not None:
                seen = list_store.to_change(unit.connection, list_store.PROBLEM_SHELF, problem.uid)
                if seen.revision != problem.revision:
                    raise Conflict(PROBLEMS.label)
                list_store.PROBLEM_SHELF.remove(unit, seen)
            put = request_store.SHELF.put(unit, undone(before, after, unit))
            unit.about(put.number, f"{after.state.label} → {put.state.label}")
        return Changed(_KINDS, (put.uid,), put)

    return undo


def proposed_of_resolution(desk: Desk, activity: Uid, resolution: Uid) -> ProblemForm:
    """The form of the problem that a resolution would become."""
    found = activity_service.get(desk, activity)
    return form_of_resolution(found, resolution_of(found, resolution), desk.today)


def raise_from_resolution(
    desk: Desk, activity: Uid, resolution: Uid, revision: int, form: ProblemForm | None = None
) -> Changed[Problem]:
    """转入问题清单: what a meeting decided becomes a problem on the list; each names the other.

    `revision` is that of the activity the clerk saw. Raises `Conflict`, and `UserError` when the
    activity was cancelled or the resolution is on the list already.
    """
    with desk.unit_of_work("议定事项转入问题清单", needs=Right.HANDLE) as unit:
        found = activities.to_change(unit.connection, activity)
        if found.revision != revision:
            raise Conflict(ACTIVITIES.label)
        if found.state is ActivityState.CANCELLED:
            raise UserError("这场活动已经取消，没有改动。", "请直接在问题清单里提出。")
        wanted = resolution_of(found, resolution)
        proposal = form_of_resolution(found, wanted, unit.zone.day(unit.now))
        saved = lists.raise_in(unit, linked_to(form, proposal) if form else proposal)
        unit.about(found.number, saved.number)

    def undo(desk: Desk) -> Changed[Problem]:
        with desk.unit_of_work("撤销转入问题清单", needs=Right.HANDLE) as unit:
            seen = list_store.to_change(unit.connection, list_store.PROBLEM_SHELF, saved.uid)
            if seen.revision != saved.revision:
                raise Conflict(PROBLEMS.label)
            gone = list_store.PROBLEM_SHELF.remove(unit, seen)
            unit.about(gone.number)
        return Changed(_KINDS, (gone.uid, activity), gone)

    return Changed(_KINDS, (saved.uid, activity), saved, Undo("撤销转入问题清单", undo))
