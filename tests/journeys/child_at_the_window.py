"""The program in a process of its own, used by keyboard until somebody kills it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.core.clock import SystemClock
from desktop_app.shell.app import Program, make_application
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from tests.driver.typing import press, type_text
from tests.homes import PASSWORD

PATIENCE = 20.0
"""Seconds."""


def until(condition: Callable[[], bool]) -> None:
    """Let the window work until something is so; never for ever."""
    clock = SystemClock()
    end = clock.ticks() + PATIENCE
    while not condition():
        assert clock.ticks() < end
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def fill_half_a_form(home: str, settings: str, reason: str) -> None:
    """Sign in, choose a resident and a matter, write `reason`, tell that it is kept, and go on."""
    app = make_application(["jinlin"])
    program = Program(app, Path(home), Path(settings), SystemClock())
    program.start()
    window = program.window
    assert window is not None
    window.activateWindow()
    until(lambda: QApplication.focusWidget() is not None)
    type_text(window, PASSWORD)
    press(window, Qt.Key.Key_Return)
    until(lambda: window.workplace is not None)
    assert window.workplace is not None
    desk = window.workplace.desk
    page = window.workplace.pages.current_page
    assert isinstance(page, FrontDeskPage)
    box = page.screen_parts.box.box
    until(lambda: bool(page.screen_parts.form.matter.matters.bar.choices) and box.hasFocus())
    type_text(window, "zsf")
    press(window, Qt.Key.Key_Return)
    type_text(window, "2")
    press(window, Qt.Key.Key_Return)
    type_text(window, reason)
    until(lambda: service.load_drafts(desk).now.now.summary == reason)
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    fill_half_a_form(*sys.argv[1:])
