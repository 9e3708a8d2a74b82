"""Columns and rows of a table before any is drawn: how wide, how high, which lines.

Everything here is done once for the whole table; its parts on pages are ranges of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from desktop_app.printing.cell_text import CellText
from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.paragraph import Align

PADDING = 3.5
"""Points between a cell's edge and its text, on all four sides."""
LEADING = 1.3
_MOST_KEPT = 0.75
"""Columns of weight 0 keep their content's width while all leave a quarter to the others."""
_LEAST_CHARACTERS = 3.0
"""A column is never narrower than so many characters of the table's size."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, how cells stand in it, and how much of the spare width it takes.

    `width` in points fixes it; otherwise its content decides. `weight` 0 keeps it as wide as its
    content; of two columns that have to break lines, the one of twice the weight is twice as wide.
    """

    title: str
    align: Align = Align.LEFT
    width: float | None = None
    weight: float = 1.0


class Cell(NamedTuple):
    """A cell that is set apart from its column."""

    text: str
    role: Role = Role.HEI
    align: Align | None = None


class Group(NamedTuple):
    """A row that is one heading across the table."""

    title: str


Row = Sequence[str | Cell] | Group


class Slice(NamedTuple):
    """A row (`line` is None) or, of one that is higher than a page, one of its lines."""

    row: int
    line: int | None = None
    ends: bool = True


@dataclass(slots=True)
class Laid:
    """The table at one width. Lengths in points; `tops[n]` is where the n-th slice begins."""

    edges: list[float]
    rows: Sequence[Row]
    slices: list[Slice]
    tops: list[float]
    head: list[tuple[str, ...]]
    head_height: float
    broken: dict[int, tuple[str, ...]] = field(default_factory=dict)


class Texts:
    """The cell texts of one table, by role."""

    def __init__(self, book: FontBook, size: float) -> None:
        self._book, self.size = book, size
        self._by_role: dict[Role, CellText] = {}

    def of(self, role: Role) -> CellText:
        if role not in self._by_role:
            self._by_role[role] = CellText(self._book, role, self.size)
        return self._by_role[role]

    @property
    def leading(self) -> float:
        return self.size * LEADING

    def height(self, lines: int) -> float:
        """How high a row of so many lines is."""
        return lines * self.leading + 2 * PADDING


def lay(
    columns: Sequence[Column],
    rows: Sequence[Row],
    texts: Texts,
    width: float,
    highest: float,
    sums: Sequence[str] = (),
    headless: bool = False,
    rows_a_page: int = 0,
) -> Laid:
    """The table in `width` points; a row higher than `highest` is divided between its lines.

    `sums` are what will stand below the columns. `rows_a_page` rows of one line fill `highest`.
    """
    widths = column_widths(columns, rows, texts, width, sums)
    rooms = [wide - 2 * PADDING for wide in widths]
    titles = () if headless else tuple(zip(columns, rooms, strict=True))
    head = [texts.of(Role.HEI).lines(column.title, room) for column, room in titles]
    head_height = texts.height(max(map(len, head))) if head else 0.0
    laid = Laid([0.0, *accumulate(widths)], rows, [], [], head, head_height)
    _lay_rows(laid, rooms, texts, highest - head_height, rows_a_page)
    return laid


def _lay_rows(
    laid: Laid, rooms: Sequence[float], texts: Texts, highest: float, rows_a_page: int
) -> None:
    one = texts.height(1)
    heights: list[float] = []
    for number, row in enumerate(laid.rows):
        lines = _break_row(laid, number, row, rooms, texts)
        height = texts.height(lines) if lines > 1 else one
        if height <= highest:
            laid.slices.append(Slice(number))
            heights.append(height)
            continue
        for line in range(lines):
            ends = line + 1 == lines
            laid.slices.append(Slice(number, line, ends))
            heights.append(texts.leading + PADDING * ((line == 0) + ends))
    if rows_a_page:
        heights = [
            height
            for first in range(0, len(heights), rows_a_page)
            for height in _spread(heights[first : first + rows_a_page], rows_a_page, highest)
        ]
    laid.tops = [0.0, *accumulate(heights)]


def _spread(heights: Sequence[float], rows_a_page: int, room: float) -> list[float]:
    """The rows of one page as high as makes so many fill it.

    What rows of several lines take beyond their share the others give, down to one line each.
    """
    share, low = room / rows_a_page, sorted(heights)
    while low and low[-1] > share:
        # The highest row keeps its height; the rest is shared among fewer.
        room -= low.pop()
        rows_a_page -= 1
        share = room / rows_a_page if rows_a_page else 0.0
    return [max(height, share) for height in heights]


def _break_row(laid: Laid, number: int, row: Row, rooms: Sequence[float], texts: Texts) -> int:
    """Breaks the cells that overflow; how many lines the row has."""
    if isinstance(row, Group):
        across = laid.edges[-1] - 2 * PADDING
        lines = texts.of(Role.HEI).lines(row.title, across)
        laid.broken[number * len(rooms)] = lines
        return len(lines)
    plain, most, key = texts.of(Role.SONG), 1, number * len(rooms)
    measure = plain.width
    for cell, room in zip(row, rooms, strict=True):
        if type(cell) is str:
            if measure(cell) > room:
                laid.broken[key] = lines = plain.lines(cell, room)
                most = max(most, len(lines))
        else:
            text, role = cell_text(cell)
            if texts.of(role).width(text) > room:
                laid.broken[key] = lines = texts.of(role).lines(text, room)
                most = max(most, len(lines))
        key += 1
    return most


def cell_text(cell: str | Cell) -> tuple[str, Role]:
    """What a cell says, and in which role."""
    return (cell, Role.SONG) if isinstance(cell, str) else (cell.text, cell.role)


def column_widths(
    columns: Sequence[Column],
    rows: Sequence[Row],
    texts: Texts,
    width: float,
    sums: Sequence[str] = (),
) -> list[float]:
    """Widths that fill `width`: what fits keeps its content's, the others share what is left."""
    natural = _natural_widths(columns, rows, texts, sums)
    found = [column.width for column in columns]
    weights = [column.weight for column in columns]
    narrow = [at for at, weight in enumerate(weights) if not weight and found[at] is None]
    if sum(natural[at] for at in narrow) <= _MOST_KEPT * width:
        for at in narrow:
            found[at] = natural[at]
    weights = [weight or 1.0 for weight in weights]
    sharing = [at for at, wide in enumerate(found) if wide is None]
    left = width - sum(wide for wide in found if wide is not None)
    while sharing:
        unit = left / sum(weights[at] for at in sharing)
        fitting = [at for at in sharing if natural[at] <= unit * weights[at]]
        if not fitting:
            break
        for at in fitting:
            found[at] = natural[at]
            left -= natural[at]
        sharing = [at for at in sharing if found[at] is None]
    least = _LEAST_CHARACTERS * texts.size + 2 * PADDING
    whole = sum(weights[at] for at in sharing)
    for at in sharing:
        found[at] = max(least, left * weights[at] / whole)
    return _filled([wide or least for wide in found], columns, width)


def _natural_widths(
    columns: Sequence[Column], rows: Sequence[Row], texts: Texts, sums: Sequence[str]
) -> list[float]:
    """What each column would take with no line broken."""
    plain, head = texts.of(Role.SONG), texts.of(Role.HEI)
    found = [head.natural(column.title) for column in columns]
    for at, text in enumerate(sums):
        found[at] = max(found[at], head.natural(text))
    for row in rows:
        if isinstance(row, Group):
            continue
        for at, cell in enumerate(row):
            if type(cell) is str:
                wide = plain.natural(cell)
            else:
                text, role = cell_text(cell)
                wide = texts.of(role).natural(text)
            if wide > found[at]:
                found[at] = wide
    # A hair more, so that rounding breaks no line.
    return [wide + 2 * PADDING + 0.01 for wide in found]


def _filled(widths: list[float], columns: Sequence[Column], width: float) -> list[float]:
    """Widths stretched or shrunk to the table's; columns of a fixed width keep it if they can."""
    spare = width - sum(widths)
    weights = [
        0.0 if column.width is not None else column.weight * wide
        for column, wide in zip(columns, widths, strict=True)
    ]
    if spare < 0 or not any(weights):
        return [wide * width / sum(widths) for wide in widths]
    whole = sum(weights)
    return [wide + spare * part / whole for wide, part in zip(widths, weights, strict=True)]
