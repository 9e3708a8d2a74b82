"""The charts of a report as one picture, to be put into a document or sent to somebody."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from desktop_app.core.chart_layout import lay_out
from desktop_app.core.chart_picture import Sizes
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.widgets.charts import paint_chart
from desktop_app.widgets.theme import colour, font

_WIDE, _HIGH, _AIR = 1200, 320, 40
_TIMES = 2
"""Finer than the screen: it is looked at on paper and on other screens."""


def picture_of(report: PeriodFigures) -> bytes:
    """Every chart under a heading, the one over time across, as a PNG in the theme's colours."""
    places = _places(report)
    high = 3 * _AIR + 2 * _AIR + max(place.bottom() for place in places)
    image = QImage(_TIMES * (_WIDE + 2 * _AIR), _TIMES * round(high), QImage.Format.Format_RGB32)
    image.fill(colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_TIMES, _TIMES)
    painter.translate(_AIR, _AIR)
    _paint_heading(painter, report)
    painter.translate(0, 2 * _AIR)
    sizes = Sizes(title=16, label=13, value=13)
    for drawn, place in zip(report.charts, places, strict=True):
        painter.save()
        painter.translate(place.topLeft())
        laid = lay_out(drawn.chart, place.width(), place.height(), sizes, _measure)
        paint_chart(painter, laid)
        painter.restore()
    painter.end()
    return _png(image)


def _places(report: PeriodFigures) -> list[QRectF]:
    """Where each chart stands; the first of a report is the one over time, if it has one."""
    half = (_WIDE - _AIR) / 2
    places, at = [], 0
    for drawn in report.charts:
        across = drawn.key == "over_time"
        top = (at // 2) * (_HIGH + _AIR)
        places.append(QRectF((at % 2) * (half + _AIR), top, _WIDE if across else half, _HIGH))
        at += 2 if across else 1
    return places


def _paint_heading(painter: QPainter, report: PeriodFigures) -> None:
    for words, top, face, tone in (
        (f"{report.station}　{report.period.label}", 20, font(20, bold=True), "ink"),
        (report.remark, 46, font(13), "quiet"),
    ):
        painter.setPen(colour(tone))
        painter.setFont(face)
        painter.drawText(QPointF(0, top), words)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _measure(text: str, size: float, bold: bool) -> float:
    return QFontMetricsF(font(round(size), bold=bold)).horizontalAdvance(text)
