"""What a quarter of an employed party member came to: joins 报到 with volunteers and service."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, parse_period
from desktop_app.core.rights import Right
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import PartyMember
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.certificate import Line
from desktop_app.registers.residents import store as residents
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Quarter:
    """A 报到 and what the member served in a quarter: confirmed, no time counted twice. `minutes`
    and the number of `lines` are what `party.make_feedback` is to be told."""

    member: PartyMember
    name: str
    period: Period
    lines: tuple[Line, ...]
    minutes: int


def quarter_of_member(desk: Desk, member: Uid, period: Period | None = None) -> Quarter:
    """The quarter of that day or name, or the last one that is over."""
    found = party.history(desk, member)
    if period is None or period.kind is not PeriodKind.QUARTER:
        period = parse_period(party.last_quarter(desk))
    lines: tuple[Line, ...] = ()
    minutes = 0
    volunteer = _volunteer_of(desk, found.member)
    last = min(period.last, desk.today)
    if volunteer is not None and period.first <= last:
        told = service.summary(desk, volunteer, period.first, last)
        lines, minutes = told.lines, told.minutes
    return Quarter(found.member, found.name, period, lines, minutes)


def _volunteer_of(desk: Desk, member: PartyMember) -> Uid | None:
    with desk.reading(needs=Right.READ) as connection:
        kept = residents.kept_uid(connection, member.resident)
        files = (kept, *residents.merged_uids(connection, kept))
        found = volunteers.of_residents(connection, files)
        return volunteers.kept_uid(connection, found[0].uid) if found else None
