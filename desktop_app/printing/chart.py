"""Charts on paper: vectors, one accent colour and greys that stay apart on a black printer.

`ChartBlock` is a platypus block; where everything lies is worked out by `core/chart_layout.py`.
"""

from __future__ import annotations

from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from desktop_app.core.chart import Chart, RingChart
from desktop_app.core.chart_layout import lay_out
from desktop_app.core.chart_picture import (
    DASHES,
    HATCHES,
    MARKERS,
    Bar,
    Dot,
    Label,
    Picture,
    Sizes,
    Swatch,
    Wedge,
    hatching,
)
from desktop_app.printing.letters import Face

SIZES: Final = Sizes(title=12, label=9, value=8.5)
"""小四 for the title, 小五 for the names; values a little smaller than those."""

_ACCENT: Final = HexColor("#B3201F")
_INK: Final = HexColor("#1E2226")
_QUIET: Final = HexColor("#50565D")
_LINE: Final = HexColor("#D5D3CD")
_WHITE: Final = HexColor("#FFFFFF")

# In grey they are 30, 79 and 56 per cent bright; the rest are told apart by their lines.
_PLAIN: Final = {0: _ACCENT, 1: HexColor("#C6CACE"), 2: HexColor("#8A9097")}
_INKS: Final = {"ink": _INK, "quiet": _QUIET, "inverse": _WHITE}
_HATCH_GAP: Final = 2.6
_EDGE: Final = 0.5
_STROKE: Final = 1.4
_HEIGHT_OF_WIDTH: Final = 0.5
_LOWEST: Final = 150.0
_AROUND: Final = 10.0
_EMPTY: Final = 90.0


class ChartBlock(Flowable):  # type: ignore[misc]
    """A chart as wide as the text and `height` points high (half its width by default).

    It is never divided. `bold` draws the title and totals; without it `face` does.
    """

    def __init__(
        self,
        chart: Chart,
        face: Face,
        *,
        bold: Face | None = None,
        height: float | None = None,
        sizes: Sizes = SIZES,
        with_title: bool = True,
    ) -> None:
        super().__init__()
        self._chart, self._face, self._bold = chart, face, bold or face
        self._height, self._sizes, self._with_title = height, sizes, with_title
        self._picture: Picture | None = None
        self.spaceBefore = self.spaceAfter = _AROUND

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """How much room the chart takes, in points: platypus asks."""
        low = 0.4 if isinstance(self._chart, RingChart) else _HEIGHT_OF_WIDTH
        height = self._height or max(_LOWEST, low * width)
        if self._chart.is_empty:
            height = min(height, _EMPTY)
        self._picture = lay_out(
            self._chart, width, height, self._sizes, self._measure, with_title=self._with_title
        )
        return width, height

    def split(self, _width: float, _height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        """Draw the chart; platypus has moved the origin to the lower left corner."""
        picture = self._picture
        assert picture is not None
        canvas: Canvas = self.canv
        canvas.saveState()
        # From here on y runs downwards from the upper edge, but letters stay upright.
        canvas.translate(0, picture.height)
        _draw_rules(canvas, picture, strong=False)
        for part in picture.parts:
            if isinstance(part, Bar):
                _draw_bar(canvas, part.left, part.top, part.width, part.height, part.tone)
            elif isinstance(part, Wedge):
                _draw_wedge(canvas, part)
        # Over the white edges of the bars that stand on it.
        _draw_rules(canvas, picture, strong=True)
        _draw_lines(canvas, picture)
        for swatch in picture.swatches:
            _draw_swatch(canvas, swatch)
        for label in picture.labels:
            self._draw_label(canvas, label)
        canvas.restoreState()

    def _measure(self, text: str, size: float, bold: bool) -> float:
        return (self._bold if bold else self._face).width(text, size)

    def _draw_label(self, canvas: Canvas, label: Label) -> None:
        face = self._bold if label.bold else self._face
        if label.plate:
            left, top, right, bottom = label.box
            canvas.setFillColor(_WHITE)
            canvas.rect(left - 1, -bottom, right - left + 2, bottom - top, stroke=0, fill=1)
        canvas.setFillColor(_INKS[label.ink])
        if label.turn:
            canvas.saveState()
            canvas.translate(label.x, -label.y)
            canvas.rotate(label.turn)
            face.draw(canvas, 0, 0, label.text, label.size, label.anchor)
            canvas.restoreState()
        else:
            face.draw(canvas, label.x, -label.y, label.text, label.size, label.anchor)


def _draw_rules(canvas: Canvas, picture: Picture, *, strong: bool) -> None:
    canvas.setStrokeColor(_QUIET if strong else _LINE)
    canvas.setLineWidth(0.8 if strong else 0.5)
    for rule in picture.rules:
        if rule.strong == strong:
            canvas.line(rule.x, -rule.y, rule.to_x, -rule.to_y)


def _draw_lines(canvas: Canvas, picture: Picture) -> None:
    for stroke in picture.strokes:
        _set_pen(canvas, stroke.tone)
        path = canvas.beginPath()
        for number, (x, y) in enumerate(stroke.points):
            (path.lineTo if number else path.moveTo)(x, -y)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setDash()
    for part in picture.parts:
        if isinstance(part, Dot):
            _draw_marker(canvas, part.x, part.y, part.radius, part.tone)


def _set_pen(canvas: Canvas, tone: int) -> None:
    canvas.setStrokeColor(_ACCENT if tone == 0 else _INK)
    canvas.setLineWidth(_STROKE)
    canvas.setDash([length * _STROKE for length in DASHES[tone]])


def _fill(canvas: Canvas, path: Any, box: tuple[float, float, float, float], tone: int) -> None:
    """Fill a closed path with a tone; `box` is left, top, width, height around it, y downwards."""
    canvas.setFillColor(_PLAIN.get(tone, _WHITE))
    if tone not in HATCHES:
        canvas.setStrokeColor(_WHITE if tone in _PLAIN else _INK)
        canvas.setLineWidth(_EDGE)
        canvas.drawPath(path, stroke=1, fill=1)
        return
    canvas.saveState()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(_EDGE)
    for angle in HATCHES[tone]:
        for x, y, to_x, to_y in hatching(*box, angle, _HATCH_GAP):
            canvas.line(x, -y, to_x, -to_y)
    canvas.restoreState()
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(_EDGE)
    canvas.drawPath(path, stroke=1, fill=0)


def _draw_bar(
    canvas: Canvas, left: float, top: float, width: float, height: float, tone: int
) -> None:
    path = canvas.beginPath()
    path.rect(left, -top - height, width, height)
    _fill(canvas, path, (left, top, width, height), tone)


def _draw_wedge(canvas: Canvas, wedge: Wedge) -> None:
    # The canvas counts angles anticlockwise from three o'clock.
    start, sweep = 90 - wedge.start, min(wedge.sweep, 359.99)
    x, y = wedge.x, -wedge.y
    path = canvas.beginPath()
    inner, outer = wedge.inner, wedge.outer
    path.arc(x - outer, y - outer, x + outer, y + outer, start, -sweep)
    path.arcTo(x - inner, y - inner, x + inner, y + inner, start - sweep, sweep)
    path.close()
    box = (wedge.x - outer, wedge.y - outer, 2 * outer, 2 * outer)
    _fill(canvas, path, box, wedge.tone)


def _draw_swatch(canvas: Canvas, swatch: Swatch) -> None:
    if not swatch.line:
        _draw_bar(canvas, swatch.left, swatch.top, swatch.side, swatch.side, swatch.tone)
        return
    middle = swatch.top + swatch.side / 2
    _set_pen(canvas, swatch.tone)
    canvas.line(swatch.left, -middle, swatch.left + 2 * swatch.side, -middle)
    canvas.setDash()
    _draw_marker(canvas, swatch.left + swatch.side, middle, 0.28 * swatch.side, swatch.tone)


def _draw_marker(canvas: Canvas, x: float, y: float, radius: float, tone: int) -> None:
    marker = MARKERS[tone % len(MARKERS)]
    colour = _ACCENT if tone == 0 else _INK
    canvas.setStrokeColor(colour)
    canvas.setFillColor(_WHITE if marker == "ring" else colour)
    canvas.setLineWidth(0.8)
    if marker in ("disc", "ring"):
        canvas.circle(x, -y, radius, stroke=1, fill=1)
    elif marker == "square":
        canvas.rect(x - radius, -y - radius, 2 * radius, 2 * radius, stroke=1, fill=1)
    else:
        path = canvas.beginPath()
        path.moveTo(x - 1.2 * radius, -y - radius)
        path.lineTo(x + 1.2 * radius, -y - radius)
        path.lineTo(x, -y + 1.2 * radius)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
