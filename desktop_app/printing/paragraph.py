"""Text that fills lines and pages: a platypus block with the manners of Chinese print.

Where a line ends is `line_ends.py`. Here: indents, setting to both margins by even tracking, faces
by character, and pages: no line of a paragraph stands alone on one (GB/T 9704-2012 asks only that a
signature does not; the rule is that of printers).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable

from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.ink import ASCENT, Letter, Pen, letters
from desktop_app.printing.line_ends import Line, break_lines

_MOST_STRETCH = 0.3
"""Parts of the em by which a line may be drawn out; a line that wants more stays short."""
_FITS = 1e-6


class Align(StrEnum):
    """Which margins lines keep to."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks. Lengths in points, `indent` in characters."""

    role: Role
    size: float
    leading: float
    align: Align = Align.JUSTIFY
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tracking: float = 0.0
    keep_with_next: bool = False
    balanced: bool = False  # lines of about one length, as titles are set
    grid: float = 0.0  # its height is a multiple of this, so that later lines stand on the grid
    fewest: int = 2  # lines on either side of the end of a page


class Span(NamedTuple):
    """Part of a paragraph in a role of its own."""

    text: str
    role: Role


Text = str | Sequence[Span]


class _Row(NamedTuple):
    """A line where it stands."""

    shown: Sequence[Letter]
    left: float
    tracking: float


@dataclass(slots=True)
class _Laid:
    """A paragraph at one width; its parts on several pages share it."""

    width: float
    rows: list[_Row] = field(default_factory=list)


class TextFlow(Flowable):  # type: ignore[misc]
    """A paragraph as platypus takes it. A line break in the text begins a new paragraph in it."""

    def __init__(self, text: Text, style: TextStyle, book: FontBook) -> None:
        super().__init__()
        self._spans = (Span(text, style.role),) if isinstance(text, str) else tuple(text)
        self.style = style
        self._book = book
        self._laid: _Laid | None = None
        self._rows: slice = slice(None)
        self._begins = self._ends = True

    @property
    def keep_with_next(self) -> bool:
        """Whether what follows has to begin on the same page."""
        return self.style.keep_with_next

    def getSpaceBefore(self) -> float:
        return self.style.before if self._begins else 0.0

    def getSpaceAfter(self) -> float:
        return self.style.after if self._ends else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, len(self._lines(width)) * self.style.leading
        if self.style.grid and self._begins and self._ends:
            self.height = math.ceil(self.height / self.style.grid - _FITS) * self.style.grid
        return width, self.height

    def least_height(self, width: float) -> float:
        """What must be free for the paragraph to begin on a page."""
        rows = len(self._lines(width))
        fewest = self.style.fewest
        return (rows if rows < 2 * fewest else fewest) * self.style.leading

    def split(self, width: float, height: float) -> list[Flowable]:
        rows = len(self._lines(width))
        fits = int(height / self.style.leading + _FITS)
        fewest = min(self.style.fewest, rows)
        if fits >= rows:
            return [self]
        cut = min(fits, rows - fewest)
        return [] if cut < fewest else self._parts(cut, rows)

    def without_tail(self, width: float) -> list[Flowable]:
        """The paragraph and its last lines, as few as may stand on a page; nothing if too short."""
        rows = len(self._lines(width))
        cut = rows - self.style.fewest
        return self._parts(cut, rows) if cut >= self.style.fewest else []

    def draw(self) -> None:
        pen = Pen(self.canv)
        style, rows = self.style, self._lines(self.width)
        top = (self.height + len(rows) * style.leading) / 2
        base = top - (style.leading - style.size) / 2 - ASCENT * style.size
        for row in rows:
            pen.line(row.left, base, row.shown, style.size, row.tracking)
            base -= style.leading
        pen.done()

    def _parts(self, cut: int, rows: int) -> list[Flowable]:
        start = self._rows.start or 0
        return [
            self._part(slice(start, start + cut), self._begins, False),
            self._part(slice(start + cut, start + rows), False, self._ends),
        ]

    def _part(self, rows: slice, begins: bool, ends: bool) -> TextFlow:
        part = TextFlow(self._spans, self.style, self._book)
        part._laid, part._rows, part._begins, part._ends = self._laid, rows, begins, ends
        return part

    def _lines(self, width: float) -> Sequence[_Row]:
        if self._laid is None or self._laid.width != width:
            self._laid = _Laid(width, list(self._lay(width)))
        return self._laid.rows[self._rows]

    def _lay(self, width: float) -> list[_Row]:
        style, rows = self.style, []
        measure = width - style.left - style.right
        for paragraph in self._paragraphs():
            text = "".join(letter.text for letter in paragraph)
            widths = [letter.width for letter in paragraph]
            em = style.size + style.tracking
            indent = min(style.indent * em, max(0.0, measure - em))
            room = _balanced(text, widths, em, measure) if style.balanced else measure
            halvable = [bool(letter.half) for letter in paragraph]
            lines = break_lines(text, widths, em, room - indent, room, halvable)
            for number, line in enumerate(lines):
                shift = indent if number == 0 else 0.0
                shown = _halved(paragraph, line)
                is_last = number + 1 == len(lines)
                rows.append(self._row(line, shown, style.left + shift, measure - shift, is_last))
        return rows

    def _paragraphs(self) -> list[list[Letter]]:
        style = self.style
        found: list[list[Letter]] = [[]]
        for text, role in self._spans:
            for number, part in enumerate(text.splitlines() or [""]):
                if number:
                    found.append([])
                found[-1] += letters(self._book, part, role, style.size, style.tracking)
        return found

    def _row(
        self, line: Line, shown: Sequence[Letter], left: float, measure: float, is_last: bool
    ) -> _Row:
        style = self.style
        tracking, spare = style.tracking - line.squeeze, measure - line.width
        if style.align is Align.JUSTIFY and not is_last and len(shown) > 1:
            stretch = spare / (len(shown) - 1)
            if stretch <= _MOST_STRETCH * style.size:
                tracking += stretch
        elif style.align is Align.CENTER:
            left += spare / 2
        elif style.align is Align.RIGHT:
            left += spare
        return _Row(shown, left, tracking)


def _halved(paragraph: Sequence[Letter], line: Line) -> list[Letter]:
    """The letters of a line, signs that share a gap in their half form."""
    shown = list(paragraph[line.start : line.end])
    for place in line.halves:
        letter = shown[place - line.start]
        shown[place - line.start] = letter._replace(text=letter.half)
    return shown


def _balanced(text: str, widths: Sequence[float], em: float, measure: float) -> float:
    """The narrowest measure that needs no more lines: a title as a trapezium, no lone last word."""
    count = len(break_lines(text, widths, em, measure, measure))
    if count < 2:
        return measure
    low, high = em, measure
    while high - low > em / 4:
        middle = (low + high) / 2
        if len(break_lines(text, widths, em, middle, middle)) > count:
            low = middle
        else:
            high = middle
    return high
