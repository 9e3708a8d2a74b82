"""Text in the cells of a table: measured once, broken only where it overflows, encoded once.

A ledger of a year has a million characters in cells; `paragraph.py` would take minutes for them.
Here a cell is one sum over a table of widths; lines are broken by the same rules (`line_ends.py`),
but nothing is squeezed and nothing is set to both margins.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from desktop_app.printing.fonts import FontBook, Glyph, Role
from desktop_app.printing.half_signs import INK_LEFT
from desktop_app.printing.ink import codes_of
from desktop_app.printing.line_ends import may_break

_WORTH_KEEPING = 12
"""Characters up to which an encoded text is kept for the next cell that says the same."""
_HANGS = frozenset(INK_LEFT)
_JOINTS = frozenset("-/_@:;,&=?")


class Encoded(NamedTuple):
    """A text as operators: the font that has to be set before them, and the one set after."""

    first: str
    operators: str
    last: str


class _Advances(dict[str, float]):
    """Character → how far it moves on, in parts of the em."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, character: str) -> float:
        width: float = self._glyphs[character].width
        self[character] = width
        return width


class CellText:
    """What a table knows about text in one role at one size."""

    def __init__(self, book: FontBook, role: Role, size: float) -> None:
        self.size = size
        self._glyphs = book.glyphs[role]
        self._advances = _Advances(self._glyphs)
        self._widths: dict[str, float] = {}
        self._codes: _Codes | None = None
        self._kept: dict[str, Encoded] = {}

    def width(self, text: str) -> float:
        """How wide a text is in one line, in points; what has several lines is endless."""
        width = self._widths.get(text)
        if width is None:
            if "\n" in text:
                width = math.inf
            else:
                width = sum(map(self._advances.__getitem__, text)) * self.size
            self._widths[text] = width
        return width

    def natural(self, text: str) -> float:
        """How wide a column would have to be to leave the text's lines as they are."""
        width = self.width(text)
        return width if width < math.inf else max(map(self.width, text.split("\n")))

    def lines(self, text: str, room: float) -> tuple[str, ...]:
        """The text in lines of at most `room` points."""
        found: list[str] = []
        for part in text.split("\n"):
            if self.width(part) <= room:
                found.append(part)
            else:
                self._break(part, room / self.size, found)
        return tuple(found)

    def _break(self, text: str, room: float, found: list[str]) -> None:
        advances, start, width, place = self._advances, 0, 0.0, 0
        while place < len(text):
            character = text[place]
            width += advances[character]
            if width <= room or (character in _HANGS and width - 0.5 <= room) or place == start:
                place += 1
                continue
            end = place
            while end > start and not may_break(text, end):
                end -= 1
            if end == start:
                # A word or number as long as the line is broken after a sign, else anywhere.
                signs = (at for at in range(place, start, -1) if text[at - 1] in _JOINTS)
                end = next(signs, place)
            found.append(text[start:end].rstrip(" "))
            start = end
            while start < len(text) and text[start] == " ":
                start += 1
            place, width = start, 0.0
        if start < len(text):
            found.append(text[start:])

    def encoded(self, text: str, canvas: Any) -> Encoded:
        """The text as operators for the canvas's document; a book of cells is for one document."""
        kept = self._kept.get(text)
        if kept is not None:
            return kept
        codes = self._codes
        if codes is None:
            codes = self._codes = _Codes(self._glyphs, codes_of(canvas))
        made = _encoded(text, codes, f"{self.size:g}")
        if len(text) <= _WORTH_KEEPING:
            self._kept[text] = made
        return made


class _Codes(dict[str, tuple[str, str]]):
    """Character → font and hex code in the document; empty for what is not drawn."""

    def __init__(self, glyphs: Any, codes: Any) -> None:
        super().__init__()
        self._glyphs, self._document_codes = glyphs, codes

    def __missing__(self, character: str) -> tuple[str, str]:
        glyph: Glyph = self._glyphs[character]
        code = self._document_codes[glyph.font_name, glyph.text] if glyph.text else ("", "")
        found = self[character] = (code[0], code[1])
        return found


def _encoded(text: str, codes: _Codes, size: str) -> Encoded:
    first = font = ""
    written: list[str] = []
    part = ""
    for character in text:
        name, code = codes[character]
        if name == font or not name:
            part += code
            continue
        if part:
            written.append(f"<{part}> Tj {name} {size} Tf")
        else:
            first = name
        font, part = name, code
    if part:
        written.append(f"<{part}> Tj")
    return Encoded(first, " ".join(written), font)
