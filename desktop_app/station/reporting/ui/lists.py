"""What the lists of the page do: a 上报 in full, or sent again; a record opened to be filled in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.station.reporting import service
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.station.reporting.rules.reports import Export
from desktop_app.station.reporting.ui import work
from desktop_app.station.reporting.ui.desk_pane import DeskPane
from desktop_app.station.reporting.ui.details import DetailsSheet
from desktop_app.station.reporting.ui.met import met_rows
from desktop_app.station.reporting.ui.sending import KIND, Sender
from desktop_app.station.reporting.ui.work import Seen
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import confirm
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

NOT_NEEDED = "记录本身不改动，只是不再列为待补。居民已搬走、联系不上时可以这样处理。"


class ListDesk(QObject):
    """Knows what was read last; the tables know only their words."""

    def __init__(
        self, desk: Desk, page: Page, pane: DeskPane, sender: Sender, runner: JobRunner
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._pane = desk, page, pane
        self._sender, self._runner = sender, runner
        self._seen: Seen | None = None
        pane.history.details_wanted.connect(self._show_details)
        pane.history.again_wanted.connect(self._send_again)
        pane.pending.open_wanted.connect(self._open)
        pane.pending.settle_wanted.connect(self._settle)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), pane).activated.connect(partial(self._turn, step))

    def show(self, seen: Seen) -> None:
        """Show what was read, and look for the folder that was used last."""
        self._seen = seen
        desk = self._desk
        self._pane.show_seen(seen, desk.database.zone, desk.today, self._page.places)
        sticks = tuple(one.path for one in self._pane.hero.standing.targets.drives)
        ticket = self._runner.start(
            "找上次的文件夹", partial(work.last_folder, seen.history, sticks), device=True
        )
        ticket.done.connect(self._folder_found)

    @Slot(object)
    def show_met(self, met: Reconciled) -> None:
        """List what 重新对账 came to, and tell the whole window that its records are other ones."""
        shelves = catalog.shelves()
        kinds = {shelf.kind.label: name for name, shelf in shelves.items()}
        self._pane.show_met(met_rows(met, kinds, self._page.places), self._open)
        everything = Changed(frozenset(shelves) | {KIND}, (), met)
        self._page.tell_changed(everything, "对账完成")

    @Slot(object)
    def _folder_found(self, folder: Path | None) -> None:
        targets = self._pane.hero.standing.targets
        if folder is not None and targets.folder is None:
            targets.set_folder(folder)

    @Slot(object)
    def _show_details(self, uid: str) -> None:
        export = self._export(uid)
        if export is not None:
            DetailsSheet(self._page, export, self._desk.database.zone, self._desk.today).open()

    @Slot(object)
    def _send_again(self, uid: str) -> None:
        export = self._export(uid)
        if export is not None:
            self._sender.send_again(export)

    @Slot(object)
    def _open(self, opens: tuple[str, Uid]) -> None:
        self._page.go(Open(*opens))

    @Slot(object)
    def _settle(self, record: tuple[str, Uid]) -> None:
        """Somebody has looked and nothing is to be filled in; asked first, as it has no undo."""
        sheet = confirm(self._page, "这条不用补了？", NOT_NEEDED, "不用补")
        sheet.answered.connect(partial(self._settled, record))

    @Slot(object)
    def _settled(self, record: tuple[str, Uid], answer: str) -> None:
        if answer == "yes":
            task = partial(_settle, self._desk, *record)
            self._page.in_background("待补已核对", task, self._told)

    def _told(self, _nothing: object) -> None:
        self._page.tell_changed(Changed(frozenset({KIND}), (), None), "已从待补里移出一条")

    @Slot()
    def _turn(self, step: int) -> None:
        tabs = self._pane.tabs
        self._pane.show_list((tabs.currentIndex() + step) % tabs.count())

    def _export(self, uid: str) -> Export | None:
        history = () if self._seen is None else self._seen.history
        return next((one for one in history if one.uid.hex == uid), None)


def _settle(desk: Desk, kind: str, uid: Uid, _job: Job) -> None:
    service.settle(desk, kind, uid)
