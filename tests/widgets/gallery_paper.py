"""The parts of the gallery about paper: the preview, charts. Looked at, not tested."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.chart import BarChart, Chart, LineChart, RingChart, Series, StackedBarChart
from desktop_app.widgets.charts import ChartView
from desktop_app.widgets.forms import Card
from desktop_app.widgets.pdf_view import PdfView
from desktop_app.widgets.tokens import SPACE
from tests.widgets.gallery_parts import frame, page
from tests.widgets.pdfs import pdf

LINE = "张淑芬　医保参保登记　金色家园 3-2-501　即时办结　{}"
MONTHS = tuple(f"{number}月" for number in range(1, 13))
VISITS = Series("来访", (120, 98, 143, 160, 155, 171, 180, 166, 150, 139, 149, 0))
BEFORE = Series("去年来访", (100, 90, None, 120, 119, 131, 140, 121, 110, 105, 100, 92))
MATTERS = ("城乡居民基本医疗保险参保登记", "困难残疾人生活补贴", "居住证明", "高龄津贴", "其他")
CHARTS: tuple[Chart, ...] = (
    BarChart("今年各月来访", MONTHS, (VISITS,), "件", "来源：来访登记。"),
    LineChart("与去年相比", MONTHS, (VISITS, BEFORE), "件"),
    StackedBarChart("办理方式", MONTHS[:6], tuple(
        Series(name, tuple((at * 7 + n * 5) % 40 + 5 for n in range(6)))
        for at, name in enumerate(("即时办结", "帮办代办", "限时办理", "转办", "咨询引导"))), "件"),
    RingChart("事项构成", MATTERS, (Series("件数", (1204, 86, 43, 23, 66)),), "件"),
)  # fmt: skip


def preview() -> QWidget:
    """A document of a few pages, with words looked for."""
    content, column = page()
    window, runner = frame(content, "figures")
    view = PdfView(runner, content)
    column.addWidget(view)
    pages = [["来访登记表", *(LINE.format(f"11月{day}日") for day in range(1, 20))]] * 6
    view.show_pdf(pdf(pages), "来访登记表.pdf")
    view.opened.connect(view.strip.open_strip)
    view.strip.words.set_value("11月7日")
    view.tell_saved("已保存到 D:\\报表\\来访登记表.pdf。")
    window.setProperty("start_at", view.strip.words)
    window.setProperty("runner", runner)
    return window


def charts() -> QWidget:
    """Every kind of chart, the keyboard on a figure of the second."""
    content, column = page()
    window, runner = frame(content, "figures")
    grid = QGridLayout()
    grid.setSpacing(SPACE.large)
    for number, chart in enumerate(CHARTS):
        card = Card(parent=content)
        view = ChartView(chart, card)
        card.body.addWidget(view)
        grid.addWidget(card, number // 2, number % 2)
        if number == 1:
            window.setProperty("start_at", view)
    column.addLayout(grid)
    window.setProperty("runner", runner)
    return window
