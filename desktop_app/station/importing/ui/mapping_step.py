"""The third step: what each column of the sheet becomes, with the first values that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app import catalog
from desktop_app.core.text import half_width
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.service.showing import Looked, SheetColumn, missing, readable
from desktop_app.station.importing.ui.words import NOT_READ, sheet_letter
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.forms import Card
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tick_bar import TickBar
from desktop_app.widgets.tokens import SPACE

HOW = "每一列导入为哪一项。选中一行按回车改，不要的列选“不导入”。"
LEARNED = ChipText("和上次相同", "ok")
_NONE = ""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKEN = 2
"""The place of the column that says what it becomes."""


@dataclass(frozen=True, slots=True)
class MappingRow:
    """A column of the sheet as a line: what it is headed, what stands there, what it becomes."""

    place: int
    heading: str
    samples: str
    becomes: str


class MappingTable(PagedTable):
    """The lines; the box that says what a column becomes stands on the line with the focus.

    `chosen` carries the place of a column and the name of what it becomes, "" for nothing.
    """

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (
                Column("表头", lambda row: _row(row).heading, 168, "bold"),
                Column("前几个值", lambda row: _row(row).samples, 200, "quiet", stretch=True),
                Column("导入为", _becomes, 208),
            ),
            lambda row: str(_row(row).place),
            parent,
            name="各列的对应",
            actions_on_row=False,
        )
        self.foot.hide()
        self.box = _Box(self.view.viewport())
        self.box.setAccessibleName("导入为")
        self._filling = False
        self.box.changed.connect(self._take)
        self.box.left.connect(self._leave)
        self.focused.connect(self._show_box)
        self.opened.connect(self._enter_box)
        self.view.clicked.connect(self._clicked)
        self.view.moved.connect(self._place_box)
        self.view.verticalScrollBar().valueChanged.connect(self._place_box)
        self.view.horizontalScrollBar().valueChanged.connect(self._place_box)
        self.view.horizontalHeader().sectionResized.connect(self._place_box)

    def offer(self, choices: Sequence[Choice]) -> None:
        """What a column can become."""
        self._filling = True
        self.box.set_choices(choices)
        self._filling = False

    def show_mapping(self, rows: Sequence[MappingRow], values: Sequence[str]) -> None:
        """Show these lines; `values` are the names of what each becomes."""
        self._values = dict(zip((str(row.place) for row in rows), values, strict=True))
        self.set_rows(rows)
        self._show_box(self.focused_uid())

    @Slot(object)
    def _show_box(self, uid: object) -> None:
        value = getattr(self, "_values", {}).get(str(uid))
        self.box.setVisible(value is not None)
        if value is not None:
            self._filling = True
            self.box.set_value(value)
            self._filling = False
            self._place_box()

    @Slot()
    def _place_box(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            area: QRect = self.view.visualRect(index.siblingAtColumn(_TAKEN))
            self.box.setGeometry(area.adjusted(0, 0, -SPACE.hair, -1))

    @Slot()
    def _enter_box(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.showPopup()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == _TAKEN:
            self._enter_box()

    @Slot()
    def _take(self) -> None:
        uid = self.focused_uid()
        if not self._filling and uid is not None:
            self.chosen.emit(int(uid), str(self.box.value() or _NONE))

    @Slot(int)
    def _leave(self, step: int) -> None:
        """Back to the lines, one down after Enter."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        at = self.view.currentIndex().row() + step
        if 0 <= at < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at, 0))


class _Box(ChoiceBox):
    """`left` by Enter (a line down) or Esc (none, and as it was before)."""

    left = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent)
        # The line inside passes the keyboard on to the box: its keys come here.
        self.installEventFilter(self)
        self.activated.connect(self._down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            # Else Esc would be the page's, and lead a whole step back.
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offered = self._finder.popup()
        chosen = offered.isVisible() and offered.currentIndex().isValid()
        if event.key() == Qt.Key.Key_Escape and not offered.isVisible():
            self.setEditText(self.itemText(self.currentIndex()))
            self.left.emit(0)
        elif event.key() in _ENTER and not event.modifiers() and not chosen:
            offered.hide()
            self._down()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _down(self) -> None:
        """Take what was typed; what is no choice is refused, and the keyboard stays."""
        typed = half_width(self.currentText()).strip()
        self.settle()
        if not typed or typed in half_width(self.currentText()):
            self.left.emit(1)


class MappingStep(QWidget):
    """`mapped` carries the place of a column and the name of what it becomes; `options_wanted` the
    options that are ticked."""

    mapped = Signal(int, str)
    options_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = ""
        self.problem = QLabel(self)
        self._how = QLabel(HOW, self)
        self.learned = Chip(LEARNED, self)
        for label, role in ((self.problem, "problem"), (self._how, "small")):
            set_role(label, role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.options = TickBar((), self)
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self._how, 1)
        top.addWidget(self.learned)
        self._card = Card(parent=self)
        self._card.body.setSpacing(SPACE.hair)
        self._card.body.addWidget(self.problem)
        self._card.body.addLayout(top)
        self._card.body.addWidget(self.options)
        self.table = MappingTable(self)
        self._card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.table.chosen.connect(self.mapped)
        self.table.box.refused.connect(self._say)

    def show_plan(self, looked: Looked, plan: Plan) -> None:
        """Show what each column becomes by this plan."""
        if plan.kind != self._kind:
            self._begin_kind(plan.kind)
        self.options.set_value(tuple(plan.options))
        labels = {column.name: column.label for column in readable(plan.kind)}
        rows = [
            MappingRow(
                column.place,
                _heading(column),
                "，".join(column.samples),
                labels.get(plan.columns.get(column.place, ""), ""),
            )
            for column in looked.columns
        ]
        self.table.show_mapping(
            rows, [plan.columns.get(column.place, _NONE) for column in looked.columns]
        )
        absent = missing(plan)
        self._say(f"还缺“{'”“'.join(absent)}”：请在下面选出是哪一列。" if absent else "")
        self.learned.setVisible(plan.learned)

    @Slot(object)
    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def take_keyboard(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """What was typed into a box and not taken yet is taken now."""
        if self.table.box.hasFocus():
            self.table.box.settle()

    def blame(self) -> None:
        """Somebody wanted to go on without what is missing: onto a column that means nothing."""
        for row in self.table.model.rows:
            if not _row(row).becomes:
                self.table.focus_row(str(_row(row).place))
                return

    def _begin_kind(self, kind: str) -> None:
        self._kind = kind
        choices = [Choice(_NONE, NOT_READ)]
        for column in readable(kind):
            must = "（必需）" if column.required else ""
            choices.append(Choice(column.name, f"{column.label}{must}"))
        self.table.offer(choices)
        old = self.options
        spec = catalog.sheets()[kind]
        self.options = TickBar(
            [Choice(option.value, option.label) for option in spec.options], self
        )
        self._card.body.replaceWidget(old, self.options)
        old.hide()
        old.deleteLater()
        self.options.setVisible(bool(spec.options))
        self.options.changed.connect(self._tell_options)

    @Slot()
    def _tell_options(self) -> None:
        self.options_wanted.emit(frozenset(str(value) for value in self.options.value()))


def _heading(column: SheetColumn) -> str:
    return column.heading or f"{sheet_letter(column.place)} 列（没有表头）"


def _row(row: object) -> MappingRow:
    assert isinstance(row, MappingRow)
    return row


def _becomes(row: object) -> Cell:
    words = _row(row).becomes
    return words or ChipText(NOT_READ, "quiet", "ban")
