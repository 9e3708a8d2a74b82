"""The preview, driven as at a desk: pages, sizes, search, printing, saving, and what goes wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import EnvironmentFault
from desktop_app.widgets import page_pictures, print_out
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page_column import Fit
from desktop_app.widgets.pdf_view import NamedPdf, PdfView
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.typing import press, type_text
from tests.widgets.conftest import Shown
from tests.widgets.pdfs import numbered, pdf
from tests.widgets.viewing import CONTROL, SHIFT, Opened, ink, look_for, seen


def test_until_there_is_a_document_the_view_says_what_is_going_on(
    view: PdfView, qtbot: QtBot
) -> None:
    assert (view.pane.isVisible(), view.pane.sentence) == (True, "正在生成…")
    assert not view.tools.print.isEnabled()
    counts: list[int] = []
    view.opened.connect(counts.append)
    view.show_pdf(numbered(2), "x.pdf")
    assert view.pane.sentence == "正在打开…"
    qtbot.waitUntil(lambda: counts == [2])
    assert (view.pane.isVisible(), view.canvas.isVisible()) == (False, True)
    assert view.tools.print.isEnabled()


def test_the_real_page_is_seen(opened: Opened, qtbot: QtBot) -> None:
    # What is dark around the page, and while a sharper picture is on its way, is a third of it.
    view = opened(pdf([["国" * 30]]))
    qtbot.waitUntil(lambda: ink(view) > 3_000)
    opened(pdf([["国"]]))
    qtbot.waitUntil(lambda: 0 < ink(view) < 1_500)


def test_another_document_replaces_the_one_before_also_while_that_is_opening(
    view: PdfView, qtbot: QtBot
) -> None:
    counts: list[int] = []
    view.opened.connect(counts.append)
    view.show_pdf(numbered(9), "first.pdf")
    view.show_pdf(numbered(3), "second.pdf")
    qtbot.waitUntil(lambda: bool(counts))
    qtbot.waitUntil(lambda: ink(view) > 50)
    assert counts == [3]
    saved: list[NamedPdf] = []
    view.save_wanted.connect(saved.append)
    view.tools.save.click()
    assert saved[0].name == "second.pdf"


@pytest.mark.parametrize("data", [b"", b"broken", numbered(2)[:400]])
def test_a_damaged_document_is_told_in_words_with_a_way_on(
    data: bytes, view: PdfView, qtbot: QtBot
) -> None:
    tried: list[int] = []
    view.retry_wanted.connect(lambda: tried.append(1))
    view.show_pdf(data, "x.pdf")
    qtbot.waitUntil(lambda: "已损坏" in view.pane.sentence)
    assert not view.canvas.isVisible()
    assert not view.tools.save.isEnabled()
    press(view, Qt.Key.Key_Space)
    assert tried == [1]


def test_what_could_not_be_made_is_told_by_its_own_sentence(view: PdfView) -> None:
    view.show_fault(EnvironmentFault("字体文件缺失，没有生成。", "请重新安装。"))
    assert view.pane.sentence == "字体文件缺失，没有生成。"


def test_pages_are_scrolled_by_every_key_for_it(opened: Opened) -> None:
    view = opened(numbered(8))
    bar = view.canvas.verticalScrollBar()
    key = Qt.Key
    places = []
    for pressed in (key.Key_Down, key.Key_PageDown, key.Key_Space, key.Key_End):
        press(view, pressed)
        places.append(bar.value())
    assert places == sorted(set(places))
    assert places[-1] == bar.maximum()
    assert view.tools.page.value() == "8"
    press(view, key.Key_Up)
    press(view, key.Key_PageUp)
    press(view, key.Key_Space, with_=SHIFT)
    assert bar.value() < bar.maximum() - 2 * bar.pageStep()
    press(view, key.Key_Home)
    assert (bar.value(), view.tools.page.value()) == (0, "1")


def test_keys_turn_whole_pages_to_the_ends_and_no_further(opened: Opened) -> None:
    view = opened(numbered(3))
    pages = []
    for key in (Qt.Key.Key_PageDown,) * 4 + (Qt.Key.Key_PageUp,) * 4:
        press(view, key, with_=CONTROL)
        pages.append(view.tools.page.value())
    assert pages == ["2", "3", "3", "3", "2", "1", "1", "1"]


@pytest.mark.parametrize(
    ("typed", "page"), [("5", "5"), ("0", "1"), ("999", "8"), ("第 ６ 页", "6"), ("abc", "1")]
)
def test_the_page_typed_is_gone_to_or_the_nearest_there_is(
    typed: str, page: str, opened: Opened
) -> None:
    view = opened(numbered(8))
    view.tools.page.setFocus()
    view.tools.page.selectAll()
    type_text(view.tools.page, typed)
    press(view.tools.page, Qt.Key.Key_Return)
    assert view.tools.page.value() == page
    assert view.canvas.page == int(page) - 1


def test_the_list_of_pages_follows_and_leads(opened: Opened, qtbot: QtBot) -> None:
    view = opened(numbered(6))
    press(view, Qt.Key.Key_PageDown, with_=CONTROL)
    assert view.pages.currentIndex().row() == 1
    view.pages.setFocus()
    press(view.pages, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert (view.canvas.page, view.tools.page.value()) == (3, "4")
    assert view.pages.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "第 4 页"
    blank = view.pages.viewport().grab().toImage()
    qtbot.waitUntil(lambda: view.pages.viewport().grab().toImage() != blank)


def test_a_single_page_needs_no_list(opened: Opened) -> None:
    assert not opened(numbered(1)).pages.isVisible()
    assert opened(numbered(2)).pages.isVisible()


def test_size_follows_the_window_until_somebody_chooses_one(opened: Opened) -> None:
    view = opened(numbered(2))
    assert view.tools.fit_width.isChecked()
    wide = view.canvas.percent
    view.window().resize(800, 600)
    assert view.canvas.percent < wide
    press(view, Qt.Key.Key_Plus, with_=CONTROL)
    chosen = view.canvas.percent
    assert (view.canvas.fit, view.tools.fit_width.isChecked()) == (Fit.NONE, False)
    view.window().resize(900, 600)
    assert view.canvas.percent == chosen
    view.tools.fit_width.click()
    assert view.canvas.percent == wide


def test_a_whole_page_fits_into_the_window(opened: Opened) -> None:
    view = opened(numbered(3))
    view.tools.fit_page.click()
    page = view.canvas.percent / 100 * 841.89 * 96 / 72
    assert page <= view.canvas.viewport().height()
    assert view.tools.percent.value() == f"{view.canvas.percent}%"


def test_keys_and_the_wheel_change_the_size_between_its_ends(opened: Opened) -> None:
    view = opened(numbered(2))
    press(view, Qt.Key.Key_0, with_=CONTROL)
    assert view.tools.percent.value() == "100%"
    press(view, Qt.Key.Key_Equal, with_=CONTROL)
    assert view.tools.percent.value() == "110%"
    press(view, Qt.Key.Key_Minus, Qt.Key.Key_Minus, with_=CONTROL)
    assert view.tools.percent.value() == "90%"
    for turn, end in ((120, 400), (-120, 25)):
        for _ in range(20):
            wheel(view.canvas.viewport(), turn)
        assert view.canvas.percent == end


def wheel(widget: QWidget, turn: int) -> None:
    """Turn the wheel over a widget with Ctrl held."""
    at = QPointF(20, 20)
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPointF(0, turn).toPoint(), QPointF(0, turn).toPoint(),
        Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(("typed", "percent"), [("150", 150), ("75%", 75), ("9999", 400)])
def test_a_size_can_be_typed(typed: str, percent: int, opened: Opened) -> None:
    view = opened(numbered(2))
    view.tools.percent.setFocus()
    view.tools.percent.selectAll()
    type_text(view.tools.percent, typed)
    press(view.tools.percent, Qt.Key.Key_Return)
    assert view.canvas.percent == percent


def test_what_was_at_the_top_stays_there_when_the_size_changes(opened: Opened) -> None:
    view = opened(numbered(9))
    view.canvas.go_to(5)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        press(view, key, with_=CONTROL)
        assert view.tools.page.value() == "6"


def test_a_page_is_sharp_again_after_its_size_changed(opened: Opened, qtbot: QtBot) -> None:
    view = opened(pdf([["国" * 8] * 12]))
    press(view, Qt.Key.Key_0, with_=CONTROL)
    rough = seen(view)
    qtbot.waitUntil(lambda: seen(view) != rough)


def test_saving_is_asked_of_the_owner_who_then_says_where(opened: Opened) -> None:
    data = numbered(1)
    view = opened(data, "月报.pdf")
    saved: list[NamedPdf] = []
    folders: list[int] = []
    view.save_wanted.connect(saved.append)
    view.folder_wanted.connect(lambda: folders.append(1))
    press(view, Qt.Key.Key_S, with_=CONTROL)
    assert saved == [NamedPdf("月报.pdf", data)]
    view.tell_saved("已保存到 D:\\报表\\月报.pdf。")
    assert view.saved.sentence == "已保存到 D:\\报表\\月报.pdf。"
    button = next(b for b in view.saved.findChildren(QPushButton) if b.isVisible())
    assert button.text() == "打开所在文件夹"
    button.click()
    assert folders == [1]


def test_without_a_printer_saving_is_offered_instead(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_out, "printer_names", tuple)
    view = opened(numbered(1))
    saved: list[NamedPdf] = []
    view.save_wanted.connect(saved.append)
    press(view, Qt.Key.Key_P, with_=CONTROL)
    sheet = view.findChild(Sheet)
    assert isinstance(sheet, Sheet)
    assert "没有打印机" in sheet.accessibleDescription()
    sheet.button("save").click()
    assert len(saved) == 1


def test_every_control_is_called_what_is_written_on_it(opened: Opened) -> None:
    view = opened(numbered(2))
    view.tools.look.click()
    nameless = []
    for button in (*view.findChildren(QPushButton), *view.findChildren(QToolButton)):
        if not button.isVisible():
            continue
        written = button.text().split("  ")[0]
        called = button.accessibleName() or written
        if not called or (written and called != written):
            nameless.append(button)
    assert nameless == []
    fields = {field.accessibleName() for field in view.findChildren(LineInput)}
    assert fields == {"页码", "缩放", "查找"}
    assert view.canvas.accessibleName() == "页面"
    assert view.canvas.accessibleDescription() == "第 1 页，共 2 页"


def test_pictures_of_pages_gone_by_are_let_go(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_pictures, "KEPT_BYTES", 9_000_000)
    view = opened(numbered(40))
    pictures = view.findChild(page_pictures.PagePictures)
    assert isinstance(pictures, page_pictures.PagePictures)
    for page in range(0, 40, 3):
        view.canvas.go_to(page)
        qtbot.waitUntil(lambda: ink(view) > 50)
    assert pictures.kept_bytes < 3 * 9_000_000


def test_scrolling_never_waits_for_pictures(opened: Opened, runner: JobRunner) -> None:
    view = opened(numbered(200))
    for page in range(200):
        view.canvas.go_to(page)
    # One picture is under way at most; of all the pages passed by none is queued.
    assert len(runner.running) <= 1


def test_closing_while_pages_are_being_made_leaves_nothing_behind(
    runner: JobRunner, show_in: Shown, qtbot: QtBot
) -> None:
    window = show_in()
    for _ in range(3):
        view = PdfView(runner, window)
        window.layout().addWidget(view)  # type: ignore[union-attr]
        view.show_pdf(numbered(60), "x.pdf")
        look_for(view, "张淑芬")
        QApplication.processEvents()
        view.setParent(None)
        view.deleteLater()
    qtbot.waitUntil(lambda: runner.running == ())


def test_pages_are_made_for_the_screen_they_are_on(opened: Opened) -> None:
    view = opened(numbered(1))
    ratio = view.devicePixelRatioF()
    image = seen(view)
    assert image.width() == round(view.canvas.viewport().width() * ratio)


@pytest.mark.parametrize("theme", [Theme(dark=True), Theme(large=True)])
def test_paper_stays_white_in_every_theme(
    theme: Theme, look: QApplication, opened: Opened, qtbot: QtBot
) -> None:
    apply_theme(look, theme)
    view = opened(numbered(1))
    image = seen(view)
    assert image.pixelColor(image.width() // 2, 60).name() == "#ffffff"
