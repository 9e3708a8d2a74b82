"""How parcels of older formats are understood: each step lifts what it gets by one format.

A reader understands its own format and the two before it. When the format changes, `FORMAT` in
header.py is raised, and here stands what the format before it called otherwise: one function for
the header, one for a line, both from plain values to plain values. Nothing else in the program
knows that there ever was another format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Plain = dict[str, Any]


def _as_it_is(values: Plain) -> Plain:
    return values


def _line_as_it_is(name: str, values: Plain) -> Plain:
    return values


@dataclass(frozen=True, slots=True)
class Step:
    """From one format to the next: its header, and a line of the table `name` (`changes/visit`)."""

    header: Callable[[Plain], Plain] = _as_it_is
    line: Callable[[str, Plain], Plain] = _line_as_it_is


UPGRADES: Mapping[int, Step] = {}
"""By the format a step starts from."""


def lift_header(values: Plain, written: int, wanted: int, steps: Mapping[int, Step]) -> Plain:
    """A header of format `written` as format `wanted` spells it."""
    for number in range(written, wanted):
        values = steps[number].header(values)
    return values


def line_lifter(
    name: str, written: int, wanted: int, steps: Mapping[int, Step]
) -> Callable[[Plain], Plain] | None:
    """What lifts a line of table `name`, or None when nothing has to be done."""
    needed = [steps[number].line for number in range(written, wanted)]
    if not needed:
        return None

    def lift(values: Plain) -> Plain:
        for step in needed:
            values = step(name, values)
        return values

    return lift
