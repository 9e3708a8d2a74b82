"""Slots, holes, overlaps and proposals, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.cleaning import Problems
from desktop_app.core.clock import Millis, Zone
from desktop_app.ledgers.posts.rules.filling import Hole, proposed
from desktop_app.ledgers.posts.rules.pattern import (
    DAY,
    MINUTE,
    Pattern,
    Slot,
    checked_pattern,
    slots_of,
    span_words,
)
from desktop_app.ledgers.posts.rules.post import Post, PostState
from desktop_app.ledgers.posts.rules.roster import Person, overlaps, roster_of
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftState

ZONE = Zone()
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)
CLOCKS = st.tuples(st.integers(0, 23), st.integers(0, 59))
PATTERNS = st.builds(
    Pattern,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    CLOCKS,
    CLOCKS,
)
HOUR = 60 * MINUTE


def uid(n: int) -> UUID:
    return UUID(int=n)


def shift(n: int, post: int, who: int, start: int, hours: int = 2, **more: object) -> Shift:
    """From `start` hours after Monday's midnight."""
    begin = Millis(ZONE.at(MONDAY) + start * HOUR)
    values = {
        "uid": uid(n),
        "station": "QR01",
        "post": uid(post),
        "volunteer": uid(who),
        "day": ZONE.day(begin),
        "starts_at": begin,
        "ends_at": begin + hours * HOUR,
    }
    return Shift(**{**values, **more})  # type: ignore[arg-type]


def post(n: int, **more: object) -> Post:
    values = {
        "uid": uid(n),
        "station": "QR01",
        "number": f"QR01-P2026A-{n:05d}",
        "name": f"岗位{n}",
        "quota": 2,
        "from_on": MONDAY,
        "pattern": Pattern((0, 1, 2, 3, 4, 5, 6), (19, 0), (21, 0)),
    }
    return Post(**{**values, **more})  # type: ignore[arg-type]


def test_a_slot_that_ends_after_midnight_belongs_to_the_evening_it_begins() -> None:
    (friday, saturday) = slots_of(Pattern((4, 5), (22, 0), (2, 0)), MONDAY, SUNDAY, ZONE)
    assert (friday.day, saturday.day) == (date(2026, 11, 27), date(2026, 11, 28))
    assert friday.ends_at - friday.starts_at == 4 * HOUR
    assert ZONE.local(friday.ends_at).date() == date(2026, 11, 28)
    assert span_words(friday.starts_at, friday.ends_at, ZONE) == "11月27日 22:00–次日02:00"


def test_equal_hours_mean_a_day_and_a_night() -> None:
    (slot,) = slots_of(Pattern((0,), (8, 0), (8, 0)), MONDAY, SUNDAY, ZONE)
    assert slot.ends_at - slot.starts_at == DAY


def test_where_clocks_are_turned_people_go_home_at_the_hour_on_paper() -> None:
    berlin = Zone("Europe/Berlin")
    day = date(2026, 3, 28)
    (slot,) = slots_of(Pattern((5,), (22, 0), (6, 0)), day, day, berlin)
    assert slot.ends_at - slot.starts_at == 7 * HOUR
    assert berlin.local(slot.ends_at).hour == 6


@given(PATTERNS, st.integers(0, 20), st.integers(0, 20), st.integers(-5, 15), st.integers(-5, 25))
def test_slots_lie_within_days_and_never_overlap(
    pattern: Pattern, start: int, length: int, since: int, until: int
) -> None:
    first, last = MONDAY + timedelta(start), MONDAY + timedelta(start + length)
    from_on, until_on = MONDAY + timedelta(since), MONDAY + timedelta(until)
    found = slots_of(pattern, first, last, ZONE, from_on=from_on, until_on=until_on)
    days = [max(first, from_on) + timedelta(n) for n in range(60)]
    assert [slot.day for slot in found] == [
        day for day in days if day <= min(last, until_on) and day.weekday() in pattern.weekdays
    ]
    for slot in found:
        begin = ZONE.local(slot.starts_at)
        assert (begin.date(), (begin.hour, begin.minute)) == (slot.day, pattern.starts)
        assert 0 < slot.ends_at - slot.starts_at <= DAY
    assert not any(a.overlaps(b.starts_at, b.ends_at) for a, b in combinations(found, 2))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Pattern((0, 1, 2, 3, 4), (19, 0), (21, 0)), "周一至周五 19:00–21:00"),
        (Pattern((5, 6), (20, 0), (6, 0)), "周六、周日 20:00–次日06:00"),
        (Pattern((0, 2, 4), (8, 5), (9, 0)), "周一、周三、周五 08:05–09:00"),
        (Pattern(tuple(range(7)), (8, 0), (8, 0)), "每天 08:00–次日08:00"),
    ],
)
def test_a_pattern_in_words(pattern: Pattern, words: str) -> None:
    assert pattern.words == words


@pytest.mark.parametrize(
    "pattern",
    [Pattern((), (8, 0), (9, 0)), Pattern((7,), (8, 0), (9, 0)), Pattern((0,), (24, 0), (9, 0))],
)
def test_a_pattern_that_means_nothing_is_told(pattern: Pattern) -> None:
    problems = Problems()
    checked_pattern(pattern, problems)
    assert [one.field for one in problems.found] == ["pattern"]


def test_a_roster_shows_people_holes_and_hours_beside_the_pattern() -> None:
    shifts = [
        shift(1, 1, 11, 19),
        shift(2, 1, 12, 19, state=ShiftState.ABSENT),
        shift(3, 1, 13, 43 + 1),  # Tuesday, an hour late: still the evening's slot
        shift(4, 1, 14, 48 + 8),  # Wednesday morning, asked for by nobody
        shift(5, 1, 15, 19, state=ShiftState.CANCELLED),
    ]
    people = {uid(n): Person(uid(n), f"V{n}", f"人{n}") for n in range(11, 16)}
    (row,) = roster_of([post(1)], shifts, people, MONDAY, SUNDAY, ZONE, {}).rows
    monday, tuesday, wednesday = row.cells[:3]
    assert [one.name for one in monday.slots[0].people] == ["人11", "人12"]
    assert (monday.holes, tuesday.holes, wednesday.holes) == (1, 1, 2)
    assert [(slot.regular, slot.holes) for slot in wednesday.slots] == [(False, 0), (True, 2)]
    assert row.holes == 1 + 1 + 2 * 5


def test_a_closed_post_shows_what_was_held_and_asks_for_nobody() -> None:
    closed = post(1, state=PostState.CLOSED)
    (row,) = roster_of([closed], [shift(1, 1, 11, 19)], {}, MONDAY, SUNDAY, ZONE, {}).rows
    assert [len(cell.slots) for cell in row.cells] == [1, 0, 0, 0, 0, 0, 0]
    assert row.holes == 0


def test_a_post_without_hours_asks_for_its_quota_where_somebody_is_planned() -> None:
    free = post(1, pattern=None)
    (row,) = roster_of([free], [shift(1, 1, 11, 9)], {}, MONDAY, SUNDAY, ZONE, {}).rows
    assert (row.cells[0].holes, row.holes) == (1, 1)


def test_two_spellings_of_one_person_clash_and_who_only_hands_over_does_not() -> None:
    one = Person(uid(11), "V11", "陈志明")
    people = {uid(11): one, uid(12): one, uid(13): Person(uid(13), "V13", "李慧")}
    shifts = [
        shift(1, 1, 11, 19),
        shift(2, 2, 12, 20, override_reason="两处相邻"),
        shift(3, 2, 13, 19),
        shift(4, 1, 13, 21),
    ]
    (clash,) = overlaps(shifts, people, {uid(1): "甲", uid(2): "乙"})
    assert (clash.first, clash.second, clash.reason) == (uid(1), uid(2), "两处相邻")
    assert (clash.first_post, clash.second_post) == ("甲", "乙")
    assert clash.ends_at - clash.starts_at == HOUR


SPANS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=9
)


@given(SPANS)
def test_every_overlap_is_found_and_nothing_else(spans: list[tuple[int, int, int]]) -> None:
    shifts = [shift(n, n, 11 + who, at, hours) for n, (who, at, hours) in enumerate(spans, 1)]
    found = {frozenset((one.first, one.second)) for one in overlaps(shifts, {}, {})}
    assert found == {
        frozenset((a.uid, b.uid))
        for a, b in combinations(shifts, 2)
        if a.volunteer == b.volunteer and max(a.starts_at, b.starts_at) < min(a.ends_at, b.ends_at)
    }


def slot(start: int, hours: int = 2) -> Slot:
    one = shift(1, 1, 1, start, hours)
    return Slot(one.starts_at, one.ends_at, one.day)


def test_a_proposal_takes_turns_and_leaves_a_hole_that_nobody_can_fill() -> None:
    holes = [Hole(uid(1), slot(19 + 24 * n), 1, frozenset()) for n in range(4)]
    line = {uid(1): [uid(11), uid(12)]}
    found = proposed(holes, line, {uid(12): [(slot(19).starts_at, slot(19).ends_at)]}, {}, _any)
    # 12 is elsewhere on Monday; from then on the one with fewer shifts, then who was there before.
    assert [one.volunteer for one in found] == [uid(11), uid(12), uid(11), uid(12)]
    two = [Hole(uid(1), slot(19), 3, frozenset({uid(11)}))]
    assert [one.volunteer for one in proposed(two, line, {}, {}, _any)] == [uid(12)]
    assert proposed(two, line, {}, {}, lambda who, post, slot: False) == ()


def _any(who: UUID, post: UUID, slot: Slot) -> bool:
    return True


HOLES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 60), st.integers(1, 10), st.integers(1, 3)),
    min_size=1,
    max_size=8,
)


@given(HOLES, SPANS, st.sets(st.tuples(st.integers(11, 15), st.integers(1, 3))))
def test_a_proposal_never_puts_anybody_at_two_places(
    wanted: list[tuple[int, int, int, int]],
    elsewhere: list[tuple[int, int, int]],
    on: set[tuple[int, int]],
) -> None:
    holes = [Hole(uid(p), slot(at, hours), n, frozenset()) for p, at, hours, n in wanted]
    busy: dict[UUID, list[tuple[int, int]]] = {}
    for who, at, hours in elsewhere:
        busy.setdefault(uid(11 + who), []).append(
            (slot(at, hours).starts_at, slot(at, hours).ends_at)
        )
    line = {uid(p): [uid(w) for w, at in sorted(on) if at == p] for p in (1, 2, 3)}
    found = proposed(holes, line, busy, {}, _any)
    times = {who: list(spans) for who, spans in busy.items()}
    for one in found:
        assert one.volunteer in line[one.post]
        spans = times.setdefault(one.volunteer, [])
        assert not any(a < one.slot.ends_at and one.slot.starts_at < b for a, b in spans)
        spans.append((one.slot.starts_at, one.slot.ends_at))
    asked: Counter[tuple[UUID, Slot]] = Counter()
    for hole in holes:
        asked[hole.post, hole.slot] += hole.missing
    assert Counter((one.post, one.slot) for one in found) <= asked
    assert found == proposed(holes, line, busy, {}, _any)
