"""Raising problems, listing, merging, withdrawing, opening them again, and putting them right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, Picture, captions_of
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules.course import LINE_LIMIT, reason
from desktop_app.ledgers.three_lists.rules.problem import (
    NUMBER_SERIES,
    Problem,
    ProblemAction,
    ProblemStep,
)
from desktop_app.ledgers.three_lists.rules.problem_entry import (
    ProblemForm,
    checked,
    differences,
    raised,
)
from desktop_app.ledgers.three_lists.rules.problem_steps import (
    declined_offer,
    listed,
    merged,
    photographed,
    refuse_unless,
    reopened,
    with_step,
    withdrawn,
)
from desktop_app.ledgers.three_lists.service.parts import moment, seen_problem
from desktop_app.storage.numbering import next_number
from desktop_app.storage.pictures import keep
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in PROBLEMS.fields}


def raise_problem(desk: Desk, form: ProblemForm) -> Changed[Problem]:
    """Write a problem down; with `form.listed` it comes onto the list at once.

    Raises `InvalidInput` with every problem of the form.
    """
    with desk.unit_of_work("提出问题", needs=Right.REGISTER) as unit:
        saved = raise_in(unit, form)
    return changed(PROBLEMS.name, saved.uid, saved, undo=_back_out(saved))


def raise_in(unit: Unit, form: ProblemForm) -> Problem:
    """The same as part of a unit of work: a request, a visit or a resolution becomes a problem."""
    now = moment(unit)
    tidy = checked(form, now.today)
    day = tidy.raised_on or now.today
    number = next_number(unit, day.year, series=NUMBER_SERIES)
    problem = raised(tidy, unit.new_uid(), unit.station.code, number, now)
    if tidy.listed:
        problem = listed(problem, now)
    saved = store.PROBLEM_SHELF.put(unit, problem)
    unit.about(saved.number)
    return saved


def list_problem(desk: Desk, uid: Uid, revision: int) -> Changed[Problem]:
    """入单: put a problem onto the list, where units may claim it."""
    return _stepped(desk, uid, revision, ProblemAction.LIST, listed)


def withdraw_problem(
    desk: Desk, uid: Uid, revision: int, words: str, pictures: Sequence[Picture] = ()
) -> Changed[Problem]:
    """撤回, with the reason and photos that show it; refused while a unit is at it."""
    photos = _kept_for(desk, uid, ProblemAction.WITHDRAW, pictures)
    return _stepped(
        desk,
        uid,
        revision,
        ProblemAction.WITHDRAW,
        lambda before, now: withdrawn(photographed(before, photos), words, now),
    )


def withdraw_in(unit: Unit, uid: Uid, words: str) -> Problem:
    """The same as part of a unit of work: the request it came from was taken off the list."""
    before = seen_problem(unit, uid, None)
    saved = store.PROBLEM_SHELF.put(unit, withdrawn(before, words, moment(unit)))
    unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    return saved


def reopen_problem(
    desk: Desk, uid: Uid, revision: int, words: str, pictures: Sequence[Picture] = ()
) -> Changed[Problem]:
    """Put a closed or withdrawn problem onto the list again, with photos that show why; what was
    done before stays with it."""
    photos = _kept_for(desk, uid, ProblemAction.REOPEN, pictures)
    return _stepped(
        desk,
        uid,
        revision,
        ProblemAction.REOPEN,
        lambda before, now: reopened(photographed(before, photos), words, now),
    )


def reopen_in(unit: Unit, uid: Uid, words: str) -> Problem:
    """The same as part of a unit of work: the request it came from is on the list again."""
    before = seen_problem(unit, uid, None)
    saved = store.PROBLEM_SHELF.put(unit, reopened(before, words, moment(unit)))
    unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    return saved


def merge_problem(
    desk: Desk, uid: Uid, revision: int, into: Uid, words: str = ""
) -> Changed[Problem]:
    """并入: the problem tells the same as another one, which counts it as repeated."""
    with desk.unit_of_work(_label(ProblemAction.MERGE), needs=Right.HANDLE) as unit:
        # In one order, whichever is merged into which: two desks must not wait for each other.
        locked = {one: seen_problem(unit, one, None) for one in sorted({uid, into})}
        before = seen_problem(unit, uid, revision)
        gone, kept = merged(before, locked[into], _line(words), moment(unit))
        saved = store.PROBLEM_SHELF.put(unit, gone)
        survivor = store.PROBLEM_SHELF.put(unit, kept)
        unit.about(saved.number, f"并入 {survivor.number}")

    def undo(desk: Desk) -> Changed[Problem]:
        with desk.unit_of_work("撤销并入", needs=Right.HANDLE) as unit:
            seen_problem(unit, survivor.uid, survivor.revision)
            seen_problem(unit, saved.uid, saved.revision)
            _put_back(unit, locked[into], survivor)
            put = _put_back(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return Changed(frozenset({PROBLEMS.name}), (uid, into), put)

    return Changed(frozenset({PROBLEMS.name}), (uid, into), saved, Undo("撤销并入", undo))


def change_problem(
    desk: Desk, uid: Uid, revision: int, form: ProblemForm, why: str = ""
) -> Changed[Problem]:
    """Put right what was written down; its duties keep its category and place.

    Raises `UserError` when nothing would change.
    """
    with desk.unit_of_work(_label(ProblemAction.CHANGE), needs=Right.HANDLE) as unit:
        before = seen_problem(unit, uid, revision)
        refuse_unless(before, ProblemAction.CHANGE)
        now = moment(unit)
        changes = differences(before, checked(_dated(form, before), now.today))
        if not changes:
            raise UserError("没有任何改动，没有保存。", "请改好后再保存。")
        named = "、".join(_LABELS[name] for name in changes)
        words = f"{named}：{reason(why, '更正原因')}" if why else named
        saved = store.PROBLEM_SHELF.put(
            unit, with_step(before, ProblemAction.CHANGE, now, words, **changes)
        )
        _hand_down(unit, saved)
        unit.about(saved.number, named)
    kinds = frozenset({PROBLEMS.name, DUTIES.name})
    return Changed(kinds, (uid,), saved, undo_step("撤销更正", before, saved, hand_down=True))


def decline_match(desk: Desk, uid: Uid, revision: int, offer: Uid, words: str) -> Changed[Problem]:
    """谢绝配餐: an offer does not fit this problem, with the reason; it is not proposed again."""

    with desk.unit_of_work(_label(ProblemAction.DECLINE_OFFER), needs=Right.HANDLE) as unit:
        before = seen_problem(unit, uid, revision)
        refuse_unless(before, ProblemAction.DECLINE_OFFER)
        found = store.OFFER_SHELF.need(unit.connection, offer)
        why = reason(words, "谢绝的原因")
        after = declined_offer(before, found.uid, found.number, why, moment(unit))
        saved = store.PROBLEM_SHELF.put(unit, after)
        unit.about(saved.number, found.number)
    return changed(PROBLEMS.name, uid, saved, undo=undo_step("撤销谢绝", before, saved))


def _stepped(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: ProblemAction,
    make: Callable[[Problem, Moment], Problem],
) -> Changed[Problem]:
    with desk.unit_of_work(_label(action), needs=Right.HANDLE) as unit:
        before = seen_problem(unit, uid, revision)
        saved = store.PROBLEM_SHELF.put(unit, make(before, moment(unit)))
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    return changed(PROBLEMS.name, uid, saved, undo=undo_step(f"撤销{action.label}", before, saved))


def undo_step(label: str, before: Problem, saved: Problem, *, hand_down: bool = False) -> Undo:
    """The way back: the problem as it was, with one more step that says so."""

    def undo(desk: Desk) -> Changed[Problem]:
        with desk.unit_of_work("撤销问题的上一步", needs=Right.HANDLE) as unit:
            seen_problem(unit, saved.uid, saved.revision)
            put = _put_back(unit, before, saved)
            if hand_down:
                _hand_down(unit, put)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(PROBLEMS.name, put.uid, put)

    return Undo(label, undo)


def _kept_for(
    desk: Desk, uid: Uid, action: ProblemAction, pictures: Sequence[Picture]
) -> tuple[Photo, ...]:
    """The pictures of a step that is about to be taken, kept once it is sure that it may be."""
    if not pictures:
        return ()
    captions = captions_of(pictures, LINE_LIMIT)
    with desk.reading(needs=Right.HANDLE) as connection:
        refuse_unless(store.PROBLEM_SHELF.need(connection, uid), action)
    return keep(desk.database.blobs, pictures, captions)


def _put_back(unit: Unit, before: Problem, saved: Problem) -> Problem:
    step = ProblemStep(unit.now, unit.actor.name, ProblemAction.UNDO, before.state)
    restored = altered(before, revision=saved.revision, steps=(*saved.steps, step))
    return store.PROBLEM_SHELF.put(unit, restored)


def _back_out(saved: Problem) -> Undo:
    """A problem that was raised by mistake goes; its number is not used again."""

    def undo(desk: Desk) -> Changed[Problem]:
        with desk.unit_of_work("撤销提出", needs=Right.REGISTER) as unit:
            gone = store.PROBLEM_SHELF.remove(unit, seen_problem(unit, saved.uid, saved.revision))
            unit.about(gone.number)
        return changed(PROBLEMS.name, gone.uid, gone)

    return Undo("撤销提出", undo)


def _hand_down(unit: Unit, problem: Problem) -> None:
    """Its duties are counted by the category and the place it has now."""
    for duty in store.duties_of(unit.connection, problem.uid):
        told: dict[str, Any] = {"category": problem.category, "compound": problem.compound}
        if any(getattr(duty, name) != value for name, value in told.items()):
            store.DUTY_SHELF.put(unit, altered(duty, **told))


def _dated(form: ProblemForm, before: Problem) -> ProblemForm:
    """The form with the day the problem was raised, which a correction need not repeat."""
    return form if form.raised_on else replace(form, raised_on=before.raised_on)


def _line(words: str) -> str:
    return reason(words, "说明") if words.strip() else ""


def _label(action: ProblemAction) -> str:
    return f"问题：{action.label}"
