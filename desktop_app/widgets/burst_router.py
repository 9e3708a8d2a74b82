"""Brings what a card reader types to where it belongs, whatever field has the keyboard.

Fields that got it meanwhile have their former content back, and the Enter that ends a reading never
saves a form. With an input method on it works, too; when that swallowed part of a reading, this is
said. What a text means comes in by argument (`recognise`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop_app.widgets.burst import LONGEST_GAP_MS, BurstDetector
from desktop_app.widgets.choices import ChoiceBar, ChoiceBox

SPOILT = "刚才的读卡内容被输入法打断，没有填入。请再刷一次卡。"

_SEPARATORS = {Qt.Key.Key_Return: "\n", Qt.Key.Key_Enter: "\n", Qt.Key.Key_Tab: "\t"}
_HELD_BACK_MS = 2_000
"""An input method gives back within this time what it held of a reading; later text is a person's,
and has no time of its own to tell it by."""
_PASSIVE = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)


def _as_text(text: str) -> object:
    return text


class BurstRouter(QObject):
    """`read` carries what was recognised in a reading, `spoilt` a sentence.

    A reading nobody recognises stays where it was typed. Keys without a time of their own (made by
    programs) are a person's.
    """

    read = Signal(object)
    spoilt = Signal(object)

    def __init__(self, app: QApplication, held_back_ms: int = _HELD_BACK_MS) -> None:
        super().__init__(app)
        self._detector = BurstDetector()
        self._held_back = held_back_ms
        self._since_key = QElapsedTimer()
        self._target: Callable[[object], None] | None = None
        self._recognise: Callable[[str], object | None] = _as_text
        self._memories: dict[QWidget, Callable[[], None]] = {}
        self._watched: QWidget | None = None
        # Fields of one reading may be set apart by Enter, so only silence ends it. And an ID that
        # ends in X leaves the X in a Chinese input method, to which its Enter goes, too.
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(2 * LONGEST_GAP_MS)
        self._silence.timeout.connect(self._deliver)
        app.focusChanged.connect(self._follow)

    def set_target(
        self,
        target: Callable[[object], None] | None,
        recognise: Callable[[str], object | None] = _as_text,
    ) -> None:
        """Who takes readings from now on, a bound method, and who reads them.

        `recognise` turns the text into what `target` and `read` get, or None for what is no card.
        A reading that began for another one is over.
        """
        self._silence.stop()
        self._forget_reading()
        self._target = target
        self._recognise = recognise

    @Slot(object, object)
    def _follow(self, _old: object, new: object) -> None:
        # Only the widget with the focus gets keys, so only its events pass through Python.
        if self._watched is not None and shiboken6.isValid(self._watched):
            # A widget that is being destroyed loses the focus before it tells its end.
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = new if isinstance(new, QWidget) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._watched = None
        self._memories.clear()

    def _forget_reading(self) -> None:
        self._detector.reset()
        self._memories.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composed(event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        at = event.timestamp()
        if not at:
            return False
        separator = _SEPARATORS.get(Qt.Key(event.key()))
        if separator is not None:
            held = self._detector.separator(separator, at)
            if held:
                self._silence.start()
            return held
        mark = event.text()
        if mark and mark.isprintable():
            self._typed(watched, mark, at)
        elif event.key() not in _PASSIVE:
            self._detector.reset()
        return False

    def _typed(self, watched: QObject, mark: str, at: int) -> None:
        self._since_key.restart()
        if self._detector.key(mark, at):
            self._memories.clear()
        if isinstance(watched, QWidget) and watched not in self._memories:
            self._memories[watched] = _memory(watched)
        if self._silence.isActive():
            self._silence.start()

    def _composed(self, event: QInputMethodEvent) -> None:
        text = event.commitString()
        if text and self._since_key.isValid() and self._since_key.hasExpired(self._held_back):
            self._forget_reading()
        if text:
            self._detector.committed(text)
            if self._detector.is_device:
                self._silence.start()

    @Slot()
    def _deliver(self) -> None:
        text = self._detector.take()
        # The seat may have changed in this moment: a field that is gone needs nothing back.
        memories = {field: give for field, give in self._memories.items() if isValid(field)}
        self._memories = {}
        if text is None:
            return
        found = self._recognise(text) if text else None
        if text and found is None:
            return
        QGuiApplication.inputMethod().reset()
        # Backwards: of a bar of choices every button on the way was remembered.
        for restore in reversed(memories.values()):
            restore()
        if memories:
            next(iter(memories)).setFocus(Qt.FocusReason.OtherFocusReason)
        if found is None:
            self.spoilt.emit(SPOILT)
            return
        self.read.emit(found)
        if self._target is not None:
            self._target(found)


def router_of_application() -> BurstRouter:
    """The application's one router; it comes with the first screen that asks for it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app.findChild(BurstRouter) or BurstRouter(app)


def _memory(field: QWidget) -> Callable[[], None]:
    """How to give a field back what it holds now."""
    if isinstance(field, QLineEdit):
        return partial(_restore_line, field, field.text(), field.cursorPosition())
    if isinstance(field, QPlainTextEdit):
        return partial(_restore_text, field, field.toPlainText(), field.textCursor().position())
    if isinstance(field, ChoiceBox):
        return partial(field.setEditText, field.currentText())
    parent = field.parent()
    if isinstance(parent, ChoiceBar):
        return partial(parent.set_value, parent.value())
    return _nothing


def _nothing() -> None:
    return None


def _restore_line(field: QLineEdit, text: str, cursor: int) -> None:
    field.setText(text)
    field.setCursorPosition(cursor)


def _restore_text(field: QPlainTextEdit, text: str, position: int) -> None:
    field.setPlainText(text)
    cursor = field.textCursor()
    cursor.setPosition(position)
    field.setTextCursor(cursor)
