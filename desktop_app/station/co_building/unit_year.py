"""What a unit promised in its agreements and what it did in a year, read from the ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.rules.terms import terms_at
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.listing import (
    DutyFilter,
    DutyLine,
    OfferFilter,
    OfferLine,
)
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner
from desktop_app.station.co_building import store
from desktop_app.station.co_building.rules import MOST_LINES, Deeds, Fulfilled, problems_of
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Pledge:
    """An agreement of the year with its promises, as its terms stood at the end; what is done of
    each is counted in the days of the year in which it held."""

    agreement: Agreement
    promises: tuple[Fulfilled, ...]


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit in one year; `until` is the last day that was counted.

    `offers` are those it registered in the year. `closed` are the duties whose closing lies in it,
    `live` those under way today, `declined` those proposed in the year that it declined.
    """

    partner: Partner
    year: Period
    until: date
    pledges: tuple[Pledge, ...]
    offers: tuple[OfferLine, ...]
    closed: tuple[DutyLine, ...]
    live: tuple[DutyLine, ...]
    declined: tuple[DutyLine, ...]
    activities: tuple[Activity, ...]

    @property
    def in_time(self) -> int:
        """How many of the closed ones were closed by their (extended) due day."""
        return sum(in_time(one) for one in self.closed)

    @property
    def late_now(self) -> int:
        """How many of those under way are past their due day."""
        return sum(one.is_late(self.until) for one in self.live)

    @property
    def solved(self) -> int:
        """How many problems its closed duties belong to."""
        return len(problems_of(self.closed))

    @property
    def deeds(self) -> Deeds:
        """What keeps promises."""
        held = [(one.day, one.meeting) for one in self.activities]
        return Deeds(held, self.offers, self.closed)


def in_time(line: DutyLine) -> bool:
    """Whether a closed duty was closed by its (extended) due day."""
    return line.closed_on is not None and line.closed_on <= line.due


def year_of(desk: Desk, partner: Uid, year: Period | None = None) -> UnitYear:
    """One unit in a year, this one if none is given.

    An activity counts for a unit when it names it by any name it has or had; an offer that was
    withdrawn keeps no promise. Raises `UserError` for a period that is no year.
    """
    desk.actor.require(Right.READ)
    year = year or period_of(desk.today, PeriodKind.YEAR)
    if year.kind is not PeriodKind.YEAR:
        raise UserError(
            "单位年度共建情况要写一整年，没有生成。", "请写年份，例如 2026。", field="period"
        )
    found, signed = partners.get(desk, partner), agreements.of_partner(desk, partner)
    names = {*found.names, *(one.partner_name for one in signed if one.partner_name)}
    last = min(year.last, desk.today)
    offers = lists.offers_page(desk, OfferFilter(partner=partner), size=MOST_LINES).rows
    duties = lists.duties_page(desk, DutyFilter(partner=partner), size=MOST_LINES).rows
    with desk.reading(needs=Right.READ) as connection:
        together = tuple(store.held_with(connection, names, year.first, last))
    bare = UnitYear(
        partner=found,
        year=year,
        until=last,
        pledges=(),
        offers=tuple(one for one in reversed(offers) if one.offered_on in year),
        closed=_closed(duties, year),
        live=tuple(one for one in reversed(duties) if one.live),
        declined=tuple(
            one
            for one in reversed(duties)
            if one.state is DutyState.DECLINED and one.proposed_on in year
        ),
        activities=together,
    )
    pledges = (_pledge(bare, one) for one in reversed(signed) if one.signed)
    return replace(bare, pledges=tuple(one for one in pledges if one is not None))


def _closed(duties: Sequence[DutyLine], year: Period) -> tuple[DutyLine, ...]:
    found = [one for one in duties if one.closed_on is not None and one.closed_on in year]
    return tuple(sorted(found, key=lambda one: (one.closed_on or year.last, one.number)))


def _pledge(told: UnitYear, agreement: Agreement) -> Pledge | None:
    """An agreement that held on a day of the year; None for another one."""
    starts = agreement.starts_on or agreement.signed_on or told.year.first
    ends = agreement.ended_on or agreement.ends_on or told.year.last
    since, until = max(starts, told.year.first), min(ends, told.year.last)
    if since > until:
        return None
    held = terms_at(agreement, min(until, max(told.until, since))) or agreement
    deeds = told.deeds
    return Pledge(
        held,
        tuple(
            Fulfilled(promise, deeds.done(promise.kind, since, until), since, until)
            for promise in held.promises
        ),
    )
