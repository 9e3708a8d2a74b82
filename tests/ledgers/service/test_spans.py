"""Time is counted in whole minutes, never twice, never more than went by."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.service.rules.certificate_steps import lines_of, minutes_in
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.rules.spans import (
    Overlap,
    counted_once,
    minutes_of,
    overlapping,
    refuse_full_day,
    refuse_overlap,
    refuse_span,
)
from tests.ledgers.service.builders import DAY, ZONE, at, record

NEXT = DAY + timedelta(days=1)
STATES = st.sampled_from(
    [ServiceState.CONFIRMED] * 4 + [ServiceState.TO_CONFIRM, ServiceState.VOID, ServiceState.OPEN]
)


@st.composite
def histories(draw: st.DrawFn) -> list[ServiceRecord]:
    """Records of one volunteer, overlapping as they like, some of them not confirmed."""
    found = []
    for n in range(draw(st.integers(min_value=0, max_value=8))):
        start = at(0) + draw(st.integers(min_value=0, max_value=3 * 1440)) * 60_000
        start += draw(st.integers(min_value=0, max_value=59_999))
        long = draw(st.integers(min_value=1, max_value=600))
        state = draw(STATES)
        end = None if state is ServiceState.OPEN else Millis(start + long * 60_000)
        excluded = draw(st.integers(min_value=0, max_value=long - 1))
        found.append(
            record(Uid(int=n + 1), Millis(start), end, state=state, excluded_minutes=excluded)
        )
    return found


@given(histories())
def test_a_certificate_never_counts_what_is_unconfirmed_or_the_same_time_twice(
    history: list[ServiceRecord],
) -> None:
    lines = lines_of(history)
    confirmed = {one.uid: one for one in history if one.state is ServiceState.CONFIRMED}
    assert {line.service for line in lines} <= confirmed.keys()
    assert all(0 < line.minutes <= (confirmed[line.service].minutes or 0) for line in lines)
    # Minute by minute, by hand: what went by while at least one confirmed record ran.
    went_by, until = 0, 0
    for one in sorted(confirmed.values(), key=lambda each: each.started_at):
        assert one.ended_at is not None
        went_by += max(0, one.ended_at - max(one.started_at, until))
        until = max(until, one.ended_at)
    assert minutes_in(lines) * 60_000 <= went_by


@given(histories())
def test_without_overlap_a_certificate_counts_all_that_is_confirmed(
    history: list[ServiceRecord],
) -> None:
    confirmed = [one for one in history if one.state is ServiceState.CONFIRMED]
    if any(overlapping(one, confirmed) for one in confirmed):
        return
    assert minutes_in(lines_of(history)) == sum(one.minutes or 0 for one in confirmed)


@given(histories(), st.randoms(use_true_random=False))
def test_in_which_order_records_came_makes_no_difference(
    history: list[ServiceRecord], dice: random.Random
) -> None:
    shuffled = list(history)
    dice.shuffle(shuffled)
    assert counted_once(shuffled) == counted_once(history)


def test_time_that_two_records_hold_is_counted_with_the_earlier_one() -> None:
    both = [record(Uid(int=1), at(9), at(11)), record(Uid(int=2), at(10), at(12))]
    assert [(one.service.int, one.minutes) for one in counted_once(both)] == [(1, 120), (2, 60)]


def test_a_record_within_another_one_adds_nothing_and_has_no_line() -> None:
    both = [record(Uid(int=1), at(9), at(12)), record(Uid(int=2), at(10), at(11))]
    assert [one.minutes for one in counted_once(both)] == [180, 0]
    assert [line.service.int for line in lines_of(both)] == [1]


def test_travel_is_no_service_and_seconds_make_no_minute() -> None:
    assert minutes_of(at(9), Millis(at(11) + 59_999), 30) == 90
    assert minutes_of(at(9), None, 0) is None


def test_who_stops_at_ten_may_begin_elsewhere_at_ten() -> None:
    assert (
        overlapping(record(Uid(int=1), at(9), at(10)), [record(Uid(int=2), at(10), at(11))]) == []
    )


def test_what_has_not_ended_takes_all_the_time_after_its_start() -> None:
    open_one = record(Uid(int=2), at(9), None, state=ServiceState.OPEN)
    with pytest.raises(Overlap, match="还没有签退") as told:
        refuse_overlap(record(Uid(int=1), at(20), at(21)), [open_one], ZONE)
    assert "签退" in told.value.next_step
    refuse_overlap(record(Uid(int=1), at(8), at(9)), [open_one], ZONE)


def test_an_overlap_names_the_other_record_and_its_time_and_a_reason_allows_it() -> None:
    other = record(Uid(int=2), at(9), at(11))
    with pytest.raises(Overlap, match="11月20日 周五 09:00—11:00") as told:
        refuse_overlap(record(Uid(int=1), at(10), at(12)), [other], ZONE)
    assert told.value.number == other.number
    reason = "带队时顺路发放宣传页"
    refuse_overlap(record(Uid(int=1), at(10), at(12), overlap_reason=reason), [other], ZONE)


def test_a_reason_in_the_other_record_is_enough_only_where_both_were_known() -> None:
    other = record(Uid(int=2), at(9), at(11), overlap_reason="同时带队")
    one = record(Uid(int=1), at(10), at(12))
    with pytest.raises(Overlap):
        refuse_overlap(one, [other], ZONE)
    refuse_overlap(one, [other], ZONE, known=True)


def test_a_void_record_takes_no_time() -> None:
    gone = record(Uid(int=2), at(9), at(11), state=ServiceState.VOID)
    one = record(Uid(int=1), at(10), at(12))
    assert overlapping(one, [gone]) == []
    refuse_overlap(one, [gone], ZONE)
    refuse_full_day(record(Uid(int=1), at(0), at(23)), [gone])


@pytest.mark.parametrize(
    ("start", "end", "excluded", "said"),
    [
        (at(9), at(8), 0, "不晚于开始"),
        (at(9), at(9), 0, "不晚于开始"),
        (at(9), at(10, day=DAY + timedelta(days=1)), 0, "25小时，超过24小时"),
        (at(9), at(10), 60, "扣除"),
        (at(9), at(10), -1, "扣除"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_is_lost(
    start: Millis, end: Millis, excluded: int, said: str
) -> None:
    with pytest.raises(UserError, match=said) as told:
        refuse_span(start, end, excluded)
    assert "内容都在" in told.value.sentence
    assert told.value.next_step


def test_a_night_watch_may_pass_midnight_and_last_a_whole_day() -> None:
    refuse_span(at(22), at(2, day=DAY + timedelta(days=1)), 0)
    refuse_span(at(9), at(9, day=DAY + timedelta(days=1)), 0)
    assert minutes_of(at(22), at(2, day=DAY + timedelta(days=1)), 0) == 240


def test_one_day_of_one_volunteer_has_no_more_than_24_hours() -> None:
    day: date = DAY
    night = record(Uid(int=1), at(12), at(12, day=day + timedelta(days=1)))
    with pytest.raises(UserError, match="已记24小时，加上这一条超过24小时"):
        refuse_full_day(record(Uid(int=2), at(1), at(2)), [night])
    refuse_full_day(record(Uid(int=2), at(13, day=NEXT), at(14, day=NEXT)), [night])
