"""The 事项目录 that comes with the program, so that a new station starts with something to change.

What departments demand differs by place: every line of it is to be checked before it is printed,
which is why none of them has a 最后核对日期.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.core.handling import Handling, handling_of
from desktop_app.core.resources import resource_text
from desktop_app.registers.matters.rules import Material

_SEPARATOR = "；"
_YES = "是"


@dataclass(frozen=True, slots=True)
class StarterMatter:
    """One line of the starter directory."""

    category: str
    name: str
    handling: Handling
    station_days: int
    materials: tuple[Material, ...] = field(default=())
    materials_note: str = ""
    petition: bool = False
    urgent: bool = False


def starter_matters() -> tuple[StarterMatter, ...]:
    """The lines of `resources/sample/matters.csv`, in its order."""
    return tuple(read_matters(resource_text("sample", "matters.csv").splitlines()))


def read_matters(lines: Iterable[str]) -> Iterable[StarterMatter]:
    """Lines of CSV with a heading: category, matter, handling, workdays, materials, note, petition,
    urgent; materials are separated by ；, the words for handling may be the older ones (承诺).

    Raises `ValueError` for a word that means no handling: the file is ours and must be right.
    """
    for row in csv.DictReader(lines):
        handling = handling_of(row["handling"])
        if handling is None:
            raise ValueError(f"{row['matter']}: {row['handling']} is no handling")
        yield StarterMatter(
            category=row["category"],
            name=row["matter"],
            handling=handling,
            station_days=int(row["workdays"]),
            materials=tuple(Material(name) for name in row["materials"].split(_SEPARATOR) if name),
            materials_note=row["note"],
            petition=row["petition"] == _YES,
            urgent=row["urgent"] == _YES,
        )
