"""The statements behind the one box. Which of them answers a keystroke is said in `search`.

Each is built once and kept, because the box runs them on every keystroke: what a keystroke pays
beyond the database's own work is to be near nothing. Words are ranges of keys; the first one leads,
which means that its keys are read in order and the others are looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT, SEEN

VISIT_WORTH = Millis(86_400_000)
"""In the ranking each earlier visit weighs as much as having come a day later …"""
VISITS_COUNTED = 30
"""… for at most so many visits, so that somebody who moved away sinks in time."""

Connection = sa.Connection
Statement = sa.Select[Any]


@dataclass(frozen=True, slots=True)
class Word:
    """The first key that a typed word stands for, the first one beyond, and how many keys lie
    between, counted no further than asked for."""

    low: str
    high: str
    keys: int


def _low(place: int) -> sa.BindParameter[str]:
    return sa.bindparam(f"low{place}", type_=PERSON_KEY.c.key.type)


def _within(keys: Any, place: int) -> sa.ColumnElement[bool]:
    high = sa.bindparam(f"high{place}", type_=PERSON_KEY.c.key.type)
    return sa.and_(keys.c.key >= _low(place), keys.c.key < high)


def _has(person: Any, place: int, *, gathered: bool = False) -> sa.ColumnElement[bool]:
    """Whether a person has a word: by looking for it among the person's own keys, or by gathering
    everybody who has it once and looking the person up there."""
    keys = PERSON_KEY.alias(f"has{place}")
    if gathered:
        return person.in_(sa.select(keys.c.person).where(_within(keys, place)))  # type: ignore[no-any-return]
    return sa.exists(sa.select(1).where(keys.c.person == person, _within(keys, place)))


def _exactly(person: Any, place: int) -> sa.ColumnElement[int]:
    keys = PERSON_KEY.alias(f"exactly{place}")
    found = sa.exists(sa.select(1).where(keys.c.person == person, keys.c.key == _low(place)))
    return sa.case((found, 1), else_=0)


def _others(person: Any, gathered: Sequence[bool]) -> list[sa.ColumnElement[bool]]:
    return [_has(person, place, gathered=how) for place, how in enumerate(gathered, start=1)]


def _parameters(words: Sequence[Word], **others: int) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(others)
    for place, word in enumerate(words):
        parameters[f"low{place}"] = word.low
        parameters[f"high{place}"] = word.high
    return parameters


KEYS_GATHERED = 8_000
"""A word of more keys is never gathered: 4 ms."""
GATHERED_FOR_ONE = 20
"""Looking up one person's keys costs about as much as gathering so many others."""


def _gathered(words: Sequence[Word]) -> tuple[bool, ...]:
    most = min(KEYS_GATHERED, GATHERED_FOR_ONE * words[0].keys)
    return tuple(word.keys <= most for word in words[1:])


@cache
def _reach(of_people: bool) -> Statement:
    some = sa.select(PERSON_KEY.c.person).where(_within(PERSON_KEY, 0))
    reached = some.limit(sa.bindparam("most")).subquery()
    counted = sa.func.count(reached.c.person.distinct()) if of_people else sa.func.count()
    return sa.select(counted).select_from(reached)


def measured(connection: Connection, low: str, high: str, most: int) -> Word:
    """A word with its number of keys, counted up to `most`."""
    parameters = {"low0": low, "high0": high, "most": most}
    return Word(low, high, int(connection.execute(_reach(False), parameters).scalar_one()))


def people_of(connection: Connection, word: Word) -> int:
    """How many people the keys of a word belong to."""
    parameters = _parameters([word], most=word.keys)
    return int(connection.execute(_reach(True), parameters).scalar_one())


def _scanned() -> sa.Subquery:
    """The first word's keys in order. With its limit it stands as it is written: left to choose,
    SQLite would go through the people of the second word and look up the first for each."""
    keys = sa.select(PERSON_KEY.c.key, PERSON_KEY.c.person).where(_within(PERSON_KEY, 0))
    in_order = keys.order_by(PERSON_KEY.c.key, PERSON_KEY.c.person)
    return in_order.limit(sa.bindparam("most")).subquery("scanned")


def _score() -> sa.ColumnElement[int]:
    counted = sa.case((SEEN.c.times < VISITS_COUNTED, SEEN.c.times), else_=VISITS_COUNTED)
    return sa.func.coalesce(SEEN.c.last_at + counted * VISIT_WORTH, 0)


@cache
def _ranked(gathered: tuple[bool, ...]) -> Statement:
    keys = _scanned()
    exact = sa.case((sa.func.min(keys.c.key) == _low(0), 1), else_=0)
    hits = (
        sa.select(keys.c.person, exact.label("exact"))
        .where(*_others(keys.c.person, gathered))
        .group_by(keys.c.person)
        .subquery("hit")
    )
    wholly: sa.ColumnElement[int] = hits.c.exact
    for place in range(1, len(gathered) + 1):
        wholly = wholly + _exactly(hits.c.person, place)
    recent = sa.case((SEEN.c.last_at >= sa.bindparam("since"), 1), else_=0)
    # "Between x and x" and not "equal to x": only so does SQLite read the small index that holds
    # the sort keys, and not the one on uid and then the wide row.
    name = (
        sa.select(RESIDENT.c.sort_key)
        .where(RESIDENT.c.uid.between(hits.c.person, hits.c.person))
        .scalar_subquery()
    )
    return (
        sa.select(hits.c.person)
        .select_from(hits.outerjoin(SEEN, SEEN.c.resident == hits.c.person))
        .order_by(wholly.desc(), recent.desc(), _score().desc(), name, hits.c.person)
        .limit(sa.bindparam("limit"))
    )


def ranked(
    connection: Connection, words: Sequence[Word], *, since: Millis, limit: int
) -> list[Uid]:
    """Who has all words, the best first.

    First who has the words as whole keys, then who was seen since `since`, by how lately and often,
    then by name.
    """
    parameters = _parameters(words, most=words[0].keys, since=since, limit=limit)
    return list(connection.execute(_ranked(_gathered(words)), parameters).scalars().all())


@cache
def _seen_among(gathered: tuple[bool, ...]) -> Statement:
    keys = _scanned()
    exact = sa.case((sa.func.min(keys.c.key) == _low(0), 1), else_=0)
    return (
        sa.select(keys.c.person)
        .select_from(keys.join(SEEN, SEEN.c.resident == keys.c.person))
        .where(
            # The sum keeps SQLite from walking everybody seen instead of these few.
            SEEN.c.last_at + 0 >= sa.bindparam("since"),
            # Asked of who was seen, and so only after it is known that they were.
            *_others(SEEN.c.resident, gathered),
        )
        .group_by(keys.c.person, SEEN.c.last_at, SEEN.c.times)
        .order_by(exact.desc(), _score().desc(), keys.c.person)
        .limit(sa.bindparam("limit"))
    )


def seen_among(
    connection: Connection, words: Sequence[Word], *, since: Millis, limit: int
) -> list[Uid]:
    """Who has all words and was seen since `since`, ranked: for a first word of few keys."""
    parameters = _parameters(words, most=words[0].keys, since=since, limit=limit)
    return list(connection.execute(_seen_among(_gathered(words)), parameters).scalars().all())


@cache
def _lately(words: int) -> Statement:
    since: sa.BindParameter[int] = sa.bindparam("since")
    far_back = (
        sa.select(SEEN.c.last_at)
        .where(SEEN.c.last_at >= since)
        .order_by(SEEN.c.last_at.desc())
        .offset(sa.bindparam("walk"))
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(SEEN.c.resident)
        .where(
            SEEN.c.last_at >= sa.func.coalesce(far_back, since),
            *(_has(SEEN.c.resident, place) for place in range(words)),
        )
        .order_by(SEEN.c.last_at.desc(), SEEN.c.resident)
        .limit(sa.bindparam("limit"))
    )


def seen_lately(
    connection: Connection, words: Sequence[Word], *, since: Millis, walk: int, limit: int
) -> list[Uid]:
    """Who has all words among the last `walk` people seen since `since`, the latest first."""
    parameters = _parameters(words, since=since, walk=walk, limit=limit)
    return list(connection.execute(_lately(len(words)), parameters).scalars().all())


@cache
def _first(gathered: tuple[bool, ...]) -> Statement:
    scanned = _scanned()
    return (
        sa.select(scanned.c.person)
        .where(*_others(scanned.c.person, gathered))
        .distinct()
        .limit(sa.bindparam("limit"))
    )


def first_matches(
    connection: Connection, words: Sequence[Word], *, most: int, limit: int
) -> list[Uid]:
    """Some who have all words, among the first `most` keys of the first one."""
    parameters = _parameters(words, most=most, limit=limit)
    return list(connection.execute(_first(_gathered(words)), parameters).scalars().all())
