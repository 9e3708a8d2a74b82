"""另存为图片: the button that asks where, and writes the charts on show as one picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.station.period_figures import service
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.ui.picture import picture_of
from desktop_app.storage.session import Desk
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.page import Page

WORD = "另存为图片"


class SavePicture(QPushButton):
    """Gone where there is nothing to draw, and for who may not take anything along."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(WORD, page)
        self._desk, self._page = desk, page
        self._report: PeriodFigures | None = None
        put_icon(self, "download")
        self.hide()
        self.clicked.connect(self._ask_where)

    def set_report(self, report: PeriodFigures | None) -> None:
        """What is on show now."""
        self._report = report
        may = self._desk.actor.may(Right.EXPORT)
        self.setVisible(may and report is not None and bool(report.charts))

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Write the charts on show, off the window's thread."""
        report = self._report
        if report is None:
            return
        picture = picture_of(report)

        def work(_job: Job) -> Path:
            return service.save_picture(self._desk, Path(path), picture, report.period)

        self.setEnabled(False)
        self._page.in_background("保存图片", work, self._saved, self._not_saved)

    @Slot()
    def _ask_where(self) -> None:
        if self._report is None:
            return
        chooser = QFileDialog(self, WORD)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setNameFilter("PNG 图片 (*.png)")
        chooser.setDefaultSuffix("png")
        chooser.selectFile(f"报表 {self._report.period.label}.png")
        chooser.fileSelected.connect(self.save_to)
        chooser.open()

    def _saved(self, path: Path) -> None:
        self.setEnabled(True)
        self._page.tell_changed(Changed(frozenset(), (), path), f"图片已保存到 {path}")

    def _not_saved(self, fault: Fault) -> None:
        self.setEnabled(True)
        self._page.say_fault(fault)
