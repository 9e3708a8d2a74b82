"""The one window: the door, the lock, or the workplace of whoever signed in."""

from __future__ import annotations

import importlib
import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.sign_in import service
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.ui.door import PRODUCT
from desktop_app.station.sign_in.ui.page import SignInPage
from desktop_app.storage.home import Edition
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.tokens import LEAST_WINDOW

if TYPE_CHECKING:
    from desktop_app.core.changes import Changed
    from desktop_app.shell.closing import ClosingBackup
    from desktop_app.shell.idle import IdleWatch
    from desktop_app.shell.workplace import Workplace
    from desktop_app.station.sign_in.session import Session
    from desktop_app.storage.session import Desk

log = logging.getLogger(__name__)

WARM_UP_AFTER_MS = 150
"""Long enough for the sign-in screen to be painted, short against the typing of a password."""


class MainWindow(QWidget):
    """Shows one thing at a time. `look_wanted` carries a change of this PC's look, `signed_in` the
    name of who came in by password, `page_made` a page shown for the first time."""

    look_wanted = Signal(object)
    signed_in = Signal(object)
    page_made = Signal(object)
    gone = Signal()
    ready = Signal()

    def __init__(self, house: House, *, last: str = "") -> None:
        super().__init__()
        self._house, self._last = house, last
        self._session: Session | None = None
        self._workplace: Workplace | None = None
        self._leaving = False
        self.left_behind = False
        self._closing: ClosingBackup | None = None
        self.runner = JobRunner(self)
        self.setWindowTitle(f"{PRODUCT} · {house.station_name}")
        self.setMinimumSize(*LEAST_WINDOW)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._idle: IdleWatch | None = None
        self.show_sign_in()

    @property
    def workplace(self) -> Workplace | None:
        """What the signed-in operator sees, if anybody has signed in."""
        return self._workplace

    @property
    def session(self) -> Session | None:
        return self._session

    @Slot()
    def show_sign_in(self) -> None:
        """The first screen; the heavy libraries are loaded behind it."""
        page = SignInPage(self._house, self.runner, self._stack, last=self._last)
        page.signed_in.connect(self._begin)
        page.recovery_wanted.connect(self._show_recovery)
        self._show_only(page)
        QTimer.singleShot(WARM_UP_AFTER_MS, self._warm_up)

    @Slot()
    def lock(self) -> None:
        """Hide everything behind the lock; half-filled forms stay where they are."""
        if self._session is None or self._workplace is None or self._session.locked:
            return
        from desktop_app.station.sign_in.ui.lock import LockPage

        if self._idle is not None:
            self._idle.rest()
        session = self._session
        session.locked = True
        self._workplace.curtain.draw()
        page = LockPage(self._session, self.runner, self._stack)
        page.taken.connect(self._seat)
        page.leave_wanted.connect(self.close)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

        def work(_job: Job) -> None:
            session.record_lock()

        # Behind the lock: a disk that is full or slow must not leave names on the screen.
        self.runner.start("锁屏", work, quick=True)

    def shut_down(self) -> None:
        """Stop jobs, close the database, give the home back."""
        if self._idle is not None:
            self._idle.rest()
        self.left_behind = not self.runner.shut_down()
        session, self._session = self._session, None
        try:
            if session is not None:
                session.sign_out()
        except Fault as fault:
            # The database is closed all the same; only the line in the audit is missing.
            log.warning("signing out was not recorded: %s", type(fault).__name__)
        finally:
            self._house.close()
            self.gone.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        workplace = self._workplace
        if workplace is not None and not workplace.pages.may_close():
            event.ignore()
            self._say_unsaved()
            return
        if self._session is not None and self._session.locked is False and not self._leaving:
            event.ignore()
            if self._closing is None:
                self._back_up_and_leave(self._session)
            return
        self.shut_down()
        super().closeEvent(event)

    def _say_unsaved(self) -> None:
        """The page asked its question; before a locked screen nobody can see it."""
        from desktop_app.station.sign_in.ui.lock import LockPage

        page = self._stack.currentWidget()
        if isinstance(page, LockPage):
            page.say_unsaved()

    def _back_up_and_leave(self, session: Session) -> None:
        from desktop_app.shell.closing import ClosingBackup

        self._closing = ClosingBackup(session, self.runner, self)
        self._closing.over.connect(self._leave)
        self._closing.stayed.connect(self._stay)
        self._closing.start()

    @Slot()
    def _stay(self) -> None:
        self._closing = None

    @Slot()
    def _leave(self) -> None:
        self._leaving = True
        self.close()

    @Slot()
    def _warm_up(self) -> None:
        # A plain thread, not a job: it only imports, and nothing waits for it at the end.
        first = _FIRST_PAGES[self._house.home.about.edition]
        warm_up = partial(_import_ahead, first)
        threading.Thread(target=warm_up, name="jinlin-warm-up", daemon=True).start()

    @Slot()
    def _show_recovery(self) -> None:
        from desktop_app.station.sign_in.ui.passwords import RecoveryPage

        page = RecoveryPage(self._house, self.runner, self._stack)
        page.signed_in.connect(self._begin)
        page.back_wanted.connect(self.show_sign_in)
        self._show_only(page)

    @Slot(object)
    def _begin(self, session: Session) -> None:
        self._session = session
        if session.must_change_password:
            from desktop_app.station.sign_in.ui.passwords import NewPasswordPage

            page = NewPasswordPage(session, self.runner, self._stack)
            page.changed.connect(self._enter)
            self._show_only(page)
            return
        self._enter()

    @Slot()
    def _enter(self) -> None:
        assert self._session is not None
        self._seat(self._session.desk)
        self.signed_in.emit(self._session.desk.actor.name)

    @Slot(object)
    def _seat(self, desk: Desk) -> None:
        from desktop_app.shell.workplace import Workplace

        assert self._session is not None
        same = self._workplace is not None and self._workplace.desk.actor.uid == desk.actor.uid
        if self._session.must_change_password:
            self._begin(self._session)
            return
        if not same:
            # The session and house travel with the workplace for 设置 · 操作员 and 备份.
            workplace = Workplace(self._session, self.runner, self._stack)
            workplace.lock_wanted.connect(self.lock)
            workplace.look_wanted.connect(self.look_wanted)
            workplace.pages.changed.connect(self._follow_settings)
            workplace.pages.made.connect(self.page_made)
            self._workplace = workplace
        assert self._workplace is not None
        self._show_only(self._workplace)
        if same:
            self._workplace.curtain.lift()
            self._workplace.pages.come_back()
        else:
            self._workplace.start()
        self._watch_idleness(self._workplace.lock_minutes())
        self.ready.emit()

    def _watch_idleness(self, minutes: int) -> None:
        # Only from here on: every event of the application passes through the watch.
        if self._idle is None:
            from desktop_app.shell.idle import IdleWatch

            self._idle = IdleWatch(self._house.clock, self)
            self._idle.idle.connect(self.lock)
        self._idle.watch(minutes)

    @Slot(object)
    def _follow_settings(self, news: tuple[Changed[Any], str]) -> None:
        if self._workplace is not None and "settings" in news[0].kinds:
            self._watch_idleness(self._workplace.lock_minutes())

    def _show_only(self, page: QWidget) -> None:
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        for number in reversed(range(self._stack.count())):
            other = self._stack.widget(number)
            if other is not page:
                self._stack.removeWidget(other)
                other.deleteLater()


_FIRST_PAGES = {
    Edition.STATION: "desktop_app.station.front_desk.ui.page",
    Edition.STREET: "desktop_app.street.inbox.ui.page",
}
"""Where somebody stands after the sign-in: the first of `shell.pages.PAGES`."""


def _import_ahead(first_page: str) -> None:
    """What the first screen after the sign-in needs, in the order in which it needs it."""
    service.warm_up()
    importlib.import_module("desktop_app.shell.workplace")
    importlib.import_module(first_page)
    # The readings of characters, by which stations and residents are found: 0.3 s to load.
    importlib.import_module("desktop_app.core.pinyin").warm_up()
