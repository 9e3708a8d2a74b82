"""The rows of a file that could not be taken in, as a workbook to put right and drop again.

The headings and columns are those of the file, every cell as a text, so that nothing is read in
another way the second time. What is wrong is tinted, and the last column says why; whoever reads
the book again passes that column over.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from desktop_app.sheets.spec import Cell
from desktop_app.sheets.writer import fitting, new_book, shown_width

REASON = "原因"
"""The heading of the column that says what is wrong with a row."""

Wrong = tuple[int, Sequence[Cell], Sequence[tuple[int | None, str]]]
"""A row: its number in the file, its cells, and what is wrong, in which column counted from 0."""

_SHEET = "没有导入的行"
_TINT = "#FBE3E1"
_NARROWEST, _WIDEST = 8, 40
_REASON_WIDTH = 60
_LOOKED_AT = 200
_WHOLE = 10.0**15


def write_error_book(
    target: BinaryIO, labels: Sequence[str], rows: Iterable[Wrong], *, made: datetime | None = None
) -> int:
    """Write the book, and answer how many rows stand in it."""
    memory = io.BytesIO()
    book = new_book(memory, _SHEET, made)
    sheet = book.add_worksheet(_SHEET)
    head = book.add_format({"bold": True, "bg_color": "#EDEDED", "num_format": "@"})
    text = book.add_format({"num_format": "@", "valign": "top"})
    wrong = book.add_format({"num_format": "@", "valign": "top", "bg_color": _TINT})
    told = book.add_format(
        {"num_format": "@", "valign": "top", "text_wrap": True, "font_color": "#9C1C14"}
    )
    widths = [shown_width(label) + 2 for label in labels]
    for place, label in enumerate((*labels, REASON)):
        sheet.write_string(0, place, fitting(label), head)
    count = 0
    for count, (number, cells, problems) in enumerate(rows, 1):
        places = {place for place, _ in problems}
        for place in range(len(labels)):
            words = cell_text(cells[place]) if place < len(cells) else ""
            look = wrong if place in places else text
            _write(sheet, count, place, words, look)
            if count <= _LOOKED_AT:
                widths[place] = max(widths[place], shown_width(words) + 1)
        sheet.write_string(count, len(labels), _reason(number, labels, problems), told)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST), text)
    sheet.set_column(len(labels), len(labels), _REASON_WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(count, 1), len(labels))
    book.close()
    target.write(memory.getbuffer())
    return count


def _write(sheet: Any, row: int, place: int, words: str, look: Any) -> None:
    if words:
        sheet.write_string(row, place, words, look)
    else:
        sheet.write_blank(row, place, None, look)


def _reason(number: int, labels: Sequence[str], problems: Sequence[tuple[int | None, str]]) -> str:
    parts = []
    for place, sentence in problems:
        label = labels[place] if place is not None and place < len(labels) else ""
        parts.append(f"{label}：{sentence}" if label else sentence)
    return fitting("\n".join([*parts, f"（原表第 {number} 行）"]))


def cell_text(value: Cell) -> str:
    """What was read from a cell as text, so that it reads the same again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _WHOLE
        return str(int(value)) if whole else repr(value).upper()
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return fitting(str(value))
