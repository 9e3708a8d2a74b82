"""The table of visits: its columns, the steps on its focused row, its foot with all four ways.

It shows rows it is given; what to read and where to go is for the page that owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.rights import Actor
from desktop_app.core.wording import number
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.ledgers.visits.ui.parts import ICONS, KEYS, offered_steps
from desktop_app.ledgers.visits.ui.rows import VisitRow
from desktop_app.storage.paging import COUNT_LIMIT, Page
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of

ROW_STEPS = (
    Action.TAKE_UP,
    Action.MATERIALS_COMPLETE,
    Action.ANSWER,
    Action.CLOSE,
    Action.HAND_OVER,
    Action.FOLLOW_UP,
    Action.ASK_FOR_MATERIALS,
    Action.WORK,
    Action.REOPEN,
    Action.NOT_OURS,
    Action.WITHDRAW,
    Action.REPORT_URGENT,
    Action.MERGE,
)
"""In the order in which they stand on a row: what is done most often with a visit comes first."""

_GIVEN_UP_WHEN_NARROW = ("clerk", "handling", "number", "summary", "due", "at")


class VisitTable(PagedTable):
    """`step_wanted` carries a (row, action) pair; `newest` and `oldest` are the ends of the list.

    Names are masked but for that of the focused row, unless `show_page` is told otherwise.
    """

    step_wanted = Signal(object)
    newest = Signal()
    oldest = Signal()

    def __init__(self, actor: Actor, parent: QWidget) -> None:
        self._mask = True
        super().__init__(
            (
                _column("at", "时间", lambda row: row.when, 172),
                _column("number", "编号", lambda row: row.line.number, 168, "quiet"),
                _column("name", "姓名", self._name, 124, "bold"),
                _column("matter", "事项", lambda row: row.matter, 196),
                _column("state", "状态", self._state, 160),
                _column("due", "期限", lambda row: row.due, 160, "quiet"),
                _column("handling", "办理方式", lambda row: row.line.handling.label, 96, "quiet"),
                _column("clerk", "经办", lambda row: row.line.first_clerk_name, 88, "quiet"),
                # Last, because the steps of the focused row stand over the end of the row.
                _column("summary", "事由", lambda row: row.summary, 84, "quiet", stretch=True),
            ),
            _uid_of,
            parent,
            actions=_row_actions(actor),
            name="来访",
        )
        self._steps = {step.value: step for step in ROW_STEPS}
        self._newest = self._way("最新", "Ctrl+Home", self.newest)
        self._oldest = self._way("最早", "Ctrl+End", self.oldest)
        self.command.connect(self._take)
        self.focused.connect(self._repaint)
        # The view's own sizes change after the table's, and again when its scroll bar comes.
        self.view.moved.connect(self._fit_columns)

    def show_page(self, page: Page[VisitRow], words: str, *, mask: bool) -> None:
        """Show a page that has rows, and in the foot how many there are and what `words` hide."""
        self._mask = mask
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

    def row(self, uid: str) -> VisitRow | None:
        """The row with this uid, if it is on the page."""
        at = self.model.row_of(uid)
        return None if at is None else _row(self.model.rows[at])

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
        self.foot.set_count(f"共 {found} 件" if total else "")
        self.foot.set_note(f"只显示：{words}；其余来访没有列出。" if words else "")

    def _name(self, row: VisitRow) -> Cell:
        return row.name if not self._mask or row.uid == self.focused_uid() else row.masked

    def _state(self, row: VisitRow) -> Cell:
        """How it stands; where there is no room for limits, that one has run out says it all."""
        urgent = isinstance(row.due, ChipText)
        return row.due if urgent and self.view.isColumnHidden(self._place_of("due")) else row.state

    def _place_of(self, key: str) -> int:
        return [column.key for column in self.model.columns].index(key)

    @Slot()
    def _fit_columns(self) -> None:
        """Give up columns one can do without rather than cut all of them short."""
        share = theme_of().metrics.body / 14
        needed = sum(column.width for column in self.model.columns) * share
        for key in _GIVEN_UP_WHEN_NARROW:
            at = self._place_of(key)
            hidden = needed > self.width()
            self.view.setColumnHidden(at, hidden)
            needed -= self.model.columns[at].width * share if hidden else 0
        state = self._place_of("state")
        own = round(self.model.columns[state].width * share)
        # Without the wide column the rows would end before the table does.
        left = self.view.viewport().width() - round(needed)
        alone = self.view.isColumnHidden(self._place_of("summary"))
        self.view.setColumnWidth(state, own + max(0, left) if alone else own)
        self.view.fill()

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
    value: Callable[[VisitRow], Cell],
    width: int,
    style: str = "plain",
    *,
    stretch: bool = False,
) -> Column:
    return Column(title, partial(_read, value), width, style, stretch, key)


def _read(value: Callable[[VisitRow], Cell], row: object) -> Cell:
    return value(_row(row))


def _row(row: object) -> VisitRow:
    assert isinstance(row, VisitRow)
    return row


def _uid_of(row: object) -> str:
    return _row(row).uid


def _row_actions(actor: Actor) -> list[RowAction]:
    return [
        RowAction(
            step.value, step.label, ICONS[step], KEYS[step], partial(_is_offered, actor, step)
        )
        for step in ROW_STEPS
    ]


def _is_offered(actor: Actor, step: Action, row: object) -> bool:
    return step in offered_steps(actor, _row(row).line)
