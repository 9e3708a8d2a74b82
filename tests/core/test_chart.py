"""Charts as data: what cannot be drawn cannot be made, and all figures can be told in words."""

from __future__ import annotations

import math

import pytest

from desktop_app.core.chart import (
    BarChart,
    Chart,
    LineChart,
    RingChart,
    Series,
    StackedBarChart,
    scale_for,
    value_words,
)

MONTHS = ("1月", "2月", "3月")
VISITS = Series("来访", (120, 98, 143))


@pytest.mark.parametrize(
    ("kind", "series"),
    [
        (BarChart, ()),
        (BarChart, (Series("来访", (1, 2)),)),
        (BarChart, (VISITS, VISITS)),
        (LineChart, (Series("来访", (1, 2, math.nan)),)),
        (LineChart, (Series("来访", (1, 2, math.inf)),)),
        (StackedBarChart, (Series("来访", (1, 2, -3)),)),
        (RingChart, (Series("来访", (1, 2, -3)),)),
        (RingChart, (VISITS, Series("诉求", (1, 2, 3)))),
    ],
)
def test_a_chart_that_makes_no_sense_cannot_be_made(
    kind: type[Chart], series: tuple[Series, ...]
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        kind("各月", MONTHS, series)


def test_all_figures_can_be_told_in_words() -> None:
    appeals = Series("诉求", (7, None, 12_345))
    chart = BarChart("各月来访", MONTHS, (VISITS, appeals), "件")
    assert chart.words() == (
        "柱状图，共 3 项。1月 来访 120 件，1月 诉求 7 件；"
        "2月 来访 98 件，2月 诉求 未统计；3月 来访 143 件，3月 诉求 12,345 件。"
    )
    assert BarChart("各月来访", MONTHS, (VISITS,)).part_words(0, 1) == "2月 98"


def test_a_ring_tells_shares_and_never_says_all_of_almost_all() -> None:
    ring = RingChart("渠道", ("窗口", "电话"), (Series("件数", (2999, 1)),), "件")
    assert ring.part_words(0, 0) == "窗口 2999 件，占 99.9%"
    assert ring.part_words(0, 1) == "电话 1 件，占 0.1%"


def test_the_smallest_parts_of_a_ring_become_one_and_nothing_is_lost() -> None:
    names = tuple(f"事项{n}" for n in range(12))
    values = (5, 90, 3, 40, 1, 7, 30, 2, 8, 60, 4, 6)
    ring = RingChart("构成", names, (Series("件数", values),), "件")
    folded = ring.folded(5)
    assert folded.categories == ("事项1", "事项3", "事项6", "事项9", "其他")
    assert folded.series[0].values == (90, 40, 30, 60, 36)
    assert folded.total == ring.total
    assert ring.folded(12) is ring


def test_a_chart_without_figures_knows_and_says_so() -> None:
    nothing = BarChart("各月", MONTHS, (Series("来访", (None, None, None)),))
    assert nothing.is_empty
    assert "没有数据" in nothing.words()
    assert LineChart("各月", (), (Series("来访", ()),)).is_empty
    assert RingChart("构成", MONTHS, (Series("来访", (0, 0, 0)),)).is_empty
    zero = BarChart("各月", MONTHS, (Series("来访", (0, 0, 0)),))
    assert not zero.is_empty


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (9999, "9999"), (10_000, "10,000"), (4.0, "4"), (4.65, "4.7"), (-0.5, "-0.5"),
     (12345.6, "12,345.6"), (None, "未统计")],
)  # fmt: skip
def test_values_are_written_as_people_read_them(value: float | None, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize("low", [0, -1, -7, -350, -0.04])
@pytest.mark.parametrize("high", [0, 0.03, 1, 4, 5, 9.5, 99, 101, 1234, 86_400, 3_000_000])
@pytest.mark.parametrize("most", [2, 4, 6])
@pytest.mark.parametrize("whole", [True, False])
def test_an_axis_has_few_even_round_ticks_around_all_values(
    low: float, high: float, most: int, whole: bool
) -> None:
    scale = scale_for(low, high, most=most, whole=whole)
    assert scale.low <= low
    assert scale.high >= high
    assert 2 <= len(scale.ticks) <= most + 2
    step = scale.ticks[1] - scale.ticks[0]
    digits = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert round(digits, 6) in (1, 2, 5)
    for at, tick in enumerate(scale.ticks):
        assert tick == pytest.approx(scale.low + at * step, abs=step * 1e-6)
    if whole:
        assert all(isinstance(tick, int) for tick in scale.ticks)


def test_no_half_visit_stands_on_an_axis_of_few_visits() -> None:
    assert scale_for(0, 2).ticks == (0, 1, 2, 3, 4)
    assert scale_for(0, 0).ticks == (0, 1, 2, 3, 4)
    assert scale_for(0, 180).ticks == (0, 50, 100, 150, 200)
