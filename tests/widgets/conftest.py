"""What every widget test shares: the look, and a window to put things into."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.theme import Theme, apply_theme

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
