"""Dispatching problems to units, and what becomes of it until the line is closed.

Each step saves the duty, the amount its offer keeps and the state of its problem in one unit of
work. Whoever comes second gets a `Conflict` and nothing of his is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, Picture, captions_of
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import DUTIES
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT
from desktop_app.ledgers.three_lists.rules.duty import (
    NUMBER_SERIES,
    Duty,
    DutyAction,
    DutyStep,
)
from desktop_app.ledgers.three_lists.rules.duty_entry import (
    CORRECTABLE,
    DutyForm,
    checked,
    corrected,
    proposed,
)
from desktop_app.ledgers.three_lists.rules.duty_steps import (
    UNDOABLE,
    DutyDetails,
    holds,
    photographed,
    refuse_unless,
    reopened,
    take_step,
    with_activity,
    with_step,
)
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.offer_steps import as_kept, released, reserved
from desktop_app.ledgers.three_lists.rules.problem import OPEN, Problem
from desktop_app.ledgers.three_lists.rules.problem_steps import declined_offer, refuse_duty
from desktop_app.ledgers.three_lists.service.parts import (
    ALL_KINDS,
    follow,
    moment,
    seen_duty,
    seen_offer,
    seen_problem,
)
from desktop_app.registers.people.service import works_alone
from desktop_app.storage.numbering import next_number
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in DUTIES.fields}
_TAKEN_BACK = "撤销交办"

Make = Callable[[Unit, Problem | None, Duty, Moment], Duty]


def propose(desk: Desk, form: DutyForm) -> Changed[Duty]:
    """交办: make a duty of a problem, with something of an offer or without one.

    Raises `InvalidInput` with every problem of the form, and `UserError` when the problem is not on
    the list or less of the offer is free than wanted.
    """
    with desk.unit_of_work(_label(DutyAction.PROPOSE), needs=Right.HANDLE) as unit:
        saved = propose_in(unit, form)

    def undo(desk: Desk) -> Changed[Duty]:
        details = DutyDetails(words=_TAKEN_BACK)
        return replace(act(desk, saved.uid, DutyAction.CANCEL, saved.revision, details), undo=None)

    return Changed(ALL_KINDS, _touched(saved), saved, Undo(_TAKEN_BACK, undo))


def propose_in(unit: Unit, form: DutyForm) -> Duty:
    """The same as part of a unit of work: a request is dispatched to a 共建单位."""
    if form.problem is None:
        raise UserError("还没有选问题，没有保存。", "请先选是哪个问题。", field="problem")
    problem = seen_problem(unit, form.problem, None)
    offer = None if form.offer is None else seen_offer(unit, form.offer, None)
    now = moment(unit)
    refuse_duty(problem)
    tidy = checked(form, offer, now.today)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    duty = proposed(tidy, problem, unit.new_uid(), unit.station.code, number, now)
    if offer is not None:
        _refuse_for_another(offer, problem)
        counted = as_kept(offer, _kept(unit, offer.uid))
        store.OFFER_SHELF.put(unit, reserved(counted, duty.amount or 0, number, now))
    saved = store.DUTY_SHELF.put(unit, duty)
    follow(unit, problem, number)
    unit.about(saved.number, problem.number)
    return saved


def _kept(unit: Unit, offer: Uid) -> int:
    """How much of an offer its duties keep."""
    return sum(holds(duty) for duty in store.duties_on(unit.connection, offer))


def _refuse_for_another(offer: Offer, problem: Problem) -> None:
    if offer.for_problem not in (None, problem.uid):
        raise UserError(
            "这项资源是专为另一个问题提供的，没有改动。", "请选别的资源。", field="offer"
        )


def act(
    desk: Desk,
    uid: Uid,
    action: DutyAction,
    revision: int,
    details: DutyDetails | None = None,
    *,
    pictures: Sequence[Picture] = (),
) -> Changed[Duty]:
    """Take one step of a duty: see `rules.duty_steps.RULES` for which may follow which.

    `pictures` become evidence that belongs to that step. `revision` is that of the duty the clerk
    saw. Raises `Conflict` when it has changed since, `UserError` when the step may not be taken or
    the details say too little.
    """
    told = details or DutyDetails()
    photos = _kept_for(desk, uid, action, pictures)

    def make(unit: Unit, problem: Problem | None, before: Duty, now: Moment) -> Duty:
        if action is DutyAction.REOPEN:
            return _reopened(problem, before, told.words, now)
        alone = action is DutyAction.REVIEW_OK and works_alone(unit)
        shown = photographed(before, action, photos)
        return take_step(shown, action, replace(told, alone=alone), now)

    return _stepped(desk, uid, revision, action, make)


def _kept_for(
    desk: Desk, uid: Uid, action: DutyAction, pictures: Sequence[Picture]
) -> tuple[Photo, ...]:
    """The pictures of a step that is about to be taken, kept once it is sure that it may be."""
    if not pictures:
        return ()
    captions = captions_of(pictures, LINE_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        refuse_unless(store.DUTY_SHELF.need(connection, uid), action)
    return keep(desk.database.blobs, pictures, captions)


def _reopened(problem: Problem | None, before: Duty, words: str, now: Moment) -> Duty:
    refuse_unless(before, DutyAction.REOPEN)
    if problem is None:
        raise UserError("这条责任的问题还没有报上来，没有改动。", "请等站点下一次上报。")
    refuse_duty(problem, again=True)
    return reopened(before, problem, words, now)


def change_duty(desk: Desk, uid: Uid, revision: int, form: DutyForm) -> Changed[Duty]:
    """Put right unit, person, helpers or measures of a duty before it is handed in.

    The due day is extended with a reason instead, the amount agreed anew in another duty.
    """

    def make(unit: Unit, problem: Problem | None, before: Duty, now: Moment) -> Duty:
        refuse_unless(before, DutyAction.CHANGE)
        tidy = corrected(form)
        changes = {
            name: getattr(tidy, name)
            for name in CORRECTABLE
            if getattr(tidy, name) != getattr(before, name)
        }
        if not changes:
            raise UserError("没有任何改动，没有保存。", "请改好后再保存。")
        named = "、".join(_LABELS[name] for name in changes)
        return with_step(before, DutyAction.CHANGE, now, named, **changes)

    return _stepped(desk, uid, revision, DutyAction.CHANGE, make)


def link_activity(desk: Desk, uid: Uid, revision: int, activity: Uid, number: str) -> Changed[Duty]:
    """Note that an activity served this duty; `number` is the activity's."""
    return _stepped(
        desk,
        uid,
        revision,
        DutyAction.LINK_ACTIVITY,
        lambda unit, problem, before, now: with_activity(before, activity, number, now),
    )


def changed_by(
    desk: Desk, uid: Uid, revision: int, action: DutyAction, make: Callable[[Duty, Moment], Duty]
) -> Changed[Duty]:
    """A step that another module of this service makes of the duty (its evidence)."""
    return _stepped(
        desk, uid, revision, action, lambda unit, problem, before, now: make(before, now)
    )


def _stepped(desk: Desk, uid: Uid, revision: int, action: DutyAction, make: Make) -> Changed[Duty]:
    with desk.unit_of_work(_label(action), needs=Right.HANDLE) as unit:
        problem, offer, before = seen_duty(unit, uid, revision)
        now = moment(unit)
        saved = store.DUTY_SHELF.put(unit, make(unit, problem, before, now))
        freed = holds(before) - holds(saved)
        if offer is not None and freed > 0:
            less = released(offer, freed, saved.number, now)
            store.OFFER_SHELF.put(unit, as_kept(less, _kept(unit, offer.uid)))
        if action is DutyAction.DECLINE:
            problem = _remember(unit, problem, offer, saved, now)
        follow(unit, problem, saved.number)
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    undo = _undo(action, before, saved) if action in UNDOABLE else None
    return Changed(ALL_KINDS, _touched(saved), saved, undo)


def _remember(
    unit: Unit, problem: Problem | None, offer: Offer | None, duty: Duty, now: Moment
) -> Problem | None:
    """A unit that said no to this problem is not asked again for the same."""
    if problem is None or offer is None or problem.state not in OPEN:
        return problem
    after = declined_offer(problem, offer.uid, offer.number, duty.decline_reason, now)
    return store.PROBLEM_SHELF.put(unit, after)


def _undo(action: DutyAction, before: Duty, saved: Duty) -> Undo:
    """The way back: the duty as it was, with one more step that says so."""

    def undo(desk: Desk) -> Changed[Duty]:
        with desk.unit_of_work("撤销责任的上一步", needs=Right.HANDLE) as unit:
            problem, _, _ = seen_duty(unit, saved.uid, saved.revision)
            step = DutyStep(unit.now, unit.actor.name, DutyAction.UNDO, before.state)
            put = store.DUTY_SHELF.put(
                unit, altered(before, revision=saved.revision, steps=(*saved.steps, step))
            )
            follow(unit, problem, put.number)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return Changed(ALL_KINDS, _touched(put), put)

    return Undo(f"撤销{action.label}", undo)


def _touched(duty: Duty) -> tuple[Uid, ...]:
    return tuple(uid for uid in (duty.uid, duty.problem, duty.offer) if uid is not None)


def _label(action: DutyAction) -> str:
    return f"责任：{action.label}"
