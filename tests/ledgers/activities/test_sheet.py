"""活动台账 and signing sheets of other years: what a row becomes."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import ActivityState, Fund, Group
from desktop_app.storage.session import Desk
from tests.registers.residents.people import opened
from tests.sheets.taking import (
    change,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    written,
)


def test_a_row_of_the_activities_ledger_tells_plan_record_and_numbers(desk: Desk) -> None:
    made = take_one(
        desk,
        "activities",
        活动名称="重阳节慰问",
        活动类别="志愿服务",
        活动日期="2025.10.9",
        地点="活动室",
        党员人数=5,
        志愿者人数="10人",
        参加总人数=40,
        活动内容="慰问老人",
        经费金额="300元",
        经费来源="社区",
        共建单位="市第一医院、实验小学",
        记录人="周敏",
    )

    with desk.reading(needs=Right.READ) as connection:
        counts = activities.head_counts(connection, [made])[made.uid]
    assert (made.day, made.state) == (date(2025, 10, 9), ActivityState.TO_RECORD)
    assert (made.summary, made.recorder) == ("慰问老人", "周敏")
    assert made.funds == (Fund("社区", 300_00),)
    assert made.partners == ("市第一医院", "实验小学")
    assert counts.people[Group.PUBLIC] == 25
    assert counts.present == 40
    assert made.remark == "原台账没有写：结束时间；原台账没有写：开始时间"


def test_an_activity_keeps_the_times_that_are_told(desk: Desk) -> None:
    made = take_one(
        desk,
        "activities",
        活动名称="义诊",
        开始时间="2025-10-09 14:00",
        结束时间="2025-10-09 16:30",
        地点="广场",
    )

    (row,) = written(desk, "activities", made)
    assert row["结束时间"].isoformat() == "2025-10-09T16:30:00"
    assert made.remark == ""


def test_an_activity_of_that_day_and_name_is_alike(desk: Desk) -> None:
    made = take_one(desk, "activities", 活动名称="义诊", 活动日期="2025-10-09", 地点="广场")

    same, other = like(
        desk,
        "activities",
        {"活动名称": "义诊", "活动日期": "2025-10-09"},
        {"活动名称": "义诊", "活动日期": "2025-10-10"},
    )

    assert ([one.uid for one in same], other) == ([made.uid], ())


def test_a_known_activity_takes_more_of_its_record_and_no_other_numbers(desk: Desk) -> None:
    row = {"活动名称": "义诊", "活动日期": "2025-10-09", "地点": "广场", "参加人数": 30}
    made = take_one(desk, "activities", **row)

    change(desk, "activities", made.uid, {**row, "活动成效": "量血压30人"})
    with pytest.raises(UserError, match="参加人数"):
        change(desk, "activities", made.uid, {**row, "参加人数": 31})

    assert stored(desk, "activities", made.uid).outcome == "量血压30人"


def test_a_signing_sheet_names_its_activity_and_links_files(desk: Desk) -> None:
    file = opened(desk, "林小燕", "13800001234")
    activity = take_one(
        desk,
        "activities",
        活动名称="义诊",
        开始时间="2025-10-09 14:00",
        结束时间="2025-10-09 16:30",
        地点="广场",
    )

    mine, other = take_in(
        desk,
        "attendance",
        {"活动": "义诊", "姓名": "林小燕", "电话": "13800001234", "签到": "14:05", "身份": "居民"},
        {"活动": activity.number, "姓名": "王强", "身份": "中共党员"},
    )

    assert (mine.resident, mine.group, other.group) == (file.uid, Group.PUBLIC, Group.PARTY)
    (row, _) = written(desk, "attendance", mine, other)
    assert (row["活动编号"], row["签到时间"]) == (activity.number, "14:05")
    ((hit,),) = like(desk, "attendance", {"活动": "义诊", "姓名": "王强"})
    assert hit.uid == other.uid
    with pytest.raises(UserError, match="已经有人签到"):
        take_back(desk, "activities", activity)
