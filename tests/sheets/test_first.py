"""From a file to values: the way of a plain ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.sheets.heading import find_heading
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.reader import open_book
from desktop_app.sheets.rows import read_rows
from desktop_app.sheets.spec import Cell
from desktop_app.sheets.values import Context
from tests.sheets.gallery import TODAY, VISIT_COLUMNS, old_workbook, workbook

_ROWS: list[list[Cell]] = [
    ["2023年度来访登记表"],
    ["序号", "日期", "姓名", "电话", "来访事由", "处理结果", "接待人"],
    [1, "3.5", "张  三", 13800138000, "反映楼道灯不亮", "已报修", "李工"],
    [2, date(2023, 3, 6), "王五", "138 0013 8001", "咨询社保", "〃", "同上"],
    ["合计", None, 2],
]


def test_a_plain_ledger_becomes_values(tmp_path: Path) -> None:
    for path in (
        workbook(tmp_path / "a.xlsx", _ROWS),
        old_workbook(tmp_path / "b.xls", _ROWS),
    ):
        book = open_book(path)
        rows = book.rows(0)
        heading = find_heading(rows, book.merged(0))
        mapping = guess(heading, VISIT_COLUMNS, rows)
        left = Left()
        read = list(
            read_rows(
                rows, heading, mapping, VISIT_COLUMNS, Context(TODAY, heading.year), left=left
            )
        )
        assert (heading.first, heading.year, left.sums) == (1, 2023, 1)
        assert [row.number for row in read] == [3, 4]
        assert not any(row.problems for row in read)
        assert read[0].values == {
            "at": "2023-03-05",
            "name": "张三",
            "phone": "13800138000",
            "summary": "反映楼道灯不亮",
            "result": "已报修",
            "clerk": "李工",
        }
        assert read[1].values["result"] == "已报修"
        assert read[1].values["at"] == "2023-03-06"
