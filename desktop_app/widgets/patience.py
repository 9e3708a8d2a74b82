"""Waiting a moment before 正在读取 is said: what comes sooner does not flash it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PATIENCE_MS = 300


class Patience(QTimer):
    """Started with a reading and stopped by its answer; `say` is called when that takes longer."""

    def __init__(self, say: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PATIENCE_MS)
        self.timeout.connect(say)
