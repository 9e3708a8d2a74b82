"""A chip in a column too narrow for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.widgets.chips import ChipText, chip_width, paint_chip

_WORD = ChipText("冬衣洗晒便民日", "ok", "user-check")
_HEIGHT, _ENDS = 30, 16


def _painted(width: int) -> QImage:
    picture = QImage(width, _HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_chip(painter, QRect(0, 0, width, _HEIGHT), _WORD)
    painter.end()
    return picture


def test_a_word_that_does_not_fit_ends_in_dots_and_not_within_itself(qapp: QApplication) -> None:
    whole = chip_width(_WORD)
    inside = QRect(0, 0, whole // 2 - _ENDS, _HEIGHT)
    assert _painted(whole // 2).copy(inside) != _painted(whole).copy(inside)


def test_a_word_that_fits_is_painted_the_same_however_wide_the_column(qapp: QApplication) -> None:
    whole = chip_width(_WORD)
    inside = QRect(0, 0, whole - 1, _HEIGHT)
    assert _painted(whole).copy(inside) == _painted(3 * whole).copy(inside)
