"""Charts on the screen: seen, told in words, gone through by keys, asked for what is behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_app.core.chart import BarChart, Chart, LineChart, RingChart, Series, StackedBarChart
from desktop_app.widgets.charts import ChartView
from desktop_app.widgets.theme import Theme, apply_theme, colour
from tests.driver.typing import press
from tests.widgets.conftest import Shown

MONTHS = ("1月", "2月", "3月")
VISITS = Series("来访", (120, 98, 143))
APPEALS = Series("诉求", (20, 18, None))
CHART = BarChart("各月来访与诉求", MONTHS, (VISITS, APPEALS), "件")

ALL: list[Chart] = [
    CHART,
    StackedBarChart("构成", MONTHS, (VISITS, APPEALS), "件"),
    LineChart("走势", MONTHS, (VISITS, APPEALS), "件"),
    RingChart("渠道", MONTHS, (VISITS,), "件"),
]


def asked_for(view: ChartView) -> list[tuple[str, str]]:
    """What the view asks to see the records of, from now on."""
    found: list[tuple[str, str]] = []
    view.drilled.connect(found.append)
    return found


def colours(view: ChartView) -> set[str]:
    """The colours that are somewhere in what is seen."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_a_chart_says_its_title_and_all_its_figures_in_words(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    assert view.accessibleName() == "各月来访与诉求"
    assert "1月 来访 120 件" in view.accessibleDescription()
    assert "3月 诉求 未统计" in view.accessibleDescription()


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)
@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_painted_in_the_colours_of_the_theme(
    chart: Chart, dark: bool, look: QApplication, show_in: Shown
) -> None:
    apply_theme(look, Theme(dark=dark))
    view = ChartView(chart)
    show_in(view)
    seen = colours(view)
    assert colour("accent").name() in seen
    apply_theme(look, Theme(dark=not dark))
    assert colour("accent").name() in colours(view)


def test_figures_are_gone_through_by_arrows_and_told_one_by_one(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    view.setFocus()
    key = Qt.Key
    for pressed, words in (
        (key.Key_Right, "2月 来访 98 件"),
        (key.Key_Down, "2月 诉求 18 件"),
        (key.Key_Down, "2月 诉求 18 件"),
        (key.Key_End, "3月 诉求 未统计"),
        (key.Key_Up, "3月 来访 143 件"),
        (key.Key_Right, "3月 来访 143 件"),
        (key.Key_Home, "1月 来访 120 件"),
    ):
        press(view, pressed)
        assert view.current == words
        assert view.accessibleDescription().startswith(words)


def test_where_the_keyboard_is_can_be_seen(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    view.setFocus()
    before = view.grab().toImage()
    press(view, Qt.Key.Key_Right)
    assert view.grab().toImage() != before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_asks_for_the_records_behind_a_figure(key: Qt.Key, show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    view.setFocus()
    found = asked_for(view)
    press(view, Qt.Key.Key_Right, key)
    assert found == [("来访", "2月")]


def test_behind_what_nobody_counted_there_are_no_records(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    view.setFocus()
    found = asked_for(view)
    press(view, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert found == []


def bar_of(view: ChartView, name: str) -> QPoint:
    """Where in the view the first pixel of a colour is, with some way into its area."""
    image = view.grab().toImage()
    wanted, ratio = colour(name).name(), image.devicePixelRatio()
    for y in range(image.height()):
        for x in range(round(60 * ratio), image.width()):
            if image.pixelColor(x, y).name() == wanted and y > 60 * ratio:
                return QPoint(round(x / ratio) + 4, round(y / ratio) + 4)
    raise AssertionError(name)


def test_a_click_on_a_bar_asks_for_the_records_and_puts_the_keyboard_there(
    show_in: Shown,
) -> None:
    view = ChartView(BarChart("各月", MONTHS, (VISITS,), "件"))
    show_in(view)
    found = asked_for(view)
    # The highest bar, that of March, is met first from above.
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=bar_of(view, "accent"))
    assert found == [("来访", "3月")]
    assert view.current == "3月 143 件"


def test_a_click_beside_the_bars_asks_for_nothing(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    found = asked_for(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, view.height() // 2))
    assert found == []


def test_the_figure_under_the_mouse_is_told(show_in: Shown) -> None:
    view = ChartView(BarChart("各月", MONTHS, (VISITS,), "件"))
    show_in(view)
    at = bar_of(view, "accent")
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert QToolTip.text() == "3月 143 件"
    QToolTip.hideText()


def test_new_figures_replace_the_old_ones_in_sight_and_in_words(show_in: Shown) -> None:
    view = ChartView(CHART)
    show_in(view)
    before = view.grab().toImage()
    view.set_chart(BarChart("各月", MONTHS, (Series("来访", (1, 2, 3)),), "件"))
    assert view.grab().toImage() != before
    assert view.accessibleName() == "各月"
    assert view.current == "1月 1 件"


def test_a_chart_without_figures_says_so(show_in: Shown) -> None:
    view = ChartView(BarChart("各月", MONTHS, (Series("来访", (None,) * 3),)))
    show_in(view)
    view.setFocus()
    found = asked_for(view)
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert (found, view.current) == ([], "")
    assert "没有数据" in view.accessibleDescription()
