"""A paper leaves the program, on paper or as a file: it is kept as it is, and the copy is noted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.changes import Changed
from desktop_app.core.job import Job
from desktop_app.ledgers.papers.rules import CopyKind, Paper
from desktop_app.station.papers import service
from desktop_app.station.papers.service import Drafted
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page
from desktop_app.widgets.pdf_view import NamedPdf, PdfView


class PaperLeaving(QObject):
    """`kept` carries the `CopyKind` and what changed, once the copy is noted.

    `shown` says what is on the screen: a kept paper, or one that was made and not kept yet.
    """

    kept = Signal(object, object)

    def __init__(
        self, desk: Desk, page: Page, view: PdfView, shown: Callable[[], Paper | Drafted | None]
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._view, self._shown = desk, page, view, shown
        self._folder: Path | None = None
        view.save_wanted.connect(self._ask_where)
        view.folder_wanted.connect(self._open_folder)
        view.printed.connect(self._printed)

    @Slot(str)
    def save_as(self, target: str) -> None:
        """Write what is shown into that file, and keep it."""
        shown = self._shown()
        if shown is not None:
            work = partial(_written, self._desk, shown, Path(target))
            self._page.in_background("另存文书", work, self._saved)

    @Slot(object)
    def _ask_where(self, named: NamedPdf) -> None:
        folder = self._folder or Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        chooser = QFileDialog(self._page, "另存为", str(folder), "PDF (*.pdf)")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.selectFile(named.name)
        chooser.fileSelected.connect(self.save_as)
        chooser.open()

    def _saved(self, path: Path) -> None:
        self._folder = path.parent
        self._view.tell_saved(f"已保存 {path.name}，已从磁盘读回核对。")
        self._note(CopyKind.SAVED)

    @Slot(object)
    def _printed(self, _pages: object) -> None:
        self._note(CopyKind.PRINTED)

    def _note(self, copy: CopyKind) -> None:
        shown = self._shown()
        if shown is not None:
            work = partial(_noted, self._desk, shown, copy)
            self._page.in_background("存档", work, partial(self.kept.emit, copy))

    @Slot()
    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _written(desk: Desk, shown: Paper | Drafted, target: Path, _job: Job) -> Path:
    pdf = shown.pdf if isinstance(shown, Drafted) else service.content(desk, shown.uid)
    return service.save(desk, target, pdf)


def _noted(desk: Desk, shown: Paper | Drafted, copy: CopyKind, _job: Job) -> Changed[Paper]:
    if isinstance(shown, Drafted):
        return service.keep(desk, shown, copy)
    return service.left(desk, shown.uid, copy)
