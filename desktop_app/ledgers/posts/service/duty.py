"""The duty roster: looked at, filled by a proposal, carried over from another week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import SHIFTS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimState
from desktop_app.ledgers.posts.rules.claim_steps import taken
from desktop_app.ledgers.posts.rules.filling import Hole, Proposed, proposed
from desktop_app.ledgers.posts.rules.fitness import unfit
from desktop_app.ledgers.posts.rules.listing import ShiftLine, Vacancy
from desktop_app.ledgers.posts.rules.pattern import MOST_DAYS, Slot
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.roster import Person, Roster, roster_of
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import ShiftForm
from desktop_app.ledgers.posts.service.parts import people
from desktop_app.ledgers.posts.service.shifts import back_out, lock_all, plan_in, plan_many
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def roster(desk: Desk, first: date, last: date, post: Uid | None = None) -> Roster:
    """Who stands where between two days, both included: at one post, or at all that ask for people
    then or had some. Holes are places without anybody, clashes are overlaps of one person."""
    _refuse_span(first, last)
    with desk.reading(needs=Right.READ) as connection:
        only = () if post is None else (post,)
        return _read(connection, first, last, desk.database.zone, only)[0]


def fill(desk: Desk, first: date, last: date, posts: Sequence[Uid] = ()) -> tuple[Proposed, ...]:
    """Who could fill the holes of these days that have not begun, at these posts or at all: people
    who are on duty there, the one with the fewest shifts first, nobody at two places. Writes
    nothing: people look it over and `accept` it, or part of it."""
    _refuse_span(first, last)
    now = desk.database.clock.now()
    with desk.reading(needs=Right.READ) as connection:
        shown, shifts, found = _read(connection, first, last + _DAY, desk.database.zone, posts)
        on = [one for one in store.live_claims(connection) if one.state is ClaimState.ON]
        named = [claim.volunteer for claim in on] + [shift.volunteer for shift in shifts]
        who = people(connection, named)
        fit = volunteers.fitness(connection, {person.uid for person in who.values()})
    known = {post.uid: post for post in found}
    return proposed(
        _holes(shown, last, now),
        _candidates(on, who),
        _busy(shifts, who),
        _counts(shifts, who, first, last),
        lambda person, post, slot: unfit(known[post], fit.get(person), slot.day) is None,
    )


def accept(desk: Desk, chosen: Sequence[Proposed]) -> Changed[tuple[Shift, ...]]:
    """Plan what was proposed, all of it or nothing."""
    if not chosen:
        raise UserError("没有可以排的班，没有改动。", "请先增加上岗的志愿者，或手工排班。")
    zone = desk.database.zone
    return plan_many(desk, [_form(one.post, one.volunteer, one.slot, zone) for one in chosen])


@dataclass(frozen=True, slots=True)
class NotCopied:
    """A shift that was not carried over, and why."""

    shift: Uid
    sentence: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a week that was carried over."""

    shifts: tuple[Shift, ...]
    left_out: tuple[NotCopied, ...]


def copy_week(desk: Desk, source: date, target: date, posts: Sequence[Uid] = ()) -> Changed[Copied]:
    """Plan the week of `target` as that of `source` was planned, at these posts or at all.

    What cannot be planned so (the person is elsewhere, has left, the post is closed) is left out
    and told; everything else is planned.
    """
    ahead = _monday(target) - _monday(source)
    if not ahead:
        raise UserError("两个日期在同一周，没有排班。", "请选另一周。", field="target")
    first = _monday(source)
    with desk.unit_of_work("复制一周排班", needs=Right.HANDLE) as unit:
        found = [
            one
            for one in store.shifts_between(unit.connection, first, first + _WEEK - _DAY)
            if one.day >= first
            and one.state is not ShiftState.CANCELLED
            and (not posts or one.post in posts)
        ]
        forms = [(one, _copied(one, ahead, unit.zone)) for one in found]
        lock_all(unit, [form for _, form in forms])
        planned, left_out = list[Shift](), list[NotCopied]()
        for one, form in forms:
            # Refused before anything of it is written, so the others are not touched.
            try:
                planned.append(plan_in(unit, form))
            except UserError as problem:
                left_out.append(NotCopied(one.uid, problem.sentence))
        unit.about("", f"{len(planned)} 班，未排 {len(left_out)} 班")
    return Changed(
        frozenset({SHIFTS.name}),
        tuple(one.uid for one in planned),
        Copied(tuple(planned), tuple(left_out)),
        back_out(planned) if planned else None,
    )


def on_duty(desk: Desk, at: Millis | None = None) -> tuple[ShiftLine, ...]:
    """Who is on duty at a moment, or now."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.holding_at(connection, desk.database.clock.now() if at is None else at)
        return store.shift_lines(connection, found)


def vacancies(desk: Desk) -> tuple[Vacancy, ...]:
    """The open posts with places free while somebody waits in line, and who waits first."""
    with desk.reading(needs=Right.READ) as connection:
        by_post: dict[Uid, list[Claim]] = {}
        for claim in store.live_claims(connection):
            by_post.setdefault(claim.post, []).append(claim)
        posts = [one for one in store.posts(connection) if one.open and one.uid in by_post]
        first = {post.uid: _waiting(by_post[post.uid]) for post in posts}
        who = people(connection, [line[0].volunteer for line in first.values() if line])
    return tuple(
        _vacancy(post, by_post[post.uid], line, who.get(line[0].volunteer))
        for post in posts
        if (line := first[post.uid]) and taken(by_post[post.uid]) < post.quota
    )


def _waiting(claims: Sequence[Claim]) -> list[Claim]:
    return [one for one in claims if one.state is ClaimState.WAITING]


def _vacancy(
    post: Post, claims: Sequence[Claim], line: Sequence[Claim], who: Person | None
) -> Vacancy:
    return Vacancy(
        post.uid,
        post.number,
        post.name,
        post.quota - taken(claims),
        len(line),
        line[0].uid,
        who.number if who else "",
        who.name if who else "",
    )


def _refuse_span(first: date, last: date) -> None:
    if last < first:
        raise UserError("结束日期早于开始日期。", "请核对这两个日期。", field="last")
    if (last - first).days >= MOST_DAYS:
        raise UserError(f"值班表一次最多看{MOST_DAYS}天。", "请缩短日期范围。", field="last")


def _read(
    connection: store.Connection, first: date, last: date, zone: Zone, posts: Sequence[Uid]
) -> tuple[Roster, list[Shift], list[Post]]:
    """The roster, and the shifts and posts it was made of. Shifts of other posts are read, too: a
    clash is one wherever the other shift is."""
    shifts = store.shifts_between(connection, first, last)
    manned = {one.post for one in shifts if one.state is not ShiftState.CANCELLED}
    every = store.posts(connection)
    found = [
        post
        for post in every
        if (post.uid in posts if posts else post.uid in manned or _asks(post, first, last))
    ]
    names = {post.uid: post.name for post in every}
    who = people(connection, [one.volunteer for one in shifts])
    shown = roster_of(found, shifts, who, first, last, zone, names)
    return shown, shifts, found


def _asks(post: Post, first: date, last: date) -> bool:
    return post.open and post.from_on <= last and (post.until_on is None or post.until_on >= first)


def _holes(shown: Roster, last: date, now: Millis) -> list[Hole]:
    return [
        Hole(
            row.post,
            duty.slot,
            duty.holes,
            frozenset(one.person for one in duty.people if one.holding),
        )
        for row in shown.rows
        for cell in row.cells
        for duty in cell.slots
        if duty.holes and cell.day <= last and duty.slot.starts_at > now
    ]


def _candidates(on: Sequence[Claim], who: dict[Uid, Person]) -> dict[Uid, list[Uid]]:
    """The people on each post by when they claimed it, each once."""
    found: dict[Uid, dict[Uid, None]] = {}
    for claim in on:
        if claim.volunteer in who:
            found.setdefault(claim.post, {})[who[claim.volunteer].uid] = None
    return {post: list(line) for post, line in found.items()}


def _busy(shifts: Sequence[Shift], who: dict[Uid, Person]) -> dict[Uid, list[tuple[int, int]]]:
    found: dict[Uid, list[tuple[int, int]]] = {}
    for one in shifts:
        if one.holding:
            person = who[one.volunteer].uid if one.volunteer in who else one.volunteer
            found.setdefault(person, []).append((one.starts_at, one.ends_at))
    return found


def _counts(
    shifts: Sequence[Shift], who: dict[Uid, Person], first: date, last: date
) -> dict[Uid, int]:
    """How many shifts everybody has in these days."""
    found: dict[Uid, int] = {}
    for one in shifts:
        if one.holding and first <= one.day <= last and one.volunteer in who:
            person = who[one.volunteer].uid
            found[person] = found.get(person, 0) + 1
    return found


def _form(post: Uid, volunteer: Uid, slot: Slot, zone: Zone) -> ShiftForm:
    starts, ends = zone.local(slot.starts_at), zone.local(slot.ends_at)
    return ShiftForm(
        post=post,
        volunteer=volunteer,
        day=slot.day,
        starts=(starts.hour, starts.minute),
        ends=(ends.hour, ends.minute),
    )


def _copied(one: Shift, ahead: timedelta, zone: Zone) -> ShiftForm:
    """The same shift so much later, by the station's clock."""
    form = _form(one.post, one.volunteer, Slot(one.starts_at, one.ends_at, one.day), zone)
    return ShiftForm(
        post=form.post,
        volunteer=form.volunteer,
        day=one.day + ahead,
        starts=form.starts,
        ends=form.ends,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
