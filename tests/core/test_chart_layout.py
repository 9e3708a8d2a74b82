"""Where everything of a chart lies: words off each other and inside, bars true to their value."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from desktop_app.core.chart import (
    BarChart,
    Chart,
    LineChart,
    RingChart,
    Series,
    StackedBarChart,
)
from desktop_app.core.chart_layout import lay_out
from desktop_app.core.chart_picture import TONES, Bar, Dot, Label, Picture, Sizes, Wedge, hatching

SIZES = Sizes(title=12, label=9, value=8.5)
LONG = (
    "城乡居民基本医疗保险参保登记", "困难残疾人生活补贴", "居住证明", "高龄津贴", "物业纠纷调解",
    "流动人口登记（含居住登记、居住证）", "法律咨询", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "其他",
)  # fmt: skip


def measure(text: str, size: float, bold: bool) -> float:
    """A face whose Chinese letters are as wide as high and whose Latin ones half as wide."""
    return sum(size if ord(mark) > 0x2000 else size * 0.55 for mark in text) * (1.05 if bold else 1)


def numbers(count: int, factor: int, most: int) -> tuple[int, ...]:
    return tuple((at * factor + 3) % most for at in range(count))


def charts() -> Iterator[Chart]:
    """Charts of every kind with few and many categories, short and long names."""
    names = (
        ("一", "二"),
        tuple(f"{n}月" for n in range(1, 13)),
        tuple(f"11月{n}日" for n in range(1, 32)),
        LONG,
        tuple(f"{name}{n}" for n in "甲乙丙丁" for name in LONG),
        tuple(f"第{n}网格" for n in range(60)),
    )
    for categories in names:
        count = len(categories)
        one = Series("来访", numbers(count, 37, 1800))
        many = tuple(
            Series(f"{n}类来访人次", numbers(count, 11 + n, 90 + 60 * n)) for n in range(9)
        )
        yield BarChart("各类来访", categories, (one,), "件", "来源：来访登记。" * 12)
        yield BarChart("很长的标题" * 20, categories, many[:3], "人次")
        yield BarChart("变化", categories, (Series("", tuple(20 - (v or 0) for v in one.values)),))
        yield StackedBarChart("构成", categories, many, "件")
        yield LineChart("走势", categories, (one,), "件")
        yield LineChart("走势", categories, many, "件")
        yield RingChart("构成", categories, (one,), "件")


ALL = [
    pytest.param(chart, id=f"{type(chart).__name__}-{number}")
    for number, chart in enumerate(charts())
]
ROOMS = [(440.0, 220.0), (640.0, 320.0), (300.0, 180.0)]


def corners(label: Label) -> list[tuple[float, float]]:
    """The corners of the words, turned ones too."""
    start = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * label.width
    flat = [
        (x - start, y)
        for x, y in (
            (0.0, 0.14 * label.size),
            (label.width, 0.14 * label.size),
            (label.width, -0.8 * label.size),
            (0.0, -0.8 * label.size),
        )
    ]
    angle = -math.radians(label.turn)
    return [
        (
            label.x + x * math.cos(angle) - y * math.sin(angle),
            label.y + x * math.sin(angle) + y * math.cos(angle),
        )
        for x, y in flat
    ]


def apart(one: Label, other: Label) -> bool:
    """Whether a straight line fits between two words (of rectangles: along one of their sides)."""
    first, second = corners(one), corners(other)
    for shape in (first, second):
        for at in range(2):
            (x, y), (to_x, to_y) = shape[at], shape[at + 1]
            across = [(cx * (to_x - x) + cy * (to_y - y)) for cx, cy in first]
            along = [(cx * (to_x - x) + cy * (to_y - y)) for cx, cy in second]
            if max(across) <= min(along) + 0.01 or max(along) <= min(across) + 0.01:
                return True
    return False


def drawn(chart: Chart, room: tuple[float, float] = ROOMS[0]) -> Picture:
    return lay_out(chart, *room, SIZES, measure)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("chart", ALL)
def test_no_words_lie_on_other_words_or_leave_the_chart(
    chart: Chart, room: tuple[float, float]
) -> None:
    labels = drawn(chart, room).labels
    assert labels
    for one, other in combinations(labels, 2):
        assert apart(one, other), (one.text, other.text)
    for label in labels:
        for x, y in corners(label):
            assert -1 <= x <= room[0] + 1, label.text
            assert -1 <= y <= room[1] + 1, label.text


@pytest.mark.parametrize("chart", ALL)
def test_every_value_that_is_not_nothing_has_its_part(chart: Chart) -> None:
    picture = drawn(chart)
    found = {(part.series, part.category) for part in picture.parts}
    expected = {
        (number, at)
        for number, series in enumerate(picture.chart.series)
        for at, value in enumerate(series.values)
        if value
    }
    assert expected <= found
    assert all(0 <= part.tone < TONES for part in picture.parts)


def test_bars_are_as_high_as_their_values() -> None:
    picture = drawn(BarChart("x", ("a", "b", "c"), (Series("x", (100, 50, -25)),)))
    heights = [part.height for part in picture.parts if isinstance(part, Bar)]
    assert heights[0] == pytest.approx(2 * heights[1])
    assert heights[1] == pytest.approx(2 * heights[2])
    first, _, last = (part for part in picture.parts if isinstance(part, Bar))
    assert first.top + first.height == pytest.approx(last.top)


def test_a_small_value_beside_a_large_one_is_still_seen() -> None:
    picture = drawn(BarChart("x", ("a", "b", "c"), (Series("x", (12_500, 1, 0)),)))
    heights = [part.height for part in picture.parts if isinstance(part, Bar)]
    assert heights[1] >= 1
    assert heights[2] == 0


def test_parts_of_a_stack_stand_on_each_other() -> None:
    chart = StackedBarChart("x", ("a",), (Series("x", (10,)), Series("y", (30,))))
    lower, upper = (part for part in drawn(chart).parts if isinstance(part, Bar))
    assert upper.top + upper.height == pytest.approx(lower.top)
    assert upper.height == pytest.approx(3 * lower.height)


def test_a_month_nobody_counted_leaves_a_gap_in_the_line() -> None:
    chart = LineChart("x", ("1", "2", "3", "4", "5"), (Series("x", (1, 2, None, 4, 5)),))
    picture = drawn(chart)
    assert [len(stroke.points) for stroke in picture.strokes] == [2, 2]
    assert [part.category for part in picture.parts if isinstance(part, Dot)] == [0, 1, 3, 4]


def test_wedges_go_once_round_and_are_found_under_a_point() -> None:
    picture = drawn(RingChart("x", ("a", "b", "c"), (Series("x", (50, 25, 25)),)))
    wedges = [part for part in picture.parts if isinstance(part, Wedge)]
    assert sum(wedge.sweep for wedge in wedges) == pytest.approx(360)
    ring = wedges[0]
    middle = (ring.inner + ring.outer) / 2
    for number, (across, up) in enumerate([(1, 0), (-0.7, -0.7), (-0.7, 0.7)]):
        found = picture.part_at(ring.x + across * middle, ring.y - up * middle)
        assert found is wedges[number]
    assert picture.part_at(ring.x, ring.y) is None


def test_all_values_of_a_short_chart_are_written_above_the_bars() -> None:
    values = (120, 98, 143, 160)
    texts = [
        label.text for label in drawn(BarChart("x", tuple("abcd"), (Series("x", values),))).labels
    ]
    assert {"120", "98", "143", "160"} <= set(texts)


def test_names_that_count_are_left_out_in_turn_and_others_never_without_need() -> None:
    days = tuple(f"11月{n}日" for n in range(1, 31))
    shown = [
        label.text
        for label in drawn(BarChart("x", days, (Series("x", numbers(30, 7, 40)),))).labels
        if label.text in days
    ]
    steps = {days.index(b) - days.index(a) for a, b in pairwise(shown)}
    assert shown[0] == days[0]
    assert len(steps) == 1
    words = tuple(f"{name}社区" for name in "甲乙丙丁戊己庚辛壬癸")
    labels = drawn(BarChart("x", words, (Series("x", numbers(10, 7, 40)),))).labels
    joined = "".join(label.text for label in labels)
    assert all(word in joined for word in words)


def test_a_chart_without_figures_is_a_sentence() -> None:
    picture = drawn(BarChart("各月", ("1月",), (Series("来访", (None,)),)))
    assert [label.text for label in picture.labels] == ["各月", "本期没有数据。"]
    assert not picture.parts


@pytest.mark.parametrize("angle", [45, -45, 0])
def test_hatching_covers_the_whole_rectangle_evenly(angle: float) -> None:
    lines = list(hatching(10, 20, 60, 30, angle, 3))
    assert len(lines) >= 9
    for x, y in ((12, 22), (68, 22), (12, 48), (68, 48), (40, 35)):
        distances = [
            abs((ty - y1) * (x - x1) - (tx - x1) * (y - y1)) / math.hypot(tx - x1, ty - y1)
            for x1, y1, tx, ty in lines
        ]
        assert min(distances) <= 3
