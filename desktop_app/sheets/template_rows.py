"""A row of a sheet becomes many, all looking like it; what stands below moves down whole.

openpyxl moves cells and their looks when rows are put in, and nothing else: merged cells, heights,
formulas, what is printed and what is checked are moved here.
"""

from __future__ import annotations

import re
from copy import copy
from functools import partial
from typing import Any

from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

_REFERENCE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
    r"(?<![A-Za-z0-9_.$])(?P<column>\$?[A-Z]{1,3}\$?)(?P<row>\d{1,7})"
    r"(?::(?P<to_column>\$?[A-Z]{1,3}\$?)(?P<to_row>\d{1,7}))?(?![\d(A-Za-z_!])"
)


def repeat_row(sheet: Any, row: int, times: int) -> None:
    """Make `times` rows of one; the first is the row itself."""
    more = times - 1
    if not more:
        return
    model = [(cell.column, copy(cell._style), cell.value) for cell in sheet[row]]
    dimensions = sheet.row_dimensions
    height = dimensions[row].height
    below = {at: one.height for at, one in dimensions.items() if at > row and one.height}
    if row < sheet.max_row:
        sheet.insert_rows(row + 1, more)
    _move_merged(sheet, row, more)
    _move_formulas(sheet, row, more)
    for at in range(row + 1, row + times):
        _copy_row(sheet, row, at, model)
    for at in {*below, *range(row + 1, row + times)}:
        dimensions[at].height = height if at < row + times else None
    for at, high in below.items():
        dimensions[at + more].height = high
    _move_page(sheet, row, more)


def _copy_row(sheet: Any, row: int, at: int, model: list[tuple[int, Any, Any]]) -> None:
    for column, style, value in model:
        cell = sheet.cell(at, column)
        cell._style = copy(style)
        if isinstance(value, str) and value.startswith("="):
            origin = f"{cell.column_letter}{row}"
            cell.value = Translator(value, origin).translate_formula(cell.coordinate)
        elif value is not None:
            cell.value = value


def _move_merged(sheet: Any, row: int, more: int) -> None:
    """The ranges alone: the cells in them, with their borders, have moved already."""
    moved_ranges = MultiCellRange()
    for one in sheet.merged_cells.ranges:
        if one.min_row == one.max_row == row:
            for step in range(more + 1):
                again = CellRange(one.coord)
                again.shift(row_shift=step)
                moved_ranges.add(again)
            continue
        whole = CellRange(one.coord)
        _stretch(whole, row, more)
        moved_ranges.add(whole)
    sheet.merged_cells = moved_ranges


def _stretch(one: Any, row: int, more: int) -> None:
    if one.min_row > row:
        one.shift(row_shift=more)
    elif one.max_row >= row:
        one.expand(down=more)


# --- formulas -------------------------------------------------------------------------------------


def _move_formulas(sheet: Any, row: int, more: int) -> None:
    """Sums over the row reach over all its copies; what is below is looked for where it is now."""
    for other in sheet.parent.worksheets:
        mine = other is sheet
        for cells in other.iter_rows():
            for cell in cells:
                text = cell.value
                if cell.data_type != "f" or not isinstance(text, str) or (mine and cell.row == row):
                    continue
                cell.value = moved(text, row, more, sheet.title, at_home=mine)


def moved(text: str, row: int, more: int, title: str = "", *, at_home: bool = True) -> str:
    """A formula or range after `more` rows were put in below `row` of the sheet `title`; what
    names no sheet means it only `at_home`."""
    return _REFERENCE.sub(partial(_moved, row=row, more=more, title=title, at_home=at_home), text)


def _moved(match: re.Match[str], *, row: int, more: int, title: str, at_home: bool) -> str:
    sheet = match["sheet"]
    named = "" if sheet is None else sheet[:-1].strip("'").replace("''", "'")
    if (sheet is None and not at_home) or (sheet is not None and named != title):
        return match[0]
    first, last = int(match["row"]), match["to_row"]
    first += more if first > row else 0
    start = f"{sheet or ''}{match['column']}{first}"
    if last is None:
        return start
    return f"{start}:{match['to_column']}{int(last) + (more if int(last) >= row else 0)}"


# --- the page -------------------------------------------------------------------------------------


def _move_page(sheet: Any, row: int, more: int) -> None:
    """What is printed, filtered, checked and coloured."""
    if sheet.print_area:
        areas = (one.rpartition("!")[2] for one in sheet.print_area.split(","))
        sheet.print_area = moved(",".join(areas), row, more)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved(sheet.auto_filter.ref, row, more)
    for one in sheet.row_breaks.brk:
        one.id += more if one.id > row else 0
    for check in sheet.data_validations.dataValidation:
        for one in check.sqref.ranges:
            _stretch(one, row, more)
    for coloured in sheet.conditional_formatting:
        for one in coloured.sqref.ranges:
            _stretch(one, row, more)
