"""Text on a page, as the operators of the format: what every block draws its characters with.

The writer's own text objects encode a line each time it is drawn and know no distance between two
characters; here a character is encoded once per document. Nothing in this file knows lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics

from desktop_app.printing.fonts import FontBook, Role

ASCENT = 0.88
"""Where the em of a Chinese face stands over the base line, as a part of its height."""


class Code(NamedTuple):
    """A character in the document: the name of its font's subset there, and its code in hex."""

    font: str
    hex: str


class _Codes(dict[tuple[str, str], Code]):
    """(font, character) → code, in one document."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, key: tuple[str, str]) -> Code:
        font = pdfmetrics.getFont(key[0])
        ((subset, code),) = font.splitString(key[1], self._document)
        name = font.getSubsetInternalName(subset, self._document)
        made = self[key] = Code(name, code.hex())
        return made


def codes_of(canvas: Any) -> Mapping[tuple[str, str], Code]:
    """The codes of the canvas's document, made when asked for."""
    codes = getattr(canvas, "_jinlin_codes", None)
    if codes is None:
        codes = canvas._jinlin_codes = _Codes(canvas._doc)
    found: _Codes = codes
    return found


class Letter(NamedTuple):
    """One character of a laid out text."""

    font_name: str
    text: str
    width: float  # points, with what its style adds
    half: str = ""  # the same sign in half the width, if there is such a form


def letters(book: FontBook, text: str, role: Role, size: float, tracking: float) -> list[Letter]:
    """The characters that are drawn for a text; controls are left out."""
    glyphs = book.glyphs[role]
    found = (glyphs[character] for character in text)
    return [
        Letter(glyph.font_name, glyph.text, glyph.width * size + tracking, glyph.half)
        for glyph in found
        if glyph.text
    ]


class Pen:
    """Collects lines of text; `done` puts them on the canvas as one text object."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._codes = codes_of(canvas)
        self._written: list[str] = ["BT"]
        self._tracking = 0.0

    def line(
        self,
        x: float,
        y: float,
        shown: Iterable[Letter],
        size: float,
        tracking: float = 0.0,
    ) -> None:
        """One line from `x` on the base line `y`, in points; `tracking` follows each character."""
        written = self._written
        written.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        if abs(tracking - self._tracking) > 1e-5:
            written.append(f"{tracking:.4f} Tc")
            self._tracking = tracking
        font, part = "", ""
        for letter in shown:
            code = self._codes[letter.font_name, letter.text]
            if code.font != font:
                if part:
                    written.append(f"<{part}> Tj")
                font, part = code.font, ""
                written.append(f"{font} {size:g} Tf")
            part += code.hex
        if part:
            written.append(f"<{part}> Tj")

    def text(self, x: float, y: float, text: str, book: FontBook, role: Role, size: float) -> None:
        """A short text in one line from `x` on."""
        self.line(x, y, letters(book, text, role, size, 0.0), size)

    def done(self) -> None:
        """Draw what was collected."""
        if self._tracking:
            self._written.append("0 Tc")
        self._written.append("ET")
        self._canvas._code.append("\n".join(self._written))
