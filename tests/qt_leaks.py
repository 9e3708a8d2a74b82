"""After every test nothing of Qt is left: no window, no running timer, no thread of ours.

What one test leaves behind lets another one fail, or crashes the interpreter at its end. Tests that
never import Qt pay nothing.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest

_PATIENCE = 5.0
"""Seconds a thread that was told to leave may take."""


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform has no window manager to talk to, and says so for every window.
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support ")


def pytest_collection_finish() -> None:
    # Every module and every test there is: nothing the collector could ever take away.
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that left a window, a running timer or a thread."""
    threads = set(threading.enumerate())
    uses_qt = "qtbot" in request.fixturenames or "qapp" in request.fixturenames
    yield
    left = [f"thread {thread.name}" for thread in left_threads(threads)]
    if uses_qt:
        left += left_by_qt()
    assert not left, f"left behind: {', '.join(left)}"


def left_threads(
    before: set[threading.Thread], patience: float = _PATIENCE
) -> list[threading.Thread]:
    """Threads of ours that were not there before and do not end."""
    mine = [
        thread
        for thread in threading.enumerate()
        if thread not in before and thread.name.startswith("jinlin")
    ]
    for thread in mine:
        thread.join(patience)
    return [thread for thread in mine if thread.is_alive()]


def left_by_qt() -> list[str]:
    """Windows of ours and running timers of the application that are still there."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if app is None:
        return []
    # Widgets that qtbot closed wait for their deletion; a cycle may still hold a Python side.
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        f"window {type(widget).__name__}"
        for widget in QApplication.topLevelWidgets()
        if type(widget).__module__ != "PySide6.QtWidgets" or widget.isVisible()
    ]
    left += [
        f"timer of {type(timer.parent()).__name__}"
        for timer in app.findChildren(QTimer)
        if timer.isActive()
    ]
    # What is still there is there to stay (modules, tables of pinyin, faces): half a million
    # objects that the collector would walk through again after every test of a screen.
    gc.freeze()
    return left
