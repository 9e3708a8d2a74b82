"""What is done with 共建单位: add, change, end, resume, find.

Whether a unit that ends still has agreements to keep or offers open is for `station/` to tell: the
register knows no ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.partners import store
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import (
    NUMBER_SERIES,
    Contact,
    Partner,
    PartnerFilter,
    PartnerForm,
    PartnerLine,
    checked,
    ended,
    masked,
    refuse_same_name,
    refuse_taken_code,
    resumed,
    with_form,
)
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.numbering import next_number
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk, Unit


@dataclass(frozen=True, slots=True)
class History:
    """A unit, phones masked, and the audit's lines on its number, the latest first."""

    partner: Partner
    entries: tuple[AuditEntry, ...]


def add(desk: Desk, form: PartnerForm, *, same_name: bool = False) -> Changed[Partner]:
    """Write a new unit down.

    Raises `InvalidInput` with every problem, and `SameName` when another one is called so, unless
    `same_name` says that they are known to be two.
    """
    with desk.unit_of_work("新增共建单位", needs=Right.HANDLE) as unit:
        saved = add_in(unit, form, same_name=same_name)
        unit.about(saved.number)
    return changed(KIND.name, saved.uid, saved, undo=Undo("撤销新增", _taking_back(saved)))


def add_in(unit: Unit, form: PartnerForm, *, same_name: bool = False) -> Partner:
    """The same as part of a unit of work that is about something else, too."""
    today = unit.zone.day(unit.now)
    tidy = checked(form, today)
    values = {name: getattr(tidy, name) for name in PartnerForm.__dataclass_fields__}
    fresh = Partner(uid=unit.new_uid(), station=unit.station.code, number="", **values)
    _refuse_double(unit, fresh, same_name=same_name)
    number = next_number(unit, today.year, series=NUMBER_SERIES)
    return store.SHELF.put(unit, replace(fresh, number=number))


def change(
    desk: Desk, uid: Uid, revision: int, form: PartnerForm, *, same_name: bool = False
) -> Changed[Partner]:
    """Save what was changed in the form; the name given up stays among the former ones.

    Raises as `add`, and `Conflict` when somebody has changed the unit since.
    """

    def made(unit: Unit, before: Partner) -> Partner:
        today = unit.zone.day(unit.now)
        tidy = checked(form, today)
        fresh = unit.zone.day(before.created_at) == today
        after = with_form(before, tidy, entered_today=fresh)
        _refuse_double(unit, after, same_name=same_name or after.name == before.name)
        return after

    return _changed(desk, uid, revision, "修改共建单位", made, "撤销修改")


def end(
    desk: Desk, uid: Uid, revision: int, reason: str, until: date | None = None
) -> Changed[Partner]:
    """It is no partner any more from the day after `until` (today); its records stay."""

    def made(unit: Unit, before: Partner) -> Partner:
        today = unit.zone.day(unit.now)
        return ended(before, until or today, reason, today)

    return _changed(desk, uid, revision, "终止共建单位", made, "撤销终止")


def resume(desk: Desk, uid: Uid, revision: int) -> Changed[Partner]:
    """It is a partner again."""

    def made(unit: Unit, before: Partner) -> Partner:
        return resumed(before)

    return _changed(desk, uid, revision, "恢复共建单位", made, "撤销恢复")


def get(desk: Desk, uid: Uid) -> Partner:
    """One unit with phones masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return masked(store.SHELF.need(connection, uid))


def for_editing(desk: Desk, uid: Uid) -> Partner:
    """The whole unit for its form, logged like a reveal."""
    with desk.unit_of_work("打开共建单位修改", needs=Right.REVEAL) as unit:
        partner = store.SHELF.need(unit.connection, uid)
        unit.about(partner.number)
    return partner


def history(desk: Desk, uid: Uid) -> History:
    """One unit with what was done to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        partner = store.SHELF.need(connection, uid)
        return History(masked(partner), tuple(entries(connection, subject=partner.number)))


def page(
    desk: Desk,
    wanted: PartnerFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[PartnerLine]:
    """One page of the list, by name in the order of pinyin; phones are masked."""
    wanted = wanted or PartnerFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    with desk.reading(needs=Right.READ) as connection:
        return store.lines(connection, wanted, cursor, size=size)


def search(desk: Desk, text: str, *, most: int = PAGE_SIZE) -> tuple[PartnerLine, ...]:
    """The units that are partners now and that a text means, for a box to choose from."""
    return page(desk, PartnerFilter(search=text, ended=False), size=most).rows


def named(desk: Desk, words: str) -> Partner | None:
    """The unit called exactly so (name, short or former name), phones masked; None when nobody
    is, or several are."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.named(connection, visible(words).strip())
    return None if found is None else masked(found)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """Any private field in full, as text; written to the audit with the unit's number."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        partner = store.SHELF.need(unit.connection, uid)
        unit.about(partner.number, KIND.field(field).label)
    if field == "contacts":
        return "、".join(map(_contact_words, partner.contacts))
    value = encode(getattr(partner, field))
    return value if isinstance(value, str) else canonical(value)


def _contact_words(contact: Contact) -> str:
    return " ".join(part for part in (contact.name, contact.post, contact.phone) if part)


def _refuse_double(unit: Unit, partner: Partner, *, same_name: bool) -> None:
    others = store.of_station(unit.connection, partner.station)
    refuse_taken_code(partner, others)
    if not same_name:
        refuse_same_name(partner, others)


def _changed(
    desk: Desk,
    uid: Uid,
    revision: int,
    label: str,
    make: Callable[[Unit, Partner], Partner],
    undo: str,
) -> Changed[Partner]:
    with desk.unit_of_work(label, needs=Right.HANDLE) as unit:
        before = store.to_change(unit.connection, uid)
        if before.revision != revision:
            raise Conflict(KIND.label)
        saved = store.SHELF.put(unit, make(unit, before))
        unit.about(saved.number)
    return changed(KIND.name, uid, saved, undo=Undo(undo, _putting_back(before, saved)))


def _putting_back(before: Partner, saved: Partner) -> Callable[[Any], Changed[Partner]]:
    """Undo of a change: the unit as it was, unless somebody changed it again."""

    def undo(desk: Desk) -> Changed[Partner]:
        with desk.unit_of_work("撤销共建单位改动", needs=Right.HANDLE) as unit:
            unit.about(saved.number)
            again = store.SHELF.put(unit, altered(before, revision=saved.revision))
        return changed(KIND.name, again.uid, again)

    return undo


def _taking_back(saved: Partner) -> Callable[[Any], Changed[Partner]]:
    def undo(desk: Desk) -> Changed[Partner]:
        with desk.unit_of_work("撤销新增共建单位", needs=Right.HANDLE) as unit:
            unit.about(saved.number)
            gone = store.SHELF.remove(unit, saved)
        return changed(KIND.name, gone.uid, gone)

    return undo
