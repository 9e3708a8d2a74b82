"""The three lists of the page side by side with the details of one file: 本次, 全部, 暂存."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.wording import Term, number
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.ui.details import Details
from desktop_app.street.inbox.ui.filters import HistoryFilters
from desktop_app.street.inbox.ui.parked import NONE, NONE_WHY, RETRY, ParkedView
from desktop_app.street.inbox.ui.views import FileView, item_of
from desktop_app.street.inbox.ui.work import Read
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.line_pages import LinePages
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

NOW, ALL, PARKED = "now", "all", "parked"
EMPTY, EMPTY_WHY = "还没有收过件。", "把站点的上报包拖到这一页，或按 F2 选择文件。"
NO_MATCH = "没有符合条件的文件。"
_SHARES = (5, 4)
_DETAILS_EMS = 26
_NAMES: Mapping[str, str] = {NOW: "本次收件", ALL: "全部收件", PARKED: "暂存的记录"}


class Board(QWidget):
    """`wanted_changed` comes when the history is wanted otherwise, `turned` with another list.

    `retry_wanted` is 全部再试一次, `choose_wanted` the button of an empty list.
    """

    wanted_changed = Signal()
    turned = Signal()
    retry_wanted = Signal()
    choose_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, may_take: bool, may_manage: bool) -> None:
        super().__init__(parent)
        self._desk, self._may_take = desk, may_take
        self._views: dict[str, dict[str, FileView]] = {NOW: {}, ALL: {}}
        self.bar = ChoiceBar((Choice(ALL, "全部收件"),), self, value=ALL)
        self.bar.setAccessibleName("看哪些文件")
        self.filters = HistoryFilters(self)
        self.retry = plain_button(RETRY, self, icon_name="refresh-cw")
        self.lists = {key: LinePages(word, self) for key, word in _NAMES.items()}
        self.details = Details(self, may_take=may_take, may_manage=may_manage)
        self._lay_out()
        self._connect()
        self._turn()
        self.lists[ALL].show_loading()

    # --- what is asked of it -------------------------------------------------------------------

    @property
    def at(self) -> str:
        """The list in front: `NOW`, `ALL` or `PARKED`."""
        return str(self.bar.value() or ALL)

    @property
    def view(self) -> FileView | None:
        """The file with the keyboard."""
        key = self.lists[self.at].list.focused_uid()
        return None if self.at == PARKED or key is None else self._views[self.at].get(key)

    def show_now(self, views: Sequence[FileView]) -> None:
        """Show the files of this seat's drops."""
        self._views[NOW] = {view.key: view for view in views}
        count = f"共 {number(len(views))} 个文件"
        self.lists[NOW].show_items(self._items(views), count=count)
        if self.at == NOW:
            self._focus()

    def point_at_trouble(self) -> None:
        """A drop is through: the first file that needs something done stands at the right."""
        for view in self._views[NOW].values():
            if view.outcome is not None and not view.outcome.taken:
                self.lists[NOW].point_from_first(view.key)
                return

    def show_read(self, read: Read) -> None:
        """Show a page of the history, and offer the stations to narrow it to."""
        self.details.set_labels(read.labels)
        self.filters.take(read.stations, read.earlier, read.later)
        self._views[ALL] = {view.key: view for view in read.files}
        words = self.filters.words()
        if read.files:
            self.lists[ALL].show_items(
                self._items(read.files),
                count=f"共 {read.total_words} 个文件",
                note=f"只显示：{words}；其余文件没有列出。" if words else "",
                newer=read.earlier is not None,
                older=read.later is not None,
            )
        elif words:
            self.lists[ALL].show_nothing(NO_MATCH, f"现在只显示：{words}", "清除筛选")
        else:
            step = "选择文件" if self._may_take else ""
            self.lists[ALL].show_nothing(EMPTY, EMPTY_WHY, step)
        if self.at == ALL:
            self._focus()

    def show_parked(self, views: Sequence[ParkedView]) -> None:
        """Show what is parked."""
        if views:
            count = f"共 {number(len(views))} 条"
            self.lists[PARKED].show_items([view.item() for view in views], count=count)
        else:
            self.lists[PARKED].show_nothing(NONE, NONE_WHY)
        self.retry.setEnabled(bool(views))

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """The history could not be read."""
        self.lists[ALL].show_fault(fault)

    def offer_lists(self, now: int, parked: int) -> None:
        """Which lists there are: 本次 once something was dropped, 暂存 with its number."""
        choices = [Choice(ALL, "全部收件")]
        if now:
            choices.insert(0, Choice(NOW, f"本次 {number(now)}"))
        choices.append(Choice(PARKED, f"{Term.PARKED.value} {number(parked)}"))
        self.bar.set_choices(choices)
        if self.bar.value() is None:
            self.bar.set_value(ALL)

    def turn_to(self, key: str) -> None:
        """Bring a list to the front."""
        self.bar.set_value(key)

    def take_keyboard(self) -> None:
        self.lists[self.at].enter()

    # --- inside --------------------------------------------------------------------------------

    @Slot()
    def _turn(self) -> None:
        self._stack.setCurrentWidget(self.lists[self.at])
        self.filters.setVisible(self.at == ALL)
        self.retry.setVisible(self.at == PARKED and self._may_take)
        self.details.setVisible(self.at != PARKED)
        self._focus()
        self.turned.emit()

    def _items(self, views: Sequence[FileView]) -> list[LineItem]:
        zone, today = self._desk.database.zone, self._desk.today
        return [item_of(view, zone, today) for view in views]

    @Slot(object)
    def _focus(self, _key: object = None) -> None:
        view = self.view
        if view is None:
            self.details.show_nothing()
        else:
            self.details.show_file(view, self._desk.database.zone, self._desk.today)

    @Slot()
    def _take_next(self) -> None:
        if self.filters.words():
            self.filters.clear()
        else:
            self.choose_wanted.emit()

    def _connect(self) -> None:
        self.bar.changed.connect(self._turn)
        self.filters.changed.connect(self.wanted_changed)
        for pages in self.lists.values():
            pages.focused.connect(self._focus)
        history = self.lists[ALL]
        history.newer.connect(self.filters.to_newer)
        history.older.connect(self.filters.to_older)
        history.clear_filter.connect(self.filters.clear)
        history.next_step.connect(self._take_next)
        self.retry.clicked.connect(self.retry_wanted)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE.small)
        top.addWidget(self.bar)
        top.addStretch(1)
        for widget in (self.filters, self.retry):
            top.addWidget(widget)
        self._stack = QStackedWidget(self)
        for pages in self.lists.values():
            self._stack.addWidget(pages)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self._stack, _SHARES[0])
        across.addWidget(self.details, _SHARES[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addLayout(top)
        column.addLayout(across, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = _DETAILS_EMS * theme_of().metrics.body
        self.details.setMaximumWidth(max(least, self.width() * 2 // 5))
