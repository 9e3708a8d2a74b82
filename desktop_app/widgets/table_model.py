"""One page of a list as a Qt model. Filtering, sorting and paging happen in SQL, never here.

Rows are frozen dataclasses or tuples the page was given; a column says how to read one. Indexes are
never kept: a row is known by its uid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.widgets.chips import ChipText

Index = QModelIndex | QPersistentModelIndex
CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
STYLE_ROLE = Qt.ItemDataRole.UserRole + 2

Cell = str | ChipText

_TICKS, _NOT_TICKED, _NOTHING = "选择", "未选", "—"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, how to read a row, its width in pixels at the normal text size.

    `style` is plain, bold (what tells rows apart), quiet, number (right-aligned) or tick (a box,
    ticked while there are words). One column of a table may have `stretch`. `key` names the column
    in saved widths, else its title does.
    """

    title: str
    value: Callable[[object], Cell]
    width: int = 120
    style: str = "plain"
    stretch: bool = False
    key: str = ""


class PageModel(QAbstractTableModel):
    """The rows of the page on show."""

    def __init__(
        self,
        columns: Sequence[Column],
        row_uid: Callable[[object], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_uid = row_uid
        self._rows: tuple[object, ...] = ()

    def set_rows(self, rows: Sequence[object]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def replace_row(self, row: object) -> bool:
        """Show one row anew, the one with the same uid; False when it is not on this page."""
        at = self.row_of(self._row_uid(row))
        if at is None:
            return False
        rows = list(self._rows)
        rows[at] = row
        self._rows = tuple(rows)
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        return True

    def uid_of(self, row: object) -> str:
        """The uid of a row, whether it is on the page or not."""
        return self._row_uid(row)

    @property
    def rows(self) -> tuple[object, ...]:
        return self._rows

    def row_of(self, uid: str) -> int | None:
        """Where the row with this uid stands, if it is on the page."""
        for number, row in enumerate(self._rows):
            if self._row_uid(row) == uid:
                return number
        return None

    def uid_at(self, number: int) -> str | None:
        """The uid of the row at a place of the page."""
        return self._row_uid(self._rows[number]) if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        # Called about 1,400 times for one painting: decide by the role first.
        if role == Qt.ItemDataRole.DisplayRole:
            if not index.isValid():
                return None
            value = self.columns[index.column()].value(self._rows[index.row()])
            return value.word if isinstance(value, ChipText) else value
        if role == CHIP_ROLE and index.isValid():
            value = self.columns[index.column()].value(self._rows[index.row()])
            return value if isinstance(value, ChipText) else None
        if role == STYLE_ROLE and index.isValid():
            return self.columns[index.column()].style
        if role == Qt.ItemDataRole.TextAlignmentRole and index.isValid():
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            return self._read_out(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.isValid():
            # The keyboard goes from row to row: what stands further right is told with the first.
            return "" if index.column() else self._rest_of(index.row())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.columns[section].title or _TICKS
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _word(self, row: int, column: int) -> str:
        value = self.columns[column].value(self._rows[row])
        return value.word if isinstance(value, ChipText) else value

    def _read_out(self, row: int, column: int) -> str:
        """A box says of whom it is, and whether it is ticked."""
        word = self._word(row, column)
        if self.columns[column].style != "tick":
            return word
        return f"{word or _NOT_TICKED} {self._word(row, column + 1)}"

    def _rest_of(self, row: int) -> str:
        """The row in words, without what its first column says already."""
        first = 2 if self.columns[0].style == "tick" else 1
        told = [
            f"{self.columns[at].title} {word}"
            for at in range(first, len(self.columns))
            if (word := self._word(row, at)) not in ("", _NOTHING)
        ]
        return "，".join(told)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].style == "number"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
