"""Posts, claims and shifts as sheets."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    like,
    take_one,
    written,
)

LIN = {"姓名": "林小燕", "性别": "女", "出生日期": "1980-03-05", "联系电话": "13800001234"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("周一至周五 19:00–21:00", "周一至周五 19:00–21:00"),
        ("每天8:00-12:00", "每天 8:00–12:00"),
        ("周六、周日 22:00~次日6:00", "周六、周日 22:00–次日6:00"),
        ("一到五 9:00至11:00", "周一至周五 9:00–11:00"),
    ],
)
def test_the_hours_of_a_post_are_read_as_people_write_them(
    desk: Desk, text: str, words: str
) -> None:
    post = take_one(desk, "posts", 岗位名称="夜巡", 岗位类别="巡逻员", 名额=4, 值班时间=text)

    assert post.pattern is not None
    assert post.pattern.words.replace(" 0", " ").replace("–0", "–").replace("日0", "日") == words


def test_hours_that_are_no_hours_stand_in_the_remark(desk: Desk) -> None:
    post = take_one(desk, "posts", 岗位名称="夜巡", 值班时间="看情况")

    assert (post.pattern, post.remark, post.quota) == (None, "值班时间：看情况", 1)


def test_who_is_on_duty_in_an_old_roster_is_on_duty(desk: Desk) -> None:
    post = take_one(
        desk, "posts", 岗位名称="夜巡", 名额=4, 起始日期="2025-01-01", 值班时间="每天19:00-21:00"
    )
    volunteer = take_one(desk, "volunteers", **LIN)

    claim = take_one(desk, "claims", 岗位="夜巡", 姓名="林小燕", 状态="在岗", 认领日期="2025-03-01")
    shift = take_one(
        desk, "shifts", 值班日期="2026-11-24", 岗位="夜巡", 志愿者编号=volunteer.number
    )

    assert (claim.state, claim.approved_on) == (ClaimState.ON, date(2025, 3, 1))
    assert shift.post == post.uid
    (row,) = written(desk, "shifts", shift)
    assert (row["开始时间"], row["结束时间"], row["姓名"]) == ("19:00", "21:00", "林小燕")
    ((hit,),) = like(desk, "shifts", {"值班日期": "2026-11-24", "岗位": "夜巡", "姓名": "林小燕"})
    assert hit.uid == shift.uid
