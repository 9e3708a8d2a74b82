"""A sheet of XlsxWriter whose rows are spelled as they come, not kept cell by cell.

Fifty thousand rows of twelve cells are six hundred thousand objects otherwise, which cost half of
the time, and pauses of a third of a second in which Python looks for garbage among them and the
window does not answer. All but the rows is XlsxWriter's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

HEAD_POINTS = 24


class QuickSheet(Worksheet):  # type: ignore[misc]
    """Made by `Workbook.add_worksheet(name, worksheet_class=QuickSheet)`. Cells are written with
    `speller` only, rows handed in from above with `add_row`."""

    def __init__(self) -> None:
        super().__init__()
        self._spelled: list[str] = []

    def add_row(self, cells: Sequence[str], *, points: int = 0) -> None:
        """The next row, of cells that are spelled; `points` is its height."""
        number = len(self._spelled) + 1
        height = f' ht="{points}" customHeight="1"' if points else ""
        self._spelled.append(f'<row r="{number}"{height}>{"".join(cells)}</row>')

    def done(self, columns: int) -> None:
        """No row comes any more."""
        if self._spelled and columns:
            self._check_dimensions(0, 0)
            self._check_dimensions(len(self._spelled) - 1, columns - 1)

    def text_index(self) -> Callable[[str], int]:
        """What answers the number of a text in the book's table of texts."""
        return self.str_table._get_shared_string_index  # type: ignore[no-any-return]

    def _write_rows(self) -> None:
        for row in self._spelled:
            self.fh.write(row)
        self._spelled.clear()


def starts(columns: int) -> list[str]:
    """How a cell of each column begins, up to the number of its row."""
    return [f'<c r="{xl_col_to_name(place)}' for place in range(columns)]
