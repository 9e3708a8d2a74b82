"""对账结果: what both sides had changed and what became of it; numbers that were taken twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column

NAME = "对账结果"
NOTHING = "没有需要看的记录。"


@dataclass(frozen=True, slots=True)
class MetRow:
    """A record and what became of it, in words; `opens` when the window has a page for it."""

    uid: str
    kind: str
    record: Uid
    label: str
    number: str
    words: str
    opens: bool


class MetTable(LongList):
    """`open_wanted` carries the `(kind, uid)` of a record."""

    open_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            (
                _column("label", "类别", lambda row: row.label, 96, "bold"),
                _column("number", "编号", lambda row: row.number or "—", 184),
                _column("words", "处理", lambda row: row.words, 320, stretch=True),
            ),
            lambda row: _row(row).uid,
            parent,
            actions=(RowAction("open", "打开看看", "eye", "Ctrl+O", lambda row: _row(row).opens),),
            name=NAME,
            unit="条",
            given_up=(),
            ends=False,
        )
        self.command.connect(self._open_row)
        self.opened.connect(self._open_row)

    def show_met(self, rows: Sequence[MetRow]) -> None:
        """Show these."""
        if rows:
            self.show_rows(rows, str(len(rows)), "", newer=False, older=False)
        else:
            self.show_nothing(NOTHING, "", "", "")

    @Slot(object)
    def _open_row(self, _uid: object) -> None:
        at = self.model.row_of(self.focused_uid() or "")
        row = None if at is None else _row(self.model.rows[at])
        if row is not None and row.opens:
            self.open_wanted.emit((row.kind, row.record))


def met_rows(met: Reconciled, kinds: Mapping[str, str], places: Collection[str]) -> list[MetRow]:
    """A row for each conflict and each new number. `kinds` are the kinds of record by their
    labels, `places` those the window can open."""
    rows = [(one.label, one.uid, one.number, one.words) for one in met.conflicts] + [
        (one.label, one.uid, one.after, f"原编号 {one.before} 另一条也用过，这条加了后缀")
        for one in met.renumbered
    ]
    return [
        MetRow(
            uid=f"{place}",
            kind=kinds.get(label, ""),
            record=uid,
            label=label,
            number=number,
            words=words,
            opens=kinds.get(label, "") in places,
        )
        for place, (label, uid, number, words) in enumerate(rows)
    ]


def _row(row: object) -> MetRow:
    assert isinstance(row, MetRow)
    return row


def _column(
    key: str,
    title: str,
    value: Callable[[MetRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[MetRow], Cell], row: object) -> Cell:
    return value(_row(row))
