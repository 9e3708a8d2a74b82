"""What units offer: registered, put right, withdrawn, offered again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import OFFERS
from desktop_app.ledgers.three_lists.rules.course import reason
from desktop_app.ledgers.three_lists.rules.offer import (
    NUMBER_SERIES,
    Offer,
    OfferAction,
    OfferStep,
)
from desktop_app.ledgers.three_lists.rules.offer_entry import (
    OfferForm,
    checked,
    differences,
    offered,
)
from desktop_app.ledgers.three_lists.rules.offer_steps import (
    changed as put_right,
)
from desktop_app.ledgers.three_lists.rules.offer_steps import (
    refuse_unless,
    restored,
    withdrawn,
)
from desktop_app.ledgers.three_lists.service.parts import moment, seen_offer
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in OFFERS.fields}


def offer(desk: Desk, form: OfferForm) -> Changed[Offer]:
    """Write down what a unit can give. Raises `InvalidInput` with every problem of the form."""
    with desk.unit_of_work("登记共建资源", needs=Right.HANDLE) as unit:
        saved = offer_in(unit, form)
    return changed(OFFERS.name, saved.uid, saved, undo=_back_out(saved))


def offer_in(unit: Unit, form: OfferForm) -> Offer:
    """The same as part of a unit of work."""
    now = moment(unit)
    tidy = checked(form, now.today)
    number = next_number(unit, now.today.year, series=NUMBER_SERIES)
    made = offered(tidy, unit.new_uid(), unit.station.code, number, now)
    saved = store.OFFER_SHELF.put(unit, made)
    unit.about(saved.number)
    return saved


def change_offer(
    desk: Desk, uid: Uid, revision: int, form: OfferForm, why: str = ""
) -> Changed[Offer]:
    """Put right what was written down; the amount never falls below what is promised of it."""
    with desk.unit_of_work(_label(OfferAction.CHANGE), needs=Right.HANDLE) as unit:
        before = seen_offer(unit, uid, revision)
        refuse_unless(before, OfferAction.CHANGE)
        now = moment(unit)
        dated = replace(form, from_on=form.from_on or before.from_on)
        changes = differences(before, checked(dated, now.today))
        if not changes:
            raise UserError("没有任何改动，没有保存。", "请改好后再保存。")
        named = "、".join(_LABELS[name] for name in changes)
        words = f"{named}：{reason(why, '更正原因')}" if why else named
        saved = store.OFFER_SHELF.put(unit, put_right(before, changes, words, now))
        unit.about(saved.number, named)
    return changed(OFFERS.name, uid, saved, undo=_undo("撤销更正", before, saved))


def withdraw_offer(desk: Desk, uid: Uid, revision: int, words: str) -> Changed[Offer]:
    """撤回: nothing more is promised of it. Duties under way keep what they were promised; the last
    step of the answer says which."""

    def withdraw(unit: Unit, before: Offer, now: Moment) -> Offer:
        duties = store.duties_on(unit.connection, uid)
        return withdrawn(before, words, [duty.number for duty in duties if duty.live], now)

    return _stepped(desk, uid, revision, OfferAction.WITHDRAW, withdraw)


def restore_offer(desk: Desk, uid: Uid, revision: int) -> Changed[Offer]:
    """恢复: it may be claimed again."""
    return _stepped(
        desk, uid, revision, OfferAction.RESTORE, lambda unit, before, now: restored(before, now)
    )


def _stepped(
    desk: Desk,
    uid: Uid,
    revision: int,
    action: OfferAction,
    make: Callable[[Unit, Offer, Moment], Offer],
) -> Changed[Offer]:
    with desk.unit_of_work(_label(action), needs=Right.HANDLE) as unit:
        before = seen_offer(unit, uid, revision)
        saved = store.OFFER_SHELF.put(unit, make(unit, before, moment(unit)))
        unit.about(saved.number, f"{before.state.label} → {saved.state.label}")
    return changed(OFFERS.name, uid, saved, undo=_undo(f"撤销{action.label}", before, saved))


def _undo(label: str, before: Offer, saved: Offer) -> Undo:
    """The way back: the offer as it was, with one more step that says so. Any duty that took
    something of it meanwhile has made another revision of it, so nothing promised is lost."""

    def undo(desk: Desk) -> Changed[Offer]:
        with desk.unit_of_work("撤销资源的上一步", needs=Right.HANDLE) as unit:
            seen_offer(unit, saved.uid, saved.revision)
            step = OfferStep(unit.now, unit.actor.name, OfferAction.UNDO, before.state)
            put = store.OFFER_SHELF.put(
                unit, altered(before, revision=saved.revision, steps=(*saved.steps, step))
            )
            unit.about(put.number, f"{saved.state.label} → {put.state.label}")
        return changed(OFFERS.name, put.uid, put)

    return Undo(label, undo)


def _back_out(saved: Offer) -> Undo:
    """An offer that was written down by mistake goes; its number is not used again."""

    def undo(desk: Desk) -> Changed[Offer]:
        with desk.unit_of_work("撤销登记共建资源", needs=Right.HANDLE) as unit:
            gone = store.OFFER_SHELF.remove(unit, seen_offer(unit, saved.uid, saved.revision))
            unit.about(gone.number)
        return changed(OFFERS.name, gone.uid, gone)

    return Undo("撤销登记", undo)


def _label(action: OfferAction) -> str:
    return f"共建资源：{action.label}"
