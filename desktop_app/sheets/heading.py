"""Finds the row that heads the columns, under the titles above it, and the year the title tells.

A heading may have two or three rows: 监护人 over 姓名 and 电话 is 监护人姓名 and 监护人电话. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.core.text import half_width, visible
from desktop_app.sheets.headings import KNOWN, normal
from desktop_app.sheets.reader import Range
from desktop_app.sheets.spec import Cell

_SEARCHED_ROWS = 30
_MOST_HEADING_ROWS = 3
_LONGEST_LABEL = 40

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows `first` to `last` (from 0) head the columns; data begin below.

    `labels` has one text for each column, empty where none stands. `title` is what stands above;
    `year` the one year it names.
    """

    first: int
    last: int
    labels: tuple[str, ...]
    title: str = ""
    year: int | None = None


def find_heading(rows: Rows, merged: Sequence[Range] = (), known: Set[str] = KNOWN) -> Heading:
    """The likeliest heading; `known` are the normal spellings of headings (`headings.normal`)."""
    best, most = None, 0.0
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        score = _likeness(row, known)
        if score > most:
            best, most = number, score
    if best is None:
        best = next((number for number, row in enumerate(rows) if _is_plain_heading(row)), None)
    if best is None:
        best = next((number for number, row in enumerate(rows) if any(map(_words, row))), 0)
    return heading_at(rows, merged, best, known)


def heading_at(rows: Rows, merged: Sequence[Range], row: int, known: Set[str] = KNOWN) -> Heading:
    """The heading as somebody chose it: that row, and what belongs to it above and below."""
    first, last = _block(rows, merged, row)
    labels = _labels(rows, merged, first, last, known)
    title = _title(rows[:first])
    return Heading(first, last, labels, title, year_in(title))


def _words(cell: Cell) -> str:
    """A cell of a heading as one line of text."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, (date, datetime)):
        return str(cell)
    return "".join(visible(str(cell)[: 4 * _LONGEST_LABEL]).split())


def _likeness(row: Sequence[Cell], known: Set[str]) -> float:
    """How much a row looks like a heading: known words count, figures count against it."""
    words = [word for word in map(_words, row) if word]
    if not words:
        return 0.0
    hits = len({normal(word) for word in words} & known)
    wrong = sum(1 for word in words if _is_data(word))
    if hits < 2 and not (hits and len(words) <= 2):
        return 0.0
    return 0.0 if 2 * hits < len(words) - hits and hits < 4 else hits - 1.5 * wrong


def _is_data(word: str) -> bool:
    plain = half_width(word)
    return len(re.sub(r"\D", "", plain)) >= 5 or bool(re.fullmatch(r"[\d.:/-]+", plain))


def _is_plain_heading(row: Sequence[Cell]) -> bool:
    words = [word for word in map(_words, row) if word]
    return (
        len(words) >= 2
        and len(set(words)) == len(words)
        and all(len(word) <= _LONGEST_LABEL and not _is_data(word) for word in words)
    )


def _block(rows: Rows, merged: Sequence[Range], row: int) -> tuple[int, int]:
    """The rows that make one heading together."""
    first = last = row
    for one in merged:
        height = one.bottom - one.top + 1
        crosses = one.top <= row <= one.bottom
        if crosses and 1 < height <= _MOST_HEADING_ROWS and _has_words(rows, one.top, one.left):
            first, last = min(first, one.top), max(last, one.bottom)
    if (first, last) == (row, row):
        if _heads_groups(rows, merged, row):
            last = row + 1
        elif row and _heads_groups(rows, merged, row - 1):
            first = row - 1
    return first, last


def _heads_groups(rows: Rows, merged: Sequence[Range], row: int) -> bool:
    """Whether a row names groups of columns that the row below names one by one."""
    if row + 1 >= len(rows):
        return False
    below = rows[row + 1]
    grouped: set[int] = set()
    for one in merged:
        if one.top == one.bottom == row and one.right > one.left:
            grouped.update(range(one.left, one.right + 1))
    words = {place: _words(cell) for place, cell in enumerate(below) if _words(cell)}
    outside = {place for place, cell in enumerate(rows[row]) if _words(cell)} - grouped
    if not grouped or not outside or not words:
        return False
    return set(words) <= grouped and not any(map(_is_data, words.values()))


def _has_words(rows: Rows, row: int, column: int) -> bool:
    return row < len(rows) and column < len(rows[row]) and bool(_words(rows[row][column]))


_NEUTRAL = re.compile(r".*(信息|情况|资料|要素|部分|内容)$")


def _labels(
    rows: Rows, merged: Sequence[Range], first: int, last: int, known: Set[str]
) -> tuple[str, ...]:
    block = [[_words(cell) for cell in row] for row in rows[first : last + 1]]
    width = max(map(len, block), default=0)
    for one in merged:
        if first <= one.top and one.bottom <= last and one.right > one.left:
            width = max(width, one.right + 1)
    for row in block:
        row.extend([""] * (width - len(row)))
    for one in merged:
        if first <= one.top <= last and one.right > one.left and one.left < width:
            row = block[one.top - first]
            for place in range(one.left + 1, min(one.right + 1, width)):
                row[place] = row[place] or row[one.left]
    columns = [[row[place] for row in block if row[place]] for place in range(width)]
    labels = [_joined(parts, known) for parts in columns]
    while labels and not labels[-1]:
        labels.pop()
    return tuple(labels)


def _joined(parts: Sequence[str], known: Set[str]) -> str:
    """监护人 and 姓名 are 监护人姓名; 基本信息 over 姓名 says nothing more than 姓名."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    whole = "".join(parts)
    if normal(whole) in known:
        return whole
    telling = [part for part in parts[:-1] if not _NEUTRAL.fullmatch(normal(part))]
    return "".join((*telling, parts[-1]))


def _title(above: Rows) -> str:
    texts = [word for row in above for word in map(_words, row) if word]
    named = [text for text in texts if re.search(r"[表册账帐单录]", text)]
    return max(named or texts, key=len, default="")


_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20\d)\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年")
_WHOLE_DATE = re.compile(r"(?<!\d)(20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?(?!\d)")
_HAN_YEAR = re.compile("([二〇零○一三四五六七八九]{4})年")
_HAN_DIGITS = {"〇": "0", "零": "0", "○": "0"} | {
    han: str(digit) for digit, han in enumerate("一二三四五六七八九", start=1)
}


def year_in(text: str) -> int | None:
    """The year that a title, the name of a sheet or of a file tells; None for none or for two."""
    plain = half_width(text)
    found = {int(year) for year in _YEAR.findall(plain)}
    found |= {int(year) for year in _WHOLE_DATE.findall(plain)}
    for han in _HAN_YEAR.findall(plain):
        year = int("".join(_HAN_DIGITS[digit] for digit in han))
        found |= {year} if 1950 <= year <= 2099 else set()
    if not found:
        found = {2000 + int(year) for year in _SHORT_YEAR.findall(plain)}
    return found.pop() if len(found) == 1 else None
