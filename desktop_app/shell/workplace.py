"""What a signed-in operator sees: rail, pages, strips. Brings routes, changes and pages together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage, Route
from desktop_app.core.settings import LOCK_AFTER_MINUTES
from desktop_app.shell.pages import pages_for, rail_entries, spec_named, spec_showing
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings
from desktop_app.widgets.dialogs import tell_fault
from desktop_app.widgets.icons import icon
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.notify import Banner, StatusStrip, UndoStrip
from desktop_app.widgets.page import Page
from desktop_app.widgets.rail import Rail
from desktop_app.widgets.tokens import SPACE

POLL_MILLISECONDS = 3000
WIDE_RAIL_FROM = 1600
NEVER_REPORTED = "尚未向街道上报"
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ClerkCorner(QWidget):
    """Who sits here, and the button that locks the screen or changes seats."""

    lock_wanted = Signal()

    def __init__(self, name: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = QLabel(name, self)
        self._name.setProperty("role", "small")
        self._name.setToolTip(f"{name}（{role}）")
        self._button = QPushButton("锁屏", self)
        self._button.setIcon(icon("lock"))
        self._button.setProperty("role", "plain")
        self._button.setToolTip("锁屏或换人（Ctrl+L）")
        self._button.clicked.connect(self.lock_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.hair, SPACE.small, SPACE.hair, SPACE.medium)
        column.setSpacing(SPACE.hair)
        column.addWidget(self._name)
        column.addWidget(self._button)
        for number in range(column.count()):
            column.setAlignment(column.itemAt(number).widget(), _CENTRE)


class Workplace(QWidget):
    """The window's content for one operator; it is thrown away when somebody else takes the seat."""

    lock_wanted = Signal()
    theme_wanted = Signal(object)

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.desk = desk = session.desk
        self._runner = runner
        self._pages: dict[str, Page] = {}
        self._before: list[tuple[str, object]] = []
        self._now: tuple[str, object] = ("", None)
        self.banner = Banner(self)
        self.rail = Rail(rail_entries(desk.actor), self)
        self.status = StatusStrip(runner, self)
        self.status.set_reported(NEVER_REPORTED, waiting=True)
        self._stack = QStackedWidget(self)
        self._corner = ClerkCorner(desk.actor.name, desk.actor.role, self)
        self._lay_out()
        self.undo = UndoStrip(self)
        self.undo.gone.connect(self._place_strip)
        self.rail.chosen.connect(self.show_page)
        self._corner.lock_wanted.connect(self.lock_wanted)
        self._add_keys()
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self._look_for_others)
        self._poll.start()

    @property
    def current_page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._now[0])

    def start(self) -> None:
        """Go to the first page this operator may use."""
        self.show_page(pages_for(self.desk.actor)[0].key)

    def come_back(self) -> None:
        """The same operator unlocked the screen: everything is as it was."""
        if self.current_page is not None:
            self.current_page.arrive()

    def lock_minutes(self) -> int:
        """After how many idle minutes the screen locks itself."""
        with self.desk.reading(needs=Right.SIGN_IN) as connection:
            return read_settings(connection)[LOCK_AFTER_MINUTES]

    def may_close(self) -> bool:
        """Whether nothing would be lost if the window closed now; drafts are kept by their forms."""
        return all(page.may_leave() for page in self._pages.values())

    @Slot(object)
    def show_page(self, key: str) -> None:
        """Bring a page of the rail to the front."""
        self._before.clear()
        self._come_to(key, None)

    @Slot(object)
    def follow(self, route: Route) -> None:
        """Go where a page asked to go."""
        if isinstance(route, OpenPage):
            self.show_page(route.page)
            page = self._pages[route.page]
            if route.search:
                page.search_for(route.search)
            return
        spec = spec_showing(route.kind)
        if spec is not None:
            self._before.append(self._now)
            self._come_to(spec.key, route)

    @Slot()
    def back(self) -> None:
        """Esc on a record's page: back to where one came from."""
        if self._before:
            self._come_to(*self._before.pop())

    @Slot(object)
    def take_change(self, news: tuple[Changed[Any], str]) -> None:
        """A page changed something: tell the others, and offer to take it back."""
        changed, sentence = news
        self._spread(changed.kinds)
        self._mark_saved()
        undo = changed.undo
        action = None if undo is None else partial(self._take_back, undo.call, sentence)
        self.undo.offer(sentence, action)
        self._place_strip()

    def _come_to(self, key: str, target: object) -> None:
        page = self._pages.get(key) or self._make(key)
        self._now = (key, target)
        self._stack.setCurrentWidget(page)
        self.rail.set_active(key)
        if isinstance(target, Open):
            page.open_record(target.uid)
        page.arrive()

    def _make(self, key: str) -> Page:
        page = spec_named(key).build(self._session, self._runner, self._stack)
        page.routed.connect(self.follow)
        page.changed.connect(self.take_change)
        theme_wanted = getattr(page, "theme_wanted", None)
        if theme_wanted is not None:
            theme_wanted.connect(self.theme_wanted)
        self._pages[key] = page
        self._stack.addWidget(page)
        return page

    def _take_back(self, call: Callable[[Desk], Changed[Any]], sentence: str) -> None:
        try:
            undone = call(self.desk)
        except Fault as fault:
            tell_fault(self, "没有撤销", fault)
            return
        self._spread(undone.kinds)
        self.undo.offer(f"已撤销：{sentence}")
        self._place_strip()

    def _spread(self, kinds: frozenset[str]) -> None:
        for page in self._pages.values():
            page.take(kinds)

    def _mark_saved(self) -> None:
        database = self.desk.database
        at = database.zone.local(database.clock.now())
        self.status.set_saved(f"{at:%H:%M} 已保存")

    @Slot()
    def _look_for_others(self) -> None:
        ticket = self._runner.start("看看别处的改动", self._others_wrote, quick=True)
        ticket.done.connect(self._others_answered)

    def _others_wrote(self, _job: Job) -> bool:
        return self.desk.database.others_wrote()

    @Slot(object)
    def _others_answered(self, wrote: bool) -> None:
        if wrote:
            self._spread(frozenset().union(*(page.kinds for page in self._pages.values())))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.rail, 1)
        left.addWidget(self._corner)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left)
        across.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)

    def _add_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+L", self.lock_wanted.emit),
            ("F2", self._start_new),
            ("Ctrl+F", self._start_search),
            ("Alt+Left", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    @Slot()
    def _start_new(self) -> None:
        if self.current_page is not None:
            self.current_page.start_new()

    @Slot()
    def _start_search(self) -> None:
        if self.current_page is not None:
            self.current_page.start_search()

    @Slot()
    def _place_strip(self) -> None:
        wide = min(560, self._stack.width() - 2 * SPACE.wide)
        self.undo.setFixedWidth(max(320, wide))
        self.undo.adjustSize()
        left = self._stack.x() + (self._stack.width() - self.undo.width()) // 2
        top = self.height() - self.status.height() - self.undo.height() - SPACE.medium
        self.undo.move(left, top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_wide(self.width() >= WIDE_RAIL_FROM)
        self._place_strip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "undo"):
            self._place_strip()
