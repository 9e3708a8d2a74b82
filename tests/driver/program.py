"""Uses the whole program as a person at the counter does: its windows, its sheets, its strips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import Clock
from desktop_app.shell.app import Program
from desktop_app.shell.main_window import MainWindow
from desktop_app.shell.workplace import Workplace
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.station.set_up.ui.page import SetUpWindow
from desktop_app.station.sign_in.ui.lock import LockPage
from desktop_app.widgets.burst_router import router_of_application
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.field import LabelledField
from tests.driver.front_desk import FrontDesk
from tests.driver.typing import press, type_text
from tests.homes import PASSWORD

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
_PATIENCE = 20_000


class Sight:
    """What can be seen of the program from in front of the screen."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None, self.words()
        return self.program.window

    @property
    def workplace(self) -> Workplace:
        workplace = self.window.workplace
        assert workplace is not None
        return workplace

    @property
    def is_locked(self) -> bool:
        """Does the lock stand in front of everything?"""
        return any(page.isVisible() for page in self.window.findChildren(LockPage))

    @property
    def has_sheet(self) -> bool:
        return bool(_sheets())

    def words(self) -> str:
        """Everything that can be read in the windows now."""
        shown: list[QLabel | QPushButton] = []
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                shown += window.findChildren(QLabel) + window.findChildren(QPushButton)
        labels = [one.text() for one in shown if one.isVisible()]
        return "\n".join(labels)

    def field(self, label: str) -> LabelledField:
        """The visible field of this label, with the keyboard in it."""
        found = fields_of(self.window)[label]
        found.go()
        return found

    def problem(self, label: str) -> str:
        """What stands beside a visible field of this label."""
        found = [
            field.problem
            for field in self.window.findChildren(LabelledField)
            if field.label == label and field.isVisible()
        ]
        assert found, f"there is no field {label}"
        return next(filter(None, found), "")

    def problems(self) -> str:
        """Everything that stands beside the fields of the window, and under its form."""
        shown = [
            label.text()
            for label in self.window.findChildren(QLabel)
            if label.isVisible() and label.property("role") == "problem"
        ]
        return "\n".join(shown)


class Counter(Sight):
    """The program in one home, with somebody's hands on its keys."""

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(condition, timeout=_PATIENCE)

    def settle(self) -> None:
        """Until no question is being answered any more."""
        self.wait(lambda: not self.window.runner.running)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        press(self.window, *keys, with_=with_)

    def type(self, text: str) -> None:
        type_text(self.window, text)

    def paste(self, text: str) -> None:
        """Ctrl+V of this text, wherever the keyboard is."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, with_=CONTROL)

    def wait_for_reader(self) -> None:
        """Until the burst of a card reader is over for the program, too."""
        pauses = router_of_application().findChildren(QTimer)
        self.wait(lambda: not any(pause.isActive() for pause in pauses))

    def try_password(self, password: str) -> None:
        """Type a password at the door, and Enter."""
        self.wait(lambda: QApplication.focusWidget() is not None)
        self.type(password)
        self.press(Qt.Key.Key_Return)

    def sign_in(self, password: str = PASSWORD) -> FrontDesk:
        """Come in; the front desk is ready for the first person."""
        self.try_password(password)
        self.wait(lambda: self.window.workplace is not None)
        return self.front_desk()

    def front_desk(self) -> FrontDesk:
        page = self.workplace.pages.current_page
        assert isinstance(page, FrontDeskPage)
        front = FrontDesk(page, self.qtbot, self.window)
        front.wait_ready()
        return front

    def sheet(self) -> Sheet:
        """The question or message that is open now."""
        self.wait(lambda: bool(_sheets()))
        return _sheets()[-1]

    def answer(self, words: str) -> None:
        """Press the button of the open sheet that says this."""
        sheet = self.sheet()
        button = next(one for one in sheet.findChildren(QPushButton) if one.text() == words)
        button.click()
        self.wait(lambda: sheet not in _sheets())
        if self.program.window is not None and self.window.isVisible() and not _sheets():
            # A window manager gives the keyboard back; the offscreen platform has none.
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)

    def report(self) -> str:
        """The report on the crash sheet."""
        return self.sheet().findChildren(QPlainTextEdit)[0].toPlainText()


@contextmanager
def program_on(
    home: Path, clock: Clock, qtbot: QtBot, qapp: QApplication, settings: Path
) -> Iterator[Counter]:
    """The program started on a home and put away after the test, whatever it shows."""
    program = Program(qapp, home, settings, clock)
    counter = Counter(program, qtbot)
    try:
        program.start()
        if program.window is not None:
            with qtbot.waitExposed(program.window):
                program.window.show()
            program.window.activateWindow()
        yield counter
    finally:
        _put_away(program)


def _put_away(program: Program) -> None:
    window = program.window
    if window is not None:
        # As when the PC is shut down; how a clerk closes it is a journey of its own.
        window.hide()
    for sheet in _sheets():
        # Not answered: the answer may end the application, and with it every later test.
        sheet.blockSignals(True)
        sheet.close()
    if window is not None:
        window.shut_down()
    for widget in QApplication.topLevelWidgets():
        # Only the program's own windows: lists that hang open belong to their fields.
        if widget.parent() is None and type(widget) in (MainWindow, SetUpWindow, QWidget):
            widget.hide()
            widget.deleteLater()
    program.guard.deleteLater()
    program.deleteLater()


def _sheets() -> list[Sheet]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, Sheet) and widget.isVisible()
    ]


def fields_of(widget: QWidget) -> dict[str, LabelledField]:
    """The visible fields by their labels."""
    return {field.label: field for field in widget.findChildren(LabelledField) if field.isVisible()}
