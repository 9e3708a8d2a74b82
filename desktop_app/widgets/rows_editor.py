"""A few rows of short fields, such as 议定事项 or 经费: a new row comes with the last one.

Rows are removed by emptying them. A row may carry a hidden cell that nobody edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.tokens import SPACE

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its label, its share of the width, and words in an empty field."""

    label: str
    share: int = 1
    placeholder: str = ""


@dataclass
class _Row:
    fields: list[LineInput] = field(default_factory=list)
    hidden: str = ""


class RowsEditor(QWidget):
    """`value()` are the rows that say something, each with its hidden cell last if there is one."""

    changed = Signal()

    def __init__(
        self, name: str, heads: Sequence[Head], parent: QWidget, *, hidden: bool = False
    ) -> None:
        super().__init__(parent)
        self._name, self._heads, self._hidden = name, tuple(heads), hidden
        self._rows: list[_Row] = []
        self._filling = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.hair)
        for column, head in enumerate(self._heads):
            label = QLabel(head.label, self)
            label.setProperty("role", "label")
            self._grid.addWidget(label, 0, column)
            self._grid.setColumnStretch(column, head.share)
        self._add_row()
        self.setFocusProxy(self._rows[0].fields[0])
        self.setAccessibleName(name)

    @property
    def fields(self) -> list[list[LineInput]]:
        """The fields of each row, the empty last one included."""
        return [row.fields for row in self._rows]

    def value(self) -> tuple[Cells, ...]:
        """What is typed, row by row."""
        found = []
        for row in self._rows:
            cells = tuple(one.value() for one in row.fields)
            if any(cells):
                found.append((*cells, row.hidden) if self._hidden else cells)
        return tuple(found)

    def set_value(self, rows: Sequence[Cells]) -> None:
        """Show these rows, and an empty one below."""
        if tuple(rows) == self.value():
            return
        self._filling = True
        while len(self._rows) < len(rows) + 1:
            self._add_row()
        while len(self._rows) > len(rows) + 1:
            self._drop_last()
        for row, cells in zip(self._rows, [*rows, ("",) * len(self._heads)], strict=True):
            row.hidden = cells[-1] if self._hidden and len(cells) > len(self._heads) else ""
            for one, words in zip(row.fields, cells, strict=False):
                one.set_value(words)
        self._filling = False
        self.changed.emit()

    def _add_row(self) -> None:
        number = len(self._rows) + 1
        row = _Row()
        for column, head in enumerate(self._heads):
            one = LineInput(self, placeholder=head.placeholder if number == 1 else "")
            one.setAccessibleName(f"{head.label}（第{number}行）")
            one.changed.connect(partial(self._typed, row))
            one.submitted.connect(partial(self._go_on, one))
            self._grid.addWidget(one, number, column)
            row.fields.append(one)
            one.show()
        before = self._rows[-1].fields[-1] if self._rows else None
        for after in row.fields:
            if before is not None:
                QWidget.setTabOrder(before, after)
            before = after
        self._rows.append(row)

    def _drop_last(self) -> None:
        for one in self._rows.pop().fields:
            self._grid.removeWidget(one)
            one.hide()
            one.deleteLater()

    @Slot()
    def _typed(self, row: _Row) -> None:
        if self._filling:
            return
        if row is self._rows[-1] and any(one.value() for one in row.fields):
            self._add_row()
        self.changed.emit()

    @Slot()
    def _go_on(self, one: LineInput) -> None:
        order = [each for row in self._rows for each in row.fields]
        at = order.index(one) + 1
        if at < len(order):
            order[at].setFocus(Qt.FocusReason.TabFocusReason)
