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
    lines, minutes = served_in(desk, found.member.resident, period)
    return Quarter(found.member, found.name, period, lines, minutes)


def served_in(desk: Desk, resident: Uid, period: Period) -> tuple[tuple[Line, ...], int]:
    """What somebody served in a period so far, line by line, and the minutes of it; nothing of who
    is no volunteer."""
    volunteer = _volunteer_of(desk, resident)
    last = min(period.last, desk.today)
    if volunteer is None or period.first > last:
        return (), 0
    told = service.summary(desk, volunteer, period.first, last)
    return told.lines, told.minutes


def _volunteer_of(desk: Desk, resident: Uid) -> Uid | None:
    with desk.reading(needs=Right.READ) as connection:
        kept = residents.kept_uid(connection, resident)
        files = (kept, *residents.merged_uids(connection, kept))
        found = volunteers.of_residents(connection, files)
        return volunteers.kept_uid(connection, found[0].uid) if found else None
