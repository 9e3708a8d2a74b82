"""The words around a chart: title, legend, note, and the names along the axis, none on another.

Names of categories that do not fit side by side are broken into lines, turned, or left out in
turn where they count (days, months), in this order of what reads best.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.chart_picture import TONES, Anchor, Label, Measure, Picture, Sizes, Swatch
from desktop_app.core.line_breaks import shortened, wrap_lines

NOTHING = "本期没有数据。"

_LEADING = 1.3
_MOST_LINES = 3
_TURN = 45.0
_SLANT = math.sin(math.radians(_TURN))


class Sketch:
    """A picture being made, with the sizes of its letters and a way to measure them."""

    def __init__(self, picture: Picture, sizes: Sizes, measure: Measure) -> None:
        self.picture, self.sizes, self.measure = picture, sizes, measure

    def label(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        anchor: Anchor = "start",
        ink: str = "ink",
        *,
        bold: bool = False,
        turn: float = 0.0,
        plate: bool = False,
    ) -> Label:
        """Words ready to be put down; `y` is their baseline."""
        width = self.measure(text, size, bold)
        return Label(text, x, y, size, width, anchor, ink, bold, turn, plate)

    def put(self, label: Label) -> None:
        """Put words down, whatever is there."""
        self.picture.labels.append(label)

    def put_if_free(self, label: Label) -> bool:
        """Put words down unless other words are there or they would leave the picture."""
        free = self.picture.is_free(label)
        if free:
            self.put(label)
        return free

    def tone(self, number: int) -> int:
        return number % TONES


def put_title(sketch: Sketch) -> float:
    """The title in its lines at the top; answers where it ends."""
    size, top = sketch.sizes.title, 0.0
    title = sketch.picture.chart.title
    for line in wrap_lines(title, sketch.picture.width, lambda t: sketch.measure(t, size, True)):
        sketch.put(sketch.label(line, 0, top + size, size, bold=True))
        top += size * _LEADING
    return top + size * 0.4 if title else 0.0


def put_legend(sketch: Sketch, top: float, *, line: bool) -> float:
    """单位 at the left, the names of several series after it; answers where that ends."""
    chart, size = sketch.picture.chart, sketch.sizes.label
    x, row = 0.0, size * 1.6
    if chart.unit:
        unit = sketch.label(f"单位：{chart.unit}", 0, top + size, size, ink="quiet")
        sketch.put(unit)
        x = unit.width + 2 * size
    if len(chart.series) < 2:
        return top + row if chart.unit else top
    room = sketch.picture.width - 2 * size
    for number, series in enumerate(chart.series):
        name = shortened(series.name, room, lambda t: sketch.measure(t, size, False))
        width = (2.4 if line else 1.5) * size + sketch.measure(name, size, False)
        if x and x + width > sketch.picture.width:
            x, top = 0.0, top + row
        swatch = Swatch(x, top + 0.2 * size, 0.9 * size, sketch.tone(number), line)
        sketch.picture.swatches.append(swatch)
        after = x + (2.3 if line else 1.3) * size
        sketch.put(sketch.label(name, after, top + size, size))
        x += width + 1.4 * size
    return top + row


def put_note(sketch: Sketch) -> float:
    """The note in quiet lines at the foot; answers where the chart must end."""
    size, height = sketch.sizes.value, sketch.picture.height
    note = sketch.picture.chart.note
    lines = wrap_lines(note, sketch.picture.width, lambda t: sketch.measure(t, size, False))
    top = height - len(lines) * size * _LEADING
    for number, line in enumerate(lines):
        baseline = top + (number + 0.9) * size * _LEADING
        sketch.put(sketch.label(line, 0, baseline, size, ink="quiet"))
    return top - size * 0.5 if lines else height


def put_nothing(sketch: Sketch, top: float, bottom: float) -> None:
    """A sentence where a chart would be."""
    size = sketch.sizes.label
    middle = sketch.picture.width / 2
    sketch.put(sketch.label(NOTHING, middle, (top + bottom) / 2, size, "middle", "quiet"))


@dataclass(frozen=True, slots=True)
class Names:
    """How the names along the axis are written: lines for each, none for one left out."""

    lines: tuple[tuple[str, ...], ...]
    height: float
    turned: bool = False


def fit_names(sketch: Sketch, slot: float, left: float, room: float) -> Names:
    """The best way to write the names, each in a slot: `left` is free before the first of them.

    `room` is the height they may take at most.
    """
    size = sketch.sizes.label
    names = sketch.picture.chart.categories

    def measure(text: str) -> float:
        return sketch.measure(text, size, False)

    air = 0.6 * size
    widest = max(measure(name) for name in names)
    if widest <= slot - air:
        return Names(tuple((name,) for name in names), 1.65 * size)
    if all(any(mark.isdigit() for mark in name) for name in names):
        every = math.ceil((widest + air) / slot)
        return Names(_every(tuple((name,) for name in names), every), 1.65 * size)
    if slot >= 2 * size + air:
        broken = tuple(wrap_lines(name, slot - air, measure) for name in names)
        count = max(len(lines) for lines in broken)
        height = (0.5 + count * _LEADING) * size
        if count <= _MOST_LINES and height <= room:
            return Names(broken, height)
    # The end of a turned name is under its slot; its beginning reaches to the left and down.
    longest = max(2 * size, min(0.3 * sketch.picture.height, room - 1.2 * size) / _SLANT)
    cut = tuple(
        (shortened(name, min(longest, (left + (at + 0.5) * slot - 0.4 * size) / _SLANT), measure),)
        for at, name in enumerate(names)
    )
    every = max(1, math.ceil(1.15 * size / (slot * _SLANT)))
    reach = max(measure(name) for (name,) in cut) * _SLANT
    return Names(_every(cut, every), reach + 1.2 * size, turned=True)


def put_names(sketch: Sketch, names: Names, middles: Sequence[float], top: float) -> None:
    """Write the names under the middles of their slots, from `top` downwards."""
    size = sketch.sizes.label
    for lines, middle in zip(names.lines, middles, strict=True):
        for number, line in enumerate(lines):
            baseline = top + (1.4 + number * _LEADING) * size
            if names.turned:
                at = (middle + 0.35 * size, top + 0.9 * size)
                sketch.put(sketch.label(line, *at, size, "end", turn=_TURN))
                continue
            # Every so-many-th name may be wider than its slot: the last one stays inside.
            half = sketch.measure(line, size, False) / 2
            within = min(max(middle, half), sketch.picture.width - half)
            sketch.put_if_free(sketch.label(line, within, baseline, size, "middle"))


def _every(lines: tuple[tuple[str, ...], ...], every: int) -> tuple[tuple[str, ...], ...]:
    return tuple(line if number % every == 0 else () for number, line in enumerate(lines))
