"""Drafting an agreement: a new one, one that goes on with another, changes before it is signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.settings import ISSUER
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules import steps
from desktop_app.ledgers.agreements.rules.agreement import (
    NUMBER_SERIES,
    Action,
    Agreement,
)
from desktop_app.ledgers.agreements.rules.entry import AgreementForm, checked
from desktop_app.ledgers.agreements.rules.steps import Register, drafted, renewal_form
from desktop_app.ledgers.agreements.service.parts import back, moment, seen
from desktop_app.registers.partners.rules import Partner
from desktop_app.registers.partners.store import SHELF as PARTNERS
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.settings import read_settings


def form_for(desk: Desk, partner: Uid) -> AgreementForm:
    """What a new agreement with a unit begins with: both sides as they are known.

    Telephones are in it, so it is logged like a reveal.
    """
    with desk.unit_of_work("打开共建协议草拟", needs=Right.REVEAL) as unit:
        known = PARTNERS.need(unit.connection, partner)
        party_a = read_settings(unit.connection)[ISSUER]
        unit.about(known.number)
    return AgreementForm(
        partner=known.uid,
        party_a=party_a,
        party_b=known.party_organisation or known.name,
        credit_code=known.credit_code,
        b_head=known.head,
        b_liaison=known.liaison,
        b_phone=known.liaison_phone,
    )


def draft(
    desk: Desk, form: AgreementForm, *, beside: Callable[[Unit], None] | None = None
) -> Changed[Agreement]:
    """Write a new agreement down; it may be half written until it is signed.

    `beside` is done in the same unit of work. Raises `InvalidInput` with every problem of the form.
    """
    with desk.unit_of_work("草拟共建协议", needs=Right.HANDLE) as unit:
        made = draft_in(unit, form)
        unit.about(made.number)
        if beside is not None:
            beside(unit)
    return changed(KIND.name, made.uid, made, undo=Undo("撤销草拟", _taking_back(made)))


def draft_in(unit: Unit, form: AgreementForm, *, renewal_of: Uid | None = None) -> Agreement:
    """The same as part of a unit of work that is about something else, too."""
    now = moment(unit)
    tidy = checked(form)
    name = _partner_now(unit, tidy).name
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    register = Register(unit.new_uid(), unit.station.code, number)
    return store.SHELF.put(unit, drafted(tidy, register, name, now, unit.new_uid, renewal_of))


def change(
    desk: Desk,
    uid: Uid,
    revision: int,
    form: AgreementForm,
    *,
    beside: Callable[[Unit], None] | None = None,
) -> Changed[Agreement]:
    """Change a draft. Raises `UserError` once it is signed: then only a supplement can.

    `beside` is done in the same unit of work.
    """
    with desk.unit_of_work(f"共建协议：{Action.CHANGE.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        steps.refuse_unless(before, Action.CHANGE)
        name = _partner_now(unit, checked(form)).name
        after = steps.changed(before, form, name, moment(unit), unit.new_uid)
        saved = store.SHELF.put(unit, after)
        unit.about(saved.number)
        if beside is not None:
            beside(unit)
    return changed(KIND.name, uid, saved, undo=Undo("撤销修改", back([(before, saved)])))


def discard(desk: Desk, uid: Uid, revision: int) -> Changed[Agreement]:
    """Do away with a draft that comes to nothing; what was signed stays for ever."""
    with desk.unit_of_work("删除协议草稿", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        if before.signed:
            raise UserError(
                "协议已经签订，不能删除，没有改动。", "不再履行的请用“终止”，写明原因。"
            )
        gone = store.SHELF.remove(unit, before)
        unit.about(gone.number)
    return changed(KIND.name, uid, gone)


def renew(desk: Desk, uid: Uid, revision: int) -> Changed[Agreement]:
    """A new draft that goes on with an agreement; answers the draft.

    The agreement itself holds until the draft is signed, and only then becomes 已续签. One draft at
    a time: a second asks for the first one by its number.
    """
    with desk.unit_of_work(f"共建协议：{Action.RENEW.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        form = renewal_form(before)
        there = store.drafts_renewing(unit.connection, uid)
        if there:
            raise UserError(
                f"续签的草稿已经有了（编号 {there[0].number}），没有再建一份。",
                "请打开那份草稿继续填写。",
            )
        made = draft_in(unit, form, renewal_of=uid)
        after = steps.with_step(before, Action.RENEW, moment(unit), made.number)
        saved = store.SHELF.put(unit, after)
        unit.about(saved.number, made.number)

    def undo(desk: Desk) -> Changed[Agreement]:
        with desk.unit_of_work("撤销续签草稿", needs=Right.HANDLE) as unit:
            gone = store.SHELF.remove(unit, made)
            unit.about(made.number)
        return changed(KIND.name, gone.uid, gone)

    return Changed(frozenset({KIND.name}), (made.uid, uid), made, Undo("撤销续签", undo))


def _partner_now(unit: Unit, form: AgreementForm) -> Partner:
    """The unit of a checked form; who is no partner any more signs nothing new."""
    assert form.partner is not None, "checked"
    partner = PARTNERS.need(unit.connection, form.partner)
    if partner.ended:
        raise UserError(
            f"“{partner.name}”已经不再是共建单位，没有保存，填的内容都在。",
            "如要重新共建，请先在“共建单位”里恢复。",
            field="partner",
        )
    return partner


def _taking_back(made: Agreement) -> Callable[[Any], Changed[Agreement]]:
    def undo(desk: Desk) -> Changed[Agreement]:
        with desk.unit_of_work("撤销草拟", needs=Right.HANDLE) as unit:
            gone = store.SHELF.remove(unit, made)
            unit.about(made.number)
        return changed(KIND.name, gone.uid, gone)

    return undo
