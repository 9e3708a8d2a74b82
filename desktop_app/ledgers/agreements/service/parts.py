"""What several use cases of the ledger share: the record as seen, the moment, the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement, Step
from desktop_app.storage.session import Desk, Unit

Pair = tuple[Agreement, Agreement]
"""An agreement before a step and as it was saved after it."""


def seen(unit: Unit, uid: Uid, revision: int) -> Agreement:
    """The agreement as the clerk saw it; `Conflict` when it has changed since.

    Its row stays locked until the unit ends: two desks of a hall must not both change it.
    """
    agreement = store.to_change(unit, uid)
    if agreement.revision != revision:
        raise Conflict(KIND.label)
    return agreement


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def back(pairs: Sequence[Pair]) -> Callable[[Desk], Changed[Agreement]]:
    """Undo of a step: the agreements as they were, each with one more step that says so.

    Refused as a `Conflict` once anything else was done to one of them: so a signing can never be
    taken back from under a supplement.
    """

    def undo(desk: Desk) -> Changed[Agreement]:
        with desk.unit_of_work("撤销协议的上一步", needs=Right.HANDLE) as unit:
            found = [_put_back(unit, before, saved) for before, saved in pairs]
            before, saved = pairs[0]
            unit.about(saved.number, f"{saved.state.label} → {before.state.label}")
        return Changed(frozenset({KIND.name}), tuple(one.uid for one in found), found[0])

    return undo


def _put_back(unit: Unit, before: Agreement, saved: Agreement) -> Agreement:
    step = Step(unit.now, unit.actor.name, Action.UNDO, before.state)
    restored = altered(before, revision=saved.revision, steps=(*saved.steps, step))
    return store.SHELF.put(unit, restored)
