"""The table of stations: its columns, what can be done with the focused row, and the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import number
from desktop_app.street.stations.ui.views import StationRow
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column

RECONCILE, RENAME, MERGE, SPLIT, MOVE, REVOKE, REINSTATE = (
    "reconcile", "rename", "merge", "split", "move", "revoke", "reinstate",
)  # fmt: skip
_ACTIONS = (
    (RECONCILE, "重新对账", "refresh-cw", "R"),
    (RENAME, "更名", "pencil", "N"),
    (REVOKE, "吊销密钥", "ban", "X"),
    (MERGE, "并入", "corner-up-right", "M"),
    (SPLIT, "分出", "copy", "S"),
    (MOVE, "迁出", "log-out", "O"),
    (REINSTATE, "恢复", "undo-2", "B"),
)
KEYS = {name: key for name, _verb, _icon, key in _ACTIONS}
VERBS = {name: verb for name, verb, _icon, _key in _ACTIONS}
ICONS = {name: icon for name, _verb, icon, _key in _ACTIONS}


class StationTable(LongList):
    """`wanted` carries a (row, action) pair."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, *, may_manage: bool) -> None:
        offered = partial(offers, may_manage)
        super().__init__(
            (
                _column("name", "站点", lambda row: row.name, 188, "bold", stretch=True),
                _column("code", "编码", lambda row: row.stand.code, 72, "quiet"),
                _column("state", "状态", lambda row: row.state, 124),
                _column("reported", "报送", lambda row: row.reported, 132),
                _column("until", "资料截至", lambda row: row.until, 120, "quiet"),
                _column("gap", "断档和暂存", lambda row: row.gap, 140),
                _column("photos", "照片待到", lambda row: row.photos, 76, "number"),
                _column("profile", "内容", lambda row: row.profile, 84, "quiet"),
                _column("clock", "站点时间", lambda row: row.clock, 128),
                _column("version", "版本", lambda row: row.version, 72, "quiet"),
            ),
            _uid_of,
            parent,
            actions=[
                RowAction(name, verb, icon, key, partial(offered, name))
                for name, verb, icon, key in _ACTIONS
            ],
            name="站点",
            unit="个",
            given_up=("version", "photos", "profile", "clock", "code", "until"),
            grows="gap",
            ends=False,
            actions_on_row=False,
        )
        self.command.connect(self._take)

    def show_all(self, rows: Sequence[StationRow], words: str) -> None:
        """Show these; a street has no second page of stations."""
        self.show_rows(rows, number(len(rows)), words, newer=False, older=False)

    def row(self, uid: str) -> StationRow | None:
        """The row with this uid, if it is shown."""
        at = self.model.row_of(uid)
        return None if at is None else _row(self.model.rows[at])

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        row = self.row(command.uid)
        if row is not None:
            self.wanted.emit((row, command.name))


def offers(may_manage: bool, action: str, row: object) -> bool:
    """Whether something can be done with a station as it stands."""
    if not may_manage:
        return False
    stand = _row(row).stand
    over = stand.entry.state.over
    if action == REINSTATE:
        return over
    if action == REVOKE:
        return stand.may_be_revoked
    if action == RECONCILE:
        return stand.has_sent and stand.line.key is not None
    return not over


def _column(
    key: str,
    title: str,
    value: Callable[[StationRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[StationRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> StationRow:
    assert isinstance(row, StationRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid
