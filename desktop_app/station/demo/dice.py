"""The dice of demo data: the same seed throws the same numbers on every machine.

The only generator in the program that is not the operating system's. Keys and salts of a demo home
never come from here.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Table(Generic[T]):
    """Things that come up as often as their weights say."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(value, weight) for value, weight in weighted if weight > 0]
        self.values = [value for value, _ in pairs]
        # Without the last, so that rounding never leads beyond it.
        *self.up_to, self.whole = accumulate(weight for _, weight in pairs)


class Dice(Random):
    """Throws for generated data; nothing secret may depend on it."""

    def chance(self, share: float) -> bool:
        """True in that share of cases, 0 to 1."""
        return self.random() < share

    def pick(self, among: Sequence[T]) -> T:
        """One of them, all alike."""
        return among[int(self.random() * len(among))]

    def drawn(self, table: Table[T]) -> T:
        """One of a table's things."""
        return table.values[bisect(table.up_to, self.random() * table.whole)]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """`total` whole things over places by weight; the shares add up exactly."""
    whole = sum(weights)
    counts, reached, given = [], 0.0, 0
    for weight in weights:
        reached += weight
        due = round(total * reached / whole)
        counts.append(due - given)
        given = due
    return counts
