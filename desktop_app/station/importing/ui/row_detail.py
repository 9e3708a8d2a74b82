"""One row of the preview in full: every cell, what changes, or beside what it may be already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.wording import number
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Choice, Judged, Verdict
from desktop_app.station.importing.service.showing import (
    Beside,
    BesideCell,
    ShownCell,
    cells_of,
    shown_difference,
)
from desktop_app.station.importing.ui.words import CHOICES, MEANS, chip_of, reason_of
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.choices import Choice as Shown
from desktop_app.widgets.choices import ChoiceBar
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.forms import Card, plain_button
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable, own_width
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

_WRONG = ChipText("有错", "late", "circle-x")
_NOT_READ = ChipText("不导入", "quiet", "ban")


class RowDetail(Card):
    """`chosen` carries what was decided of the row, `chosen_for_all` of all that are in doubt."""

    chosen = Signal(object)
    chosen_for_all = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._filling = False
        self._where = QLabel(self)
        self._where.setProperty("role", "section")
        self._chip = Chip(ChipText(""), self)
        self.reasons = QLabel(self)
        self.reasons.setWordWrap(True)
        for label in (self._where, self.reasons):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.decision = _Decision(self)
        self.cells = _table(
            self,
            "这一行",
            Column("栏目", _heading, 104, "quiet"),
            Column("表里写的", attrgetter("original"), 100),
            Column("导入为", _becomes, 48, stretch=True),
        )
        self.changes = _table(
            self,
            "改动",
            Column("栏目", lambda row: row[0], 104, "quiet"),  # type: ignore[index]
            Column("现在", lambda row: row[1] or "（空）", 100),  # type: ignore[index]
            Column("改成", lambda row: row[2], 48, "bold", stretch=True),  # type: ignore[index]
        )
        self.beside = _table(
            self,
            "和已有的比",
            Column("栏目", attrgetter("column"), 104, "quiet"),
            Column("这一行", attrgetter("here"), 100),
            Column("已有的", _there, 48, stretch=True),
        )
        self._lay_out()
        self.decision.chosen.connect(self._tell)
        self.decision.for_all.connect(self.chosen_for_all)

    def show_row(self, plan: Plan, one: Judged, choice: Choice, *, doubtful: int) -> None:
        """Show a row; what it may be already comes later, by `show_beside`."""
        part = f"（第 {one.row.part} 人）" if one.row.part else ""
        self._where.setText(f"第 {one.row.number} 行{part}")
        self._chip.set_text(chip_of(one.verdict))
        cells = cells_of(plan, one)
        self._say(one, cells)
        in_doubt = one.verdict is Verdict.DUPLICATE
        self.decision.setVisible(in_doubt)
        if in_doubt:
            self.decision.offer(choice, doubtful)
        if one.verdict is Verdict.UPDATE:
            rows = [(each.label, *shown_difference(plan, each)) for each in one.differences]
            self._show(self.changes, rows)
        else:
            self._show(self.cells, [cell for cell in cells if cell.heading or cell.original])

    def show_beside(self, beside: Sequence[Beside]) -> None:
        """Show the row beside what it may be: the likeliest one."""
        if beside and beside[0].cells:
            self._show(self.beside, beside[0].cells)

    def set_choice(self, choice: Choice) -> None:
        self.decision.set_choice(choice)

    def _show(self, table: PagedTable, rows: Sequence[object]) -> None:
        table.set_rows(rows)
        # Nothing is done with a line here: none stands out until somebody goes there.
        table.view.clearSelection()
        self._tables.setCurrentWidget(table)

    @Slot()
    def take_keyboard(self) -> None:
        """Where something is decided, else where the row is read."""
        if self.decision.isVisibleTo(self):
            self.decision.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            table = self._tables.currentWidget()
            assert isinstance(table, PagedTable)
            table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, one: Judged, cells: Sequence[ShownCell]) -> None:
        """Everything that is wrong, cell by cell; of other rows why they are what they are."""
        if one.verdict is Verdict.WRONG:
            lines = [
                f"{cell.heading or cell.column}：{cell.problem}".lstrip("：")
                for cell in cells
                if cell.problem
            ]
        else:
            lines = ["".join(one.notes) or (reason_of(one) if one.like else "")]
        words = "\n".join(filter(None, lines))
        self.reasons.setText(words)
        self.reasons.setVisible(bool(words))
        set_role(self.reasons, "problem" if one.verdict is Verdict.WRONG else "quiet")

    @Slot(object)
    def _tell(self, choice: Choice) -> None:
        if not self._filling:
            self.chosen.emit(choice)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self._where)
        top.addWidget(self._chip)
        top.addStretch(1)
        self.body.setSpacing(SPACE.small)
        self.body.addLayout(top)
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.decision)
        self._tables = QStackedWidget(self)
        for table in (self.cells, self.changes, self.beside):
            self._tables.addWidget(table)
        self.add_list(self._tables)


class _Decision(QWidget):
    """是同一条、是另一条、先不导入: of this row, or of all in doubt."""

    chosen = Signal(object)
    for_all = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filling = False
        choices = [Shown(choice.name, words) for choice, words in CHOICES.items()]
        means = "；".join(
            f"{CHOICES[choice]}：{words.strip('（）')}" for choice, words in MEANS.items() if words
        )
        self.bar = ChoiceBar(choices, self)
        self.bar.setAccessibleName("这一行")
        self.bar.setToolTip(means)
        self.every = plain_button("", self)
        self.every.setProperty("role", "plain")
        EnterKey(self, self.every)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.hair)
        column.addWidget(self.bar)
        column.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeft)
        self.bar.changed.connect(self._tell)
        self.every.clicked.connect(self._tell_all)

    def offer(self, choice: Choice, doubtful: int) -> None:
        self.every.setText(f"可能重复的 {number(doubtful)} 行都这样")
        self.every.setVisible(doubtful > 1)
        self.set_choice(choice)

    def set_choice(self, choice: Choice) -> None:
        self._filling = True
        self.bar.set_value(choice.name)
        self._filling = False

    @Slot()
    def _tell(self) -> None:
        if not self._filling and self.bar.value() is not None:
            self.chosen.emit(Choice[str(self.bar.value())])

    @Slot()
    def _tell_all(self) -> None:
        if self.bar.value() is not None:
            self.for_all.emit(Choice[str(self.bar.value())])


def _table(parent: QWidget, name: str, *columns: Column) -> PagedTable:
    table = PagedTable(columns, str, parent, name=name, actions_on_row=False)
    table.foot.hide()
    table.view.moved.connect(partial(_share, table))
    return table


def _share(table: PagedTable) -> None:
    """What stands there and what it becomes get as much room as each other."""
    view = table.view
    wide = view.viewport().width()
    first = min(own_width(table.model.columns[0]), round(0.34 * wide))
    view.setColumnWidth(0, first)
    view.setColumnWidth(1, (wide - first) // 2)


def _heading(row: object) -> Cell:
    assert isinstance(row, ShownCell)
    return row.column or row.heading


def _becomes(row: object) -> Cell:
    assert isinstance(row, ShownCell)
    if row.problem:
        return _WRONG
    return row.becomes if row.column else _NOT_READ


def _there(row: object) -> Cell:
    assert isinstance(row, BesideCell)
    return ChipText("相同", "ok") if row.same else row.there or "（空）"
