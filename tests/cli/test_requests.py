"""诉求 for a terminal: added from a file, taken through their course, listed, shown, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

REQUEST: dict[str, Any] = {
    "姓名": "陈桂英",
    "联系电话": "13800005678",
    "来源": "来电",
    "事项": "楼道灯不亮",
    "详细情况": "三楼到五楼都不亮",
    "门牌": "501",
    "时限": 5,
}


@pytest.fixture
def made(commands: Commands) -> str:
    """An open request; its uid."""
    return commands.uid("requests", **REQUEST)


def act(commands: Commands, uid: str, action: str, **said: Any) -> Any:
    words = ("act", "requests", uid, action)
    return commands.ask(*words, "-", stdin=said) if said else commands.ask(*words)


def test_a_request_goes_its_whole_course(commands: Commands, made: str) -> None:
    act(commands, made, "accept")
    act(commands, made, "dispatch", 承办={"类别": "队伍", "名称": "义诊队"})
    act(commands, made, "接单", 对方="张医生")
    act(commands, made, "done", 办理结果="换了新灯")
    told = act(commands, made, "close", 说明="居民认可")

    assert told["state"] == "closed"
    shown = commands.ask("show", "requests", made)
    assert [step["action"] for step in shown["record"]["steps"]] == [
        "register", "accept", "dispatch", "take", "done", "close",
    ]  # fmt: skip
    assert shown["record"]["assignee"]["words"] == "义诊队"
    assert shown["actions"] == ["follow-up", "reopen"]


def test_what_is_kept_by_the_station_is_under_way_at_once(commands: Commands, made: str) -> None:
    assert act(commands, made, "dispatch", 承办={"类别": "本站"})["state"] == "doing"


def test_a_step_that_may_not_follow_is_refused_and_says_what_may(
    commands: Commands, made: str
) -> None:
    answer = commands.run("act", "requests", made, "take")

    assert answer.status == 3
    assert "现在是“登记”，不能“接单”，没有改动" in answer.err
    assert "接办" in answer.err


def test_a_merged_request_is_shown_from_both_sides(commands: Commands, made: str) -> None:
    other = commands.uid("requests", **{**REQUEST, "姓名": "赖建国"})
    number = commands.ask("show", "requests", made)["record"]["number"]

    act(commands, other, "merge", 并入=number)

    (joined,) = commands.ask("show", "requests", made)["record"]["merged"]
    assert joined["uid"] == other
    assert commands.ask("show", "requests", other)["record"]["merged_into"].replace("-", "") == made


def test_nothing_private_is_listed_or_shown_unasked(commands: Commands, made: str) -> None:
    act(commands, made, "accept", 说明="陈桂英来催过")
    told = ""
    for words in (("list", "requests"), ("show", "requests", made)):
        for form in ((), ("--json",)):
            answer = commands.run(*words, *form)
            assert answer.status == 0
            told += answer.out + answer.err

    assert "楼道灯不亮" in told
    assert "陈*英" in told
    for private in ("陈桂英", "13800005678", "三楼到五楼", "501"):
        assert private not in told
    masked = commands.ask("show", "requests", made)["masked"]
    options = [word for name in masked for word in ("--reveal", name)]
    assert set(commands.ask("show", "requests", made, *options)["revealed"]) == set(masked)


@pytest.mark.parametrize(
    ("status", "count"),
    [("", 2), ("在办", 2), ("点单", 1), ("诉求", 1), ("接办", 1), ("超期", 0), ("微心愿", 0)],
)
def test_a_list_is_narrowed_by_the_words_of_the_screen(
    commands: Commands, made: str, status: str, count: int
) -> None:
    commands.uid("requests", **{**REQUEST, "类型": "点单", "事项": "上门量血压"})
    act(commands, made, "accept")

    assert len(commands.ask("list", "requests", "--status", status)["rows"]) == count


def test_a_word_no_list_knows_is_answered_with_those_it_does(commands: Commands) -> None:
    answer = commands.run("list", "requests", "--status", "飞了")

    assert answer.status == 3
    assert "无人接单" in answer.err


def test_wrong_fields_are_told_all_at_once(commands: Commands) -> None:
    wrong = [{**REQUEST, "事项": ""}, {**REQUEST, "来源": "线上平台"}, {**REQUEST, "状态": "办结"}]

    answer = commands.run("add", "requests", "-", "--json", stdin=wrong)

    assert answer.status == 3
    assert answer.problems == {1: {"title"}, 2: {"platform"}, 3: {"状态"}}


def test_a_request_is_corrected_but_its_state_is_not(commands: Commands, made: str) -> None:
    commands.ask("set", "requests", made, "-", stdin={"紧急度": "紧急", "详细情况": None})

    record = commands.ask("show", "requests", made)["record"]
    assert (record["urgency"], record["summary"]) == ("urgent", "")
    assert commands.run("set", "requests", made, "-", stdin={"状态": "办结"}).status == 3


def test_the_residents_own_file_fills_in_what_was_not_said(commands: Commands) -> None:
    commands.uid("residents", 姓名="赖建国", 联系电话="13900001111", 门牌="302")

    made = commands.uid("requests", 居民档案="赖建国", 事项="想学用手机", 类型="微心愿")

    words = ("--reveal", "phone", "--reveal", "room")
    assert commands.ask("show", "requests", made, *words)["revealed"] == {
        "phone": "13900001111",
        "room": "302",
    }


def test_the_ledger_and_the_slip_come_as_paper(
    commands: Commands, made: str, tmp_path: Path
) -> None:
    listed = commands.ask("report", "requests-ledger", "--out", str(tmp_path / "a.pdf"))
    assert listed["title"] == "诉求台账"
    refused = commands.run(
        "report", "dispute-slip", "--uid", made, "--out", str(tmp_path / "b.pdf")
    )
    assert refused.status == 3
    assert "没有标注" in refused.err
    act(commands, made, "set-stage", 纠纷阶段="调解")

    slip = commands.ask("report", "dispute-slip", "--uid", made, "--out", str(tmp_path / "b.pdf"))

    assert slip["title"] == "物业纠纷移交单"
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
