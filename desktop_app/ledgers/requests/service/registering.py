"""Writing a request down."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.entry import RequestForm, check_clock, checked
from desktop_app.ledgers.requests.rules.registration import Counter, request_of
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

UNDO_MINUTES = 10
"""How long a registration can be taken back whole; afterwards it is withdrawn with a reason."""

SERIES = "S"
_NOON = (12, 0)


def register(
    desk: Desk, form: RequestForm, *, beside: Callable[[Unit], None] | None = None
) -> Changed[Request]:
    """Write a request down. With `form.day` before today it is 补录 and marked so.

    `beside` does what must happen together with it or not at all (the draft it was goes). Raises
    `InvalidInput` with every problem of the form.
    """
    late = form.day is not None and form.day != desk.today
    with desk.unit_of_work("补录诉求" if late else "登记诉求", needs=Right.REGISTER) as unit:
        made = register_in(unit, desk, form)
        unit.about(made.number)
        if beside is not None:
            beside(unit)
    return changed(KIND.name, made.uid, made, undo=Undo("撤销登记", _take_back(made)))


def register_in(unit: Unit, desk: Desk, form: RequestForm) -> Request:
    """Write a request down as part of a unit of work that names what it is about itself."""
    today = unit.zone.day(unit.now)
    check_clock(today)
    form = checked(form, today)
    day = form.day or today
    hour, minute = form.time or _NOON
    counter = Counter(
        uid=unit.new_uid(),
        number=next_number(unit, day.year, series=SERIES),
        station=unit.station.code,
        clerk=unit.actor.uid,
        clerk_name=unit.actor.name,
        now=unit.now,
        today=today,
        at=unit.now if day == today and form.time is None else unit.zone.at(day, hour, minute),
        day=day,
        calendar=calendar(desk),
    )
    return store.SHELF.put(unit, request_of(form, counter))


def take_back_in(unit: Unit, made: Request) -> Request:
    """Take a registration back as part of a unit of work; refused once it is old or changed."""
    if unit.now - made.created_at > UNDO_MINUTES * 60_000:
        raise UserError(
            f"登记已超过{UNDO_MINUTES}分钟，不能再整条撤销，没有改动。",
            "请用“撤回”，并写明原因。",
        )
    current = store.SHELF.need(unit.connection, made.uid)
    if current.revision != made.revision:
        raise Conflict(KIND.label)
    return store.SHELF.remove(unit, current)


def _take_back(made: Request) -> Callable[[Desk], Changed[Request]]:
    def undo(desk: Desk) -> Changed[Request]:
        with desk.unit_of_work("撤销登记", needs=Right.REGISTER) as unit:
            gone = take_back_in(unit, made)
            unit.about(made.number)
        return changed(KIND.name, gone.uid, gone)

    return undo
