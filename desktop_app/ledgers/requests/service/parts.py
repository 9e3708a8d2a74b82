"""What several use cases of requests share."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.request import Action, Request, Step
from desktop_app.ledgers.requests.rules.steps import Moment
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.session import Desk, Unit


def seen(unit: Unit, uid: Uid, revision: int | None) -> Request:
    """The request, if it is still as the clerk saw it; no revision: as it is now."""
    request = store.SHELF.need(unit.connection, uid)
    if revision is not None and request.revision != revision:
        raise Conflict(KIND.label)
    return request


def moment(desk: Desk, unit: Unit) -> Moment:
    """Now, by whoever sits at the desk, in the station's working days."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, calendar(desk))


def undone(before: Request, saved: Request, unit: Unit) -> Request:
    """The request as it was before a step, with one more step that says so."""
    step = Step(unit.now, unit.actor.name, Action.UNDO, before.state)
    return altered(before, revision=saved.revision, steps=(*saved.steps, step))


def back_in(unit: Unit, before: Request, saved: Request) -> Request:
    """Take a step back as part of a unit of work that takes back something else, too."""
    return store.SHELF.put(unit, undone(before, saved, unit))


def back(before: Request, saved: Request) -> Callable[[Desk], Changed[Request]]:
    """Undo of a step; refused with `Conflict` when somebody took another one since."""

    def undo(desk: Desk) -> Changed[Request]:
        with desk.unit_of_work("撤销上一步", needs=Right.HANDLE) as unit:
            put = back_in(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(KIND.name, put.uid, put)

    return undo
