"""Volunteers, teams and memberships through the command line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

TEAM = {
    "队名": "青榕雅苑近邻志愿服务队", "队伍类别": "近邻志愿服务队", "所属组织": "青榕社区党委",
    "成立日期": "2026-01-10", "服务方向": "平安巡逻、助老",
}  # fmt: skip


def resident(commands: Commands, name: str, phone: str, **more: Any) -> str:
    told = {"姓名": name, "性别": "女", "出生日期": "1985-03-08", "联系电话": [phone], **more}
    return commands.uid("residents", **told)


def volunteer(commands: Commands, name: str, phone: str, **more: Any) -> str:
    resident(commands, name, phone)
    told = {"居民": name, "政治面貌": "群众", "注册日期": "2026-01-05", **more}
    return commands.uid("volunteers", **told)


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


def test_a_volunteer_is_registered_changed_found_and_revealed(commands: Commands) -> None:
    uid = volunteer(
        commands, "李慧敏", "13800005678", 技能特长="医疗护理、急救", 服务类别=["助老"],
        保险={"名称": "意外险", "保单号": "PZ-778", "止期": "2026-12-31"}, 紧急联系人="王建国",
    )  # fmt: skip
    commands.ask("set", "volunteers", uid, "-", stdin={"文化程度": "本科", "保险": None})
    (row,) = commands.ask("list", "volunteers", "--search", "lhm")["rows"]
    shown = commands.ask("show", "volunteers", uid)

    assert (row["uid"], row["name"], row["phone"]) == (uid, "李*敏", "138****5678")
    record = shown["record"]
    assert (record["education"], record["insurance"]) == ("本科", None)
    assert record["skills"] == ["medical", "first_aid"]
    assert "王建国" not in str(shown)
    assert shown["actions"] == [
        "pause", "leave", "cancel", "add-training", "add-honour", "merge",
    ]  # fmt: skip


def test_all_steps_can_be_taken(commands: Commands) -> None:
    uid = volunteer(commands, "李慧敏", "13800005678")
    act(commands, "volunteers", uid, "暂停", 原因="住院")
    act(commands, "volunteers", uid, "resume")
    act(commands, "volunteers", uid, "add-training", 日期="2026-09-01", 培训内容="急救", 分钟=90)
    act(commands, "volunteers", uid, "add-honour", 日期="2026-09-02", 表彰名称="优秀志愿者")
    honour = commands.ask("show", "volunteers", uid)["record"]["honours"][0]["uid"]
    act(commands, "volunteers", uid, "remove-entry", entry=honour)
    act(commands, "volunteers", uid, "leave", 原因="搬家", 日期="2026-11-20")
    gone = commands.ask("list", "volunteers", "--status", "退出")["rows"]
    act(commands, "volunteers", uid, "return")
    record = commands.ask("show", "volunteers", uid)["record"]

    assert [row["uid"] for row in gone] == [uid]
    assert (record["state"], record["left_on"], record["honours"]) == ("active", None, [])
    assert record["trainings"][0]["minutes"] == 90


def test_a_team_has_members_and_a_leader_and_is_disbanded(commands: Commands) -> None:
    people = [
        volunteer(commands, name, phone)
        for name, phone in (("李慧敏", "13800005678"), ("王建国", "13900001234"))
    ]
    team = commands.uid("teams", **TEAM)
    stays = [
        commands.uid("memberships", 队伍=TEAM["队名"], 姓名=name, 入队日期="2026-02-01")
        for name in ("李慧敏", "王建国")
    ]
    act(commands, "teams", team, "set-leader", 队长="李慧敏", 副队长="王建国")
    act(commands, "teams", team, "set-leader", 副队长=None)
    (listed,) = commands.ask("list", "teams")["rows"]
    act(commands, "memberships", stays[1], "leave", 退队日期="2026-06-01", 原因="工作忙")
    was = commands.ask("list", "memberships", "--to", "2026-05-01", "--from", "2026-05-01")["rows"]
    now = commands.ask("list", "memberships", "--status", "在队")["rows"]
    act(commands, "teams", team, "disband", 原因="并入先锋队")
    shown = commands.ask("show", "teams", team)

    assert (listed["leader"], listed["members"]) == ("李*敏", 2)
    assert sorted(row["uid"] for row in was) == sorted(stays)
    assert [row["uid"] for row in now] == [stays[0]]
    assert shown["record"]["disbanded_on"] == "2026-11-23"
    assert shown["actions"] == ["restore"]
    assert commands.ask("show", "volunteers", people[0])["record"]["stays"][0]["left_on"]
    act(commands, "teams", team, "restore")
    assert commands.ask("list", "teams", "--status", "在队")["rows"][0]["members"] == 0


def test_what_is_wrong_is_told_and_nothing_is_kept(commands: Commands) -> None:
    volunteer(commands, "李慧敏", "13800005678")
    again = commands.run("add", "volunteers", "-", stdin={"居民": "李慧敏", "政治面貌": "群众"})
    other = resident(commands, "李惠敏", "13800005678")
    alike = commands.run("add", "volunteers", "-", stdin={"居民": other, "政治面貌": "群众"})
    minor = resident(commands, "陈小满", "13700000002", 出生日期="2010-06-01")
    child = commands.run("add", "volunteers", "-", stdin={"居民": minor, "政治面貌": "共青团员"})
    number = commands.run("add", "volunteers", "-", stdin={"志愿者编号": "V1"})

    assert [one.status for one in (again, alike, child, number)] == [3, 3, 3, 3]
    assert "QR01-V2026A-00001" in again.err
    assert "两种写法" in alike.err
    assert "监护人同意书" in child.err
    assert "由程序填写" in number.err
    two = commands.ask(
        "add", "volunteers", "-", stdin={"居民": other, "政治面貌": "群众", "same_person": True}
    )
    assert two["count"] == 1


def test_two_spellings_of_one_person_become_one(commands: Commands) -> None:
    kept = volunteer(commands, "李慧敏", "13800005678")
    dropped = volunteer(commands, "王建国", "13900001234")
    act(commands, "volunteers", kept, "merge", 重复的志愿者="王建国")
    assert [row["uid"] for row in commands.ask("list", "volunteers")["rows"]] == [kept]
    assert commands.ask("show", "volunteers", kept)["record"]["merged"] == [dropped]
