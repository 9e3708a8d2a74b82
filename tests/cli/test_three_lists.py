"""The three lists through the command line: from a problem and an offer to a closed line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Commands
from tests.ledgers.three_lists.builders import jpeg

pytestmark = pytest.mark.sqlite_only

PROBLEM = {
    "类别": "物业维修", "描述": "3栋楼道灯长期不亮", "来源": "网格走访", "紧急度": "较急",
    "提出人": "陈桂英", "提出人电话": "13800005678", "直接入单": "是",
}  # fmt: skip
UNIT = {"单位名称": "澄岭供电所", "简称": "供电所", "单位类别": "国有企业"}
DUTY = {
    "责任单位": "澄岭供电所", "责任人": "陈师傅", "责任人电话": "13900001234",
    "完成时限": "2026-11-30", "措施": "更换全部楼道灯",
}  # fmt: skip


@pytest.fixture
def problem(commands: Commands) -> str:
    """A problem on the list; its uid."""
    return commands.uid("problems", **PROBLEM)


@pytest.fixture
def offer(commands: Commands) -> str:
    """Two visits of an electrician; its uid."""
    told = {"可提供资源": "电工上门检修", "类别": "物业维修", "数量": 2, "服务方式": "上门"}
    commands.uid("partners", **UNIT)
    return commands.uid("offers", 共建单位=UNIT["单位名称"], **told)


def act(commands: Commands, kind: str, uid: str, action: str, **told: Any) -> Any:
    return commands.ask("act", kind, uid, action, "-", stdin=told)


def state(commands: Commands, kind: str, uid: str) -> str:
    found: str = commands.ask("show", kind, uid)["record"]["state"]
    return found


def test_a_problem_goes_from_the_list_to_the_photo_that_proves_it(
    commands: Commands, problem: str, offer: str, tmp_path: Path
) -> None:
    duty = commands.uid("duties", 问题="QR01-W2026A-00001", 对应资源="QR01-G2026A-00001", **DUTY)
    assert state(commands, "problems", problem) == "claimed"
    assert commands.ask("show", "offers", offer)["record"]["promised"] == 1
    act(commands, "duties", duty, "接单")
    act(commands, "duties", duty, "progress", 说明="配件已到货")
    early = commands.run("act", "duties", duty, "submit", "-", stdin={"完成情况": "换好了"})
    (tmp_path / "灯.jpg").write_bytes(jpeg(7))
    act(commands, "duties", duty, "add-evidence", 照片文件=str(tmp_path / "灯.jpg"))
    act(commands, "duties", duty, "submit", 完成情况="换好了")
    alone = commands.run("act", "duties", duty, "review-ok")
    (tmp_path / "签字.jpg").write_bytes(jpeg(9))
    signed = {"复核方式": "社区", "复核人": "赵敏", "签字照片文件": str(tmp_path / "签字.jpg")}
    done = act(commands, "duties", duty, "同意销号", **signed)

    assert (early.status, alone.status, done["state"]) == (3, 3, "closed")
    assert "佐证" in early.err
    assert "本站只有一人" in alone.err
    assert state(commands, "problems", problem) == "closed"
    told = commands.ask("show", "duties", duty)
    assert told["record"]["reviewer_name"] == "赵敏"
    assert told["record"]["description"] == PROBLEM["描述"]
    assert told["actions"] == ["reopen", "ask-opinion"]
    assert commands.ask("show", "problems", problem)["record"]["duties"] == ["QR01-Z2026A-00001"]
    assert len(commands.ask("list", "duties", "--status", "按时销号")["rows"]) == 1
    assert len(commands.ask("list", "problems", "--status", "销号")["rows"]) == 1
    assert len(commands.ask("list", "problems", "--status", "入单")["rows"]) == 1


def test_what_is_private_is_hidden_until_revealed(commands: Commands, problem: str) -> None:
    duty = commands.uid("duties", 问题=problem, **DUTY)
    told = [
        commands.run(*words)
        for words in (
            ("show", "problems", problem), ("show", "duties", duty), ("list", "problems"),
        )
    ]  # fmt: skip
    for private in ("陈桂英", "13800005678", "13900001234"):
        assert private not in "".join(answer.out for answer in told)
    found = commands.ask("show", "problems", problem, "--reveal", "提出人电话")
    assert found["revealed"] == {"raiser_phone": "13800005678"}


def test_a_file_that_is_wrong_is_told_whole(commands: Commands, offer: str) -> None:
    bad = [{"来源": "来访"}, {"类别": "路灯", "描述": "灯不亮", "涉及人数（户）": "很多"}]
    answer = commands.run("add", "problems", "-", "--json", stdin=bad)
    assert answer.status == 3
    assert answer.problems == {1: {"description", "category"}, 2: {"affected"}}
    duty = commands.run("add", "duties", "-", "--json", stdin=[{"问题": "QR01-W2026A-09999"}])
    assert "problem" in duty.problems[1]


def test_corrections_steps_and_refusals(commands: Commands, problem: str, offer: str) -> None:
    commands.ask("set", "problems", problem, "-", stdin={"类别": "路灯"})
    commands.ask("set", "offers", offer, "-", stdin={"数量": 5})
    assert commands.ask("show", "offers", offer)["record"]["amount"] == 5
    duty = commands.uid("duties", 问题=problem, 对应资源=offer, **DUTY, 认领数量=5)
    less = commands.run("set", "offers", offer, "-", stdin={"数量": 4})
    assert (less.status, "已经认领了5次" in less.err) == (3, True)
    commands.ask("set", "duties", duty, "-", stdin={"责任人": "李师傅"})
    act(commands, "duties", duty, "谢绝", 说明="人手不够")
    act(commands, "offers", offer, "withdraw", 原因="设备送修")
    act(commands, "offers", offer, "恢复")
    act(commands, "problems", problem, "withdraw", 原因="已自行修好")
    assert state(commands, "problems", problem) == "withdrawn"
    assert commands.run("act", "problems", problem, "list").status == 3
    assert commands.run("list", "duties", "--status", "无此状态").status == 3


def test_a_unit_and_its_agreement_are_told_by_number_or_by_name(
    commands: Commands, offer: str
) -> None:
    other = commands.uid("partners", 单位名称="青榕小学", 单位类别="学校")
    agreement = commands.uid("agreements", 共建单位="青榕小学")
    number = commands.ask("show", "agreements", agreement)["record"]["number"]
    named = commands.ask("show", "offers", offer)["record"]
    assert named["partner_name"] == "澄岭供电所"
    commands.ask("set", "offers", offer, "-", stdin={"共建单位": "供电所", "共建协议": number})
    changed = commands.ask("show", "offers", offer)["record"]
    assert (changed["partner"], changed["agreement"]) == (named["partner"], agreement)
    told = commands.ask("show", "partners", other)["record"]
    commands.ask("set", "offers", offer, "-", stdin={"共建单位": told["number"]})
    changed = commands.ask("show", "offers", offer)["record"]
    assert (changed["partner"], changed["partner_name"]) == (other, "青榕小学")
    for field, text in (("共建单位", "没有这家"), ("共建协议", "QR01-X2026A-09999")):
        wrong = commands.run("set", "offers", offer, "-", "--json", stdin={field: text})
        assert (wrong.status, "没有找到" in wrong.err) == (3, True)


def test_a_duty_of_a_unit_is_called_like_it_and_served_by_an_activity_by_number(
    commands: Commands, problem: str, offer: str
) -> None:
    told = {name: text for name, text in DUTY.items() if name != "责任单位"}
    duty = commands.uid("duties", 问题=problem, 共建单位="供电所", **told)
    assert commands.ask("show", "duties", duty)["record"]["unit"] == "澄岭供电所"
    act(commands, "duties", duty, "接单")
    wrong = {"活动": "QR01-H2026A-09999"}
    answer = commands.run("act", "duties", duty, "link-activity", "-", stdin=wrong)
    assert (answer.status, "没有找到这场活动" in answer.err) == (3, True)


def test_what_a_problem_came_of_is_told_by_number(commands: Commands) -> None:
    request = commands.uid("requests", 来源="来电", 事项="楼道灯不亮", 姓名="陈桂英")
    number = commands.ask("show", "requests", request)["record"]["number"]
    problem = commands.uid("problems", **PROBLEM, 诉求=number)
    assert commands.ask("show", "problems", problem)["record"]["request"] == request
