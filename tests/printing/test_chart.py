"""Charts on paper: lines and letters, not pictures, and told apart on a black printer, too."""

from __future__ import annotations

import io
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer

from desktop_app.core.chart import BarChart, Chart, LineChart, RingChart, Series, StackedBarChart
from desktop_app.core.chart_layout import lay_out
from desktop_app.core.chart_picture import TONES, Bar
from desktop_app.printing.chart import SIZES, ChartBlock
from desktop_app.printing.letters import Face

MONTHS = tuple(f"{n}月" for n in range(1, 13))
VISITS = Series("来访", (120, 98, 143, 160, 155, 171, 180, 166, 150, 139, 149, 1))
APPEALS = Series("诉求", (20, 18, 43, 60, 55, 71, 80, 66, 50, 39, None, 12))
MATTERS = ("城乡居民基本医疗保险参保登记", "困难残疾人生活补贴", "居住证明", "高龄津贴", "其他")

CHARTS: list[Chart] = [
    BarChart("各月来访", MONTHS, (VISITS,), "件", "来源：来访登记。"),
    BarChart("各月来访与诉求", MONTHS, (VISITS, APPEALS), "件"),
    StackedBarChart("构成", MONTHS, (VISITS, APPEALS), "件"),
    LineChart("走势", MONTHS, (VISITS, APPEALS), "件"),
    RingChart("事项", MATTERS, (Series("件数", (600, 300, 60, 30, 10)),), "件"),
    BarChart("与上月相比", MONTHS[:3], (Series("变化", (12, -8, 0)),), "件"),
    BarChart("空", ("1月",), (Series("来访", (None,)),)),
]


def printed(path: Path, *blocks: Flowable) -> Path:
    """A PDF of these blocks."""
    SimpleDocTemplate(str(path), invariant=True).build(list(blocks))
    return path


def seen(path: Path) -> Image.Image:
    """The first page as another program shows it, in grey."""
    shown = subprocess.run(
        ["pdftoppm", "-r", "100", "-gray", "-f", "1", "-l", "1", path],
        capture_output=True, check=True,
    )  # fmt: skip
    assert shown.stderr == b""
    return Image.open(io.BytesIO(shown.stdout))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_chart_is_lines_and_letters_that_other_programs_read(
    chart: Chart, face: Face, tmp_path: Path
) -> None:
    path = printed(tmp_path / "chart.pdf", ChartBlock(chart, face))
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    letters = "".join(text.split())
    assert chart.title in letters
    for name in () if chart.is_empty else chart.categories:
        assert name in letters
    assert ("本期没有数据。" in letters) == chart.is_empty
    images = subprocess.run(
        ["pdfimages", "-list", path], capture_output=True, check=True, text=True
    ).stdout
    assert len(images.splitlines()) == 2
    assert subprocess.run(["qpdf", "--check", path], check=False).returncode == 0
    assert min(seen(path).tobytes()) < 160


def test_a_chart_is_never_divided_but_goes_whole_to_the_next_page(
    face: Face, tmp_path: Path
) -> None:
    path = printed(tmp_path / "b.pdf", Spacer(1, 600), ChartBlock(CHARTS[0], face))
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    first, second, *_ = text.split("\f")
    assert "各月来访" not in first
    assert {"各月来访", "12月"} <= set(second.split())


def test_all_tones_are_told_apart_without_colour(face: Face, tmp_path: Path) -> None:
    series = tuple(Series(f"{n}类", (10,)) for n in range(TONES))
    chart = BarChart("", ("一项",), series)
    page = seen(printed(tmp_path / "tones.pdf", ChartBlock(chart, face, height=200)))
    # The page is A4 with a margin of one inch, within which the frame leaves 6 points.
    width = 595.27 - 2 * 78
    laid = lay_out(chart, width, 200, SIZES, lambda text, size, _: face.width(text, size))
    looks = []
    for bar in (part for part in laid.parts if isinstance(part, Bar)):
        left, top = 78 + bar.left + 2, 78 + bar.top + 2
        right, bottom = left + bar.width - 4, top + bar.height - 4
        box = [round(at / 72 * 100) for at in (left, top, right, bottom)]
        area = page.crop((box[0], box[1], box[2], box[3])).tobytes()
        looks.append((sum(area) / len(area), area))
    assert len({area for _, area in looks}) == TONES
    plain = sorted(looks[number][0] for number in (0, 1, 2, 4))
    assert all(after - before > 30 for before, after in pairwise(plain))
