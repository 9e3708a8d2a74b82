"""Looking at the three lists: pages, one record with its story, figures. Phones are masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.core.figures import Counts, Span
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.record import Record, altered
from desktop_app.core.rights import Right
from desktop_app.core.settings import LIST_NAMES
from desktop_app.ledgers.three_lists import figures, store
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules import duty_steps, offer_steps, problem_steps
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.duty_entry import DutyForm
from desktop_app.ledgers.three_lists.rules.duty_entry import due_note as _due_note
from desktop_app.ledgers.three_lists.rules.listing import (
    DutyFilter,
    DutyLine,
    OfferFilter,
    OfferLine,
    ProblemFilter,
    ProblemLine,
)
from desktop_app.ledgers.three_lists.rules.names import ListNames, names_of
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction
from desktop_app.ledgers.three_lists.rules.offer_entry import OfferForm
from desktop_app.ledgers.three_lists.rules.offer_entry import form_of as offer_form
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.ledgers.three_lists.rules.problem_entry import form_of as problem_form
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.audit import AuditEntry, entries
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings


@dataclass(frozen=True, slots=True)
class ProblemHistory:
    """A problem (masked), its duties of every turn, the problems merged into it, what may be done
    now, and the audit's lines on its number, the latest first."""

    problem: Problem
    duties: tuple[Duty, ...]
    merged: tuple[Problem, ...]
    allowed: tuple[ProblemAction, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class OfferHistory:
    """An offer, the duties it serves or served, what may be done now, and the audit's lines."""

    offer: Offer
    duties: tuple[Duty, ...]
    allowed: tuple[OfferAction, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class DutyHistory:
    """A duty (masked) with its problem and its offer, None where they have not come to the street,
    what may be done now, and the audit's lines."""

    duty: Duty
    problem: Problem | None
    offer: Offer | None
    allowed: tuple[DutyAction, ...]
    entries: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class ListFrame:
    """What a list shows beside its rows: how the lists are called here, and what to narrow by."""

    names: ListNames
    categories: tuple[str, ...]
    units: tuple[str, ...]


def problems_page(
    desk: Desk,
    wanted: ProblemFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ProblemLine]:
    """One page of 问题清单, the newest on top."""
    narrowed = store.problems_narrowed(wanted or ProblemFilter(), desk.today)
    with desk.reading(needs=Right.READ) as connection:
        return store.problem_lines(connection, narrowed, cursor, size=size)


def offers_page(
    desk: Desk,
    wanted: OfferFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[OfferLine]:
    """One page of 共建清单, the newest on top."""
    narrowed = store.offers_narrowed(wanted or OfferFilter(), desk.today)
    with desk.reading(needs=Right.READ) as connection:
        return store.offer_lines(connection, narrowed, cursor, size=size)


def duties_page(
    desk: Desk,
    wanted: DutyFilter | None = None,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[DutyLine]:
    """One page of 责任清单, the newest on top, or what is due first where lateness is asked for."""
    narrowed = store.duties_narrowed(wanted or DutyFilter(), desk.today)
    with desk.reading(needs=Right.READ) as connection:
        return store.duty_lines(connection, narrowed, cursor, size=size)


def get_problem(desk: Desk, uid: Uid) -> Problem:
    """One problem with its telephone number masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked_problem(store.PROBLEM_SHELF.need(connection, uid))


def get_offer(desk: Desk, uid: Uid) -> Offer:
    """One offer; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.OFFER_SHELF.need(connection, uid)


def get_duty(desk: Desk, uid: Uid) -> Duty:
    """One duty with its telephone number masked; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return _masked_duty(store.DUTY_SHELF.need(connection, uid))


def problem_history(desk: Desk, uid: Uid) -> ProblemHistory:
    """One problem with its whole story, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        problem = store.PROBLEM_SHELF.need(connection, uid)
        duties = store.duties_of(connection, uid)
        merged = store.merged_into(connection, uid)
        lines = entries(connection, subject=problem.number)
    return ProblemHistory(
        _masked_problem(problem),
        tuple(map(_masked_duty, duties)),
        tuple(map(_masked_problem, merged)),
        problem_steps.allowed(problem),
        tuple(lines),
    )


def offer_history(desk: Desk, uid: Uid) -> OfferHistory:
    """One offer with the duties it serves, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        offer = store.OFFER_SHELF.need(connection, uid)
        duties = store.duties_on(connection, uid)
        lines = entries(connection, subject=offer.number)
    allowed = offer_steps.allowed(offer)
    return OfferHistory(offer, tuple(map(_masked_duty, duties)), allowed, tuple(lines))


def duty_history(desk: Desk, uid: Uid) -> DutyHistory:
    """One duty with its problem and its offer, for its page."""
    with desk.reading(needs=Right.READ) as connection:
        duty = store.DUTY_SHELF.need(connection, uid)
        problem = store.PROBLEM_SHELF.get(connection, duty.problem)
        offer = None if duty.offer is None else store.OFFER_SHELF.get(connection, duty.offer)
        lines = entries(connection, subject=duty.number)
    return DutyHistory(
        _masked_duty(duty),
        None if problem is None else _masked_problem(problem),
        offer,
        duty_steps.allowed(duty),
        tuple(lines),
    )


def live_on_partner(desk: Desk, partner: Uid) -> tuple[Page[OfferLine], Page[DutyLine]]:
    """What a unit still offers and what it is doing, the first page of each: told before it stops
    being a partner."""
    offers = store.offers_narrowed(OfferFilter(usable=True, partner=partner), desk.today)
    duties = store.duties_narrowed(DutyFilter(live=True, partner=partner), desk.today)
    with desk.reading(needs=Right.READ) as connection:
        return (
            store.offer_lines(connection, offers),
            store.duty_lines(connection, duties),
        )


def list_frame(desk: Desk) -> ListFrame:
    """What the lists and the board show beside their rows and offer to narrow them by."""
    with desk.reading(needs=Right.READ) as connection:
        names = names_of(read_settings(connection)[LIST_NAMES])
        categories = store.categories_in_use(connection)
        return ListFrame(names, tuple(categories), tuple(store.units_in_use(connection)))


def list_names(desk: Desk) -> ListNames:
    """What the three lists are called here, on screens and on paper."""
    with desk.reading(needs=Right.READ) as connection:
        return names_of(read_settings(connection)[LIST_NAMES])


def due_note(desk: Desk, due: date) -> str:
    """What is told of a due day on which nobody works; nothing of another one."""
    return _due_note(due, calendar(desk))


def problem_figures(desk: Desk, first: date, last: date) -> Counts:
    """What the figures of problems are read from, between two days, both included."""
    with desk.reading(needs=Right.READ) as connection:
        return figures.problem_counts(connection, Span(first, last, desk.today))


def read_out_problem(desk: Desk, uid: Uid, field: str) -> str:
    """A private field in full, as text; written to the audit with the problem's number."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        problem = store.PROBLEM_SHELF.need(unit.connection, uid)
        unit.about(problem.number, PROBLEMS.field(field).label)
    return _plain(problem, field)


def read_out_offer(desk: Desk, uid: Uid, field: str) -> str:
    """The same of an offer."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        offer = store.OFFER_SHELF.need(unit.connection, uid)
        unit.about(offer.number, OFFERS.field(field).label)
    return _plain(offer, field)


def read_out_duty(desk: Desk, uid: Uid, field: str) -> str:
    """The same of a duty."""
    with desk.unit_of_work("查看完整内容", needs=Right.REVEAL) as unit:
        duty = store.DUTY_SHELF.need(unit.connection, uid)
        unit.about(duty.number, DUTIES.field(field).label)
    return _plain(duty, field)


def problem_for_editing(desk: Desk, uid: Uid) -> ProblemForm:
    """The whole form of a problem for its correction, logged like a reveal."""
    with desk.unit_of_work("打开问题更正", needs=Right.REVEAL) as unit:
        problem = store.PROBLEM_SHELF.need(unit.connection, uid)
        unit.about(problem.number)
    return problem_form(problem)


def offer_for_editing(desk: Desk, uid: Uid) -> OfferForm:
    """The form of an offer for its correction."""
    return offer_form(get_offer(desk, uid))


def duty_for_editing(desk: Desk, uid: Uid) -> DutyForm:
    """The whole form of a duty for its correction, logged like a reveal."""
    with desk.unit_of_work("打开责任更正", needs=Right.REVEAL) as unit:
        duty = store.DUTY_SHELF.need(unit.connection, uid)
        unit.about(duty.number)
    return DutyForm(**{name: getattr(duty, name) for name in DutyForm.__dataclass_fields__})


def _plain(record: Record, field: str) -> str:
    if not any(kind.cls is type(record) and kind.field(field).private for kind in _KINDS):
        raise UserError("这一项没有遮挡的内容。", "请直接查看记录。", field=field)
    value = encode(getattr(record, field))
    return value if isinstance(value, str) else canonical(value)


_KINDS = (PROBLEMS, OFFERS, DUTIES)


def _masked_problem(problem: Problem) -> Problem:
    return altered(problem, raiser_phone=mask_phone(problem.raiser_phone))


def _masked_duty(duty: Duty) -> Duty:
    return altered(duty, person_phone=mask_phone(duty.person_phone))
