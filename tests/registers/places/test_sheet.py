"""Places and their links as sheets."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import UserError
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
