"""What is done to many requests at once: forgetting people, counting due days anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.course import due_of
from desktop_app.ledgers.requests.rules.request import Action, Request, Step
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.session import Desk

RECOUNTED_AT_ONCE = 50
_FIRST = Uid(int=0)


def forget_people(desk: Desk, residents: Sequence[Uid]) -> Changed[int]:
    """Take out of the requests everything that names these people (个人信息保护法 art. 47).

    The requests stay counted, with their title, which names nobody. Photos go, too: nobody can tell
    who is on them. Answers how many there were. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除诉求中的个人信息", needs=Right.ERASE) as unit:
        requests = store.naming(unit.connection, residents)
        store.forget_payloads(unit, [request.uid for request in requests])
        for request in requests:
            store.SHELF.put(unit, _without_person(request))
        unit.about(f"诉求 {len(requests)} 件")
    uids = tuple(request.uid for request in requests)
    return Changed(frozenset({KIND.name}), uids, len(requests))


def _without_person(request: Request) -> Request:
    escalated, answer = request.escalated, request.answer
    return altered(
        request,
        resident=None,
        name="",
        phone="",
        building="",
        unit="",
        room="",
        consented=False,
        external_number="",
        summary="",
        result="",
        call_back="",
        forwarded_number="",
        escalated=None if escalated is None else replace(escalated, reason=""),
        answer=None if answer is None else replace(answer, words=""),
        photos=(),
        remark="",
        steps=tuple(_without_words(step) for step in request.steps),
    )


def _without_words(step: Step) -> Step:
    """What somebody said goes; which request joined is a number and stays."""
    return step if step.action is Action.JOIN else replace(step, words="")


def recount_due(desk: Desk, job: Job) -> int:
    """Count the due days of requests that are not done anew after the calendar was changed.

    Many short transactions: it can be stopped and started again. Answers how many days moved.
    """
    days, after, moved = calendar(desk), _FIRST, 0
    while True:
        job.progress(moved, words="正在按新日历重算诉求的到期日")
        with desk.reading(needs=Right.READ) as connection:
            batch = store.with_limit(connection, after, RECOUNTED_AT_ONCE)
        stale = [request for request in batch if due_of(request, days) != request.due]
        if stale:
            moved += _recounted(desk, stale, days)
        if len(batch) < RECOUNTED_AT_ONCE:
            return moved
        after = batch[-1].uid


def _recounted(desk: Desk, stale: Sequence[Request], days: WorkCalendar) -> int:
    with desk.unit_of_work("按日历重算诉求到期日", needs=Right.MANAGE_STATION) as unit:
        # Read again: somebody may have taken a step since.
        current = store.SHELF.many(unit.connection, [request.uid for request in stale]).values()
        moved = [request for request in current if due_of(request, days) != request.due]
        for request in moved:
            store.SHELF.put(unit, altered(request, due=due_of(request, days)))
        unit.about(f"诉求 {len(moved)} 件")
    return len(moved)
