"""Where a line of Chinese text may end, for whoever can measure text: paper and screen alike.

行首行尾禁则 as in GB/T 15834-2011, 5.1: closing marks never begin a line, opening ones never end
one; numbers and Latin words stay whole while they fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""How wide a text is in one line, in the unit of the width it is compared with."""

_NOT_FIRST = frozenset("，。、；：？！）》〉】』」”’…—·％%‰℃,.;:?!)]}")
_NOT_LAST = frozenset("（《〈【『「“‘([{")
_WORD = re.compile(r"[0-9A-Za-z_.,:/@%+\-]+|.", re.DOTALL)


def wrap_lines(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """The text in lines of at most `width`; line ends of the writer are kept.

    What can be broken nowhere else is broken anywhere; an empty text has no line.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and measure(line + piece) > width:
                found.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
            while len(line) > 1 and measure(line) > width:
                fits = _fitting(line, width, measure)
                found.append(line[:fits])
                line = line[fits:]
        if line.strip():
            found.append(line.rstrip())
    return tuple(found)


def shortened(text: str, width: float, measure: Measure) -> str:
    """The text, or its beginning and `…` where the whole is wider than `width`."""
    if measure(text) <= width:
        return text
    end = len(text) - 1
    while end > 1 and measure(text[:end] + "…") > width:
        end -= 1
    return text[:end] + "…"


def _fitting(text: str, width: float, measure: Measure) -> int:
    count = 1
    while count < len(text) and measure(text[: count + 1]) <= width:
        count += 1
    return count


def _pieces(text: str) -> Iterator[str]:
    """Parts between which a line may end: a Chinese character with its marks, a Latin word."""
    piece = ""
    for word in _WORD.findall(text):
        if piece and piece[-1] not in _NOT_LAST and word[0] not in _NOT_FIRST:
            yield piece
            piece = ""
        piece += word
    if piece:
        yield piece
