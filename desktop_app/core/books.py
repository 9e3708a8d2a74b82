"""What each ledger counts, said by the ledger in its `figures.py` and read by who knows none.

A station's report, a street's overview and the command line go through the books of `catalog`: a
ledger that is added later brings its own, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop_app.core.figures import Counts, Figure, Span
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn

F = TypeVar("F")

Connection = Any
"""A reading of the database; this layer lies below it."""


class Cut(StrEnum):
    """What counts that are kept are split by: nothing, 业务类别, the ledger's own kinds, the place
    they belong to (its uid in hexadecimal), or the level of an evaluation."""

    WHOLE = ""
    CATEGORY = "category"
    KIND = "kind"
    PLACE = "place"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of a station's rows; `part` is which of the `cut`, and nothing of the whole."""

    station: str
    cut: Cut
    part: str
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Dated:
    """In which months a record is counted: those of the days in these fields.

    With `through`, those of the record that this field points at, which is of the kind `of`.
    """

    days: tuple[str, ...]
    through: str = ""
    of: str = ""

    def months(self, fields: Mapping[str, Any]) -> set[str] | None:
        """The months (2026-11) by a record's own fields, None where another record knows them."""
        if self.through:
            return None
        return {str(fields[name])[:7] for name in self.days if fields.get(name) is not None}


Parts = Mapping[str, Counts]
Charts = Callable[[Period, Counts, Mapping[Cut, Parts]], tuple[Drawn, ...]]


# No slots: a generic alias of a frozen class with slots cannot be called on Python 3.11.
@dataclass(frozen=True)
class Book(Generic[F]):
    """The figures of one ledger and how they come to be counted.

    `kind` is the record whose list the figures lead to; its filter has a field `stations`, and one
    `category` if it is counted by category. `groups` are titles and the names of the figures that
    are read together. `guarded` figures must not be told from all that was counted (see
    `core/telling`). `headline` are those told of each part of a period; `parted` are told of a
    category or a place, which no station stands for. `trend` is drawn over months, `charts` are
    drawn of a period from its counts and their parts. `upward` are the columns of the upward
    monthly table that this ledger fills. Of a period in which no count of `alive` is above 0,
    nothing was written down at all.

    `counts` counts the rows of a period. `roll_up(connection, first, last, stations)` counts those
    of each of these stations, by every cut, under the same names, so that they can be kept: the
    whole of a month is what `counts` finds in it. `standing(connection, today, cut)` counts how
    things stand now, station by station. `dated` says by kind of record in which months it is
    counted. A book whose `version` goes up is counted anew everywhere.
    """

    kind: str
    figures: tuple[Figure[F], ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    counts: Callable[[Connection, Span], Counts]
    roll_up: Callable[[Connection, date, date, Sequence[str]], Iterable[Counted]]
    dated: Mapping[str, Dated]
    alive: tuple[str, ...]
    headline: tuple[str, ...]
    upward: Mapping[str, str]
    trend: str
    charts: Charts
    parted: Mapping[Cut, tuple[Figure[F], ...]] = field(default_factory=dict)
    guarded: frozenset[str] = field(default_factory=frozenset)
    now: tuple[Figure[F], ...] = ()
    standing: Callable[[Connection, date, Cut], Iterable[Counted]] | None = None
    version: int = 1

    def figure(self, name: str) -> Figure[F]:
        """The figure of that name; `KeyError` when there is none."""
        return {figure.name: figure for figure in (*self.figures, *self.now)}[name]
