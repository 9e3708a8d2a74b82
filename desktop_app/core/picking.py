"""Finds entries of a short list that fits in memory (小区, 事项) by what is typed into a picker.

Not for people: their keys are stored and searched in the database. Letters load the readings of
characters on first use (0.3 s, see `pinyin.warm_up`); Chinese text and digits never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from desktop_app.core.pinyin import name_keys, query_tokens

T = TypeVar("T")

_BEGINS, _CONTAINS = 0, 1


def pick(entries: Iterable[T], text: str, names: Callable[[T], Iterable[str]]) -> list[T]:
    """The entries for which every typed word fits one of their names, the better fits first.

    A word fits by its characters, full pinyin or initials, and better at the beginning of a name
    than from a later character on. The order is kept among equals; no text answers everything.
    """
    tokens = query_tokens(text)
    if not tokens:
        return list(entries)
    found = []
    for entry in entries:
        fit = _fit(tuple(names(entry)), tokens)
        if fit is not None:
            found.append((fit, entry))
    return [entry for _fit_of, entry in sorted(found, key=_by_fit)]


def _by_fit(found: tuple[int, T]) -> int:
    return found[0]


def _fit(names: tuple[str, ...], tokens: tuple[str, ...]) -> int | None:
    worst = _BEGINS
    for token in tokens:
        fits = [fit for name in names if (fit := _fit_of(name, token)) is not None]
        if not fits:
            return None
        worst = max(worst, min(fits))
    return worst


def _fit_of(name: str, token: str) -> int | None:
    plain = name.casefold()
    if token in plain:
        return _BEGINS if plain.startswith(token) else _CONTAINS
    if not (token.isascii() and any(letter.isalpha() for letter in token)):
        return None
    if any(key.startswith(token) for key in _keys_of_beginning(name)):
        return _BEGINS
    if any(key.startswith(token) for key in _keys_inside(name)):
        return _CONTAINS
    return None


@lru_cache(maxsize=4096)
def _keys_of_beginning(name: str) -> frozenset[str]:
    return name_keys(name)


@lru_cache(maxsize=4096)
def _keys_inside(name: str) -> frozenset[str]:
    """Keys from each later character on: pinyin found at any place would start inside a syllable,
    and `gy` would find 青榕雅苑 (qin-g ron-g y-a)."""
    return frozenset().union(*(name_keys(name[start:]) for start in range(1, len(name))))
