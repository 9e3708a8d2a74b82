"""Small workbooks with one trap each, made when they are needed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from desktop_app.sheets.spec import Cell, CellKind, Column

TODAY = date(2026, 11, 28)


def workbook(path: Path, rows: Sequence[Sequence[Cell]], name: str = "来访") -> Path:
    """An .xlsx with those cells, texts as texts, numbers as numbers, days as days."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str) and cell:
                sheet.write_string(row, column, cell)
            elif isinstance(cell, bool):
                sheet.write_boolean(row, column, cell)
            elif isinstance(cell, (int, float)):
                sheet.write_number(row, column, cell)
            elif isinstance(cell, (date, datetime)):
                sheet.write_datetime(row, column, cell, day)
    book.close()
    return path


def old_workbook(path: Path, rows: Sequence[Sequence[Cell]], name: str = "来访") -> Path:
    """An .xls with those cells."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None and cell != "":
                style = [day] if isinstance(cell, date) else []
                sheet.write(row, column, cell, *style)
    book.save(str(path))
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same .xlsx with one of its parts changed; a part that is not there is empty before."""
    parts = _parts(path)
    parts[part] = change(parts.get(part, b""))
    _write(path, parts)
    return path


def with_rows(path: Path, rows: str) -> Path:
    """An .xlsx whose only sheet has this XML for its rows."""
    workbook(path, [])
    told = f"<sheetData>{rows}</sheetData>".encode()
    return with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<sheetData\s*/>", lambda _found: told, xml),
    )


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, parts: Mapping[str, bytes]) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(memory.getvalue())


def ole(*streams: str) -> bytes:
    """The beginning of an OLE file whose directory names those streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names.ljust(1024, b"\0")


def column(name: str, kind: CellKind = CellKind.LINE, label: str = "", **more: Any) -> Column:
    """A column of a ledger; its concept is its name."""
    return Column(name=name, label=label or name, kind=kind, concept=name, **more)


VISIT_COLUMNS = (
    column("at", CellKind.MOMENT, "来访时间"),
    column("name", CellKind.NAME, "来访人姓名", personal=True),
    column("gender", CellKind.GENDER, "性别", personal=True),
    column("birth_year", CellKind.YEAR, "出生年", personal=True),
    column("phone", CellKind.PHONE, "联系电话", personal=True),
    column("id_number", CellKind.IDENTITY, "证件号码", personal=True),
    column("address", CellKind.ADDRESS, "住址", personal=True),
    column("people", CellKind.NUMBER, "人数"),
    column("summary", CellKind.TEXT, "事由"),
    column("result", CellKind.TEXT, "办理结果"),
    column("clerk", CellKind.LINE, "首问责任人"),
    column("remark", CellKind.TEXT, "备注"),
)
"""What a ledger of visits may read."""
