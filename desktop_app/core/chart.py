"""Charts as data: what is counted, by what, and in words. Who draws them is not known here.

`printing/chart.py` draws them on paper and `widgets/charts.py` on the screen, both from the places
that `core/chart_layout.py` works out. A chart whose numbers make no sense cannot be made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.core.wording import Term, number, share

Value = int | float

REST = "其他"
"""What the smallest parts of a ring are together when there are too many to tell apart."""

_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that is counted, a value for each category; None is what nobody counted."""

    name: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What all charts have: `unit` is the measure word (件, 人次), `note` says the source below."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.series:
            raise ValueError("a chart needs a series")
        if len({series.name for series in self.series}) < len(self.series):
            raise ValueError("two series have one name")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"{series.name}: not one value for each category")
            if not all(math.isfinite(value) for value in series.values if value is not None):
                raise ValueError(f"{series.name}: a value is no number")

    @property
    def kind(self) -> str:
        """What such a chart is called."""
        return "图表"

    @property
    def is_empty(self) -> bool:
        """Is there nothing to see: no category, or nothing counted?"""
        return all(value is None for series in self.series for value in series.values)

    @property
    def is_whole(self) -> bool:
        """Are all values counts? Then the axis has no fractions."""
        return all(
            value is None or float(value).is_integer()
            for series in self.series
            for value in series.values
        )

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest value an axis must reach, 0 among them."""
        values = [value for series in self.series for value in series.values if value is not None]
        return min(0, *values, 0), max(0, *values, 0)

    def part_words(self, series: int, category: int) -> str:
        """One figure in words: `11月 来访 120 件`."""
        counted = self.series[series]
        name = f" {counted.name}" if counted.name and len(self.series) > 1 else ""
        value = value_words(counted.values[category])
        unit = f" {self.unit}" if self.unit and counted.values[category] is not None else ""
        return f"{self.categories[category]}{name} {value}{unit}"

    def words(self) -> str:
        """All figures in words, for who cannot see the chart."""
        if self.is_empty:
            return f"{self.kind}。本期没有数据。"
        parts = "；".join(
            "，".join(self.part_words(number, at) for number in range(len(self.series)))
            for at in range(len(self.categories))
        )
        return f"{self.kind}，共 {len(self.categories)} 项。{parts}。"


@dataclass(frozen=True, slots=True)
class BarChart(Chart):
    """Bars side by side; several series stand beside each other in each category."""

    @property
    def kind(self) -> str:
        return "柱状图"


@dataclass(frozen=True, slots=True)
class StackedBarChart(Chart):
    """Bars made of parts that add up; negative parts make no sense and are refused."""

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        _refuse_negative(self)

    @property
    def kind(self) -> str:
        return "堆叠柱状图"

    @property
    def range(self) -> tuple[float, float]:
        return 0, max((self.total(at) for at in range(len(self.categories))), default=0)

    def total(self, category: int) -> Value:
        """What the parts of one bar add up to."""
        return sum(series.values[category] or 0 for series in self.series)


@dataclass(frozen=True, slots=True)
class LineChart(Chart):
    """Values over time; a category nobody counted leaves a gap in the line."""

    @property
    def kind(self) -> str:
        return "折线图"


@dataclass(frozen=True, slots=True)
class RingChart(Chart):
    """Parts of a whole: one series, its categories are the parts."""

    def __post_init__(self) -> None:
        Chart.__post_init__(self)
        if len(self.series) != 1:
            raise ValueError("a ring shows one series")
        _refuse_negative(self)

    @property
    def kind(self) -> str:
        return "环形图"

    @property
    def total(self) -> Value:
        """What the parts add up to."""
        return sum(value or 0 for value in self.series[0].values)

    @property
    def is_empty(self) -> bool:
        return self.total == 0

    def share_words(self, category: int) -> str:
        """The share of one part in per cent."""
        value, total = self.series[0].values[category] or 0, self.total
        factor = 1 if self.is_whole else 1_000_000
        return share(round(value * factor), round(total * factor))

    def part_words(self, series: int, category: int) -> str:
        return f"{Chart.part_words(self, series, category)}，占 {self.share_words(category)}"

    def folded(self, most: int) -> RingChart:
        """The same whole in at most `most` parts: the smallest become 其他, at the end."""
        if len(self.categories) <= most:
            return self
        values = [value or 0 for value in self.series[0].values]
        by_size = sorted(range(len(values)), key=lambda at: (-values[at], at))
        kept = sorted(by_size[: most - 1])
        rest = sum(values[at] for at in by_size[most - 1 :])
        series = Series(self.series[0].name, (*(values[at] for at in kept), rest))
        names = (*(self.categories[at] for at in kept), REST)
        return replace(self, categories=names, series=(series,))


def _refuse_negative(chart: Chart) -> None:
    if any((value or 0) < 0 for series in chart.series for value in series.values):
        raise ValueError("parts of a whole cannot be negative")


def value_words(value: Value | None) -> str:
    """A value as people read it: whole numbers without fraction, others with one decimal."""
    if value is None:
        return Term.NOT_COUNTED.value
    if float(value).is_integer():
        return number(int(value))
    whole, _, tenth = f"{abs(value):.1f}".partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{number(int(whole))}.{tenth}"


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its ticks at round numbers, from the first to the last."""

    ticks: tuple[Value, ...]

    @property
    def low(self) -> Value:
        return self.ticks[0]

    @property
    def high(self) -> Value:
        return self.ticks[-1]

    def part(self, value: float) -> float:
        """Where a value lies: 0 at the lower end, 1 at the upper."""
        return (value - self.low) / (self.high - self.low)


def scale_for(low: float, high: float, *, most: int = 6, whole: bool = True) -> Scale:
    """An axis that holds both values, with at most `most` + 1 ticks, a step of 1, 2 or 5 × 10ⁿ.

    With `whole` no step is smaller than 1, as there is no half visit.
    """
    span = max(high - low, 4 if whole else 1e-9)
    power = math.floor(math.log10(span / most))
    for exponent in (power, power + 1, power + 2):
        for step in (digit * 10.0**exponent for digit in _STEPS):
            first, last = math.floor(low / step), math.ceil((low + span) / step)
            if (step >= 1 or not whole) and last - first <= most:
                return Scale(tuple(_round(at, step) for at in range(first, last + 1)))
    raise AssertionError("a span divided by most is below a power of ten")


def _round(at: int, step: float) -> Value:
    value = at * step
    return int(value) if step >= 1 else round(value, 12)


def bars(title: str, parts: list[tuple[str, int]], unit: str, note: str = "") -> BarChart:
    """One bar for each part."""
    names, values = _apart(parts)
    return BarChart(title, names, (Series(title, values),), unit, note)


def ring(title: str, parts: list[tuple[str, int]], unit: str, note: str = "") -> RingChart:
    """A ring of these parts."""
    names, values = _apart(parts)
    return RingChart(title, names, (Series(title, values),), unit, note)


def _apart(parts: list[tuple[str, int]]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(name for name, _ in parts), tuple(value for _, value in parts)
