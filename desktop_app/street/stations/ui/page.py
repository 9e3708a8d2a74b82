"""站点: who reported until when, and how stations join, change and go. Nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.wording import Term, number
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.ui.drive_watch import DriveWatch, Plugged
from desktop_app.storage.session import Desk
from desktop_app.street.stations import service
from desktop_app.street.stations.rules import Order, Wanted
from desktop_app.street.stations.service import Listed
from desktop_app.street.stations.ui.deeds import Deeds
from desktop_app.street.stations.ui.details import StationDetails
from desktop_app.street.stations.ui.joining import Joiner
from desktop_app.street.stations.ui.table import KEYS, VERBS, StationTable
from desktop_app.street.stations.ui.views import StationRow, row_of
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.export_door import offer_export_of_rows
from desktop_app.widgets.forms import Card, KeyHint, PageTitle, focus_order, plain_button
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

TITLE = Term.STATION.value
INVITE_KEY = "Ctrl+I"
NONE, NONE_WHY = "还没有站点加入。", "先生成邀请文件交给站点，再接收站点送回的申请文件。"
NO_MATCH = "没有符合条件的站点。"
_ORDERS = (Choice(Order.CODE, "按编码"), Choice(Order.WAITING, "按等待天数"))
_BESIDE_FROM_EMS = 86
"""From this width on the details stand beside the list, below it otherwise."""


@dataclass(frozen=True, slots=True)
class _Answer:
    rows: tuple[StationRow, ...]
    listed: Listed
    wanted: Wanted


class StationsPage(Page):
    """The list with the focused station in full beside it."""

    kinds = frozenset({KIND.name, "inbox", "settings"})
    hints = (
        KeyHint("F2", "接收申请文件"),
        KeyHint(INVITE_KEY, "生成邀请文件"),
        KeyHint("Ctrl+F", "查找"),
        *(KeyHint(KEYS[name], VERBS[name]) for name in KEYS),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_manage = may = desk.actor.may(Right.MANAGE_STATION)
        self.title = PageTitle(TITLE, self, action="接收申请", icon_name="user-plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("接收申请  F2")
        self.invite = plain_button("邀请文件", self, icon_name="download", keys=INVITE_KEY)
        self.more = plain_button("更多", self)
        self.box = SearchBox("站点名称或编码", self)
        self.order = ChoiceBar(_ORDERS, self, value=Order.CODE)
        self.over = QCheckBox("含已并入和迁出的", self)
        card = Card("", self)
        self.table = StationTable(card, may_manage=may)
        card.add_list(self.table)
        self._card = card
        self.details = StationDetails(self, may_manage=may)
        self.joiner = Joiner(desk, runner, self)
        self.deeds = Deeds(desk, runner, self)
        self.drives = DriveWatch(runner, self, _nothing)
        for button in (self.title.action, self.invite, self.more):
            button.setVisible(may)
        self._lay_out()
        self._connect()
        offer_export_of_rows(self, self.table, KIND.name, desk.actor)

    # --- what the window asks for --------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        if not self.table.model.rowCount():
            self.table.show_loading()
        self.in_background(
            "站点列表", partial(self._read, self._wanted()), self._show, self.table.show_fault
        )

    def arrive(self) -> None:
        super().arrive()
        place = self.table.view if self.table.model.rowCount() else self.box
        place.setFocus()

    def start_new(self) -> None:
        if self._may_manage:
            self.joiner.choose_request()

    def start_search(self) -> None:
        self.box.setFocus()
        self.box.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drives.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drives.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_across"):
            self._turn()

    # --- reading and showing -------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        order = self.order.value()
        return Wanted(
            self.box.value(),
            over=self.over.isChecked(),
            order=order if isinstance(order, Order) else Order.CODE,
        )

    def _read(self, wanted: Wanted, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        listed = service.listed(self._desk, wanted)
        zone, today = self._desk.database.zone, self._desk.today
        return _Answer(tuple(row_of(stand, zone, today) for stand in listed.shown), listed, wanted)

    def _show(self, answer: _Answer) -> None:
        listed, wanted = answer.listed, answer.wanted
        said = f"{number(len(listed.living))} 个站点"
        if listed.late:
            said += f"，{number(listed.late)} 个超过 {number(listed.remind_days)} 天未报送"
        self.title.set_title(TITLE, said if listed.living else "")
        self.deeds.others = listed.living
        words = f"“{wanted.search}”" if wanted.search else ""
        had = self.table.view.hasFocus() or self.box.hasFocus()
        if answer.rows:
            self.table.show_all(answer.rows, words)
            if had and not wanted.search:
                self.table.view.setFocus()
        elif words:
            self.table.show_nothing(NO_MATCH, f"现在只显示：{words}", "清除筛选", words)
        else:
            self.table.show_nothing(NONE, NONE_WHY, "邀请文件" if self._may_manage else "", "")

    @Slot(object)
    def _show_details(self, uid: str | None) -> None:
        row = None if uid is None else self.table.row(uid)
        if row is None:
            self.details.show_nothing()
        else:
            self.details.show_row(row, self._desk.database.zone, self._desk.today)

    @Slot()
    def _take_next(self) -> None:
        if self.box.value():
            self.box.empty()
        else:
            self.joiner.invite()

    @Slot(object)
    def _plugged(self, plugged: Plugged) -> None:
        self.joiner.set_drives(plugged.drives)

    # --- put together --------------------------------------------------------------------------

    def _turn(self) -> None:
        """The details stand beside the list where there is room, else below it."""
        wide = self.width() >= _BESIDE_FROM_EMS * theme_of().metrics.body
        self._across.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _lay_out(self) -> None:
        put_icon(self.more, "ellipsis")
        menu = QMenu(self.more)
        menu.addAction("站点求助：打不开数据…", self.deeds.choose_rescue)
        menu.addAction("启用备用密钥…", self.deeds.recover)
        self.more.setMenu(menu)
        self.more.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        for button in (self.more, self.invite):
            self.title.add_secondary(button)
        self.box.setMaximumWidth(18 * theme_of().metrics.body)
        self.order.setAccessibleName("排列")
        filters = QHBoxLayout()
        filters.setSpacing(SPACE.small)
        filters.addWidget(self.box, 1)
        filters.addWidget(self.order)
        filters.addWidget(self.over)
        filters.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(SPACE.large)
        self._across.addWidget(self._card, 3)
        self._across.addWidget(self.details, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.medium)
        column.addWidget(self.title)
        column.addLayout(filters)
        column.addLayout(self._across, 1)
        focus_order([self.box, self.order, self.over, self.table])

    def _connect(self) -> None:
        self.title.action.clicked.connect(self.start_new)
        self.invite.clicked.connect(self.joiner.invite)
        self.box.query.connect(self._search)
        self.box.to_results.connect(self.table.view.setFocus)
        self.box.chosen_first.connect(self.table.view.setFocus)
        self.order.changed.connect(self.load)
        self.over.toggled.connect(self._search)
        self.table.focused.connect(self._show_details)
        self.table.wanted.connect(self.deeds.take_up)
        self.table.next_step.connect(self._take_next)
        self.table.clear_filter.connect(self.box.empty)
        self.details.wanted.connect(self.deeds.take_up)
        self.drives.changed.connect(self._plugged)

    @Slot(object)
    def _search(self, _words: object) -> None:
        self.load()


def _nothing(_name: str) -> bool:
    """No file on a stick is taken by itself here: whose it is has to be asked by telephone."""
    return False
