"""The one box: finds a person by part of the name, pinyin, initials, phone, 门牌 or 证件 ending.

Committed text comes in, people come out, the likeliest first. Ranking everybody is out of reach at
a million people (3.3 s for one letter), so it is exact up to `RANKED_PEOPLE` matches; beyond that
people seen here lately come first, then the first matches there are, and the answer says that it is
not complete. Which text a keystroke holds is for `ui/box.py`, what text means for `core/pinyin.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import query_tokens
from desktop_app.core.rights import Right
from desktop_app.registers.residents import store as register
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.search import store as statements
from desktop_app.storage.session import Desk

SHOWN = 20
RANKED_PEOPLE = 500
KEYS_READ = 1500
"""A single word of more keys stands for too many people to look at all of them."""
KEYS_CROSSED = 3000
"""Two words together are looked at in full when the one has no more keys than this and the other
few enough to be gathered."""
RECENT_DAYS = 90
RECENT_WALK = 1000
"""For a wider word the last so many people at the counter are asked whether they match: 2 ms."""
FIRST_LOOKED_AT = 500
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Found:
    """`complete`: nobody else matches; otherwise the list says 还有更多，请再输入一个字.

    `searching_rebuild`: keys of an older program version are being made anew, so somebody may be
    missing for now; the list says so.
    """

    people: tuple[PersonLine, ...]
    complete: bool
    searching_rebuild: bool


def find(desk: Desk, text: str, *, limit: int = SHOWN) -> Found:
    """Up to `limit` people who match every word of `text`; nobody for an empty box.

    An exact word comes before the beginning of one, who was seen in the last 90 days before who was
    not, then by how lately and often, then by name.
    """
    ranges = word_ranges(text)
    with desk.reading(needs=Right.READ) as connection:
        rebuilding = register.is_stale(connection)
        if not ranges:
            return Found((), complete=True, searching_rebuild=rebuilding)
        since = Millis(desk.database.clock.now() - RECENT_DAYS * _DAY)
        matches = _matches(connection, ranges, since, limit)
        people = register.lines(connection, matches.uids, desk.database.zone)
    return Found(tuple(people), complete=matches.complete, searching_rebuild=rebuilding)


def word_ranges(text: str) -> tuple[tuple[str, str], ...]:
    """The words of the box as ranges of keys: the first key of each, and the first one beyond."""
    return tuple((word, _beyond(word)) for word in query_tokens(text))


def _beyond(word: str) -> str:
    """The first text after everything that begins with `word`."""
    code = ord(word[-1]) + 1
    # Surrogates cannot be written as UTF-8, which both databases compare by.
    return word[:-1] + chr(0xE000 if 0xD800 <= code <= 0xDFFF else code)


@dataclass(frozen=True, slots=True)
class _Matches:
    """`complete`: there are no others, even beyond what was asked for."""

    uids: list[Uid]
    complete: bool


def _matches(
    connection: statements.Connection,
    ranges: Sequence[tuple[str, str]],
    since: Millis,
    limit: int,
) -> _Matches:
    most = (KEYS_READ if len(ranges) == 1 else statements.KEYS_GATHERED) + 1
    words = [statements.measured(connection, *ends, most) for ends in ranges]
    if not all(word.keys for word in words):
        return _Matches([], complete=True)
    # The word that fewest people have leads; between equals digits, which tell more, and length.
    words.sort(key=lambda word: (word.keys, not word.low[0].isdigit(), -len(word.low)))
    if _can_rank_all(connection, words, limit):
        best = statements.ranked(connection, words, since=since, limit=limit + 1)
        return _Matches(best[:limit], complete=len(best) <= limit)
    if words[0].keys <= KEYS_READ:
        uids = statements.seen_among(connection, words, since=since, limit=limit)
    else:
        uids = statements.seen_lately(connection, words, since=since, walk=RECENT_WALK, limit=limit)
    if len(uids) < limit:
        others = statements.first_matches(connection, words, most=FIRST_LOOKED_AT, limit=limit)
        uids = list(dict.fromkeys([*uids, *others]))[:limit]
    return _Matches(uids, complete=False)


def _can_rank_all(
    connection: statements.Connection, words: Sequence[statements.Word], limit: int
) -> bool:
    """Whether few enough people match: by the first word alone, or by the first two together."""
    first, *others = words
    most = max(RANKED_PEOPLE, limit)
    if first.keys <= most:
        return True
    if others:
        return first.keys <= KEYS_CROSSED and others[0].keys <= statements.KEYS_GATHERED
    return first.keys <= KEYS_READ and statements.people_of(connection, first) <= most
