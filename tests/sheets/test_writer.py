"""What is written opens as it was meant: texts are texts, dates are dates, pages print well."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desktop_app.core.errors import UserError
from desktop_app.sheets.spec import CellKind, Column, Out
from desktop_app.sheets.writer import (
    MOST_CHARACTERS,
    MOST_ROWS,
    SheetPage,
    sheet_name,
    shown_width,
    write_book,
    write_csv,
    writer_of,
)

_COLUMNS = (
    Column(name="number", label="编号", kind=CellKind.CODE),
    Column(name="id", label="证件号码", kind=CellKind.IDENTITY, width=20),
    Column(name="day", label="日期", kind=CellKind.DAY),
    Column(name="at", label="时间", kind=CellKind.MOMENT),
    Column(name="people", label="人数", kind=CellKind.NUMBER),
    Column(name="words", label="说明", kind=CellKind.TEXT, width=30),
)
_ROW: tuple[Out, ...] = (
    "0012",
    "35080219900101123X",
    date(2026, 3, 5),
    datetime(2026, 3, 5, 9, 30),
    3,
    "=HYPERLINK(1)",
)


def _written(rows: Iterable[Sequence[Out]], **page: Any) -> bytes:
    memory = io.BytesIO()
    write_book(memory, SheetPage(**({"title": "来访登记", "columns": _COLUMNS} | page)), rows)
    return memory.getvalue()


def _opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_each_kind_of_value_is_read_back_as_what_it_was() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(_written([_ROW]))).get_sheet_by_index(0)
    head, first = rows.to_python()
    assert head == ["编号", "证件号码", "日期", "时间", "人数", "说明"]
    assert first == [
        "0012",
        "35080219900101123X",
        date(2026, 3, 5),
        datetime(2026, 3, 5, 9, 30),
        3.0,
        "=HYPERLINK(1)",
    ]


def test_a_text_that_looks_like_a_formula_is_none() -> None:
    texts = ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "http://example.com", "{=1}"]
    sheet = _opened(_written([[text, *_ROW[1:]] for text in texts]))
    cells = [sheet.cell(row, 1) for row in range(2, 2 + len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_typing_over_a_number_that_is_a_name_keeps_it_a_text() -> None:
    sheet = _opened(_written([_ROW]))
    assert sheet["B2"].number_format == "@"
    assert sheet["C2"].number_format == "yyyy-mm-dd"


def test_headings_stay_in_sight_are_filtered_and_printed_on_each_page() -> None:
    sheet = _opened(_written([_ROW, _ROW]))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_wide_list_lies_and_a_narrow_one_stands() -> None:
    wide = [Column(name=f"c{n}", label=f"第{n}列", width=20) for n in range(12)]
    narrow = _opened(_written([], columns=_COLUMNS[:2]))
    lying = _opened(_written([["内容" * 10] * 12], columns=wide))
    assert narrow.page_setup.orientation in (None, "portrait")
    assert lying.page_setup.orientation == "landscape"


def test_head_and_foot_of_a_printed_page_say_title_office_and_page() -> None:
    sheet = _opened(
        _written([_ROW], office="幸福&和谐站", note="已遮挡", made=datetime(2026, 3, 6))
    )
    assert sheet.oddHeader.center.text.endswith("来访登记")
    assert "幸福" in sheet.oddHeader.left.text
    assert sheet.oddHeader.right.text.strip() == "2026-03-06"
    assert sheet.oddFooter.left.text == "已遮挡"
    assert "&P" in str(sheet.oddFooter.center.text)


def test_the_file_says_who_wrote_it_of_nobody() -> None:
    content = _written([_ROW], made=datetime(2026, 3, 6, 8, 0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "2026-03-06T08:00:00Z" in core


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    sheet = _opened(_written([_ROW]))
    assert sheet.column_dimensions["B"].width >= 18
    assert shown_width("张三ab") == 6
    assert shown_width("一二三四\n一") == 8


def test_more_rows_than_a_sheet_holds_are_refused_with_a_sentence() -> None:
    def rows() -> Iterator[tuple[Out, ...]]:
        for _ in range(MOST_ROWS + 1):
            yield (None,) * 6

    memory = io.BytesIO()
    with pytest.raises(UserError) as refused:
        write_book(memory, SheetPage(title="多", columns=_COLUMNS), rows())
    assert str(MOST_ROWS) in refused.value.sentence
    assert memory.getvalue() == b""


def test_a_text_longer_than_a_cell_is_cut_where_the_cell_ends() -> None:
    sheet = _opened(_written([["字" * 40_000, *_ROW[1:]], ["𠀀" * 20_000, *_ROW[1:]]]))
    assert sheet["A2"].value == "字" * MOST_CHARACTERS
    assert sheet["A3"].value == "𠀀" * (MOST_CHARACTERS // 2)


def test_control_characters_do_not_spoil_the_file() -> None:
    text = "一\x07二_x0041_\n三\u202e四"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(_written([[text, *_ROW[1:]]])))
    assert str(rows.get_sheet_by_index(0).to_python()[1][0]).endswith("四")


def test_days_of_which_calendars_disagree_are_written_as_text() -> None:
    sheet = _opened(
        _written([["1", "2", date(1899, 5, 1), datetime(1800, 1, 1, 8, 5), 10**16, ""]])
    )
    assert sheet["C2"].value == "1899-05-01"
    assert sheet["D2"].value == "1800-01-01 08:05"
    assert sheet["E2"].value == "10000000000000000"
    assert sheet["F2"].value is None


def test_what_is_no_number_does_not_spoil_the_file() -> None:
    cells: list[Out] = [float("nan"), float("inf"), True, -0.5, 1e14, 0]
    sheet = _opened(_written([cells]))
    assert [cell.value for cell in sheet[2]] == ["nan", "inf", "是", -0.5, 10**14, 0]


def test_spaces_and_markup_in_a_text_stay_as_they_are() -> None:
    texts = ["  两边有空格  ", "<b>&amp;</b>", "一\n二"]
    sheet = _opened(_written([[text, *_ROW[1:]] for text in texts]))
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == texts


@pytest.mark.parametrize(
    ("title", "name"),
    [("来访/登记:2026?", "来访 登记 2026"), ("'", "台账"), ("长" * 40, "长" * 31)],
)
def test_a_title_becomes_a_name_a_sheet_may_have(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert _opened(_written([_ROW], title=title)).title == name


def _csv(rows: Iterable[Sequence[Out]]) -> list[str]:
    memory = io.BytesIO()
    write_csv(memory, _COLUMNS, rows)
    assert memory.getvalue().startswith(b"\xef\xbb\xbf")
    return memory.getvalue().decode("utf-8-sig").splitlines()


def test_csv_has_the_mark_of_excel_and_no_formula() -> None:
    assert _csv([_ROW]) == [
        "编号,证件号码,日期,时间,人数,说明",
        "0012\t,35080219900101123X\t,2026-03-05,2026-03-05 09:30,3,'=HYPERLINK(1)",
    ]


def test_other_endings_are_refused_and_the_two_are_named() -> None:
    assert writer_of(".XLSX") is write_book
    with pytest.raises(UserError) as refused:
        writer_of(".xlsm")
    assert ".xlsx" in refused.value.sentence
