"""The rows in which the materials of a matter are written down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.registers.matters.rules import MOST_COPIES, Material, MaterialForm
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.icons import icon
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput

ADD = "再加一份材料"
_HEADINGS = ("名称", "形式", "份数")


class _Row:
    """The editors of one material; the grid they stand in belongs to `MaterialRows`."""

    def __init__(self, parent: QWidget, material: Material) -> None:
        self.name = LineInput(parent)
        self.name.set_value(material.name)
        self.form = ChoiceBox(
            [Choice(form, form.label) for form in MaterialForm], parent, value=material.form
        )
        self.copies = NumberInput(
            parent, least=1, most=MOST_COPIES, unit="份", value=material.copies
        )
        body = theme_of().metrics.body
        self.form.setFixedWidth(12 * body)
        self.copies.setFixedWidth(5 * body)
        self.remove = QToolButton(parent)
        self.remove.setIcon(icon("x", "quiet"))

    @property
    def editors(self) -> tuple[QWidget, ...]:
        return (self.name, self.form, self.copies, self.remove)

    def number(self, at: int) -> None:
        """Say which material this is, to who cannot see its place."""
        for editor, what in zip(self.editors, (*_HEADINGS, "删去"), strict=True):
            editor.setAccessibleName(f"材料 {at} {what}")
        self.remove.setToolTip(f"删去材料 {at}")

    def material(self) -> Material | None:
        """What stands here, or None when nothing was entered."""
        name, form = self.name.value(), self.form.value()
        if not name and not self.copies.problem() and self.copies.number() in (None, 1):
            return None
        kind = form if isinstance(form, MaterialForm) else MaterialForm.UNSTATED
        typed = self.copies.value()
        copies = self.copies.number() if typed else 1
        return Material(name, kind, 0 if copies is None else copies)


class MaterialRows(QWidget):
    """A row a material; a row without a name is no material."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows: list[_Row] = []
        self._headings = [QLabel(words, self) for words in _HEADINGS]
        self.add = plain_button(ADD, self, icon_name="plus")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.hair)
        self._grid.setColumnStretch(0, 1)
        for number, heading in enumerate(self._headings):
            heading.setProperty("role", "small")
            self._grid.addWidget(heading, 0, number)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(self._grid)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.add_row)
        self.set_value(())

    def value(self) -> tuple[Material, ...]:
        """The materials, from top to bottom; a count out of bounds comes as 0."""
        found = (row.material() for row in self._rows)
        return tuple(material for material in found if material is not None)

    def set_value(self, materials: Sequence[Material]) -> None:
        """Show these materials."""
        for row in list(self._rows):
            self._take_away(row)
        for material in materials:
            self._append(material)
        self._renumber()

    @Slot()
    def add_row(self) -> None:
        """One more, with the keyboard in its name."""
        row = self._append(Material(""))
        self._renumber()
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _remove(self, row: _Row) -> None:
        at = self._rows.index(row)
        self._take_away(row)
        self._renumber()
        left = self._rows[min(at, len(self._rows) - 1)].name if self._rows else self.add
        left.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _append(self, material: Material) -> _Row:
        row = _Row(self, material)
        at = self._grid.rowCount()
        for column, editor in enumerate(row.editors):
            self._grid.addWidget(editor, at, column)
            # A layout shows what it is given a little later, and until then it takes no keyboard.
            editor.show()
        row.remove.clicked.connect(partial(self._remove, row))
        row.name.submitted.connect(self.add_row)
        for editor in (row.name, row.form, row.copies):
            editor.changed.connect(self.changed)
        self._rows.append(row)
        return row

    def _take_away(self, row: _Row) -> None:
        self._rows.remove(row)
        for editor in row.editors:
            self._grid.removeWidget(editor)
            editor.hide()
            editor.deleteLater()

    def _renumber(self) -> None:
        # Rows added later come last in the order of Tab; they belong to the place of the list.
        self.setFocusProxy(None)  # type: ignore[arg-type]
        before: QWidget = self
        for at, row in enumerate(self._rows, start=1):
            row.number(at)
            for editor in row.editors:
                QWidget.setTabOrder(before, editor)
                before = editor
        QWidget.setTabOrder(before, self.add)
        for heading in self._headings:
            heading.setVisible(bool(self._rows))
        self.setFocusProxy(self._rows[0].name if self._rows else self.add)
