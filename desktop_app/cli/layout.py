"""Text on a terminal, where a Chinese character is two columns wide: tables and wrapped lines.

Pure. What stands in the cells is for the verbs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from desktop_app.core.text import visible

LINE = 88
WIDEST_CELL = 40
_LEFT = 26


def width(text: str) -> int:
    """Columns a text takes; combining marks take none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """A text filled up with spaces to so many columns."""
    return text + " " * (columns - width(text))


def shortened(text: str, columns: int) -> str:
    """One line of at most so many columns; what does not fit becomes one …"""
    line = " ".join(visible(text).split())
    if width(line) <= columns:
        return line
    kept, used = "", 1
    for character in line:
        used += _width(character)
        if used > columns:
            break
        kept += character
    return kept + "…"


def wrapped(text: str, columns: int = LINE) -> list[str]:
    """Lines of at most so many columns; broken at spaces and between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line + piece) > columns and piece not in "，。；、：）”":
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterable[str]:
    """What may not be broken: words of narrow characters, single wide ones."""
    word = ""
    for character in text:
        if _width(character) == 1 and character != " ":
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def aligned(lines: Sequence[tuple[str, str]], left: int = _LEFT) -> list[str]:
    """Two columns: words and what they mean; a long word has a line of its own."""
    told = []
    for words, meaning in lines:
        first, *rest = wrapped(meaning, LINE - left - 2) or [""]
        if width(words) + 2 > left:
            told.append(f"  {words}")
            told.append(f"  {' ' * left}{first}")
        else:
            told.append(f"  {padded(words, left)}{first}")
        told += [f"  {' ' * left}{line}" for line in rest]
    return told


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int = WIDEST_CELL
) -> str:
    """Rows under their header, columns as wide as what stands in them."""
    shown = [[shortened(cell, widest) for cell in row] for row in rows]
    widths = [
        max(width(title), *(width(row[place]) for row in shown), 0)
        for place, title in enumerate(header)
    ]
    lines = [header, ["─" * columns for columns in widths], *shown]
    return "\n".join(
        "  ".join(
            padded(cell, columns) for cell, columns in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )
