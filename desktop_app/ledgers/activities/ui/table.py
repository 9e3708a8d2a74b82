"""The table of activities: its columns, what can be done with the focused row, its foot.

It shows rows it is given; what to read and where to go is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.ledgers.activities.ui.looks import (
    CANCEL,
    CHANGE,
    COPY,
    KEYS,
    REPEAT,
    ActivityRow,
    offers,
)
from desktop_app.storage.paging import Page
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column

_ACTIONS = (
    (CHANGE, "修改", "pencil"),
    (COPY, "复制", "copy"),
    (CANCEL, "取消活动", "ban"),
    (REPEAT, "重复", "refresh-cw"),
)


class ActivityTable(LongList):
    """`wanted` carries a (row, action) pair. At a street each row says whose activity it is."""

    wanted = Signal(object)

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool = False) -> None:
        whose = (_column("station", "站点", lambda row: row.station, 200),) if at_street else ()
        super().__init__(
            (
                _column("when", "时间", lambda row: row.when, 240),
                *whose,
                _column("number", "编号", lambda row: row.line.number, 172, "quiet"),
                _column("name", "活动名称", lambda row: row.line.name, 232, "bold"),
                _column("kind", "类别", lambda row: row.kind, 104),
                _column("people", "实到/应到", lambda row: row.people, 92, "number"),
                _column("state", "状态", lambda row: row.chip, 128),
                # Last, because the actions of the focused row stand over the end of the row.
                _column("place", "地点", lambda row: row.place, 148, "quiet", stretch=True),
            ),
            _uid_of,
            parent,
            actions=[
                RowAction(name, verb, icon, KEYS[name], partial(offers, actor, name))
                for name, verb, icon in _ACTIONS
            ],
            name="活动",
            unit="场",
            given_up=("number", "kind", "place"),
            grows="name",
        )
        self.command.connect(self._take)

    def show_page(self, page: Page[ActivityRow], words: str) -> None:
        """Show a page that has rows, and in the foot how many there are and what `words` hide."""
        newer, older = page.earlier is not None, page.later is not None
        self.show_rows(page.rows, page.total_words, words, newer=newer, older=older)

    def focus_next(self, now: Millis) -> None:
        """Put the focus on what comes next: plans far ahead stand above it."""
        coming = [row for row in self.rows if row.line.ends_at > now]
        if coming:
            self.focus_row(coming[-1].uid)

    def row(self, uid: str) -> ActivityRow | None:
        """The row with this uid, if it is on the page."""
        at = self.model.row_of(uid)
        return None if at is None else self.rows[at]

    @property
    def rows(self) -> list[ActivityRow]:
        """What is shown, from top to bottom."""
        return [_row(row) for row in self.model.rows]

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        row = self.row(command.uid)
        if row is not None:
            self.wanted.emit((row, command.name))


def _column(
    key: str,
    title: str,
    value: Callable[[ActivityRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[ActivityRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> ActivityRow:
    assert isinstance(row, ActivityRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid
