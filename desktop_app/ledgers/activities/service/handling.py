"""The steps of an activity after its plan: record, review, cancel, reopen, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import Action, Activity, Group
from desktop_app.ledgers.activities.rules.counting import with_counts
from desktop_app.ledgers.activities.rules.recording import (
    RecordForm,
    approved,
    recorded,
    submitted,
)
from desktop_app.ledgers.activities.rules.steps import take_step
from desktop_app.ledgers.activities.service.half_filled import RECORD, forget_in
from desktop_app.ledgers.activities.service.parts import back, count, moment, seen
from desktop_app.registers.people.service import works_alone
from desktop_app.storage.session import Desk, Unit

_NEEDS = {
    Action.START: Right.REGISTER,
    Action.APPROVE: Right.MANAGE_STATION,
    Action.SEND_BACK: Right.MANAGE_STATION,
    Action.REOPEN: Right.MANAGE_STATION,
}
"""Whoever is at the desk may open the doors; what is archived is the lead's or the community's."""


def open_sign_up(desk: Desk, uid: Uid, revision: int) -> Changed[Activity]:
    """开放报名: people may put their names down. Meetings skip it."""
    return _plain(desk, uid, revision, Action.OPEN_SIGN_UP)


def start(desk: Desk, uid: Uid, revision: int) -> Changed[Activity]:
    """It begins; the first person to sign in does the same."""
    return _plain(desk, uid, revision, Action.START)


def finish(desk: Desk, uid: Uid, revision: int) -> Changed[Activity]:
    """It is over and waits for its record."""
    return _plain(desk, uid, revision, Action.FINISH)


def cancel(desk: Desk, uid: Uid, revision: int, reason: str) -> Changed[Activity]:
    """It does not take place; figures leave it out."""
    return _plain(desk, uid, revision, Action.CANCEL, reason)


def send_back(desk: Desk, uid: Uid, revision: int, reason: str) -> Changed[Activity]:
    """退回: the reviewer wants something put right."""
    return _plain(desk, uid, revision, Action.SEND_BACK, reason)


def reopen(desk: Desk, uid: Uid, revision: int, reason: str) -> Changed[Activity]:
    """Take it out of the archive, or take back a cancellation."""
    return _plain(desk, uid, revision, Action.REOPEN, reason)


def record(desk: Desk, uid: Uid, revision: int, form: RecordForm) -> Changed[Activity]:
    """Write down what was done and what came of it; it may be done again until it is handed in.

    Whoever does so is the one who cannot approve it. Raises `InvalidInput` with every problem.
    """

    def recording(unit: Unit, before: Activity, now: Moment) -> Activity:
        after = recorded(before, form, now, unit.new_uid)
        forget_in(unit, uid, RECORD)
        return after

    return _step(desk, uid, revision, Action.RECORD, recording)


def correct_counts(
    desk: Desk, uid: Uid, revision: int, people: Mapping[Group, int | None], reason: str
) -> Changed[Activity]:
    """Say that there were more or fewer of a group than the sheet gives; None: as the sheet says.

    The history keeps the numbers, the reason and who says so.
    """

    def correcting(unit: Unit, before: Activity, now: Moment) -> Activity:
        return with_counts(before, people, reason, count(unit, before), now)

    return _step(desk, uid, revision, Action.CORRECT_COUNT, correcting)


def submit(desk: Desk, uid: Uid, revision: int, words: str = "") -> Changed[Activity]:
    """Hand the record in for review; `words` say why there are fewer than two photos, if so.

    Raises `InvalidInput` that lists all that is missing.
    """

    def submitting(unit: Unit, before: Activity, now: Moment) -> Activity:
        return submitted(before, words, count(unit, before), now)

    return _step(desk, uid, revision, Action.SUBMIT, submitting)


def approve(desk: Desk, uid: Uid, revision: int, outside: str = "") -> Changed[Activity]:
    """Approve and archive it: for who manages the station and did not write the record.

    At a one-person station it was reviewed by the community or the street; `outside` says by whom.
    """

    def approving(unit: Unit, before: Activity, now: Moment) -> Activity:
        return approved(before, now, alone=works_alone(unit), outside=outside)

    return _step(desk, uid, revision, Action.APPROVE, approving)


def _plain(
    desk: Desk, uid: Uid, revision: int, action: Action, words: str = ""
) -> Changed[Activity]:
    """A step that changes nothing but the state."""

    def stepping(unit: Unit, before: Activity, now: Moment) -> Activity:
        return take_step(before, action, words, now)

    return _step(desk, uid, revision, action, stepping)


def _step(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: Action,
    make: Callable[[Unit, Activity, Moment], Activity],
) -> Changed[Activity]:
    needs = _NEEDS.get(action, Right.HANDLE)
    with desk.unit_of_work(f"活动：{action.label}", needs=needs) as unit:
        before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(unit, before, moment(unit)))
        told = before.state is not saved.state
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}" if told else "")
    return changed(
        KIND.name, uid, saved, undo=Undo(f"撤销{action.label}", back(before, saved, needs))
    )
