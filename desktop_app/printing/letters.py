"""Chinese text in small places of a page: labels of a chart, captions of photos.

A `Face` is one role of the shipped fonts, asked through the `Letters` protocol that the font book
fulfils. Text that fills pages is a paragraph's work; here a line is drawn as it stands, and a
caption is broken where a reader would break it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reportlab.pdfgen.canvas import Canvas

from desktop_app.core.line_breaks import wrap_lines

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Run(Protocol):
    """A piece of text that one registered font can draw."""

    @property
    def font_name(self) -> str: ...

    @property
    def text(self) -> str: ...


class Letters(Protocol):
    """Which fonts draw a text in a role, and how wide it becomes, in points."""

    def runs(self, text: str, role: Any, /) -> Sequence[Run]: ...

    def width(self, text: str, role: Any, size: float, /) -> float: ...


@dataclass(frozen=True)
class Face:
    """One role of the fonts, ready to measure and draw."""

    letters: Letters
    role: Any

    def width(self, text: str, size: float) -> float:
        """How wide a line of this text is at `size` points, in points."""
        return self.letters.width(text, self.role, size)

    def draw(
        self, canvas: Canvas, x: float, y: float, text: str, size: float, anchor: str = "start"
    ) -> None:
        """Draw one line with its baseline at `y`; `anchor` is start, middle or end."""
        x -= _ANCHORS[anchor] * self.width(text, size)
        pen = canvas.beginText(x, y)
        for run in self.letters.runs(text, self.role):
            pen.setFont(run.font_name, size)
            pen.textOut(run.text)
        canvas.drawText(pen)

    def lines(self, text: str, size: float, width: float) -> tuple[str, ...]:
        """The text in lines of at most `width` points, by the rules for line ends (行首行尾禁则).

        See `core/line_breaks.py`.
        """
        return wrap_lines(text, width, lambda piece: self.width(piece, size))
