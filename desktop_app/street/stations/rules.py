"""How a station stands with its street, from its entry and from what it has sent. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.core.clock import Zone
from desktop_app.registers.offices.rules import StationEntry, StationKey, StationLine, StationState
from desktop_app.street.inbox.service import StationReport

CLOCK_NOTICED_MS = 10 * 60_000
"""A clock that is so far ahead is wrong; behind it tells nothing, since bundles lie on sticks."""


class Order(StrEnum):
    """In which order stations are listed; never by what they have done."""

    CODE = "code"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to: part of a name or code, and whether those that have merged or
    moved away are shown as well."""

    search: str = ""
    over: bool = False
    order: Order = Order.CODE


@dataclass(frozen=True, slots=True)
class StationStand:
    """A station with what it sent. `waiting` is how many days nothing has come, None for one that
    is over; `late` that it is time to remind it."""

    line: StationLine
    report: StationReport | None
    waiting: int | None
    late: bool

    @property
    def entry(self) -> StationEntry:
        return self.line.entry

    @property
    def code(self) -> str:
        return self.line.entry.code

    @property
    def keys(self) -> Sequence[StationKey]:
        return self.line.keys

    @property
    def has_sent(self) -> bool:
        """Whether anything was ever taken in from it."""
        return self.report is not None and self.report.applied > 0

    @property
    def clock_ahead(self) -> int:
        """By how many ms its clock was ahead when its last bundle came; 0 when it may be right."""
        offset = 0 if self.report is None else self.report.clock_offset
        return offset if offset >= CLOCK_NOTICED_MS else 0

    @property
    def may_be_revoked(self) -> bool:
        """Whether there is a key of its that could be believed."""
        return any(key.revoked_at is None for key in self.keys)


def stand_of(
    line: StationLine,
    report: StationReport | None,
    today: date,
    zone: Zone,
    remind_days: int,
) -> StationStand:
    """How a station stands today; after `remind_days` without a bundle (0: never) it is late."""
    entry = line.entry
    if entry.state.over:
        return StationStand(line, report, None, late=False)
    last = None if report is None or report.last_at is None else zone.day(report.last_at)
    waiting = max(0, (today - (last or entry.since)).days)
    late = bool(remind_days) and waiting >= remind_days
    return StationStand(
        line, report, waiting, late=late and entry.state is not StationState.EXPECTED
    )


def arranged(stands: Sequence[StationStand], order: Order) -> list[StationStand]:
    """In this order; those that are over come last."""
    if order is Order.WAITING:
        return sorted(stands, key=_by_waiting)
    return sorted(stands, key=_by_code)


def _by_code(stand: StationStand) -> tuple[bool, str]:
    return stand.entry.state.over, stand.code


def _by_waiting(stand: StationStand) -> tuple[bool, int, str]:
    return stand.entry.state.over, -(stand.waiting or 0), stand.code
