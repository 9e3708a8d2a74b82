"""报到 of employed party members through the command line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only


def act(commands: Commands, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", "party", uid, action, "-", stdin=told)


def test_a_member_reports_promises_keeps_and_is_told_of(commands: Commands) -> None:
    commands.uid(
        "residents", 姓名="李慧敏", 联系电话=["13800005678"], 党员管理类别="在职党员",
        工作单位="栖溪供电所",
    )  # fmt: skip
    uid = commands.uid("party", 居民="李慧敏", 报到日期="2026-03-01", 单位联络员="赵敏")
    commands.ask("set", "party", uid, "-", stdin={"意向岗位": "夜间巡逻", "单位联络员": None})
    (missing,) = commands.ask("list", "party", "--status", "未反馈")["rows"]
    act(commands, uid, "亮身份", 亮身份方式="胸牌")
    act(commands, uid, "pledge", 承诺内容="每月巡逻一次", 期限="2026-12-31")
    pledge = commands.ask("show", "party", uid)["record"]["pledges"][0]["uid"]
    act(commands, uid, "do", pledge=pledge, 践诺内容="夜间巡逻")
    act(commands, uid, "keep", pledge=pledge)
    act(commands, uid, "rate", pledge=pledge, 评价="满意")
    act(commands, uid, "make-feedback", 季度="2026-Q3", 服务分钟=720, 服务次数=6)
    act(commands, uid, "send-feedback", 季度="2026-Q3", 单位回执="已阅")
    (row,) = commands.ask("list", "party", "--search", "lhm")["rows"]
    act(commands, uid, "leave", 原因="工作调动")
    shown = commands.ask("show", "party", uid)

    assert missing["uid"] == uid
    assert (row["name"], row["kept"], row["last_feedback"]) == ("李*敏", 1, "2026-Q3")
    assert shown["record"]["unit_liaison"] == ""
    assert "return" in shown["actions"]
    assert commands.ask("list", "party", "--status", "未反馈")["rows"] == []
    act(commands, uid, "return")


def test_a_promise_that_is_not_there_is_told(commands: Commands) -> None:
    commands.uid("residents", 姓名="李慧敏", 党员管理类别="在职党员", 工作单位="栖溪供电所")
    uid = commands.uid("party", 居民="李慧敏")
    for pledge in ("随便", uid):
        told = commands.run("act", "party", uid, "keep", "-", stdin={"pledge": pledge})
        assert told.status == 3
        assert "没有找到这条承诺" in told.err
    again = commands.run("add", "party", "-", stdin={"居民": "李慧敏"})
    assert (again.status, "QR01-B2026A-00001" in again.err) == (3, True)
