"""Taking volunteers out of the ledger for good, who ask to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules import certificate_steps, steps
from desktop_app.storage.session import Desk, Unit


def forget_people(desk: Desk, volunteers: Sequence[Uid]) -> Changed[int]:
    """Take out of records and certificates everything that names these volunteers (个人信息保护法
    art. 47).

    Days, minutes and states stay, so that every total is what it was; what was certified is known
    by its number only, and its code proves nothing any more. Answers how many records there were.
    Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除服务记录中的个人信息", needs=Right.ERASE) as unit:
        records, certificates = forget_in(unit, volunteers)
        unit.about(f"服务记录 {len(records)} 条，证明 {len(certificates)} 份")
    kinds = frozenset({SERVICE.name, CERTIFICATES.name})
    return Changed(kinds, (*records, *certificates), len(records))


def forget_in(unit: Unit, volunteers: Sequence[Uid]) -> tuple[tuple[Uid, ...], tuple[Uid, ...]]:
    """The same as part of a unit of work; answers which records and certificates there were.

    `volunteers` are all who are one person (`registers.volunteers.store.as_one`).
    """
    connection, actor = unit.connection, unit.actor.name
    records = store.all_of(connection, volunteers)
    certificates = store.certificates_of(connection, volunteers)
    store.forget_payloads(unit, SERVICE, [one.uid for one in records])
    store.forget_payloads(unit, CERTIFICATES, [one.uid for one in certificates])
    for record in records:
        store.SHELF.put(unit, steps.without_person(record, unit.now, actor))
    for certificate in certificates:
        gone = certificate_steps.without_person(certificate, unit.now, actor)
        store.CERTIFICATE_SHELF.put(unit, gone)
    return tuple(one.uid for one in records), tuple(one.uid for one in certificates)
