"""历史导入: which sheets were taken in, by whom, what came of them; each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.wording import list_moment, number
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.history import Import, ImportState
from desktop_app.station.importing.rules.trial import Verdict
from desktop_app.station.importing.ui.draft import label_of
from desktop_app.station.importing.ui.words import (
    HISTORY,
    STATES,
    counted,
    counts_of,
    taken_in,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.dialogs import UNDERSTOOD, Answer, ask
from desktop_app.widgets.forms import Card
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.page import Page
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.tokens import SPACE

TAKE_BACK, DETAILS = "take_back", "details"
NOTHING = "还没有导入过表格。"
MORE = "导入以后，每一次都列在这里，可以整次撤回。"
FIRST_STEP = "去导入"
_BACK = (ImportState.DONE, ImportState.PARTLY, ImportState.TAKING_BACK)


class HistoryPane(QWidget):
    """`take_back_wanted` carries an import; `begin_wanted`: nothing was imported yet."""

    take_back_wanted = Signal(object)
    begin_wanted = Signal()

    def __init__(self, desk: Desk, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._next: Callable[[], None] = self.begin_wanted.emit
        card = Card(parent=self)
        self.table = HistoryTable(desk, card)
        card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, 0)
        column.addWidget(card)
        self._patience = Patience(self.table.show_loading, self)
        self.table.opened.connect(self._show_details)
        self.table.command.connect(self._take)
        self.table.next_step.connect(self._take_next)

    def load(self) -> None:
        """Read what was imported."""
        self._patience.start()
        self._page.in_background(HISTORY, self._read, self._show, self._not_read)

    def take_keyboard(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, _job: Job) -> tuple[Import, ...]:
        return service.history(self._desk)

    def _show(self, imports: Sequence[Import]) -> None:
        self._patience.stop()
        self._next = self.begin_wanted.emit
        if imports:
            count = number(len(imports))
            self.table.show_rows(imports, count, "", newer=False, older=False)
        else:
            self.table.show_nothing(NOTHING, MORE, FIRST_STEP, "")

    def _not_read(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    @Slot()
    def _take_next(self) -> None:
        self._next()

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        if command.name == TAKE_BACK:
            self.take_back_wanted.emit(self._row(command.uid))
        else:
            self._show_details(command.uid)

    @Slot(object)
    def _show_details(self, uid: str) -> None:
        made = self._row(uid)
        back = made.state in _BACK
        answers = (UNDERSTOOD, *([Answer("back", "撤回…")] if back else []))
        words = "\n".join(details(made, self._desk.database.zone))
        sheet = ask(self._page, made.number, words, answers)
        sheet.answered.connect(partial(self._answered, made))

    def _answered(self, made: Import, answer: str) -> None:
        if answer == "back":
            self.take_back_wanted.emit(made)

    def _row(self, uid: str) -> Import:
        at = self.table.model.row_of(uid)
        assert at is not None, "the row was there a moment ago"
        return _import(self.table.model.rows[at])


class HistoryTable(LongList):
    """The imports, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        zone, today = desk.database.zone, desk.today
        may = desk.actor.may
        super().__init__(
            (
                _column(
                    "when", "时间", lambda made: list_moment(made.begun_at, zone, today=today),
                    168, "bold",
                ),
                _column("state", "状态", _state, 104),
                _column("ledger", "台账", lambda made: label_of(made.kind), 104),
                _column("count", "导入", lambda made: number(taken_in(made)), 72, "number"),
                _column("left", "没导入", _left, 72, "number"),
                _column("file", "文件", lambda made: made.file, 160, "quiet", stretch=True),
                _column("who", "经手人", lambda made: made.actor_name, 88, "quiet"),
                _column("number", "编号", lambda made: made.number, 160, "quiet"),
            ),
            lambda row: _import(row).uid.hex,
            parent,
            actions=(
                RowAction(TAKE_BACK, "撤回…", "undo-2", "R", lambda row: _may_back(row, may)),
                RowAction(DETAILS, "详情", "info", "Ctrl+O"),
            ),
            name=HISTORY,
            unit="次",
            given_up=("number", "who", "left", "ledger"),
            ends=False,
        )  # fmt: skip


def details(made: Import, zone: Zone) -> list[str]:
    """Everything that is remembered of an import, a line each."""
    lines = [
        f"{list_moment(made.begun_at, zone)}，{made.actor_name}",
        f"文件：{made.file}",
        f"台账：{label_of(made.kind)}",
        f"{made.state.label}：{counted(counts_of(made)) or '没有内容'}",
    ]
    if left := made.counts.get("left", 0):
        lines.append(f"撤回时留下 {number(left)} 条，它们在导入以后改过。")
    return lines


def _may_back(row: object, may: Callable[..., bool]) -> bool:
    return may(Right.HANDLE) and _import(row).state in _BACK


def _state(made: Import) -> Cell:
    return ChipText(made.state.label, STATES[made.state])


def _left(made: Import) -> Cell:
    counts = counts_of(made)
    left = counts[Verdict.DUPLICATE] + counts[Verdict.WRONG]
    return number(left) if left else ""


def _import(row: object) -> Import:
    assert isinstance(row, Import)
    return row


def _column(
    key: str,
    title: str,
    value: Callable[[Import], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read_cell, value), width, style, stretch, key)


def _read_cell(value: Callable[[Import], Cell], row: object) -> Cell:
    return value(_import(row))
