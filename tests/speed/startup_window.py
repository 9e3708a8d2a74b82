"""The two windows whose coming `startup` compares: `sign-in HOME` and `empty HOME`.

Prints `ready` once the window has been painted and a typed letter has arrived in it, and after it
the heavy modules that were imported by then although they should not have been.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HEAVY = ("sqlalchemy", "sqlcipher3", "pypinyin", "argon2", "cryptography", "chinese_calendar")


def main(what: str, home: str) -> int:
    if what == "empty":
        from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

        app = QApplication(["empty"])
        window = QMainWindow()
        field = QLineEdit()
        window.setCentralWidget(field)
        window.resize(1366, 768)
        window.show()
        field.setFocus()
    else:
        from desktop_app.core.clock import SystemClock
        from desktop_app.shell.app import Program, make_application

        app = make_application(["sign-in"])
        settings = Path(tempfile.mkdtemp()) / "local.json"
        program = Program(app, Path(home), settings, SystemClock())
        program.start()
        window = program.window  # type: ignore[assignment]
    return _tell_when_ready(app, window)


def _tell_when_ready(app, window) -> int:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)
                QTimer.singleShot(0, type_a_letter)
            return False

    def type_a_letter() -> None:
        field = QApplication.focusWidget()
        if not isinstance(field, QLineEdit):
            QTimer.singleShot(1, type_a_letter)
            return
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(field, press)
        loaded = [name for name in HEAVY if name in sys.modules]
        print("ready" if field.text() == "a" else "deaf", *loaded, flush=True)
        app.exit(0)

    watch = Watch()
    window.installEventFilter(watch)
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
