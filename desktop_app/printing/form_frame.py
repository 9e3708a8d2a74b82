"""The page of a form: what is filled in by hand or handed over the counter. Points.

Its name and a few lines of facts stand on every page, so that no leaf is ever without them. What a
resident takes home is set in no smaller type than 小四 (12 points).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.core.line_breaks import wrap_lines
from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.ink import Pen
from desktop_app.printing.page import A4, MM, Area, Leaf, Looks
from desktop_app.printing.page_lines import at_the_left, at_the_right, in_the_middle
from desktop_app.printing.paragraph import Align, TextStyle

_TITLE, _HALF_TITLE = 22.0, 18.0
_FACT, _FACT_LINE = 11.0, 17.0
_FOOT_SIZE, _FOOT, _MARK = 9.0, 20.0, 10.0
_TOP, _BOTTOM, _HALF_EDGE = 13 * MM, 11 * MM, 9 * MM
_NARROW = 0.56
"""About what a digit or a Latin letter takes of the em; a line that is wider is set smaller."""


@dataclass(frozen=True, slots=True)
class FormFrame:
    """A4 upright; with `half` half a sheet of A4, lying.

    `facts` stand below the title, each on a line of its own or on several. `from_whom` stands at
    the left of the foot. `side` is the margin at the left and right in millimetres, `size` the
    body's. `mark` (补打) stands at the right of the title.
    """

    from_whom: str
    printed_at: datetime
    facts: tuple[str, ...] = ()
    mark: str = ""
    half: bool = False
    side: float = 15.0
    size: float = 12.0

    @property
    def paper(self) -> tuple[float, float]:
        return (A4[0], A4[1] / 2) if self.half else A4

    @property
    def area(self) -> Area:
        width, height = self.paper
        top, bottom = (_HALF_EDGE, _HALF_EDGE) if self.half else (_TOP, _BOTTOM)
        side = self.side * MM
        head = self._title_size * 1.5 + len(self._lines) * _FACT_LINE + 4
        bottom += _FOOT
        return Area(side, bottom, width - 2 * side, height - top - head - bottom)

    @property
    def looks(self) -> Looks:
        size = self.size
        line = size * 1.55
        level = {
            "leading": line, "align": Align.LEFT, "keep_with_next": True, "before": size / 4,
        }  # fmt: skip
        return Looks(
            body=TextStyle(Role.SONG, size, line, indent=2),
            headings={
                0: TextStyle(
                    Role.TITLE, self._title_size, self._title_size * 1.5, align=Align.CENTER,
                    keep_with_next=True, balanced=True,
                ),
                1: TextStyle(Role.HEI, size, **level),  # type: ignore[arg-type]
                2: TextStyle(Role.KAI, size, **level),  # type: ignore[arg-type]
                3: TextStyle(Role.SONG, size, **level),  # type: ignore[arg-type]
                4: TextStyle(Role.SONG, size, **level),  # type: ignore[arg-type]
            },
            note=TextStyle(Role.SONG, size - 2, (size - 2) * 1.5),
            table_size=size - 1,
        )  # fmt: skip

    @property
    def _title_size(self) -> float:
        return _HALF_TITLE if self.half else _TITLE

    @property
    def _lines(self) -> list[str]:
        """The facts in lines; by a guess of their width, because a frame has no faces."""
        room = self.paper[0] - 2 * self.side * MM
        return [line for fact in self.facts for line in wrap_lines(fact, room, _guessed)]

    def draw(self, canvas: Any, book: FontBook, title: str, leaf: Leaf) -> None:
        """The name of the form and its facts above; whose it is, which page and when below."""
        area, pen, size = self.area, Pen(canvas), self._title_size
        base = area.bottom + area.height + 4 + len(self._lines) * _FACT_LINE + size * 0.5
        side = book.width(self.mark, Role.HEI, _MARK) + 12 if self.mark else 0.0
        in_the_middle(pen, book, area, title, Role.TITLE, size, base, side)
        if self.mark:
            at_the_right(pen, book, area, self.mark, Role.HEI, _MARK, base)
        base -= size * 0.5
        for line in self._lines:
            base -= _FACT_LINE
            at_the_left(pen, book, area, line, Role.SONG, _FACT, base + 5, area.width)
        self._draw_foot(pen, book, leaf)
        pen.done()

    def _draw_foot(self, pen: Pen, book: FontBook, leaf: Leaf) -> None:
        area = self.area
        foot, third = area.bottom - _FOOT + 4, area.width / 3 - 6
        at_the_left(pen, book, area, self.from_whom, Role.SONG, _FOOT_SIZE, foot, third)
        if leaf.total > 1:
            page = f"第 {leaf.number} 页　共 {leaf.total} 页"
            in_the_middle(pen, book, area, page, Role.SONG, _FOOT_SIZE, foot, third)
        at = f"打印时间：{self.printed_at:%Y-%m-%d %H:%M}"
        at_the_right(pen, book, area, at, Role.SONG, _FOOT_SIZE, foot, third)


def _guessed(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return (wide + (len(text) - wide) * _NARROW) * _FACT
