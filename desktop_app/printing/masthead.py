"""What a brief (简报) has beside its text: the head with its issue, and 报、送、发 at the very end.

Black throughout: the red head is for organs that have one (党政机关公文格式). The block at the end
is that standard's 版记: between two rules, the lower one on the lower edge of the print area
(GB/T 9704-2012, 7.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.platypus.flowables import Flowable

from desktop_app.printing.blocks import Sheet, written_date
from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.ink import Pen
from desktop_app.printing.page_lines import at_the_left, at_the_right, in_the_middle
from desktop_app.printing.paragraph import Align, TextFlow, TextStyle

_NAME, _LINE = 42.0, 16.0
_HEIGHT = 120.0
_THICK, _THIN = 1.0, 0.7
_SMALL = 14.0  # 四号
_HANGING = TextStyle(Role.FANG, _SMALL, 24.0, align=Align.LEFT)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The name of the brief, which issue it is, who issues it, and the day, over a rule."""

    name: str
    issue: str
    issuer: str
    day: date

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield _MastheadFlow(self, sheet.book)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Whom the brief goes to, a line each (报：…), at the foot of the last page."""

    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """What it takes in points, when every line of it is one."""
        return len(self.lines) * _HANGING.leading + 2 * _LINE if self.lines else 0.0

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        if self.lines:
            yield _DistributionFlow(self.lines, sheet)


class _Edges:
    def __init__(self, width: float, left: float = 0.0) -> None:
        self.left, self.width = left, width


class _MastheadFlow(Flowable):  # type: ignore[misc]
    keep_with_next = True

    def __init__(self, masthead: Masthead, book: FontBook) -> None:
        super().__init__()
        self._masthead, self._book = masthead, book

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, _HEIGHT
        return width, _HEIGHT

    def draw(self) -> None:
        told, book, whole = self._masthead, self._book, _Edges(self.width)
        # One character in from both edges.
        inner = _Edges(self.width - 2 * _LINE, _LINE)
        day = written_date(told.day)
        room = inner.width - book.width(day, Role.FANG, _LINE) - 2 * _LINE
        pen = Pen(self.canv)
        in_the_middle(pen, book, whole, told.name, Role.TITLE, _NAME, _HEIGHT - 40, _LINE)
        in_the_middle(pen, book, whole, told.issue, Role.FANG, _LINE, _HEIGHT - 76, _LINE)
        at_the_left(pen, book, inner, told.issuer, Role.FANG, _LINE, 20, room)
        at_the_right(pen, book, inner, day, Role.FANG, _LINE, 20)
        pen.done()
        _rule(self.canv, self.width, 10, _THICK)


class _DistributionFlow(Flowable):  # type: ignore[misc]
    needs_company = True

    def __init__(self, lines: tuple[str, ...], sheet: Sheet) -> None:
        super().__init__()
        self._texts = [TextFlow(line, _HANGING, sheet.book) for line in lines]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All the room there is: the block stands at the lower end of it."""
        inner = width - 2 * _SMALL
        heights = [text.wrap(inner, height)[1] for text in self._texts]
        self._least = sum(heights) + 2 * _LINE
        self.width, self.height = width, max(self._least, height)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        return []

    def draw(self) -> None:
        top = self._least - _LINE
        _rule(self.canv, self.width, top, _THICK)
        _rule(self.canv, self.width, 0, _THICK)
        for text, level in self._placed(top - _LINE / 2):
            text.drawOn(self.canv, _SMALL, level)

    def _placed(self, top: float) -> Iterator[tuple[TextFlow, float]]:
        """The lines with where each stands, thin rules between them."""
        for number, text in enumerate(self._texts):
            if number:
                _rule(self.canv, self.width, top, _THIN)
            top -= text.height
            yield text, top


def _rule(canvas: Any, width: float, level: float, thick: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(thick)
    canvas.setStrokeGray(0)
    canvas.line(0, level, width, level)
    canvas.restoreState()
