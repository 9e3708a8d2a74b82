"""待补: records with fields the street could not give back whole, and the way to each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.wording import Term
from desktop_app.station.reporting.service import PendingRecord
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column

NAME = Term.PENDING.value
NOTHING = "没有待补的记录。"
WHEN = "重新对账后，街道没有的栏目会列在这里；在原来的记录里补上，就从这里消失。"
OPEN, SETTLE = "open", "settle"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PendingRow:
    """A record in words: which one, which fields, what the street had of them.

    `opens` when the window has a page for it.
    """

    uid: str
    kind: str
    record: Uid
    label: str
    number: str
    fields: str
    hints: str
    opens: bool


class PendingTable(LongList):
    """`open_wanted` and `settle_wanted` carry the `(kind, uid)` of a record."""

    open_wanted = Signal(object)
    settle_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (
                _column("label", "类别", lambda row: row.label, 96, "bold"),
                _column("number", "编号", lambda row: row.number or "—", 168),
                _column("fields", "待补栏目", lambda row: row.fields, 300),
                _column("hints", "街道留有", lambda row: row.hints, 200, "quiet", stretch=True),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=(
                RowAction(OPEN, "打开补上", "pencil", "Ctrl+O", lambda row: _row(row).opens),
                RowAction(SETTLE, "不用补", "check", "D"),
            ),
            name=NAME,
            unit="条",
            given_up=("number",),
            ends=False,
        )
        self.command.connect(self._take)
        self.opened.connect(self._open_row)

    def show_pending(self, rows: Sequence[PendingRow]) -> None:
        """Show these."""
        if rows:
            self.show_rows(rows, str(len(rows)), "", newer=False, older=False)
        else:
            self.show_nothing(NOTHING, WHEN, "", "")

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        row = self._focused_row()
        if row is not None and command.name == SETTLE:
            self.settle_wanted.emit((row.kind, row.record))
        else:
            self._open_row(command.uid)

    @Slot(object)
    def _open_row(self, _uid: object) -> None:
        row = self._focused_row()
        if row is not None and row.opens:
            self.open_wanted.emit((row.kind, row.record))

    def _focused_row(self) -> PendingRow | None:
        at = self.model.row_of(self.focused_uid() or "")
        return None if at is None else _row(self.model.rows[at])


def pending_rows(records: Sequence[PendingRecord], places: Collection[str]) -> list[PendingRow]:
    """A row for each record; `places` are the kinds the window can open."""
    return [
        PendingRow(
            uid=f"{one.kind}/{one.uid.hex}",
            kind=one.kind,
            record=one.uid,
            label=one.label,
            number=one.number,
            fields=_fields(one),
            hints="；".join(f"{label} {hint}" for label, hint in one.fields if hint),
            opens=one.kind in places,
        )
        for one in records
    ]


def _fields(record: PendingRecord) -> str:
    """Which fields: first those the street had masked, which were filled in for certain."""
    labels = [label for label, _ in sorted(record.fields, key=lambda field: not field[1])]
    shown = "、".join(labels[:_SHOWN])
    return shown if len(labels) <= _SHOWN else f"{shown} 等 {len(labels)} 项"


def _row(row: object) -> PendingRow:
    assert isinstance(row, PendingRow)
    return row


def _column(
    key: str,
    title: str,
    value: Callable[[PendingRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[PendingRow], Cell], row: object) -> Cell:
    return value(_row(row))
