"""Writing a visit down: the one thing this program must do faster than paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.clock import Millis
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.entry import (
    MatterEntry,
    VisitForm,
    check_clock,
    checked,
)
from desktop_app.ledgers.visits.rules.registration import (
    Counter,
    FirstClerk,
    counted_form,
    visits_of,
)
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.record import KIND as RESIDENT_KIND
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.store import Seen
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

UNDO_MINUTES = 10
"""How long a registration can be taken back whole; afterwards it is withdrawn with a reason."""

_NOON = (12, 0)

Made = tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """What one registration wrote: its visits, and the file it opened for a new resident.

    `seen` is what was noted of the resident's coming, `seen_before` what was known until then.
    """

    made: Made
    opened: Resident | None = None
    resident: Uid | None = None
    seen: Seen | None = None
    seen_before: Seen | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that were written."""
        return frozenset({KIND.name} if self.opened is None else {KIND.name, RESIDENT_KIND.name})


def register(
    desk: Desk, form: VisitForm, *, beside: Callable[[Unit], None] | None = None
) -> Changed[Made]:
    """Write a visit down, one record for each of its matters; 即办 ends in the same call.

    With `form.day` before today it is 补录 and marked so. `beside` does what must happen together
    with it or not at all (the draft that it was goes). Raises `InvalidInput` with every problem of
    the form.
    """
    late = form.day is not None and form.day != desk.today
    with desk.unit_of_work("补录来访" if late else "登记来访", needs=Right.REGISTER) as unit:
        entered = register_in(unit, desk, form)
        if beside is not None:
            beside(unit)
    return Changed(
        entered.kinds,
        tuple(visit.uid for visit in entered.made),
        entered.made,
        Undo("撤销登记", _take_back(entered)),
    )


def register_late(
    desk: Desk, form: VisitForm, day: date, time: tuple[int, int] | None = None
) -> Changed[Made]:
    """补录: write down a visit of an earlier day; without a time it stands at noon."""
    return register(desk, replace(form, day=day, time=time))


def count_only(desk: Desk, matter: Matter | None = None) -> Changed[Made]:
    """仅计数: one key for somebody who only asked the way."""
    return register(desk, counted_form(MatterEntry(matter=matter)))


def register_in(
    unit: Unit,
    desk: Desk,
    form: VisitForm,
    *,
    first: FirstClerk | None = None,
    closed: date | None = None,
) -> Entered:
    """Write a visit down as part of a unit of work; answers the file that was opened, too.

    `first` and `closed` are what an older ledger says: whose visit it was, and when it ended.
    """
    today = unit.zone.day(unit.now)
    check_clock(today)
    latest = store.latest_visit(unit.connection)
    form = checked(form, today, None if latest is None else unit.zone.day(latest))
    opened = None
    told_more = any(not entry.is_petition for entry in form.matters)
    if form.new_resident is not None and told_more:
        opened = residents.enter(unit, form.new_resident)
        form = replace(form, resident=opened.uid, name=opened.name)
    counter = replace(_counter(desk, unit, form, today), first=first, closed=closed)
    made = tuple(store.SHELF.put(unit, visit) for visit in visits_of(form, counter))
    unit.about(made[0].number, f"共 {len(made)} 件" if len(made) > 1 else "")
    if form.resident is None or not told_more:
        return Entered(made, opened)
    before = resident_store.seen(unit.connection, form.resident)
    resident_store.mark_seen(unit, form.resident, counter.at)
    return Entered(made, opened, form.resident, Seen(counter.at, 1), before)


def _counter(desk: Desk, unit: Unit, form: VisitForm, today: date) -> Counter:
    day = form.day or today
    hour, minute = form.time or _NOON
    return Counter(
        station=unit.station.code,
        clerk=unit.actor.uid,
        clerk_name=unit.actor.name,
        now=unit.now,
        today=today,
        at=unit.now if day == today and form.time is None else unit.zone.at(day, hour, minute),
        day=day,
        calendar=lambda: calendar(desk),
        new_uid=unit.new_uid,
        number=lambda: next_number(unit, day.year),
    )


def _take_back(entered: Entered) -> Callable[[Desk], Changed[Made]]:
    made = entered.made

    def undo(desk: Desk) -> Changed[Made]:
        with desk.unit_of_work("撤销登记", needs=Right.REGISTER) as unit:
            _refuse_if_late(unit.now, made[0].created_at)
            unit.about(made[0].number)
            gone = tuple(_removed(unit, visit) for visit in made)
            _unsee(unit, entered)
            if entered.opened is not None:
                resident_store.forget(unit, entered.opened)
        return Changed(entered.kinds, tuple(visit.uid for visit in gone), gone)

    return undo


def take_back_in(unit: Unit, visit: Visit) -> Visit:
    """Take one registration of an import back, just read: the visit goes, and its resident was not
    here. Raises `Conflict` when it has changed since."""
    gone = store.SHELF.remove(unit, visit)
    if visit.resident is not None and not visit.petition:
        now = resident_store.seen(unit.connection, visit.resident)
        before = store.seen_besides(unit.connection, visit)
        if now is not None and visit.leads:
            at = before if now.last_at == visit.at else now.last_at
            known = None if at is None or now.times <= 1 else Seen(at, now.times - 1)
            resident_store.set_seen(unit, visit.resident, known)
    return gone


def _unsee(unit: Unit, entered: Entered) -> None:
    """Who was not here after all is ranked as before."""
    if entered.resident is None or entered.seen is None:
        return
    now = resident_store.seen(unit.connection, entered.resident)
    if now is not None:
        known = now.without(entered.seen, entered.seen_before)
        resident_store.set_seen(unit, entered.resident, known)


def _removed(unit: Unit, visit: Visit) -> Visit:
    current = store.SHELF.need(unit.connection, visit.uid)
    if current.revision != visit.revision:
        raise Conflict(KIND.label)
    return store.SHELF.remove(unit, current)


def _refuse_if_late(now: Millis, registered: Millis) -> None:
    if now - registered > UNDO_MINUTES * 60_000:
        raise UserError(
            f"登记已超过{UNDO_MINUTES}分钟，不能再整条撤销，没有改动。",
            "请在来访页用“撤回”，并写明原因。",
        )
