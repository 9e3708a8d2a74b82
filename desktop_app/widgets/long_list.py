"""A list of one kind of record that goes on for pages: what its foot says, its ends, its columns.

`table_page.PagedTable` is any paged table; this is the main list of a page, narrowed by filters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable, own_width


class LongList(PagedTable):
    """`newest` and `oldest` are the ends of the list, offered where `ends` is true.

    `name` is what it lists (来访), `unit` what one of them is counted in (件). In a narrow window
    the columns `given_up` go one after the other; `grows` (or the last one, when that has gone
    as well) takes the room of the wide one, because the rows would end before the table does.
    """

    newest = Signal()
    oldest = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        row_uid: Callable[[object], str],
        parent: QWidget,
        *,
        actions: Sequence[RowAction],
        name: str,
        unit: str,
        given_up: Sequence[str],
        grows: str = "",
        ends: bool = True,
        actions_on_row: bool = True,
    ) -> None:
        self._name_of_all, self._unit = name, unit
        self._given_up, self._grows = given_up, grows
        self._grown = ""
        super().__init__(
            columns, row_uid, parent, actions=actions, name=name, actions_on_row=actions_on_row
        )
        self._ends: list[QPushButton] = []
        if ends:
            self._ends = [
                self._end("最新", "Ctrl+Home", self.newest),
                self._end("最早", "Ctrl+End", self.oldest),
            ]
        # The view's own sizes change after the table's, and again when its scroll bar comes.
        self.view.moved.connect(self.fit_columns)

    def show_rows(
        self, rows: Sequence[object], found: str, words: str, *, newer: bool, older: bool
    ) -> None:
        """Show a page that has rows; the foot says how many are `found` and what `words` hide."""
        self.set_rows(rows, newer=newer, older=older)
        self._say(found, words)
        for button, there in zip(self._ends, (newer, older), strict=False):
            button.setVisible(newer or older)
            button.setEnabled(there)

    def show_nothing(self, sentence: str, more: str, step: str, words: str) -> None:
        """Show that there are no rows, and the next step; `words` say how they are narrowed."""
        if not words:
            more = "\n".join(filter(None, (more, self.other_way())))
        self.show_empty(sentence, more, step)
        self._say("", words)
        for button in self._ends:
            button.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_ends"):
            self.fit_columns()

    @Slot()
    def fit_columns(self) -> None:
        """Give up columns one can do without rather than cut all of them short."""
        widths = {column.key: own_width(column) for column in self.model.columns}
        keys = list(widths)
        room, needed = self.view.viewport().width(), sum(widths.values())
        for key in self._given_up:
            hidden = needed > room
            self.view.setColumnHidden(keys.index(key), hidden)
            needed -= widths[key] if hidden else 0
        if self._grows:
            wide = next(at for at, column in enumerate(self.model.columns) if column.stretch)
            more = max(0, room - needed) if self.view.isColumnHidden(wide) else 0
            seen = [key for at, key in enumerate(keys) if not self.view.isColumnHidden(at)]
            grows = self._grows if self._grows in seen else seen[-1]
            if self._grown not in ("", grows):
                self.view.setColumnWidth(keys.index(self._grown), widths[self._grown])
            self.view.setColumnWidth(keys.index(grows), widths[grows] + more)
            self._grown = grows
        self.view.fill()

    def _say(self, found: str, words: str) -> None:
        self.foot.set_count(f"共 {found} {self._unit}" if found else "")
        self.foot.set_note(f"只显示：{words}；其余{self._name_of_all}没有列出。" if words else "")

    def _end(self, word: str, keys: str, wanted: SignalInstance) -> QPushButton:
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
