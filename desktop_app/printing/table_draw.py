"""The part of a table that stands on one page, as operators: fills, one path of rules, one text.

Coordinates in points from the lower left corner of the part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from desktop_app.printing.cell_text import CellText
from desktop_app.printing.fonts import Role
from desktop_app.printing.ink import ASCENT
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table_layout import (
    PADDING,
    Cell,
    Column,
    Group,
    Laid,
    Texts,
    cell_text,
)

NO_ROWS = "本期没有记录"
_RULE = 0.4
_HEAD_GREY, _GROUP_GREY, _ZEBRA_GREY = 0.90, 0.95, 0.97


class SumRow(NamedTuple):
    """A row of sums: what it is, and its cells, empty where nothing is added up."""

    label: str
    cells: list[str]


class Look(Protocol):
    """What a table says about its looks."""

    @property
    def columns(self) -> tuple[Column, ...]: ...

    @property
    def zebra(self) -> bool: ...


class TableDrawing:
    """One part while it is drawn."""

    def __init__(self, canvas: Any, look: Look, laid: Laid, texts: Texts, places: range) -> None:
        self._canvas, self._look, self._laid = canvas, look, laid
        self._texts, self._places = texts, places
        self._aligns = [column.align for column in look.columns]
        self._to_base = texts.size / 2 - ASCENT * texts.size
        self._fills: list[str] = []
        self._path: list[str] = []
        self._written: list[str] = []
        self._font = ""
        self._upright_from = 0.0

    def draw(self, height: float, sums: Sequence[SumRow]) -> None:
        """The whole part, `height` points high."""
        laid = self._laid
        right = laid.edges[-1]
        self._upright_from = height
        self._rule(height)
        if laid.head:
            self._head(height)
        top = height - laid.head_height
        if laid.slices:
            top = self._rows(top)
            self._uprights(top, 0)
            for row in sums:
                self._sum_row(row, top)
                top -= self._texts.height(1)
        else:
            self._uprights(top, 0)
            self._across((NO_ROWS,), top, 0.0, Role.SONG, centred=True)
        # The outer edges stand beside rows of one cell, too.
        self._path.append(f"0 0 m 0 {height:.2f} l {right:.2f} 0 m {right:.2f} {height:.2f} l")
        self._put_on_the_page()

    def _put_on_the_page(self) -> None:
        code = self._canvas._code
        code.append("q")
        code += self._fills
        code.append(f"0 G 0 g {_RULE} w")
        code += self._path
        code.append("S BT")
        code += self._written
        code.append("ET Q")

    def _rows(self, origin: float) -> float:
        """All rows of the part, the first at `origin`; answers where the last one ends."""
        laid, columns = self._laid, len(self._aligns)
        tops, right = laid.tops, f"{laid.edges[-1]:.2f}"
        origin += tops[self._places.start]
        last_place = self._places.stop - 1
        for place in self._places:
            number, line, ends = laid.slices[place]
            row = laid.rows[number]
            top, bottom = origin - tops[place], origin - tops[place + 1]
            if isinstance(row, Group):
                self._uprights(top, 0)
                self._fill(bottom, top, _GROUP_GREY)
                self._across(laid.broken[number * columns], top, bottom, Role.HEI)
                self._upright_from = bottom
                continue
            if self._look.zebra and number % 2:
                self._fill(bottom, top, _ZEBRA_GREY)
            if line is None:
                self._cells(row, number * columns, (top + bottom) / 2 + self._to_base)
            else:
                self._one_line(row, number * columns, line, top - (0 if line else PADDING))
            if ends or place == last_place:
                self._path.append(f"0 {bottom:.2f} m {right} {bottom:.2f} l")
        return origin - tops[self._places.stop]

    def _cells(self, row: Sequence[str | Cell], key: int, base: float) -> None:
        """One row's text; `base` is the base line of a text of one line."""
        broken, texts = self._laid.broken, self._texts
        plain, base_words = texts.of(Role.SONG), f"{base:.2f}"
        for at, cell in enumerate(row):
            lines = broken.get(key + at)
            if lines is None and type(cell) is str:
                if cell:
                    self._text(cell, plain, self._aligns[at], at, base_words)
                continue
            text, role = cell_text(cell)
            self._lines(lines or (text,), texts.of(role), self._align(cell, at), at, base)

    def _one_line(self, row: Sequence[str | Cell], key: int, line: int, top: float) -> None:
        """One line of a row that is divided between pages: its cells begin at the top."""
        base = f"{top - self._texts.leading / 2 + self._to_base:.2f}"
        for at, cell in enumerate(row):
            text, role = cell_text(cell)
            for shown in self._laid.broken.get(key + at, (text,))[line : line + 1]:
                self._text(shown, self._texts.of(role), self._align(cell, at), at, base)

    def _align(self, cell: str | Cell, at: int) -> Align:
        own = None if isinstance(cell, str) else cell.align
        return own or self._aligns[at]

    def _lines(
        self, lines: Sequence[str], how: CellText, align: Align, at: int, base: float
    ) -> None:
        base += (len(lines) - 1) * self._texts.leading / 2
        for line in lines:
            self._text(line, how, align, at, f"{base:.2f}")
            base -= self._texts.leading

    def _text(self, text: str, how: CellText, align: Align, at: int, base: str) -> None:
        edges = self._laid.edges
        if align is Align.RIGHT:
            left = edges[at + 1] - PADDING - how.width(text)
        elif align is Align.CENTER:
            left = (edges[at] + edges[at + 1] - how.width(text)) / 2
        else:
            left = edges[at] + PADDING
        self._put(text, how, left, base)

    def _put(self, text: str, how: CellText, left: float, base: str) -> None:
        first, operators, last = how.encoded(text, self._canvas)
        if not operators:
            return
        if first != self._font:
            operators = f"{first} {how.size:g} Tf {operators}"
        self._written.append(f"1 0 0 1 {left:.2f} {base} Tm {operators}")
        self._font = last

    def _head(self, top: float) -> None:
        laid = self._laid
        bottom = top - laid.head_height
        self._fill(bottom, top, _HEAD_GREY)
        how, base = self._texts.of(Role.HEI), (top + bottom) / 2 + self._to_base
        for at, lines in enumerate(laid.head):
            self._lines(lines, how, Align.CENTER, at, base)
        self._rule(bottom)

    def _sum_row(self, row: SumRow, top: float) -> None:
        """The label across the columns before the first sum, the sums below their columns."""
        bottom = top - self._texts.height(1)
        base = f"{(top + bottom) / 2 + self._to_base:.2f}"
        how = self._texts.of(Role.HEI)
        first = next(at for at, cell in enumerate(row.cells) if cell)
        edges = self._laid.edges
        self._fill(bottom, top, _GROUP_GREY)
        cells = list(row.cells)
        if first:
            left = (edges[0] + edges[first] - how.width(row.label)) / 2
            self._put(row.label, how, max(PADDING, left), base)
        else:
            cells[0] = f"{row.label} {cells[0]}"
        for at, cell in enumerate(cells):
            if cell:
                self._text(cell, how, self._aligns[at], at, base)
        self._upright_from = top
        self._uprights(bottom, first)
        self._rule(bottom)

    def _across(
        self, lines: Sequence[str], top: float, bottom: float, role: Role, centred: bool = False
    ) -> None:
        """A row of one cell from edge to edge."""
        how, texts = self._texts.of(role), self._texts
        base = (top + bottom) / 2 + self._to_base + (len(lines) - 1) * texts.leading / 2
        for line in lines:
            spare = self._laid.edges[-1] - how.width(line)
            self._put(line, how, spare / 2 if centred else PADDING, f"{base:.2f}")
            base -= texts.leading
        self._rule(bottom)

    def _uprights(self, to: float, first: int) -> None:
        """The rules between columns, from `_upright_from` down; those before `first` are not."""
        start = self._upright_from
        if start - to > 0.01:
            self._path += [
                f"{edge:.2f} {start:.2f} m {edge:.2f} {to:.2f} l"
                for edge in self._laid.edges[max(1, first) : -1]
            ]

    def _rule(self, y: float) -> None:
        self._path.append(f"0 {y:.2f} m {self._laid.edges[-1]:.2f} {y:.2f} l")

    def _fill(self, bottom: float, top: float, grey: float) -> None:
        right = self._laid.edges[-1]
        self._fills.append(f"{grey} g 0 {bottom:.2f} {right:.2f} {top - bottom:.2f} re f")
