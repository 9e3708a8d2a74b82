"""A time of day, typed: 9:30, 930, 下午3点. Up and down move by a quarter of an hour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.clock_text import clock_words, parse_clock
from desktop_app.widgets.inputs import LineInput

_QUARTER = 15
_DAY = 24 * 60


class TimeInput(LineInput):
    """Keeps what was typed; what is a time is written as one when the keyboard leaves."""

    def __init__(self, parent: QWidget | None = None, *, usual: tuple[int, int] = (9, 0)) -> None:
        super().__init__(parent, placeholder="如 9:30 或 930", chinese=False)
        self._usual = usual

    def time(self) -> tuple[int, int] | None:
        """The time meant, or None when the field is empty or means none."""
        return parse_clock(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: _QUARTER, Qt.Key.Key_Down: -_QUARTER}.get(Qt.Key(event.key()))
        if step is None or self.is_composing:
            super().keyPressEvent(event)
            return
        now = self.time()
        hour, minute = self._usual if now is None else now
        minutes = hour * 60 + minute + (0 if now is None else step)
        self.set_value(clock_words(divmod(minutes % _DAY, 60)))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        time = self.time()
        if time is not None:
            self.set_value(clock_words(time))
