"""What could not be taken in comes back as it was, with what is wrong where it is wrong."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest

from desktop_app.sheets.error_book import REASON, Wrong, cell_text, write_error_book
from desktop_app.sheets.spec import Cell

_LABELS = ("姓名", "证件号码", "来访日期")
_ROWS: Sequence[Wrong] = (
    (4, ("张三", 350802199001011234.0, date(2024, 3, 5)), [(1, "证件号码已被表格软件改坏。")]),
    (9, ("", "=1+1"), [(0, "要填写。"), (None, "这一行和第 4 行是同一个人。")]),
)


def _opened(labels: Sequence[str] = _LABELS, rows: Sequence[Wrong] = _ROWS) -> Any:
    memory = io.BytesIO()
    assert write_error_book(memory, labels, rows) == len(rows)
    return openpyxl.load_workbook(memory).active


def test_headings_are_those_of_the_file_and_the_reason_stands_last() -> None:
    sheet = _opened()
    assert [cell.value for cell in sheet[1]] == [*_LABELS, REASON]
    assert [cell.value for cell in sheet[2]][:3] == ["张三", "3.5080219900101126E+17", "2024-03-05"]
    assert sheet["B3"].value == "=1+1"
    assert sheet["B3"].data_type == "s"


def test_the_reason_says_which_column_what_and_which_row_it_was() -> None:
    sheet = _opened()
    assert sheet["D2"].value == "证件号码：证件号码已被表格软件改坏。\n（原表第 4 行）"
    assert sheet["D3"].value == "姓名：要填写。\n这一行和第 4 行是同一个人。\n（原表第 9 行）"


def test_what_is_wrong_is_tinted_and_nothing_else() -> None:
    sheet = _opened()
    tinted = {
        cell.coordinate
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb == "FFFBE3E1"
    }
    assert tinted == {"B2", "A3"}


def test_a_cell_that_is_typed_over_stays_a_text() -> None:
    sheet = _opened()
    assert {sheet[place].number_format for place in ("A2", "B2", "C2", "A3")} == {"@"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (13800138000.0, "13800138000"),
        (1.5, "1.5"),
        (3.50802199001011e17, "3.50802199001011E+17"),
        (datetime(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 9, 5), "2024-03-05 09:05"),
        (time(9, 5), "09:05"),
        (timedelta(hours=26, minutes=3), "26:03"),
    ],
)
def test_a_cell_reads_the_same_again(value: Cell, text: str) -> None:
    assert cell_text(value) == text
