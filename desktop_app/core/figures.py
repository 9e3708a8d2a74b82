"""What a figure is: one name, how it is counted in a sentence, its value, and the rows behind it.

Each ledger lists its own in `figures.py`; the dashboard, the printed report and the command line's
summary read nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from desktop_app.core.wording import share

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Span:
    """Business dates from `first` to `last`, both included; `today` is when it is looked at."""

    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, kept as the two numbers it is made of; no rate at all when `whole` is 0."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """As a report prints it: `97.5%`, and — when nothing was counted."""
        return "—" if self.whole == 0 else share(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How often something is counted in a month (`2026-11`); `name` is one of the ledger's counts.

    Of records that never leave the station, so that the street's figures are whole all the same.
    """

    month: str
    name: str
    value: int


Value = int | Rate
Counts = dict[str, int]


# No slots: a generic alias of a frozen class with slots cannot be called on Python 3.11.
@dataclass(frozen=True)
class Figure(Generic[F]):
    """`label` is its one name, `how` what it counts in a sentence, `value` reads it from `counts`.

    `rows` gives the filter of the list behind it, for drilling down; None where rows must not be
    shown or no single list holds them. Such a list holds exactly the rows that are counted, or,
    with `column`, the rows of which that column is added up; `unlisted` names the count of what is
    in the figure and stands in no list (信访渠道告知). `late` marks what nobody wants above 0.
    """

    name: str
    label: str
    how: str
    value: Callable[[Counts], Value]
    rows: Callable[[Span], F] | None = None
    column: str = ""
    unlisted: str = ""
    late: bool = False


def of(name: str) -> Callable[[Counts], Value]:
    """A figure that is one of the counts."""
    return lambda counts: counts[name]
