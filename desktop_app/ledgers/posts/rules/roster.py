"""The duty roster (值班表): posts by days, who stands in each slot, holes and clashes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts.rules.pattern import Slot, days_between, slots_of
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftState


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person in a slot: the shift, who it is (`person` is the volunteer that a merged one is
    now part of), the shift's own times, and why it may overlap another."""

    shift: Uid
    revision: int
    person: Uid
    number: str
    name: str
    starts_at: Millis
    ends_at: Millis
    state: ShiftState
    override_reason: str

    @property
    def holding(self) -> bool:
        return self.state in (ShiftState.PLANNED, ShiftState.DONE)


@dataclass(frozen=True, slots=True)
class SlotDuty:
    """One slot of a post: who is there, and how many are missing from the quota. `regular`: the
    post's pattern asks for it; otherwise somebody was planned for other hours, and where the post
    has a pattern nobody is missing then."""

    slot: Slot
    people: tuple[OnDuty, ...]
    holes: int
    regular: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One post on one day."""

    day: date
    slots: tuple[SlotDuty, ...]

    @property
    def holes(self) -> int:
        return sum(slot.holes for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Row:
    """One post on every day of the roster."""

    post: Uid
    number: str
    name: str
    place_words: str
    quota: int
    pattern_words: str
    cells: tuple[Cell, ...]

    @property
    def holes(self) -> int:
        return sum(cell.holes for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two shifts of one person at the same time. `reason` is why it was allowed; empty where nobody
    was asked, as when two volunteers turned out to be one person."""

    person: Uid
    number: str
    name: str
    first: Uid
    second: Uid
    first_post: str
    second_post: str
    starts_at: Millis
    ends_at: Millis
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Posts by days. `clashes` are all overlaps of a person within these rows and beyond them."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    clashes: tuple[Overlap, ...]

    @property
    def holes(self) -> int:
        return sum(row.holes for row in self.rows)


@dataclass(frozen=True, slots=True)
class Person:
    """Who a volunteer's uid means: the one that is kept, its number and the person's name."""

    uid: Uid
    number: str
    name: str


def roster_of(
    posts: Sequence[Post],
    shifts: Sequence[Shift],
    people: Mapping[Uid, Person],
    first: date,
    last: date,
    zone: Zone,
    names: Mapping[Uid, str],
) -> Roster:
    """The roster of these posts; `shifts` may be of other posts and days, too, for clashes, and
    `names` says what all posts are called.

    A post that is closed shows what was held there, and asks for nobody.
    """
    days = tuple(days_between(first, last))
    by_post: dict[Uid, list[Shift]] = {post.uid: [] for post in posts}
    for shift in sorted(shifts, key=lambda one: (one.starts_at, one.uid)):
        if shift.post in by_post and shift.state is not ShiftState.CANCELLED:
            by_post[shift.post].append(shift)
    rows = tuple(_row(post, by_post[post.uid], people, days, zone) for post in posts)
    shown = tuple(one for one in overlaps(shifts, people, names) if _within(one, days, zone))
    return Roster(days, rows, shown)


def _within(one: Overlap, days: Sequence[date], zone: Zone) -> bool:
    last = zone.day(Millis(one.ends_at - 1))
    return bool(days) and zone.day(one.starts_at) <= days[-1] and days[0] <= last


def _row(
    post: Post,
    shifts: Sequence[Shift],
    people: Mapping[Uid, Person],
    days: Sequence[date],
    zone: Zone,
) -> Row:
    slots = wanted_slots(post, days[0], days[-1], zone) if days else ()
    filled: dict[Slot, list[Shift]] = {slot: [] for slot in slots}
    for shift in shifts:
        filled.setdefault(_slot_for(shift, slots), []).append(shift)
    cells = {day: list[SlotDuty]() for day in days}
    for slot in sorted(filled):
        if slot.day in cells:
            regular = slot in slots
            cells[slot.day].append(_slot_duty(post, slot, filled[slot], people, regular=regular))
    return Row(
        post.uid,
        post.number,
        post.name,
        post.place_words,
        post.quota,
        post.pattern.words if post.pattern else "",
        tuple(Cell(day, tuple(cells[day])) for day in days),
    )


def wanted_slots(post: Post, first: date, last: date, zone: Zone) -> tuple[Slot, ...]:
    """The slots in which an open post asks for people."""
    if not post.open:
        return ()
    return slots_of(post.pattern, first, last, zone, from_on=post.from_on, until_on=post.until_on)


def _slot_for(shift: Shift, slots: Iterable[Slot]) -> Slot:
    """The slot a shift fills: the one of the pattern it has a moment in common with, else its own.
    So who comes half an hour later still stands in the same line of the roster."""
    own = Slot(shift.starts_at, shift.ends_at, shift.day)
    return next((slot for slot in slots if slot.overlaps(own.starts_at, own.ends_at)), own)


def _slot_duty(
    post: Post, slot: Slot, shifts: Sequence[Shift], people: Mapping[Uid, Person], *, regular: bool
) -> SlotDuty:
    present = sum(one.holding for one in shifts)
    asks = regular or (post.pattern is None and post.open)
    return SlotDuty(
        slot,
        tuple(_on_duty(one, people) for one in shifts),
        max(0, post.quota - present) if asks else 0,
        regular,
    )


def _on_duty(shift: Shift, people: Mapping[Uid, Person]) -> OnDuty:
    who = people.get(shift.volunteer, Person(shift.volunteer, "", ""))
    return OnDuty(
        shift.uid,
        shift.revision,
        who.uid,
        who.number,
        who.name,
        shift.starts_at,
        shift.ends_at,
        shift.state,
        shift.override_reason,
    )


def overlaps(
    shifts: Iterable[Shift], people: Mapping[Uid, Person], posts: Mapping[Uid, str]
) -> tuple[Overlap, ...]:
    """Every two shifts that hold one person at the same time, by time."""
    by_person: dict[Uid, list[Shift]] = {}
    for shift in shifts:
        if shift.holding:
            who = people.get(shift.volunteer)
            by_person.setdefault(who.uid if who else shift.volunteer, []).append(shift)
    found = []
    for person, own in by_person.items():
        own.sort(key=lambda one: (one.starts_at, one.uid))
        for place, first in enumerate(own):
            for second in own[place + 1 :]:
                if second.starts_at >= first.ends_at:
                    break
                found.append(_overlap(person, first, second, people, posts))
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.first, one.second)))


def _overlap(
    person: Uid,
    first: Shift,
    second: Shift,
    people: Mapping[Uid, Person],
    posts: Mapping[Uid, str],
) -> Overlap:
    who = people.get(first.volunteer, Person(person, "", ""))
    reasons = dict.fromkeys(filter(None, (first.override_reason, second.override_reason)))
    return Overlap(
        person,
        who.number,
        who.name,
        first.uid,
        second.uid,
        posts.get(first.post, ""),
        posts.get(second.post, ""),
        second.starts_at,
        min(first.ends_at, second.ends_at),
        "；".join(reasons),
    )
