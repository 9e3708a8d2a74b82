"""What a document is made of: pure descriptions, each able to say how it is set on a sheet.

A block of another kind (table, photos, chart) is any frozen dataclass with the one method of
`Block`; nothing here has to know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from reportlab.platypus.flowables import Flowable

from desktop_app.printing.fonts import FontBook
from desktop_app.printing.ink import ASCENT, Pen, letters
from desktop_app.printing.line_ends import break_lines
from desktop_app.printing.page import Looks
from desktop_app.printing.paragraph import Align, Text, TextFlow, TextStyle


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a block is set: the faces, the looks, and the room of one page in points."""

    book: FontBook
    looks: Looks
    width: float
    height: float


class Block(Protocol):
    """A part of a document."""

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        """Itself as platypus flowables; `typesetter.py` says what else they may have."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number as written: level 1 “一、”, 2 “（一）”, 3 “1.”, 4 “（1）”.

    Level 0 is the title of the document. All stand in the outline.
    """

    text: str
    level: int = 1

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        flow = TextFlow(self.text, sheet.looks.headings[self.level], sheet.book)
        flow.outline = (self.level, " ".join(self.text.split()))
        yield flow


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body. `flush` begins at the margin, as “各党支部：” does."""

    text: Text
    align: Align = Align.JUSTIFY
    flush: bool = False

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        style = sheet.looks.body
        if self.flush or self.align is not Align.JUSTIFY:
            style = replace(style, indent=0.0, align=self.align)
        yield TextFlow(self.text, style, sheet.book)


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: how figures were counted, what a table leaves out."""

    text: Text

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield TextFlow(self.text, sheet.looks.note, sheet.book)


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty lines of the body."""

    lines: float = 1.0

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield _Gap(self.lines * sheet.looks.body.leading)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield _Break(0.0)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and when (GB/T 9704-2012, 7.3.5); never alone on a page.

    `sealed`: a seal will be put over it (7.3.5.1): the date four characters from the right, the
    unit centred over it, room above. Without (7.3.5.2): the unit two characters from the right, the
    date two characters further in than the unit begins. `annexes` are named between text and
    signature (附件说明, 7.3.4): below an empty line, numbered when there are several.
    """

    unit: str
    day: date
    sealed: bool = True
    annexes: tuple[str, ...] = ()

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield _SignatureFlow(self, sheet)


def written_date(day: date) -> str:
    """A date in a document: figures without leading noughts (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _named(annexes: Sequence[str]) -> Iterable[str]:
    """附件：… as the standard writes it: the name without a sign after it, 1. 2. with several."""
    if len(annexes) == 1:
        return [f"附件：{annexes[0]}"]
    lead = "\u3000" * 3
    return [f"{lead if at else '附件：'}{at + 1}. {name}" for at, name in enumerate(annexes)]


class _Gap(Flowable):  # type: ignore[misc]
    """Nothing, so high; and nothing at all where a page ends."""

    breaks_page = False

    def __init__(self, height: float) -> None:
        super().__init__()
        self._wanted = height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, min(self._wanted, max(0.0, height))
        return width, self.height

    def draw(self) -> None:
        """Nothing."""


class _Break(_Gap):
    breaks_page = True


class _SignatureFlow(Flowable):  # type: ignore[misc]
    needs_company = True

    def __init__(self, signature: Signature, sheet: Sheet) -> None:
        super().__init__()
        self._signature, self._book = signature, sheet.book
        self._style: TextStyle = sheet.looks.body
        self._above = 2 if signature.sealed else 1
        em = self._style.size + self._style.tracking
        self._units = self._lines(signature.unit, sheet.width - 8 * em, em)
        self._annexes = [
            TextFlow(text, replace(self._style, align=Align.LEFT), sheet.book)
            for text in _named(signature.annexes)
        ]

    def _lines(self, unit: str, measure: float, em: float) -> list[str]:
        found = []
        for part in unit.splitlines():
            shown = letters(self._book, part, self._style.role, self._style.size, 0.0)
            text = "".join(letter.text for letter in shown)
            widths = [letter.width for letter in shown]
            found += [text[a:b] for a, b, *_ in break_lines(text, widths, em, measure, measure)]
        return found

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, leading = width, self._style.leading
        self.height = (self._above + len(self._units) + 1) * leading
        if self._annexes:
            self.height += leading + sum(one.wrap(width, height)[1] for one in self._annexes)
        return width, self.height

    def draw(self) -> None:
        style, pen = self._style, Pen(self.canv)
        day = written_date(self._signature.day)
        base = (len(self._units) + 1) * style.leading
        base -= (style.leading - style.size) / 2 + ASCENT * style.size
        for text, left in zip([*self._units, day], self._places(day), strict=True):
            pen.text(left, base, text, self._book, style.role, style.size)
            base -= style.leading
        pen.done()
        top = self.height - style.leading
        for annex in self._annexes:
            top -= annex.height
            annex.drawOn(self.canv, 0, top)

    def _places(self, day: str) -> Sequence[float]:
        """The left edges of the unit's lines and of the date."""
        em = self._style.size
        widths = [self._book.width(text, self._style.role, em) for text in [*self._units, day]]
        *units, date_width = widths
        if self._signature.sealed:
            date_left = self.width - 4 * em - date_width
            middle = date_left + date_width / 2
            return [*(min(middle - w / 2, self.width - w) for w in units), date_left]
        longest = max(units)
        unit_left = self.width - 2 * em - longest
        date_left = unit_left + 2 * em
        if date_left + date_width > self.width - 2 * em:
            # The date is the longer one: it keeps the two characters, the unit moves in.
            date_left = self.width - 2 * em - date_width
            unit_left = min(unit_left, date_left - 2 * em)
        return [*(unit_left for _ in units), date_left]
