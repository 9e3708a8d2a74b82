"""Signs in once with the keyboard and says how long it took until the front desk could be used.

`python -m tests.speed.sign_in_window HOME PASSWORD` prints one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.core.clock import SystemClock
from desktop_app.shell.app import Program, make_application

TYPING_MS = 2000


class Script(QObject):
    """Types the password, presses Enter, waits for the box to take a letter."""

    def __init__(self, program: Program, password: str) -> None:
        super().__init__()
        self._program, self._password = program, password
        self._began = 0.0
        self._painted = False
        self.slowest = 0.0
        self.took = 0.0

    def start(self) -> None:
        QTimer.singleShot(TYPING_MS, self._enter)

    def _enter(self) -> None:
        self._watch_queries()
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, self._password)
        self._began = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._look()

    def _look(self) -> None:
        window = self._program.window
        page = window.workplace.pages.current_page if window and window.workplace else None
        field = QApplication.focusWidget()
        if page is None or not page.isVisible() or not isinstance(field, QLineEdit):
            QTimer.singleShot(1, self._look)
            return
        if not self._painted:
            page.installEventFilter(self)
            page.update()
            return
        QTest.keyClicks(field, "z")
        if field.text() != "z":
            QTimer.singleShot(1, self._look)
            return
        self.took = (time.perf_counter() - self._began) * 1000
        QApplication.exit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._painted = True
            QTimer.singleShot(0, self._look)
        return False

    def _watch_queries(self) -> None:
        import sqlalchemy as sa

        main = threading.get_ident()
        began: list[float] = []

        def before(*_: object) -> None:
            if threading.get_ident() == main:
                began.append(time.perf_counter())

        def after(*_: object) -> None:
            if threading.get_ident() == main and began:
                self.slowest = max(self.slowest, (time.perf_counter() - began.pop()) * 1000)

        sa.event.listen(sa.Engine, "before_cursor_execute", before)
        sa.event.listen(sa.Engine, "after_cursor_execute", after)


def argon2_alone(home: Path) -> float:
    """Milliseconds of the first slot's password hash, as its own parameters ask."""
    from argon2.low_level import Type, hash_secret_raw

    slots = json.loads((home / "keyslots.json").read_text("utf-8"))["slots"]
    cost = next(slot["argon2id"] for slot in slots if slot["kind"] == "operator")
    began = time.perf_counter()
    hash_secret_raw(
        b"demo-2026",
        bytes(16),
        time_cost=cost["passes"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=32,
        type=Type.ID,
    )
    return (time.perf_counter() - began) * 1000


def main(home: str, password: str) -> NoReturn:
    app = make_application(["sign-in"])
    settings = Path(tempfile.mkdtemp()) / "local.json"
    program = Program(app, Path(home), settings, SystemClock())
    program.start()
    script = Script(program, password)
    script.start()
    app.exec()
    found = {
        "front_desk_ms": script.took,
        "slowest_query_ms": script.slowest,
        "argon2_ms": min(argon2_alone(Path(home)) for _ in range(3)),
    }
    if program.window is not None:
        program.window.shut_down()
    print(json.dumps(found), flush=True)
    # The day's first backup may still be going on behind; nobody waits for it here.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
