"""Opens a workbook or a text table and gives its cells.

What a file is, its content says, not its ending. calamine reads workbooks; before it sees one,
`parts.py` has inflated every part within limits, because calamine reserves room for the whole area
between the first and the last cell of a sheet, and a process that asks for too much is ended.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine as calamine

from desktop_app.core.errors import UserError
from desktop_app.sheets import faults, file_kinds, old_workbook, parts, text_file
from desktop_app.sheets.file_kinds import FileKind
from desktop_app.sheets.spec import Cell

MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELLS = 10_000_000
"""Of the area from the first cell to the last, empty ones too: calamine holds 32 bytes for each."""
MOST_FILE_MEGABYTES = 100
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet as one chooses it: how many rows and columns reach to its last cell."""

    name: str
    rows: int
    columns: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Cells merged into one, by their places from 0; `bottom` and `right` belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class _Loaded:
    """A sheet as it came out of the file: a sheet of calamine, or rows of text."""

    look: SheetLook
    sheet: calamine.CalamineSheet | None = None
    text_rows: list[list[Cell]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: list[list[Cell]] | None = None


@dataclass
class Book:
    """An opened file. `macros`: it brings programs of its own, which nobody runs here."""

    sheets: tuple[SheetLook, ...]
    macros: bool
    is_text: bool
    _loaded: list[_Loaded]

    def rows(self, index: int) -> list[list[Cell]]:
        """The cells of a sheet; `rows[0]` is the row that Excel calls 1.

        Empty rows at the end and empty cells at the end of a row are cut off. An error such as
        #REF! is the text that Excel shows for it. Raises `UserError` when it is too large. The
        rows are the book's own: whoever changes one copies it.
        """
        loaded = self._loaded[index]
        _refuse_too_large(loaded.look)
        if loaded.rows is None:
            # Asked for twice at least: to propose what it is, and to read it.
            loaded.rows = _trimmed(_raw_rows(loaded))
        return loaded.rows

    def merged(self, index: int) -> tuple[Range, ...]:
        """The merged cells of a sheet. Text has none."""
        sheet = self._loaded[index].sheet
        ranges = (sheet.merged_cell_ranges if sheet is not None else None) or ()
        return tuple(
            Range(top, left, bottom, right) for (top, left), (bottom, right) in sorted(ranges)
        )


def _raw_rows(loaded: _Loaded) -> list[list[Cell]]:
    if loaded.sheet is None:
        return [list(row) for row in loaded.text_rows]
    rows = _python_rows(loaded.sheet)
    _put_errors(rows, loaded.errors)
    return rows


def open_book(path: Path) -> Book:
    """The workbook or text table at `path`; raises `UserError` that says what is wrong with it."""
    raw = _bytes_of(path)
    kind = file_kinds.kind_of(raw)
    if kind is FileKind.TEXT:
        return _text_book(raw, path.stem)
    if kind is FileKind.XLSX:
        checked = parts.check(raw, MOST_CELLS, MOST_COLUMNS)
        return _workbook(raw, checked.macros, checked.errors)
    looked_over = old_workbook.check(raw)
    if looked_over.locked:
        raise faults.password()
    return _workbook(raw, file_kinds.has_old_macros(raw), looked_over.errors)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise faults.folder()
        if path.name.startswith("~$"):
            raise faults.lock_file()
        if path.stat().st_size > MOST_FILE_MEGABYTES * _MEGABYTE:
            raise faults.too_big(MOST_FILE_MEGABYTES)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise faults.missing() from None
    except PermissionError:
        raise faults.in_use() from None
    except OSError:
        raise faults.disk_trouble() from None
    if not raw.strip(b"\0 \r\n\t"):
        raise faults.empty()
    return raw


def _text_book(raw: bytes, name: str) -> Book:
    text = text_file.decoded(raw)
    rows: list[list[Cell]] = [list(row) for row in text_file.rows_of(text, MOST_ROWS, MOST_COLUMNS)]
    trimmed = _trimmed(rows)
    if not trimmed:
        raise faults.nothing_in_it()
    look = SheetLook(name, len(trimmed), max(map(len, trimmed)))
    return Book((look,), macros=False, is_text=True, _loaded=[_Loaded(look, text_rows=trimmed)])


def _workbook(raw: bytes, macros: bool, errors: list[dict[tuple[int, int], str]]) -> Book:
    loaded: list[_Loaded] = []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for place, known in enumerate(book.sheets_metadata):
            if known.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            hidden = known.visible is not calamine.SheetVisibleEnum.Visible
            look = SheetLook(known.name, *_extent(sheet), hidden)
            of_sheet = errors[place] if place < len(errors) else {}
            loaded.append(_Loaded(look, sheet, errors=of_sheet))
    except calamine.PasswordError:
        raise faults.password() from None
    except (calamine.CalamineError, OSError, ValueError):
        raise faults.damaged() from None
    except BaseException as problem:
        # A panic of the Rust code is no Exception, so that nobody catches it by mistake.
        if type(problem).__name__ == "PanicException":
            raise faults.damaged() from None
        raise
    if not any(one.look.rows for one in loaded):
        raise faults.nothing_in_it()
    return Book(tuple(one.look for one in loaded), macros, is_text=False, _loaded=loaded)


def _extent(sheet: calamine.CalamineSheet) -> tuple[int, int]:
    end = sheet.end
    return (0, 0) if end is None else (end[0] + 1, end[1] + 1)


def _refuse_too_large(look: SheetLook) -> None:
    problem: UserError | None = None
    if look.columns > MOST_COLUMNS:
        problem = faults.too_many_columns(MOST_COLUMNS)
    elif look.rows > MOST_ROWS:
        problem = faults.too_many_rows(MOST_ROWS)
    elif look.rows * look.columns > MOST_CELLS:
        problem = faults.too_far_apart()
    if problem is not None:
        raise problem


def _python_rows(sheet: calamine.CalamineSheet) -> list[list[Cell]]:
    """Every row from the first of the sheet. Row by row: all of them in one call would hold up
    whoever else wants to run (a tenth of a second for fifty thousand)."""
    if sheet.start is None or sheet.end is None:
        return []
    bottom, right = sheet.end
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows():
        # calamine leaves out the empty columns before the first cell, and perhaps such rows.
        margin: list[Cell] = [""] * (right + 1 - len(row))
        rows.append([*margin, *row] if margin else row)  # type: ignore[arg-type]
    return [*([] for _ in range(bottom + 1 - len(rows))), *rows]


def _put_errors(rows: list[list[Cell]], errors: dict[tuple[int, int], str]) -> None:
    for (row, column), shown in errors.items():
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        if cells[column] == "":
            cells[column] = shown


def _trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The same lists without empty cells at their ends, and no empty rows at the end."""
    for row in rows:
        while row and _is_blank(row[-1]):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _is_blank(cell: Cell) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())
