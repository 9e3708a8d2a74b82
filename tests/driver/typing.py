"""How tests type: keys, Latin and Chinese text, a card reader. The only place that sends keys.

Qt's own `keyClicks` aborts the interpreter on Chinese text; Chinese comes the way an input method
brings it, as a composition and its commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier
_READER_GAP_MS = 5


def press(widget: QWidget, *keys: Qt.Key, with_: Qt.KeyboardModifier = _NONE) -> None:
    """Press keys one after another, as a person does, with shortcuts taking part."""
    for key in keys:
        QTest.keyClick(_key_taker(widget), key, with_)


@contextmanager
def held(widget: QWidget, key: Qt.Key) -> Iterator[None]:
    """Hold a key down meanwhile."""
    QTest.keyPress(_focused(widget), key)
    yield
    QTest.keyRelease(_focused(widget), key)


def type_text(widget: QWidget, text: str) -> None:
    """Type text: ASCII by keys, everything else through an input method, run by run."""
    run = ""
    for mark in text:
        if mark.isascii():
            _commit_run(widget, run)
            run = ""
            QTest.keyClicks(_key_taker(widget), mark)
        else:
            run += mark
    _commit_run(widget, run)


def compose(widget: QWidget, preedit: str) -> None:
    """Leave a composition standing, as in the middle of a word; an empty one ends it."""
    cursor = QInputMethodEvent.Attribute(
        QInputMethodEvent.AttributeType.Cursor, len(preedit), 1, None
    )
    QApplication.sendEvent(_focused(widget), QInputMethodEvent(preedit, [cursor]))


def commit(widget: QWidget, text: str) -> None:
    """End a composition with this text."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(_focused(widget), event)


def burst(widget: QWidget, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """What a card reader sends: keys five milliseconds apart by their own times, then Enter."""
    at = 1_000
    for mark in text:
        at += _READER_GAP_MS
        _timed_key(widget, Qt.Key(ord(mark.upper())), mark, at)
    _timed_key(widget, end, "\r", at + _READER_GAP_MS)


def _commit_run(widget: QWidget, run: str) -> None:
    if run:
        compose(widget, "pin yin")
        commit(widget, run)


def _timed_key(widget: QWidget, key: Qt.Key, text: str, at: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, _NONE, text)
        event.setTimestamp(at)
        QApplication.sendEvent(_focused(widget), event)


def _key_taker(widget: QWidget) -> QWidget:
    """An open menu or list of what fits takes the keys first, whoever has the focus."""
    popup = QApplication.activePopupWidget()
    return _focused(widget) if popup is None else popup


def _focused(widget: QWidget) -> QWidget:
    """Keys go to whoever has the keyboard inside the widget; without focus, to the widget."""
    inside = QApplication.focusWidget()
    if inside is not None and (inside is widget or widget.isAncestorOf(inside)):
        return inside
    proxy = widget.focusProxy()
    return proxy if proxy is not None else widget
