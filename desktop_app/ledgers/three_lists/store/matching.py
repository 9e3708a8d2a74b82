"""Which offers are looked at for a problem: picked by the database, ranked by `rules.matching`.

Of ten thousand offers some hundred are looked at: those made for the problem, those of its
category with the likeliest first, and others that have words in common with it. Never commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.three_lists.rules.matching import MOST_WORDS, Candidate, Past, words_of
from desktop_app.ledgers.three_lists.rules.offer import Way
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.tables import CLOSED, DUTY, OFFER, OPEN_OFFER

OF_CATEGORY, OF_WORDS = 60, 30

_NAMES = tuple(name for name in Candidate.__dataclass_fields__ if name != "areas")
_COLUMNS = (*(OFFER.c[name] for name in _NAMES), OFFER.c.areas)
_WAYS = {way.value: way for way in Way}
_TODAY: sa.BindParameter[Any] = sa.bindparam("today", type_=OFFER.c.until_on.type)
_PROBLEM: sa.BindParameter[Any] = sa.bindparam("problem", type_=OFFER.c.uid.type)
_CATEGORY: sa.BindParameter[Any] = sa.bindparam("category", type_=OFFER.c.category.type)
_PLACE: sa.BindParameter[Any] = sa.bindparam("place", type_=OFFER.c.areas.type)
_DECLINED: sa.BindParameter[Any] = sa.bindparam("declined", type_=OFFER.c.uid.type, expanding=True)

# What may still be promised to this problem; the first condition is the index's.
_USABLE = (
    sa.text(OPEN_OFFER),
    sa.or_(OFFER.c.until_on.is_(None), OFFER.c.until_on >= _TODAY),
    sa.or_(OFFER.c.free.is_(None), OFFER.c.free > 0),
    OFFER.c.uid.not_in(_DECLINED),
)
_NOT_FOR_ANOTHER = OFFER.c.for_problem.is_(None)
_HERE_FIRST = sa.case((OFFER.c.areas.contains(_PLACE), 0), (OFFER.c.areas == "", 1), else_=2)


def _hit(place: int) -> Any:
    word: sa.BindParameter[Any] = sa.bindparam(f"word{place}", type_=OFFER.c.resource.type)
    return sa.case((OFFER.c.resource.contains(word), 1), else_=0)


def _hits(count: int) -> Any:
    """How many of so many words stand in the resource."""
    return sum((_hit(place) for place in range(1, count)), _hit(0))


def _picked(most: int, conditions: Sequence[Any], order: Sequence[Any]) -> sa.Select[Any]:
    """The first so many, found in the index alone; only they are read whole."""
    first = (
        sa.select(OFFER.c.uid)
        .where(*_USABLE, _NOT_FOR_ANOTHER, *conditions)
        .order_by(*order, _HERE_FIRST, OFFER.c.uid)
        .limit(most)
        .with_hint(OFFER, "INDEXED BY ix_offer_matching", dialect_name="sqlite")
    )
    whole = OFFER.alias("whole")
    columns = [whole.c[column.name] for column in _COLUMNS]
    return sa.select(*columns).where(whole.c.uid.in_(first))


def _of_category(count: int) -> sa.Select[Any]:
    """Those of the same category: words in common first, then the place."""
    order = [sa.desc(_hits(count))] if count else []
    return _picked(OF_CATEGORY, [OFFER.c.category == _CATEGORY], order)


def _of_words(count: int) -> sa.Select[Any]:
    """Those of other categories that have words in common."""
    hits = _hits(count)
    return _picked(OF_WORDS, [OFFER.c.category != _CATEGORY, hits > 0], [sa.desc(hits)])


_FOR_PROBLEM = sa.select(*_COLUMNS).where(*_USABLE, OFFER.c.for_problem == _PROBLEM)


@cache
def _queries(words: int) -> tuple[sa.Select[Any], ...]:
    """What is asked for a problem with so many words; made when the first one is matched."""
    more = (_of_words(words),) if words else ()
    return (_FOR_PROBLEM, _of_category(words), *more)


def candidates(connection: sa.Connection, problem: Problem, today: date) -> list[Candidate]:
    """The offers that are looked at for a problem, each once."""
    # Han only: letters are told apart by case on one database and not on the other.
    pairs = [word for word in words_of(problem.description) if not word.isascii()]
    words = pairs[:MOST_WORDS]
    values = {
        "today": today,
        "problem": problem.uid,
        "category": problem.category,
        "place": problem.compound.hex if problem.compound else "-",
        "declined": [one.offer for one in problem.declined],
        **{f"word{place}": word for place, word in enumerate(words)},
    }
    found: dict[Uid, Candidate] = {}
    for query in _queries(len(words)):
        for row in connection.execute(query, values):
            found.setdefault(row[0], _candidate(row))
    return list(found.values())


def _candidate(row: sa.Row[Any]) -> Candidate:
    values = dict(zip(_NAMES, row, strict=False))
    values["way"] = _WAYS[values["way"]]
    areas = frozenset(Uid(hex=one) for one in row[-1].split())
    return Candidate(areas=areas, **values)


_PAST = (
    sa.select(
        DUTY.c.partner,
        sa.func.count().label("closed"),
        sa.func.sum(sa.case((DUTY.c.closed_on <= DUTY.c.due, 1), else_=0)).label("on_time"),
    )
    .where(
        sa.text(CLOSED),
        DUTY.c.partner.in_(sa.bindparam("partners", type_=DUTY.c.partner.type, expanding=True)),
    )
    .group_by(DUTY.c.partner)
)


def past_of(connection: sa.Connection, partners: Iterable[Uid]) -> dict[Uid, Past]:
    """What these units have closed until now; one that has closed nothing is left out."""
    wanted: Sequence[Uid] = sorted(set(partners))
    if not wanted:
        return {}
    rows = connection.execute(_PAST, {"partners": wanted})
    return {row.partner: Past(int(row.closed), int(row.on_time)) for row in rows}
