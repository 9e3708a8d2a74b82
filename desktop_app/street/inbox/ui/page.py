"""收件: what stations sent is dropped in, looked through, and answered with receipts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.rights import Right
from desktop_app.core.wording import Term
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.service import Retried
from desktop_app.street.inbox.ui import work
from desktop_app.street.inbox.ui.board import ALL, NOW, PARKED, Board
from desktop_app.street.inbox.ui.choosing import ask_for_folder
from desktop_app.street.inbox.ui.deeds import Deeds
from desktop_app.street.inbox.ui.details import BACK_KEY, RECONCILE_KEY
from desktop_app.street.inbox.ui.intake import Intake
from desktop_app.street.inbox.ui.parked import retried_words
from desktop_app.street.inbox.ui.receipt_bar import ReceiptBar
from desktop_app.street.inbox.ui.shelf import ParkedShelf
from desktop_app.street.inbox.ui.stick_offer import StickOffer
from desktop_app.street.inbox.ui.strip import Strip, Told
from desktop_app.street.inbox.ui.views import FileView
from desktop_app.street.inbox.ui.watch_line import WatchLine
from desktop_app.street.inbox.ui.work import Read
from desktop_app.widgets.forms import KeyHint, PageTitle, focus_order, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

TITLE = Term.INBOX.value
INBOX = "inbox"
"""The name under which files taken in are told to pages; they are no kind of record."""

DROP_HERE = "把上报包拖到这一页"
RECEIPTS_KEY = "Ctrl+S"
_LISTS = {"Alt+1": NOW, "Alt+2": ALL, "Alt+3": PARKED}


class InboxPage(Page):
    """The page a street begins with; the watched folder is looked into as long as it is there."""

    kinds = frozenset({INBOX, "stations", "settings"})
    hints = (
        KeyHint("F2", "选择上报包"),
        KeyHint("Ctrl+Enter", "收下 U 盘里没有收过的上报包"),
        KeyHint("Alt+1 / 2 / 3", "本次 / 全部收件 / 暂存"),
        KeyHint("Alt+T", "选回执写到哪里"),
        KeyHint(RECEIPTS_KEY, "保存全部回执"),
        KeyHint(BACK_KEY, "退回（在文件上）"),
        KeyHint(RECONCILE_KEY, "生成“重新对账”文件（在文件上）"),
        KeyHint("Esc", "收起结果"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._parked = 0
        may_take = desk.actor.may(Right.RECEIVE)
        self._may_manage = may_manage = desk.actor.may(Right.MANAGE_STATION)
        self.title = PageTitle(TITLE, self, action="选择文件", icon_name="folder-open")
        self.title.set_title(TITLE, DROP_HERE if may_take else "")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("选择文件  F2")
        self.save = plain_button("保存全部回执", self, icon_name="save", keys=RECEIPTS_KEY)
        self.strip = Strip(self)
        self.receipts = ReceiptBar(self)
        for widget in (self.title.action, self.save, self.receipts):
            widget.setVisible(may_take)
        self.watch_line = WatchLine(self, may_change=may_manage)
        self.board = Board(desk, self, may_take=may_take, may_manage=may_manage)
        self.intake = Intake(desk, runner, self, self.receipts, self.watch_line)
        self.deeds = Deeds(desk, self, self.receipts)
        self.shelf = ParkedShelf(desk, self, self.board)
        self.offer = StickOffer(desk, runner, self, may_take=may_take)
        self._lay_out()
        self._connect()

    @property
    def part(self) -> str:
        return PARKED if self.board.at == PARKED else ""

    # --- what the window asks for --------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        job = partial(work.read, self._desk, self.board.filters.wanted())
        self.in_background("收件记录", job, self._show, self.board.show_fault)
        if self.board.at == PARKED:
            self.shelf.load()

    def arrive(self) -> None:
        super().arrive()
        self.board.take_keyboard()

    def start_new(self) -> None:
        self.intake.choose()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.offer.drives.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.offer.drives.stop()

    # --- showing -------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, read: Read) -> None:
        self.board.show_read(read)
        self._count_parked(read.parked)
        self.intake.show_watched(read.watched)

    @Slot(object)
    def _count_parked(self, count: int) -> None:
        self._parked = count
        self.board.offer_lists(len(self.intake.batch.views), count)

    @Slot()
    def _moved(self) -> None:
        self.board.show_now(self.intake.batch.views)
        self._count_parked(self._parked)

    @Slot()
    def _turned(self) -> None:
        if self.board.at == PARKED:
            self.shelf.load()
        self.board.take_keyboard()

    # --- what the person does ------------------------------------------------------------------

    @Slot(object, bool)
    def _over(self, told: Told, changed: bool) -> None:
        self.strip.tell(told)
        self.board.point_at_trouble()
        self.offer.look_again()
        if changed:
            self.intake.folder.try_again()
        self._tell(told, f"{TITLE}：{told.headline}", rows=changed)

    @Slot(object)
    def _retried(self, retried: Retried) -> None:
        words = retried_words(retried)
        self.strip.tell(Told("ok" if retried.applied else "info", words))
        self._tell(retried, words, rows=bool(retried.applied))

    @Slot()
    def _send_back(self) -> None:
        if self.board.view is not None and self.intake.may_take:
            self.deeds.send_back(self.board.view)

    @Slot()
    def _reconcile(self) -> None:
        view = self.board.view
        if view is not None and view.needs_reconciling and self._may_manage:
            self.deeds.reconcile(view.station, view.station_name)

    @Slot(object)
    def _sent_back(self, view: FileView) -> None:
        self.intake.batch.replace(view)
        self._tell(view, "已退回", rows=False)

    @Slot()
    def _ask_where(self) -> None:
        """“另存到…” asks at once: the next drop must not have to wait for an answer."""
        if self.isVisible() and not self.receipts.is_beside and self.receipts.place() is None:
            ask_for_folder(self, "回执写到哪个文件夹", self.deeds.choose, self.receipts.folder)

    def _tell(self, value: object, words: str, *, rows: bool) -> None:
        """Tell the window; with `rows` the ledgers' records have changed as well."""
        kinds = {INBOX, "stations", *(work.kinds() if rows else ())}
        self.tell_changed(Changed(frozenset(kinds), (), value), words)

    # --- put together --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.title.add_secondary(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        across = QHBoxLayout()
        across.setSpacing(SPACE.huge)
        across.addWidget(self.receipts, 3)
        across.addWidget(self.watch_line, 2)
        column.addWidget(self.title)
        column.addWidget(self.offer)
        column.addWidget(self.strip)
        column.addLayout(across)
        column.addWidget(self.board, 1)
        focus_order([self.receipts, self.watch_line.choose, self.watch_line.stop, self.board.bar])

    def _connect(self) -> None:
        board, intake, deeds = self.board, self.intake, self.deeds
        for signal, slot in (
            (self.title.action.clicked, intake.choose),
            (self.save.clicked, deeds.save_receipts),
            (intake.came, partial(board.turn_to, NOW)),
            (intake.refused, self.strip.tell),
            (intake.batch.moved, self._moved),
            (intake.batch.begun, self.strip.follow),
            (intake.batch.over, self._over),
            (deeds.told, self.strip.tell),
            (deeds.begun, self.strip.follow),
            (deeds.sent_back, self._sent_back),
            (self.shelf.counted, self._count_parked),
            (self.shelf.begun, self.strip.follow),
            (self.shelf.retried, self._retried),
            (self.offer.drives.changed, self.receipts.take_plugged),
            (self.offer.agreed, intake.take),
            (self.receipts.changed, self._ask_where),
            (board.wanted_changed, self.load),
            (board.turned, self._turned),
            (board.choose_wanted, intake.choose),
            (board.details.send_back_wanted, self._send_back),
            (board.details.reconcile_wanted, self._reconcile),
        ):
            signal.connect(slot)
        for keys, slot in (
            (BACK_KEY, self._send_back),
            (RECONCILE_KEY, self._reconcile),
            *((keys, partial(board.turn_to, key)) for keys, key in _LISTS.items()),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
