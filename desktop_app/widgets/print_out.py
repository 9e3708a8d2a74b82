"""Prints a PDF on the system's printer: page by page in a job, as large as it is on paper.

The dialog is Qt's own (or the system's), with copies, both sides and pages. What is sent are
pictures of 300 dpi made by the same library that shows the pages, so paper and preview agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QRect, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import EnvironmentFault, Fault
from desktop_app.core.job import Job
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pdf_pages import POINTS_PER_INCH, PageSize, render

DPI = 300
"""Sharp for text of 8 points, and a quarter of the time and memory that 600 would take."""

NO_PRINTER = EnvironmentFault(
    "这台电脑上没有打印机，没有打印；文件没有改动。",
    "请先接上或添加打印机；也可以先另存为 PDF 文件，拿到别的电脑上打印。",
)


def printer_names() -> tuple[str, ...]:
    """The printers the system knows."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printer_for(sizes: Sequence[PageSize], name: str, preferred: str = "") -> QPrinter:
    """A printer set up for pages of these sizes: paper, orientation, the usual printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if preferred in printer_names():
        printer.setPrinterName(preferred)
    printer.setDocName(name)
    first = sizes[0]
    upright = QSizeF(min(first.width, first.height), max(first.width, first.height))
    printer.setPageSize(
        QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    )
    printer.setPageOrientation(_orientation(first))
    return printer


class PrintOut(QObject):
    """Asks where to print and prints. `printed` carries the count of pages, `failed` a `Fault`."""

    printed = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window

    def ask(self, data: bytes, sizes: Sequence[PageSize], name: str, preferred: str = "") -> None:
        """Open the print dialog over the window; without any printer say so."""
        if not printer_names():
            self.failed.emit(NO_PRINTER)
            return
        printer = printer_for(sizes, name, preferred)
        dialog = QPrintDialog(printer, self._window)
        dialog.setMinMax(1, len(sizes))
        dialog.setFromTo(1, len(sizes))
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintShowPageSize)
        # Files are written by storage, whole or not at all: that is what 另存为 is for.
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.accepted.connect(partial(self.send, data, sizes, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def send(self, data: bytes, sizes: Sequence[PageSize], printer: QPrinter) -> None:
        """Print on a printer that has been set up."""
        work = partial(print_pages, data, tuple(sizes), printer)
        ticket = self._runner.start("打印", work)
        ticket.done.connect(self._tell_printed)
        ticket.failed.connect(self._tell_failed)

    @Slot(object)
    def _tell_printed(self, count: object) -> None:
        self.printed.emit(count)

    @Slot(object)
    def _tell_failed(self, fault: Fault) -> None:
        self.failed.emit(fault)


def print_pages(data: bytes, sizes: Sequence[PageSize], printer: QPrinter, job: Job) -> int:
    """Send the pages to the printer; answers how many sheets' sides were printed.

    Raises `EnvironmentFault` when the printer does not take them. Cancelling takes back what the
    printer has not begun with.
    """
    order = _order(len(sizes), printer)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageOrientation(_orientation(sizes[order[0]]))
    painter = QPainter(printer)
    if not painter.isActive():
        raise _refused()
    try:
        for done, number in enumerate(order):
            if done:
                printer.setPageOrientation(_orientation(sizes[number]))
                if not printer.newPage():
                    raise _refused()
            job.progress(done, len(order), f"第 {done + 1} 页，共 {len(order)} 页")
            area = _area(sizes[number], printer)
            painter.drawImage(area, _picture(data, number, area))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(order)


def _order(count: int, printer: QPrinter) -> list[int]:
    """The pages in the order they are sent: those chosen, and each as often as wanted.

    Most printers make the copies themselves; for one that cannot they are sent again.
    """
    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), min(count, max(printer.fromPage(), printer.toPage()))
    pages = list(range(first - 1, last)) or [0]
    copies = printer.copyCount()
    if copies <= 1 or printer.supportsMultipleCopies():
        return pages
    printer.setCopyCount(1)
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def _area(size: PageSize, printer: QPrinter) -> QRect:
    """Where the page lies on the sheet: at its true size, smaller only if the sheet is."""
    sheet = printer.pageLayout().fullRectPixels(DPI)
    factor = min(DPI / POINTS_PER_INCH, sheet.width() / size.width, sheet.height() / size.height)
    wide, high = round(size.width * factor), round(size.height * factor)
    return QRect((sheet.width() - wide) // 2, (sheet.height() - high) // 2, wide, high)


def _picture(data: bytes, number: int, area: QRect) -> QImage:
    image = render(data, number, area.width())
    # Most pages are black on white: a third of what goes to the printer, and of the time.
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if image.allGray() else image


def _orientation(size: PageSize) -> QPageLayout.Orientation:
    lies = size.width > size.height
    return QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait


def _refused() -> EnvironmentFault:
    return EnvironmentFault(
        "打印机没有接收这份文件，没有打印；文件没有改动。",
        "请看打印机是否开机、有纸、没有报错，再打印一次；也可以先另存为 PDF 文件。",
    )
