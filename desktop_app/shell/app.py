"""Starts the window: input method, look, one window a home; says in words what prevents it."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import __version__
from desktop_app.core.clock import Clock, SystemClock
from desktop_app.core.errors import Fault, UserError
from desktop_app.shell.crash import CrashGuard
from desktop_app.shell.main_window import MainWindow
from desktop_app.shell.this_pc import ThisPc
from desktop_app.station.sign_in.house import House, open_house
from desktop_app.storage.home import AlreadyOpen
from desktop_app.widgets.field import AltHints
from desktop_app.widgets.input_method import prepare_input_method
from desktop_app.widgets.theme import Theme, apply_theme

if TYPE_CHECKING:
    from desktop_app.shell.rendezvous import Doorbell

log = logging.getLogger(__name__)

FIRST_SIZE = (1366, 768)
LISTEN_AFTER_MS = 1000
LOCAL_SETTINGS = "local.json"


def local_settings_path() -> Path:
    """Where this PC keeps its own settings; not in the home, which may move to another PC."""
    folder = platformdirs.user_config_path("jinlin-desk", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / LOCAL_SETTINGS


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication with everything that must be set before the first window."""
    prepare_input_method()
    app = QApplication(arguments)
    app.setApplicationName("近邻台")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("jinlin-desk")
    QLocale.setDefault(QLocale("zh_CN"))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    AltHints(app)
    return app


class Program(QObject):
    """The running program: its windows, and what outlives each of them."""

    def __init__(self, app: QApplication, path: Path, settings_path: Path, clock: Clock) -> None:
        super().__init__(app)
        self._app, self._path, self._clock = app, path, clock
        self.this_pc = ThisPc(settings_path, self)
        self.window: MainWindow | None = None
        self._notice: QWidget | None = None
        self._bell: Doorbell | None = None
        self.guard = CrashGuard(app, clock)
        apply_theme(app, self.this_pc.settings.theme)

    @Slot()
    def start(self) -> None:
        """Show the first window: the sign-in, the set-up of a new station, or why it cannot be."""
        try:
            house = open_house(self._path, self._clock, window=True)
        except AlreadyOpen as open_already:
            self._raise_the_first(open_already)
        except Fault as fault:
            if isinstance(fault, UserError) and _is_free(self._path):
                self._set_up()
            else:
                self._tell(fault)
        else:
            self._open(house)

    def _open(self, house: House) -> None:
        self.guard.folder = house.home.crash_logs
        self.window = MainWindow(house, last=self.this_pc.settings.operator)
        self.window.look_wanted.connect(self.change_look)
        self.window.signed_in.connect(self.this_pc.note_operator)
        self.window.page_made.connect(self.this_pc.look_after)
        self.window.gone.connect(self.this_pc.save)
        self.window.resize(*FIRST_SIZE)
        self.window.show()
        # The sign-in comes first; nobody starts the program twice within a second. Not only after
        # the sign-in: a window that waits for a password can be hidden behind others, too.
        QTimer.singleShot(LISTEN_AFTER_MS, self._listen)

    @Slot()
    def _listen(self) -> None:
        if self._bell is None and self.window is not None:
            from desktop_app.shell.rendezvous import Doorbell

            self._bell = Doorbell(self._path, self)
            self._bell.rung.connect(self._come_forward)

    @Slot()
    def _come_forward(self) -> None:
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()

    @Slot(object)
    def change_look(self, theme: Theme) -> None:
        """Another look on this PC: keep it and show it at once."""
        self.this_pc.change_look(theme)
        apply_theme(self._app, theme)

    def _set_up(self) -> None:
        from desktop_app.station.set_up.ui.page import SetUpWindow

        page = SetUpWindow(self._path, self._clock)
        page.made.connect(self._made)
        self._notice = page
        page.resize(*FIRST_SIZE)
        page.show()

    @Slot()
    def _made(self) -> None:
        notice, self._notice = self._notice, None
        self.start()
        if notice is not None:
            notice.close()
            notice.deleteLater()

    def _raise_the_first(self, open_already: AlreadyOpen) -> None:
        from desktop_app.shell.rendezvous import knock

        if knock(self._path):
            # Before the event loop runs, leaving it has no effect: the process would stay, unseen.
            QTimer.singleShot(0, self._app.quit)
        else:
            self._tell(open_already)

    def _tell(self, fault: Fault) -> None:
        from desktop_app.widgets.dialogs import tell_fault

        self._notice = QWidget()
        self._notice.setWindowTitle("近邻台")
        self._notice.resize(720, 360)
        self._notice.show()
        sheet = tell_fault(self._notice, "现在不能打开", fault)
        sheet.answered.connect(self._leave)
        log.error("cannot open: %s", type(fault).__name__)

    @Slot(object)
    def _leave(self, _answer: object) -> None:
        self._app.exit(4)


def _is_free(path: Path) -> bool:
    return not path.exists() or not any(path.iterdir())


def run_window(path: Path, arguments: list[str]) -> int:
    """Open the window on a home and stay until it is closed; answers the exit status."""
    app = make_application(arguments)
    program = Program(app, path, local_settings_path(), SystemClock())
    program.guard.install()
    program.start()
    status = app.exec()
    sys.excepthook = sys.__excepthook__
    if program.window is not None and program.window.left_behind:
        # A thread still inside SQLite would be torn down with the interpreter and crash it. What it
        # had not committed is rolled back at the next start, as after a power cut.
        logging.shutdown()
        os._exit(status)
    return status
