"""共建单位 and 共建协议 through the command line, from the unit to the signed and printed paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

UNIT = {
    "单位名称": "青榕农村商业银行荷塘支行", "简称": "青榕农商行", "单位类别": "银行",
    "单位党组织": "青榕农村商业银行荷塘支行党支部", "负责人": "黄国栋", "联络员": "李慧敏",
    "联络员电话": "13800005678", "其他联系人": [{"姓名": "王建国", "电话": "0597-2212345"}],
    "曾用名": ["荷塘信用社"],
}  # fmt: skip
AGREEMENT = {
    "共建单位": "荷塘信用社", "甲方": "中共澄岭街道青榕社区委员会", "甲方负责人": "陈志强",
    "甲方联络员": "林晓芳", "乙方": "青榕农村商业银行荷塘支行党支部", "乙方负责人": "黄国栋",
    "乙方联络员": "李慧敏", "乙方联络电话": "13800005678", "起始日期": "2026-11-23",
    "截止日期": "2027-11-22", "共建内容": "活动联办、资源共享", "甲方提供的场地或平台": "活动室",
    "开放场地": "一楼会议室", "量化指标": [{"种类": "联合开展活动", "每年数量": 4}],
}  # fmt: skip


@pytest.fixture
def unit(commands: Commands) -> str:
    return commands.uid("partners", **UNIT)


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


def test_a_unit_is_added_found_changed_ended_and_resumed(commands: Commands, unit: str) -> None:
    commands.ask("set", "partners", unit, "-", stdin={"专长": "反诈宣传", "简称": None})
    act(commands, "partners", unit, "end", 原因="支行搬走")
    ended = commands.ask("list", "partners", "--status", "已终止", "--search", "qrncsyyh")["rows"]
    act(commands, "partners", unit, "resume")
    resumed = commands.ask("show", "partners", unit)["record"]

    assert [row["uid"] for row in ended] == [unit]
    assert (ended[0]["liaison"], ended[0]["liaison_phone"]) == ("李*敏", "138****5678")
    assert (resumed["until"], resumed["specialities"], resumed["short_name"]) == (
        None, "反诈宣传", "",
    )  # fmt: skip
    assert commands.ask("list", "partners", "--status", "学校")["rows"] == []


def test_a_unit_of_the_same_name_is_added_only_when_that_is_said(
    commands: Commands, unit: str
) -> None:
    refused = commands.run("add", "partners", "-", stdin=UNIT)
    added = commands.ask("add", "partners", "-", stdin={**UNIT, "same_name": True})

    assert refused.status == 3
    assert "QR01-D2026A-00001" in refused.err
    assert added["count"] == 1


def test_an_agreement_is_drafted_signed_supplemented_and_renewed(
    commands: Commands, unit: str
) -> None:
    made = commands.uid("agreements", **AGREEMENT)
    commands.ask("set", "agreements", made, "-", stdin={"提前通知天数": 60})
    act(commands, "agreements", made, "签订")
    refused = commands.run("set", "agreements", made, "-", stdin={"提前通知天数": 15})
    act(
        commands, "agreements", made, "supplement", 补充协议内容="经协商增加活动",
        量化指标=[{"种类": "联合开展活动", "每年数量": 6}],
    )  # fmt: skip
    act(commands, "agreements", made, "contacts", 乙方联络员="周文静")
    new = act(commands, "agreements", made, "renew")
    act(commands, "agreements", new["uid"], "sign")
    old = commands.ask("show", "agreements", made)

    assert refused.status == 3
    assert "签补充协议" in refused.err
    assert (old["record"]["state"], old["record"]["notice_days"]) == ("renewed", 60)
    (supplement,) = old["record"]["supplements"]
    assert [change["field"] for change in supplement["changes"]] == ["promises"]
    uids = {json.loads(supplement["changes"][0][side])[0]["uid"] for side in ("before", "after")}
    assert len(uids) == 1, "the same promise, with another number"
    assert old["actions"] == []
    (live,) = commands.ask("list", "agreements", "--status", "履行中")["rows"]
    assert live["uid"] == new["uid"]
    assert commands.ask("show", "agreements", new["uid"])["record"]["renewal_of"] == made


def test_a_draft_says_what_is_missing_and_may_go(commands: Commands, unit: str) -> None:
    made = commands.uid("agreements", 共建单位=unit)
    shown = commands.ask("show", "agreements", made)
    refused = commands.run("act", "agreements", made, "sign")
    commands.run("act", "agreements", made, "discard")

    assert "还没有填写甲方负责人。" in shown["record"]["missing"]
    assert "discard" in shown["actions"]
    assert refused.status == 3
    assert "还没有填写截止日期" in refused.err
    assert commands.ask("list", "agreements")["rows"] == []


def test_the_agreement_is_printed(commands: Commands, unit: str, tmp_path: Path) -> None:
    made = commands.uid("agreements", **AGREEMENT)
    path = tmp_path / "协议.pdf"
    told = commands.ask("report", "agreement", "--uid", made, "--out", str(path))

    assert told["pages"] >= 2
    assert path.read_bytes().startswith(b"%PDF")
