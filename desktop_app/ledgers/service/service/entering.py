"""Writing down what is over, and putting right what was written down."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import (
    ServiceForm,
    checked,
    checked_anew,
    differences,
    entered,
    is_late,
)
from desktop_app.ledgers.service.rules.service_record import (
    NUMBER_SERIES,
    ServiceAction,
    ServiceRecord,
)
from desktop_app.ledgers.service.rules.steps import corrected, reason, refuse_unless
from desktop_app.ledgers.service.service.parts import (
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

_LABELS = {field.name: field.label for field in SERVICE.fields}


def enter(desk: Desk, form: ServiceForm) -> Changed[ServiceRecord]:
    """补录: a service that is over, with both times. It waits to be confirmed.

    One of more than ten working days ago is kept and marked `late` (`rules.entry.late_note` is what
    is told of it). Raises `InvalidInput` with every problem of the form, `Overlap` when the time is
    taken and the form does not say why that is right.
    """
    with desk.unit_of_work("补录志愿服务", needs=Right.REGISTER) as unit:
        saved = enter_in(unit, desk, form)
    return changed(SERVICE.name, saved.uid, saved, undo=back_out("撤销补录", saved))


def enter_in(unit: Unit, desk: Desk, form: ServiceForm) -> ServiceRecord:
    """The same as part of a unit of work: an attendance, a shift or an order becomes a service.
    Whether it gives hours at all (会议、主题党日 give none) is asked by who knows what it was."""
    now = moment(unit)
    tidy = checked(form, unit.now, unit.zone)
    assert tidy.started_at is not None, "checked"
    everyone = person(unit, tidy.volunteer)
    day = unit.zone.day(tidy.started_at)
    late = is_late(day, now.today, calendar(desk))
    kept = replace(tidy, volunteer=everyone[0])
    made = entered(kept, unit.new_uid(), unit.station.code, "", day, late, now)
    # Before a number is taken: what is refused among several leaves no gap in the register.
    fit(unit, everyone, made)
    number = next_number(unit, day.year, series=NUMBER_SERIES)
    saved = store.SHELF.put(unit, altered(made, number=number))
    unit.about(saved.number)
    return saved


def correct(
    desk: Desk, uid: Uid, revision: int | None, form: ServiceForm, why: str = ""
) -> Changed[ServiceRecord]:
    """Put right what was written down, until it is confirmed.

    Raises `UserError` when nothing would change.
    """
    with desk.unit_of_work("更正服务记录", needs=Right.HANDLE) as unit:
        everyone, before = seen(unit, uid, revision)
        refuse_unless(before, ServiceAction.CORRECT)
        now = moment(unit)
        changes = differences(before, checked_anew(form, before, unit.now, unit.zone))
        if not changes:
            raise UserError("没有任何改动，没有保存。", "请改好后再保存。")
        named = "、".join(_LABELS[name] for name in changes)
        words = f"{named}：{reason(why, '更正原因')}" if why else named
        day = unit.zone.day(changes.get("started_at", before.started_at))
        late = before.late
        if day != before.day:
            late = before.ended_at is not None and is_late(day, now.today, calendar(desk))
        after = corrected(before, changes, day, late, words, now)
        fit(unit, everyone, after)
        saved = store.SHELF.put(unit, altered(after, volunteer=everyone[0]))
        unit.about(saved.number, named)
    undo = undo_step("撤销更正", before, saved, Right.HANDLE)
    return changed(SERVICE.name, uid, saved, undo=undo)
