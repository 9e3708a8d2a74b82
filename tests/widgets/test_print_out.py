"""What reaches the printer: all pages, at their true size, the way they are seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.widgets import print_out
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pdf_pages import page_sizes, render
from desktop_app.widgets.print_out import PrintOut, print_pages, printer_for
from tests.driver.typing import press
from tests.widgets.conftest import Shown
from tests.widgets.pdfs import numbered, pdf
from tests.widgets.test_pdf_pages import dark_parts


def into_file(path: Path, data: bytes) -> QPrinter:
    """A printer that puts its sheets into a PDF file."""
    printer = printer_for(page_sizes(data), "登记表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def send(data: bytes, printer: QPrinter) -> int:
    return print_pages(data, page_sizes(data), printer, Job("打印"))


def test_every_page_is_printed_at_its_true_size_and_place(
    look: QApplication, tmp_path: Path
) -> None:
    data = pdf([["第一页国"], ["第二页", "又一行"]])
    path = tmp_path / "sheets.pdf"
    assert send(data, into_file(path, data)) == 2
    sheets = path.read_bytes()
    for size, seen in zip(page_sizes(sheets), page_sizes(data), strict=True):
        assert (size.width, size.height) == pytest.approx((seen.width, seen.height), abs=1.5)
    for number in range(2):
        printed = dark_parts(render(sheets, number, 300))
        assert printed == pytest.approx(dark_parts(render(data, number, 300)), abs=0.006)


def test_pages_that_lie_are_printed_lying(look: QApplication, tmp_path: Path) -> None:
    data = pdf([["横表"]], (841.89, 595.27))
    path = tmp_path / "lying.pdf"
    send(data, into_file(path, data))
    (size,) = page_sizes(path.read_bytes())
    assert size.width > size.height


def test_a_page_larger_than_the_sheet_is_made_smaller_and_wholly_there(
    look: QApplication, tmp_path: Path
) -> None:
    data = pdf([["国"] * 30], (842, 1191))
    printer = into_file(tmp_path / "a4.pdf", data)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    send(data, printer)
    sheet = (tmp_path / "a4.pdf").read_bytes()
    assert page_sizes(sheet)[0].width == pytest.approx(595, abs=2)
    printed, shown = (dark_parts(render(each, 0, 600)) for each in (sheet, data))
    assert printed == pytest.approx(shown, abs=0.006)


def test_only_the_pages_asked_for_are_printed(look: QApplication, tmp_path: Path) -> None:
    data = numbered(5)
    printer = into_file(tmp_path / "some.pdf", data)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 4)
    assert send(data, printer) == 3
    assert len(page_sizes((tmp_path / "some.pdf").read_bytes())) == 3


@pytest.mark.parametrize(
    ("collated", "order"), [(True, [0, 1, 0, 1, 0, 1]), (False, [0, 0, 0, 1, 1, 1])]
)
def test_copies_are_sent_again_where_the_printer_cannot_make_them(
    collated: bool, order: list[int], look: QApplication, tmp_path: Path
) -> None:
    data = pdf([["国"], ["国国国国"]])
    printer = into_file(tmp_path / "copies.pdf", data)
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(3)
    printer.setCollateCopies(collated)
    assert send(data, printer) == 6
    sheets = (tmp_path / "copies.pdf").read_bytes()
    rights = [dark_parts(render(sheets, number, 200))[2] for number in range(6)]
    assert [int(right > 0.2) for right in rights] == order


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told_in_a_sentence(
    look: QApplication, tmp_path: Path
) -> None:
    data = numbered(1)
    with pytest.raises(Fault) as refused:
        send(data, into_file(tmp_path / "no" / "folder" / "x.pdf", data))
    assert "没有接收" in refused.value.sentence


def test_printing_tells_how_far_it_is_and_stops_when_asked(
    look: QApplication, tmp_path: Path
) -> None:
    data = numbered(6)
    heard: list[Progress] = []
    job = Job("打印")

    def listen(progress: Progress) -> None:
        heard.append(progress)
        if progress.done == 2:
            job.cancel()

    job.listen(listen)
    printer = into_file(tmp_path / "stopped.pdf", data)
    with pytest.raises(Cancelled):
        print_pages(data, page_sizes(data), printer, job)
    assert heard[-1] == Progress(2, 6, "第 3 页，共 6 页")


def test_the_window_prints_in_the_background_and_hears_of_it(
    runner: JobRunner, show_in: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    data = numbered(3)
    out = PrintOut(runner, show_in())
    counts: list[int] = []
    out.printed.connect(counts.append)
    out.send(data, page_sizes(data), into_file(tmp_path / "job.pdf", data))
    assert [ticket.title for ticket in runner.running] == ["打印"]
    qtbot.waitUntil(lambda: counts == [3])
    assert len(page_sizes((tmp_path / "job.pdf").read_bytes())) == 3


def open_dialog(window: QWidget) -> QPrintDialog | None:
    return next((each for each in window.findChildren(QPrintDialog) if each.isVisible()), None)


def test_somebody_is_asked_where_to_print_and_may_leave_it(
    runner: JobRunner, show_in: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The dialog itself copes without printers; a test machine has none.
    monkeypatch.setattr(print_out, "printer_names", lambda: ("Office",))
    window = show_in()
    data = numbered(4)
    PrintOut(runner, window).ask(data, page_sizes(data), "登记表.pdf")
    dialog = open_dialog(window)
    assert dialog is not None
    assert (dialog.minPage(), dialog.maxPage()) == (1, 4)
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(QPrintDialog) == [])
    assert runner.running == ()


def test_without_a_printer_that_is_said_and_no_dialog_comes(
    runner: JobRunner, show_in: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_out, "printer_names", tuple)
    window = show_in()
    faults: list[Fault] = []
    out = PrintOut(runner, window)
    out.failed.connect(faults.append)
    data = numbered(1)
    out.ask(data, page_sizes(data), "登记表.pdf")
    assert "没有打印机" in faults[0].sentence
    assert open_dialog(window) is None
