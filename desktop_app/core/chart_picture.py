"""A chart as places: rectangles, wedges, lines and words in one plane, for whatever draws them.

Lengths are in the unit of the drawing (points on paper, logical pixels on the screen); x runs to
the right, y downwards from the upper left corner. Colours are not known here, only tones by number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from desktop_app.core.chart import Chart

TONES = 8
"""How many tones can be told apart, in print without colour, too; what comes after begins anew."""

HATCHES: dict[int, tuple[float, ...]] = {3: (45,), 5: (-45,), 6: (45, -45), 7: (0,)}
"""The tones made of lines, by the angles of those: words upon them need a plate. The others are
plain: 0 the accent, 1 a pale and 2 a middle grey, 4 the ground with an edge."""

DASHES: tuple[tuple[float, ...], ...] = (
    (), (5, 2), (1, 1.6), (7, 2, 1, 2), (2.5, 2.5), (9, 3), (1, 3), (5, 2, 1, 2, 1, 2),
)  # fmt: skip
"""How the line of each tone is broken, in widths of the line; the first is whole."""

Marker = Literal["disc", "square", "ring", "triangle"]
MARKERS: tuple[Marker, ...] = ("disc", "square", "ring", "triangle")
"""The points of a line, by tone; after the last they begin anew."""

Measure = Callable[[str, float, bool], float]
"""How wide a text is in one line: `measure(text, size, bold)`."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights of letters: the chart's title, the names along its edges, the values in it."""

    title: float
    label: float
    value: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words with their baseline at `y`. `turn` is degrees anticlockwise about the anchor.

    `ink` is ink, quiet or inverse (upon the darkest tone); `plate` asks for a plain ground.
    """

    text: str
    x: float
    y: float
    size: float
    width: float
    anchor: Anchor = "start"
    ink: str = "ink"
    bold: bool = False
    turn: float = 0.0
    plate: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the words; of turned ones only where they are anchored."""
        if self.turn:
            return self.x, self.y, self.x, self.y
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return left, self.y - 0.88 * self.size, left + self.width, self.y + 0.14 * self.size


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle that stands for a value."""

    left: float
    top: float
    width: float
    height: float
    tone: int
    series: int
    category: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on the bar, or so near that somebody means it."""
        slack = max(0.0, 4 - self.height / 2)
        return (
            self.left <= x <= self.left + self.width
            and self.top - slack <= y <= self.top + self.height + slack
        )


@dataclass(frozen=True, slots=True)
class Wedge:
    """A piece of a ring: angles in degrees clockwise from twelve o'clock."""

    x: float
    y: float
    inner: float
    outer: float
    start: float
    sweep: float
    tone: int
    series: int
    category: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on the wedge."""
        across, up = x - self.x, self.y - y
        angle = math.degrees(math.atan2(across, up)) % 360
        near = self.inner <= math.hypot(across, up) <= self.outer
        return near and (angle - self.start) % 360 < self.sweep


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line chart."""

    x: float
    y: float
    radius: float
    tone: int
    series: int
    category: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is on the dot, or so near that somebody means it."""
        return math.hypot(x - self.x, y - self.y) <= max(8.0, self.radius)


Part = Bar | Wedge | Dot


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through the points of one series."""

    points: tuple[tuple[float, float], ...]
    tone: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of the frame; `strong` is the one the bars stand on."""

    x: float
    y: float
    to_x: float
    to_y: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Swatch:
    """The sample of a tone beside its name; `line` for a series drawn as a line."""

    left: float
    top: float
    side: float
    tone: int
    line: bool = False


@dataclass
class Picture:
    """Everything there is to draw. `chart` is the chart as shown: a ring may have been folded."""

    chart: Chart
    width: float
    height: float
    rules: list[Rule] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    swatches: list[Swatch] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def part_at(self, x: float, y: float) -> Part | None:
        """The part under a point."""
        return next((part for part in reversed(self.parts) if part.holds(x, y)), None)

    def part(self, series: int, category: int) -> Part | None:
        """The part that stands for one value."""
        wanted = (series, category)
        return next((p for p in self.parts if (p.series, p.category) == wanted), None)

    def is_free(self, label: Label) -> bool:
        """Whether the words lie inside the picture and on no other words."""
        left, top, right, bottom = label.box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in (each.box for each in self.labels)
        )


def hatching(
    left: float, top: float, width: float, height: float, angle: float, gap: float
) -> Iterator[tuple[float, float, float, float]]:
    """Lines of one angle that cover a rectangle, `gap` apart; who draws them clips them."""
    if angle == 0:
        for number in range(1, math.ceil(height / gap)):
            yield left, top + number * gap, left + width, top + number * gap
        return
    step = gap * math.sqrt(2)
    for number in range(1, math.ceil((width + height) / step)):
        x = left + number * step
        if angle > 0:
            yield x, top, x - height, top + height
        else:
            yield x - height, top, x, top + height
