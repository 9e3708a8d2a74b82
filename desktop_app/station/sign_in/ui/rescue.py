"""Nobody can sign in and the sealed code is gone: the station asks its street for help."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.sign_in import service
from desktop_app.station.sign_in.house import House
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.jobs import JobRunner

ASK = "恢复码也没有？请街道帮忙…"
SAVED = "求助文件已保存"
NOT_SAVED = "没有保存求助文件"
HOW = (
    "请把它交给街道，并打街道的公开电话说明是谁。街道核实以后在电话里念一个救援码，"
    "把它填到“恢复码”里，再设新密码。文件里没有居民的资料，别人拿到也打不开。"
)


class AskTheStreet(QPushButton):
    """Writes the file that only the street can read; hidden where nothing was left with it."""

    def __init__(self, house: House, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(ASK, parent)
        self._house, self._runner = house, runner
        self.clicked.connect(self._ask_where)

    @Slot()
    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chooser = QFileDialog(self, "保存求助文件", folder, "求助文件 (*.json)")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("json")
        chooser.selectFile(f"求助-{self._house.home.about.code}.json")
        chooser.fileSelected.connect(self.save)
        chooser.open()

    @Slot(str)
    def save(self, target: str) -> None:
        """Write the file there and say what to do with it."""
        work = partial(_written, self._house, Path(target))
        ticket = self._runner.start("保存求助文件", work)
        ticket.done.connect(self._saved)
        ticket.failed.connect(self._failed)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        tell(self, SAVED, f"{path}\n{HOW}", tone="ok")

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        tell_fault(self, NOT_SAVED, fault)


def _written(house: House, path: Path, _job: Job) -> Path:
    return service.ask_the_street(house, path)
