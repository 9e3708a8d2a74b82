"""What looks for things left behind finds them."""

from __future__ import annotations

import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests import qt_leaks


class Forgotten(QWidget):
    """A window nobody closes."""


def test_a_forgotten_window_is_found_and_a_deleted_one_is_not(qapp: QApplication) -> None:
    window = Forgotten()
    assert "window Forgotten" in qt_leaks.left_by_qt()
    window.deleteLater()
    assert qt_leaks.left_by_qt() == []


def test_a_timer_that_runs_on_is_found(qapp: QApplication) -> None:
    timer = QTimer(qapp)
    timer.start(60_000)
    assert any(found.startswith("timer") for found in qt_leaks.left_by_qt())
    timer.stop()
    timer.deleteLater()
    assert qt_leaks.left_by_qt() == []


def test_a_thread_of_ours_that_does_not_end_is_found() -> None:
    end = threading.Event()
    before = set(threading.enumerate())
    thread = threading.Thread(target=end.wait, name="jinlin-test", daemon=True)
    thread.start()
    assert qt_leaks.left_threads(before, patience=0.01) == [thread]
    end.set()
    assert qt_leaks.left_threads(before, patience=5) == []
