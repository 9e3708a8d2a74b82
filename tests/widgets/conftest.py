"""What every widget test shares: the look, and a window to put things into."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.pdf_view import PdfView
from desktop_app.widgets.theme import Theme, apply_theme
from tests.widgets.viewing import Opened, ink

Shown = Callable[..., QWidget]


@pytest.fixture
def look(qapp: QApplication) -> QApplication:
    """The application with the plain light theme."""
    apply_theme(qapp, Theme())
    return qapp


@pytest.fixture
def window(look: QApplication, qtbot: QtBot) -> QWidget:
    """An empty window with a column to add to; `show_in` shows it."""
    made = QWidget()
    made.setLayout(QVBoxLayout())
    made.resize(900, 600)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def show_in(window: QWidget, qtbot: QtBot) -> Shown:
    """Adds widgets to the window, shows it, and answers it."""

    def show(*widgets: QWidget) -> QWidget:
        layout = window.layout()
        assert layout is not None
        for widget in widgets:
            layout.addWidget(widget)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return show


@pytest.fixture
def runner(look: QApplication) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def view(runner: JobRunner, show_in: Shown) -> PdfView:
    made = PdfView(runner)
    show_in(made)
    return made


@pytest.fixture
def opened(view: PdfView, qtbot: QtBot) -> Opened:
    """Shows a document and waits until its first page can be read."""

    def open_document(data: bytes, name: str = "来访登记表.pdf") -> PdfView:
        view.show_pdf(data, name)
        qtbot.waitUntil(lambda: ink(view) > 50)
        view.setFocus()
        return view

    return open_document
