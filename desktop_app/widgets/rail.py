"""The rail at the left: where one can go. Words always, icons always; Ctrl+1…9 by place.

In a wide window words stand beside their icons, else below them; on a screen too low for that
beside them again, in a smaller face.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of
from desktop_app.widgets.tokens import SPACE

_AIR = 4
"""The least that is left around an entry."""


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place to go: its key for the program, the word, the icon; `at_foot` puts it at the foot."""

    key: str
    word: str
    icon: str
    at_foot: bool = False


class _RailButton(QAbstractButton):
    def __init__(self, entry: RailEntry, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self.is_wide = False
        self.is_low = False
        self.count = 0
        self.setCheckable(True)
        # Going somewhere by mouse leaves the keyboard to the page.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(entry.word)
        self.setToolTip(f"{entry.word}（{keys}）" if keys else entry.word)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # On a low screen all of them move together rather than push the window over its edge.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        sizes = theme_of().metrics
        if self.is_wide:
            return QSize(sizes.wide_rail, sizes.control + SPACE.small)
        return QSize(sizes.rail, sizes.icon + sizes.small + SPACE.large + SPACE.small)

    def minimumSizeHint(self) -> QSize:
        sizes = theme_of().metrics
        if self.is_wide:
            return QSize(sizes.wide_rail, sizes.icon + _AIR)
        return QSize(sizes.rail, max(sizes.icon, self._line()) + 2 * _AIR)

    @property
    def whole(self) -> int:
        """How high it has to be for its word to stand below its icon."""
        return theme_of().metrics.icon + self._line() + _AIR

    def _line(self) -> int:
        """How high a word below an icon is: Chinese characters need no room for descenders."""
        small = theme_of().metrics.small
        return min(QFontMetrics(font(small, bold=True)).height(), small + _AIR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(6, 2, -6, -2)
        self._paint_ground(painter, area)
        self._paint_words(painter, area)
        self._paint_count(painter, area)
        painter.end()

    def _paint_ground(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, 6, 6)
        if self.isChecked():
            painter.setBrush(colour("accent"))
            painter.drawRoundedRect(QRect(0, area.top() + 6, 3, area.height() - 12), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        sizes = theme_of().metrics
        tone = "accent" if self.isChecked() else "quiet"
        picture = pixmap(self.entry.icon, tone, sizes.icon, self.devicePixelRatioF())
        painter.setPen(colour("accent_strong" if self.isChecked() else "ink"))
        if self.is_wide:
            left, middle = area.left() + SPACE.medium, area.center().y() + 1
            painter.drawPixmap(left, middle - sizes.icon // 2, picture)
            painter.setFont(font(sizes.body, bold=self.isChecked()))
            words = area.adjusted(SPACE.medium + sizes.icon + SPACE.medium, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.entry.word)
        elif self.is_low:
            wide = QFontMetrics(font(sizes.small, bold=True)).horizontalAdvance(self.entry.word)
            left = max(area.left(), (self.width() - sizes.icon - _AIR - wide) // 2)
            painter.drawPixmap(left, (self.height() - sizes.icon) // 2, picture)
            painter.setFont(font(sizes.small, bold=self.isChecked()))
            words = area.adjusted(left + sizes.icon + _AIR - area.left(), 0, SPACE.small, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.entry.word)
        else:
            line = self._line()
            air = max(0, self.height() - sizes.icon - line)
            top = min(air // 3, SPACE.small)
            painter.drawPixmap((self.width() - sizes.icon) // 2, top, picture)
            painter.setFont(font(sizes.small, bold=self.isChecked()))
            words = QRect(area.left(), top + sizes.icon, area.width(), line + min(air // 3, 6))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
            painter.drawText(words, flags, self.entry.word)

    def _paint_count(self, painter: QPainter, area: QRect) -> None:
        if not self.count:
            return
        words = "99+" if self.count > 99 else str(self.count)
        face = font(theme_of().metrics.small - 2, bold=True)
        painter.setFont(face)
        high = theme_of().metrics.small + 3
        wide = max(high, painter.fontMetrics().horizontalAdvance(words) + 8)
        left = area.right() - wide - (6 if self.is_wide else 0)
        top = area.center().y() - high // 2 if self.is_wide else area.top() + 2
        spot = QRect(left, top, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(spot, high / 2, high / 2)
        painter.setPen(colour("on_accent"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)


class Rail(QWidget):
    """`chosen` carries the key of the entry somebody went to, by mouse, arrows or Ctrl+digit."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("导航")
        self._buttons: dict[str, _RailButton] = {}
        self._marking = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE.small, 0, SPACE.small)
        column.setSpacing(2)
        ordered = [entry for entry in entries if not entry.at_foot]
        at_foot = [entry for entry in entries if entry.at_foot]
        for number, entry in enumerate(ordered + at_foot, start=1):
            if at_foot and entry is at_foot[0]:
                column.addStretch(1)
            column.addWidget(self._button(entry, number))
        if not at_foot:
            column.addStretch(1)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Icons with words beside them, or (narrow) with words below them."""
        sizes = theme_of().metrics
        self.setFixedWidth(sizes.wide_rail if wide else sizes.rail)
        for button in self._buttons.values():
            button.is_wide = wide
            button.updateGeometry()
            button.update()
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """On a low screen the words stand beside their icons, in all entries or in none."""
        buttons = list(self._buttons.values())
        column = self.layout()
        if not buttons or column is None:
            return
        around = column.contentsMargins().top() + column.contentsMargins().bottom()
        room = self.height() - around - column.spacing() * (len(buttons) - 1)
        low = room < len(buttons) * buttons[0].whole
        for button in buttons:
            button.is_low = low
            button.update()

    def set_active(self, key: str) -> None:
        """Mark where the window is; says nothing to anyone. A key not on the rail marks none."""
        self._marking = True
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._marking = False

    def set_count(self, key: str, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        button = self._buttons[key]
        button.count = count
        button.setAccessibleName(f"{button.entry.word} {count}" if count else button.entry.word)
        button.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._buttons:
            self.set_wide(next(iter(self._buttons.values())).is_wide)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), colour("line"))
        painter.end()

    def _button(self, entry: RailEntry, number: int) -> _RailButton:
        keys = f"Ctrl+{number}" if number <= 9 else ""
        button = _RailButton(entry, keys, self)
        # Not `clicked`: what a screen reader does to a button that can be checked is to toggle it.
        button.toggled.connect(partial(self._toggled, entry.key))
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._go, entry.key))
        self._buttons[entry.key] = button
        return button

    @Slot(bool)
    def _toggled(self, key: str, _on: bool) -> None:
        if not self._marking:
            self._go(key)

    @Slot()
    def _go(self, key: str) -> None:
        self.set_active(key)
        self.chosen.emit(key)
