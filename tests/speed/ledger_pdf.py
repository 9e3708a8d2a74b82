"""How long a ledger of thousands of rows takes to become a PDF, beside two other ways.

The same rows three times, fonts registered, turn by turn: by `printing`; by hand, as the bare
content stream of the same pages with every line of text already broken and placed; and by
reportlab's own LongTable with a Paragraph in every cell. CPU seconds. A child of its own prints
once, for the memory; and ten times the rows must take ten times as long.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle
from reportlab.platypus import Paragraph as PlatypusParagraph

from desktop_app.printing.document import render
from desktop_app.printing.fonts import Role, fonts
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import PADDING, Laid, Texts, lay
from tests.printing.papers import AT, COLUMNS, ledger, rows

DEFAULTS: dict[str, Any] = {"rows": 5000, "rounds": 3, "many": 50_000}
MOST_TIMES_BY_HAND = 1.5
LEAST_TIMES_FASTER = 8.0
MOST_SECONDS = 1.5
MOST_MIB = 150
MOST_TIMES_LINEAR = 1.3

_AREA = LedgerFrame("", "", "", AT).area
_PAPER = LedgerFrame("", "", "", AT).paper
_SIZE = 9.0

Rows = list[tuple[str, ...]]


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of all three, their ratios, memory, and whether the figures hold."""
    # First, while this process is small: a child's peak begins with its parent's size.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as child:
        peak = child.submit(_peak, options["rows"]).result()
    few, many = rows(options["rows"]), rows(options["many"])
    _ours(few[:50])
    laid = lay(COLUMNS, few, Texts(fonts(), _SIZE), _AREA.width, _AREA.height)
    pages = _pages(laid)
    ours, by_hand = [], []
    for _ in range(options["rounds"]):
        ours.append(_cpu(lambda: _ours(few)))
        by_hand.append(_cpu(lambda: _by_hand(laid, pages)))
    long_table = _cpu(lambda: _long_table(few, laid))
    ours_many = _cpu(lambda: _ours(many))
    return _figures(ours, by_hand, long_table, ours_many / (len(many) / len(few)), peak)


def _figures(
    ours: list[float], by_hand: list[float], long_table: float, ours_many: float, peak: float
) -> dict[str, Any]:
    median, reference = statistics.median(ours), statistics.median(by_hand)
    ratio, faster, linear = median / reference, long_table / median, ours_many / median
    return {
        "cpu_s": round(median, 3),
        "by_hand_cpu_s": round(reference, 3),
        "ratio_to_by_hand": round(ratio, 2),
        "long_table_cpu_s": round(long_table, 3),
        "times_faster_than_long_table": round(faster, 1),
        "cpu_s_for_as_many_of_many": round(ours_many, 3),
        "ratio_to_linear": round(linear, 2),
        "peak_mib": round(peak),
        "holds": ratio <= MOST_TIMES_BY_HAND
        and faster >= LEAST_TIMES_FASTER
        and linear <= MOST_TIMES_LINEAR
        and median <= MOST_SECONDS
        and peak <= MOST_MIB,
    }


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _ours(data: Rows) -> bytes:
    return render(ledger(Table(COLUMNS, data)))


def _peak(count: int) -> float:
    """The most memory a process of its own takes for one ledger, in MiB."""
    _ours(rows(count))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _pages(laid: Laid) -> list[range]:
    """Which rows stand on which page."""
    found, start = [], 0
    room = _AREA.height - laid.head_height
    for place in range(len(laid.slices)):
        if laid.tops[place + 1] - laid.tops[start] > room:
            found.append(range(start, place))
            start = place
    return [*found, range(start, len(laid.slices))]


def _by_hand(laid: Laid, pages: list[range]) -> bytes:
    """The same pages as operators, nothing measured and nothing broken any more."""
    memory = io.BytesIO()
    canvas = Canvas(memory, pagesize=_PAPER, pageCompression=1, invariant=1)
    fonts_used = [pdfmetrics.getFont(fonts().glyphs[role]["国"].font_name) for role in _ROLES]
    top = _AREA.bottom + _AREA.height
    for number, page in enumerate(pages, 1):
        canvas._code.append(_rules(laid, page, top))
        text = _Written(canvas)
        for at, column in enumerate(COLUMNS):
            text.put(fonts_used[1], column.title, _AREA.left + laid.edges[at], top - 12)
        for place in page:
            y = top - laid.head_height - laid.tops[place] + laid.tops[page.start] - 12
            for at, cell in enumerate(laid.rows[place]):
                lines = laid.broken.get(place * len(COLUMNS) + at, (str(cell),))
                for line, words in enumerate(lines):
                    text.put(
                        fonts_used[0], words, _AREA.left + laid.edges[at] + PADDING,
                        y - line * _SIZE * 1.3,
                    )  # fmt: skip
        text.put(fonts_used[0], f"第 {number} 页　共 {len(pages)} 页", 400, 50)
        canvas._code.append(text.done())
        canvas.showPage()
    canvas.save()
    return memory.getvalue()


_ROLES = (Role.SONG, Role.HEI)


class _Written:
    """One text object."""

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc
        self._parts = ["BT"]
        self._font: tuple[Any, int] | None = None

    def put(self, font: Any, words: str, x: float, y: float) -> None:
        self._parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for subset, code in font.splitString(words, self._document):
            if self._font != (font, subset):
                name = font.getSubsetInternalName(subset, self._document)
                self._parts.append(f"{name} {_SIZE:g} Tf")
                self._font = (font, subset)
            self._parts.append(f"<{code.hex()}> Tj")

    def done(self) -> str:
        return "\n".join([*self._parts, "ET"])


def _rules(laid: Laid, page: range, top: float) -> str:
    left, right = _AREA.left, _AREA.left + laid.edges[-1]
    levels = [top, *(top - laid.head_height - laid.tops[n] + laid.tops[page.start] for n in page)]
    bottom = top - laid.head_height - laid.tops[page.stop] + laid.tops[page.start]
    across = [f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in [*levels, bottom]]
    down = [f"{left + x:.2f} {top:.2f} m {left + x:.2f} {bottom:.2f} l" for x in laid.edges]
    return "\n".join(["0.4 w", *across, *down, "S"])


def _long_table(data: Rows, laid: Laid) -> bytes:
    """The same rows by reportlab's own means."""
    memory = io.BytesIO()
    name = fonts().glyphs[Role.SONG]["国"].font_name
    style = ParagraphStyle("cell", fontName=name, fontSize=_SIZE, leading=12, wordWrap="CJK")
    cells: list[Sequence[Any]] = [[column.title for column in COLUMNS]]
    cells += [[PlatypusParagraph(cell, style) for cell in row] for row in data]
    widths = [right - left for left, right in zip(laid.edges, laid.edges[1:], strict=False)]
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, "black"), ("FONT", (0, 0), (-1, 0), name)])
    table = LongTable(cells, colWidths=widths, repeatRows=1, style=grid)
    SimpleDocTemplate(memory, pagesize=_PAPER, leftMargin=30, rightMargin=30).build([table])
    return memory.getvalue()
