"""The steps of an agreement: signed, supplemented, other people to call, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules import steps
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement, AgreementState
from desktop_app.ledgers.agreements.rules.entry import form_of
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm, supplemented
from desktop_app.ledgers.agreements.service.parts import Pair, back, moment, seen
from desktop_app.registers.partners.store import SHELF as PARTNERS
from desktop_app.storage.session import Desk, Unit


def sign(desk: Desk, uid: Uid, revision: int, signed_on: date | None = None) -> Changed[Agreement]:
    """Both sides have signed, on a day (today). What it goes on with becomes 已续签 with it.

    Raises `InvalidInput` with everything that is still missing.
    """
    with desk.unit_of_work(f"共建协议：{Action.SIGN.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        now = moment(unit)
        name = _name_now(unit, before)
        saved = store.SHELF.put(unit, steps.signed(before, signed_on or now.today, name, now))
        pairs = [(before, saved), *_replaced(unit, saved, now)]
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    kinds, uids = frozenset({KIND.name}), tuple(one.uid for _, one in pairs)
    return Changed(kinds, uids, saved, Undo("撤销签订", back(pairs)))


def _name_now(unit: Unit, agreement: Agreement) -> str:
    """What the unit is called when it signs; the draft's name where it is not known."""
    partner = (
        None if agreement.partner is None else PARTNERS.get(unit.connection, agreement.partner)
    )
    return agreement.partner_name if partner is None else partner.name


def _replaced(unit: Unit, saved: Agreement, now: Moment) -> list[Pair]:
    """The agreement that this one goes on with, now 已续签; nothing when there is none."""
    if saved.renewal_of is None:
        return []
    older = store.to_change(unit, saved.renewal_of)
    if older.state is not AgreementState.SIGNED:
        raise UserError(
            f"原协议（编号 {older.number}）现在是“{older.state.label}”，"
            "不能再由这份接续，没有改动。",
            "请删除这份草稿，另行草拟一份新协议。",
        )
    after = steps.replaced(older, saved.uid, saved.number, now)
    return [(older, store.SHELF.put(unit, after))]


def supplement(desk: Desk, uid: Uid, revision: int, form: SupplementForm) -> Changed[Agreement]:
    """A 补充协议 was signed: the only way to change a term. It keeps what the term was before."""

    def made(unit: Unit, before: Agreement, now: Moment) -> Agreement:
        return supplemented(before, form, now, unit.new_uid)

    return _step(desk, uid, revision, Action.SUPPLEMENT, made)


def change_contacts(
    desk: Desk,
    uid: Uid,
    revision: int,
    *,
    a_liaison: str | None = None,
    a_phone: str | None = None,
    b_liaison: str | None = None,
    b_phone: str | None = None,
) -> Changed[Agreement]:
    """Other people to call, None: as before. That is no term, and needs no supplement."""
    told = {"a_liaison": a_liaison, "a_phone": a_phone, "b_liaison": b_liaison, "b_phone": b_phone}
    given: dict[str, Any] = {name: value for name, value in told.items() if value is not None}

    def made(unit: Unit, before: Agreement, now: Moment) -> Agreement:
        return steps.with_contacts(before, replace(form_of(before), **given), now)

    return _step(desk, uid, revision, Action.CONTACTS, made)


def end(
    desk: Desk, uid: Uid, revision: int, reason: str, ended_on: date | None = None
) -> Changed[Agreement]:
    """End an agreement before its time, with its last day (today) and why."""

    def made(unit: Unit, before: Agreement, now: Moment) -> Agreement:
        return steps.ended(before, reason, ended_on or now.today, now)

    return _step(desk, uid, revision, Action.END, made)


def _step(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: Action,
    make: Callable[[Unit, Agreement, Moment], Agreement],
) -> Changed[Agreement]:
    with desk.unit_of_work(f"共建协议：{action.label}", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        saved = store.SHELF.put(unit, make(unit, before, moment(unit)))
        told = before.state is not saved.state
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}" if told else "")
    undo = Undo(f"撤销{action.label}", back([(before, saved)]))
    return changed(KIND.name, uid, saved, undo=undo)
