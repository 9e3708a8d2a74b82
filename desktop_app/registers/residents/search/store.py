"""The statements behind the one box. Which of them answers a keystroke is said in `search`.

Each is built once and kept by the number of words, because the box runs them on every keystroke:
what a keystroke pays beyond the database's own work is to be near nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
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

Range = tuple[str, str]
"""The first key that a word stands for, and the first one beyond."""

Statement = sa.Select[Any]


def _in_range(keys: Any, place: int) -> Any:
    return sa.and_(
        keys.c.key >= sa.bindparam(f"low{place}", type_=PERSON_KEY.c.key.type),
        keys.c.key < sa.bindparam(f"high{place}", type_=PERSON_KEY.c.key.type),
    )


def _has(person: Any, place: int) -> Any:
    keys = PERSON_KEY.alias(f"has{place}")
    return sa.exists(sa.select(1).where(keys.c.person == person, _in_range(keys, place)))


def _exactly(person: Any, place: int) -> Any:
    keys = PERSON_KEY.alias(f"exactly{place}")
    low = sa.bindparam(f"low{place}", type_=PERSON_KEY.c.key.type)
    found = sa.exists(sa.select(1).where(keys.c.person == person, keys.c.key == low))
    return sa.case((found, 1), else_=0)


def _parameters(ranges: Sequence[Range], **others: int) -> dict[str, Any]:
    parameters: dict[str, Any] = dict(others)
    for place, (low, high) in enumerate(ranges):
        parameters[f"low{place}"] = low
        parameters[f"high{place}"] = high
    return parameters


@cache
def _reach() -> sa.Select[int, int]:
    few = sa.select(PERSON_KEY.c.person).where(_in_range(PERSON_KEY, 0))
    some = few.limit(sa.bindparam("most")).subquery()
    return sa.select(sa.func.count(), sa.func.count(some.c.person.distinct())).select_from(some)


def reach(connection: Connection, word: Range, most: int) -> tuple[int, int]:
    """How many keys a word stands for, counted up to `most`, and how many people among them."""
    rows, people = connection.execute(_reach(), _parameters([word], most=most)).one()
    return rows, people


@cache
def _ranked(words: int) -> Statement:
    """People of the first word's keys who also have every other word, the best first."""
    keys = sa.select(PERSON_KEY.c.key, PERSON_KEY.c.person).where(_in_range(PERSON_KEY, 0))
    scanned = keys.limit(sa.bindparam("most")).subquery("scanned")
    low = sa.bindparam("low0", type_=PERSON_KEY.c.key.type)
    hits = (
        sa.select(
            scanned.c.person,
            sa.case((sa.func.min(scanned.c.key) == low, 1), else_=0).label("exact"),
        )
        .group_by(scanned.c.person)
        .subquery("hit")
    )
    exact = hits.c.exact
    for place in range(1, words):
        exact = exact + _exactly(hits.c.person, place)
    counted = sa.case((SEEN.c.times < VISITS_COUNTED, SEEN.c.times), else_=VISITS_COUNTED)
    score = sa.func.coalesce(SEEN.c.last_at + counted * VISIT_WORTH, 0)
    recent = sa.case((SEEN.c.last_at >= sa.bindparam("since"), 1), else_=0)
    people = hits.outerjoin(SEEN, SEEN.c.resident == hits.c.person)
    return (
        sa.select(hits.c.person)
        .select_from(people.join(RESIDENT, RESIDENT.c.uid == hits.c.person))
        .where(*(_has(hits.c.person, place) for place in range(1, words)))
        .order_by(exact.desc(), recent.desc(), score.desc(), RESIDENT.c.sort_key, hits.c.person)
        .limit(sa.bindparam("limit"))
    )


def ranked(
    connection: Connection, ranges: Sequence[Range], *, most: int, since: Millis, limit: int
) -> list[Uid]:
    """The best matches of all words among the first `most` keys of the first word.

    First who has the words as whole keys, then who was seen since `since`, by how lately and often,
    then by name.
    """
    parameters = _parameters(ranges, most=most, since=since, limit=limit)
    return list(connection.execute(_ranked(len(ranges)), parameters).scalars())


@cache
def _recent(words: int) -> Statement:
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
        .order_by(SEEN.c.last_at.desc())
        .limit(sa.bindparam("limit"))
    )


def recent(
    connection: Connection, ranges: Sequence[Range], *, since: Millis, walk: int, limit: int
) -> list[Uid]:
    """Matches of all words among the last `walk` people seen since `since`, the latest first."""
    parameters = _parameters(ranges, since=since, walk=walk, limit=limit)
    return list(connection.execute(_recent(len(ranges)), parameters).scalars())


@cache
def _first(words: int) -> Statement:
    keys = sa.select(PERSON_KEY.c.person).where(_in_range(PERSON_KEY, 0))
    in_order = keys.order_by(PERSON_KEY.c.key, PERSON_KEY.c.person)
    scanned = in_order.limit(sa.bindparam("most")).subquery("scanned")
    return (
        sa.select(scanned.c.person)
        .where(*(_has(scanned.c.person, place) for place in range(1, words)))
        .distinct()
        .limit(sa.bindparam("limit"))
    )


def first_matches(
    connection: Connection, ranges: Sequence[Range], *, most: int, limit: int
) -> list[Uid]:
    """Some matches of all words among the first `most` keys of the first one, whole keys first."""
    parameters = _parameters(ranges, most=most, limit=limit)
    return list(connection.execute(_first(len(ranges)), parameters).scalars())
