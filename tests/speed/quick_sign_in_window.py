"""Signs volunteers in and out at the desk, one Enter after another, in a real window.

`python -m tests.speed.quick_sign_in_window FILE NAMES…` prints one JSON line: for each Enter the
milliseconds until the person was saved and the list of who serves was painted with, or without,
them. Nothing is waited for between two Enters but what the window itself still has to do.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.service.ui.desk_panel import DeskPanel
from desktop_app.ledgers.service.ui.service_pane import ServicePane
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.input_method import prepare_input_method
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.speed.ledger import NOW, BenchKey

SERVED_SECONDS = 2 * 3600


class Painted(QObject):
    """Whether a widget was painted since `begin`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._seen = False
        widget.installEventFilter(self)

    def begin(self) -> None:
        self._seen = False

    @property
    def seen(self) -> bool:
        return self._seen

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._seen = True
        return False


def one_enter(panel: DeskPanel, painted: Painted, words: str, serving: int) -> float:
    """Type somebody, then Enter: milliseconds until so many are shown to be serving."""
    QTest.keyClicks(panel.who.box, words)
    QApplication.processEvents()
    painted.begin()
    began = time.perf_counter()
    QTest.keyClick(panel.who.box, Qt.Key.Key_Return)
    while not (painted.seen and len(panel.list.items) == serving):
        QApplication.processEvents()
    return (time.perf_counter() - began) * 1000


def settle(runner: JobRunner, pane: ServicePane) -> None:
    """As while the next one says a name: what is read behind is read."""
    while runner.running or pane.soon.isActive():
        QApplication.processEvents()
    QApplication.processEvents()


def main(path: str, numbers: list[str]) -> NoReturn:
    prepare_input_method()
    app = QApplication(["quick-sign-in"])
    apply_theme(app, Theme())
    clock = FixedClock(NOW)
    desk = Desk(
        open_file(Path(path), BenchKey(), clock), Actor(None, "王小燕", "窗口", frozenset(Right))
    )
    runner = JobRunner()
    pane = ServicePane(desk, runner)
    pane.changed.connect(lambda told: pane.take(told[0].kinds))
    pane.resize(1190, 640)
    pane.show()
    pane.activateWindow()
    pane.arrive()
    settle(runner, pane)
    panel = pane.desk_panel
    assert panel is not None, "everybody may sign in here"
    panel.title.set_value("夜间平安巡逻")
    panel.take_keyboard()
    painted = Painted(panel.list.viewport())
    came, left = [], []
    for at, number in enumerate(numbers, start=1):
        came.append(one_enter(panel, painted, number, at))
        settle(runner, pane)
    clock.advance(SERVED_SECONDS)
    for at, number in enumerate(numbers, start=1):
        left.append(one_enter(panel, painted, number, len(numbers) - at))
        settle(runner, pane)
    print(json.dumps({"in_ms": came, "out_ms": left}), flush=True)
    # The runner's threads wait for work; there is none any more.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
