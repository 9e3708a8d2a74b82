"""The table of requests: its columns, the steps on its focused row, its foot with all four ways.

It shows rows it is given; what to read and where to go is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Actor
from desktop_app.ledgers.requests.rules.request import Action, RequestKind
from desktop_app.ledgers.requests.ui.parts import ICONS, KEYS, offered_steps, verb
from desktop_app.ledgers.requests.ui.rows import RequestRow
from desktop_app.storage.paging import Page
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column


class RequestTable(LongList):
    """`step_wanted` carries a (row, action) pair.

    Names are masked but for that of the focused row, unless `show_page` is told otherwise. At a
    street each row says whose request it is.
    """

    step_wanted = Signal(object)

    def __init__(self, actor: Actor, parent: QWidget, *, at_street: bool = False) -> None:
        self._mask = True
        whose = (_column("station", "站点", lambda row: row.station, 200),) if at_street else ()
        super().__init__(
            (
                _column("at", "时间", lambda row: row.when, 168),
                *whose,
                _column("number", "编号", lambda row: row.line.number, 168, "quiet"),
                _column("kind", "类型", lambda row: row.line.kind.label, 72, "quiet"),
                _column("title", "事项", lambda row: row.title, 216, "bold"),
                _column("name", "居民", self._name, 92),
                _column("state", "状态", self._state, 124),
                _column("due", "期限", lambda row: row.due, 144, "quiet"),
                _column("assignee", "承办", lambda row: row.assignee, 164),
                # Last, because the steps of the focused row stand over the end of the row.
                _column("where", "地点", lambda row: row.where, 84, "quiet", stretch=True),
            ),
            _uid_of,
            parent,
            actions=_row_actions(actor),
            name="诉求",
            unit="件",
            given_up=("number", "where", "kind", "at", "due", "name"),
            grows="title",
        )
        self._steps = {step.value: step for step in KEYS}
        self.command.connect(self._take)
        self.focused.connect(self._repaint)

    def show_page(self, page: Page[RequestRow], words: str, *, mask: bool) -> None:
        """Show a page that has rows, and in the foot how many there are and what `words` hide."""
        self._mask = mask
        newer, older = page.earlier is not None, page.later is not None
        self.show_rows(page.rows, page.total_words, words, newer=newer, older=older)

    def row(self, uid: str) -> RequestRow | None:
        """The row with this uid, if it is on the page."""
        at = self.model.row_of(uid)
        return None if at is None else _row(self.model.rows[at])

    def _name(self, row: RequestRow) -> Cell:
        return row.name if not self._mask or row.uid == self.focused_uid() else row.masked

    def _state(self, row: RequestRow) -> Cell:
        """How it stands; where there is no room for limits, that one has run out says it all."""
        urgent = isinstance(row.due, ChipText)
        return row.due if urgent and self.view.isColumnHidden(self._place_of("due")) else row.state

    def _place_of(self, key: str) -> int:
        return [column.key for column in self.model.columns].index(key)

    @Slot(object)
    def _take(self, command: RowCommand) -> None:
        row = self.row(command.uid)
        if row is not None:
            self.step_wanted.emit((row, self._steps[command.name]))

    @Slot(object)
    def _repaint(self, _uid: object) -> None:
        # The name of the focused row is shown in full, that of the row before is hidden again.
        self.view.viewport().update()


def _column(
    key: str,
    title: str,
    value: Callable[[RequestRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[RequestRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> RequestRow:
    assert isinstance(row, RequestRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid


def _row_actions(actor: Actor) -> list[RowAction]:
    return [
        RowAction(
            step.value,
            verb(step, RequestKind.APPEAL),
            ICONS[step],
            key,
            partial(_is_offered, actor, step),
        )
        for step, key in KEYS.items()
    ]


def _is_offered(actor: Actor, step: Action, row: object) -> bool:
    return step in offered_steps(actor, _row(row).line)
