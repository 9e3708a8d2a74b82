"""An office's own workbook, filled: `{{…}}` in a cell gives way to a value, all looks stay.

A row with the name of a column in it stands for the records: it is repeated once for each, and
what stands below moves down with its merged cells, heights and sums. A text is written as text,
whatever it looks like.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from desktop_app.core.errors import UserError
from desktop_app.core.wording import paper_day
from desktop_app.sheets.spec import Out
from desktop_app.sheets.template_file import opened
from desktop_app.sheets.template_rows import repeat_row
from desktop_app.sheets.writer import as_text, fitting

MARK = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
NUMBER = "序号"
"""The name that counts the records."""
MOST_ROWS = 20_000
"""Records one template is filled with; looks are copied cell by cell."""

_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Values = Mapping[str, Out]


@dataclass(frozen=True, slots=True)
class Names:
    """The names in a template: those of the office and the period, and those in repeated rows."""

    all: tuple[str, ...]

    def unknown(self, known: Callable[[str], bool]) -> tuple[str, ...]:
        """Those that nothing is known of, in their order."""
        return tuple(name for name in self.all if name != NUMBER and not known(name))


def names_in(content: bytes) -> Names:
    """Every `{{…}}` of a template. Raises `UserError` when it cannot be opened or has macros."""
    found: dict[str, None] = {}
    for cell in _marked(opened(content)):
        found.update(dict.fromkeys(MARK.findall(cell.value)))
    return Names(tuple(found))


def fill(
    target: BinaryIO,
    content: bytes,
    values: Values,
    columns: Sequence[str],
    records: Sequence[Sequence[Out]],
) -> None:
    """Write the template filled: `values` by their names, a row of `columns` for each record.

    `columns` are the names a repeated row may hold, each record has a value for each. A name that
    is in `values` is taken from there, wherever it stands.
    """
    if len(records) > MOST_ROWS:
        raise UserError(
            f"模板一次最多填 {MOST_ROWS} 条，没有导出任何内容。",
            "请用日期或筛选分成几次，或不用模板导出。",
        )
    book = opened(content)
    places = {name: place for place, name in enumerate(columns) if name not in values}
    of_rows = {*places, NUMBER}
    for sheet in book.worksheets:
        # First, so that nothing a record says is ever taken for a name.
        for cell in _marked_in(sheet):
            _put(cell, cell.value, values.get, lambda name: name not in of_rows)
        for row in reversed(_repeated(sheet, of_rows)):
            _fill_block(sheet, row, places, records)
        _fill_margins(sheet, values)
    _say_nothing_of_people(book)
    memory = io.BytesIO()
    book.save(memory)
    target.write(memory.getbuffer())


# --- what is marked -------------------------------------------------------------------------------


def _marked(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        yield from _marked_in(sheet)


def _marked_in(sheet: Any) -> list[Any]:
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "{{" in cell.value and MARK.search(cell.value)
    ]


def _repeated(sheet: Any, of_rows: Set[str]) -> list[int]:
    """The rows that stand for records, from above."""
    return sorted(
        {cell.row for cell in _marked_in(sheet) if not of_rows.isdisjoint(MARK.findall(cell.value))}
    )


def _fill_block(
    sheet: Any, row: int, places: Mapping[str, int], records: Sequence[Sequence[Out]]
) -> None:
    marked = [(cell.column, cell.value) for cell in _marked_in(sheet) if cell.row == row]
    repeat_row(sheet, row, max(1, len(records)))
    for number, record in enumerate(records or [None]):

        def of_record(name: str, number: int = number, record: Any = record) -> Out:
            if record is None:
                return None
            if name == NUMBER:
                return number + 1
            return record[places[name]] if name in places else None

        for column, text in marked:
            _put(sheet.cell(row + number, column), text, of_record)


# --- what is written ------------------------------------------------------------------------------


def _every(_name: str) -> bool:
    return True


def _put(
    cell: Any,
    text: str,
    value_of: Callable[[str], Out],
    meant: Callable[[str], bool] = _every,
) -> None:
    """Put values for those names in a cell's text that are meant; a name alone in its cell keeps
    the kind of its value."""
    alone = MARK.fullmatch(text.strip())
    if alone is not None:
        if meant(alone[1]):
            _write(cell, value_of(alone[1]))
        return

    def one(match: re.Match[str]) -> str:
        return _words(value_of(match[1])) if meant(match[1]) else match[0]

    _write(cell, MARK.sub(one, text))


def _words(value: Out) -> str:
    """A value among other words, a day as it is written on paper."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return paper_day(value)
    return as_text(value)


def _write(cell: Any, value: Out) -> None:
    if value is None or isinstance(value, (bool, str)):
        text = _UNPRINTABLE.sub("", fitting(as_text(value)))
        cell.value = text or None
        if text:
            # Else what begins with = would become a formula.
            cell.data_type = "s"
        return
    cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if isinstance(value, date) and cell.number_format == "General":
        cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY


def _fill_margins(sheet: Any, values: Values) -> None:
    """The head and foot of printed pages."""
    for margin in (sheet.oddHeader, sheet.oddFooter):
        for part in (margin.left, margin.center, margin.right):
            if part.text and "{{" in part.text:
                part.text = MARK.sub(lambda match: _words(values.get(match[1])), part.text)


def _say_nothing_of_people(book: Any) -> None:
    properties = copy(book.properties)
    properties.creator = properties.lastModifiedBy = ""
    book.properties = properties
