"""A day on which the station works although the country rests, or the other way round. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.record import Record

REASON_LIMIT = 100


@dataclass(frozen=True, kw_only=True)
class DayOverride(Record):
    """What the station says of one day; it wins over the national calendar."""

    day: date
    is_workday: bool
    reason: str = ""
