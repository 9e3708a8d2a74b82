"""上报记录: what was reported, to where, and whether the street has confirmed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column

NAME = "上报记录"
NOTHING = "还没有上报过。"
FIRST_STEP = "按上面的“上报”，文件会写到 U 盘或文件夹，读回核对后提示可以拔出。"
DETAILS, AGAIN = "details", "again"
_AGAIN_KEY = "R"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One 上报 in words; `file_there` when its files are still in this PC's outbox."""

    uid: str
    when: str
    numbers: str
    count: str
    profile: str
    where: str
    who: str
    state: ChipText
    file_there: bool


class HistoryTable(LongList):
    """`details_wanted` and `again_wanted` carry the uid of a 上报."""

    details_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (
                _column("when", "时间", lambda row: row.when, 176, "bold"),
                _column("state", "状态", lambda row: row.state, 96),
                _column("numbers", "变更号", lambda row: row.numbers, 124),
                _column("count", "条数", lambda row: row.count, 72, "number"),
                _column("profile", "内容", lambda row: row.profile, 88, "quiet"),
                _column("who", "经手人", lambda row: row.who, 88, "quiet"),
                _column("where", "送到", lambda row: row.where, 120, "quiet", stretch=True),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=(
                RowAction(AGAIN, "再送一次", "usb", _AGAIN_KEY, lambda row: _row(row).file_there),
                RowAction(DETAILS, "详情", "info", "Ctrl+O"),
            ),
            name=NAME,
            unit="次",
            given_up=("profile", "who", "where"),
            ends=False,
        )
        self.command.connect(self._take)
        self.opened.connect(self.details_wanted)

    def show_history(self, rows: Sequence[HistoryRow]) -> None:
        """Show these, the latest first."""
        if rows:
            self.show_rows(rows, str(len(rows)), "", newer=False, older=False)
        else:
            self.show_nothing(NOTHING, FIRST_STEP, "", "")

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        signal = self.again_wanted if command.name == AGAIN else self.details_wanted
        signal.emit(command.uid)


def _row(row: object) -> HistoryRow:
    assert isinstance(row, HistoryRow)
    return row


def _column(
    key: str,
    title: str,
    value: Callable[[HistoryRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[HistoryRow], Cell], row: object) -> Cell:
    return value(_row(row))
