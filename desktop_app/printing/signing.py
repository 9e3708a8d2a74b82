"""Where both sides of an agreement sign: side by side, always on one page, never alone on it.

A seal is put over each side's first line; there is room for two of them beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from reportlab.platypus.flowables import Flowable

from desktop_app.printing.blocks import Sheet
from desktop_app.printing.ink import ASCENT, Pen
from desktop_app.printing.paragraph import Align, TextFlow, TextStyle


class Side(NamedTuple):
    """One side's lines: where the seal goes, where the head signs, and the day."""

    seal: str
    head: str
    day: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The two sides; `annexes` are named below them, numbered when there are several."""

    sides: Sequence[Side]
    annexes: Sequence[str] = ()

    def flowables(self, sheet: Sheet) -> Iterable[Any]:
        yield _SigningFlow(self, sheet)


class _SigningFlow(Flowable):  # type: ignore[misc]
    """Does not divide, and takes the last lines above it along to the next page."""

    needs_company = True
    _ABOVE, _BETWEEN, _BELOW = 1, 1, 1
    """Empty lines: over the seals, between the lines of a side, before the annexes."""

    def __init__(self, signing: Signing, sheet: Sheet) -> None:
        super().__init__()
        self._sides, self._book = tuple(signing.sides), sheet.book
        self._style: TextStyle = sheet.looks.body
        flush = replace(self._style, align=Align.LEFT, indent=0.0)
        self._annexes = [
            TextFlow(text, flush, sheet.book) for text in _named(tuple(signing.annexes))
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, leading = width, self._style.leading
        lines = self._ABOVE + 3 + 2 * self._BETWEEN
        self.height = lines * leading
        if self._annexes:
            self.height += self._BELOW * leading
            self.height += sum(one.wrap(width, height)[1] for one in self._annexes)
        return width, self.height

    def draw(self) -> None:
        style, pen = self._style, Pen(self.canv)
        column = self.width / len(self._sides)
        first = self.height - self._ABOVE * style.leading
        first -= (style.leading - style.size) / 2 + ASCENT * style.size
        for place, side in enumerate(self._sides):
            base = first
            for text in side:
                pen.text(place * column, base, text, self._book, style.role, style.size)
                base -= (1 + self._BETWEEN) * style.leading
        pen.done()
        top = sum(one.height for one in self._annexes)
        for annex in self._annexes:
            top -= annex.height
            annex.drawOn(self.canv, 0, top)


def _named(annexes: tuple[str, ...]) -> Iterable[str]:
    """附件：1. 问题清单　2. 共建清单 on one line: they are lists, known by their names."""
    if not annexes:
        return []
    if len(annexes) == 1:
        return [f"附件：{annexes[0]}"]
    names = "\u3000".join(f"{place}. {name}" for place, name in enumerate(annexes, start=1))
    return [f"附件：{names}"]
