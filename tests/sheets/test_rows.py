"""From rows to records: problems, dittos, merged cells, ages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sheets.left_out import Left
from desktop_app.sheets.reader import Range
from desktop_app.sheets.rows import SheetRow
from desktop_app.sheets.spec import Cell, CellKind, Several
from tests.sheets.gallery import VISIT_COLUMNS, column
from tests.sheets.visit_rows import read, row_of, values_of


def test_a_row_tells_its_number_its_cells_and_its_values() -> None:
    cells = row_of(no=1, at="3.5", name="张  三", phone=13800001234.0)
    (row,) = read([], cells)
    assert row == SheetRow(
        4, 0, tuple(cells), {"at": "2023-03-05", "name": "张三", "phone": "13800001234"}
    )


def test_a_wrong_cell_is_told_with_its_place_its_heading_and_its_text() -> None:
    (row,) = read(row_of(at="3.5", name="张三", id=350802199001010010))
    (problem,) = row.problems
    assert (problem.column, problem.label) == (6, "身份证号")
    assert problem.original == "350802199001010010"
    assert "改坏了" in problem.problem.sentence
    assert row.values == {"at": "2023-03-05", "name": "张三"}


def test_a_cell_with_an_error_is_a_problem_of_that_cell() -> None:
    (row,) = read(row_of(at="3.5", name="张三", summary="#REF!"))
    assert [(one.label, one.original) for one in row.problems] == [("事由", "#REF!")]


def test_what_must_be_there_and_is_not_is_a_problem_with_or_without_its_column() -> None:
    columns = (
        *(replace(one, required=one.name == "name") for one in VISIT_COLUMNS),
        column("source", CellKind.LINE, "来源", required=True),
    )
    (row,) = read(row_of(at="3.5", summary="问路"), columns=columns)
    assert [(one.column, one.label, one.original) for one in row.problems] == [
        (2, "姓名", ""),
        (None, "来源", ""),
    ]


def test_a_required_cell_that_is_wrong_is_told_once() -> None:
    columns = tuple(replace(one, required=one.name == "at") for one in VISIT_COLUMNS)
    (row,) = read(row_of(at="春节", name="张三"), columns=columns)
    assert [one.label for one in row.problems] == ["日期"]


def test_dittos_say_what_stands_above_however_they_are_written() -> None:
    first = row_of(at="3.5", name="张三", summary="路灯不亮", result="已报修")
    for ditto in ("〃", "同上", "″", '"', "同", "—〃—", " 〃 ", "〃〃"):
        rows = read(
            first,
            row_of(at=ditto, name="李四", summary=ditto, result=ditto),
            row_of(at=ditto, name="王五", summary=ditto),
        )
        assert values_of(rows, "at") == ["2023-03-05"] * 3
        assert values_of(rows, "summary") == ["路灯不亮"] * 3
        assert values_of(rows, "result") == ["已报修", "已报修", None]
        assert rows[1].cells[9] == "路灯不亮"


def test_a_ditto_looks_past_rows_that_are_no_records() -> None:
    rows = read(row_of(at="3.5", name="张三"), [], ["小计", "", 1], row_of(at="同上", name="李四"))
    assert values_of(rows, "at") == ["2023-03-05", "2023-03-05"]


def test_a_ditto_with_nothing_above_is_a_problem() -> None:
    (row,) = read(row_of(at="3.5", name="张三", result="〃"))
    assert [(one.label, one.original) for one in row.problems] == [("处理结果", "〃")]
    rows = read(row_of(at="3.5", name="张三"), row_of(at="3.6", name="李四", result="〃"))
    assert [one.label for one in rows[1].problems] == ["处理结果"]


def test_a_cell_merged_downwards_holds_for_every_row_it_covers() -> None:
    rows = read(
        row_of(no=1, at="3.5", name="张三", summary="路灯不亮"),
        row_of(no=2, name="李四"),
        row_of(no=3, name="王五"),
        row_of(no=4, at="3.6", name="赵六", summary="问路"),
        merged=[Range(0, 0, 0, 10), Range(2, 1, 4, 1), Range(2, 9, 4, 9)],
    )
    assert values_of(rows, "at") == ["2023-03-05"] * 3 + ["2023-03-06"]
    assert values_of(rows, "summary") == ["路灯不亮"] * 3 + ["问路"]
    assert rows[2].cells[1] == "3.5"


def test_a_record_that_is_merged_over_two_rows_in_every_column_is_one() -> None:
    left = Left()
    rows = read(
        row_of(no=1, at="3.5", name="张三"),
        [],
        row_of(no=2, at="3.6", name="李四"),
        merged=[Range(2, 0, 3, 0), Range(2, 1, 3, 1), Range(2, 2, 3, 2)],
        left=left,
    )
    assert values_of(rows, "name") == ["张三", "李四"]
    assert left.empty == 1


def test_an_age_is_a_year_of_birth_by_the_day_of_the_row() -> None:
    rows = read(
        row_of(at="2021.3.5", name="张三", age=70),
        row_of(at="3.5", name="李四", age="70岁"),
        row_of(name="王五", age=70),
    )
    assert values_of(rows, "birth_year") == [1951, 1953, 1953]
    (row,) = read(row_of(name="张三", age=70), year=None)
    assert [one.label for one in row.problems] == ["年龄"]


def test_lists_of_two_rows_are_not_the_same_list() -> None:
    columns = (column("name", CellKind.NAME, "姓名"), column("phone", CellKind.PHONES, "电话"))
    rows = read(
        row_of(name="张三", phone="13800001234"),
        row_of(name="李四", phone="13800001234"),
        columns=columns,
    )
    rows[0].values["phone"].append("x")
    assert rows[1].values["phone"] == [{"number": "13800001234"}]


def test_true_one_and_one_point_nought_are_not_confused() -> None:
    rows = read(
        row_of(at="3.5", name="张三", people=1),
        row_of(at="3.5", name="张三", people=True),
        row_of(at="3.5", name="张三", people=1.0),
    )
    assert [bool(row.problems) for row in rows] == [False, True, False]


def test_days_and_texts_of_one_column_are_read_each_in_its_way() -> None:
    rows = read(
        row_of(at=date(2023, 3, 5), name="张三"),
        row_of(at=44990, name="李四"),
        row_of(at="2023年3月5日", name="王五"),
        row_of(at="3月5日", name="赵六"),
    )
    assert values_of(rows, "at") == ["2023-03-05"] * 3 + ["2023-03-05"]


def test_a_problem_never_repeats_what_the_cell_holds() -> None:
    secret = "15987654321098张三"
    (row,) = read(
        row_of(
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
    (row,) = read(["", "3.5", "张三"])
    assert row.values == {"at": "2023-03-05", "name": "张三"}


_ANY_CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "〃", "合计", "姓名", "张三、李四", "3.5", "制表人：", "#REF!", "2024.3.5-3.8"]
    ),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.dates(),
    st.times(),
)
_ANY_RANGE = st.tuples(*[st.integers(0, 12)] * 4).map(
    lambda four: Range(min(four[:2]), min(four[2:]), max(four[:2]), max(four[2:]))
)


@given(
    rows=st.lists(st.lists(_ANY_CELL, max_size=12), max_size=8),
    merged=st.lists(_ANY_RANGE, max_size=3),
    several=st.sampled_from(Several),
)
def test_whatever_a_sheet_holds_every_row_is_a_record_or_left_out(
    rows: list[list[Cell]], merged: list[Range], several: Several
) -> None:
    left = Left()
    found = read(*rows, merged=merged, several=several, left=left, checked=False)
    assert len({row.number for row in found}) + left.total == len(rows)
