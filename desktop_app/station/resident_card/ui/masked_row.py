"""One line of the card: a word, its value, and for a masked one the way to see it for a moment."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SHOWN_SECONDS = 10
SHOW, HIDE = "显示", "遮住"
_LABEL_WIDTH = 92


class MaskedRow(QWidget):
    """`wanted` carries the field's name when it is to be revealed; give the text to `reveal`.

    After `SHOWN_SECONDS`, or when the page goes out of sight, the mask is back.
    """

    wanted = Signal(object)

    def __init__(self, name: str, word: str, parent: QWidget, seconds: int = SHOWN_SECONDS) -> None:
        super().__init__(parent)
        self.name, self.word = name, word
        self._masked = ""
        title = QLabel(word, self)
        title.setProperty("role", "quiet")
        title.setFixedWidth(round(_LABEL_WIDTH * theme_of().metrics.body / 14))
        self._value = QLabel(self)
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        self._value.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.setProperty("role", "plain")
        self.button.clicked.connect(self.toggle)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(title, 0)
        line.addWidget(self._value, 1)
        line.addWidget(self.button, 0)
        self.setMinimumHeight(theme_of().metrics.control)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setTimerType(Qt.TimerType.PreciseTimer)
        self._time.setInterval(seconds * 1000)
        self._time.timeout.connect(self.mask)

    @property
    def words(self) -> str:
        """What stands there now."""
        return self._value.text()

    @property
    def is_revealed(self) -> bool:
        return self._time.isActive()

    @property
    def seconds_left(self) -> float:
        """How long the value is still shown; 0 while it is masked."""
        return max(0, self._time.remainingTime()) / 1000

    def show_value(self, words: str, *, masked: bool) -> None:
        """Show a value; a masked one can be revealed, an empty one hides the line."""
        self._masked = words
        self.button.setVisible(masked)
        self.setVisible(bool(words))
        self.mask()

    def reveal(self, words: str) -> None:
        """Show the whole value for a moment."""
        self._value.setText(words)
        self._say(HIDE, "eye-off")
        self._time.start()

    @Slot()
    def mask(self) -> None:
        """Cover the value again."""
        self._time.stop()
        self._value.setText(self._masked)
        self._say(SHOW, "eye")

    @Slot()
    def toggle(self) -> None:
        """Ask for the whole value, or cover it."""
        if self.is_revealed:
            self.mask()
        else:
            self.wanted.emit(self.name)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.mask()

    def _say(self, verb: str, picture: str) -> None:
        self.button.setText(verb)
        self.button.setAccessibleName(f"{verb} {self.word}")
        self.button.setToolTip(f"{verb}{self.word}（R）")
        put_icon(self.button, picture, size=theme_of().metrics.small_icon)
