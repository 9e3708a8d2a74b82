"""The steps of a matter after its registration, corrections, evaluations, and forgetting people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import EVALUATIONS, KIND
from desktop_app.ledgers.visits.rules.correction import altered, corrected
from desktop_app.ledgers.visits.rules.evaluating import refuse_own_paper, refuse_unfinished
from desktop_app.ledgers.visits.rules.steps import Moment, StepDetails, due_of, take_step
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    EnteredFrom,
    Evaluation,
    Step,
    Visit,
    VisitState,
)
from desktop_app.registers.people.service import works_alone
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.session import Desk, Unit

RECOUNTED_AT_ONCE = 50
_FIRST = Uid(int=0)
_LABELS = {field.name: field.label for field in KIND.fields}


def act(
    desk: Desk, uid: Uid, action: Action, revision: int, details: StepDetails | None = None
) -> Changed[Visit]:
    """Take one step of a matter: see `rules.steps.RULES` for which may follow which.

    `revision` is that of the visit the clerk saw. Raises `Conflict` when it has changed since,
    `UserError` when the step may not be taken, `InvalidInput` when `details` say too little.
    """
    needs = Right.REGISTER if action is Action.REPORT_URGENT else Right.HANDLE
    with desk.unit_of_work(f"来访：{action.label}", needs=needs) as unit:
        before = _seen(unit, uid, revision)
        saved = act_in(unit, desk, before, action, details)
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    return changed(KIND.name, uid, saved, undo=Undo(f"撤销{action.label}", _back(before, saved)))


def act_in(
    unit: Unit, desk: Desk, before: Visit, action: Action, details: StepDetails | None = None
) -> Visit:
    """Take one step of a visit as part of a unit of work that is about something else, too."""
    details = details or StepDetails()
    after = take_step(before, action, details, _moment(desk, unit))
    if action is Action.MERGE:
        _refuse_merge_target(unit, before, details)
    return store.SHELF.put(unit, after)


def back_in(unit: Unit, before: Visit, saved: Visit) -> Visit:
    """Take a step back, with one more step that says so; `Conflict` once another was taken."""
    step = Step(unit.now, unit.actor.name, Action.UNDO, before.state)
    restored = replace(before, revision=saved.revision, steps=(*saved.steps, step))
    return store.SHELF.put(unit, restored)


def correct(
    desk: Desk, uid: Uid, revision: int, changes: Mapping[str, Any], reason: str = ""
) -> Changed[Visit]:
    """Correct what was written down at the counter; `rules.correction.CORRECTABLE` lists what.

    `reason` goes into the step beside the names of what was corrected, not into the audit.
    """
    with desk.unit_of_work("更正来访", needs=Right.HANDLE) as unit:
        before = _seen(unit, uid, revision)
        after = corrected(before, changes, _moment(desk, unit), _LABELS, reason)
        saved = store.SHELF.put(unit, after)
        unit.about(saved.number, altered(before, saved, _LABELS))
    return changed(KIND.name, uid, saved, undo=Undo("撤销更正", _back(before, saved)))


def evaluate(desk: Desk, uid: Uid, level: Satisfaction, entered_from: EnteredFrom) -> Changed[None]:
    """Take in the resident's own evaluation of a matter, once. It is only ever counted.

    Sources: GB/T 39735-2020 (five levels); one matter, one evaluation. Who gave which is shown to
    nobody, so the answer holds nothing and the audit does not name the level. From paper it is
    entered by who manages the station and did not handle the matter: see `rules.evaluating`.
    """
    paper = entered_from is EnteredFrom.PAPER
    needs = Right.MANAGE_STATION if paper else Right.REGISTER
    with desk.unit_of_work("录入纸质评价" if paper else "居民评价", needs=needs) as unit:
        visit = store.SHELF.need(unit.connection, uid)
        refuse_unfinished(visit)
        if paper:
            actor = unit.actor
            refuse_own_paper(visit, actor.uid, actor.name, alone=works_alone(unit))
        if store.is_evaluated(unit.connection, visit.uid):
            raise UserError("这件事已经评价过，没有再记一次。", "一件事只评价一次。")
        evaluation = Evaluation(
            uid=unit.new_uid(),
            station=unit.station.code,
            visit=uid,
            level=level,
            entered_from=entered_from,
            at=unit.now,
            day=unit.zone.day(unit.now),
        )
        store.EVALUATION_SHELF.put(unit, evaluation)
        unit.about(visit.number)
    return Changed(frozenset({EVALUATIONS.name}), (uid,), None)


def forget_people(desk: Desk, residents: Sequence[Uid]) -> Changed[int]:
    """Take out of the visits everything that names these people (个人信息保护法 art. 47).

    The matters stay counted. Answers how many visits there were. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除来访中的个人信息", needs=Right.ERASE) as unit:
        visits = store.naming(unit.connection, residents)
        store.forget_payloads(unit, [visit.uid for visit in visits])
        for visit in visits:
            store.SHELF.put(unit, _without_person(visit))
        unit.about(f"来访 {len(visits)} 件")
    return Changed(frozenset({KIND.name}), tuple(visit.uid for visit in visits), len(visits))


def recount_due(desk: Desk, job: Job) -> int:
    """Count the due days of open matters anew after the calendar was changed.

    Many short transactions: it can be stopped and started again. Answers how many days moved.
    """
    days, after, moved = calendar(desk), _FIRST, 0
    while True:
        job.progress(moved, words="正在按新日历重算到期日")
        with desk.reading(needs=Right.READ) as connection:
            batch = store.with_limit(connection, after, RECOUNTED_AT_ONCE)
        stale = [visit for visit in batch if due_of(visit, days) != visit.due]
        if stale:
            moved += _recounted(desk, stale, days)
        if len(batch) < RECOUNTED_AT_ONCE:
            return moved
        after = batch[-1].uid


def _recounted(desk: Desk, stale: Sequence[Visit], days: WorkCalendar) -> int:
    with desk.unit_of_work("按日历重算到期日", needs=Right.MANAGE_STATION) as unit:
        # Read again: somebody may have taken a step since.
        current = store.SHELF.many(unit.connection, [visit.uid for visit in stale]).values()
        moved = [visit for visit in current if due_of(visit, days) != visit.due]
        for visit in moved:
            store.SHELF.put(unit, replace(visit, due=due_of(visit, days)))
        unit.about(f"来访 {len(moved)} 件")
    return len(moved)


def _seen(unit: Unit, uid: Uid, revision: int) -> Visit:
    visit = store.SHELF.need(unit.connection, uid)
    if visit.revision != revision:
        raise Conflict(KIND.label)
    return visit


def _moment(desk: Desk, unit: Unit) -> Moment:
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, calendar(desk))


def _back(before: Visit, saved: Visit) -> Callable[[Desk], Changed[Visit]]:
    """Undo of a step: the visit as it was, with one more step that says so."""

    def undo(desk: Desk) -> Changed[Visit]:
        with desk.unit_of_work("撤销上一步", needs=Right.HANDLE) as unit:
            put = back_in(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(KIND.name, put.uid, put)

    return undo


def _refuse_merge_target(unit: Unit, visit: Visit, details: StepDetails) -> None:
    assert details.merged_into is not None, "take_step has asked for it"
    target = store.SHELF.need(unit.connection, details.merged_into)
    if target.state is VisitState.MERGED or target.petition:
        raise UserError(
            "要并入的那一条本身已被合并或不能合并，没有改动。",
            "请选最终保留的那一条。",
            field="merged_into",
        )


def _without_person(visit: Visit) -> Visit:
    return replace(
        visit,
        resident=None,
        name="",
        gender=Gender.UNKNOWN,
        birth_year=None,
        phone="",
        building="",
        unit="",
        room="",
        agent=None,
        representatives=(),
        summary="",
        result="",
        follow_up="",
        remark="",
        steps=tuple(replace(step, words="") for step in visit.steps),
    )
