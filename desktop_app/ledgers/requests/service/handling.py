"""The steps of a request after its registration: handling, merging, correcting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, Picture
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.answering import SentDown, answered_from_above
from desktop_app.ledgers.requests.rules.correction import altered_labels, corrected
from desktop_app.ledgers.requests.rules.course import joined, take_step
from desktop_app.ledgers.requests.rules.photos import photographed
from desktop_app.ledgers.requests.rules.request import Action, Request, Step, action_words
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.ledgers.requests.service.parts import back, moment, seen, undone
from desktop_app.ledgers.requests.service.pictures import keep_for_step
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in KIND.fields}


def act(
    desk: Desk,
    uid: Uid,
    action: Action,
    revision: int,
    details: StepDetails | None = None,
    *,
    pictures: Sequence[Picture] = (),
) -> Changed[Request]:
    """Take one step of a request: see `rules.steps.RULES` for which may follow which.

    `pictures` become photos of that step. `revision` is that of the request the clerk saw. Raises
    `Conflict` when it has changed since, `UserError` when the step may not be taken, `InvalidInput`
    when `details` say too little.
    """
    if action is Action.MERGE:
        into = None if details is None else details.merged_into
        return merge(desk, uid, revision, into, "" if details is None else details.words)
    photos = keep_for_step(desk, uid, pictures)
    with desk.unit_of_work(f"诉求：{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        saved = act_in(unit, desk, uid, action, details, revision=revision, photos=photos)
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    label = f"撤销{action_words(action, saved.kind)}"
    return changed(KIND.name, uid, saved, undo=Undo(label, back(before, saved)))


def act_in(
    unit: Unit,
    desk: Desk,
    uid: Uid,
    action: Action,
    details: StepDetails | None = None,
    *,
    revision: int | None = None,
    photos: Sequence[Photo] = (),
) -> Request:
    """Take one step as part of a unit of work; without a revision, of the request as it is now."""
    before = seen(unit, uid, revision)
    details = details or StepDetails()
    after = take_step(photographed(before, photos), action, details, moment(desk, unit))
    if action is Action.MERGE:
        _join(unit, desk, before, details.merged_into)
    return store.SHELF.put(unit, after)


def answer_in(unit: Unit, desk: Desk, sent: SentDown) -> Request | None:
    """Keep an answer that came down from the street, as part of a unit of work.

    Answers the request when it brought anything, and None when it is known already, or when the
    request is not here any more; see `rules.answering`.
    """
    request = store.SHELF.get(unit.connection, sent.request)
    if request is None or request.deleted or request.petition:
        return None
    after = answered_from_above(request, sent, moment(desk, unit))
    return None if after is None else store.SHELF.put(unit, after)


def merge(
    desk: Desk, uid: Uid, revision: int, into: Uid | None, words: str = ""
) -> Changed[Request]:
    """Merge a request into another one that is still open and tells the same.

    It keeps its own resident, words and course: from the one kept every resident that waits for the
    answer is found, from each resident the one that is kept. Its `Undo` parts them again.
    """
    with desk.unit_of_work("诉求：合并", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        details = StepDetails(words=words, merged_into=into)
        saved = act_in(unit, desk, uid, Action.MERGE, details, revision=revision)
        assert saved.merged_into is not None, "take_step has asked for it"
        kept = store.SHELF.need(unit.connection, saved.merged_into)
        unit.about(saved.number, f"并入 {kept.number}")
    uids = (uid, kept.uid)
    return Changed(frozenset({KIND.name}), uids, saved, Undo("撤销合并", _parted(before, saved)))


def _join(unit: Unit, desk: Desk, request: Request, into: Uid | None) -> None:
    """Have the one that is kept say in its own course who joined it."""
    assert into is not None, "take_step has asked for it"
    kept = store.SHELF.need(unit.connection, into)
    if kept.petition or not kept.open:
        raise UserError(
            "要并入的那一条已经结束、已被合并或只计件数，没有改动。",
            "请选还在办理的那一条；已办结的请先重新打开。",
            field="merged_into",
        )
    store.SHELF.put(unit, joined(kept, request.number, moment(desk, unit)))


def _parted(before: Request, saved: Request) -> Callable[[Desk], Changed[Request]]:
    """Undo of a merge: the request goes on by itself, and the one it had joined says so."""

    def undo(desk: Desk) -> Changed[Request]:
        with desk.unit_of_work("撤销合并", needs=Right.HANDLE) as unit:
            put = store.SHELF.put(unit, undone(before, saved, unit))
            assert saved.merged_into is not None, "it was merged"
            kept = store.SHELF.get(unit.connection, saved.merged_into)
            if kept is not None and not kept.deleted:
                words = f"{saved.number} 不再并入"
                step = Step(unit.now, unit.actor.name, Action.UNDO, kept.state, words)
                store.SHELF.put(unit, altered(kept, steps=(*kept.steps, step)))
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return Changed(frozenset({KIND.name}), (put.uid, saved.merged_into), put)

    return undo


def correct(
    desk: Desk, uid: Uid, revision: int, changes: Mapping[str, Any], reason: str = ""
) -> Changed[Request]:
    """Correct what was written down; `rules.correction.CORRECTABLE` lists what.

    `reason` goes into the step beside the names of what was corrected, not into the audit.
    """
    with desk.unit_of_work("更正诉求", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        after = corrected(before, changes, moment(desk, unit), _LABELS, reason)
        saved = store.SHELF.put(unit, after)
        unit.about(saved.number, altered_labels(before, saved, _LABELS))
    return changed(KIND.name, uid, saved, undo=Undo("撤销更正", back(before, saved)))
