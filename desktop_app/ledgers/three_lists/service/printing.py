"""What papers are made from: the lists of a meeting or a unit, one line with all it points at.

Who raised a problem is left out: the papers go to units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyState
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, OfferFilter, ProblemFilter
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.storage.session import Desk
from desktop_app.storage.shelf import Shelf

R = TypeVar("R", bound=Record)

MOST_ON_PAPER = 2000
"""Lines of one list; a meeting reads some dozen."""

_ON_RECORD = "站内留存"


@dataclass(frozen=True, slots=True)
class ForMeeting:
    """The lines of the three lists, each in the order they were raised; `problems` holds also those
    that only a duty or an offer points at, `printed` are the uids of the list."""

    printed: tuple[Uid, ...]
    problems: dict[Uid, Problem]
    offers: tuple[Offer, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class ForSheet:
    """A duty with its problem and its offer, None where they have not come."""

    duty: Duty
    problem: Problem | None
    offer: Offer | None


def for_meeting(
    desk: Desk, since: date, until: date, *, partner: Uid | None = None, unit: str = ""
) -> ForMeeting:
    """What is open, and what was closed between two business dates, both included; of one unit by
    its file or by its name where either is given. Raises `UserError` for more than paper is good
    for."""
    reader = _Reader(since, until, desk.today, partner, "" if partner else unit)
    with desk.reading(needs=Right.EXPORT) as connection:
        duties = reader.duties(connection)
        offers = reader.offers(connection, duties)
        problems = [] if reader.one_unit else reader.problems(connection)
        pointed = {duty.problem for duty in duties}
        pointed |= {one.for_problem for one in offers if one.for_problem is not None}
        found = {one.uid: one for one in problems}
        missing = [uid for uid in pointed if uid not in found]
        found |= store.PROBLEM_SHELF.many(connection, missing)
    if max(len(duties), len(offers), len(problems)) >= MOST_ON_PAPER:
        raise UserError(
            f"清单超过 {MOST_ON_PAPER} 条，没有生成。",
            "请缩短期间，或按单位分别生成。",
            field="from",
        )
    printed = list(found.values()) if reader.one_unit else problems
    return ForMeeting(
        tuple(one.uid for one in sorted(printed, key=lambda one: (one.raised_on, one.number))),
        {uid: _nameless(one) for uid, one in found.items()},
        tuple(sorted(offers, key=lambda one: (one.offered_on, one.number))),
        tuple(sorted(duties, key=lambda one: (one.proposed_on, one.number))),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lines of the lists, by what a meeting or a unit wants of them."""

    since: date
    until: date
    today: date
    partner: Uid | None
    unit: str

    @property
    def one_unit(self) -> bool:
        return self.partner is not None or bool(self.unit)

    def problems(self, connection: store.Connection) -> list[Problem]:
        found: list[Problem] = []
        closed = ProblemFilter(closed_since=self.since, closed_until=self.until)
        for wanted in (ProblemFilter(open=True), closed):
            narrowed = store.problems_narrowed(wanted, self.today)
            rows = store.problem_lines(connection, narrowed, size=MOST_ON_PAPER).rows
            found += _whole(connection, store.PROBLEM_SHELF, [row.uid for row in rows])
        return found

    def offers(self, connection: store.Connection, duties: Sequence[Duty]) -> list[Offer]:
        """What may be claimed, and what these duties take of."""
        found: list[Offer] = []
        if self.partner is not None or not self.one_unit:
            usable = OfferFilter(usable=True, partner=self.partner)
            narrowed = store.offers_narrowed(usable, self.today)
            rows = store.offer_lines(connection, narrowed, size=MOST_ON_PAPER).rows
            found += _whole(connection, store.OFFER_SHELF, [row.uid for row in rows])
        known = {one.uid for one in found}
        taken = {duty.offer for duty in duties if duty.offer is not None} - known
        return found + _whole(connection, store.OFFER_SHELF, sorted(taken))

    def duties(self, connection: store.Connection) -> list[Duty]:
        found: list[Duty] = []
        live = DutyFilter(live=True, partner=self.partner, unit=self.unit)
        closed = DutyFilter(
            closed_since=self.since,
            closed_until=self.until,
            partner=self.partner,
            unit=self.unit,
        )
        for wanted in (live, closed):
            narrowed = store.duties_narrowed(wanted, self.today)
            rows = store.duty_lines(connection, narrowed, size=MOST_ON_PAPER).rows
            found += _whole(connection, store.DUTY_SHELF, [row.uid for row in rows])
        return found


def for_sheet(desk: Desk, uid: Uid) -> tuple[ForSheet, ...]:
    """One duty for its sheet; of a problem the duties that closed it, or are about to."""
    with desk.reading(needs=Right.HANDLE) as connection:
        problem = store.PROBLEM_SHELF.get(connection, uid)
        if problem is None or problem.deleted:
            duties = [store.DUTY_SHELF.need(connection, uid)]
        else:
            duties = [
                one
                for one in store.duties_of(connection, uid)
                if one.turn == problem.turn and one.state in (DutyState.CLOSED, DutyState.TO_REVIEW)
            ]
        if not duties:
            raise UserError(
                "这个问题还没有申请销号的责任，没有生成。",
                "请先在责任清单里办理并申请销号。",
                field="uid",
            )
        problems = store.PROBLEM_SHELF.many(connection, [one.problem for one in duties])
        offers = store.OFFER_SHELF.many(
            connection, [one.offer for one in duties if one.offer is not None]
        )
    return tuple(
        ForSheet(
            altered(one, person_phone=""),
            _nameless(problems[one.problem]) if one.problem in problems else None,
            offers.get(one.offer) if one.offer else None,
        )
        for one in duties
    )


def _whole(connection: store.Connection, shelf: Shelf[R], uids: Sequence[Uid]) -> list[R]:
    found = shelf.many(connection, uids)
    return [found[uid] for uid in uids if uid in found and not found[uid].deleted]


def _nameless(problem: Problem) -> Problem:
    """The problem without anybody's name or number; that somebody raised it may be said."""
    raiser = _ON_RECORD if problem.raiser or problem.raiser_phone else ""
    return altered(problem, raiser=raiser, raiser_phone="", remark="")
