"""Looking at agreements: the list, one of them with its course, what held on a day, figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.core.figures import Counts, Span
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.ledgers.agreements import figures, store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.agreement import Action, Agreement
from desktop_app.ledgers.agreements.rules.entry import missing
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter, AgreementLine
from desktop_app.ledgers.agreements.rules.steps import allowed
from desktop_app.ledgers.agreements.rules.terms import terms_at as held_on
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class History:
    """An agreement, phones masked, with what may be done now, what is missing before it can be
    signed, and what was done.

    `earlier` is the number of the agreement it goes on with, `later` of the one that goes on with
    it, empty where there is none. `entries` are the audit's lines on it, the latest first.
    """

    agreement: Agreement
    allowed: tuple[Action, ...]
    missing: tuple[UserError, ...]
    earlier: str
    later: str
    entries: tuple[AuditEntry, ...]


def page(
    desk: Desk,
    wanted: AgreementFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[AgreementLine]:
    """One page of the list: the newest on top, or what runs out first (see the filter)."""
    wanted = wanted or AgreementFilter()
    wanted = replace(wanted, search=visible(wanted.search).strip())
    with desk.reading(needs=Right.READ) as connection:
        return store.lines(connection, wanted, desk.today, cursor, size=size)


def get(desk: Desk, uid: Uid) -> Agreement:
    """One agreement with phones masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked(store.SHELF.need(connection, uid))


def for_editing(desk: Desk, uid: Uid) -> Agreement:
    """The whole agreement for its form, logged like a reveal."""
    with desk.unit_of_work("打开共建协议修改", needs=Right.REVEAL) as unit:
        agreement = store.SHELF.need(unit.connection, uid)
        unit.about(agreement.number)
    return agreement


def history(desk: Desk, uid: Uid) -> History:
    """One agreement with all that belongs to it, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        agreement = store.SHELF.need(connection, uid)
        linked = [one for one in (agreement.renewal_of, agreement.renewed_by) if one is not None]
        known = store.SHELF.many(connection, linked)
        lines = entries(connection, subject=agreement.number)
    numbers = {one.uid: one.number for one in known.values() if not one.deleted}
    return History(
        _masked(agreement),
        allowed(agreement),
        () if agreement.signed else tuple(missing(agreement)),
        "" if agreement.renewal_of is None else numbers.get(agreement.renewal_of, ""),
        "" if agreement.renewed_by is None else numbers.get(agreement.renewed_by, ""),
        tuple(lines),
    )


def of_partner(desk: Desk, partner: Uid) -> tuple[Agreement, ...]:
    """Every agreement with a unit, phones masked, the newest first."""
    with desk.reading(needs=Right.READ) as connection:
        return tuple(map(_masked, store.of_partner(connection, partner)))


def terms_at(desk: Desk, uid: Uid, day: date) -> Agreement | None:
    """The agreement with the terms that held on a day, phones masked; None while unsigned."""
    return held_on(get(desk, uid), day)


def remind_days(desk: Desk) -> int:
    """Within how many days an agreement runs out to be called 即将到期 (a setting)."""
    with desk.reading(needs=Right.READ) as connection:
        return store.remind_days(connection)


def read_out(desk: Desk, uid: Uid, field: str) -> str:
    """Any private field in full, as text; written to the audit with the agreement's number."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        agreement = store.SHELF.need(unit.connection, uid)
        unit.about(agreement.number, KIND.field(field).label)
    value = encode(getattr(agreement, field))
    return value if isinstance(value, str) else canonical(value)


def figures_between(desk: Desk, first: date, last: date) -> Counts:
    """What `figures.FIGURES` and `figures.NOW_FIGURES` read their values from."""
    with desk.reading(needs=Right.READ) as connection:
        return figures.counts(connection, Span(first, last, desk.today))


def _masked(agreement: Agreement) -> Agreement:
    """The agreement as a screen shows it unasked: no number can be dialled from it."""
    return altered(
        agreement,
        a_phone=mask_phone(agreement.a_phone),
        b_phone=mask_phone(agreement.b_phone),
    )
