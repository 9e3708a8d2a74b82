"""What is seen of a document in the preview, for the tests that drive it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop_app.widgets.pdf_view import PdfView
from desktop_app.widgets.tokens import LIGHT
from tests.driver.typing import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

Opened = Callable[..., PdfView]
"""Shows a document and waits until its first page can be read."""


def seen(view: PdfView) -> QImage:
    return view.canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def ink(view: PdfView) -> int:
    """How many dark pixels are on the pages in sight."""
    if not view.canvas.isVisible():
        return 0
    grey = seen(view).convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(value < 60 for value in bytes(grey.constBits()))


def marks(view: PdfView) -> int:
    """How many pixels are marked as found."""
    wanted, image = LIGHT.selection.lower(), seen(view)
    return sum(
        image.pixelColor(x, y).name() == wanted
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def look_for(view: PdfView, words: str) -> None:
    press(view, Qt.Key.Key_F, with_=CONTROL)
    type_text(view.strip.words, words)


def told(view: PdfView) -> str:
    return view.strip.words.accessibleDescription()
