"""At the desk: signing in and out, and ending what somebody forgot to end."""

from __future__ import annotations

from desktop_app.core.changes import Changed, changed
from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import ServiceForm, cleaned, is_late, signed_in
from desktop_app.ledgers.service.rules.service_record import NUMBER_SERIES, ServiceRecord
from desktop_app.ledgers.service.rules.steps import (
    finished,
    refuse_second_sign_in,
    signed_out,
)
from desktop_app.ledgers.service.service.parts import (
    Everyone,
    back_out,
    fit,
    moment,
    person,
    seen,
    undo_step,
)
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit


def sign_in(desk: Desk, form: ServiceForm) -> Changed[ServiceRecord]:
    """Somebody begins to serve, now; times in the form do not matter.

    Raises `UserError` when that person serves already, `ForgottenSignOut` when a sign-out of an
    earlier day has to be made good first (`finish_forgotten`).
    """
    with desk.unit_of_work("志愿服务签到", needs=Right.REGISTER) as unit:
        saved = sign_in_in(unit, form)
    return changed(SERVICE.name, saved.uid, saved, undo=back_out("撤销签到", saved))


def sign_in_in(unit: Unit, form: ServiceForm) -> ServiceRecord:
    """The same as part of a unit of work."""
    tidy, now = cleaned(form), moment(unit)
    everyone = person(unit, tidy.volunteer, serving=True)
    open_one = store.open_of(unit.connection, everyone)
    if open_one is not None:
        refuse_second_sign_in(open_one, now.today, unit.zone)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    made = signed_in(tidy, unit.new_uid(), unit.station.code, number, now)
    made = altered(made, volunteer=everyone[0])
    fit(unit, everyone, made)
    saved = store.SHELF.put(unit, made)
    unit.about(saved.number)
    return saved


def sign_out(desk: Desk, uid: Uid, revision: int | None = None) -> Changed[ServiceRecord]:
    """Somebody stops, now; the record waits to be confirmed."""
    with desk.unit_of_work("志愿服务签退", needs=Right.REGISTER) as unit:
        everyone, before = seen(unit, uid, revision)
        saved = _out(unit, desk, everyone, before)
    undo = undo_step("撤销签退", before, saved, Right.REGISTER)
    return changed(SERVICE.name, uid, saved, undo=undo)


def sign_out_of(desk: Desk, volunteer: Uid) -> Changed[ServiceRecord]:
    """The same for whoever stands at the desk, wherever this person signed in."""
    with desk.unit_of_work("志愿服务签退", needs=Right.REGISTER) as unit:
        everyone = person(unit, volunteer)
        before = store.open_of(unit.connection, everyone)
        if before is None:
            raise UserError(
                "这位志愿者没有签到，不能签退，没有保存。",
                "已经做完的请用“补录”，写上起止时间。",
                field="volunteer",
            )
        saved = _out(unit, desk, everyone, before)
    undo = undo_step("撤销签退", before, saved, Right.REGISTER)
    return changed(SERVICE.name, saved.uid, saved, undo=undo)


def _out(unit: Unit, desk: Desk, everyone: Everyone, before: ServiceRecord) -> ServiceRecord:
    now = moment(unit)
    late = is_late(before.day, now.today, calendar(desk))
    after = signed_out(before, now, late=late)
    fit(unit, everyone, after, known=True)
    saved = store.SHELF.put(unit, after)
    unit.about(saved.number)
    return saved


def finish_forgotten(
    desk: Desk, uid: Uid, revision: int | None, ended_at: Millis
) -> Changed[ServiceRecord]:
    """补签退: the time at which somebody really stopped who forgot to sign out; marked 补录."""
    with desk.unit_of_work("志愿服务补签退", needs=Right.REGISTER) as unit:
        everyone, before = seen(unit, uid, revision)
        now = moment(unit)
        late = is_late(before.day, now.today, calendar(desk))
        after = finished(before, ended_at, now, late=late)
        fit(unit, everyone, after, known=True)
        saved = store.SHELF.put(unit, after)
        unit.about(saved.number)
    undo = undo_step("撤销补签退", before, saved, Right.REGISTER)
    return changed(SERVICE.name, uid, saved, undo=undo)
