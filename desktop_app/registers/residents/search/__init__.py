"""The one box: finds a person by part of the name, pinyin, initials, phone, 门牌 or 证件 ending.

Committed text comes in, people come out, the likeliest first. Ranking everybody is out of reach at
a million people (3.3 s for one letter), so it is exact up to `RANKED_PEOPLE` matches; beyond that
people seen here lately come first, then the first matches there are, and the answer says that it is
not complete. Which text a keystroke holds is for `ui/box.py`, what text means for `core/pinyin.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import desktop_app.registers.residents.search.store as statements
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import query_tokens
from desktop_app.core.rights import Right
from desktop_app.registers.residents import store
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.storage.session import Desk

SHOWN = 20
RANKED_PEOPLE = 500
KEYS_SCANNED = 1500
"""A person has about two keys in one range (小明 and 明 both begin a word), rarely three."""
RECENT_DAYS = 90
RECENT_WALK = 3000
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
        rebuilding = store.is_stale(connection)
        if not ranges:
            return Found((), complete=True, searching_rebuild=rebuilding)
        since = Millis(desk.database.clock.now() - RECENT_DAYS * _DAY)
        matches = _matches(connection, ranges, since, limit)
        people = store.lines(connection, matches.uids, desk.database.zone)
    return Found(tuple(people), complete=matches.complete, searching_rebuild=rebuilding)


def word_ranges(text: str) -> tuple[statements.Range, ...]:
    """The words of the box as ranges of keys."""
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
    ranges: Sequence[statements.Range],
    since: Millis,
    limit: int,
) -> _Matches:
    words = [(*statements.reach(connection, word, KEYS_SCANNED), word) for word in ranges]
    if not all(keys for keys, _, _ in words):
        return _Matches([], complete=True)
    # The word that fewest people have leads; between equals digits, which tell more, and length.
    words.sort(key=lambda reach: (reach[0], not reach[2][0][0].isdigit(), -len(reach[2][0])))
    keys, people, _ = words[0]
    ordered = [word for _, _, word in words]
    if keys < KEYS_SCANNED and people <= max(RANKED_PEOPLE, limit):
        best = statements.ranked(
            connection, ordered, most=KEYS_SCANNED, since=since, limit=limit + 1
        )
        return _Matches(best[:limit], complete=len(best) <= limit)
    lately = statements.recent(connection, ordered, since=since, walk=RECENT_WALK, limit=limit)
    if len(lately) < limit:
        others = statements.first_matches(connection, ordered, most=KEYS_SCANNED, limit=limit)
        lately = list(dict.fromkeys([*lately, *others]))[:limit]
    return _Matches(lately, complete=False)
