"""Opens one PDF in the preview and says how long it took until the first page was painted.

`python -m tests.speed.preview_window warm|cold PAGES` prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page_pictures import PageKey, PagePictures
from desktop_app.widgets.pdf_pages import page_sizes, render
from desktop_app.widgets.pdf_view import PdfView
from desktop_app.widgets.theme import Theme, apply_theme
from tests.widgets.pdfs import pdf

LINE = "张淑芬　医保参保登记　金色家园 3-2-501　即时办结　11月23日"


class Watch(QObject):
    """Begins, and notes the end of the first paint after the picture of the first page came."""

    def __init__(self, view: PdfView, data: bytes) -> None:
        super().__init__()
        self._view, self._data = view, data
        self._key: PageKey | None = None
        self._began = 0.0
        self.painted_ms = 0.0
        pictures = view.findChild(PagePictures)
        assert isinstance(pictures, PagePictures)
        pictures.arrived.connect(self._came)
        view.canvas.viewport().installEventFilter(self)

    @property
    def key(self) -> PageKey:
        """The picture that was waited for."""
        assert self._key is not None
        return self._key

    def begin(self) -> None:
        self._began = time.perf_counter()
        self._view.show_pdf(self._data, "登记表.pdf")

    def _came(self, key: PageKey) -> None:
        if self._key is None and key.page == 0:
            self._key = key

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._key is not None and not self.painted_ms:
            # Taken up after the paint event that is about to happen.
            QTimer.singleShot(0, self._end)
        return False

    def _end(self) -> None:
        if not self.painted_ms:
            self.painted_ms = (time.perf_counter() - self._began) * 1000
            QApplication.quit()


def main(state: str, pages: int) -> int:
    data = pdf([[LINE] * 22 for _ in range(pages)])
    app = QApplication(["preview"])
    apply_theme(app, Theme())
    runner = JobRunner()
    window = QWidget()
    view = PdfView(runner, window)
    QVBoxLayout(window).addWidget(view)
    window.resize(1366, 768)
    window.show()
    while state == "warm" and runner.running:
        app.processEvents()
    watch = Watch(view, data)
    QTimer.singleShot(0, watch.begin)
    app.exec()
    runner.shut_down()
    began = time.perf_counter()
    render(data, watch.key.page, watch.key.pixels)
    bare = (time.perf_counter() - began) * 1000
    assert len(page_sizes(data)) == pages
    print(json.dumps({"painted_ms": watch.painted_ms, "bare_ms": bare}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
