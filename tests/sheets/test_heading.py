"""The row that heads the columns: below titles, over two rows, with the year in the title."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from desktop_app.sheets.heading import Heading, find_heading, heading_at, year_in
from desktop_app.sheets.headings import CONCEPTS, KNOWN, normal
from desktop_app.sheets.mapping import pattern_of
from desktop_app.sheets.reader import Range, open_book
from desktop_app.sheets.spec import Cell

_Rows = list[list[Cell]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("出生日期（年-月-日）", "出生日期"),
        ("*姓 名", "姓名"),
        ("姓　　名", "姓名"),
        ("联系\n电话", "联系电话"),
        ("联系电话：", "联系电话"),
        ("ＮＡＭＥ", "name"),
        ("证件号码(必填)★", "证件号码"),
        ("1.姓名", "姓名"),
        ("三、事由", "事由"),
        ("是否党员[是/否]", "是否党员"),
        ("\ufeff姓名\u200b", "姓名"),
        ("（备注）", "备注"),
    ],
)
def test_headings_that_look_different_and_are_the_same(written: str, meant: str) -> None:
    assert normal(written) == normal(meant)


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        ("phone", "联系电话 电话 手机 手机号 联系方式 手机号码"),
        ("name", "姓名 来访人 来访人姓名 居民姓名"),
        ("id_number", "证件号码 身份证号 身份证 公民身份号码"),
        ("address", "住址 家庭住址 地址"),
        ("at", "来访时间 日期 登记时间"),
        ("summary", "事由 来访事由 反映问题"),
        ("result", "办理结果 处理结果 处理意见"),
        ("clerk", "接待人 经办人"),
    ],
)
def test_the_many_words_for_one_thing_are_one_concept(concept: str, words: str) -> None:
    assert set(words.split()) <= set(CONCEPTS[concept])


def test_a_running_number_is_no_number_of_a_record() -> None:
    assert normal("序号") in KNOWN
    assert not any("序号" in words for words in CONCEPTS.values())


def test_the_heading_is_found_below_titles_and_above_what_only_looks_like_one() -> None:
    rows: _Rows = [
        [],
        ["2023年度来访登记表"],
        ["填报单位：", "近邻社区", "", "联系电话：", "0597-2212345"],
        [],
        ["序号", "姓名", "电话", "事由"],
        [1, "张三", "13800001234", "党员 志愿者 群众"],
        [2, "李四", "13800001235", "小区"],
    ]
    assert find_heading(rows) == Heading(
        4, 4, ("序号", "姓名", "电话", "事由"), "2023年度来访登记表", 2023
    )


def test_a_heading_of_unknown_words_is_the_first_row_of_several_short_texts() -> None:
    rows: _Rows = [["甲乙丙台账"], ["宠物名", "毛色"], ["旺财", "黄"], ["小白", "白"]]
    assert find_heading(rows).labels == ("宠物名", "毛色")


def test_a_sheet_without_rows_has_an_empty_heading() -> None:
    assert find_heading([]) == Heading(0, 0, ())


def test_two_rows_head_the_columns_where_groups_are_merged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range("A1:F1", "2024年志愿者名册")
    sheet.merge_range("A2:A3", "序号")
    sheet.merge_range("B2:C2", "基本信息")
    sheet.merge_range("D2:E2", "监护人")
    sheet.merge_range("F2:F3", "备注")
    sheet.write_row("B3", ["姓名", "性别", "姓名", "电话"])
    sheet.write_row("A4", [1, "张三", "男", "张大", "13800001234", "无"])
    book.close()
    found = open_book(path)
    heading = find_heading(found.rows(0), found.merged(0))
    assert (heading.first, heading.last, heading.year) == (1, 2, 2024)
    assert heading.labels == ("序号", "姓名", "性别", "监护人姓名", "监护人电话", "备注")


def test_groups_are_understood_where_nothing_else_is_merged() -> None:
    rows: _Rows = [
        ["活动名称", "参加人数", "", "", "地点"],
        ["", "党员", "志愿者", "群众", ""],
        ["义诊", 3, 4, 50, "广场"],
    ]
    heading = find_heading(rows, [Range(0, 1, 0, 3)])
    assert (heading.first, heading.last) == (0, 1)
    assert heading.labels == ("活动名称", "参加人数党员", "参加人数志愿者", "参加人数群众", "地点")


def test_a_merged_first_data_row_does_not_become_a_heading() -> None:
    rows: _Rows = [["姓名", "电话"], ["张三", "13800001234"], ["", "13800001235"]]
    heading = find_heading(rows, [Range(1, 0, 2, 0)])
    assert (heading.first, heading.last, heading.labels) == (0, 0, ("姓名", "电话"))


def test_cells_merged_far_beyond_the_table_do_no_harm() -> None:
    rows: _Rows = [["姓名", "电话"], ["张三", "13800001234"]]
    for far in (Range(0, 0, 1_048_575, 16_383), Range(0, 1, 9, 5), Range(5, 0, 1_048_575, 9)):
        assert find_heading(rows, [far]).labels[:1] == ("姓名",)


def test_a_heading_that_was_chosen_by_hand_is_taken() -> None:
    rows: _Rows = [["姓名", "电话"], ["2022年名册"], ["名", "号"], ["张三", "1"]]
    assert heading_at(rows, [], 2) == Heading(2, 2, ("名", "号"), "2022年名册", 2022)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023年度来访登记表", 2023),
        ("２０２３来访登记", 2023),
        ("来访登记(2023.1-2023.12)", 2023),
        ("二〇二三年来访登记表", 2023),
        ("二○二三年度", 2023),
        ("23年来访", 2023),
        ("来访20231231", 2023),
        ("2022-2023年度来访", None),
        ("来访登记表", None),
        ("13800002023", None),
        ("第2023号", 2023),
        ("1月", None),
    ],
)
def test_the_year_of_a_title_is_the_only_one_it_names(text: str, year: int | None) -> None:
    assert year_in(text) == year


def test_a_heading_is_remembered_by_its_words_not_by_how_they_are_spaced() -> None:
    def pattern(*labels: str) -> str:
        return pattern_of(Heading(3, 3, labels, "表", 2020))

    assert pattern("姓名", "联系 电话", "", "") == pattern("姓 名*", "联系电话（手机）")
    assert pattern("姓名", "电话") != pattern("电话", "姓名")
    assert pattern("姓名", "", "电话") != pattern("姓名", "电话")
    assert len(pattern("姓名")) == 32
