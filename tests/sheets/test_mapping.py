"""Which column of a file is which column of a ledger."""

from __future__ import annotations

import pytest

from desktop_app.sheets.heading import Heading, find_heading
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.spec import Cell, CellKind, Column
from tests.sheets.gallery import VISIT_COLUMNS, column

_ID = "110101199003070732"


def _guess(
    labels: str, columns: tuple[Column, ...] = VISIT_COLUMNS, *samples: list[Cell]
) -> dict[str, str]:
    """The names of columns for the headings of the file."""
    words = tuple("" if label == "_" else label for label in labels.split())
    rows: list[list[Cell]] = [list(words), *samples]
    found = guess(Heading(0, 0, words), columns, rows)
    return {words[place] or f"#{place}": name for place, name in found.items()}


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (
            "编号 来访时间 来访人姓名 性别 年龄 联系方式 住址 事由 接待人 处理意见与结果 备注",
            "来访时间=at 来访人姓名=name 性别=gender 年龄=birth_year 联系方式=phone 住址=address "
            "事由=summary 接待人=clerk 处理意见与结果=result 备注=remark",
        ),
        (
            "序号 日期 居民姓名 身份证号 手机 家庭住址 反映问题 处理结果 经办人",
            "日期=at 居民姓名=name 身份证号=id_number 手机=phone 家庭住址=address "
            "反映问题=summary 处理结果=result 经办人=clerk",
        ),
        (
            "登记时间 姓名 来访人数 电话 地址 来访事由 办理情况 首问责任人",
            "登记时间=at 姓名=name 来访人数=people 电话=phone 地址=address "
            "来访事由=summary 办理情况=result 首问责任人=clerk",
        ),
    ],
)
def test_the_headings_of_real_visit_ledgers_are_understood(labels: str, wanted: str) -> None:
    assert _guess(labels) == dict(pair.split("=") for pair in wanted.split())


def test_the_own_label_wins_then_words_of_the_ledger_then_the_table() -> None:
    columns = (
        column("phone", CellKind.PHONE, "联系电话"),
        Column(name="other", label="单位电话", words=("电话",)),
    )
    assert _guess("电话", columns) == {"电话": "other"}
    assert _guess("联系电话 电话 手机", columns) == {"联系电话": "phone", "电话": "other"}


def test_no_column_is_taken_twice_and_the_better_word_gets_it() -> None:
    assert _guess("手机 联系电话 电话") == {"联系电话": "phone"}


def test_a_running_number_is_left_alone() -> None:
    columns = (column("number", CellKind.CODE, "编号"),)
    assert _guess("序号", columns) == {}
    assert _guess("序号 编号", columns) == {"编号": "number"}


def test_what_nobody_understands_stays_unmapped() -> None:
    assert _guess("星座 姓名 血型") == {"姓名": "name"}


def test_a_telephone_of_somebody_else_is_not_the_telephone_of_the_person() -> None:
    assert _guess("紧急联系人电话 姓名", VISIT_COLUMNS, ["13800001234", "张三"]) == {"姓名": "name"}
    assert _guess("妻子手机 姓名", VISIT_COLUMNS, ["13800001234", "张三"]) == {"姓名": "name"}


def test_two_telephones_of_two_people_go_to_two_columns() -> None:
    columns = (
        column("name", CellKind.NAME, "姓名"),
        column("phone", CellKind.PHONE, "联系电话"),
        column("guardian_name", CellKind.NAME, "监护人姓名"),
        column("guardian_phone", CellKind.PHONE, "监护人电话"),
    )
    assert _guess("姓名 监护人姓名 监护人电话 电话", columns) == {
        "姓名": "name",
        "监护人姓名": "guardian_name",
        "监护人电话": "guardian_phone",
        "电话": "phone",
    }


def test_a_heading_with_words_around_or_with_a_slip_is_near_enough() -> None:
    assert _guess("来访居民姓名 本人联系电话 办理结呆")["来访居民姓名"] == "name"
    assert _guess("本人联系电话")["本人联系电话"] == "phone"
    assert _guess("身份证号玛") == {"身份证号玛": "id_number"}


def test_a_column_without_a_heading_speaks_for_itself() -> None:
    samples: list[list[Cell]] = [[_ID, "138 0000 1234", "张三"], [_ID, 13800001235.0, "李四"]]
    assert _guess("_ _ 姓名", VISIT_COLUMNS, *samples) == {
        "#0": "id_number",
        "#1": "phone",
        "姓名": "name",
    }


def test_what_is_only_written_is_never_mapped() -> None:
    assert _guess("状态", (Column(name="state", label="状态", read=False),)) == {}


def test_columns_of_a_group_are_mapped_by_both_words() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "监护人", ""],
        ["", "姓名", "电话"],
        ["张三", "张大", "13800001234"],
    ]
    from desktop_app.sheets.reader import Range

    heading = find_heading(rows, [Range(0, 1, 0, 2), Range(0, 0, 1, 0)])
    columns = (
        column("name", CellKind.NAME, "姓名"),
        column("guardian_name", CellKind.NAME, "监护人姓名"),
        column("guardian_phone", CellKind.PHONE, "监护人电话"),
    )
    assert guess(heading, columns, rows) == {0: "name", 1: "guardian_name", 2: "guardian_phone"}
