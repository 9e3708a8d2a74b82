"""The table of activities: its columns, what can be done with the focused row, its foot.

It shows rows it is given; what to read and where to go is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.core.wording import number
from desktop_app.ledgers.activities.ui.looks import (
    CANCEL,
    CHANGE,
    COPY,
    KEYS,
    REPEAT,
    ActivityRow,
    offers,
)
from desktop_app.storage.paging import COUNT_LIMIT, Page
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of

_ACTIONS = (
    (CHANGE, "修改", "pencil"),
    (COPY, "复制", "copy"),
    (CANCEL, "取消活动", "ban"),
    (REPEAT, "重复", "refresh-cw"),
)
_GIVEN_UP_WHEN_NARROW = ("number", "kind", "place")


class ActivityTable(PagedTable):
    """`wanted` carries a (row, action) pair; `newest` and `oldest` are the ends of the list."""

    wanted = Signal(object)
    newest = Signal()
    oldest = Signal()

    def __init__(self, actor: Actor, parent: QWidget) -> None:
        super().__init__(
            (
                _column("when", "时间", lambda row: row.when, 240),
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
        )
        self._newest = self._way("最新", "Ctrl+Home", self.newest)
        self._oldest = self._way("最早", "Ctrl+End", self.oldest)
        self.command.connect(self._take)
        # The view's own sizes change after the table's, and again when its scroll bar comes.
        self.view.moved.connect(self._fit_columns)

    def show_page(self, page: Page[ActivityRow], words: str) -> None:
        """Show a page that has rows, and in the foot how many there are and what `words` hide."""
        newer, older = page.earlier is not None, page.later is not None
        self.set_rows(page.rows, newer=newer, older=older)
        self._say(page.total, words)
        for button, there in ((self._newest, newer), (self._oldest, older)):
            button.setVisible(newer or older)
            button.setEnabled(there)

    def show_nothing(self, sentence: str, more: str, step: str, words: str) -> None:
        """Show that there are no rows, and the next step."""
        self.show_empty(sentence, more, step)
        self._say(0, words)
        self._newest.hide()
        self._oldest.hide()

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_oldest"):
            self._fit_columns()

    def _way(self, word: str, keys: str, wanted: SignalInstance) -> QPushButton:
        button = plain_button(word, self.foot)
        button.setProperty("role", "plain")
        button.setToolTip(f"{word}（{keys}）")
        button.clicked.connect(wanted)
        button.hide()
        foot = self.foot.layout()
        assert foot is not None
        foot.addWidget(button)
        shortcut = QShortcut(QKeySequence(keys), self)
        # In the box above, these keys move within the text.
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        return button

    def _say(self, total: int, words: str) -> None:
        found = f"{COUNT_LIMIT}+" if total > COUNT_LIMIT else number(total)
        self.foot.set_count(f"共 {found} 场" if total else "")
        self.foot.set_note(f"只显示：{words}；其余活动没有列出。" if words else "")

    @Slot()
    def _fit_columns(self) -> None:
        """Give up columns one can do without rather than cut all of them short."""
        share = theme_of().metrics.body / 14
        keys = [column.key for column in self.model.columns]
        room = self.view.viewport().width()
        needed = sum(column.width for column in self.model.columns) * share
        for key in _GIVEN_UP_WHEN_NARROW:
            hidden = needed > room
            self.view.setColumnHidden(keys.index(key), hidden)
            needed -= self.model.columns[keys.index(key)].width * share if hidden else 0
        name = keys.index("name")
        own = round(self.model.columns[name].width * share)
        # Without the wide column the rows would end before the table does.
        alone = self.view.isColumnHidden(keys.index("place"))
        self.view.setColumnWidth(name, own + max(0, room - round(needed)) if alone else own)
        self.view.fill()

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
