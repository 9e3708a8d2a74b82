"""Tables in plain text: how they are encoded, and what stands between their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.errors import UserError
from desktop_app.sheets.reader import open_book
from desktop_app.sheets.text_file import decoded, rows_of, separator_of

_WANTED = [["姓名", "电话"], ["张三", "13800001234"], ["邱䶮", "0597-2212345"]]


def _read(path: Path, content: bytes) -> list[list[object]]:
    path.write_bytes(content)
    return [list(row) for row in open_book(path).rows(0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "、", "|"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_a_text_is_read_in_each_encoding_with_each_separator(
    tmp_path: Path, encoding: str, separator: str, ends: str
) -> None:
    text = ends.join(separator.join(row) for row in _WANTED) + ends
    assert _read(tmp_path / "a.txt", text.encode(encoding)) == _WANTED


def test_one_name_in_gbk_under_its_heading_is_never_taken_for_utf_8(tmp_path: Path) -> None:
    for name in ("张三", "李四", "王小明", "欧阳修", "陈晨"):
        assert _read(tmp_path / "a.csv", f"姓名\r\n{name}\r\n".encode("gbk")) == [["姓名"], [name]]


def test_text_in_neither_encoding_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError) as caught:
        decoded("姓名".encode() + b"\xff\xff" + "姓名".encode("gbk"))
    assert "GB18030" in caught.value.sentence
    assert "没有导入任何内容" in caught.value.sentence


def test_line_ends_and_separators_within_quotes_belong_to_the_cell() -> None:
    text = '姓名,事由\n张三,"反映路灯不亮，\n又说""很黑"",要修"\n'
    assert rows_of(text, 10, 10) == [["姓名", "事由"], ["张三", '反映路灯不亮，\n又说"很黑",要修']]


def test_cells_of_a_text_stay_texts_so_that_no_digit_is_lost(tmp_path: Path) -> None:
    read = _read(tmp_path / "a.csv", "证件号码,门牌\n350802199001010010,0501\n".encode())
    assert read[1] == ["350802199001010010", "0501"]


def test_commas_in_long_texts_do_not_outvote_the_tabs_between_cells() -> None:
    text = "姓名\t事由\n" + "张三\t反映楼道灯不亮,电梯也坏,请修\n" * 3
    assert separator_of(text) == "\t"


def test_the_line_that_tells_excel_the_separator_is_no_row() -> None:
    assert rows_of("sep=;\n姓名;电话\n张三;1\n", 10, 10) == [["姓名", "电话"], ["张三", "1"]]


def test_one_column_of_names_is_one_column() -> None:
    assert rows_of("姓名\n张三\n李四\n", 10, 10) == [["姓名"], ["张三"], ["李四"]]
