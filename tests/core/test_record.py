"""A record's next revision, and the quick way to change a few of its values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.record import Record, altered


@dataclass(frozen=True, kw_only=True)
class Chair(Record):
    legs: int = 4
    colour: str = "红"


CHAIR = Chair(uid=UUID(int=1), station="QR01")


def test_an_altered_record_is_what_replace_would_make_of_it() -> None:
    assert altered(CHAIR, legs=3, colour="蓝") == replace(CHAIR, legs=3, colour="蓝")
    assert CHAIR.legs == 4


def test_a_field_that_there_is_not_is_refused() -> None:
    changes: dict[str, int] = {"wheels": 5}
    with pytest.raises(TypeError, match="wheels"):
        altered(CHAIR, **changes)  # type: ignore[arg-type]


def test_each_saving_counts_and_keeps_the_day_it_began() -> None:
    first = CHAIR.saved_at(Millis(10))
    second = first.saved_at(Millis(25))
    assert (first.revision, first.created_at, first.changed_at) == (1, 10, 10)
    assert (second.revision, second.created_at, second.changed_at) == (2, 10, 25)


def test_the_business_day_changes_at_midnight_of_the_station_and_not_before() -> None:
    zone = Zone()
    midnight = zone.at(date(2026, 11, 24))
    moments = [Millis(midnight + shift) for shift in (-1, 0, 1, -1, 900_000)]
    assert [zone.day(at).day for at in moments] == [23, 24, 24, 23, 24]
