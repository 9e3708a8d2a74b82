"""A stick was plugged in: what lies on it that was never taken in, one key away from 收件."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.core.job import Job
from desktop_app.core.wording import number
from desktop_app.registers.offices.ui.drive_watch import DriveWatch, Plugged
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.notify import Banner

TAKE = "收件"
TAKE_KEY = "Ctrl+Return"


class StickOffer(Banner):
    """`agreed` carries the files, when somebody pressed the button or its key."""

    agreed = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget, *, may_take: bool) -> None:
        super().__init__(parent)
        self._desk, self._runner, self._may_take = desk, runner, may_take
        self.files: tuple[Path, ...] = ()
        self.drives = DriveWatch(runner, self, service.is_parcel)
        self.drives.changed.connect(self.look_again)
        self.pressed.connect(self._agree)
        shortcut = QShortcut(QKeySequence(TAKE_KEY), parent)
        shortcut.activated.connect(self._agree)

    @Slot()
    def look_again(self) -> None:
        """Something was plugged in or pulled out, or files were taken in meanwhile."""
        plugged = self.drives.plugged
        if not plugged.files or not self._may_take:
            self._show(())
            return
        work = partial(_new, self._desk, plugged)
        self._runner.start("查看 U 盘", work, device=True).done.connect(self._show)

    @Slot(object)
    def _show(self, files: tuple[Path, ...]) -> None:
        self.files = files
        if not files:
            self.withdraw()
            return
        names = [
            one.name
            for one in self.drives.plugged.drives
            if any(path.is_relative_to(one.path) for path in files)
        ]
        whose = "、".join(f"“{name}”" for name in names)
        words = f"U 盘{whose}里有 {number(len(files))} 个没有收过的上报包。"
        self.warn(words, tone="info", step=f"{TAKE}  Ctrl+Enter")

    @Slot()
    def _agree(self) -> None:
        files, self.files = self.files, ()
        if files:
            self.withdraw()
            self.agreed.emit(files)


def _new(desk: Desk, plugged: Plugged, _job: Job) -> tuple[Path, ...]:
    return service.never_taken(desk, plugged.files)
