"""Fields for text: one line, and a few lines. Never a maximum length, never a validator.

Both of those silently swallow what an input method commits (a limit of 4 turns 一二三四五六
into 一二三四). A field takes what it is given; the form says in words what is wrong with it. The
one thing refused is a paste too large to show, and that is said, too.

Every editor of the kit has `value()`, `set_value()`, a signal `changed` and a signal `refused` that
carries a sentence. `changed` also follows `set_value()`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.widgets.input_method import is_input_method_on, set_input_method

LINE_PASTE_LIMIT = 2_000
"""Characters one paste into a line may have; more is never what somebody meant to enter there."""

TEXT_PASTE_LIMIT = 20_000
"""Characters one paste into a text of several lines may have: ten printed pages."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def too_long(count: int, limit: int) -> str:
    """The sentence for a paste that was refused."""
    return (
        f"要粘贴的内容有 {count:,} 个字，超过 {limit:,} 个字，没有粘贴，原来的内容没有变。"
        "请先在别处截取需要的部分，再粘贴一次。"
    )


class LineInput(QLineEdit):
    """One line of text. `submitted` is Enter, never the Enter that ends a composition."""

    changed = Signal()
    submitted = Signal()
    refused = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, placeholder: str = "", chinese: bool = True
    ) -> None:
        super().__init__(parent)
        self._composing = False
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)
        self.textChanged.connect(self._announce)
        if not chinese:
            set_input_method(self, False)

    def value(self) -> str:
        """The text without spaces around it."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        if value != self.text():
            self.setText(value)

    @property
    def is_composing(self) -> bool:
        """Is an input method in the middle of a word here?"""
        return self._composing

    @property
    def is_chinese_on(self) -> bool:
        """May the input method work in this field at the moment?"""
        return is_input_method_on(self)

    def set_chinese(self, on: bool) -> None:
        """Switch the input method of this field on or off."""
        set_input_method(self, on)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            # Nothing to undo in here: leave Ctrl+Z to the undo strip of the window.
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_clipboard()
            return
        if event.key() == Qt.Key.Key_Space and event.modifiers() == (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.set_chinese(not self.is_chinese_on)
            return
        if event.key() in _ENTER and not event.modifiers():
            if _offers_something(self.completer()):
                # The list of what fits gets the key only if the field does not take it.
                event.ignore()
            elif not self._composing:
                self.submitted.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # X11 pastes the selection on the middle button, past every check.
        if event.button() != Qt.MouseButton.MiddleButton:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = edit_menu(self)
        menu.popup(event.globalPos())

    @Slot()
    def paste_clipboard(self) -> None:
        """Paste what the clipboard holds, as one line; refuse what is too long."""
        text = QGuiApplication.clipboard().text()
        if len(text) > LINE_PASTE_LIMIT:
            self.refused.emit(too_long(len(text), LINE_PASTE_LIMIT))
            return
        self.insert(" ".join(text.split("\n")).strip("\r\n") if "\n" in text else text)

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()


def _offers_something(finder: QCompleter | None) -> bool:
    return finder is not None and finder.popup().isVisible()


class TextInput(QPlainTextEdit):
    """A few lines of text: grows from `lines` to `most` lines; Tab leaves, Enter breaks a line."""

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        lines: int = 2,
        most: int = 5,
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._composing = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._announce)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def value(self) -> str:
        """The text without empty space around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        if value != self.toPlainText():
            self.setPlainText(value)

    @property
    def is_composing(self) -> bool:
        """Is an input method in the middle of a word here?"""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) > TEXT_PASTE_LIMIT:
            self.refused.emit(too_long(len(text), TEXT_PASTE_LIMIT))
            return
        self.insertPlainText(text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        edit_menu(self).popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def _height(self) -> int:
        # The document of a plain text edit measures its height in lines, not in pixels.
        shown = max(self._lines, min(self._most, round(self.document().size().height())))
        margins = self.contentsMargins()
        frame = 2 * round(self.document().documentMargin()) + margins.top() + margins.bottom()
        return shown * self.fontMetrics().lineSpacing() + frame + 12

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A text that was there before the field had its width needs other lines now.
        self._grow()

    @Slot()
    def _grow(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            self.updateGeometry()

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()


def edit_menu(field: LineInput | TextInput) -> QMenu:
    """The context menu of a text field, in Chinese, with the guarded paste."""
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if isinstance(field, LineInput):
        undo, redo = field.isUndoAvailable(), field.isRedoAvailable()
        selected, paste = field.hasSelectedText(), field.paste_clipboard
    else:
        undo = field.document().isUndoAvailable()
        redo = field.document().isRedoAvailable()
        selected, paste = field.textCursor().hasSelection(), field.paste
    writable = not field.isReadOnly()
    for words, keys, slot, enabled in (
        ("撤销", QKeySequence.StandardKey.Undo, field.undo, undo and writable),
        ("重做", QKeySequence.StandardKey.Redo, field.redo, redo and writable),
        ("剪切", QKeySequence.StandardKey.Cut, field.cut, selected and writable),
        ("复制", QKeySequence.StandardKey.Copy, field.copy, selected),
        ("粘贴", QKeySequence.StandardKey.Paste, paste, writable),
        ("全选", QKeySequence.StandardKey.SelectAll, field.selectAll, True),
    ):
        action = QAction(words, menu)
        # Only shown: the field itself handles the keys.
        action.setText(
            f"{words}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
        )
        action.setEnabled(enabled)
        action.triggered.connect(slot)
        menu.addAction(action)
    return menu
