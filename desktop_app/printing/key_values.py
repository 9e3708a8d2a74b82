"""A form filled in: labels and values in a ruled table, as receipts and cards show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from desktop_app.printing.blocks import Sheet
from desktop_app.printing.fonts import Role
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import FastTable, Table
from desktop_app.printing.table_layout import PADDING, Cell, Column


class Pair(NamedTuple):
    """A label and its value; a wide one has the whole row to itself."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Pairs, `beside` of them in a row."""

    pairs: tuple[Pair, ...]
    beside: int = 2
    size: float | None = None

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        parts = [FastTable(table, sheet) for table in self._tables(sheet)]
        for part in parts:
            part.spaceBefore = part.spaceAfter = 0.0
        if parts:
            parts[0].spaceBefore = parts[-1].spaceAfter = 6.0
        return parts

    def _tables(self, sheet: Sheet) -> Iterator[Table]:
        """Pairs beside each other, and wide ones, in tables that meet edge to edge."""
        size = self.size or sheet.looks.table_size
        longest = max(
            (sheet.book.width(pair.label, Role.HEI, size) for pair in self.pairs), default=0.0
        )
        # A label takes a third of its pair's room at most.
        label = min(longest, sheet.width / self.beside / 3) + 4 * PADDING
        value = sheet.width / self.beside - label
        for wide, group in groupby(self.pairs, key=lambda pair: pair.wide):
            pairs, beside = list(group), 1 if wide else self.beside
            columns = (Column("", width=label), Column("", width=value)) * beside
            if wide:
                columns = (columns[0], replace(columns[1], width=sheet.width - label))
            yield Table(columns, list(_rows(pairs, beside)), size=size, headless=True)


def _rows(pairs: list[Pair], beside: int) -> Iterator[list[str | Cell]]:
    for start in range(0, len(pairs), beside):
        row: list[str | Cell] = []
        for pair in pairs[start : start + beside]:
            row += [Cell(pair.label, Role.HEI, Align.CENTER), pair.value]
        yield row + [""] * (2 * beside - len(row))
