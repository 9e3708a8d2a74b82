"""The foot of a paged list: how much there is, what a filter hides, and the way to other pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.tokens import SPACE


class PagingFoot(QWidget):
    """更新 is the page before (newer rows), 更早 the page after (older rows)."""

    newer = Signal()
    older = Signal()
    clear_filter = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = QLabel(self)
        self._note = QLabel(self)
        for label in (self._count, self._note):
            label.setProperty("role", "small")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._clear = QPushButton("清除筛选", self)
        self._clear.setProperty("role", "plain")
        self._clear.clicked.connect(self.clear_filter)
        self._newer, self._older = QPushButton("更新", self), QPushButton("更早", self)
        self._older.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        put_icon(self._newer, "chevron-left")
        put_icon(self._older, "chevron-right")
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.medium, SPACE.hair, SPACE.small, SPACE.hair)
        line.setSpacing(SPACE.small)
        for widget in (self._count, self._note, self._clear):
            line.addWidget(widget)
        line.addStretch(1)
        for button, signal in ((self._newer, self.newer), (self._older, self.older)):
            button.setProperty("role", "plain")
            button.clicked.connect(signal)
            line.addWidget(button)
        self.set_note("")
        self.set_pages(newer=False, older=False)

    def call_pages(self, before: str, after: str) -> None:
        """Words for the neighbouring pages of a list that is not in the order of time."""
        self._newer.setText(before)
        self._older.setText(after)

    def add_tool(self, button: QPushButton) -> None:
        """A quiet button for the whole list, before those that turn its pages."""
        line = self.layout()
        assert isinstance(line, QHBoxLayout)
        line.insertWidget(line.indexOf(self._newer), button)

    @property
    def count(self) -> str:
        """What the list holds, in words."""
        return self._count.text()

    def set_count(self, words: str) -> None:
        """What the list holds, e.g. 共 1,204 条."""
        self._count.setText(words)

    def set_note(self, words: str) -> None:
        """What a filter hides, with the offer to clear it; empty when nothing is filtered."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._clear.setVisible(bool(words))

    def set_pages(self, *, newer: bool, older: bool) -> None:
        """Which of the neighbouring pages exist; with neither the buttons are gone."""
        self._newer.setEnabled(newer)
        self._older.setEnabled(older)
        self._newer.setVisible(newer or older)
        self._older.setVisible(newer or older)
