"""What posts, claims and shifts can be narrowed to, and what one line of each shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.pattern import Pattern
from desktop_app.ledgers.posts.rules.post import PostState
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.registers.volunteers.rules.words import Direction


@dataclass(frozen=True, kw_only=True)
class PostFilter:
    """Narrows the list of posts; everything given must hold.

    `search` is a number or part of the name; `vacant`: open and with a place free. `stations` are
    codes, for a street; none means all.
    """

    search: str = ""
    state: PostState | None = None
    direction: Direction | None = None
    team: Uid | None = None
    compound: Uid | None = None
    vacant: bool = False
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostLine:
    """One line of the list of posts; `taken` places and how many wait in line."""

    uid: Uid
    revision: int
    number: str
    name: str
    direction: Direction
    place_words: str
    quota: int
    taken: int
    waiting: int
    pattern: Pattern | None
    from_on: date
    until_on: date | None
    state: PostState
    station: str


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """Narrows the list of claims. `live`: not over. `volunteers` are those of one person (merged
    ones, too). The days are those of claiming, both included."""

    post: Uid | None = None
    volunteers: tuple[Uid, ...] = ()
    state: ClaimState | None = None
    live: bool = False
    since: date | None = None
    until: date | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the list of claims: the post and the person as they are called now."""

    uid: Uid
    revision: int
    post: Uid
    post_number: str
    post_name: str
    volunteer: Uid
    volunteer_number: str
    name: str
    phone: str
    state: ClaimState
    claimed_on: date
    approved_on: date | None
    ended_on: date | None
    station: str


@dataclass(frozen=True, kw_only=True)
class ShiftFilter:
    """Narrows the list of shifts. The days are business dates of the beginning, both included."""

    post: Uid | None = None
    volunteers: tuple[Uid, ...] = ()
    state: ShiftState | None = None
    since: date | None = None
    until: date | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One line of the list of shifts, or one person on duty now."""

    uid: Uid
    revision: int
    post: Uid
    post_number: str
    post_name: str
    place_words: str
    volunteer: Uid
    volunteer_number: str
    name: str
    phone: str
    day: date
    starts_at: Millis
    ends_at: Millis
    override_reason: str
    state: ShiftState
    service: Uid | None
    station: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An open post with places free while somebody waits in line, the first of whom is named."""

    post: Uid
    number: str
    name: str
    free: int
    waiting: int
    claim: Uid
    volunteer_number: str
    volunteer_name: str
