"""Tables of any length: a head on every page, rows that are not cut, sums below.

Cost grows with the rows and with nothing else: rows are laid out once, a part on a page is a range
of them, and a part is one text object and one path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus.flowables import Flowable

from desktop_app.printing.blocks import Sheet
from desktop_app.printing.table_draw import SumRow, TableDrawing
from desktop_app.printing.table_layout import Column, Group, Laid, Row, Texts, lay
from desktop_app.printing.table_sums import Sums

_FEWEST = 2
"""Rows that stand on either side of the end of a page, where the table has so many."""
_FITS = 0.01


@dataclass(frozen=True, slots=True)
class Table:
    """A table as wide as the page; every row has a cell for every column.

    `sums` are the columns that are added up: on each page (本页小计, when there are several pages)
    and at the end (合计). Cells that are no numbers count as nothing. `size` in points; None is the
    frame's. A row that is a `Group` is a heading across the table. `headless` shows no head. With
    `rows_a_page` rows are so high that so many of one line fill a page below the head.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    sums: tuple[int, ...] = ()
    page_sums: bool = True
    size: float | None = None
    zebra: bool = False
    headless: bool = False
    rows_a_page: int = 0

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield FastTable(self, sheet)


class FastTable(Flowable):  # type: ignore[misc]
    """A range of the table's rows on one page."""

    def __init__(self, table: Table, sheet: Sheet) -> None:
        super().__init__()
        self.spaceBefore = self.spaceAfter = 6.0
        self._table, self._sheet = table, sheet
        self._texts = Texts(sheet.book, table.size or sheet.looks.table_size)
        self._line = self._texts.height(1)
        self._sums = Sums(table.rows, table.sums, len(table.columns))
        self._laid: Laid | None = None
        self._first, self._last = 0, -1
        self._is_part = False

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        laid = self._lay(width)
        self.width = width
        self.height = laid.head_height + self._body_height(laid, self._first, self._last)
        return width, self.height

    def least_height(self, width: float) -> float:
        """The head and the first rows; all of a table that `split` would not divide."""
        laid = self._lay(width)
        if self._last - self._first < 2 * _FEWEST:
            return self.wrap(width, 0)[1]
        return (
            laid.head_height
            + laid.tops[self._first + _FEWEST]
            - laid.tops[self._first]
            + (self._line if self._table.sums and self._table.page_sums else 0.0)
        )

    def split(self, width: float, height: float) -> list[Flowable]:
        laid = self._lay(width)
        room = height - laid.head_height + laid.tops[self._first] + _FITS
        if self._table.sums and self._table.page_sums:
            room -= self._line
        end = bisect_right(laid.tops, room) - 1
        # What is left over must be more than sums.
        end = min(end, max(self._first + 1, self._last - _FEWEST), self._last - 1)
        at_top = getattr(getattr(self, "_frame", None), "_atTop", True)
        enough = self._before_titles(laid, end)
        if enough - self._first < min(_FEWEST, self._last - self._first) and not at_top:
            return []
        end = enough if enough > self._first else end
        if end <= self._first:
            return []
        return [self._part(self._first, end), self._part(end, self._last)]

    def _before_titles(self, laid: Laid, end: int) -> int:
        """The same end, or one before it: a group's title does not end a page."""
        while end > self._first and isinstance(laid.rows[laid.slices[end - 1].row], Group):
            end -= 1
        return end

    def without_tail(self, width: float) -> list[Flowable]:
        """The table and its last rows; nothing if it is too short for that."""
        self._lay(width)
        end = self._last - _FEWEST
        if end - self._first < _FEWEST:
            return []
        return [self._part(self._first, end), self._part(end, self._last)]

    def _lay(self, width: float) -> Laid:
        if self._laid is None or self._laid.edges[-1] != width:
            sums = 2 * self._line if self._table.sums else 0.0
            highest = self._sheet.height - sums
            columns, rows = self._table.columns, self._table.rows
            self._laid = lay(
                columns, rows, self._texts, width, highest, self._total(),
                self._table.headless, self._table.rows_a_page,
            )  # fmt: skip
            self._laid.edges[-1] = width
            self._first, self._last = 0, len(self._laid.slices)
        return self._laid

    def _body_height(self, laid: Laid, first: int, last: int) -> float:
        if not laid.slices:
            return self._line
        return laid.tops[last] - laid.tops[first] + self._line * len(self._sum_rows(laid))

    def _sum_rows(self, laid: Laid) -> list[SumRow]:
        """The rows under this part."""
        if not self._table.sums or not laid.slices:
            return []
        found = []
        if self._is_part and self._table.page_sums:
            first, last = laid.slices[self._first].row, laid.slices[self._last - 1].row
            # A row that goes on from the page before was counted there.
            first += bool(laid.slices[self._first].line)
            found.append(SumRow("本页小计", self._sums.cells(first, last + 1)))
        if self._last == len(laid.slices):
            found.append(SumRow("合计", self._total()))
        return found

    def _total(self) -> list[str]:
        if not self._table.sums:
            return []
        return self._sums.cells(0, len(self._table.rows))

    def _part(self, first: int, last: int) -> FastTable:
        part = FastTable.__new__(FastTable)
        Flowable.__init__(part)
        part.__dict__.update(self.__dict__)
        part._first, part._last, part._is_part = first, last, True
        return part

    def draw(self) -> None:
        assert self._laid is not None
        rows = range(self._first, self._last)
        drawing = TableDrawing(self.canv, self._table, self._laid, self._texts, rows)
        drawing.draw(self.height, self._sum_rows(self._laid))
