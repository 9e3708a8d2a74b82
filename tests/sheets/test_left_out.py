"""Rows that are no records: sums, signatures, headings that come again, empty ones."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.sheets.left_out import Left
from desktop_app.sheets.spec import Cell
from tests.sheets.visit_rows import HEAD, TITLE, read, row_of


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "合 计",
        "小计",
        "总计",
        "共计",
        "合计：",
        "本页小计",
        "本月合计",
        "共计12人",
        "合计人数",
    ],
)
def test_sums_are_left_out_and_counted(word: str) -> None:
    left = Left()
    sums: list[list[Cell]] = [[word, "", 5], ["", "", word, "", "", "", "", "", 5]]
    for row in sums:
        assert len(read(row_of(at="3.5", name="张三"), row, left=left)) == 1
    assert (left.sums, left.total) == (2, 2)
    assert left.words == "合计2行"


@pytest.mark.parametrize(
    "row",
    [
        ["制表人：张三", "", "", "审核人：李四"],
        ["填表人:", "", "审核人:", "", "填表日期:2023年12月"],
        ["制表人", "张三", "", "审核人", "李四"],
        ["单位负责人（签字）：", "", "", "（盖章）"],
        ["", "", "审核人：", "", "日期："],
        ["填报日期：2023年12月31日"],
        ["注：本表一式两份。"],
        ["备注：电话须本人同意后登记"],
    ],
    ids=str,
)
def test_signatures_and_notes_below_a_table_are_left_out_and_counted(row: list[Cell]) -> None:
    left = Left()
    assert len(read(row_of(at="3.5", name="张三"), row, left=left)) == 1
    assert (left.signatures, left.total) == (1, 1)


def test_headings_and_titles_that_come_again_on_each_page_are_left_out_and_counted() -> None:
    left = Left()
    data = row_of(at="3.5", name="张三")
    rows = read(data, TITLE, HEAD, data, [*HEAD[:3], "性 别", *HEAD[4:]], left=left)
    assert [row.number for row in rows] == [3, 6]
    assert (left.headings, left.total) == (3, 3)


def test_empty_rows_and_rows_with_only_a_running_number_are_left_out_and_counted() -> None:
    left = Left()
    rows = read(row_of(at="3.5", name="张三"), [], ["", " ", "　"], [2], ["3", ""], left=left)
    assert len(rows) == 1
    assert (left.empty, left.total) == (4, 4)


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "合计", "at": "3.5"},
        {"name": "共志远", "at": "3.5"},
        {"name": "负责", "at": "3.5"},
        {"at": "3.5", "name": "张三", "summary": "合计金额不对"},
        {"at": "3.5", "name": "张三", "result": "制表人：李四"},
        {"at": "3.5", "name": "张三", "summary": "小计"},
    ],
    ids=str,
)
def test_records_that_only_look_like_sums_are_kept(cells: dict[str, Any]) -> None:
    assert len(read(row_of(**cells))) == 1
