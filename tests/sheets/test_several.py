"""Several people in one cell: told from one, refused, divided, kept together."""

from __future__ import annotations

import pytest

from desktop_app.sheets.several import names_in
from desktop_app.sheets.spec import Several
from tests.sheets.visit_rows import read, row_of, sentences_of, values_of


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
    (row,) = read(row_of(at="3.5", name="张三、李四"))
    assert sentences_of(row) == [("姓名", "这一格里有几个人。")]
    assert "name" not in row.values


def test_several_people_become_a_row_each_with_what_is_theirs() -> None:
    rows = read(
        row_of(
            at="3.5",
            name="张三、李四",
            gender="男、女",
            age="70、68",
            phone="13800001234/13900001234",
            address="华莲小区",
            summary="路灯、电梯",
        ),
        row_of(at="3.6", name="王五"),
        several=Several.SPLIT,
    )
    assert [(row.number, row.part) for row in rows] == [(3, 1), (3, 2), (4, 0)]
    assert values_of(rows, "name") == ["张三", "李四", "王五"]
    assert values_of(rows, "gender") == ["1", "2", None]
    assert values_of(rows, "birth_year") == [1953, 1955, None]
    assert values_of(rows, "phone") == ["13800001234", "13900001234", None]
    assert values_of(rows, "address") == ["华莲小区", "华莲小区", None]
    assert values_of(rows, "summary") == ["路灯、电梯", "路灯、电梯", None]
    assert [row.cells[2] for row in rows] == ["张三", "李四", "王五"]
    assert [row.cells[5] for row in rows[:2]] == ["13800001234", "13900001234"]


def test_one_value_is_shared_by_several_people_but_never_an_identity_number() -> None:
    rows = read(
        row_of(at="3.5", name="张三 李四", phone=13800001234.0, id="110101199003070732"),
        several=Several.SPLIT,
    )
    assert [row.values["phone"] for row in rows] == ["13800001234"] * 2
    assert [sentences_of(row)[0][0] for row in rows] == ["身份证号"] * 2


def test_parts_that_are_not_as_many_as_the_names_are_a_problem() -> None:
    rows = read(
        row_of(at="3.5", name="张三、李四、王五", phone="13800001234、13900001234"),
        several=Several.SPLIT,
    )
    assert len(rows) == 3
    assert all("对不上" in sentences_of(row)[0][1] for row in rows)


def test_several_people_of_one_visit_stay_one_row() -> None:
    (row,) = read(
        row_of(at="3.5", name="张三、李四、王五", phone="13800001234"), several=Several.TOGETHER
    )
    assert not row.problems
    assert (row.values["name"], row.values["others"]) == ("张三", ["李四", "王五"])
    assert row.values["phone"] == "13800001234"
    assert row.cells[2] == "张三、李四、王五"


def test_one_name_and_others_without_names_is_a_problem() -> None:
    for name in ("张三等5人", "张三等", "张三等三户"):
        (row,) = read(row_of(at="3.5", name=name), several=Several.TOGETHER)
        assert "等几人" in sentences_of(row)[0][1]


def test_dittos_and_merged_cells_work_in_rows_of_several_people() -> None:
    rows = read(
        row_of(at="3.5", name="赵六", summary="问路"),
        row_of(at="〃", name="张三、李四", summary="同上"),
        several=Several.SPLIT,
    )
    assert values_of(rows, "at") == ["2023-03-05"] * 3
    assert values_of(rows, "summary") == ["问路"] * 3
