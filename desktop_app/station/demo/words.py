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
    """Why somebody comes: `who` is any, elder or adult; in `months` it comes twice as often."""

    matter: str
    who: str
    months: frozenset[int]
    weight: int
    text: str


def reasons() -> tuple[Reason, ...]:
    """Sentences of 事由, each with its matter of the starter directory."""
    return tuple(
        Reason(row["matter"], row["who"], _months(row["months"]), int(row["weight"]), row["text"])
        for row in _rows("reasons.csv")
    )


def _months(text: str) -> frozenset[int]:
    """`9-12` as months; none for a matter of no season."""
    if not text:
        return frozenset()
    first, last = text.split("-")
    return frozenset(month for month in _MONTHS if int(first) <= month <= int(last))


class Replies:
    """What is written down of a matter later on, by matter and sort; `*` serves any matter."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in _rows("replies.csv"):
            self._texts[row["matter"], row["kind"]].append(row["text"])

    def of(self, matter: str, kind: str) -> list[str]:
        """Sentences for a matter; the general ones when it has none of its own."""
        return self._texts.get((matter, kind)) or self._texts["*", kind]

    def own(self, matter: str, kind: str) -> list[str]:
        """Only the matter's own sentences."""
        return self._texts.get((matter, kind), [])


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


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(resource_text(*_FOLDER, name).splitlines()))
