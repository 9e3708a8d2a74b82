"""Opening a file: the kinds that are read, and what each bad one gets to hear."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from time import perf_counter

import pytest
import xlsxwriter
import xlwt

from desktop_app.core.errors import UserError
from desktop_app.sheets import parts
from desktop_app.sheets.reader import MOST_ROWS, Range, open_book
from desktop_app.sheets.spec import Cell
from tests.sheets import gallery
from tests.sheets.gallery import old_workbook, with_part, with_rows, workbook

_ROWS: list[list[Cell]] = [["姓名", "电话"], ["张三", "13800001234"]]
_TEXT_CELL = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'


def _refusal(path: Path, index: int = 0) -> UserError:
    with pytest.raises(UserError) as caught:
        open_book(path).rows(index)
    return caught.value


def _says(problem: UserError, *words: str) -> None:
    assert "没有导入任何内容" in problem.sentence
    assert problem.next_step
    for word in words:
        assert word in problem.words


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".csv", ".dat", ""])
def test_a_file_is_known_by_its_content_whatever_its_ending(tmp_path: Path, ending: str) -> None:
    makers: list[Callable[[Path], Path]] = [
        lambda path: workbook(path, _ROWS),
        lambda path: old_workbook(path, _ROWS),
        lambda path: _written(path, "姓名,电话\r\n张三,13800001234\r\n".encode("gb18030")),
    ]
    for place, make in enumerate(makers):
        made = make(tmp_path / f"made{place}.xlsx")
        path = made.rename(tmp_path / f"来访{place}{ending}")
        assert open_book(path).rows(0) == _ROWS


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [[], [], ["", "姓名"], [], ["", "张三", "", ""], [], [" "]]
    )
    assert open_book(path).rows(0) == [[], [], ["", "姓名"], [], ["", "张三"]]


def test_numbers_days_times_and_ticks_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_number(0, 0, 3)
    sheet.write_datetime(0, 1, date(2024, 3, 5), book.add_format({"num_format": "yyyy/m/d"}))
    sheet.write_datetime(0, 2, time(9, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_boolean(0, 3, True)
    sheet.write_number(0, 4, 45356)
    book.close()
    assert open_book(path).rows(0) == [[3, date(2024, 3, 5), time(9, 30), True, 45356]]


def test_days_of_a_workbook_that_counts_from_1904_are_the_days_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet().write_datetime(0, 0, date(2024, 3, 5), day)
    book.close()
    assert open_book(path).rows(0) == [[date(2024, 3, 5)]]


def test_all_sheets_are_told_the_hidden_ones_as_hidden_and_charts_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("1月").write_string(1, 2, "张三")
    hidden = book.add_worksheet("旧表")
    hidden.write_string(0, 0, "李四")
    hidden.hide()
    book.add_chartsheet("图")
    book.add_worksheet("2月").write_string(0, 0, "王五")
    book.close()
    found = open_book(path)
    assert [(one.name, one.rows, one.columns, one.hidden) for one in found.sheets] == [
        ("1月", 2, 3, False),
        ("旧表", 1, 1, True),
        ("2月", 1, 1, False),
    ]
    assert found.rows(2) == [["王五"]]


def test_merged_cells_are_told_by_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 3, "来访登记表")
    sheet.merge_range(2, 1, 4, 1, "张三")
    book.close()
    assert open_book(path).merged(0) == (Range(0, 0, 0, 3), Range(2, 1, 4, 1))
    old = xlwt.Workbook()
    old.add_sheet("来访").write_merge(2, 4, 1, 1, "张三")
    old.save(str(tmp_path / "b.xls"))
    assert open_book(tmp_path / "b.xls").merged(0) == (Range(2, 1, 4, 1),)


def test_formulas_give_what_was_last_counted_even_where_they_go_in_circles(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=B1", None, 42)
    sheet.write_formula("B1", "=A1", None, 42)
    sheet.write_formula("C1", '="张"&"三"', None, "张三")
    book.close()
    assert open_book(path).rows(0) == [[42, 42, "张三"]]


@pytest.mark.parametrize("shown", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_a_cell_with_an_error_is_not_taken_for_an_empty_one(tmp_path: Path, shown: str) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("空")
    sheet = book.add_worksheet("来访")
    sheet.write_string(0, 0, "姓名")
    sheet.write_formula(2, 1, "=C9", None, shown)
    sheet.write_string(2, 2, "张三")
    book.close()
    assert open_book(path).rows(1) == [["姓名"], [], ["", shown, "张三"]]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (0x00, "#NULL!"),
        (0x07, "#DIV/0!"),
        (0x0F, "#VALUE!"),
        (0x17, "#REF!"),
        (0x1D, "#NAME?"),
        (0x24, "#NUM!"),
        (0x2A, "#N/A"),
    ],
)
def test_a_cell_with_an_error_in_an_old_workbook_is_not_taken_for_an_empty_one(
    tmp_path: Path, code: int, shown: str
) -> None:
    """The codes are those of [MS-XLS] 2.5.10."""
    book = xlwt.Workbook()
    book.add_sheet("空")
    sheet = book.add_sheet("来访")
    sheet.write(0, 0, "姓名")
    sheet.row(2).set_cell_error(1, code)
    sheet.row(2).write(2, "张三")
    book.save(str(tmp_path / "a.xls"))
    assert open_book(tmp_path / "a.xls").rows(1) == [["姓名"], [], ["", shown, "张三"]]


def test_a_cell_of_32767_characters_arrives_whole(tmp_path: Path) -> None:
    long = "反映" * 16_383 + "。"
    assert open_book(workbook(tmp_path / "a.xlsx", [[long]])).rows(0) == [[long]]


def test_macros_are_told_and_not_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsm", _ROWS)
    assert not open_book(path).macros
    with_part(path, "xl/vbaProject.bin", lambda _empty: b"\xd0\xcf\x11\xe0macros")
    book = open_book(path)
    assert book.macros
    assert book.rows(0) == _ROWS


@pytest.mark.slow
def test_a_million_formatted_but_empty_rows_cost_next_to_nothing(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 1_048_577))
    path = with_rows(
        tmp_path / "a.xlsx", f'<row r="1">{_TEXT_CELL.format("A1", "姓名")}</row>{empty}'
    )
    started = perf_counter()
    book = open_book(path)
    assert (book.sheets[0].rows, book.rows(0)) == (1, [["姓名"]])
    assert perf_counter() - started < 20


def test_a_cell_in_the_last_corner_does_not_take_all_memory(tmp_path: Path) -> None:
    """calamine would ask for 549 GB and be ended by the system."""
    far = f'<row r="1">{_TEXT_CELL.format("A1", "姓名")}</row>'
    corner = f'<row r="1048576">{_TEXT_CELL.format("XFD1048576", "1")}</row>'
    _says(_refusal(with_rows(tmp_path / "a.xlsx", far + corner)), "300列")
    below = f'<row r="1048576">{_TEXT_CELL.format("B1048576", "1")}</row>'
    _says(_refusal(with_rows(tmp_path / "b.xlsx", far + below)), "删去")


def test_an_old_workbook_with_a_cell_far_to_the_right_does_not_take_all_memory(
    tmp_path: Path,
) -> None:
    """calamine would ask for 137 GB and be ended by the system."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("来访")
    sheet.write(0, 0, 1.5)
    sheet.write(65_535, 7, 1 / 3)
    book.save(str(tmp_path / "a.xls"))
    raw = (tmp_path / "a.xls").read_bytes()
    cell = struct.pack("<HHHH", 0x0203, 14, 65_535, 7)
    assert raw.count(cell) == 1
    far = raw.replace(cell, struct.pack("<HHHH", 0x0203, 14, 65_535, 65_535))
    _says(_refusal(_written(tmp_path / "b.xls", far)), "损坏")


def test_a_list_of_texts_that_lies_about_its_length_does_not_take_all_memory(
    tmp_path: Path,
) -> None:
    """calamine would ask for 103 GB and be ended by the system."""
    path = workbook(tmp_path / "a.xlsx", _ROWS)
    lie = b'uniqueCount="4294967295"'
    with_part(path, "xl/sharedStrings.xml", lambda xml: re.sub(rb'uniqueCount="\d+"', lie, xml))
    _says(_refusal(path), "损坏")


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="inlineStr" r="XFD1048576"><is><t>1</t></is></c>',
        "<x:c r='XFD1048576' t='n'><x:v>1</x:v></x:c>",
        '<c t="n"><v>1</v></c>' * 400,
        '<c r="A1048576"><v>1</v></c><c><v>2</v></c><c r="AAA1048576"><v><![CDATA[1]]></v></c>',
    ],
    ids=["the address last", "a prefix", "no addresses", "mixed"],
)
def test_far_cells_are_found_however_they_are_written(tmp_path: Path, cell: str) -> None:
    path = with_rows(tmp_path / "a.xlsx", f'<row r="1048576">{cell}</row>')
    with pytest.raises(UserError):
        parts.check(path.read_bytes(), 10_000_000, 300)


def test_more_than_300_columns_are_refused_with_what_to_do(tmp_path: Path) -> None:
    _says(_refusal(workbook(tmp_path / "a.xlsx", [["列"] * 301])), "300列", "删去")
    assert len(open_book(workbook(tmp_path / "b.xlsx", [["列"] * 300])).rows(0)[0]) == 300
    _says(_refusal(_written(tmp_path / "c.csv", ("列," * 301 + "\n").encode())), "300列")


def test_more_rows_than_can_be_taken_in_are_refused_with_what_to_do(tmp_path: Path) -> None:
    text = "姓名\n" + "张三\n" * (MOST_ROWS + 1)
    _says(_refusal(_written(tmp_path / "a.csv", text.encode())), "200,000行", "分成几个文件")


@pytest.mark.parametrize("streams", [("EncryptedPackage", "EncryptionInfo")])
def test_a_workbook_with_a_password_is_told(tmp_path: Path, streams: tuple[str, ...]) -> None:
    _says(_refusal(_written(tmp_path / "a.xlsx", gallery.ole(*streams))), "打开密码", "取消密码")


def test_an_old_workbook_with_a_password_is_told(tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "a.xls", _ROWS)
    raw = path.read_bytes()
    # FILEPASS (0x2F) after the first record of the globals, in the place of INTERFACEHDR (0xE1).
    start = raw.index(struct.pack("<HH", 0x809, 16))
    place = start + 4 + 16
    assert raw[place : place + 2] == b"\xe1\x00"
    path.write_bytes(raw[:place] + b"\x2f\x00" + raw[place + 2 :])
    _says(_refusal(path), "打开密码")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_told_to_be_damaged(tmp_path: Path, share: float) -> None:
    for path in (workbook(tmp_path / "a.xlsx", _ROWS), old_workbook(tmp_path / "b.xls", _ROWS)):
        raw = path.read_bytes()
        path.write_bytes(raw[: int(len(raw) * share)])
        if path.suffix == ".xls" and share > 0.9:
            continue  # What is cut off there is padding.
        _says(_refusal(path), "损坏", "重新复制")


def test_a_workbook_with_a_bit_turned_over_is_told_to_be_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", _ROWS)
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    raw = bytearray(path.read_bytes())
    raw[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x10
    path.write_bytes(raw)
    _says(_refusal(path), "损坏")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (b"MZ\x90\0\x03\0", "程序"),
        (b"Rar!\x1a\x07\0", "压缩包"),
        (gallery.ole("WordDocument"), "Word"),
        (gallery.ole("PowerPoint Document"), "演示文稿"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:microsoft:office:spreadsheet">', "XML"),
        (b"\0\x01\x02\x03abc", "认不出"),
        (b"", "空的"),
        (b"\r\n\r\n  ", "空的"),
        (b"\0" * 4096, "空的"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_called_what_it_is(tmp_path: Path, content: bytes, word: str) -> None:
    for name in ("来访.xls", "来访.xlsx", "来访.csv"):
        _says(_refusal(_written(tmp_path / name, content)), word)


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "演示文稿"),
        ("照片/1.jpg", "压缩包"),
        ("xl/workbook.bin", "xlsb"),
    ],
)
def test_another_kind_of_zip_is_called_what_it_is(tmp_path: Path, part: str, word: str) -> None:
    path = tmp_path / "来访.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"x")
    _says(_refusal(path), word)


def test_a_folder_a_lock_file_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    _says(_refusal(tmp_path), "文件夹")
    _says(_refusal(tmp_path / "没有.xlsx"), "找不到")
    _says(_refusal(_written(tmp_path / "~$来访.xlsx", b"\x06admin")), "~$")


class _HeldByExcel(type(Path())):  # type: ignore[misc]
    """A path as Windows answers for it while another program holds the file for itself."""

    def read_bytes(self) -> bytes:
        raise PermissionError(13, "The process cannot access the file")


def test_a_file_that_is_open_in_excel_is_said_to_be_open(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", _ROWS)
    _says(_refusal(_HeldByExcel(path)), "WPS 或 Excel 里开着", "关闭")


def test_a_workbook_without_a_single_cell_is_told(tmp_path: Path) -> None:
    _says(_refusal(workbook(tmp_path / "a.xlsx", [])), "没有内容")


@pytest.mark.slow
def test_a_zip_bomb_is_refused_by_what_its_directory_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", _ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        block = b"\0" * (64 << 20)
        for number in range(5):
            archive.writestr(f"xl/more{number}.xml", block)
    assert path.stat().st_size < 1 << 20
    _says(_refusal(path), "300MB", "来历")


def test_a_zip_bomb_that_lies_about_its_size_is_refused_while_it_is_inflated(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path / "a.xlsx", _ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b"\0" * (8 << 20))
    raw = path.read_bytes()
    told, lie = struct.pack("<I", 8 << 20), struct.pack("<I", 100)
    assert raw.count(told) == 2
    path.write_bytes(raw.replace(told, lie))
    _says(_refusal(path), "损坏")


def test_sentences_never_tell_what_a_file_is_called_or_holds(tmp_path: Path) -> None:
    secret = "张三13800001234"
    files = [
        _written(tmp_path / f"{secret}.xlsx", b"%PDF" + secret.encode()),
        _written(tmp_path / f"{secret}.csv", secret.encode("utf-16-le")),
        tmp_path / f"{secret}没有.xlsx",
    ]
    for path in files:
        assert "张三" not in _refusal(path).words
