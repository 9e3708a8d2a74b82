"""The box: what is typed goes out at once, without waiting, and only what is committed.

The search itself is not here. Letters such as zcm arrive as typed because the input method is off
until somebody switches it on (Ctrl+Space, or the mark at the right end).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from desktop_app.widgets.icons import icon
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import theme_of


class SearchBox(LineInput):
    """`query` carries the text on every committed change; Enter and Down leave for the results.

    Esc empties the box; on an empty box it goes on to the window.
    """

    query = Signal(object)
    to_results = Signal()
    chosen_first = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholder=placeholder, chinese=False)
        self.setAccessibleName(placeholder or "查找")
        self._glass = self._button("search", "查找")
        self._glass.setEnabled(False)
        self._clear = self._button("x", "清空")
        self._clear.clicked.connect(self.empty)
        self._language = self._button("", "切换中文输入（Ctrl+空格）")
        self._language.clicked.connect(self._toggle)
        self.changed.connect(self._ask)
        self.submitted.connect(self.chosen_first)
        self.refused.connect(self._say_refused)
        self._place()

    def set_chinese(self, on: bool) -> None:
        super().set_chinese(on)
        self._language.setText("中" if on else "英")

    @Slot()
    def empty(self) -> None:
        """Empty the box, with the input method off again, and put the keyboard into it."""
        self.set_value("")
        self.set_chinese(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_composing:
            self.to_results.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_language"):
            self._place()

    @Slot()
    def _toggle(self) -> None:
        self.set_chinese(not self.is_chinese_on)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask(self) -> None:
        self._clear.setVisible(bool(self.text()))
        self.query.emit(self.text().strip())

    @Slot(object)
    def _say_refused(self, sentence: str) -> None:
        # A box stands in no form: there is no line below it for a sentence.
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self)

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setToolTip(words)
        button.setAccessibleName(words)
        if name:
            button.setIcon(icon(name, "quiet"))
        return button

    def _place(self) -> None:
        sizes = theme_of().metrics
        side = sizes.control - 6
        for button in (self._glass, self._clear, self._language):
            button.setIconSize(QSize(sizes.small_icon, sizes.small_icon))
            button.resize(side, side)
        top = (self.height() - side) // 2
        self._glass.move(4, top)
        self._language.move(self.width() - side - 4, top)
        self._clear.move(self.width() - 2 * side - 4, top)
        self._clear.setVisible(bool(self.text()))
        self._language.setText("中" if self.is_chinese_on else "英")
        self.setTextMargins(side - 4, 0, 2 * side - 4, 0)
