"""Where a line of Chinese text may end, and how its punctuation gives way. Arithmetic alone.

What may not begin or end a line: GB/T 15834-2011, 5.1 (标点符号用法), with the signs that word
processors have added to the lists since. A line that would break the rule takes the next sign in
(推入) when a little squeezing is enough, else it gives its last character to the next line (推出).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.printing.half_signs import INK_LEFT, INK_RIGHT

NEVER_FIRST = frozenset(
    "，。、；：？！）》〉】』」〕〗〙〛｝］＞”’…―·・～％‰℃℉°′″¢￠∶々〻ー"
    "，．｡､；：？！）｣﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞"
    "!%),.:;>?]}"
)
NEVER_LAST = frozenset("（《〈【『「〔〖〘〚｛［＜“‘￥＄￡£¥$#＃（｢﹙﹛﹝([{<№§")
_TWINS = frozenset("—…―⸺")
"""“——” and “……” are one sign of two characters (GB/T 15834-2011, 4.10 and 4.11)."""

_CLOSING, _OPENING = frozenset(INK_LEFT), frozenset(INK_RIGHT)
_HALF = 0.5
_FULL_WIDTH = 0.9  # parts of the em from which on a sign has room to give

MOST_SQUEEZE = 0.03
"""Parts of the em by which characters may come closer, so little that nobody sees it."""
_MOST_TAKEN_IN = 3
_NOTHING = 1e-6  # points
_LONE = 2  # so few characters make no last line of their own when they can be taken in


class Line(NamedTuple):
    """A stretch of the text: `text[start:end]` is drawn, `following` is where the next begins.

    `width` is what it takes, in points; `halves` are the places in the text whose signs are drawn
    in half their width; `squeeze` is by how much characters come closer. The white half of a sign
    at the end is not counted where it would stand out.
    """

    start: int
    end: int
    following: int
    width: float
    halves: tuple[int, ...] = ()
    squeeze: float = 0.0


def break_lines(
    text: str,
    widths: Sequence[float],
    em: float,
    first: float,
    rest: float,
    halvable: Sequence[bool] | None = None,
) -> list[Line]:
    """The lines of a paragraph.

    `widths` are those of its characters, `first` and `rest` the measures of the first and of every
    other line, all in points; `halvable` says which signs have a form of half the width. No line is
    wider than its measure, unless one character alone is. An empty text is one empty line.
    """
    breaker = _Breaker(text, widths, em, rest, halvable or [False] * len(text))
    lines, start, measure = [], 0, first
    while start < len(text):
        line = breaker.line(start, measure)
        lines.append(line)
        start, measure = line.following, rest
    return lines or [Line(0, 0, 0, 0.0)]


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before `text[at]`, lengths aside."""
    before, after = text[at - 1], text[at]
    if after.isspace() and after != "\u3000":
        return False
    if before.isspace():
        return after not in NEVER_FIRST
    if after in NEVER_FIRST or before in NEVER_LAST or unicodedata.combining(after):
        return False
    if before == after and before in _TWINS:
        return False
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    """A letter or sign of words and numbers that are written without gaps."""
    return unicodedata.east_asian_width(character) in {"Na", "N", "H"}


class _Breaker:
    """One paragraph while it is broken; all positions are those of its text."""

    def __init__(
        self,
        text: str,
        widths: Sequence[float],
        em: float,
        measure: float,
        halvable: Sequence[bool],
    ) -> None:
        self._text, self._widths, self._em = text, widths, em
        full = [width >= _FULL_WIDTH * em for width in widths]
        self._closes = [sign in _CLOSING and f for sign, f in zip(text, full, strict=True)]
        self._opens = [sign in _OPENING and f for sign, f in zip(text, full, strict=True)]
        self._halved = [self._halved_at(at, halvable) for at in range(len(text))]
        # By how much closer the next character always comes.
        self._pairs = [_HALF * em if place >= 0 else 0.0 for place in self._halved]
        self._may_break = [False, *(may_break(text, at) for at in range(1, len(text))), True]
        self._open_long_words(measure)

    def _halved_at(self, at: int, halvable: Sequence[bool]) -> int:
        """Which of a sign and its neighbour is drawn in half, as two share one gap; -1 if none."""
        if at + 1 == len(self._text):
            return -1
        if self._closes[at] and halvable[at] and (self._closes[at + 1] or self._opens[at + 1]):
            return at
        if self._opens[at] and self._opens[at + 1] and halvable[at + 1]:
            return at + 1
        return -1

    def _open_long_words(self, measure: float) -> None:
        """A word or number that no line can hold is broken wherever a sign does not forbid it."""
        start = 0
        for at in range(1, len(self._text) + 1):
            if at < len(self._text) and not self._may_break[at]:
                continue
            if self._natural(start, at) - self._spared_at_the_end(start, at) > measure:
                for inner in range(start + 1, at):
                    before, after = self._text[inner - 1], self._text[inner]
                    self._may_break[inner] = not (
                        after in NEVER_FIRST
                        or before in NEVER_LAST
                        or after.isspace()
                        or unicodedata.combining(after)
                        or (before == after and before in _TWINS)
                    )
            start = at

    def line(self, start: int, measure: float) -> Line:
        """The line that begins at `start`."""
        fits, last = self._fitting(start, measure)
        if fits == len(self._text):
            return self._made(start, fits, measure)
        for end in range(fits, min(last, fits + _MOST_TAKEN_IN) + 1):
            if self._may_break[end] and self._over(start, end, measure) <= self._room(start, end):
                return self._with_a_lone_rest(start, end, measure)
        for end in range(fits - 1, start, -1):
            if self._may_break[end]:
                return self._made(start, end, measure)
        return self._made(start, fits, measure)

    def _fitting(self, start: int, measure: float) -> tuple[int, int]:
        """How far the line reaches unsqueezed, at least one character; and how far squeezed."""
        fits, end, longest = start + 1, start, measure + _MOST_TAKEN_IN * self._em
        width = 0.0
        while end < len(self._text):
            width += self._widths[end]
            end += 1
            spared = self._spared_at_the_end(start, end)
            if width - spared <= measure + _NOTHING:
                fits = end
            elif width - spared > longest:
                break
            width -= self._pairs[end - 1]
        return max(fits, start + 1), end

    def _spared_at_the_end(self, start: int, end: int) -> float:
        """What the last character need not take: spaces all of it, a closing sign its half."""
        shown = self._shown_end(start, end)
        if shown < end:
            return sum(self._widths[shown:end]) - sum(self._pairs[shown : end - 1])
        return _HALF * self._em if self._closes[end - 1] and end - start > 1 else 0.0

    def _shown_end(self, start: int, end: int) -> int:
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return end

    def _natural(self, start: int, end: int) -> float:
        """The width with pairs drawn together, all else as it is."""
        return sum(self._widths[start:end]) - sum(self._pairs[start : max(start, end - 1)])

    def _over(self, start: int, end: int, measure: float) -> float:
        shown = self._shown_end(start, end)
        spared = _HALF * self._em if shown - start > 1 and self._closes[shown - 1] else 0.0
        return self._natural(start, shown) - spared - measure

    def _room(self, start: int, end: int) -> float:
        """How much squeezing may gain."""
        return MOST_SQUEEZE * max(0, self._shown_end(start, end) - start - 1) * self._em

    def _with_a_lone_rest(self, start: int, end: int, measure: float) -> Line:
        """A last line of a character or two is taken in, when that needs no more than squeezing."""
        whole = len(self._text)
        if 0 < whole - end <= _LONE and self._over(start, whole, measure) <= self._room(
            start, whole
        ):
            return self._made(start, whole, measure)
        return self._made(start, end, measure)

    def _made(self, start: int, end: int, measure: float) -> Line:
        following = end
        while following < len(self._text) and self._text[following] == " ":
            following += 1
        shown = self._shown_end(start, end)
        halves = tuple(place for place in self._halved[start : max(start, shown - 1)] if place >= 0)
        width = self._natural(start, shown)
        over = width - measure
        if over > _NOTHING and shown - start > 1 and self._closes[shown - 1]:
            # Only the white half of the last sign stands out: nothing has to move for that.
            width -= min(over, _HALF * self._em)
            over = width - measure
        if over <= _NOTHING or shown - start < 2:
            return Line(start, shown, following, width, halves)
        return Line(start, shown, following, measure, halves, over / (shown - start - 1))
