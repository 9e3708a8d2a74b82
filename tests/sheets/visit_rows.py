"""A sheet of visits, as its rows, for what is tried of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.core.codec import Plain
from desktop_app.sheets.heading import find_heading
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.reader import Range
from desktop_app.sheets.rows import SheetRow, read_rows
from desktop_app.sheets.spec import Cell, Column, Several
from desktop_app.sheets.values import Context
from tests.sheets.gallery import TODAY, VISIT_COLUMNS

HEAD: list[Cell] = [
    "序号",
    "日期",
    "姓名",
    "性别",
    "年龄",
    "电话",
    "身份证号",
    "住址",
    "人数",
    "事由",
    "处理结果",
]
TITLE: list[Cell] = ["2023年度来访登记表"]


def row_of(**cells: Cell) -> list[Cell]:
    """A row with those cells in their columns."""
    names = {"no": 0, "at": 1, "name": 2, "gender": 3, "age": 4, "phone": 5, "id": 6, "address": 7}
    names |= {"people": 8, "summary": 9, "result": 10}
    row: list[Cell] = [""] * len(HEAD)
    for name, cell in cells.items():
        row[names[name]] = cell
    while row and row[-1] == "":
        row.pop()
    return row


def read(
    *data: list[Cell],
    merged: Sequence[Range] = (),
    several: Several = Several.REFUSE,
    left: Left | None = None,
    columns: tuple[Column, ...] = VISIT_COLUMNS,
    year: int | None = 2023,
    checked: bool = True,
) -> list[SheetRow]:
    """The records of a sheet whose data begin in the row that Excel calls 3."""
    rows = [TITLE, HEAD, *data]
    heading = find_heading(rows, merged)
    if checked:
        assert (heading.first, heading.last) == (1, 1)
    else:
        heading = replace(heading, first=1, last=1)
    mapping = guess(heading, columns, rows)
    return list(
        read_rows(
            rows,
            heading,
            mapping,
            columns,
            Context(TODAY, year),
            several,
            merged=merged,
            left=left,
        )
    )


def values_of(rows: list[SheetRow], name: str) -> list[Plain]:
    """One value of each record, where nothing is wrong."""
    assert not [problem for row in rows for problem in row.problems]
    return [row.values.get(name) for row in rows]


def sentences_of(row: SheetRow) -> list[tuple[str, str]]:
    """What is wrong with a row: the headings and the sentences."""
    return [(one.label, one.problem.sentence) for one in row.problems]
