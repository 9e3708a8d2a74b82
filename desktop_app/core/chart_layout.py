"""Works out where everything of a chart lies, for paper and screen alike.

`lay_out(chart, width, height, sizes, measure)` answers a `Picture`. Words never lie on words: a
value that would is left out, as the axis and the description still tell it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.core.chart import (
    BarChart,
    Chart,
    LineChart,
    RingChart,
    Scale,
    StackedBarChart,
    scale_for,
    value_words,
)
from desktop_app.core.chart_picture import (
    HATCHES,
    Bar,
    Dot,
    Measure,
    Picture,
    Rule,
    Sizes,
    Stroke,
    Swatch,
    Wedge,
)
from desktop_app.core.chart_words import (
    Sketch,
    fit_names,
    put_legend,
    put_names,
    put_note,
    put_nothing,
    put_title,
)
from desktop_app.core.line_breaks import shortened

_BARS_OF_SLOT = 0.58
_WIDEST_BAR = 4.5
"""In heights of a label: two bars across a page would look like doors."""

_THINNEST = 1.0
"""A value that is not nothing is seen, however small it is beside the others."""

_MOST_WEDGES = 8
_LEAST_PLOT = 3.0
_LEFT_OF_TURNED = 0.09


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values lie: the frame between the axis and the right edge."""

    left: float
    top: float
    right: float
    bottom: float
    count: int
    scale: Scale

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.count

    def middle(self, category: int) -> float:
        return self.left + (category + 0.5) * self.slot

    def y(self, value: float) -> float:
        return self.bottom - self.scale.part(value) * (self.bottom - self.top)


def lay_out(
    chart: Chart,
    width: float,
    height: float,
    sizes: Sizes,
    measure: Measure,
    *,
    with_title: bool = True,
) -> Picture:
    """Where everything of this chart lies in a room of this size."""
    if isinstance(chart, RingChart):
        chart = chart.folded(_MOST_WEDGES)
    sketch = Sketch(Picture(chart, width, height), sizes, measure)
    top = put_title(sketch) if with_title else 0.0
    bottom = put_note(sketch)
    if chart.is_empty:
        put_nothing(sketch, top, bottom)
    elif isinstance(chart, RingChart):
        _put_ring(sketch, chart, top, bottom)
    else:
        _put_axes_and_values(sketch, chart, top, bottom)
    return sketch.picture


def _put_axes_and_values(sketch: Sketch, chart: Chart, top: float, bottom: float) -> None:
    top = put_legend(sketch, top, line=isinstance(chart, LineChart))
    plot = _put_frame(sketch, chart, top, bottom)
    if isinstance(chart, StackedBarChart):
        _put_stacks(sketch, chart, plot)
    elif isinstance(chart, LineChart):
        _put_lines(sketch, chart, plot)
    elif isinstance(chart, BarChart):
        _put_bars(sketch, chart, plot)


def _put_frame(sketch: Sketch, chart: Chart, top: float, bottom: float) -> _Plot:
    """The axis with its ticks and names; what is left is for the values."""
    size, picture = sketch.sizes.label, sketch.picture
    high = (bottom - top) / (2.6 * size)
    scale = scale_for(*chart.range, most=max(2, min(6, int(high))), whole=chart.is_whole)
    ticks = [value_words(tick) for tick in scale.ticks]
    left = max(sketch.measure(tick, size, False) for tick in ticks) + 0.7 * size
    count = len(chart.categories)
    top += 1.5 * sketch.sizes.value
    # Values of bars that hang down stand below them, above the names.
    below = 1.4 * sketch.sizes.value if scale.low < 0 else 0.0
    room = bottom - top - below - _LEAST_PLOT * size
    names = fit_names(sketch, (picture.width - left) / count, left, room)
    if names.turned:
        # Turned names reach to the left: give the first of them some room.
        left = max(left, _LEFT_OF_TURNED * picture.width)
        names = fit_names(sketch, (picture.width - left) / count, left, room)
    low = max(bottom - names.height - below, top + _LEAST_PLOT * size)
    plot = _Plot(left, top, picture.width, low, count, scale)
    for tick, words in zip(scale.ticks, ticks, strict=True):
        y = plot.y(tick)
        picture.rules.append(Rule(left, y, plot.right, y, strong=tick == 0))
        sketch.put(sketch.label(words, left - 0.5 * size, y + 0.36 * size, size, "end", "quiet"))
    put_names(sketch, names, [plot.middle(at) for at in range(count)], low + below)
    return plot


def _put_bars(sketch: Sketch, chart: Chart, plot: _Plot) -> None:
    several = len(chart.series)
    widest = _WIDEST_BAR * sketch.sizes.label
    wide = min(plot.slot * _BARS_OF_SLOT / several, widest)
    room = plot.slot - 2 if several == 1 else wide
    bars = []
    for number, series in enumerate(chart.series):
        for at, value in enumerate(series.values):
            if value is None:
                continue
            left = plot.middle(at) + (number - several / 2) * wide
            base, end = plot.y(0), plot.y(value)
            if value and abs(end - base) < _THINNEST:
                end = base - _THINNEST if value > 0 else base + _THINNEST
            upper, tall = min(base, end), abs(end - base)
            bars.append((value, Bar(left, upper, wide, tall, sketch.tone(number), number, at)))
    sketch.picture.parts.extend(bar for _, bar in bars)
    size = sketch.sizes.value
    if all(sketch.measure(value_words(value), size, False) <= room for value, _ in bars):
        for value, bar in bars:
            below = bar.top + bar.height + 1.1 * size
            y = bar.top - 0.35 * size if value >= 0 else below
            middle = bar.left + bar.width / 2
            sketch.put_if_free(sketch.label(value_words(value), middle, y, size, "middle"))


def _put_stacks(sketch: Sketch, chart: StackedBarChart, plot: _Plot) -> None:
    wide = min(plot.slot * _BARS_OF_SLOT, 1.4 * _WIDEST_BAR * sketch.sizes.label)
    size = sketch.sizes.value
    for at in range(plot.count):
        below = 0.0
        left = plot.middle(at) - wide / 2
        for number, series in enumerate(chart.series):
            value = series.values[at]
            if not value:
                continue
            upper, lower = plot.y(below + value), plot.y(below)
            bar = Bar(left, upper, wide, lower - upper, sketch.tone(number), number, at)
            sketch.picture.parts.append(bar)
            _put_inside(sketch, bar, value_words(value))
            below += value
        if len(chart.series) > 1 and below:
            y = plot.y(below) - 0.35 * size
            total = value_words(chart.total(at))
            label = sketch.label(total, plot.middle(at), y, size, "middle", bold=True)
            if label.width <= plot.slot - 2:
                sketch.put_if_free(label)


def _put_inside(sketch: Sketch, bar: Bar, words: str) -> None:
    """The value in the middle of its part, where the part is large enough."""
    size = sketch.sizes.value
    label = sketch.label(
        words,
        bar.left + bar.width / 2,
        bar.top + bar.height / 2 + 0.36 * size,
        size,
        "middle",
        "inverse" if bar.tone == 0 else "ink",
        plate=bar.tone in HATCHES,
    )
    if bar.height >= 1.3 * size and label.width <= bar.width - 2:
        sketch.put_if_free(label)


def _put_lines(sketch: Sketch, chart: Chart, plot: _Plot) -> None:
    size = sketch.sizes.value
    radius = min(0.28 * size, plot.slot / 3)
    for number, series in enumerate(chart.series):
        tone = sketch.tone(number)
        points: list[tuple[float, float]] = []
        for at, value in enumerate((*series.values, None)):
            if value is not None:
                points.append((plot.middle(at), plot.y(value)))
                dot = Dot(*points[-1], radius, tone, number, at)
                sketch.picture.parts.append(dot)
            elif points:
                sketch.picture.strokes.append(Stroke(tuple(points), tone))
                points = []
    for dot in _dots_with_values(sketch.picture):
        words = value_words(chart.series[dot.series].values[dot.category])
        above = sketch.label(words, dot.x, dot.y - 0.7 * size, size, "middle")
        if not sketch.put_if_free(above) and dot.y + 1.7 * size < plot.bottom:
            sketch.put_if_free(replace(above, y=dot.y + 1.5 * size))


def _dots_with_values(picture: Picture) -> Iterator[Dot]:
    """All dots of a single line; of several lines the last of each, where the eye ends."""
    dots = [part for part in picture.parts if isinstance(part, Dot)]
    if len(picture.chart.series) == 1:
        yield from dots
        return
    last = {dot.series: dot for dot in dots}
    yield from last.values()


def _put_ring(sketch: Sketch, chart: RingChart, top: float, bottom: float) -> None:
    size, picture = sketch.sizes.label, sketch.picture
    outer = max(size, min((bottom - top) / 2, picture.width * 0.21))
    x, y = outer, (top + bottom) / 2
    start, total = 0.0, float(chart.total)
    for at, value in enumerate(chart.series[0].values):
        if value:
            sweep = 360 * value / total
            tone = sketch.tone(at)
            wedge = Wedge(x, y, 0.62 * outer, outer, start, sweep, tone, 0, at)
            picture.parts.append(wedge)
            start += sweep
    figure = max(size, min(0.42 * outer, 2.2 * size))
    total_words = sketch.label(value_words(chart.total), x, y + 0.36 * figure, figure, "middle")
    sketch.put(total_words)
    if chart.unit and outer > 3.5 * size:
        below = y + 0.36 * figure + 1.5 * size
        sketch.put(sketch.label(chart.unit, x, below, size, "middle", "quiet"))
    _put_ring_names(sketch, chart, 2 * outer + 2 * size, y)


def _put_ring_names(sketch: Sketch, chart: RingChart, left: float, middle: float) -> None:
    """Beside the ring: a sample, the name, the value, the share, in columns."""
    size = sketch.sizes.label
    rows = range(len(chart.categories))
    values = [value_words(value or 0) for value in chart.series[0].values]
    shares = [chart.share_words(at) for at in rows]
    wide = [max(sketch.measure(word, size, False) for word in words) for words in (values, shares)]
    right = sketch.picture.width
    room = right - left - 1.4 * size - sum(wide) - 2.4 * size
    names = [shortened(name, room, lambda t: sketch.measure(t, size, False))
             for name in chart.categories]  # fmt: skip
    longest = max(sketch.measure(name, size, False) for name in names)
    right = min(right, left + 1.4 * size + longest + sum(wide) + 4 * size)
    pitch = 1.75 * size
    top = middle - len(rows) * pitch / 2
    for at in rows:
        baseline = top + (at + 0.5) * pitch + 0.36 * size
        swatch = Swatch(left, baseline - 0.8 * size, 0.9 * size, sketch.tone(at))
        sketch.picture.swatches.append(swatch)
        sketch.put(sketch.label(names[at], left + 1.4 * size, baseline, size))
        value_end = right - wide[1] - 1.2 * size
        sketch.put(sketch.label(values[at], value_end, baseline, size, "end"))
        sketch.put(sketch.label(shares[at], right, baseline, size, "end", "quiet"))
