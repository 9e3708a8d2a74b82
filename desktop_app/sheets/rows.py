"""From the rows of a sheet to plain values: each row with its number, its values, its problems.

What is no record is left out and counted; cells merged downwards say the same in every row, 〃 says
what stands above; several people in one cell become several rows where the ledger wants that. Pure.

Fifty thousand rows must take no time worth mentioning: the reading of a cell is remembered for each
column, and a row without anything special makes nothing but its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.sheets.heading import Heading
from desktop_app.sheets.left_out import Left, Why, finder_of
from desktop_app.sheets.reader import Range
from desktop_app.sheets.row_reading import CellProblem, Reading, SheetRow, is_empty
from desktop_app.sheets.spec import Cell, Column, Several
from desktop_app.sheets.values import Context

__all__ = ["CellProblem", "Context", "Left", "SheetRow", "read_rows"]


def read_rows(
    rows: Sequence[Sequence[Cell]],
    heading: Heading,
    mapping: Mapping[int, str],
    columns: Sequence[Column],
    context: Context,
    several: Several = Several.REFUSE,
    *,
    merged: Sequence[Range] = (),
    left: Left | None = None,
) -> Iterator[SheetRow]:
    """The records below the heading, in the order of the sheet.

    `mapping` says for places of the file which of `columns` they are. `left` counts, while the
    answer is gone through, what was left out.
    """
    counted = left if left is not None else Left()
    reading = Reading(heading, mapping, columns, context, several)
    why_left_out = finder_of(heading, rows)
    above: Sequence[Cell] = ()
    for place, row in _data(rows, heading, merged):
        why = why_left_out(row)
        if why is not None:
            counted.count(why)
            continue
        values, specials = reading.quick(row)
        if not specials:
            if values and not reading.lacks(values):
                above = row
                yield SheetRow(place + 1, 0, tuple(row), values)
                continue
            if not values:
                counted.count(Why.EMPTY)
                continue
        row = reading.with_dittos(row, above, specials)
        above = row
        yield from reading.slow(place + 1, row, specials)


def _data(
    rows: Sequence[Sequence[Cell]], heading: Heading, merged: Sequence[Range]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows below the heading, with what is merged downwards written out."""
    fills = _fills(rows, heading, merged)
    for place in range(heading.last + 1, len(rows)):
        row = rows[place]
        yield place, _filled(row, fills[place], rows) if place in fills else row


def _fills(
    rows: Sequence[Sequence[Cell]], heading: Heading, merged: Sequence[Range]
) -> dict[int, list[tuple[int, int]]]:
    """For rows below the top of a merged cell: which place takes its value from which row."""
    fills: dict[int, list[tuple[int, int]]] = {}
    for one in merged:
        if one.top <= heading.last or one.bottom == one.top:
            continue
        for row in range(one.top + 1, min(one.bottom + 1, len(rows))):
            fills.setdefault(row, []).append((one.left, one.top))
    return fills


def _filled(
    row: Sequence[Cell], fill: Sequence[tuple[int, int]], rows: Sequence[Sequence[Cell]]
) -> Sequence[Cell]:
    if not any(not is_empty(cell) for cell in row):
        # Nothing of its own: the rest of one record that is two rows high.
        return row
    filled = list(row)
    for column, source in fill:
        if column < len(rows[source]):
            filled.extend([""] * (column + 1 - len(filled)))
            if is_empty(filled[column]):
                filled[column] = rows[source][column]
    return filled
