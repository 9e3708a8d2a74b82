"""How files come to be taken in: chosen, dropped, or found in the watched folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.rights import Right
from desktop_app.core.wording import number
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.ui import work
from desktop_app.street.inbox.ui.batch import Batch
from desktop_app.street.inbox.ui.choosing import ask_for_files, ask_for_folder
from desktop_app.street.inbox.ui.receipt_bar import ReceiptBar
from desktop_app.street.inbox.ui.strip import Told
from desktop_app.street.inbox.ui.watch_line import WatchLine
from desktop_app.street.inbox.ui.watcher import FolderWatch
from desktop_app.widgets.file_drop import DropAnswer, FileDrop
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

NOT_MINE = "您的角色没有“收件”权限，没有收件。请由街道经办或管理员收件。"


class Intake(QObject):
    """`came` tells that somebody brought files by hand, `refused` carries a `Told`."""

    came = Signal()
    refused = Signal(object)

    def __init__(
        self, desk: Desk, runner: JobRunner, page: Page, bar: ReceiptBar, line: WatchLine
    ) -> None:
        super().__init__(page)
        self._desk, self._runner, self._page = desk, runner, page
        self._bar, self._line = bar, line
        self.may_take = desk.actor.may(Right.RECEIVE)
        self.batch = Batch(desk, runner, self)
        self.folder = FolderWatch(desk, runner, self)
        self.drop = FileDrop(page, self._judge)
        self.drop.dropped.connect(self.take_dropped)
        self.drop.refused.connect(self._say_refused)
        self.folder.found.connect(self._found)
        self.folder.trouble.connect(line.show_trouble)
        line.choose_wanted.connect(self.choose_watched)
        line.stop_wanted.connect(partial(self.watch_folder, ""))

    @Slot()
    def choose(self) -> None:
        """Ask which files, one or many."""
        if self.may_take:
            ask_for_files(self._page, self.take_chosen)

    def take_chosen(self, names: Sequence[str]) -> None:
        """These were chosen."""
        self.take([Path(name) for name in names])

    @Slot(object)
    def take_dropped(self, paths: Sequence[Path]) -> None:
        """These were dropped; of a folder, the bundles in it."""
        job = partial(work.spread_out, tuple(paths))
        self._runner.start("查看文件夹", job, device=True).done.connect(self.take)

    def show_watched(self, folder: str) -> None:
        """This folder is looked into, by whoever may take in."""
        self._line.show_folder(folder)
        if self.may_take:
            self.folder.watch(folder)

    @Slot()
    def choose_watched(self) -> None:
        """Ask which folder is to be looked into."""
        ask_for_folder(self._page, "自动收件的文件夹", self.watch_folder, self.folder.folder)

    @Slot(str)
    def watch_folder(self, folder: str) -> None:
        """Look into this folder from now on; an empty name stops it."""
        try:
            changed = service.watch(self._desk, folder)
        except Fault as fault:
            self._page.say_fault(fault)
            return
        words = f"已设自动收件的文件夹：{folder}" if folder else "已停用自动收件"
        self._page.tell_changed(changed, words)

    @Slot(object)
    def take(self, paths: Sequence[Path]) -> None:
        """Take these in; their receipts go where the bar says."""
        if not paths:
            self._say_refused("文件夹里没有上报包（.jlb），没有收件。")
            return
        self.batch.add(tuple(paths), self._bar.place())
        self.came.emit()

    @Slot(object)
    def _found(self, paths: Sequence[Path]) -> None:
        self.batch.add(tuple(paths), self._bar.place())

    def _judge(self, paths: tuple[Path, ...]) -> DropAnswer:
        if not self.may_take:
            return DropAnswer((), NOT_MINE)
        return DropAnswer(paths, f"松开，收件 {number(len(paths))} 个")

    @Slot(object)
    def _say_refused(self, words: str) -> None:
        self.refused.emit(Told("warn", "没有收件", (words,)))
