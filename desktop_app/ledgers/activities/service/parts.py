"""What several use cases of the ledger share: the record as seen, the moment, the way back."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import Action, Activity, Step
from desktop_app.ledgers.activities.rules.counting import HeadCount
from desktop_app.storage.session import Desk, Unit


def seen(unit: Unit, uid: Uid, revision: int) -> Activity:
    """The activity as the clerk saw it; `Conflict` when it has changed since.

    Its row stays locked until the unit ends: two desks of a hall must not both change it.
    """
    activity = store.to_change(unit.connection, uid)
    if activity.revision != revision:
        raise Conflict(KIND.label)
    return activity


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def count(unit: Unit, activity: Activity) -> HeadCount:
    """The people of one activity, as the sheet stands."""
    return store.head_counts(unit.connection, [activity])[activity.uid]


def back(before: Activity, saved: Activity, needs: Right) -> Callable[[Desk], Changed[Activity]]:
    """Undo of a step: the activity as it was, with one more step that says so."""

    def undo(desk: Desk) -> Changed[Activity]:
        with desk.unit_of_work("撤销活动的上一步", needs=needs) as unit:
            put = put_back(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(KIND.name, put.uid, put)

    return undo


def put_back(unit: Unit, before: Activity, saved: Activity) -> Activity:
    """Save an earlier form of an activity as its next revision."""
    step = Step(unit.now, unit.actor.name, Action.UNDO, before.state)
    restored = altered(before, revision=saved.revision, steps=(*saved.steps, step))
    return store.SHELF.put(unit, restored)
