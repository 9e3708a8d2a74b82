"""A list as a workbook that opens right in WPS, Excel and LibreOffice, or as CSV.

A text is written as text, whatever it looks like: a number with leading zeros keeps them, eighteen
digits stay eighteen, and what begins like a formula is none. Dates and numbers are real ones. The
book is made in memory, so that nothing of it ever lies in a folder for temporary files.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any, BinaryIO

from desktop_app.core.errors import UserError
from desktop_app.core.spreadsheet import csv_bytes
from desktop_app.sheets.spec import CellKind, Column, Out

MOST_ROWS = 1_048_575
"""What a sheet holds below its row of headings."""
MOST_CHARACTERS = 32_767
"""What one cell holds, counted as UTF-16 does."""

_FACE = {"font_name": "宋体", "font_size": 11}
_LOOKED_AT = 500
_NARROWEST, _WIDEST = 6, 60
_FILTER_KEY = 3
_UPRIGHT = 92
"""Characters across that are still read with ease on an upright A4 page."""
_A4 = 9
_FIRST_DAY = date(1900, 3, 1)
"""Before this day the calendars of spreadsheets disagree; such a date is written as text."""
_MOST_DIGITS = 10**15
_WRAPPED = frozenset({CellKind.TEXT, CellKind.NAMES, CellKind.PHONES})


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """What is written above and around the rows. `title` names the sheet and heads each printed
    page, `office` stands beside it, `note` below: whether it is masked, how it was filtered."""

    title: str
    columns: Sequence[Column]
    office: str = ""
    note: str = ""
    made: datetime | None = None


def write_book(target: BinaryIO, page: SheetPage, rows: Iterable[Sequence[Out]]) -> int:
    """Write a workbook with one sheet, and answer how many rows that were.

    `rows` give a value for each column, in the columns' order. Raises `UserError` when they are
    more than a sheet holds; then, as with whatever `rows` raises, nothing has been written.
    """
    from desktop_app.sheets.quick_sheet import QuickSheet

    memory = io.BytesIO()
    book = new_book(memory, page.title, page.made)
    sheet = book.add_worksheet(sheet_name(page.title), worksheet_class=QuickSheet)
    first = list(islice(iterator := iter(rows), _LOOKED_AT))
    widths = [_width(column, place, first) for place, column in enumerate(page.columns)]
    looks = _Looks(book, page.columns)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, looks.text[place])
    count = _write_rows(sheet, page.columns, looks, chain(first, iterator))
    _lay_out(sheet, len(page.columns), count)
    _print_out(sheet, page, sum(widths))
    book.close()
    target.write(memory.getbuffer())
    return count


def write_csv(target: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Out]]) -> int:
    """Write the same as text with commas, and answer how many rows that were."""
    count = 0

    def lines() -> Iterator[list[str]]:
        nonlocal count
        yield [column.label for column in columns]
        for row in rows:
            count += 1
            yield [_csv_cell(value) for value in row]

    target.write(csv_bytes(lines()))
    return count


# --- for whoever writes other books ---------------------------------------------------------------


def new_book(memory: BinaryIO, title: str, made: datetime | None) -> Any:
    """A book of XlsxWriter that says of itself its title and when it was made, and no person."""
    from xlsxwriter import Workbook

    book = Workbook(
        memory,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": _FACE,
        },
    )
    told: dict[str, Any] = {"title": title}
    if made is not None:
        told["created"] = made.replace(tzinfo=None)
    book.set_properties(told)
    return book


_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(title: str) -> str:
    """A title as a sheet may be named."""
    name = _NOT_IN_A_NAME.sub(" ", title)[:31].strip(" '")
    return name or "台账"


def shown_width(text: str) -> int:
    """How wide a text stands in a cell; a Chinese character takes two places."""
    return max(
        (
            len(line) if line.isascii() else sum(map(_character_width, line))
            for line in text.split("\n")
        ),
        default=0,
    )


def fitting(text: str) -> str:
    """A text as a cell can hold it: no half characters, and cut where a cell ends."""
    if len(text) * 2 > MOST_CHARACTERS:
        units = text.encode("utf-16-le", "replace")
        if len(units) > MOST_CHARACTERS * 2:
            return units[: MOST_CHARACTERS * 2].decode("utf-16-le", "ignore")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _character_width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


# --- rows -----------------------------------------------------------------------------------------


class _Looks:
    """The formats of a book: for each column that of a text, a number, a date, a point in time."""

    def __init__(self, book: Any, columns: Sequence[Column]) -> None:
        top = {"valign": "top"}
        text, wrapped = ({**top, "num_format": "@", "text_wrap": wrap} for wrap in (False, True))
        kept = {False: book.add_format(text), True: book.add_format(wrapped)}
        self.head = book.add_format(
            {"bold": True, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter",
             "align": "center", "num_format": "@"}
        )  # fmt: skip
        self.text = [kept[column.kind in _WRAPPED] for column in columns]
        self.number = book.add_format(top)
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.moment = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})


def _write_rows(
    sheet: Any, columns: Sequence[Column], looks: _Looks, rows: Iterable[Sequence[Out]]
) -> int:
    from desktop_app.sheets.quick_sheet import HEAD_POINTS, starts

    index_of, begin = sheet.text_index(), starts(len(columns))
    ends = [f'" s="{look._get_xf_index()}" t="s"><v>' for look in looks.text]
    other = _other_values(looks, index_of)
    head = f'1" s="{looks.head._get_xf_index()}" t="s"><v>'
    labels = (index_of(fitting(column.label)) for column in columns)
    sheet.add_row(
        [f"{start}{head}{label}</v></c>" for start, label in zip(begin, labels, strict=True)],
        points=HEAD_POINTS,
    )
    number = 1
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS + 1:
            raise UserError(
                f"超过 {MOST_ROWS} 行，一张表放不下，没有写任何文件。",
                "请用日期或筛选分成几次导出，或存成 .csv。",
            )
        cells = []
        for place, value in enumerate(row):
            if value.__class__ is str:
                if value:
                    text = value if len(value) <= _SHORT else fitting(value)
                    cells.append(f"{begin[place]}{number}{ends[place]}{index_of(text)}</v></c>")
            elif value is not None:
                cells.append(f"{begin[place]}{number}{other(value, ends[place])}</v></c>")
        sheet.add_row(cells)
    sheet.done(len(columns))
    return number - 1


_SHORT = MOST_CHARACTERS // 2


def _other_values(looks: _Looks, index_of: Callable[[str], int]) -> Callable[[Out, str], str]:
    """What spells a cell that is no text, after its place; the end of a text is for what becomes
    one."""
    serials = dict[date, float]()
    day, moment, number = (
        f'" s="{look._get_xf_index()}"><v>' for look in (looks.day, looks.moment, looks.number)
    )

    def spell(value: Out, as_a_text: str) -> str:
        if isinstance(value, date):
            serial = serials.get(value)
            if serial is None:
                serial = serials[value] = _serial(value)
            if serial:
                return f"{moment if isinstance(value, datetime) else day}{serial:.16G}"
        elif _is_number(value):
            return f"{number}{value:.16G}"
        return f"{as_a_text}{index_of(as_text(value))}"

    return spell


_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zone
_DAY = timedelta(days=1)


def _serial(value: date) -> float:
    """A date as spreadsheets count it; 0 where they do not agree."""
    if not isinstance(value, datetime):
        return (value - _BEGIN.date()).days if value >= _FIRST_DAY else 0
    return (value.replace(tzinfo=None) - _BEGIN) / _DAY if value.date() >= _FIRST_DAY else 0


def _is_number(value: Out) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -_MOST_DIGITS < value < _MOST_DIGITS


def as_text(value: Out) -> str:
    """A value as the words of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return fitting(str(value))


_WOULD_BE_A_NUMBER = re.compile(r"0\d+|\d{12,}[Xx]?")


def _csv_cell(value: Out) -> str:
    text = as_text(value)
    if isinstance(value, str) and _WOULD_BE_A_NUMBER.fullmatch(text):
        # Opened by a double click, it would lose its zeros or its last digits; a tab keeps them.
        return f"{text}\t"
    return text


# --- looks ----------------------------------------------------------------------------------------


def _width(column: Column, place: int, rows: Sequence[Sequence[Out]]) -> int:
    heading = shown_width(column.label) + _FILTER_KEY
    longest = max((shown_width(_told(row[place])) for row in rows), default=0) + 1
    most = max(column.width * 2, _NARROWEST * 4) if column.kind in _WRAPPED else _WIDEST
    return min(max(_NARROWEST, heading, min(longest, most)), _WIDEST)


def _told(value: Out) -> str:
    return value if isinstance(value, str) else as_text(value)


def _lay_out(sheet: Any, columns: int, count: int) -> None:
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(count, 1), columns - 1)
        sheet.print_area(0, 0, count, columns - 1)


def _print_out(sheet: Any, page: SheetPage, width: int) -> None:
    sheet.set_paper(_A4)
    if width > _UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # The lines of the sheet are printed, so that empty cells have them, too.
    sheet.hide_gridlines(0)
    sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.7)
    day = page.made.strftime("%Y-%m-%d") if page.made else ""
    sheet.set_header(_line(page.office, f'&"宋体,加粗"&14{_plain(page.title, 60)}', day))
    sheet.set_footer(_line(page.note, "第 &P 页　共 &N 页", ""))


def _line(left: str, middle: str, right: str) -> str:
    return f"&L{_plain(left, 60)}&C{middle}&R{_plain(right, 20)}"


def _plain(text: str, most: int) -> str:
    """A text in a page's head, where & would begin an order, and a digit after a size its end."""
    plain = re.sub(r"\s+", " ", text)[:most].replace("&", "&&")
    return f" {plain}" if plain[:1].isdigit() else plain


Writer = Callable[[BinaryIO, SheetPage, Iterable[Sequence[Out]]], int]


def writer_of(ending: str) -> Writer:
    """What writes files of this ending; `UserError` that names the ones there are."""
    if ending.lower() == ".xlsx":
        return write_book
    if ending.lower() == ".csv":
        return lambda target, page, rows: write_csv(target, page.columns, rows)
    raise UserError(
        "文件名要以 .xlsx 或 .csv 结尾，没有导出任何内容。",
        "表格请用 .xlsx；.csv 给别的程序读。",
        field="out",
    )
