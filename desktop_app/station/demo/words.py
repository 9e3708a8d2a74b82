"""The words demo data are made of, read from `resources/sample/demo`. All of them are invented."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from desktop_app.core.resources import resource_text
from desktop_app.station.demo.dice import Table

_FOLDER = ("sample", "demo")
_MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody comes, from the age `youngest` to `oldest`; in `months` twice as often.

    After so many days of `rest` the same person may come with the same matter again. `reply` is
    what was done at once.
    """

    matter: str
    youngest: int
    oldest: int
    months: frozenset[int]
    weight: int
    rest: int
    text: str
    reply: str

    @property
    def anybody(self) -> bool:
        """Whether it says nothing of the visitor's age."""
        return (self.youngest, self.oldest) == _AGES["any"]


_AGES = {"any": (0, 200), "elder": (60, 200), "adult": (18, 59)}


def reasons() -> tuple[Reason, ...]:
    """Sentences of 事由, each with its matter of the starter directory."""
    return tuple(
        Reason(
            row["matter"],
            *_ages(row["who"]),
            months(row["months"]),
            int(row["weight"]),
            int(row["rest"] or 0),
            row["text"],
            row["reply"],
        )
        for row in rows("reasons.csv")
    )


def _ages(text: str) -> tuple[int, int]:
    """`any`, `elder`, `adult` or `22-42`."""
    if text in _AGES:
        return _AGES[text]
    youngest, oldest = text.split("-")
    return int(youngest), int(oldest)


def months(text: str) -> frozenset[int]:
    """`9-12` as months; none for a matter of no season."""
    if not text:
        return frozenset()
    first, last = text.split("-")
    return frozenset(month for month in _MONTHS if int(first) <= month <= int(last))


class Replies:
    """What is written down of a matter later on, by matter and sort; `*` serves any matter."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in rows("replies.csv"):
            self._texts[row["matter"], row["kind"]].append(row["text"])

    def of(self, matter: str, kind: str) -> list[str]:
        """Sentences for a matter; the general ones when it has none of its own."""
        return self._texts.get((matter, kind)) or self._texts["*", kind]

    def own(self, matter: str, kind: str) -> list[str]:
        """Only the matter's own sentences."""
        return self._texts.get((matter, kind), [])


class Sayings:
    """Sentences of one of the tables with the columns `kind` and `text`."""

    def __init__(self, name: str) -> None:
        self._texts: dict[str, list[str]] = defaultdict(list)
        for row in rows(name):
            self._texts[row["kind"]].append(row["text"])

    def __getitem__(self, kind: str) -> list[str]:
        return self._texts[kind]


def names() -> dict[str, Any]:
    """Surnames with weights, given names by age, rare and transliterated names, operators."""
    found: dict[str, Any] = json.loads(resource_text(*_FOLDER, "names.json"))
    return found


def places() -> dict[str, Any]:
    """The invented street with its communities and 小区, workplaces, and cities far away."""
    found: dict[str, Any] = json.loads(resource_text(*_FOLDER, "places.json"))
    return found


def weighted(text: str) -> Table[str]:
    """`陈 900|林 760` as a table."""
    entries = (entry.split() for entry in text.split("|"))
    return Table((value, float(weight)) for value, weight in entries)


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the tables, each by the names of its columns."""
    return list(csv.DictReader(resource_text(*_FOLDER, name).splitlines()))
