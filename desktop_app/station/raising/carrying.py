"""Which problem carries which request: read in a unit of work that is under way.

A request that stands on the list (已列清单) is carried by a problem that is open: its own, or the
one that its own was merged into.
"""

from __future__ import annotations

from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.requests.rules.request import Action, Request, Step
from desktop_app.ledgers.three_lists import store as lists
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.storage.session import Unit


def own_problems(unit: Unit, request: Request) -> list[Problem]:
    """The problems that came of this request, the earliest first."""
    return lists.linked(unit.connection, "request", [request.uid])


def survivor(unit: Unit, problem: Problem) -> Problem:
    """The problem that this one was merged into at last, or itself."""
    seen = {problem.uid}
    while problem.merged_into is not None and problem.merged_into not in seen:
        into = lists.PROBLEM_SHELF.get(unit.connection, problem.merged_into)
        if into is None or problem.state is not ProblemState.MERGED:
            break
        seen.add(into.uid)
        problem = into
    return problem


def joined(unit: Unit, problem: Problem) -> list[Problem]:
    """This problem and every one that ended up in it, also by way of another."""
    found, asked = {problem.uid: problem}, [problem]
    while asked:
        fresh = [
            one
            for each in asked
            for one in lists.merged_into(unit.connection, each.uid)
            if one.uid not in found and one.state is ProblemState.MERGED
        ]
        found |= {one.uid: one for one in fresh}
        asked = fresh
    return list(found.values())


def carrier(unit: Unit, request: Request) -> Problem | None:
    """The open problem that carries this request; None when there is none."""
    for problem in own_problems(unit, request):
        last = survivor(unit, problem)
        if last.open and not last.deleted:
            return last
    return None


def requests_of(unit: Unit, problem: Problem) -> list[Request]:
    """The living requests that this problem carries, its own before those of merged ones."""
    uids = [one.request for one in joined(unit, problem) if one.request is not None]
    found = requests.SHELF.many(unit.connection, uids)
    rows = (found[uid] for uid in dict.fromkeys(uids) if uid in found)
    return [one for one in rows if not one.deleted and not one.petition]


def last_step(request: Request, *actions: Action) -> Step | None:
    """The last of these steps that was taken."""
    return next((step for step in reversed(request.steps) if step.action in actions), None)
