"""A chart on the screen: the same data and places as on paper, in the colours of the theme.

Every figure is reachable by the keyboard and told in words to a screen reader. Enter or a click on
a figure asks for the records behind it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.core.chart import Chart
from desktop_app.core.chart_layout import lay_out
from desktop_app.core.chart_picture import (
    DASHES,
    HATCHES,
    MARKERS,
    Bar,
    Dot,
    Label,
    Part,
    Picture,
    Sizes,
    Swatch,
    Wedge,
    hatching,
)
from desktop_app.widgets.theme import colour, font, theme_of

_PLAIN = {0: "accent", 1: "soft_edge", 2: "edge"}
_INKS = {"ink": "ink", "quiet": "quiet", "inverse": "on_accent"}
_HATCH_GAP = 4.0
_STROKE = 2.0
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows one chart. `drilled` carries `(series, category)` by name, as the chart calls them.

    Left and Right go through the categories, Up and Down through the series, Home and End to the
    ends. The accessible name is the title, the description all figures in words.
    """

    drilled = Signal(object)

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._picture: Picture | None = None
        self._at = (0, 0)
        self._under: Part | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_chart(chart)

    def set_chart(self, chart: Chart) -> None:
        """Show another chart, or the same one with new figures."""
        self._chart, self._picture, self._at, self._under = chart, None, (0, 0), None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.words())
        self.update()

    @property
    def current(self) -> str:
        """The figure the keyboard is on, in words; empty when there is none."""
        chart = self._laid().chart
        return "" if chart.is_empty else chart.part_words(*self._at)

    def sizeHint(self) -> QSize:
        body = theme_of().metrics.body
        return QSize(36 * body, 20 * body)

    def minimumSizeHint(self) -> QSize:
        body = theme_of().metrics.body
        return QSize(18 * body, 12 * body)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self._laid().part_at(event.pos().x(), event.pos().y())
            words = (
                "" if part is None else self._laid().chart.part_words(part.series, part.category)
            )
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self._drill(self._current())
            return
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Home: (0, -len(self._laid().chart.categories)),
            Qt.Key.Key_End: (0, len(self._laid().chart.categories)),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        chart = self._laid().chart
        series = min(max(self._at[0] + step[0], 0), len(chart.series) - 1)
        category = min(max(self._at[1] + step[1], 0), len(chart.categories) - 1)
        self._go_to(series, category)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self._laid().part_at(event.position().x(), event.position().y())
        if part is not self._under:
            self._under = part
            self.setCursor(
                Qt.CursorShape.ArrowCursor if part is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._under = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        part = self._laid().part_at(event.position().x(), event.position().y())
        if part is not None:
            self._go_to(part.series, part.category)
            self._drill(part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._picture = None
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chart(painter, self._laid())
        marked = self._current() if self.hasFocus() else None
        for part, name in ((self._under, "edge"), (marked, "ink")):
            if part is not None:
                painter.setPen(QPen(colour(name), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_outline(part, 2.5))
        if self.hasFocus() and marked is None:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _laid(self) -> Picture:
        if self._picture is None:
            sizes = theme_of().metrics
            self._picture = lay_out(
                self._chart,
                self.width(),
                self.height(),
                Sizes(title=sizes.section, label=sizes.small, value=sizes.small),
                _measure,
            )
        return self._picture

    def _current(self) -> Part | None:
        return self._laid().part(*self._at)

    def _go_to(self, series: int, category: int) -> None:
        self._at = (series, category)
        now = self.current
        # A screen reader says a description that changes: the figure first, then the whole.
        words = self._chart.words()
        self.setAccessibleDescription(f"{now}。{words}" if now else words)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.update()

    def _drill(self, part: Part | None) -> None:
        if part is not None:
            chart = self._laid().chart
            self.drilled.emit((chart.series[part.series].name, chart.categories[part.category]))


def paint_chart(painter: QPainter, picture: Picture) -> None:
    """Paint a laid-out chart in the colours of the theme in force."""
    _paint_rules(painter, picture, strong=False)
    for part in picture.parts:
        if not isinstance(part, Dot):
            _paint_area(painter, _outline(part, 0), part.tone)
    _paint_rules(painter, picture, strong=True)
    for stroke in picture.strokes:
        painter.setPen(_line_pen(stroke.tone))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stroke.points]))
    for part in picture.parts:
        if isinstance(part, Dot):
            _paint_marker(painter, part.x, part.y, part.radius, part.tone)
    for swatch in picture.swatches:
        _paint_swatch(painter, swatch)
    for label in picture.labels:
        _paint_label(painter, label)


def _measure(text: str, size: float, bold: bool) -> float:
    return QFontMetricsF(font(round(size), bold=bold)).horizontalAdvance(text)


def _paint_rules(painter: QPainter, picture: Picture, *, strong: bool) -> None:
    painter.setPen(QPen(colour("edge" if strong else "line"), 1))
    for rule in picture.rules:
        if rule.strong == strong:
            # On half pixels, so that a hairline is one pixel and not two faint ones.
            y = round(rule.y) + 0.5
            painter.drawLine(QLineF(rule.x, y, rule.to_x, y))


def _outline(part: Part, air: float) -> QPainterPath:
    path = QPainterPath()
    if isinstance(part, Bar):
        path.addRect(QRectF(part.left, part.top, part.width, part.height).adjusted(
            -air, -air, air, air))  # fmt: skip
    elif isinstance(part, Dot):
        reach = part.radius + 2 * air
        path.addEllipse(QPointF(part.x, part.y), reach, reach)
    else:
        _add_wedge(path, part)
    return path


def _add_wedge(path: QPainterPath, wedge: Wedge) -> None:
    # Qt counts angles anticlockwise from three o'clock.
    start, sweep = 90 - wedge.start, min(wedge.sweep, 359.99)
    outer = QRectF(wedge.x - wedge.outer, wedge.y - wedge.outer, 2 * wedge.outer, 2 * wedge.outer)
    inner = QRectF(wedge.x - wedge.inner, wedge.y - wedge.inner, 2 * wedge.inner, 2 * wedge.inner)
    path.arcMoveTo(outer, start)
    path.arcTo(outer, start, -sweep)
    path.arcTo(inner, start - sweep, sweep)
    path.closeSubpath()


def _paint_area(painter: QPainter, path: QPainterPath, tone: int) -> None:
    edge = "surface" if tone in _PLAIN else "quiet"
    painter.fillPath(path, colour(_PLAIN.get(tone, "surface")))
    if tone in HATCHES:
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour("quiet"), 1))
        box = path.boundingRect()
        cover = partial(hatching, box.left(), box.top(), box.width(), box.height())
        for angle in HATCHES[tone]:
            painter.drawLines([QLineF(*line) for line in cover(angle, _HATCH_GAP)])
        painter.restore()
    painter.setPen(QPen(colour(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _line_pen(tone: int) -> QPen:
    pen = QPen(colour("accent" if tone == 0 else "quiet"), _STROKE)
    if DASHES[tone]:
        pen.setDashPattern(list(DASHES[tone]))
    return pen


def _paint_marker(painter: QPainter, x: float, y: float, radius: float, tone: int) -> None:
    marker = MARKERS[tone % len(MARKERS)]
    shade = colour("accent" if tone == 0 else "quiet")
    painter.setPen(QPen(shade, 1.2))
    painter.setBrush(colour("surface") if marker == "ring" else shade)
    if marker in ("disc", "ring"):
        painter.drawEllipse(QPointF(x, y), radius, radius)
    elif marker == "square":
        painter.drawRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    else:
        corners = ((-1.2, 1.0), (1.2, 1.0), (0.0, -1.2))
        painter.drawPolygon(
            QPolygonF([QPointF(x + a * radius, y + b * radius) for a, b in corners])
        )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_swatch(painter: QPainter, swatch: Swatch) -> None:
    if not swatch.line:
        path = QPainterPath()
        path.addRect(QRectF(swatch.left, swatch.top, swatch.side, swatch.side))
        _paint_area(painter, path, swatch.tone)
        return
    middle = swatch.top + swatch.side / 2
    painter.setPen(_line_pen(swatch.tone))
    painter.drawLine(QLineF(swatch.left, middle, swatch.left + 2 * swatch.side, middle))
    _paint_marker(painter, swatch.left + swatch.side, middle, 0.28 * swatch.side, swatch.tone)


def _paint_label(painter: QPainter, label: Label) -> None:
    left, top, right, bottom = label.box
    painter.setFont(font(round(label.size), bold=label.bold))
    if label.plate:
        painter.fillRect(QRectF(left - 1, top, right - left + 2, bottom - top), colour("surface"))
    painter.setPen(colour(_INKS[label.ink]))
    if not label.turn:
        painter.drawText(QPointF(left, label.y), label.text)
        return
    painter.save()
    painter.translate(label.x, label.y)
    painter.rotate(-label.turn)
    painter.drawText(QPointF(-label.width, 0), label.text)
    painter.restore()
