"""上报: how the station stands with its street, one big action, and what came back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.rights import Right
from desktop_app.core.wording import Term
from desktop_app.registers.offices.service import Joined
from desktop_app.registers.offices.ui.drive_watch import DriveWatch, Plugged
from desktop_app.station.reporting.ui import work
from desktop_app.station.reporting.ui.desk_pane import DeskPane
from desktop_app.station.reporting.ui.files import PAPER, is_of_station, judge, suffix
from desktop_app.station.reporting.ui.join import LEAD_ONLY, JoinPane
from desktop_app.station.reporting.ui.join import TITLE as JOIN_TITLE
from desktop_app.station.reporting.ui.joining import Joiner
from desktop_app.station.reporting.ui.keys import KeyMenu
from desktop_app.station.reporting.ui.lists import ListDesk
from desktop_app.station.reporting.ui.offers import Offers
from desktop_app.station.reporting.ui.receiving import Receiver
from desktop_app.station.reporting.ui.sending import KIND, Sender
from desktop_app.station.reporting.ui.work import Seen, Unjoined
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.file_drop import FileDrop
from desktop_app.widgets.forms import KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.tokens import SPACE

TAKE = "导入回执"
JOIN_FIRST = "这是回执或对账文件，要先接入街道才能导入。没有导入，数据没有改动。"
TITLE = Term.REPORT_UP.value


class ReportingPage(Page):
    """Made with the session, because files are kept in the home and a second person signs there."""

    kinds = frozenset({KIND, "settings", "visits", "residents", "activities", "places"})
    hints = (
        KeyHint("Ctrl+Enter", TITLE),
        KeyHint("Ctrl+I", TAKE),
        KeyHint("Alt+T", "选送到哪里"),
        KeyHint("Alt+N", "选内容"),
        KeyHint("R", "再送一次（在记录上）"),
        KeyHint("Enter", "详情（在记录上）"),
        KeyHint("Ctrl+Tab", "上报记录 / 待补"),
        KeyHint("Esc", "收起结果"),
    )

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk = session.desk
        self._outbox = session.house.home.outbox
        self._seen: Seen | Unjoined | None = None
        self._rejoining = False
        self.title = PageTitle(TITLE, self)
        self.take_button = plain_button(TAKE, self, icon_name="download", keys="Ctrl+I")
        self.back = plain_button("返回上报", self, icon_name="chevron-left")
        self.state_pane = StatePane(self)
        self.join_pane = JoinPane(self)
        self.desk_pane = DeskPane(self)
        self.key_menu = KeyMenu(desk, self)
        hero = self.desk_pane.hero
        self.sending = Sender(session, desk, runner, self, hero)
        self.receiver = Receiver(session, desk, self, hero)
        self.lists = ListDesk(desk, self, self.desk_pane, self.sending, runner)
        self.joiner = Joiner(session, desk, self, self.join_pane)
        code = desk.database.station.code
        self.watch = DriveWatch(runner, self, partial(is_of_station, code=code))
        self.offers = Offers(self.desk_pane.banner)
        self.drop = FileDrop(self, judge)
        self._lay_out()
        self._connect()

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        if self._seen is None:
            self.state_pane.show_loading()
        self.in_background(
            "上报情况", partial(work.read, self._desk, self._outbox), self._show, self._not_read
        )

    def arrive(self) -> None:
        # A command beside the window may have reported meanwhile: always read anew.
        self._stale = True
        super().arrive()
        self._take_keyboard()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watch.stop()

    @property
    def part(self) -> str:
        return "join" if isinstance(self._seen, Unjoined) or self._rejoining else ""

    # --- reading and showing -------------------------------------------------------------------

    @Slot(object)
    def _show(self, seen: Seen | Unjoined) -> None:
        first = self._seen is None
        self._seen = seen
        if isinstance(seen, Seen):
            self.lists.show(seen)
            self.offers.stand(seen.state)
        elif self._may_join:
            self.joiner.resume(None, seen.asked)
        self._turn()
        if first:
            self._take_keyboard()

    def _turn(self) -> None:
        """Bring to the front what fits, with its title and its buttons."""
        joined = isinstance(self._seen, Seen) and not self._rejoining
        street = self._seen.street.name if isinstance(self._seen, Seen) else ""
        if joined:
            self._stack.setCurrentWidget(self.desk_pane)
        elif self._may_join:
            self._stack.setCurrentWidget(self.join_pane)
        else:
            self.state_pane.show_empty("还没有接入街道。", LEAD_ONLY)
            self._stack.setCurrentWidget(self.state_pane)
        self.title.set_title(TITLE if joined else JOIN_TITLE, street)
        self.take_button.setVisible(joined and self._desk.actor.may(Right.RECEIVE))
        self.key_menu.button.setVisible(joined and self._may_join)
        self.back.setVisible(self._rejoining)

    def _not_read(self, fault: Fault) -> None:
        self.state_pane.show_fault(fault)
        self._stack.setCurrentWidget(self.state_pane)

    def _take_keyboard(self) -> None:
        front = self._stack.currentWidget()
        if front is self.desk_pane:
            self.desk_pane.take_keyboard()
        elif front is self.join_pane:
            self.join_pane.take_keyboard()
        else:
            self.state_pane.press()

    @property
    def _may_join(self) -> bool:
        return self._desk.actor.may(Right.MANAGE_STATION)

    @Slot(object)
    def _plugged(self, plugged: Plugged) -> None:
        self.desk_pane.hero.standing.targets.set_drives(plugged.drives)
        self.join_pane.targets.set_drives(plugged.drives)
        self.offers.lie_on_stick(plugged.files)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Files were dropped, or the offer of a stick was taken."""
        front = self._stack.currentWidget()
        papers = [path for path in paths if suffix(path) == PAPER]
        if front is self.join_pane:
            self.joiner.take(papers[0]) if papers else self._say_refused(JOIN_FIRST)
            return
        if front is not self.desk_pane:
            self._say_refused(LEAD_ONLY)
            return
        if papers:
            self._say_refused(
                f"“{papers[0].name}”是接入街道用的文件，本站已经接入，没有导入，数据没有改动。"
                "要换街道或重新接入，请先在“更多”里选“重新接入街道”。"
            )
            return
        if not self._desk.actor.may(Right.RECEIVE):
            self._say_refused("您的角色没有“收件”权限，没有导入。请由窗口同事或站长导入回执。")
            return
        self.receiver.take(paths)

    @Slot(object)
    def _say_refused(self, words: str) -> None:
        tell(self, "没有导入", words, tone="warn")

    @Slot(object)
    def _joined(self, joined: Joined) -> None:
        self._rejoining = self.joiner.new_key = False
        told = f"已接入{joined.street.name}"
        tell(self, told, "接入完成，现在可以上报了。第一次上报会带上全部台账。", tone="ok")
        self.tell_changed(Changed(frozenset({KIND}), (), joined), told)

    @Slot(object)
    def rejoin(self, new_key: bool) -> None:
        """Join anew: another street, the same one on another PC, or with another key."""
        self._rejoining, self.joiner.new_key = True, new_key
        if isinstance(self._seen, Seen):
            self.joiner.resume(self._seen.street, None)
        self.joiner.start_anew()
        self._turn()
        self.join_pane.take_keyboard()

    @Slot()
    def _come_back(self) -> None:
        self._rejoining = self.joiner.new_key = False
        self._turn()
        self._take_keyboard()

    # --- inside --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.watch.changed.connect(self._plugged)
        self.offers.wanted.connect(self.take_files)
        self.offers.choose_wanted.connect(self.receiver.choose)
        self.drop.dropped.connect(self.take_files)
        self.drop.refused.connect(self._say_refused)
        self.take_button.clicked.connect(self.receiver.choose)
        self.key_menu.rejoin_wanted.connect(self.rejoin)
        self.back.clicked.connect(self._come_back)
        self.joiner.joined.connect(self._joined)
        self.state_pane.next_step.connect(self.load)
        self.sending.over.connect(self.load)
        self.receiver.over.connect(self.load)
        self.receiver.reconciled.connect(self.lists.show_met)
        self.desk_pane.hero.closed.connect(self._take_keyboard)

    def _lay_out(self) -> None:
        EnterKey(self, self.take_button, self.back, self.key_menu.button)
        for button in (self.back, self.take_button, self.key_menu.button):
            self.title.add_secondary(button)
            button.hide()
        self._stack = QStackedWidget(self)
        for front in (self.state_pane, self.join_pane, self.desk_pane):
            self._stack.addWidget(front)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self._stack, 1)
        self.drop.raise_()
