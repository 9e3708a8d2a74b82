"""Sheets of the smaller registers: places, matters, working days, partners."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import UserError
from desktop_app.core.handling import Handling
from desktop_app.core.identity import credit_check_character
from desktop_app.registers.matters.rules import Material, MaterialForm
from desktop_app.registers.partners.rules import Contact, UnitKind
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    all_of,
    change,
    known,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    written,
)

COMPOUNDS = ({"名称": "金色家园", "类别": "小区"}, {"名称": "幸福里", "类别": "小区"})
CREDIT_CODE = "91350800M000100Y4" + credit_check_character("91350800M000100Y4")


def test_places_of_one_sheet_may_lie_below_each_other(desk: Desk) -> None:
    street, community, compound = take_in(
        desk,
        "places",
        {"名称": "东城街道", "类别": "街道", "编码": "350802001"},
        {"名称": "青榕社区", "类别": "社区", "上级": "东城街道"},
        {"名称": "金色家园", "类别": "小区", "上级": "青榕社区"},
    )

    assert (community.parent, compound.parent) == (street.uid, community.uid)
    (row,) = written(desk, "places", compound)
    assert row["全称"] == "东城街道/青榕社区/金色家园"
    assert known(desk, "places", "path", row["全称"]) == {row["全称"]: compound.uid}
    assert known(desk, "places", "code", "350802001") == {"350802001": street.uid}


def test_a_building_is_found_by_what_it_lies_in(desk: Desk) -> None:
    take_in(
        desk,
        "places",
        {"名称": "金色家园", "类别": "小区"},
        {"名称": "幸福里", "类别": "小区"},
        {"名称": "3栋", "类别": "楼栋", "上级": "金色家园"},
        {"名称": "3栋", "类别": "楼栋", "上级": "幸福里"},
        {"名称": "2单元", "类别": "单元", "上级": "幸福里/3栋"},
    )

    unit = next(one for one in all_of(desk, "places") if one.name == "2单元")
    assert stored(desk, "places", stored(desk, "places", unit.parent).parent).name == "幸福里"


def test_a_place_is_renamed_in_the_program_only(desk: Desk) -> None:
    place = take_one(desk, "places", 名称="金色家园", 类别="小区")

    with pytest.raises(UserError, match="名称"):
        change(desk, "places", place.uid, {"名称": "金色花园", "类别": "小区"})
    change(desk, "places", place.uid, {"名称": "金色家园", "类别": "小区", "备注": "南区"})

    assert stored(desk, "places", place.uid).remark == "南区"
    ((hit,),) = like(desk, "places", {"名称": "金色家园", "类别": "小区"})
    assert hit.uid == place.uid


def test_a_place_is_not_taken_back_from_under_others(desk: Desk) -> None:
    above, below = take_in(
        desk,
        "places",
        {"名称": "金色家园", "类别": "小区"},
        {"名称": "3栋", "类别": "楼栋", "上级": "金色家园"},
    )

    with pytest.raises(UserError, match="下面已有"):
        take_back(desk, "places", above)
    take_back(desk, "places", below)
    take_back(desk, "places", above)

    assert stored(desk, "places", above.uid).deleted


def test_two_places_are_linked_by_their_names(desk: Desk) -> None:
    station, compound = take_in(
        desk,
        "places",
        {"名称": "青榕站", "类别": "站点"},
        {"名称": "金色家园", "类别": "小区"},
    )

    link = take_one(desk, "place_links", 地点="青榕站", 关联地点="金色家园")

    assert {link.place, link.other} == {station.uid, compound.uid}
    ((hit,),) = like(desk, "place_links", {"地点": "金色家园", "关联地点": "青榕站"})
    assert hit.uid == link.uid


def test_materials_of_a_matter_stand_in_one_cell(desk: Desk) -> None:
    text = "身份证（原件，2份）\n户口簿\n申请表（盖章）"

    told = {"事项名称": "临时救助", "业务类别": "民政救助", "办理方式": "承诺", "承诺时限": 5}

    matter = take_one(desk, "matters", **told, 所需材料=text)

    assert matter.materials == (
        Material("身份证", MaterialForm.ORIGINAL, 2),
        Material("户口簿"),
        Material("申请表（盖章）"),
    )
    assert matter.handling is Handling.TIMED
    (row,) = written(desk, "matters", matter)
    assert row["材料"] == text
    assert known(desk, "matters", "code", matter.code) == {matter.code: matter.uid}
    ((hit,),) = like(desk, "matters", told)
    assert hit.uid == matter.uid


def test_a_day_of_rest_or_work_is_told_in_words(desk: Desk) -> None:
    rest, work = take_in(
        desk,
        "working_days",
        {"日期": "2026-10-01", "上班或休息": "放假", "事由": "国庆节"},
        {"日期": "2026-10-10", "上班或休息": "补班"},
    )

    assert (rest.is_workday, rest.reason, work.is_workday) == (False, "国庆节", True)
    assert known(desk, "working_days", "day", "2026-10-01") == {"2026-10-01": rest.uid}
    change(desk, "working_days", rest.uid, {"日期": "2026-10-01", "上班或休息": "上班"})
    assert stored(desk, "working_days", rest.uid).is_workday


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
