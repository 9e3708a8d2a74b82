"""State as a quiet chip: icon, word and colour together, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.widgets.icons import pixmap
from desktop_app.widgets.theme import colour, font, theme_of

TONES = ("ok", "warn", "late", "info", "quiet")
"""done · attention · overdue or urgent · under way · of no concern."""

_ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "late": "clock-alert",
    "info": "circle-dot",
    "quiet": "circle",
}


@dataclass(frozen=True, slots=True)
class ChipText:
    """A state's word, its tone (one of `TONES`) and, where the tone's own does not fit, an icon."""

    word: str
    tone: str = "quiet"
    icon: str = ""

    def __str__(self) -> str:
        return self.word


def chip_width(text: ChipText) -> int:
    """How wide the chip is at the theme in force, in logical pixels."""
    sizes = theme_of().metrics
    return QFontMetrics(font(sizes.small)).horizontalAdvance(text.word) + _picture() + 20


def paint_chip(painter: QPainter, area: QRect, text: ChipText) -> None:
    """Paint the chip at the left of `area`, vertically in its middle, cut to its width: a word that
    does not fit ends in dots, so that nobody takes a part of it for the whole."""
    theme = theme_of()
    sizes = theme.metrics
    whole = chip_width(text)
    width = min(whole, area.width())
    top = area.top() + (area.height() - sizes.chip) / 2
    body = QRectF(area.left(), top, width, sizes.chip)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("hover" if text.tone == "quiet" else f"{text.tone}_soft"))
    painter.drawRoundedRect(body, sizes.chip / 2, sizes.chip / 2)
    side = _picture()
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(text.icon or _ICONS[text.tone], text.tone, side, ratio)
    painter.drawPixmap(QPointF(body.left() + 7, top + (sizes.chip - side) / 2), picture)
    painter.setPen(colour(text.tone))
    painter.setFont(font(sizes.small))
    words = body.adjusted(side + 11, 0, -6, 0)
    word = text.word
    if width < whole:
        fits = int(words.width())
        word = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, fits)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()


def _picture() -> int:
    return theme_of().metrics.small_icon - 2


class Chip(QWidget):
    """A chip that stands on its own, beside a title or in a form."""

    def __init__(self, text: ChipText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text.word)

    def set_text(self, text: ChipText) -> None:
        """Show another state."""
        self._text = text
        self.setAccessibleName(text.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text), theme_of().metrics.chip)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text)
        painter.end()
