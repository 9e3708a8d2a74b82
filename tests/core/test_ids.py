"""Identity and time: values that never go back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.clock import FixedClock, Millis, Zone, millis
from desktop_app.core.ids import UidFactory, parse_uid


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=60))
def test_uids_rise_even_when_the_clock_jumps_back(jumps: list[int]) -> None:
    clock = FixedClock(Millis(1_700_000_000_000))
    new_uid = UidFactory(clock)
    uids = []
    for jump in jumps:
        clock.set(Millis(max(0, clock.now() + jump)))
        uids.append(new_uid())

    assert uids == sorted(uids)
    assert len(set(uids)) == len(uids)


def test_a_uid_is_a_version_seven_uuid_of_its_millisecond() -> None:
    at = Millis(1_764_000_000_123)
    uid = UidFactory(FixedClock(at))()

    assert uid.version == 7
    assert uid.variant == "specified in RFC 4122"
    assert uid.int >> 80 == at


def test_ten_thousand_uids_in_one_millisecond_stay_apart_and_in_order() -> None:
    new_uid = UidFactory(FixedClock(Millis(1_764_000_000_123)))
    uids = [new_uid() for _ in range(10_000)]

    assert uids == sorted(set(uids))


def test_a_pasted_uid_is_read_with_or_without_hyphens() -> None:
    uid = UidFactory(FixedClock(Millis(1)))()

    assert parse_uid(f" {uid} ") == parse_uid(uid.hex) == uid
    assert parse_uid("张三") is None


def test_the_business_date_is_the_stations_not_utcs() -> None:
    late_evening_utc = millis(datetime(2026, 11, 22, 16, 0, tzinfo=UTC))

    assert Zone().day(late_evening_utc) == date(2026, 11, 23)


@given(st.datetimes(datetime(1992, 1, 1), datetime(2090, 1, 1)))
def test_a_local_minute_and_its_point_in_time_are_one_another(moment: datetime) -> None:
    zone = Zone()
    at = zone.at(moment.date(), moment.hour, moment.minute)

    assert zone.local(at).replace(tzinfo=None) == moment.replace(second=0, microsecond=0)
    assert zone.day(Millis(at + int(timedelta(hours=24).total_seconds()) * 1000)) == (
        moment.date() + timedelta(days=1)
    )
