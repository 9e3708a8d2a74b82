"""Finds entries of a short list that fits in memory (小区, 事项) by what is typed into a picker.

Not for people: their keys are stored and searched in the database. Letters load the readings of
characters on first use (0.3 s, see `pinyin.warm_up`); Chinese text and digits never do.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from functools import lru_cache
from typing import TypeVar

from desktop_app.core.pinyin import name_keys, query_tokens

T = TypeVar("T")

_BEGINS, _CONTAINS, _SCATTERED = 0, 1, 2
_LEAST_SCATTERED = {True: 3, False: 2}
"""Letters (True) and characters (False) it takes to find a name that has them in order, with others
between: 医保缴费 or ybjf for 医保参保缴费. Fewer would match nearly everything."""


def pick(entries: Iterable[T], text: str, names: Callable[[T], Iterable[str]]) -> list[T]:
    """The entries for which every typed word fits one of their names, the better fits first.

    A word fits by its characters, full pinyin or initials: best at the beginning of a name, then
    from a later character on, then scattered over it. The order is kept among equals; no text
    answers everything.
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
    if not token.isascii():
        return _scattered(token, tuple(plain), letters=False)
    if not token.isalpha():
        return None
    if any(key.startswith(token) for key in _keys_of_beginning(name)):
        return _BEGINS
    if any(key.startswith(token) for key in _keys_inside(name)):
        return _CONTAINS
    return _scattered(token, _initials(name), letters=True)


def _scattered(token: str, places: Iterable[Container[str]], *, letters: bool) -> int | None:
    """Whether the signs of the word come one after the other, not necessarily side by side."""
    if len(token) < _LEAST_SCATTERED[letters]:
        return None
    rest = iter(places)
    if all(any(sign in place for place in rest) for sign in token):
        return _SCATTERED
    return None


@lru_cache(maxsize=4096)
def _initials(name: str) -> tuple[frozenset[str], ...]:
    """For each character, the letters it may be typed with: two for a character of two readings."""
    return tuple(frozenset(key[0] for key in name_keys(sign)) for sign in name)


@lru_cache(maxsize=4096)
def _keys_of_beginning(name: str) -> frozenset[str]:
    return name_keys(name)


@lru_cache(maxsize=4096)
def _keys_inside(name: str) -> frozenset[str]:
    """Keys from each later character on: pinyin found at any place would start inside a syllable,
    and `gy` would find 青榕雅苑 (qin-g ron-g y-a)."""
    return frozenset().union(*(name_keys(name[start:]) for start in range(1, len(name))))
