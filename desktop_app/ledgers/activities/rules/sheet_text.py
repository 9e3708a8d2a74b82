"""A paper sheet as it is being typed: lines of text, what they mean, and how a draft keeps them.

Pure. Whether the lines can be taken over is for `sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desktop_app.core.errors import Fault, InvalidInput, UserError
from desktop_app.core.ids import parse_uid
from desktop_app.ledgers.activities.rules.activity import group_of
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.activities.rules.cleaning import Clock
from desktop_app.ledgers.activities.rules.clock_text import clock_problem, parse_clock
from desktop_app.ledgers.activities.rules.sheet import SheetLine


@dataclass(frozen=True, slots=True)
class LineText:
    """One line as typed; `resident` is the file's uid as text, `group` a group's value or empty."""

    name: str = ""
    resident: str = ""
    unit: str = ""
    group: str = ""
    arrived: str = ""
    left: str = ""
    absent: str = ""


def meaning(lines: Sequence[LineText], whole: Clock | None) -> tuple[SheetLine, ...]:
    """The lines as they are taken over; raises `InvalidInput`, each sentence with its line.

    `whole` is when the activity ended: who has no time at all stayed until then. None leaves the
    time of leaving open.
    """
    problems: list[UserError] = []
    for number, line in enumerate(lines, start=1):
        for text in (line.arrived, line.left):
            if said := clock_problem(text):
                problems.append(UserError(f"第{number}行：{said}", field="lines"))
    if problems:
        raise InvalidInput(problems)
    return tuple(_meaning(line, whole) for line in lines)


def _meaning(line: LineText, whole: Clock | None) -> SheetLine:
    person = Person(
        resident=parse_uid(line.resident) if line.resident else None,
        name=line.name,
        group=group_of(line.group),
        unit=line.unit,
    )
    arrived, left = parse_clock(line.arrived), parse_clock(line.left)
    if not line.absent.strip() and arrived is None and left is None:
        left = whole
    return SheetLine(person=person, arrived=arrived, left=left, absent=line.absent)


def line_of(problem: Fault) -> int | None:
    """Which line a sentence is about (第3行：…), from 1; None when it names none."""
    head, _, rest = problem.sentence.partition("行：")
    number = head.removeprefix("第")
    return int(number) if rest and number.isdigit() else None


def to_plain(lines: Sequence[LineText]) -> dict[str, Any]:
    """As a draft keeps the lines."""
    return {"lines": [asdict(line) for line in lines]}


def from_plain(plain: Mapping[str, Any] | None) -> tuple[LineText, ...]:
    """The lines a draft kept; what it does not know is left out."""
    found = (plain or {}).get("lines")
    names = LineText.__dataclass_fields__
    return tuple(
        LineText(**{name: str(value) for name, value in one.items() if name in names})
        for one in (found if isinstance(found, list) else [])
        if isinstance(one, Mapping)
    )
