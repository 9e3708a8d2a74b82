"""What forms of activities are cleaned with. Pure."""

from __future__ import annotations

from desktop_app.core.cleaning import Problems

__all__ = ["Clock", "Problems", "is_clock"]

Clock = tuple[int, int]
"""Hour and minute on the station's clock."""


def is_clock(time: Clock) -> bool:
    return 0 <= time[0] <= 23 and 0 <= time[1] <= 59
