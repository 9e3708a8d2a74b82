"""A paged list: the table, its empty, loading and failed states, its foot, and its row actions.

The page that owns it asks its service for rows and gives them in; this widget only says what the
person wants (a row opened, an action, another page). It knows no ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.widgets.copying import copy_rows
from desktop_app.widgets.paging_foot import PagingFoot
from desktop_app.widgets.row_actions import RowAction, RowActions
from desktop_app.widgets.row_painter import RowPainter
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.table_model import Column, PageModel
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE, Metrics


def own_width(column: Column) -> int:
    """The width a column has until somebody draws it wider or narrower, in the theme in force."""
    return round(column.width * theme_of().metrics.body / 14)


_COPY_PAGE = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)


class _Table(QTableView):
    """The bare view: fixed heights, whole rows, and a few events made signals."""

    entered = Signal()
    copy_wanted = Signal(bool)
    menu_wanted = Signal(object)
    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sizes: Metrics | None = None
        self._wide: tuple[int, int] | None = None
        self.setItemDelegate(RowPainter(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(32)

    def follow_theme(self, columns: Sequence[Column]) -> None:
        """Heights and widths as the theme in force has them, once for each theme."""
        sizes = theme_of().metrics
        if sizes == self._sizes:
            return
        self._sizes = sizes
        self.verticalHeader().setDefaultSectionSize(sizes.row)
        header = self.horizontalHeader()
        header.setFixedHeight(sizes.header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._wide = None
        for number, column in enumerate(columns):
            self.setColumnWidth(number, own_width(column))
            if column.stretch:
                self._wide = (number, self.columnWidth(number))
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Give the wide column what the others leave, but never less than its own width."""
        if self._wide is None:
            return
        # Qt's own stretching takes a column down to nothing when the window is narrow.
        number, least = self._wide
        others = self.horizontalHeader().length() - self.columnWidth(number)
        self.setColumnWidth(number, max(least, self.viewport().width() - others))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(False)
            return
        if event.keyCombination() == _COPY_PAGE:
            self.copy_wanted.emit(True)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        # Letters are actions of the row here; for searching there is the box.
        return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            area = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(area.bottomLeft() + QPoint(24, 0)))
        else:
            self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill()
        self.moved.emit()


class PagedTable(QWidget):
    """One page of rows. Give rows with `set_rows`; a row is known by its uid everywhere.

    `opened` (Enter, double click) and `focused` carry a uid (`focused` also None), `command` a
    `RowCommand`; `newer`, `older`, `clear_filter` and `next_step` come from the foot and from the
    button of an empty or failed list; `widths_changed` carries `widths()`.
    """

    opened = Signal(object)
    focused = Signal(object)
    command = Signal(object)
    newer = Signal()
    older = Signal()
    clear_filter = Signal()
    next_step = Signal()
    widths_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        row_uid: Callable[[object], str],
        parent: QWidget | None = None,
        *,
        actions: Sequence[RowAction] = (),
        name: str = "",
        actions_on_row: bool = True,
    ) -> None:
        """Without `actions_on_row` the actions are in the menu and on keys only: where buttons
        beside the table have them, too, they need not cover the row."""
        super().__init__(parent)
        self.other_way: Callable[[], str] = str
        """How the list is filled otherwise than record by record, said while it is empty."""
        self._loading = False
        self._on_row = actions_on_row
        self.model = PageModel(columns, row_uid, self)
        self.view = _Table(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(name)
        self._actions = RowActions(actions, self.view, self.view.viewport())
        self._pane = StatePane(self.view)
        self._pane.hide()
        self.foot = PagingFoot(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self.setFocusProxy(self.view)
        self._connect()
        self.view.follow_theme(self.model.columns)

    def set_rows(self, rows: Sequence[object], *, newer: bool = False, older: bool = False) -> None:
        """Show a page; the focused row stays focused when it is among them, else the first is."""
        uid = self.focused_uid()
        self._loading = True
        self.model.set_rows(rows)
        self._loading = False
        self._pane.hide()
        self.foot.set_pages(newer=newer, older=older)
        self.focus_row(uid or "")

    def replace_row(self, row: object) -> bool:
        """Show one changed row without touching the others; False when it is not on the page."""
        if not self.model.replace_row(row):
            return False
        self._tell()
        return True

    def focused_uid(self) -> str | None:
        """The uid of the focused row, or None."""
        return self.model.uid_at(self.view.currentIndex().row())

    def focus_row(self, uid: str) -> None:
        """Focus the row with this uid, or the first row when it is not on the page."""
        at = self.model.row_of(uid) or 0
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at, 0))
        self._tell()

    def show_empty(self, sentence: str, more: str = "", step: str = "") -> None:
        """There are no rows: a sentence, the next step and the word on its button."""
        self.set_rows(())
        self._cover()
        self._pane.show_empty(sentence, more, step)

    def show_loading(self, sentence: str = "正在读取…") -> None:
        """Rows are on their way; for reads that take longer than a moment."""
        self._cover()
        self._pane.show_loading(sentence)

    def show_fault(self, fault: Fault, step: str = "再试一次") -> None:
        """The rows could not be read: what happened, and a button to try again."""
        self._cover()
        self._pane.show_fault(fault, step)

    def widths(self) -> dict[str, int]:
        """The widths drawn by hand, to be kept on this PC; another text size takes them back."""
        return {
            column.key or column.title: self.view.columnWidth(number)
            for number, column in enumerate(self.model.columns)
            if not column.stretch and self.view.columnWidth(number) != own_width(column)
        }

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Set widths kept earlier; unknown keys are passed over."""
        for number, column in enumerate(self.model.columns):
            width = widths.get(column.key or column.title)
            if width is not None and not column.stretch:
                self.view.setColumnWidth(number, max(32, width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Moving to another window sends this event, too; widths set by hand outlive that.
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "foot"):
            self.view.follow_theme(self.model.columns)

    def _connect(self) -> None:
        view = self.view
        view.entered.connect(self._open)
        view.copy_wanted.connect(self._copy)
        view.doubleClicked.connect(self._open)
        view.menu_wanted.connect(self._actions.show_menu)
        view.moved.connect(self._place)
        view.verticalScrollBar().valueChanged.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)
        view.selectionModel().currentRowChanged.connect(self._row_changed)
        view.horizontalHeader().sectionResized.connect(self._resized)
        self._actions.wanted.connect(self.command)
        self._pane.next_step.connect(self.next_step)
        self.foot.newer.connect(self.newer)
        self.foot.older.connect(self.older)
        self.foot.clear_filter.connect(self.clear_filter)
        for keys, signal in (("Ctrl+PgUp", self.newer), ("Ctrl+PgDown", self.older)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)

    def _tell(self) -> None:
        at = self.view.currentIndex().row()
        uid = self.model.uid_at(at)
        self._actions.set_row(uid, None if uid is None else self.model.rows[at])
        self._place()
        self.focused.emit(uid)

    def _cover(self) -> None:
        top = self.view.horizontalHeader().height()
        self._pane.setGeometry(0, top, self.view.width(), self.view.height() - top)

    @Slot()
    def _open(self) -> None:
        uid = self.focused_uid()
        if uid is not None:
            self.opened.emit(uid)

    @Slot(bool)
    def _copy(self, whole_page: bool) -> None:
        """Ctrl+C copies the selected rows, with Shift all of the page below their titles."""
        chosen = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        places = range(self.model.rowCount()) if whole_page else chosen
        copy_rows(self.model, places, with_titles=whole_page)

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._loading:
            self._tell()

    @Slot()
    def _place(self) -> None:
        self._cover()
        index = self.view.currentIndex()
        if not index.isValid() or not self._on_row:
            self._actions.hide()
            return
        top = self.view.rowViewportPosition(index.row())
        right = self._free_place() - SPACE.small
        self._actions.stand_at(right, top, self.view.rowHeight(index.row()))

    def _free_place(self) -> int:
        """Where the actions cover least: the end of the wide column, else the end of the row."""
        end = self.view.viewport().width()
        for number, column in enumerate(self.model.columns):
            wide = self.view.columnWidth(number)
            if column.stretch and wide >= self._actions.sizeHint().width() + 160:
                return min(end, self.view.columnViewportPosition(number) + wide)
        return end

    @Slot(int, int, int)
    def _resized(self, column: int, _old: int, _new: int) -> None:
        if not self.model.columns[column].stretch:
            self.view.fill()
        self._place()
        self.widths_changed.emit(self.widths())
