"""The period in parts: by station, community, category or month, one table with all of them.

Enter on a line opens what came in there, a digit what another of its figures counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.told import Breakdown, BreakdownLine, By, FigureLine
from desktop_app.street.overview.rules.told import Belonging
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import Card
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.whole_table import WholeTable

TITLE = "分开看"
_FIGURE_WIDTH = 80
_LETTERS = {By.STATION: "1", By.COMMUNITY: "2", By.CATEGORY: "3", By.MONTH: "4"}


class PartsCard(Card):
    """`chosen` tells that other parts are wanted, `rows_wanted` carries `core.told.Rows`,
    `looked_at` what can be opened from the line the keyboard is on, in a sentence."""

    chosen = Signal()
    rows_wanted = Signal(object)
    looked_at = Signal(str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent=parent)
        self.places: frozenset[str] = frozenset()
        self.parts: Breakdown | None = None
        self.by = ChoiceBar(
            [Choice(by, by.label, _LETTERS[by]) for by in By], self, value=By.STATION
        )
        self.by.setAccessibleName(TITLE)
        self.belonging = ChoiceBar(
            [Choice(one, one.label) for one in Belonging], self, value=Belonging.NOW
        )
        self.belonging.setAccessibleName("站点的归属")
        self.belonging.hide()
        self._tables: dict[By, WholeTable] = {}
        self._front = QWidget(self)
        self._column = QVBoxLayout(self._front)
        self._lay_out()
        self.by.changed.connect(self._choose)
        self.belonging.changed.connect(self._choose)

    @property
    def wanted(self) -> tuple[By, Belonging]:
        """What is to be shown."""
        by, belonging = self.by.value(), self.belonging.value()
        return (
            by if isinstance(by, By) else By.STATION,
            belonging if isinstance(belonging, Belonging) else Belonging.NOW,
        )

    @property
    def table(self) -> WholeTable | None:
        """The table in front."""
        return self._tables.get(self.wanted[0])

    def show_parts(self, parts: Breakdown, *, merged: bool) -> None:
        """Show these; `merged` tells that some station was merged into another one."""
        self.parts = parts
        self.belonging.setVisible(merged and parts.by is By.STATION)
        if parts.by not in self._tables and parts.lines:
            self._tables[parts.by] = self._table(parts)
            self._column.addWidget(self._tables[parts.by])
        for by, table in self._tables.items():
            table.setVisible(by is parts.by)
        if parts.by in self._tables:
            self._tables[parts.by].show_rows(parts.lines)

    def _table(self, parts: Breakdown) -> WholeTable:
        names = [figure.name for figure in parts.columns()]
        columns = [Column(parts.by.label, _label, 168, "bold", stretch=True)]
        columns += [
            Column(figure.label, partial(_words, figure.name), _FIGURE_WIDTH, "number")
            for figure in parts.columns()
        ]
        if parts.by is By.STATION:
            columns.append(Column("报送", _reported, 172))
        leading = [one for one in parts.columns() if one.rows is not None]
        actions = [
            RowAction(one.name, one.label, key=str(place), offered=partial(self._opens, one.name))
            for place, one in enumerate(leading, start=1)
        ]
        table = WholeTable(columns, _key, self, f"{TITLE}：{parts.by.label}", actions=actions)
        table.opened.connect(partial(self._open, names[0] if names else ""))
        table.command.connect(self._obey)
        table.focused.connect(partial(self._tell, [one.name for one in leading]))
        return table

    def _tell(self, names: Sequence[str], key: object) -> None:
        """Which keys open which figures of the line the keyboard is on."""
        row = self._line(str(key))
        table = self.table
        if row is None or table is None or not table.view.hasFocus():
            return
        keys = [
            f"{place} {figure.label}"
            for place, figure in enumerate(map(partial(_figure, row=row), names), start=1)
            if figure is not None and self._opens(figure.name, row)
        ]
        told = (
            f"{row.label}：按数字键看明细——{'、'.join(keys)}。"
            if keys
            else f"{row.label}没有明细。"
        )
        self.looked_at.emit(told)

    def _opens(self, name: str, row: object) -> bool:
        figure = _figure(name, row)
        if figure is None or figure.rows is None:
            return False
        return figure.rows.kind in self.places and bool(figure.value)

    def _open(self, name: str, key: object) -> None:
        row = self._line(str(key))
        figure = _figure(name, row)
        if figure is not None and self._opens(name, row):
            self.rows_wanted.emit(figure.rows)

    def _line(self, key: str) -> BreakdownLine | None:
        lines = self.parts.lines if self.parts is not None else ()
        return next((line for line in lines if _key(line) == key), None)

    @Slot(object)
    def _obey(self, command: RowCommand) -> None:
        self._open(command.name, command.uid)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit()

    def _lay_out(self) -> None:
        heading = QLabel(TITLE, self)
        heading.setProperty("role", "section")
        line = QHBoxLayout()
        line.setSpacing(SPACE.large)
        line.addWidget(heading)
        line.addWidget(self.by)
        line.addWidget(self.belonging)
        line.addStretch(1)
        self.body.addLayout(line)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.add_list(self._front)


def _key(row: object) -> str:
    assert isinstance(row, BreakdownLine)
    return f"{row.key} {row.label}"


def _label(row: object) -> str:
    assert isinstance(row, BreakdownLine)
    return row.label


def _figure(name: str, row: object) -> FigureLine | None:
    if not isinstance(row, BreakdownLine):
        return None
    return next((one for one in row.figures if one.name == name), None)


def _words(name: str, row: object) -> str:
    figure = _figure(name, row)
    return "" if figure is None else figure.words


def _reported(row: object) -> Cell:
    assert isinstance(row, BreakdownLine)
    return ChipText(row.beside, "warn") if row.beside else "已报送"
