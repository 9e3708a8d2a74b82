"""What several use cases share: records as seen, the moment, whose time a record takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules.certificate import Certificate
from desktop_app.ledgers.service.rules.service_record import (
    ServiceAction,
    ServiceRecord,
    ServiceState,
)
from desktop_app.ledgers.service.rules.spans import refuse_full_day, refuse_overlap
from desktop_app.ledgers.service.rules.steps import refuse_written, undone
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.storage.session import Desk, Unit

Everyone = Sequence[Uid]
"""Every volunteer who is one person, the one that is kept first."""


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def person(unit: Unit, volunteer: Uid | None, *, serving: bool = False) -> Everyone:
    """Whose time this is, locked until the unit ends; `serving`: somebody who begins now.

    Raises `UserError` when there is no such volunteer, or nobody who may serve now.
    """
    assert volunteer is not None, "the form was checked"
    everyone = store.lock_volunteer(unit.connection, volunteer)
    kept = volunteers.SHELF.need(unit.connection, everyone[0])
    if serving and kept.state is not VolunteerState.ACTIVE:
        raise UserError(
            f"这位志愿者现在是“{kept.state.label}”，不能签到，没有保存。",
            "请先在志愿者档案里恢复服务或重新在册；以前做过的服务可以补录。",
            field="volunteer",
        )
    return everyone


def seen(unit: Unit, uid: Uid, revision: int | None) -> tuple[Everyone, ServiceRecord]:
    """The record as the clerk saw it and whose it is, both locked until the unit ends; `Conflict`
    when it has changed since. Without a revision: as it is now."""
    known = store.SHELF.need(unit.connection, uid)
    everyone = store.lock_volunteer(unit.connection, known.volunteer)
    record = store.to_change(unit.connection, store.SHELF, uid)
    if revision not in (None, record.revision):
        raise Conflict(SERVICE.label)
    return everyone, record


def seen_certificate(unit: Unit, uid: Uid, revision: int | None) -> tuple[Everyone, Certificate]:
    """The same of a certificate."""
    known = store.CERTIFICATE_SHELF.need(unit.connection, uid)
    everyone = store.lock_volunteer(unit.connection, known.volunteer)
    certificate = store.to_change(unit.connection, store.CERTIFICATE_SHELF, uid)
    if revision not in (None, certificate.revision):
        raise Conflict(CERTIFICATES.label)
    return everyone, certificate


def fit(unit: Unit, everyone: Everyone, record: ServiceRecord, *, known: bool = False) -> None:
    """Raise `UserError` unless the record has its place in the time of this person."""
    if record.state is ServiceState.VOID:
        return
    others = store.beside(unit.connection, everyone, record.started_at, record.ended_at, record.day)
    refuse_overlap(record, others, unit.zone, known=known)
    refuse_full_day(record, others)


def name_of(unit: Unit, volunteer: Uid) -> str:
    """What the volunteer is called by the file; nothing where it has not come or was erased."""
    found = volunteers.names(unit.connection, [volunteer]).get(volunteer)
    return found.name if found else ""


def refuse_certified(unit: Unit, record: ServiceRecord, action: ServiceAction) -> None:
    """Raise `UserError` when a certificate that is good counts this record."""
    refuse_written(store.written_in(unit.connection, record), action)


def put_back(unit: Unit, before: ServiceRecord, saved: ServiceRecord) -> ServiceRecord:
    """The record as it was before a step, if nobody has taken another one since."""
    everyone, now = seen(unit, saved.uid, saved.revision)
    if now.state is ServiceState.CONFIRMED:
        refuse_certified(unit, now, ServiceAction.UNDO)
    restored = undone(before, saved, unit.now, unit.actor.name)
    fit(unit, everyone, restored, known=True)
    return store.SHELF.put(unit, restored)


def undo_step(label: str, before: ServiceRecord, saved: ServiceRecord, needs: Right) -> Undo:
    """The way back of one step."""
    return Undo(label, _back(before, saved, needs))


def _back(
    before: ServiceRecord, saved: ServiceRecord, needs: Right
) -> Callable[[Desk], Changed[ServiceRecord]]:
    def undo(desk: Desk) -> Changed[ServiceRecord]:
        with desk.unit_of_work("撤销服务记录的上一步", needs=needs) as unit:
            put = put_back(unit, before, saved)
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(SERVICE.name, put.uid, put)

    return undo


def back_out(label: str, saved: ServiceRecord) -> Undo:
    """A record that was made by mistake goes; its number is not used again."""

    def undo(desk: Desk) -> Changed[ServiceRecord]:
        with desk.unit_of_work(label, needs=Right.REGISTER) as unit:
            gone = store.SHELF.remove(unit, seen(unit, saved.uid, saved.revision)[1])
            unit.about(gone.number)
        return changed(SERVICE.name, gone.uid, gone)

    return Undo(label, undo)
