"""志愿服务 through the command line, from signing in to a certificate that is checked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome
from tests.ledgers.service.builders import entitle, volunteer

pytestmark = pytest.mark.sqlite_only

SERVICE = {
    "志愿者": "张秀兰", "活动（项目）名称": "夜间平安巡逻", "开始时间": "2026-11-20 19:00",
    "结束时间": "2026-11-20 21:00", "服务对象": "陈阿婆", "好事实事": "是",
}  # fmt: skip


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


@pytest.fixture
def somebody(station_home: StationHome) -> str:
    """A volunteer of the home, and a body that may certify."""
    with station_home.session() as session:
        who = volunteer(session.desk)
        entitle(session.desk)
    return who.hex


def test_a_service_is_entered_found_put_right_confirmed_and_certified(
    commands: Commands, somebody: str
) -> None:
    uid = commands.uid("service", **SERVICE)
    commands.ask("set", "service", uid, "-", stdin={"结束时间": "2026-11-20 20:30"})
    act(commands, "service", uid, "confirm")
    act(commands, "service", uid, "mark-uploaded")
    act(commands, "service", uid, "评价", 评价="满意")
    (row,) = commands.ask("list", "service", "--status", "已确认", "--search", "zxl")["rows"]
    shown = commands.ask("show", "service", uid)

    assert (row["minutes"], row["volunteer_name"], row["state"]) == (90, "张*兰", "confirmed")
    assert row["started_at"] == "2026-11-20T19:00:00+08:00"
    assert shown["record"]["recipients"] == "***"
    assert shown["record"]["volunteer_name"] == "张*兰"

    asked = commands.uid(
        "certificates", 志愿者=somebody, 起始日期="2026-01-01", 截止日期="2026-11-20"
    )
    for step in ("verify", "issue"):
        act(commands, "certificates", asked, step)
    (line,) = commands.ask("list", "certificates", "--status", "有效")["rows"]
    assert (line["minutes"], line["issuer"]) == (90, "荷塘里社区居民委员会")
    wrong = commands.run(
        "act", "certificates", asked, "check-code", "-", stdin={"核对码": "0" * 12}
    )
    assert wrong.status == 3
    assert "核对码不对" in wrong.err
    told = commands.run("act", "service", uid, "return", "-", stdin={"原因": "核对"})
    assert "已写进证明" in told.err


def test_somebody_signs_in_and_out_and_a_forgotten_end_is_made_good(
    commands: Commands, somebody: str
) -> None:
    begun = {"volunteer": somebody, "title": "社区清洁", "sign_in": True}
    uid = commands.uid("service", **begun)
    assert commands.run("add", "service", "-", stdin=begun).status == 3
    (row,) = commands.ask("list", "service", "--status", "服务中")["rows"]
    assert (row["uid"], row["minutes"]) == (uid, None)
    both = commands.run("add", "service", "-", stdin={**SERVICE, "sign_in": True})
    assert "不能同时写起止时间" in both.err
    late = commands.run(
        "act", "service", uid, "finish", "-", stdin={"结束时间": "2099-01-01 10:00"}
    )
    assert "结束时间还没有到" in late.err
    act(commands, "service", uid, "void", 原因="记错了")
    assert commands.ask("list", "service", "--status", "未确认")["rows"] == []
    assert commands.run("list", "service", "--status", "不认识").status == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"结束时间": "2026-11-20 18:00"}, "不晚于开始时间"),
        ({"结束时间": "2026-11-21 20:00"}, "超过24小时"),
        ({"志愿者": "查无此人"}, "没有找到这位志愿者"),
        ({"志愿队伍": "没有的队"}, "没有找到这支队伍"),
        ({"服务时长（分钟）": 600}, "由程序填写"),
        ({"活动": "QR01-A2026A-00001"}, "没有找到这场活动"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(
    commands: Commands, somebody: str, change: dict[str, Any], said: str
) -> None:
    told = commands.run("add", "service", "-", stdin={**SERVICE, **change})
    assert told.status == 3
    assert said in told.err
    assert commands.ask("list", "service")["rows"] == []


def test_a_summary_tells_people_times_and_hours(commands: Commands, somebody: str) -> None:
    act(commands, "service", commands.uid("service", **SERVICE), "confirm")
    told = commands.run("summary", "--period", "2026-11", "--json").out
    assert "service.times" in told
    assert "service.hours" in told
