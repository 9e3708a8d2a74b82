"""Spreadsheets and the window: one that is dropped anywhere is taken in, and an import that a
program left behind when it died is taken back before anybody wonders at it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app import catalog
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import SHEET_ENDINGS, import_for
from desktop_app.station.importing import service
from desktop_app.station.importing.rules.history import LEFT_ALONE_MS
from desktop_app.station.importing.service import resuming
from desktop_app.station.importing.service.resuming import Unended
from desktop_app.storage.session import Desk
from desktop_app.widgets.file_drop import DropAnswer, FileDrop
from desktop_app.widgets.jobs import JobRunner

_MORE_MS = 1_000
TITLE = "撤回没有完成的导入"
ONE_ONLY = "一次只导入一份表格，请一份一份拖过来。"


def is_sheet(path: Path) -> bool:
    """Whether a file is one that leads to the wizard, by its name."""
    return path.suffix.lower() in SHEET_ENDINGS


def judge(paths: Sequence[Path]) -> DropAnswer | None:
    """What letting go of these files over the window would do; None for what is nothing of ours."""
    sheets = tuple(path for path in paths if is_sheet(path))
    if not sheets:
        return None
    if len(paths) > 1:
        return DropAnswer((), ONE_ONLY)
    return DropAnswer(sheets, f"松开，导入表格 {sheets[0].name}")


class SheetIntake(QObject):
    """`wanted` carries a route, `refused` a sentence. After an import that was left behind has been
    taken back, `moved` carries the kinds of record it may have written, `told` the sentence."""

    wanted = Signal(object)
    refused = Signal(object)
    moved = Signal(object)
    told = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._runner = desk, runner
        self.drop: FileDrop | None = None
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(LEFT_ALONE_MS + _MORE_MS)
        self.again.timeout.connect(self.recover)
        if desk.actor.may(Right.HANDLE) and not desk.database.station.is_street:
            self.drop = FileDrop(window, judge)
            self.drop.dropped.connect(self._take)
            self.drop.refused.connect(self.refused)

    @Slot()
    def recover(self) -> None:
        """Take back what a program that died has left; behind whatever the counter does."""
        if self.drop is not None:
            ticket = self._runner.start("没有完成的导入", self._look, quick=True)
            ticket.done.connect(self._found)

    def _look(self, _job: Job) -> Unended:
        return resuming.unended(self._desk)

    @Slot(object)
    def _found(self, found: Unended) -> None:
        if found.moving:
            # Whoever starts again at once after a power cut is quicker than one can tell.
            self.again.start()
        if found.left_behind:
            ticket = self._runner.start(TITLE, partial(service.recover, self._desk))
            ticket.done.connect(self._recovered)

    @Slot(object)
    def _take(self, paths: tuple[Path, ...]) -> None:
        self.wanted.emit(import_for(path=paths[0]))

    @Slot(object)
    def _recovered(self, count: int) -> None:
        if count:
            self.moved.emit(frozenset(catalog.sheets()))
            self.told.emit(
                "上次有一份表格导入到一半，程序就关掉了。已写入的都撤回了，没有留下任何内容；"
                "请重新导入一次。"
            )
