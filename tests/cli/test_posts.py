"""Posts, claims and shifts through the command line: from an empty post to who came."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome
from tests.ledgers.posts.builders import volunteer

pytestmark = pytest.mark.sqlite_only

PATROL = {
    "岗位名称": "夜间巡逻", "岗位类别": "平安巡逻", "名额": 1, "地点": "荷塘社区",
    "值班时间": {"星期": "周一、周二", "开始": "晚上7点", "结束": "21:00"}, "备注": "带手电",
}  # fmt: skip
GUIDING = {"岗位名称": "文明劝导", "名额": 2}
ONE, OTHER = "QR01-V2026A-00001", "QR01-V2026A-00002"


@pytest.fixture
def people(station_home: StationHome) -> None:
    """Two volunteers of the station."""
    with station_home.session() as session:
        for name in ("陈志明", "李慧敏"):
            volunteer(session.desk, name)


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


@pytest.mark.usefixtures("people")
def test_a_post_is_claimed_manned_and_closed(commands: Commands) -> None:
    post = commands.uid("posts", **PATROL)
    claim = commands.uid("claims", 岗位="夜间巡逻", 志愿者=ONE)
    full = commands.run("add", "claims", "-", stdin={"岗位": "夜间巡逻", "志愿者": OTHER})
    assert full.status == 3
    assert "名额1人" in full.err
    waits = commands.uid("claims", 岗位="QR01-P2026A-00001", 志愿者=OTHER, 候补="是")
    act(commands, "claims", claim, "同意上岗")
    shown = commands.ask("show", "claims", claim)
    assert (shown["record"]["state"], shown["record"]["name"]) == ("on", "陈*明")
    act(commands, "claims", claim, "end", 原因="搬离本社区")
    act(commands, "claims", waits, "approve")
    (line,) = commands.ask("list", "claims", "--status", "在岗")["rows"]
    assert (line["post_name"], line["volunteer_number"]) == ("夜间巡逻", OTHER)
    commands.ask("set", "posts", post, "-", stdin={"名额": 2, "地点": "荷塘社区东门"})
    (line,) = commands.ask("list", "posts", "--status", "缺人")["rows"]
    assert (line["quota"], line["taken"], line["when"]) == (2, 1, "周一、周二 19:00–21:00")
    assert commands.ask("show", "posts", post)["record"]["remark"] == "***"
    act(commands, "posts", post, "close", 原因="小区改造")
    assert commands.ask("show", "claims", waits)["record"]["state"] == "ended"
    act(commands, "posts", post, "reopen")


@pytest.mark.usefixtures("people")
def test_a_shift_is_planned_moved_and_done(commands: Commands) -> None:
    for told in (PATROL, GUIDING):
        commands.uid("posts", **told)
    shift = commands.uid("shifts", 岗位="夜间巡逻", 志愿者=ONE, 值班日期="今天")
    there = {
        "岗位": "文明劝导", "志愿者": ONE, "日期": "2026-11-23", "开始": "20:00", "结束": "22:00",
    }  # fmt: skip
    clash = commands.run("add", "shifts", "-", stdin=there)
    assert clash.status == 3
    assert "夜间巡逻" in clash.err
    other = commands.uid("shifts", **there, 冲突时仍排班的原因="两处相邻")
    act(commands, "shifts", other, "move", 志愿者=OTHER, 说明="换人")
    told = commands.ask("show", "shifts", other)["record"]
    assert (told["override_reason"], told["name"], told["ends_at"][11:16]) == ("", "李*敏", "22:00")
    act(commands, "shifts", shift, "到岗")
    act(commands, "shifts", other, "cancel", 原因="下雨")
    rows = commands.ask("list", "shifts", "--from", "2026-11-23", "--to", "2026-11-23")["rows"]
    assert {row["state"] for row in rows} == {"done", "cancelled"}


def test_what_a_file_may_not_say_is_told(commands: Commands) -> None:
    told = {**PATROL, "状态": "已停用", "值班时间": {"星期": "周八", "开始": "25:00"}}
    wrong = commands.run("add", "posts", "-", "--json", stdin=told)
    assert wrong.problems == {1: {"状态", "pattern"}}
    lost = commands.run("add", "claims", "-", "--json", stdin={"岗位": "不存在", "志愿者": "V1"})
    assert lost.problems == {1: {"post", "volunteer"}}
    assert commands.run("list", "claims", "--search", "陈").status == 3
    assert commands.run("list", "shifts", "--status", "别的").status == 3
