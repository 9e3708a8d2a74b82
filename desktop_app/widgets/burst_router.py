"""Brings what a card reader types to where it belongs, whatever field has the keyboard.

The field that had it gets its former content back, and the Enter that ends a reading never saves a
form. Works with an input method on, too; when that swallowed part of a reading, this is said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.widgets.burst import LONGEST_GAP_MS, BurstDetector
from desktop_app.widgets.choices import ChoiceBar

SPOILT = "刚才的读卡内容被输入法打断，没有填入。请再刷一次卡。"

Restore = Callable[[], None]


class BurstRouter(QObject):
    """`read` carries the text of a reading, `spoilt` a sentence; `set_target` names who takes it.

    With no target a reading is still kept out of the field, and only `read` tells of it. Keys
    without a time of their own (made by programs) are a person's.
    """

    read = Signal(object)
    spoilt = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._detector = BurstDetector()
        self._target: Callable[[str], None] | None = None
        self._restore: Restore | None = None
        self._watched: QWidget | None = None
        # An ID that ends in X leaves X in a Chinese input method, and the Enter goes there, too.
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(2 * LONGEST_GAP_MS)
        self._late.timeout.connect(self._without_enter)
        app.focusChanged.connect(self._follow)

    def set_target(self, target: Callable[[str], None] | None) -> None:
        """Who takes readings from now on: a bound method such as `id_input.take_reading`."""
        self._target = target

    @Slot(object, object)
    def _follow(self, _old: object, new: object) -> None:
        # Only the widget with the focus gets keys, so only its events pass through Python.
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = new if isinstance(new, QWidget) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._watched = None
        self._restore = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composed(event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        self._late.stop()
        at = event.timestamp()
        if not at:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            text = self._detector.end(at)
            if text is None:
                return False
            self._deliver(text)
            return True
        mark = event.text()
        if mark and mark.isprintable():
            if self._detector.key(mark, at):
                self._restore = _memory(watched)
        elif event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            self._detector.reset()
        return False

    def _composed(self, event: QInputMethodEvent) -> None:
        text = event.commitString()
        if not text:
            return
        self._detector.committed(text)
        if self._detector.is_device:
            self._late.start()

    @Slot()
    def _without_enter(self) -> None:
        text = self._detector.end()
        if text is not None:
            self._deliver(text)

    def _deliver(self, text: str) -> None:
        if self._restore is not None:
            self._restore()
            self._restore = None
        QGuiApplication.inputMethod().reset()
        if not text:
            self.spoilt.emit(SPOILT)
            return
        self.read.emit(text)
        if self._target is not None:
            self._target(text)


def _memory(field: QObject) -> Restore | None:
    """How to give a field back what it holds now."""
    if isinstance(field, QLineEdit):
        return partial(_restore_line, field, field.text(), field.cursorPosition())
    if isinstance(field, QPlainTextEdit):
        return partial(_restore_text, field, field.toPlainText(), field.textCursor().position())
    parent = field.parent()
    if isinstance(parent, ChoiceBar):
        return partial(parent.set_value, parent.value())
    return None


def _restore_line(field: QLineEdit, text: str, cursor: int) -> None:
    field.setText(text)
    field.setCursorPosition(cursor)


def _restore_text(field: QPlainTextEdit, text: str, position: int) -> None:
    field.setPlainText(text)
    cursor = field.textCursor()
    cursor.setPosition(position)
    field.setTextCursor(cursor)
