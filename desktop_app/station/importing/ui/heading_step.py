"""The second step: the first rows of the sheet, the row of headings among them, the year."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.station.importing.service.showing import Looked
from desktop_app.station.importing.ui.words import sheet_letter
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE
from desktop_app.widgets.value_inputs import NumberInput

HOW = "有底色的一行是找到的表头。不对的话，用 ↑ ↓ 或点一下真正的表头行。"
YEAR_HINT = "只写了“3月5日”的日期按这一年算。"
_WIDE, _NARROW = 128, 56
_SETTLED_MS = 180
"""Somebody who goes down row by row is not asked after each."""

Line = tuple[int, bool, tuple[str, ...]]
"""A row as Excel counts it, whether it is of the heading, its texts."""


class HeadingStep(QWidget):
    """`row_wanted` carries the row that is said to be the heading, as Excel counts it."""

    row_wanted = Signal(int)
    year_wanted = Signal(object)
    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._looked: Looked | None = None
        self._filling = False
        self._found = QLabel(self)
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setWordWrap(True)
        how = QLabel(HOW, self)
        how.setProperty("role", "small")
        how.setWordWrap(True)
        self.year = NumberInput(self, least=1950, most=2100, unit="年")
        self.year.setMaximumWidth(9 * theme_of().metrics.body)
        self.year_field = LabelledField(
            "年份", self.year, self, key="Y", optional=True, hint=YEAR_HINT
        )
        words = QVBoxLayout()
        words.setSpacing(SPACE.hair)
        words.addWidget(self._found)
        words.addWidget(how)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(SPACE.wide)
        top.addLayout(words, 1)
        top.addWidget(self.year_field)
        self._card = Card(parent=self)
        self._card.body.addLayout(top)
        self.table = self._table(0)
        self._card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._tell_row)
        self.year.editingFinished.connect(self._tell_year)
        self.year.submitted.connect(self.submitted)

    def show_looked(self, looked: Looked) -> None:
        """Show a sheet's first rows, its heading marked."""
        self._filling = True
        self._looked = looked
        heading = looked.plan.heading
        wide = max((len(row) for row in looked.head), default=1)
        if len(self.table.model.columns) != wide + 2:
            self._replace_table(wide)
        rows: list[Line] = [
            (place + 1, heading.first <= place <= heading.last, row)
            for place, row in enumerate(looked.head)
        ]
        self.table.set_rows(rows)
        self.table.focus_row(str(heading.last + 1))
        title = f"标题：{heading.title}。" if heading.title else ""
        where = (
            f"第 {heading.first + 1} 行"
            if heading.first == heading.last
            else (f"第 {heading.first + 1} 至 {heading.last + 1} 行")
        )
        self._found.setText(f"{title}表头在{where}。")
        self.year.set_number(looked.plan.year)
        self._filling = False

    def take_keyboard(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> bool:
        """Whether a row is still to be told; told now."""
        if not self._settled.isActive():
            return False
        self._settled.stop()
        self._tell_row()
        return True

    def _table(self, wide: int) -> PagedTable:
        columns = [
            Column("行", lambda row: str(row[0]), _NARROW, "number"),  # type: ignore[index]
            Column("", _mark, 92),
            *(Column(sheet_letter(place), partial(_text, place), _WIDE) for place in range(wide)),
        ]
        table = PagedTable(columns, _uid, self, name="表格的前几行", actions_on_row=False)
        table.foot.hide()
        table.focused.connect(self._moved)
        table.opened.connect(lambda _uid: self.submitted.emit())
        return table

    def _replace_table(self, wide: int) -> None:
        had_keyboard = self.table.view.hasFocus()
        old, self.table = self.table, self._table(wide)
        layout = self._card.layout()
        assert layout is not None
        layout.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        if had_keyboard:
            self.take_keyboard()

    @Slot(object)
    def _moved(self, uid: object) -> None:
        if not self._filling and uid is not None:
            self._settled.start()

    @Slot()
    def _tell_row(self) -> None:
        uid = self.table.focused_uid()
        if uid is None or self._looked is None:
            return
        heading = self._looked.plan.heading
        if not heading.first <= int(uid) - 1 <= heading.last:
            self.row_wanted.emit(int(uid))

    @Slot()
    def _tell_year(self) -> None:
        if self._filling or self._looked is None:
            return
        if words := self.year.problem():
            self.year_field.set_problem(words)
        elif self.year.number() != self._looked.plan.year:
            self.year_wanted.emit(self.year.number())


def _uid(row: object) -> str:
    return str(row[0])  # type: ignore[index]


def _mark(row: object) -> Cell:
    return ChipText("表头", "info", "table-2") if row[1] else ""  # type: ignore[index]


def _text(place: int, row: object) -> str:
    texts: tuple[str, ...] = row[2]  # type: ignore[index]
    return texts[place] if place < len(texts) else ""
