"""Activities and attendance through the command line, from the plan to the archive."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

PLAN = {
    "类别": "义诊", "活动名称": "健康入户 邻里同行", "开始时间": "2026-11-23 08:00",
    "结束时间": "2026-11-23 09:00", "地点": "青榕雅苑小区广场", "主办单位": "青榕社区党委",
    "共建单位": ["栖溪供电所党支部", "桥南律师事务所党支部"],
}  # fmt: skip


@pytest.fixture
def activity(commands: Commands) -> str:
    """An activity of this morning, 8 to 9; it is 9 now. Its uid."""
    return commands.uid("activities", **PLAN)


def shown(commands: Commands, activity: str) -> dict[str, Any]:
    found: dict[str, Any] = commands.ask("show", "activities", activity)
    return found


SHEET = [
    {"活动": "QR01-H2026A-00001", "姓名": "陈桂英", "身份": "党员", "签退时间": "2026-11-23 08:50"},
    {"活动": "QR01-H2026A-00001", "姓名": "李国强", "身份": "志愿者", "电话": "13800001234"},
    {"活动": "QR01-H2026A-00001", "姓名": "王秀英", "缺席原因": "住院"},
]
RECORD = {
    "活动内容": "量血压、讲解用药。",
    "议定事项": ["每月一次", {"事项": "联系医院", "时限": "2026-12-05"}],
    "经费": [{"来源": "社区", "金额（分）": 12050}],
}


def act(commands: Commands, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", "activities", uid, action, "-", stdin=told)


def test_an_activity_goes_from_the_plan_to_the_archive(commands: Commands, activity: str) -> None:
    added = commands.ask("add", "attendance", "-", stdin=SHEET)
    counted = act(commands, activity, "更正人数", 群众人数=12, 原因="围观未签到")
    act(commands, activity, "记录", **RECORD)
    refused = commands.run("act", "activities", activity, "submit")
    act(commands, activity, "submit", 说明="照片待洗")
    alone = commands.run("act", "activities", activity, "approve")
    done = act(commands, activity, "approve", outside="青榕社区 赵敏")

    assert (added["count"], counted["state"], done["state"]) == (3, "to_record", "archived")
    assert (refused.status, alone.status) == (3, 3)
    assert "照片有0张" in refused.err
    assert "由社区或街道审核" in alone.err
    told = shown(commands, activity)
    assert told["record"]["people"] == {"党员": 1, "志愿者": 1, "群众": 12, "共建单位": 0}
    assert told["record"]["expected_people"] == 3
    assert told["record"]["reviewer"] == "青榕社区 赵敏"
    assert [one["words"] for one in told["record"]["resolutions"]] == ["每月一次", "联系医院"]
    assert told["record"]["partners"] == PLAN["共建单位"]
    assert told["actions"] == ["reopen"]
    assert commands.run("act", "activities", activity, "record").status == 3


def test_at_the_door_and_off_again(commands: Commands) -> None:
    uid = commands.uid("activities", **{**PLAN, "结束时间": "2026-11-23 11:00"})

    began = commands.ask("act", "activities", uid, "签到", "-", stdin={"姓名": "陈桂英"})
    twice = commands.run("act", "activities", uid, "sign-in", "-", stdin={"姓名": "陈桂英"})
    (row,) = commands.ask("list", "attendance")["rows"]
    commands.ask("act", "attendance", row["uid"], "签退")
    again = commands.run("act", "attendance", row["uid"], "sign-out")
    set_right = commands.ask(
        "set", "attendance", row["uid"], "-",
        stdin={"身份": "志愿者", "签到时间": "2026-11-23 08:10"},
    )  # fmt: skip

    assert (began["state"], twice.status, again.status) == ("running", 3, 3)
    assert (row["name"], row["number"], row["group"]) == ("陈*英", "QR01-H2026A-00001", "public")
    assert set_right["revision"] == 3
    told = commands.ask("show", "attendance", row["uid"], "--reveal", "姓名")
    assert told["record"]["arrived_at"] == "2026-11-23T08:10:00+08:00"
    assert told["record"]["group"] == "volunteer"
    assert told["revealed"] == {"name": "陈桂英"}
    assert told["actions"] == ["remove"]
    commands.ask("act", "attendance", row["uid"], "remove")
    assert commands.ask("list", "attendance")["rows"] == []


def test_a_file_of_lines_is_kept_whole_or_not_at_all(commands: Commands, activity: str) -> None:
    told = commands.run(
        "add", "attendance", "-", "--json",
        stdin=[
            {"活动": activity, "姓名": "陈桂英"},
            {"活动": activity, "姓名": "陈桂英"},
            {"活动": activity, "姓名": "李国强", "签到时间": "2026-11-22 08:00"},
            {"活动": "QR01-H2026A-00009", "姓名": "王秀英"},
            {"活动": activity, "姓名": "", "签退时间": "2026-11-23 07:00"},
        ],
    )  # fmt: skip

    assert told.status == 3
    wrong = {one["record"] for one in told.document["error"]["problems"]}
    assert wrong == {2, 3, 4, 5}
    assert "陈桂英" not in told.err
    assert commands.ask("list", "attendance")["rows"] == []


def test_lists_are_narrowed_and_private_values_masked(commands: Commands, activity: str) -> None:
    december = {"开始时间": "2026-12-01 09:00", "结束时间": "2026-12-01 10:00"}
    commands.uid("activities", **{**PLAN, **december, "类别": "邻里节", "活动名称": "迎新春写春联"})
    commands.ask(
        "add", "attendance", "-",
        stdin={"活动": activity, "姓名": "陈桂英", "电话": "13800005678", "身份": "党员"},
    )  # fmt: skip

    def found(*words: str) -> list[str]:
        return [row["name"] for row in commands.ask("list", "activities", *words)["rows"]]

    assert found() == ["迎新春写春联", "健康入户 邻里同行"]
    assert found("--search", "yxc") == found("--status", "计划") == ["迎新春写春联"]
    assert found("--status", "义诊") == found("--status", "已举行") == ["健康入户 邻里同行"]
    assert found("--search", "QR01-H2026A-00001") == found("--to", "2026-11-30")
    assert commands.run("list", "activities", "--status", "飞了").status == 3
    assert commands.run("list", "attendance", "--status", "飞了").status == 3
    people = commands.run("list", "attendance", "--search", "陈桂英", "--status", "党员")
    assert "陈*英" in people.out
    assert "138****5678" in people.out
    assert "陈桂英" not in people.out
    assert commands.ask("list", "attendance", "--status", "未到")["rows"] == []


def test_a_plan_is_changed_copied_and_repeated(commands: Commands, activity: str) -> None:
    commands.ask(
        "set", "activities", activity, "-",
        stdin={"主题品牌": "近邻先锋", "共建单位": None, "结束时间": "2026-11-23 09:30"},
    )  # fmt: skip
    copied = commands.ask("act", "activities", activity, "复制", "-", stdin={"日期": "2026-12-07"})
    last = commands.ask(
        "act", "activities", copied["uid"], "repeat", "-",
        stdin={"场数": 2, "重复方式": "每隔几周", "间隔": 2},
    )  # fmt: skip

    record = shown(commands, activity)["record"]
    assert (record["brand"], record["partners"]) == ("近邻先锋", [])
    assert record["ends_at"] == "2026-11-23T09:30:00+08:00"
    assert shown(commands, last["uid"])["record"]["day"] == "2027-01-04"
    for wrong in (
        {"状态": "已归档"},
        {"编号": "1"},
        {"结束时间": None},
        {"结束时间": "2026-11-23 07:00"},
    ):
        assert commands.run("set", "activities", activity, "-", stdin=wrong).status == 3


def test_private_values_are_revealed_and_that_is_on_record(
    commands: Commands, activity: str
) -> None:
    added = commands.ask(
        "add", "attendance", "-",
        stdin={"活动": activity, "姓名": "陈桂英", "电话": "13800005678", "备注": "自己带椅子"},
    )["added"]  # fmt: skip
    uid = added[0]["uid"]
    masked = commands.ask("show", "attendance", uid)["masked"]
    options = [word for name in masked for word in ("--reveal", name)]

    told = commands.ask("show", "attendance", uid, *options)

    assert told["revealed"] == {"name": "陈桂英", "phone": "13800005678", "remark": "自己带椅子"}
    assert [line["what"] for line in told["history"]].count("查看完整内容") == 3
