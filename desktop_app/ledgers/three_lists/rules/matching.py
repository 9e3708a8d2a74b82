"""对单配餐: which offers fit a problem, the best first, each with the reasons. Pure.

It proposes, people decide. What counts, in this order: offered for this very problem; the same
category, or words in common; the place; whether it can be had in time; how the unit has kept its
word before. What cannot be promised any more (withdrawn, expired, used up) is no candidate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.text import HAN
from desktop_app.core.wording import list_day, share
from desktop_app.ledgers.three_lists.rules.offer import Offer, Way, free_of
from desktop_app.ledgers.three_lists.rules.problem import Problem

MOST_SHOWN = 20
MOST_WORDS = 8
"""How many pairs of characters of a description are looked for in what is offered."""

FOR_THIS, SAME_CATEGORY, HERE, EVERYWHERE, IN_TIME, LATE = 100, 40, 20, 10, 15, -25
MOST_FOR_WORDS, EACH_WORD, MOST_FOR_PAST = 24, 6, 15

_RUNS = re.compile(f"[{HAN}]+|[a-z0-9]{{2,}}")
_SAYS_LITTLE = frozenset(
    re.findall(
        "..",
        "没有问题居民小区社区希望需要反映无人有人长期多次附近部分经常一直可以我们他们进行解决提供服务"
        "情况因为由于影响严重不便不能无法老是请求建议",
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of an offer is looked at; `areas` are the 小区 it is for, none: everywhere."""

    uid: Uid
    revision: int
    number: str
    partner: Uid
    partner_name: str
    resource: str
    category: str
    way: Way
    areas: frozenset[Uid]
    from_on: date
    until_on: date | None
    weekdays_words: str
    amount: int | None
    unit_word: str
    promised: int
    for_problem: Uid | None


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit has done until now: duties closed, and how many of them in time."""

    closed: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One offer for a problem: how well it fits, why, how much of it is free (None: unbound)."""

    offer: Candidate
    score: int
    reasons: tuple[str, ...]
    free: int | None


def candidate_of(offer: Offer) -> Candidate:
    """An offer as it is looked at."""
    values = {
        name: getattr(offer, name) for name in Candidate.__dataclass_fields__ if name != "areas"
    }
    return Candidate(areas=frozenset(offer.compounds), **values)


def words_of(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters, and words of letters or digits, in their order."""
    found: dict[str, None] = {}
    for run in _RUNS.findall(text.lower()):
        pairs = [run] if run.isascii() else [run[n : n + 2] for n in range(len(run) - 1)]
        found |= dict.fromkeys(pair for pair in pairs if pair not in _SAYS_LITTLE)
    return tuple(found)


def may_be_proposed(problem: Problem, offer: Candidate, today: date) -> bool:
    """Whether anything of an offer may be promised to this problem."""
    return (
        (offer.until_on is None or offer.until_on >= today)
        and free_of(offer.amount, offer.promised) != 0
        and offer.for_problem in (None, problem.uid)
        and offer.uid not in {one.offer for one in problem.declined}
    )


def ranked(
    problem: Problem,
    candidates: Iterable[Candidate],
    past: Mapping[Uid, Past],
    today: date,
    *,
    most: int = MOST_SHOWN,
) -> tuple[Proposal, ...]:
    """The offers that fit, the best first; between equals the earlier number."""
    words = words_of(problem.description)
    wanted = frozenset(words)
    found = {
        one.uid: _proposal(problem, wanted, one, past.get(one.partner))
        for one in candidates
        if may_be_proposed(problem, one, today)
    }
    fitting = [one for one in found.values() if one is not None]
    fitting.sort(key=lambda one: (-one.score, one.offer.number))
    return tuple(fitting[:most])


def _proposal(
    problem: Problem, wanted: Collection[str], offer: Candidate, past: Past | None
) -> Proposal | None:
    """None for an offer that has nothing to do with the problem."""
    reasons: list[str] = []
    score = 0
    if offer.for_problem == problem.uid:
        score += FOR_THIS
        reasons.append("专为这个问题提供")
    if offer.category == problem.category and offer.category:
        score += SAME_CATEGORY
        reasons.append(f"同为“{offer.category}”")
    common = _common(offer, wanted)
    if common:
        score += min(MOST_FOR_WORDS, EACH_WORD * len(common))
        reasons.append(f"都提到“{'、'.join(common[:3])}”")
    if score == 0:
        return None
    for points, said in (
        _place(problem, offer),
        _time(problem, offer),
        _amount(offer),
        _past(past),
    ):
        score += points
        reasons += [said] if said else []
    return Proposal(offer, score, tuple(reasons), free_of(offer.amount, offer.promised))


def _common(offer: Candidate, wanted: Collection[str]) -> list[str]:
    text = f"{offer.resource} {offer.category}".lower()
    return [word for word in words_of(text) if word in wanted]


def _place(problem: Problem, offer: Candidate) -> tuple[int, str]:
    if not offer.areas:
        return EVERYWHERE, "面向全社区"
    if problem.compound in offer.areas:
        return HERE, "就在这个小区"
    if problem.compound is None:
        return 0, ""
    return -HERE, "原定面向别的小区"


def _time(problem: Problem, offer: Candidate) -> tuple[int, str]:
    wanted = problem.wanted_by
    if wanted is not None and offer.from_on > wanted:
        return LATE, f"{list_day(offer.from_on)}才开始，晚于希望的日期"
    if offer.until_on is None:
        return IN_TIME, "长期可用"
    if wanted is not None and offer.until_on >= wanted:
        return IN_TIME, "时间合适"
    return 0, f"到{list_day(offer.until_on)}为止"


def _amount(offer: Candidate) -> tuple[int, str]:
    free = free_of(offer.amount, offer.promised)
    return (3, "数量不限") if free is None else (min(3, free), f"还剩{free}{offer.unit_word}")


def _past(past: Past | None) -> tuple[int, str]:
    if past is None or past.closed == 0:
        return 0, ""
    rate = share(past.on_time, past.closed)
    said = f"已办结{past.closed}件，按时{rate}"
    return MOST_FOR_PAST * past.on_time // past.closed, said
