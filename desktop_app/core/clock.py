"""The only door to time. Everything that needs "now" takes a `Clock` by argument.

Points in time are whole milliseconds since 1970-01-01 UTC (`Millis`); a record also stores its
business date, the calendar day at the station. The zone is the station's setting, never the PC's.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NewType, Protocol
from zoneinfo import ZoneInfo

Millis = NewType("Millis", int)

STATION_ZONE = "Asia/Shanghai"

_QUARTER_MS = 15 * 60 * 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock(Protocol):
    """Where the program asks for the time."""

    def now(self) -> Millis:
        """Milliseconds since the epoch, UTC, by the wall clock (it may jump)."""
        ...

    def ticks(self) -> float:
        """Seconds since the machine started, or another origin; never goes back while it is on."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> Millis:
        return Millis(time.time_ns() // 1_000_000)

    def ticks(self) -> float:
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests, demo data and replays."""

    def __init__(self, at: Millis) -> None:
        self._at = at
        self._ticks = 0.0

    def now(self) -> Millis:
        return self._at

    def ticks(self) -> float:
        return self._ticks

    def advance(self, seconds: float) -> None:
        """Let time pass, on the wall and in ticks alike."""
        self._at = Millis(self._at + round(seconds * 1000))
        self._ticks += seconds

    def set(self, at: Millis) -> None:
        """Move the wall clock only, as somebody does who opens the PC's date settings."""
        self._at = at


class Zone:
    """The station's zone: turns points in time into the day and minute people speak of."""

    def __init__(self, name: str = STATION_ZONE) -> None:
        self.name = name
        self._info = ZoneInfo(name)
        self._last = (-1, date.min)

    def local(self, at: Millis) -> datetime:
        return (_EPOCH + timedelta(milliseconds=at)).astimezone(self._info)

    def day(self, at: Millis) -> date:
        """The business date of a point in time."""
        # Days begin at a quarter of an hour in UTC everywhere (since 1972), and who asks for one
        # day mostly asks for it again.
        quarter = at // _QUARTER_MS
        last = self._last
        if last[0] != quarter:
            last = self._last = (quarter, self.local(at).date())
        return last[1]

    def at(self, day: date, hour: int = 0, minute: int = 0, second: int = 0) -> Millis:
        """The point in time of a local wall-clock reading."""
        return _moment(self._info, day, hour, minute, second)


@lru_cache(maxsize=4_096)
def _moment(zone: ZoneInfo, day: date, hour: int, minute: int, second: int) -> Millis:
    # The beginnings of the same days are asked for again and again.
    return millis(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone))


def millis(moment: datetime) -> Millis:
    """Milliseconds of an aware datetime; a naive one raises `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError("a point in time needs a zone")
    return Millis(round((moment - _EPOCH) / timedelta(milliseconds=1)))
