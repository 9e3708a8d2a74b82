"""From rows to records: what is left out, what repeats, who shares a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.core.codec import Plain
from desktop_app.sheets.heading import find_heading
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.reader import Range
from desktop_app.sheets.rows import SheetRow, read_rows
from desktop_app.sheets.several import names_in
from desktop_app.sheets.spec import Cell, CellKind, Column, Several
from desktop_app.sheets.values import Context
from tests.sheets.gallery import TODAY, VISIT_COLUMNS, column

_HEAD: list[Cell] = [
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
_TITLE: list[Cell] = ["2023年度来访登记表"]


def _row(**cells: Cell) -> list[Cell]:
    names = {"no": 0, "at": 1, "name": 2, "gender": 3, "age": 4, "phone": 5, "id": 6, "address": 7}
    names |= {"people": 8, "summary": 9, "result": 10}
    row: list[Cell] = [""] * len(_HEAD)
    for name, cell in cells.items():
        row[names[name]] = cell
    while row and row[-1] == "":
        row.pop()
    return row


def _read(
    *data: list[Cell],
    merged: Sequence[Range] = (),
    several: Several = Several.REFUSE,
    left: Left | None = None,
    columns: tuple[Column, ...] = VISIT_COLUMNS,
    year: int | None = 2023,
) -> list[SheetRow]:
    """The records of a sheet whose data begin in the row that Excel calls 3."""
    rows = [_TITLE, _HEAD, *data]
    heading = find_heading(rows, merged)
    assert (heading.first, heading.last) == (1, 1)
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


def _values(rows: list[SheetRow], name: str) -> list[Plain]:
    assert not [problem for row in rows for problem in row.problems]
    return [row.values.get(name) for row in rows]


def _sentences(row: SheetRow) -> list[tuple[str, str]]:
    return [(one.label, one.problem.sentence) for one in row.problems]


def test_a_row_tells_its_number_its_cells_and_its_values() -> None:
    cells = _row(no=1, at="3.5", name="张  三", phone=13800001234.0)
    (row,) = _read([], cells)
    assert row == SheetRow(
        4, 0, tuple(cells), {"at": "2023-03-05", "name": "张三", "phone": "13800001234"}
    )


def test_a_wrong_cell_is_told_with_its_place_its_heading_and_its_text() -> None:
    (row,) = _read(_row(at="3.5", name="张三", id=350802199001010010))
    (problem,) = row.problems
    assert (problem.column, problem.label) == (6, "身份证号")
    assert problem.original == "350802199001010010"
    assert "改坏了" in problem.problem.sentence
    assert row.values == {"at": "2023-03-05", "name": "张三"}


def test_a_cell_with_an_error_is_a_problem_of_that_cell() -> None:
    (row,) = _read(_row(at="3.5", name="张三", summary="#REF!"))
    assert [(one.label, one.original) for one in row.problems] == [("事由", "#REF!")]


def test_what_must_be_there_and_is_not_is_a_problem_with_or_without_its_column() -> None:
    columns = (
        *(replace(one, required=one.name == "name") for one in VISIT_COLUMNS),
        column("source", CellKind.LINE, "来源", required=True),
    )
    (row,) = _read(_row(at="3.5", summary="问路"), columns=columns)
    assert [(one.column, one.label, one.original) for one in row.problems] == [
        (2, "姓名", ""),
        (None, "来源", ""),
    ]


def test_a_required_cell_that_is_wrong_is_told_once() -> None:
    columns = tuple(replace(one, required=one.name == "at") for one in VISIT_COLUMNS)
    (row,) = _read(_row(at="春节", name="张三"), columns=columns)
    assert [one.label for one in row.problems] == ["日期"]


def test_dittos_say_what_stands_above_however_they_are_written() -> None:
    first = _row(at="3.5", name="张三", summary="路灯不亮", result="已报修")
    for ditto in ("〃", "同上", "″", '"', "同", "—〃—", " 〃 ", "〃〃"):
        rows = _read(
            first,
            _row(at=ditto, name="李四", summary=ditto, result=ditto),
            _row(at=ditto, name="王五", summary=ditto),
        )
        assert _values(rows, "at") == ["2023-03-05"] * 3
        assert _values(rows, "summary") == ["路灯不亮"] * 3
        assert _values(rows, "result") == ["已报修", "已报修", None]
        assert rows[1].cells[9] == "路灯不亮"


def test_a_ditto_looks_past_rows_that_are_no_records() -> None:
    rows = _read(_row(at="3.5", name="张三"), [], ["小计", "", 1], _row(at="同上", name="李四"))
    assert _values(rows, "at") == ["2023-03-05", "2023-03-05"]


def test_a_ditto_with_nothing_above_is_a_problem() -> None:
    (row,) = _read(_row(at="3.5", name="张三", result="〃"))
    assert [(one.label, one.original) for one in row.problems] == [("处理结果", "〃")]
    rows = _read(_row(at="3.5", name="张三"), _row(at="3.6", name="李四", result="〃"))
    assert [one.label for one in rows[1].problems] == ["处理结果"]


def test_a_cell_merged_downwards_holds_for_every_row_it_covers() -> None:
    rows = _read(
        _row(no=1, at="3.5", name="张三", summary="路灯不亮"),
        _row(no=2, name="李四"),
        _row(no=3, name="王五"),
        _row(no=4, at="3.6", name="赵六", summary="问路"),
        merged=[Range(0, 0, 0, 10), Range(2, 1, 4, 1), Range(2, 9, 4, 9)],
    )
    assert _values(rows, "at") == ["2023-03-05"] * 3 + ["2023-03-06"]
    assert _values(rows, "summary") == ["路灯不亮"] * 3 + ["问路"]
    assert rows[2].cells[1] == "3.5"


def test_a_record_that_is_merged_over_two_rows_in_every_column_is_one() -> None:
    left = Left()
    rows = _read(
        _row(no=1, at="3.5", name="张三"),
        [],
        _row(no=2, at="3.6", name="李四"),
        merged=[Range(2, 0, 3, 0), Range(2, 1, 3, 1), Range(2, 2, 3, 2)],
        left=left,
    )
    assert _values(rows, "name") == ["张三", "李四"]
    assert left.empty == 1


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
        assert len(_read(_row(at="3.5", name="张三"), row, left=left)) == 1
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
    assert len(_read(_row(at="3.5", name="张三"), row, left=left)) == 1
    assert (left.signatures, left.total) == (1, 1)


def test_headings_and_titles_that_come_again_on_each_page_are_left_out_and_counted() -> None:
    left = Left()
    data = _row(at="3.5", name="张三")
    rows = _read(data, _TITLE, _HEAD, data, [*_HEAD[:3], "性 别", *_HEAD[4:]], left=left)
    assert [row.number for row in rows] == [3, 6]
    assert (left.headings, left.total) == (3, 3)


def test_empty_rows_and_rows_with_only_a_running_number_are_left_out_and_counted() -> None:
    left = Left()
    rows = _read(_row(at="3.5", name="张三"), [], ["", " ", "　"], [2], ["3", ""], left=left)
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
    assert len(_read(_row(**cells))) == 1


def test_an_age_is_a_year_of_birth_by_the_day_of_the_row() -> None:
    rows = _read(
        _row(at="2021.3.5", name="张三", age=70),
        _row(at="3.5", name="李四", age="70岁"),
        _row(name="王五", age=70),
    )
    assert _values(rows, "birth_year") == [1951, 1953, 1953]
    (row,) = _read(_row(name="张三", age=70), year=None)
    assert [one.label for one in row.problems] == ["年龄"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三、李四", ["张三", "李四"]),
        ("张三，李四,王五", ["张三", "李四", "王五"]),
        ("张三/李四", ["张三", "李四"]),
        ("张三；李四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]),
        ("张三\n李四", ["张三", "李四"]),
        ("张三和李四", ["张三", "李四"]),
        ("欧阳修、司马光", ["欧阳修", "司马光"]),
        ("买买提·阿不都、张三", ["买买提·阿不都", "张三"]),
        ("张三", ["张三"]),
        ("张 三", ["张 三"]),
        ("欧阳 修", ["欧阳 修"]),
        ("司马 相如", ["司马 相如"]),
        ("李和平", ["李和平"]),
        ("和珅", ["和珅"]),
        ("买买提·阿不都", ["买买提·阿不都"]),
        ("买买提 阿不都", ["买买提 阿不都"]),
        ("John Smith", ["John Smith"]),
        ("张三（李四之妻）", ["张三（李四之妻）"]),
    ],
)
def test_several_names_are_told_from_one(cell: str, names: list[str]) -> None:
    assert names_in(cell) == names


def test_several_people_in_one_cell_are_refused_where_a_row_is_one_person() -> None:
    (row,) = _read(_row(at="3.5", name="张三、李四"))
    assert _sentences(row) == [("姓名", "这一格里有几个人。")]
    assert "name" not in row.values


def test_several_people_become_a_row_each_with_what_is_theirs() -> None:
    rows = _read(
        _row(
            at="3.5",
            name="张三、李四",
            gender="男、女",
            age="70、68",
            phone="13800001234/13900001234",
            address="华莲小区",
            summary="路灯、电梯",
        ),
        _row(at="3.6", name="王五"),
        several=Several.SPLIT,
    )
    assert [(row.number, row.part) for row in rows] == [(3, 1), (3, 2), (4, 0)]
    assert _values(rows, "name") == ["张三", "李四", "王五"]
    assert _values(rows, "gender") == ["1", "2", None]
    assert _values(rows, "birth_year") == [1953, 1955, None]
    assert _values(rows, "phone") == ["13800001234", "13900001234", None]
    assert _values(rows, "address") == ["华莲小区", "华莲小区", None]
    assert _values(rows, "summary") == ["路灯、电梯", "路灯、电梯", None]
    assert [row.cells[2] for row in rows] == ["张三", "李四", "王五"]
    assert [row.cells[5] for row in rows[:2]] == ["13800001234", "13900001234"]


def test_one_value_is_shared_by_several_people_but_never_an_identity_number() -> None:
    rows = _read(
        _row(at="3.5", name="张三 李四", phone=13800001234.0, id="110101199003070732"),
        several=Several.SPLIT,
    )
    assert [row.values["phone"] for row in rows] == ["13800001234"] * 2
    assert [_sentences(row)[0][0] for row in rows] == ["身份证号"] * 2


def test_parts_that_are_not_as_many_as_the_names_are_a_problem() -> None:
    rows = _read(
        _row(at="3.5", name="张三、李四、王五", phone="13800001234、13900001234"),
        several=Several.SPLIT,
    )
    assert len(rows) == 3
    assert all("对不上" in _sentences(row)[0][1] for row in rows)


def test_several_people_of_one_visit_stay_one_row() -> None:
    (row,) = _read(
        _row(at="3.5", name="张三、李四、王五", phone="13800001234"), several=Several.TOGETHER
    )
    assert not row.problems
    assert (row.values["name"], row.values["others"]) == ("张三", ["李四", "王五"])
    assert row.values["phone"] == "13800001234"
    assert row.cells[2] == "张三、李四、王五"


def test_one_name_and_others_without_names_is_a_problem() -> None:
    for name in ("张三等5人", "张三等", "张三等三户"):
        (row,) = _read(_row(at="3.5", name=name), several=Several.TOGETHER)
        assert "等几人" in _sentences(row)[0][1]


def test_dittos_and_merged_cells_work_in_rows_of_several_people() -> None:
    rows = _read(
        _row(at="3.5", name="赵六", summary="问路"),
        _row(at="〃", name="张三、李四", summary="同上"),
        several=Several.SPLIT,
    )
    assert _values(rows, "at") == ["2023-03-05"] * 3
    assert _values(rows, "summary") == ["问路"] * 3


def test_lists_of_two_rows_are_not_the_same_list() -> None:
    columns = (column("name", CellKind.NAME, "姓名"), column("phone", CellKind.PHONES, "电话"))
    rows = _read(
        _row(name="张三", phone="13800001234"),
        _row(name="李四", phone="13800001234"),
        columns=columns,
    )
    rows[0].values["phone"].append("x")
    assert rows[1].values["phone"] == [{"number": "13800001234"}]


def test_true_one_and_one_point_nought_are_not_confused() -> None:
    rows = _read(
        _row(at="3.5", name="张三", people=1),
        _row(at="3.5", name="张三", people=True),
        _row(at="3.5", name="张三", people=1.0),
    )
    assert [bool(row.problems) for row in rows] == [False, True, False]


def test_days_and_texts_of_one_column_are_read_each_in_its_way() -> None:
    rows = _read(
        _row(at=date(2023, 3, 5), name="张三"),
        _row(at=44990, name="李四"),
        _row(at="2023年3月5日", name="王五"),
        _row(at="3月5日", name="赵六"),
    )
    assert _values(rows, "at") == ["2023-03-05"] * 3 + ["2023-03-05"]


def test_a_problem_never_repeats_what_the_cell_holds() -> None:
    secret = "15987654321098张三"
    (row,) = _read(
        _row(
            at=secret,
            name="张三",
            gender=secret,
            age=secret,
            phone=secret,
            id=secret,
            people=secret,
        )
    )
    assert len(row.problems) == 6
    for one in row.problems:
        assert one.original == secret
        assert "15987" not in one.problem.words


def test_rows_shorter_than_the_heading_are_rows() -> None:
    (row,) = _read(["", "3.5", "张三"])
    assert row.values == {"at": "2023-03-05", "name": "张三"}
