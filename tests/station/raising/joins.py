"""Readings across the ledgers, and what must hold between them at any time."""

from __future__ import annotations

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.requests.rules.request import Request, RequestState
from desktop_app.ledgers.three_lists import store as lists
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.storage.session import Desk

Everything = tuple[dict[Uid, Request], dict[Uid, Problem], dict[Uid, Duty], dict[Uid, Activity]]


def everything(desk: Desk) -> Everything:
    """Every living record of the joined ledgers, as they stand."""
    found = []
    with desk.reading(needs=Right.READ) as connection:
        for shelf in (requests.SHELF, lists.PROBLEM_SHELF, lists.DUTY_SHELF, activities.SHELF):
            rows = connection.execute(shelf.table.select()).mappings()
            found.append({one.uid: one for one in shelf.values(rows) if not one.deleted})
    return tuple(found)  # type: ignore[return-value]


def problem_of(desk: Desk, request: Request) -> Problem:
    """The one problem that came of a request."""
    (found,) = [one for one in everything(desk)[1].values() if one.request == request.uid]
    return found


def assert_agree(desk: Desk, found: Everything | None = None) -> None:
    """Both sides of every link say the same; `found` is `everything` where it is known already."""
    asked, problems, duties, gatherings = found or everything(desk)
    for request in asked.values():
        own = [one for one in problems.values() if one.request == request.uid]
        carried = [_survivor(problems, one).open for one in own]
        if request.state is RequestState.LISTED:
            assert any(carried), f"{request.number} stands on a list that does not know it"
    for activity in gatherings.values():
        for one in activity.resolutions:
            if one.link is not None:
                assert problems[one.link].resolution == one.uid
        assert set(activity.solved) == _solved_by(activity.uid, problems, duties)
    for problem in problems.values():
        if problem.resolution is not None and problem.activity in gatherings:
            links = {one.uid: one.link for one in gatherings[problem.activity].resolutions}
            assert links[problem.resolution] == problem.uid


def _survivor(problems: dict[Uid, Problem], problem: Problem) -> Problem:
    while problem.state is ProblemState.MERGED and problem.merged_into is not None:
        problem = problems[problem.merged_into]
    return problem


def _solved_by(activity: Uid, problems: dict[Uid, Problem], duties: dict[Uid, Duty]) -> set[Uid]:
    return {
        duty.problem
        for duty in duties.values()
        if activity in duty.activities
        and duty.state is DutyState.CLOSED
        and problems[duty.problem].state is ProblemState.CLOSED
        and problems[duty.problem].turn == duty.turn
    }
