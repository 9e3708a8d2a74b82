"""Service records of old rosters."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.ledgers.service.rules.service_record import Source as HoursSource
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    like,
    take_in,
    take_one,
)

LIN = {"姓名": "林小燕", "性别": "女", "出生日期": "1980-03-05", "联系电话": "13800001234"}
WANG = {"姓名": "王强", "性别": "男", "出生日期": "1975-03-05", "联系电话": "13800002345"}


def test_a_service_is_told_with_times_or_only_with_hours(desk: Desk) -> None:
    take_in(
        desk, "volunteers", {**LIN, "注册日期": "2020-01-01"}, {**WANG, "注册日期": "2020-01-01"}
    )
    told = {"姓名": "林小燕", "志愿服务项目": "夜巡", "服务日期": "2026-11-02"}

    timed, over, only_hours = take_in(
        desk,
        "service",
        {**told, "起止时间": "9:00-11:30"},
        {**told, "开始时间": "22:00", "结束时间": "1:00"},
        {**told, "姓名": "王强", "服务时长": "2小时"},
    )

    assert (timed.minutes, over.minutes, only_hours.minutes) == (150, 180, 120)
    assert {one.source for one in (timed, over, only_hours)} == {HoursSource.IMPORTED}
    assert timed.state is ServiceState.TO_CONFIRM
    assert only_hours.remark == "原台账没有写：起止时间"


def test_a_service_at_the_same_time_as_another_is_told(desk: Desk) -> None:
    take_one(desk, "volunteers", **{**LIN, "注册日期": "2020-01-01"})
    told = {"姓名": "林小燕", "志愿服务项目": "夜巡", "服务日期": "2026-11-02"}
    made = take_one(desk, "service", **told, 起止时间="9:00-11:00")

    clash, free = like(
        desk,
        "service",
        {**told, "起止时间": "10:00-12:00"},
        {**told, "起止时间": "11:00-12:00"},
    )

    assert ([one.uid for one in clash], free) == ([made.uid], ())


def test_a_service_without_any_length_is_refused(desk: Desk) -> None:
    take_one(desk, "volunteers", **LIN)

    with pytest.raises((UserError, InvalidInput), match="时长"):
        take_one(desk, "service", 姓名="林小燕", 志愿服务项目="夜巡", 服务日期="2026-11-02")
