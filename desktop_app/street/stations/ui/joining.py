"""How stations join: the invitation goes out, a request comes back, and is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.service import RequestLook
from desktop_app.storage.session import Desk
from desktop_app.street.stations import service
from desktop_app.street.stations.service import InvitationSaved, WelcomeSaved
from desktop_app.street.stations.ui.join_sheets import (
    InvitationDone,
    InviteSheet,
    RequestSheet,
    WelcomeDone,
)
from desktop_app.street.stations.ui.paper_sheet import PaperKeySheet
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

REQUESTS = "站点的申请文件 (*.json);;所有文件 (*)"
DIFFERS = "核对码对不上，没有接收"
DIFFERS_WORDS = (
    "这份申请可能拿错了，也可能在路上被人换过，本机没有任何改动。\n"
    "请站点重新生成一份，由认识的人用自己的 U 盘当面送来，再核对一次；"
    "还是对不上，请不要接收，并报告负责人。"
)


class Joiner(QObject):
    """Everything is done off the window's thread; `changed` tells the page to tell the window."""

    plugged = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, page: Page) -> None:
        super().__init__(page)
        self._desk, self._runner, self._page = desk, runner, page
        self._drives: tuple[object, ...] = ()

    def set_drives(self, drives: tuple[object, ...]) -> None:
        """These sticks are plugged in now."""
        self._drives = drives
        self.plugged.emit(drives)

    # --- the invitation ------------------------------------------------------------------------

    @Slot()
    def invite(self) -> None:
        """Ask where the file for the stations is to go, and write it there."""
        sheet = InviteSheet(self._page)
        self._follow_drives(sheet)
        sheet.carry_out(self._runner, partial(self._invited, sheet), self._show_invited)

    def _invited(self, sheet: InviteSheet, _job: Job) -> InvitationSaved:
        return service.save_invitation(self._desk, sheet.folder)

    def _show_invited(self, saved: InvitationSaved) -> None:
        """The key on paper first: it is shown this once."""
        if saved.paper_key is None:
            self._show_done(saved)
            return
        station, zone = self._desk.database.station, self._desk.database.zone
        now = zone.local(self._desk.database.clock.now())
        sheet = PaperKeySheet(
            self._page, self._runner, saved.paper_key, station.name, saved.fingerprint, now
        )
        sheet.answered.connect(partial(self._show_done, saved))
        sheet.open()

    def _show_done(self, saved: InvitationSaved, _answer: object = None) -> None:
        zone, today = self._desk.database.zone, self._desk.today
        InvitationDone(self._page, saved, zone.day(saved.expires_at), today).open()

    # --- the request ---------------------------------------------------------------------------

    @Slot()
    def choose_request(self) -> None:
        """Ask for the file a station has brought."""
        choose_file(self._page, "选择站点的申请文件", REQUESTS, self.take_request)

    def take_request(self, name: str) -> None:
        """Look into it, and ask whether it is to be accepted."""
        path = Path(name)
        work = partial(_look, self._desk, path)
        done = partial(self._show_request, path)
        self._page.in_background("查看申请文件", work, done, self._not_looked)

    def _show_request(self, path: Path, answer: tuple[bytes, RequestLook]) -> None:
        content, look = answer
        sheet = RequestSheet(self._page, look, path.parent)
        self._follow_drives(sheet)
        sheet.differs.connect(self._say_differs)
        sheet.carry_out(self._runner, partial(self._accepted, content, sheet), self._show_welcome)

    def _accepted(self, content: bytes, sheet: RequestSheet, _job: Job) -> WelcomeSaved:
        replaces = sheet.look.replaces
        return service.accept(
            self._desk, content, sheet.folder, replace_pc=replaces, expected=sheet.typed_code
        )

    def _show_welcome(self, saved: WelcomeSaved) -> None:
        entry = saved.station
        changed = Changed(frozenset({KIND.name}), (entry.uid,), entry)
        self._page.tell_changed(changed, f"已接收 {entry.name}")
        WelcomeDone(self._page, saved).open()

    @Slot()
    def _say_differs(self) -> None:
        tell(self._page, DIFFERS, DIFFERS_WORDS, tone="late")

    def _not_looked(self, fault: Fault) -> None:
        tell_fault(self._page, "没有接收", fault)

    def _follow_drives(self, sheet: InviteSheet | RequestSheet) -> None:
        sheet.targets.set_drives(self._drives)  # type: ignore[arg-type]
        self.plugged.connect(sheet.targets.set_drives)


def choose_file(page: Page, title: str, names: str, done: Callable[[str], None]) -> QFileDialog:
    """Open the system's window for one file."""
    chooser = QFileDialog(page, title)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.setNameFilter(names)
    chooser.fileSelected.connect(done)
    chooser.open()
    return chooser


def _look(desk: Desk, path: Path, _job: Job) -> tuple[bytes, RequestLook]:
    return service.look_at_request(desk, path)
