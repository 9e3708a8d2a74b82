"""Lines that mean something: a day, a small number, an identity number, a phone number.

They keep what was typed, always; `value()` is what it means and `problem()` says in words why it
means nothing. The rules of identity and phone numbers live elsewhere and come in by argument.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.day_text import parse_day
from desktop_app.core.text import half_width
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.theme import colour

Check = Callable[[str], str]
"""Takes the text, answers a sentence that says what is wrong with it, or an empty string."""


def _no_check(_: str) -> str:
    return ""


class DateInput(LineInput):
    """A day, typed: 20261123, 2026-11-23, 2026.3.5, 11-23, 今天. Up and down move by a day."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholder="如 20261123 或 11-23", chinese=False)
        self._today = today

    def day(self) -> date | None:
        """The day meant, or None when the field is empty or means none."""
        return parse_day(self.text(), self._today())

    def set_day(self, day: date | None) -> None:
        self.set_value("" if day is None else day.isoformat())

    def problem(self) -> str:
        """Why the text is no day, in words; empty when it is one or nothing was typed."""
        if not self.value() or self.day() is not None:
            return ""
        return f"“{self.value()}”不是一个日期，请按 20261123 或 11-23 的样子填写。"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.is_composing:
            super().keyPressEvent(event)
            return
        day = self.day()
        self.set_day(self._today() if day is None else day + timedelta(days=step))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        day = self.day()
        if day is not None:
            self.set_day(day)


class NumberInput(LineInput):
    """A small whole number with its unit, e.g. 3 人. Up and down count."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        least: int = 0,
        most: int = 9_999,
        unit: str = "",
        value: int | None = None,
    ) -> None:
        super().__init__(parent, chinese=False)
        self._least, self._most, self._unit = least, most, unit
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 8, 0)
        self.set_number(value)

    def number(self) -> int | None:
        """The number, or None when the field is empty or holds none between the bounds."""
        plain = half_width(self.value())
        if not plain.isascii() or not plain.isdigit() or len(plain) > 9:
            return None
        found = int(plain)
        return found if self._least <= found <= self._most else None

    def set_number(self, number: int | None) -> None:
        self.set_value("" if number is None else str(number))

    def problem(self) -> str:
        """Why the text is no such number, in words; empty when it is or nothing was typed."""
        if not self.value() or self.number() is not None:
            return ""
        return f"请填 {self._least} 到 {self._most} 之间的整数。"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        now = self.number()
        moved = self._least if now is None else now + step
        self.set_number(max(self._least, min(self._most, moved)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(colour("quiet"))
            inside = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(
                inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit
            )
            painter.end()


class CodeInput(LineInput):
    """A code of letters and digits: the input method is off, spaces and full width are ironed out.

    `taken_from_reader` tells that a card reader filled it.
    """

    taken_from_reader = Signal(object)

    def __init__(
        self, check: Check = _no_check, parent: QWidget | None = None, *, placeholder: str = ""
    ) -> None:
        super().__init__(parent, placeholder=placeholder, chinese=False)
        self._check = check

    def code(self) -> str:
        """The text with half-width capitals and without spaces or hyphens."""
        plain = half_width(self.text()).upper()
        return "".join(mark for mark in plain if not mark.isspace() and mark != "-")

    def problem(self) -> str:
        """What the rule says against the code; empty when nothing was typed."""
        code = self.code()
        return self._check(code) if code else ""

    @Slot(object)
    def take_reading(self, text: object) -> None:
        """Take what a reader typed, whatever stood here before."""
        self.set_value(str(text))
        self.taken_from_reader.emit(text)


class IdInput(CodeInput):
    """An identity document's number; `check` is the rule for the kind of document."""

    def __init__(self, check: Check = _no_check, parent: QWidget | None = None) -> None:
        super().__init__(check, parent, placeholder="证件号码，可刷卡")


class PhoneInput(CodeInput):
    """A phone number; `check` is the rule."""

    def __init__(self, check: Check = _no_check, parent: QWidget | None = None) -> None:
        super().__init__(check, parent, placeholder="手机或固定电话")
