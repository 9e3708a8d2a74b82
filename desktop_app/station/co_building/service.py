"""What 共建单位 promised and did, and what 前台 is reminded of. Joins ledgers; without Qt.

A joint activity is one that took place and names the unit, by whatever name it has or had; a
meeting that does is a 联席会. An offer counts when it was made in the year and not withdrawn, a
problem when a duty of the unit was closed in the year (`rules.Deeds`). Promises in words nobody can
count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    AgreementState,
    PromiseKind,
    has_expired,
)
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter, AgreementLine
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, OfferFilter
from desktop_app.registers.partners.rules import Partner
from desktop_app.station.co_building import store
from desktop_app.station.co_building.rules import (
    MOST_LINES,
    Deeds,
    Fulfilled,
    Left,
    quarter_to_report,
    year_of,
)
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something of 三单 that should not be forgotten, in words; `page` and `wanted` are where it
    is seen to (`core.route.OpenPage`)."""

    words: str
    page: str
    wanted: object


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What belongs to a unit: its agreements, the newest first, and what of the promises of each
    that holds is done."""

    agreements: tuple[Agreement, ...]
    fulfilled: Mapping[Uid, tuple[Fulfilled, ...]] = field(default_factory=dict)
    live: int = 0


def live_agreements(desk: Desk, units: Sequence[Uid]) -> Mapping[Uid, int]:
    """How many agreements with each of these units hold now."""
    with desk.reading(needs=Right.READ) as connection:
        return store.live_counts(connection, units, desk.today)


def left_with(desk: Desk, unit: Uid) -> Left:
    """What a unit still has that its ending does not see to; read before it is asked for."""
    live = live_agreements(desk, [unit]).get(unit, 0)
    offers, duties = lists.live_on_partner(desk, unit)
    return Left(live, offers.total_words, duties.total_words)


def fulfilled(desk: Desk, agreement: Agreement) -> tuple[Fulfilled, ...]:
    """What of the promises of an agreement is done in its present year; empty before it is signed
    or where nothing is promised."""
    return _fulfilled(desk, [agreement]).get(agreement.uid, ())


def promised(desk: Desk, lines: Sequence[AgreementLine]) -> Mapping[str, str]:
    """For the lines of a list, by the uid's hexadecimal: 活动 3/4 · 问题 0/2."""
    with desk.reading(needs=Right.READ) as connection:
        known = store.whole(connection, [line.uid for line in lines])
    found = _fulfilled(desk, list(known.values()))
    return {
        uid.hex: " · ".join(filter(None, (one.short for one in some)))
        for uid, some in found.items()
    }


def of_unit(desk: Desk, unit: Uid) -> OfUnit:
    """What belongs to a unit, for its page."""
    found = agreements.of_partner(desk, unit)
    holding = [
        one
        for one in found
        if one.state is AgreementState.SIGNED
        and not has_expired(one.state, one.ends_on, desk.today)
    ]
    return OfUnit(found, _fulfilled(desk, holding), len(holding))


def reminders(desk: Desk) -> tuple[Reminder, ...]:
    """What 前台 is reminded of, the most pressing first; empty for who may not read the lists."""
    if not desk.actor.may(Right.READ):
        return ()
    found = []
    late = lists.duties_page(desk, DutyFilter(late=True), size=1).total
    if late:
        wanted: object = DutyFilter(late=True)
        found.append(Reminder(f"{lists.list_names(desk).duties}逾期 {late} 项", "duties", wanted))
    for words, narrowed in (
        ("共建协议已到期", AgreementFilter(expired=True)),
        ("共建协议即将到期", AgreementFilter(expiring=True)),
    ):
        total = agreements.page(desk, narrowed, size=1).total
        if total:
            found.append(Reminder(f"{words} {total} 份", "agreements", narrowed))
    return (*found, *_report_due(desk))


def _report_due(desk: Desk) -> tuple[Reminder, ...]:
    due = quarter_to_report(desk.today)
    if due is None:
        return ()
    with desk.reading(needs=Right.READ) as connection:
        count = store.with_report(connection, desk.today)
    if not count:
        return ()
    words = f"{due[0]}年第{due[1]}季度共建情况，按协议要书面汇报街道"
    return (Reminder(words, "agreements", AgreementFilter(live=True)),)


# --- counting -------------------------------------------------------------------------------------


def _fulfilled(desk: Desk, some: Sequence[Agreement]) -> dict[Uid, tuple[Fulfilled, ...]]:
    years = {
        one.uid: year_of(one.starts_on, one.ended_on or one.ends_on, desk.today)
        for one in some
        if one.signed and one.promises and one.starts_on is not None
    }
    counted = [one for one in some if one.uid in years]
    if not counted:
        return {}
    held = _held(desk, counted, years)
    found = {}
    for one in counted:
        first, last = years[one.uid]
        deeds = _deeds(desk, one, held[one.uid], first, last)
        found[one.uid] = tuple(
            Fulfilled(promise, deeds.done(promise.kind, first, last), first, last)
            for promise in one.promises
        )
    return found


def _held(
    desk: Desk, some: Sequence[Agreement], years: Mapping[Uid, tuple[date, date]]
) -> Mapping[Uid, Sequence[tuple[date, bool]]]:
    """Of each agreement the activities and meetings that name its unit, in one reading."""
    zone = desk.database.zone
    first = min(years[one.uid][0] for one in some)
    last = max(years[one.uid][1] for one in some)
    with desk.reading(needs=Right.READ) as connection:
        rows = store.held_with_partners(
            connection,
            zone.at(first),
            zone.at(last + timedelta(days=1)),
            {one.station for one in some},
        )
        known = store.units(connection, {one.partner for one in some if one.partner is not None})
    found = {}
    for one in some:
        names = _names(one, known)
        found[one.uid] = [
            (zone.day(row.starts_at), bool(row.meeting))
            for row in rows
            if row.station == one.station and names.intersection(row.partners)
        ]
    return found


def _names(agreement: Agreement, known: Mapping[Uid, Partner]) -> frozenset[str]:
    """What the unit is or was called, and as the agreement names it."""
    partner = known.get(agreement.partner) if agreement.partner is not None else None
    names = () if partner is None else partner.names
    return frozenset(filter(None, (*names, agreement.partner_name)))


def _deeds(
    desk: Desk, agreement: Agreement, held: Sequence[tuple[date, bool]], first: date, last: date
) -> Deeds:
    """What the unit of an agreement did in a year, as far as something of it is promised."""
    partner, kinds = agreement.partner, {one.kind for one in agreement.promises}
    deeds = Deeds(held)
    if partner is None:
        return deeds
    if PromiseKind.OFFERS in kinds:
        offered = OfferFilter(partner=partner, since=first, until=last)
        deeds = replace(deeds, offers=lists.offers_page(desk, offered, size=MOST_LINES).rows)
    if PromiseKind.SOLVED in kinds:
        closed = DutyFilter(partner=partner, closed_since=first, closed_until=last)
        deeds = replace(deeds, duties=lists.duties_page(desk, closed, size=MOST_LINES).rows)
    return deeds
