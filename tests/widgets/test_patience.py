"""正在读取 is said of what takes long, and never flashed at what comes at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.patience import PATIENCE_MS, Patience


def test_what_takes_long_is_said_once(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    patience = Patience(lambda: said.append("正在读取…"), window)
    patience.start()
    assert said == []
    qtbot.waitUntil(lambda: said == ["正在读取…"])
    assert not patience.isActive()


def test_an_answer_in_time_is_not_announced(window: QWidget, qtbot: QtBot) -> None:
    said: list[str] = []
    patience = Patience(lambda: said.append("正在读取…"), window)
    patience.start()
    patience.stop()
    later = Patience(lambda: said.append("later"), window)
    later.start()
    qtbot.waitUntil(lambda: bool(said), timeout=10 * PATIENCE_MS)
    assert said == ["later"]
