"""Sums under a table: of any range of rows, each added up once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from desktop_app.printing.table_layout import Group, Row, cell_text

_NOTHING = Decimal(0)


class Sums:
    """Running totals of the columns that are added up. What is no number counts as nothing."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[int], count: int) -> None:
        self._count = count
        self._columns = {at: _Column(rows, at) for at in columns}

    @property
    def first(self) -> int:
        """The first column with a sum; the label stands before it."""
        return min(self._columns)

    def cells(self, first: int, last: int) -> list[str]:
        """The row of sums over the rows `first` to `last`, the last one not counted."""
        return [
            self._columns[at].words(first, last) if at in self._columns else ""
            for at in range(self._count)
        ]


class _Column:
    def __init__(self, rows: Sequence[Row], at: int) -> None:
        self._running = [_NOTHING]
        self._places, self._grouped = 0, False
        total = _NOTHING
        for row in rows:
            if not isinstance(row, Group):
                total += self._number(cell_text(row[at])[0])
            self._running.append(total)

    def _number(self, text: str) -> Decimal:
        try:
            number = Decimal(text.replace(",", "").strip())
        except InvalidOperation:
            return _NOTHING
        if not number.is_finite():
            return _NOTHING
        exponent = number.as_tuple().exponent
        self._places = max(self._places, -exponent if isinstance(exponent, int) else 0)
        self._grouped = self._grouped or "," in text
        return number

    def words(self, first: int, last: int) -> str:
        """The sum as the column writes its numbers: decimals, thousands."""
        total = self._running[last] - self._running[first]
        return f"{total:{',' if self._grouped else ''}.{self._places}f}"
