"""共建单位 as a sheet."""

from __future__ import annotations

from datetime import date

from desktop_app.core.identity import credit_check_character
from desktop_app.registers.partners.rules import Contact, UnitKind
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    change,
    known,
    like,
    stored,
    take_in,
    take_one,
)

CREDIT_CODE = "91350800M000100Y4" + credit_check_character("91350800M000100Y4")


def test_a_unit_is_known_by_its_credit_code_and_like_one_of_its_name(desk: Desk) -> None:
    take_in(
        desk, "places", {"名称": "金色家园", "类别": "小区"}, {"名称": "幸福里", "类别": "小区"}
    )

    unit = take_one(
        desk,
        "partners",
        单位名称="市第一医院",
        统一社会信用代码=CREDIT_CODE,
        单位性质="医疗机构",
        联络员="林强",
        联络员电话="0597-2212345",
        其他联系人="陈明 科长 13800001234；赵敏",
        愿意服务的小区="金色家园、幸福里",
        起始日期="2024-01-01",
    )

    assert (unit.unit_kind, unit.since) == (UnitKind.HOSPITAL, date(2024, 1, 1))
    assert unit.contacts == (Contact("陈明", "科长", "13800001234"), Contact("赵敏"))
    assert len(unit.compounds) == 2
    assert known(desk, "partners", "credit_code", unit.credit_code) == {unit.credit_code: unit.uid}
    ((hit,),) = like(desk, "partners", {"单位名称": "市第一医院"})
    assert hit.uid == unit.uid


def test_a_unit_s_areas_can_be_changed_by_a_sheet(desk: Desk) -> None:
    take_in(
        desk, "places", {"名称": "金色家园", "类别": "小区"}, {"名称": "幸福里", "类别": "小区"}
    )
    unit = take_one(desk, "partners", 单位名称="市第一医院", 愿意服务的小区="金色家园")

    change(
        desk,
        "partners",
        unit.uid,
        {"单位名称": "市第一医院", "愿意服务的小区": "金色家园、幸福里"},
    )

    assert len(stored(desk, "partners", unit.uid).compounds) == 2
