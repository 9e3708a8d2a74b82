"""Registers visits by keyboard in a real window and says how its memory grew.

`python -m tests.speed.memory_window HOME PASSWORD VISITS` prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.core.clock import SystemClock
from desktop_app.shell.app import Program, make_application
from desktop_app.shell.tour import Tour, settle
from desktop_app.station.front_desk.ui.page import FrontDeskPage

LETTERS = "zlwcxhyjgs"
SETTLING = 20


def main(home: str, password: str, visits: str) -> int:
    app = make_application(["memory"])
    folder = Path(tempfile.mkdtemp())
    program = Program(app, Path(home), folder / "local.json", SystemClock())
    program.start()
    tour = Tour(program, folder)
    tour.until("a place to type", lambda: QApplication.focusWidget() is not None)
    tour.write(password)
    tour.press(Qt.Key.Key_Return)
    tour.until("signed in", lambda: tour.window.workplace is not None)
    page = tour.workplace.pages.current_page
    assert isinstance(page, FrontDeskPage)
    bar = page.screen_parts.form.matter.matters.bar
    tour.until("matters to choose from", lambda: bool(bar.choices))
    # The day's first backup and everything that is loaded once belong to a window just started.
    tour.until("quiet", lambda: not tour.window.runner.running)
    for number in range(SETTLING):
        _register(tour, number)
    before = _resident_mib()
    for number in range(int(visits)):
        _register(tour, number)
    after = _resident_mib()
    tour.window.shut_down()
    print(json.dumps({"before_mib": before, "after_mib": after, "visits": int(visits)}), flush=True)
    return 0


def _register(tour: Tour, number: int) -> None:
    said = tour.workplace.undo.sentence
    tour.write(LETTERS[number % len(LETTERS)] + LETTERS[number // 10 % len(LETTERS)])
    tour.press(Qt.Key.Key_Return, Qt.Key.Key_1)
    tour.press(Qt.Key.Key_Return, control=True)
    tour.until("registered", lambda: tour.workplace.undo.sentence != said)
    settle(tour)


def _resident_mib() -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no figure of the resident memory")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
