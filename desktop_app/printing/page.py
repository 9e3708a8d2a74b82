"""The two kinds of page: a document's (公文) and a ledger's (台账). Points, from the bottom left.

A frame says how large the paper is, where text may stand, how it looks there, and what is on every
page. GB/T 9704-2012 (党政机关公文格式): 5.2 page and print area, 5.2.2 faces, 5.2.3 lines and
characters, 7.5 page numbers. No red head: a station is no organ that has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.ink import Pen
from desktop_app.printing.page_lines import at_the_left, at_the_right, in_the_middle
from desktop_app.printing.paragraph import Align, TextStyle

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

_LINES, _CHARACTERS = 22, 28
_BODY = 16.0  # 三号
_LINE = 225 * MM / _LINES
# Sixteen points times 28 are two millimetres wider than the print area: the grid, not the type,
# gives way, as it does in word processors.
_TRACKING = 156 * MM / _CHARACTERS - _BODY


class Area(NamedTuple):
    """Where text may stand on a page."""

    left: float
    bottom: float
    width: float
    height: float


class Leaf(NamedTuple):
    """Which page of how many."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Looks:
    """How text looks inside a frame. `headings` by level; level 0 is the title."""

    body: TextStyle
    headings: Mapping[int, TextStyle]
    note: TextStyle
    table_size: float


class PageFrame(Protocol):
    """What `document.render` asks of a frame."""

    @property
    def paper(self) -> tuple[float, float]: ...

    @property
    def area(self) -> Area: ...

    @property
    def looks(self) -> Looks: ...

    def draw(self, canvas: Any, book: FontBook, title: str, leaf: Leaf) -> None:
        """What stands on every page beside the text."""
        ...


def _heading(role: Role) -> TextStyle:
    return TextStyle(
        role, _BODY, _LINE, indent=2, tracking=_TRACKING, keep_with_next=True, align=Align.LEFT
    )


_OFFICIAL = Looks(
    body=TextStyle(Role.FANG, _BODY, _LINE, indent=2, tracking=_TRACKING),
    headings={
        # 二号小标宋, and an empty line below it.
        0: TextStyle(
            Role.TITLE, 22, 1.3 * _LINE, align=Align.CENTER, left=22, right=22, before=_LINE,
            after=_LINE, grid=_LINE, keep_with_next=True, balanced=True,
        ),
        1: _heading(Role.HEI),
        2: _heading(Role.KAI),
        3: _heading(Role.FANG),
        4: _heading(Role.FANG),
    },
    note=TextStyle(Role.FANG, 12, 20),
    table_size=10.5,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficialFrame:
    """A4 upright, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm: 22 lines of 28 characters of 三号.

    `mark` (补打) stands over the print area at the right.
    """

    numbered: bool = True
    mark: str = ""

    @property
    def paper(self) -> tuple[float, float]:
        return A4

    @property
    def area(self) -> Area:
        return Area(28 * MM, 35 * MM, 156 * MM, 225 * MM)

    @property
    def looks(self) -> Looks:
        return _OFFICIAL

    def draw(self, canvas: Any, book: FontBook, title: str, leaf: Leaf) -> None:
        """The page number: 四号宋体, 一字线 7 mm below the print area, odd right and even left."""
        pen = Pen(canvas)
        if self.mark:
            above = self.area.bottom + self.area.height + 8 * MM
            at_the_right(pen, book, self.area, self.mark, Role.HEI, _HEAD_NOTE, above)
        if self.numbered:
            self._number(pen, book, leaf)
        pen.done()

    def _number(self, pen: Pen, book: FontBook, leaf: Leaf) -> None:
        size, area = 14.0, self.area
        text = f"— {leaf.number} —"
        # One character in from the outer edge.
        left = area.left + size
        if leaf.number % 2:
            left = area.left + area.width - size - book.width(text, Role.SONG, size)
        # The dash lies 0.38 of the em over the base line.
        base = area.bottom - 7 * MM - 0.38 * size
        pen.text(left, base, text, book, Role.SONG, size)


_LEDGER_LINE = 17.0
_LEDGER = Looks(
    body=TextStyle(Role.SONG, 10.5, _LEDGER_LINE, indent=2),
    headings={
        0: TextStyle(
            Role.TITLE, 18, 27, align=Align.CENTER, left=18, right=18, after=8,
            keep_with_next=True, balanced=True,
        ),
        1: TextStyle(
            Role.HEI, 12, 20, align=Align.LEFT, before=8, after=4, keep_with_next=True
        ),
        2: TextStyle(
            Role.HEI, 10.5, _LEDGER_LINE, align=Align.LEFT, before=6, after=2, keep_with_next=True
        ),
        3: TextStyle(Role.KAI, 10.5, _LEDGER_LINE, align=Align.LEFT, keep_with_next=True),
        4: TextStyle(Role.SONG, 10.5, _LEDGER_LINE, align=Align.LEFT, keep_with_next=True),
    },
    note=TextStyle(Role.SONG, 9, 14),
    table_size=9.0,
)  # fmt: skip

_EDGE = 15 * MM
_HEAD_SIZE, _HEAD_NOTE, _FOOT_SIZE = 16.0, 10.0, 9.0
_HEAD, _FOOT = 48.0, 20.0


@dataclass(frozen=True, slots=True)
class LedgerFrame:
    """A4 with the ledger's head and foot on every page.

    `printed_at` is the station's own time. `reprint` is 0 for the first print, else how many times
    the same paper was printed before: it is marked so that two are never taken for two records.
    `mark` is what is written there instead.
    """

    station: str
    period: str
    printed_by: str
    printed_at: datetime
    landscape: bool = True
    reprint: int = 0
    mark: str = ""

    @property
    def paper(self) -> tuple[float, float]:
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def area(self) -> Area:
        width, height = self.paper
        return Area(_EDGE, _EDGE + _FOOT, width - 2 * _EDGE, height - 2 * _EDGE - _HEAD - _FOOT)

    @property
    def looks(self) -> Looks:
        return _LEDGER

    def draw(self, canvas: Any, book: FontBook, title: str, leaf: Leaf) -> None:
        """Title, station and period above; who printed it when, and which page it is, below."""
        area, pen = self.area, Pen(canvas)
        top = area.bottom + area.height
        mark = self.mark or (f"补打（第 {self.reprint + 1} 次）" if self.reprint else "")
        side = book.width(mark, Role.HEI, _HEAD_NOTE) + 12 if mark else 0.0
        in_the_middle(pen, book, area, title, Role.TITLE, _HEAD_SIZE, top + 30, side)
        if mark:
            at_the_right(pen, book, area, mark, Role.HEI, _HEAD_NOTE, top + 30)
        half = area.width / 2 - 6
        line = top + 8
        at_the_left(pen, book, area, self.station, Role.SONG, _HEAD_NOTE, line, half)
        at_the_right(pen, book, area, self.period, Role.SONG, _HEAD_NOTE, line, half)
        foot, third = area.bottom - _FOOT + 2, area.width / 3
        by = f"打印人：{self.printed_by}" if self.printed_by else ""
        at_the_left(pen, book, area, by, Role.SONG, _FOOT_SIZE, foot, third)
        page = f"第 {leaf.number} 页　共 {leaf.total} 页"
        in_the_middle(pen, book, area, page, Role.SONG, _FOOT_SIZE, foot, third)
        at = f"打印时间：{self.printed_at:%Y-%m-%d %H:%M}"
        at_the_right(pen, book, area, at, Role.SONG, _FOOT_SIZE, foot, third)
        pen.done()
