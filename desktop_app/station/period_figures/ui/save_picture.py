"""另存为图片: the charts on show as one picture."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop_app.core.rights import Right
from desktop_app.station.period_figures import service
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.ui.picture import picture_of
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page
from desktop_app.widgets.save_as import SaveAs, Write

WORD = "另存为图片"


class SavePicture(SaveAs):
    """Gone where there is nothing to draw, and for who may not take anything along."""

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(WORD, "图片", "png", page)
        self._desk = desk

    def set_report(self, report: PeriodFigures | None) -> None:
        """What is on show now."""
        if report is None or not report.charts or not self._desk.actor.may(Right.EXPORT):
            self.offer("", None)
            return
        self.offer(f"报表 {report.period.label}", partial(self._paint, report))

    def _paint(self, report: PeriodFigures) -> Write:
        picture = picture_of(report)

        def write(path: Path) -> Path:
            return service.save_picture(self._desk, path, picture, report.period)

        return write
