"""The fourth step: what every row becomes, problems first, and what is decided of doubtful ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop_app.core.wording import number
from desktop_app.station.importing.rules.trial import Choice, Decisions, Judged, Verdict
from desktop_app.station.importing.service.showing import Beside, readable, words_of
from desktop_app.station.importing.ui.row_detail import RowDetail
from desktop_app.station.importing.ui.words import (
    CHOICES,
    MEANS,
    PROBLEMS_FIRST,
    chip_of,
    reason_of,
)
from desktop_app.station.importing.ui.work import Seen
from desktop_app.widgets.choices import Choice as Shown
from desktop_app.widgets.choices import ChoiceBar
from desktop_app.widgets.forms import Card
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.save_as import SaveAs
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable, own_width
from desktop_app.widgets.tokens import SPACE

ALL = "all"
_WHAT, _WHY = 2, 3
"""The places of the columns that say what stands in a row, and why it is what it is."""
_SHARES = [600, 400]
"""Of the list and of the row beside it."""
SAVE_WRONG = "把有错的行另存为…"
LEFT_FILE = "没有导入的行"
ALL_THERE = "这些都已经在台账里了，没有要导入的。"
_VERDICTS = {verdict.value: verdict for verdict in Verdict}
_KEYS = {Choice.SAME: "S", Choice.NEW: "N", Choice.LEAVE: "L"}
_ICONS = {Choice.SAME: "check", Choice.NEW: "plus", Choice.LEAVE: "ban"}


class PreviewTable(PagedTable):
    """Rows of a trial by their places; a cell is made when it is painted, so that fifty thousand
    rows are as quick as fifty. `decided` carries a place and what was decided of its row."""

    decided = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        self._seen: Seen | None = None
        self._decisions = Decisions()
        self._columns_by_name: dict[str, object] = {}
        super().__init__(
            (
                Column("行", self._number, 60, "number"),
                Column("结果", self._chip, 116),
                Column("内容", self._content, 120, "bold", stretch=True),
                Column("说明", self._reason, 232, "quiet"),
            ),
            str,
            parent,
            actions=[
                RowAction(
                    choice.name,
                    f"{verb}{MEANS[choice]}",
                    _ICONS[choice],
                    _KEYS[choice],
                    self._is_doubtful,
                )
                for choice, verb in CHOICES.items()
            ],
            name="预览",
            actions_on_row=False,
        )
        self.foot.hide()
        self.command.connect(self._command)
        self.view.moved.connect(self._make_room)

    def take(self, seen: Seen, decisions: Decisions) -> None:
        """The rows of another trial."""
        self._seen, self._decisions = seen, decisions
        self._columns = {column.name: column for column in readable(seen.tried.plan.kind)}

    def judged(self, place: int) -> Judged:
        assert self._seen is not None, "the trial is there before its rows"
        return self._seen.trial.rows[place]

    def refresh(self) -> None:
        """What was decided shows in the rows."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.model.dataChanged.emit(self.model.index(0, 1), self.model.index(last, 1))

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        self.decided.emit(int(command.uid), Choice[command.name])

    @Slot()
    def _make_room(self) -> None:
        """In a narrow window what a row says goes before why; that stands beside the list."""
        wide = sum(own_width(column) for column in (*self.model.columns, self.model.columns[_WHAT]))
        narrow = self.view.viewport().width() < wide
        if narrow != self.view.isColumnHidden(_WHY):
            self.view.setColumnHidden(_WHY, narrow)
            self.view.fill()

    def _is_doubtful(self, row: object) -> bool:
        return self.judged(_place(row)).verdict is Verdict.DUPLICATE

    def _number(self, row: object) -> Cell:
        one = self.judged(_place(row)).row
        return f"{one.number}.{one.part}" if one.part else str(one.number)

    def _chip(self, row: object) -> Cell:
        place = _place(row)
        return chip_of(self.judged(place).verdict, self._decisions.of(place))

    def _content(self, row: object) -> Cell:
        if self._seen is None:
            return ""
        one = self.judged(_place(row)).row
        values = ((name, one.values.get(name)) for name in self._seen.main)
        told = [words_of(self._columns[name], value) for name, value in values if value is not None]
        return "　".join(told) or "　".join(str(cell) for cell in one.cells if cell)[:40]

    def _reason(self, row: object) -> Cell:
        return reason_of(self.judged(_place(row)))


class PreviewStep(QWidget):
    """`decided` when something was decided; `beside_wanted` carries the place of a row that may be
    a record that is there, to be answered with `show_beside`."""

    decided = Signal()
    beside_wanted = Signal(int)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._decisions = Decisions()
        self.filters = ChoiceBar((), self)
        self.filters.setAccessibleName("只看")
        self.save = SaveAs(SAVE_WRONG, LEFT_FILE, "xlsx", page)
        self._told = QLabel(self)
        self._told.setProperty("role", "small")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self.table = PreviewTable(self)
        self.detail = RowDetail(self)
        self._lay_out()
        self.filters.changed.connect(self._filter)
        self.filters.submitted.connect(self.take_keyboard)
        self.table.focused.connect(self._show_row)
        self.table.opened.connect(self.detail.take_keyboard)
        self.table.decided.connect(self.decide)
        self.detail.chosen.connect(self._choose)
        self.detail.chosen_for_all.connect(self.decide_all)
        for place in range(1 + len(PROBLEMS_FIRST)):
            shortcut = QShortcut(QKeySequence(str(place + 1)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._narrow, place))

    def show_seen(self, seen: Seen, decisions: Decisions) -> None:
        """Show a trial; `decisions` are changed as somebody decides."""
        self._seen, self._decisions = seen, decisions
        self.table.take(seen, decisions)
        counts = seen.trial.counts
        shown = [Shown(ALL, f"全部 {number(len(seen.every))}", "1")]
        for verdict in PROBLEMS_FIRST:
            if counts[verdict]:
                words = f"{verdict.label} {number(counts[verdict])}"
                shown.append(Shown(verdict.value, words, str(len(shown) + 1)))
        self.filters.set_choices(shown)
        self.filters.set_value(ALL)
        said = [ALL_THERE] if seen.every and counts[Verdict.SAME] == len(seen.every) else []
        if told := seen.trial.left_out.words:
            said.append(f"不是记录、没有读的：{told}。")
        self._told.setText("".join(said))
        self._told.setVisible(bool(said))
        self._filter()

    def take_keyboard(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_beside(self, place: int, beside: Sequence[Beside]) -> None:
        """What the row at this place may be."""
        if self.table.focused_uid() == str(place):
            self.detail.show_beside(beside)

    @Slot(int, object)
    def decide(self, place: int, choice: Choice) -> None:
        """Decide one row, and go on to the next."""
        self._decisions.by_row[place] = choice
        self._decided()
        at = self.table.view.currentIndex().row() + 1
        if at < self.table.model.rowCount():
            self.table.view.setCurrentIndex(self.table.model.index(at, 0))

    @Slot(object)
    def decide_all(self, choice: Choice) -> None:
        """Decide all rows in doubt alike."""
        self._decisions.for_all = choice
        self._decisions.by_row.clear()
        self._decided()

    @Slot(object)
    def _choose(self, choice: Choice) -> None:
        uid = self.table.focused_uid()
        if uid is not None and self._decisions.of(int(uid)) is not choice:
            self._decisions.by_row[int(uid)] = choice
            self._decided()

    def _decided(self) -> None:
        self.table.refresh()
        uid = self.table.focused_uid()
        if uid is not None:
            self.detail.set_choice(self._decisions.of(int(uid)))
        self.decided.emit()

    @Slot()
    def _narrow(self, place: int) -> None:
        """A digit, wherever the keyboard is here."""
        choices = self.filters.choices
        if place < len(choices):
            self.filters.set_value(choices[place].value)

    @Slot()
    def _filter(self) -> None:
        if self._seen is None or self.filters.value() is None:
            return
        wanted = self.filters.value()
        rows = self._seen.every
        if wanted != ALL:
            rows = self._seen.by_verdict[_VERDICTS[str(wanted)]]
        self.table.set_rows(rows)
        if not rows:
            self.table.show_empty("表里没有可以导入的行。", "请回到“表头”看看表头行选得对不对。")

    @Slot(object)
    def _show_row(self, uid: object) -> None:
        self.detail.setVisible(uid is not None)
        if uid is None or self._seen is None:
            return
        place = int(str(uid))
        one = self.table.judged(place)
        doubtful = len(self._seen.by_verdict[Verdict.DUPLICATE])
        self.detail.show_row(
            self._seen.tried.plan, one, self._decisions.of(place), doubtful=doubtful
        )
        if one.verdict is Verdict.DUPLICATE:
            self.beside_wanted.emit(place)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self.filters, 1)
        top.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        rows = Card(parent=self)
        rows.add_list(self.table)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(SPACE.medium)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(rows)
        self.splitter.addWidget(self.detail)
        self.splitter.setSizes(_SHARES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(top)
        column.addWidget(self._told)
        column.addWidget(self.splitter, 1)


def _place(row: object) -> int:
    assert isinstance(row, int)
    return row
