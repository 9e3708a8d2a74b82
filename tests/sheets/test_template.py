"""An office's own workbook is filled and keeps its looks; what cannot be one is told in words."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side

from desktop_app.core.errors import UserError
from desktop_app.sheets.spec import Out
from desktop_app.sheets.template import fill, names_in
from desktop_app.sheets.template_file import MOST_BYTES
from desktop_app.sheets.template_rows import moved
from desktop_app.sheets.writer import SheetPage, write_book

COLUMNS = ("姓名", "日期", "件数", "说明")
RECORDS: list[tuple[Out, ...]] = [
    ("张*芬", date(2026, 3, 5), 2, "=1+1"),
    ("赖*国", date(2026, 3, 6), 3, ""),
    ("林*妹", None, 4, "好"),
]
VALUES: dict[str, Out] = {
    "站点名称": "青榕雅苑站",
    "填报日期": date(2026, 3, 31),
    "期间": "2026年3月",
}


def _office_book() -> Any:
    """Title over all columns, a row for the records, a sum, a merged line to sign on."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet["A1"] = "{{站点名称}}{{ 期间 }}来访登记表"
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(bold=True, size=18)
    for place, label in enumerate(("序号", "姓名", "日期", "件数", "说明"), 1):
        sheet.cell(2, place, label)
    for place, text in enumerate(
        ("{{序号}}", "{{姓名}}", "{{日期}}", "{{件数}}", "说明：{{说明}}"), 1
    ):
        cell = sheet.cell(3, place, text)
        cell.fill = PatternFill("solid", fgColor="FFFFEE00")
        cell.border = Border(bottom=Side("thin"))
    sheet["C3"].number_format = "m月d日"
    sheet.row_dimensions[3].height = 30
    sheet["A4"] = "合计"
    sheet["D4"] = "=SUM(D3:D3)"
    sheet["A5"] = "填报日期：{{填报日期}}"
    sheet.merge_cells("A5:E5")
    sheet["A5"].border = Border(right=Side("thick"))
    sheet.row_dimensions[5].height = 44
    sheet["F1"] = "=D4*2"
    sheet.print_area = "A1:E5"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.oddFooter.center.text = "{{站点名称}} 第 &P 页"
    other = book.create_sheet("汇总")
    other["A1"] = "=SUM(台账!D3:D3)"
    other["A2"] = "=A1+SUM(D3:D3)"
    book.properties.creator = "某某某"
    return book


def _bytes(book: Any) -> bytes:
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def _filled(content: bytes, records: Any = RECORDS, columns: Any = COLUMNS) -> Any:
    memory = io.BytesIO()
    fill(memory, content, VALUES, columns, records)
    return openpyxl.load_workbook(memory)


@pytest.fixture
def template() -> bytes:
    return _bytes(_office_book())


def test_the_names_of_a_template_are_told(template: bytes) -> None:
    names = names_in(template)
    assert names.all == (
        "站点名称", "期间", "序号", "姓名", "日期", "件数", "说明", "填报日期",
    )  # fmt: skip
    known = {*COLUMNS, "站点名称", "填报日期"}
    assert names.unknown(known.__contains__) == ("期间",)


def test_each_record_gets_a_row_that_looks_like_the_one_of_the_template(template: bytes) -> None:
    sheet = _filled(template)["台账"]
    assert [[cell.value for cell in row[:4]] for row in sheet["A3:E5"]] == [
        [1, "张*芬", datetime(2026, 3, 5), 2],
        [2, "赖*国", datetime(2026, 3, 6), 3],
        [3, "林*妹", None, 4],
    ]
    assert {sheet.cell(row, 2).fill.fgColor.rgb for row in (3, 4, 5)} == {"FFFFEE00"}
    assert {sheet.cell(row, 3).number_format for row in (3, 4, 5)} == {"m月d日"}
    assert {sheet.row_dimensions[row].height for row in (3, 4, 5)} == {30}
    assert sheet["B6"].fill.fgColor.rgb != "FFFFEE00"


def test_what_stands_below_moves_down_whole(template: bytes) -> None:
    book = _filled(template)
    sheet = book["台账"]
    assert sheet["A6"].value == "合计"
    assert sheet["D6"].value == "=SUM(D3:D5)"
    assert sheet["F1"].value == "=D6*2"
    assert sheet["A7"].value == "填报日期：2026年3月31日"
    assert sorted(str(one) for one in sheet.merged_cells.ranges) == ["A1:E1", "A7:E7"]
    assert sheet.row_dimensions[7].height == 44
    assert sheet.print_area == "'台账'!$A$1:$E$7"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.page_setup.orientation == "landscape"
    assert book["汇总"]["A1"].value == "=SUM(台账!D3:D5)"
    assert book["汇总"]["A2"].value == "=A1+SUM(D3:D3)"


def test_names_within_a_text_become_words_and_looks_stay(template: bytes) -> None:
    sheet = _filled(template)["台账"]
    assert sheet["A1"].value == "青榕雅苑站2026年3月来访登记表"
    assert sheet["A1"].font.size == 18
    assert sheet["E5"].value == "说明：好"
    assert sheet.oddFooter.center.text == "青榕雅苑站 第 &P 页"


def test_no_text_becomes_a_formula() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{{说明}}"
    sheet["B1"] = "=1+1"
    filled = _filled(_bytes(book)).active
    assert (filled["A1"].value, filled["A1"].data_type) == ("=1+1", "s")
    assert filled["B1"].data_type == "f"
    assert filled["B3"].value == "=1+1"


def test_what_a_record_says_is_never_taken_for_a_name(template: bytes) -> None:
    said = "写着 {{站点名称}} 和 {{不知道}}"
    sheet = _filled(template, records=[("张三", None, 1, said), ("李四", None, 2, "{{姓名}}")])
    assert sheet["台账"]["E3"].value == f"说明：{said}"
    assert sheet["台账"]["E4"].value == "说明：{{姓名}}"


def test_without_records_one_empty_row_stays(template: bytes) -> None:
    sheet = _filled(template, records=[])["台账"]
    assert [cell.value for cell in sheet[3]][:4] == [None] * 4
    assert sheet["A4"].value == "合计"


def test_the_file_says_who_wrote_it_of_nobody(template: bytes) -> None:
    assert not _filled(template).properties.creator


def test_a_row_with_merged_cells_is_merged_in_each_copy() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A2"] = "{{姓名}}"
    sheet.merge_cells("A2:B2")
    sheet["C1"] = "类别"
    sheet.merge_cells("C1:C2")
    sheet["A3"] = "=A2&B9"
    filled = _filled(_bytes(book)).active
    assert sorted(str(one) for one in filled.merged_cells.ranges) == [
        "A2:B2", "A3:B3", "A4:B4", "C1:C4",
    ]  # fmt: skip
    assert filled["A4"].value == "林*妹"
    assert filled["A5"].value == "=A2&B11"


def test_control_characters_do_not_spoil_the_file(template: bytes) -> None:
    sheet = _filled(template, records=[("张\x07三", None, 1, "\x00")])["台账"]
    assert sheet["B3"].value == "张三"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("SUM(B5:B5)", "SUM(B5:B7)"),
        ("B4+B5+B6", "B4+B5+B8"),
        ("$B$6:C$9", "$B$8:C$11"),
        ("SUM(别的!B5:B9)", "SUM(别的!B5:B9)"),
        ("SUM('我 的'!B5:B9)", "SUM('我 的'!B5:B11)"),
        ("LOG10(B6)", "LOG10(B8)"),
        ("ABC123X", "ABC123X"),
    ],
)
def test_formulas_look_where_the_cells_are_now(text: str, after: str) -> None:
    assert moved(text, 5, 2, "我 的") == after


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "打不开"),
        (b"PK\x03\x04 broken", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
        (b"x" * (MOST_BYTES + 1), "MB"),
    ],
)
def test_what_is_no_template_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UserError) as refused:
        names_in(content)
    assert said in refused.value.sentence


def test_macros_are_refused_with_a_sentence(template: bytes) -> None:
    import zipfile

    memory = io.BytesIO(template)
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(UserError) as refused:
        names_in(memory.getvalue())
    assert "宏" in refused.value.sentence


def test_a_list_that_was_exported_is_a_template_without_names() -> None:
    memory = io.BytesIO()
    write_book(memory, SheetPage(title="空", columns=()), [])
    assert names_in(memory.getvalue()).all == ()
