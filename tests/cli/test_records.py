"""`list`, `show`, `set` and `act`: what the screens show and do, for a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app import catalog
from desktop_app.core.fields import FieldKind
from tests.cli.running import Commands

pytestmark = pytest.mark.sqlite_only

VISIT = {"姓名": "陈桂英", "电话": "13800005678", "事由": "楼道灯不亮", "办理方式": "限时办理"}


@pytest.fixture
def visit(commands: Commands) -> str:
    """An open visit; its uid."""
    return commands.uid("visits", **VISIT, **{"本站时限（工作日）": 5, "门牌": "501"})


def test_nothing_private_is_listed_or_shown_unasked(commands: Commands, visit: str) -> None:
    resident = commands.uid(
        "residents", 姓名="陈桂英", 联系电话="13800005678", 证件号码="11010519491231002X",
        备注="行动不便", 监护人={"姓名": "陈小红", "电话": "13900001234"},
    )  # fmt: skip
    answers = [
        commands.run(*words, *form)
        for words in (
            ("list", "visits"),
            ("list", "residents"),
            ("show", "visits", visit),
            ("show", "residents", resident),
        )
        for form in ((), ("--json",))
    ]

    told = "".join(answer.out + answer.err for answer in answers)
    assert [answer.status for answer in answers] == [0] * 8
    assert "陈*英" in told
    assert "138****5678" in told
    for private in ("陈桂英", "陈小红", "13800005678", "13900001234", "19491231", "楼道灯",
                    "行动不便", "501"):  # fmt: skip
        assert private not in told


def test_a_revealed_field_is_told_and_stands_in_the_history(commands: Commands, visit: str) -> None:
    told = commands.ask("show", "visits", visit, "--reveal", "联系电话", "--reveal", "summary")

    assert told["revealed"] == {"phone": "13800005678", "summary": "楼道灯不亮"}
    assert {"phone", "summary", "name", "room"} <= set(told["masked"])
    looked = [line for line in told["history"] if line["what"] == "查看完整内容"]
    assert [line["about"] for line in looked] == ["联系电话", "事由"]
    assert looked[0]["who"] == "王小燕"


def test_every_masked_field_can_be_revealed(commands: Commands, visit: str) -> None:
    resident = commands.uid(
        "residents", 姓名="陈桂英", 联系电话="13800005678", 证件号码="11010519491231002X",
        单元="2", 门牌="501", 备注="行动不便", 关爱对象=["独居老人"], 地址补充="西门3栋501室",
        告知与同意={"依据": "已告知并同意", "日期": "2026-11-20"},
    )  # fmt: skip
    for kind, uid in (("visits", visit), ("residents", resident)):
        masked = commands.ask("show", kind, uid)["masked"]
        options = [word for name in masked for word in ("--reveal", name)]

        revealed = commands.ask("show", kind, uid, *options)["revealed"]

        assert set(revealed) == set(masked)
        assert len(masked) >= 4
        assert all(revealed.values())


def test_what_is_not_masked_is_not_revealed(commands: Commands, visit: str) -> None:
    for name in ("state", "颜色"):
        told = commands.run("show", "visits", visit, "--reveal", name)
        assert (told.status, told.out) == (3, "")


def test_pages_follow_each_other_to_the_end(commands: Commands) -> None:
    everybody = [{"姓名": name} for name in ("张明", "李强", "王芳", "陈桂英", "单雄信")]
    added = commands.ask("add", "residents", "-", stdin=everybody)["added"]

    seen: list[str] = []
    after: list[str] = []
    while True:
        page = commands.ask("list", "residents", "--limit", "2", *after)
        seen += [row["uid"] for row in page["rows"]]
        if page["after"] is None:
            break
        after = ["--after", page["after"]]

    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == {one["uid"] for one in added}
    # By name as it is read: 单 is Shàn as a surname.
    assert [added[index]["uid"] for index in (3, 1, 4, 2, 0)] == seen


@pytest.mark.parametrize("kind", ["visits", "residents", "places", "matters"])
def test_a_cursor_nobody_gave_is_told(commands: Commands, kind: str) -> None:
    told = commands.run("list", kind, "--after", "xyz")

    assert (told.status, told.out) == (3, "")
    assert "翻页位置已失效" in told.err


def test_a_list_is_narrowed(commands: Commands, visit: str) -> None:
    commands.ask(
        "add", "visits", "-", stdin={"姓名": "张明", "事由": "问路", "来访日期": "2026-11-20"}
    )

    def found(*words: str) -> list[Any]:
        return [row["name"] for row in commands.ask("list", "visits", *words)["rows"]]

    assert found() == ["陈*英", "张*"]
    assert found("--status", "待办") == found("--status", "登记") == ["陈*英"]
    assert found("--status", "closed") == found("--status", "补录") == ["张*"]
    assert found("--from", "2026-11-23") == ["陈*英"]
    assert found("--to", "2026-11-22") == found("--search", "张明") == ["张*"]
    assert commands.run("list", "visits", "--status", "飞了").status == 3
    assert commands.run("list", "residents", "--from", "2026-11-23").status == 3


def test_a_table_lines_up_although_chinese_is_twice_as_wide(commands: Commands, visit: str) -> None:
    header, rule, row, *_ = commands.run("list", "visits").out.splitlines()

    assert header.startswith("编号              来访时间          来访人姓名  人数")
    assert rule.startswith("────────────────  ────────────────  ──────────  ────")
    assert row.startswith("QR01-2026A-00001  2026-11-23 09:00  陈*英       1 ")


def test_a_step_is_taken_by_either_name_and_only_where_it_may(
    commands: Commands, visit: str
) -> None:
    taken = commands.ask("act", "visits", visit, "接办")
    handed = commands.ask(
        "act", "visits", visit, "hand_over", "-", stdin={"交办去向": "物业", "日期": "2026-11-23"}
    )
    closed = commands.ask("act", "visits", visit, "close", "-", stdin={"办理结果": "已修好"})
    again = commands.run("act", "visits", visit, "take-up")
    unknown = commands.run("act", "visits", visit, "dance")

    assert [one["state"] for one in (taken, handed, closed)] == [
        "taken_up",
        "handed_over",
        "closed",
    ]
    assert [one["revision"] for one in (taken, handed, closed)] == [2, 3, 4]
    assert (again.status, unknown.status) == (3, 3)
    assert "现在是“办结”" in again.err
    assert "take-up（接办）" in unknown.err
    history = commands.ask("show", "visits", visit)["history"]
    assert [line["what"] for line in history] == [
        "登记来访", "来访：接办", "来访：交办", "来访：办结",
    ]  # fmt: skip


def test_the_actions_shown_are_those_that_may_be_taken(commands: Commands, visit: str) -> None:
    shown = commands.ask("show", "visits", visit)["actions"]
    fields = {one["name"]: one for one in commands.ask("fields", "visits")["actions"]}

    assert set(shown) < set(fields)
    assert "take-up" in shown
    assert "answer" not in shown
    assert [part["name"] for part in fields["merge"]["fields"] if part["required"]] == [
        "merged_into"
    ]


def test_an_evaluation_is_counted_and_shown_to_nobody(commands: Commands, visit: str) -> None:
    commands.ask("act", "visits", visit, "close", "-", stdin={"result": "已修好"})
    told = commands.ask(
        "act", "visits", visit, "evaluate", "-", stdin={"评价": "不满意", "评价方式": "居民屏"}
    )
    twice = commands.run(
        "act", "visits", visit, "evaluate", "-", stdin={"评价": "满意", "评价方式": "居民屏"}
    )
    empty = commands.run("act", "visits", visit, "evaluate", "-", stdin={"level": None})

    shown = commands.run("show", "visits", visit, "--json")
    assert told == {"kind": "visits", "uid": visit, "action": "evaluate"}
    assert (twice.status, empty.status) == (3, 3)
    assert shown.document["record"]["evaluated"] is True
    assert "不满意" not in shown.out + commands.run("audit", "--json").out
    assert commands.run("list", "evaluations").status == 3


def test_a_change_keeps_the_rest_and_null_empties(commands: Commands) -> None:
    uid = commands.uid("residents", 姓名="陈桂英", 楼栋="3", 备注="行动不便", 人员类别="流动人口")

    told = commands.ask(
        "set", "residents", uid, "-", stdin={"楼栋": None, "联系电话": ["13800005678"]}
    )

    shown = commands.ask("show", "residents", uid, "--reveal", "备注")
    assert told["revision"] == 2
    assert (shown["record"]["building"], shown["record"]["kind"]) == ("", "migrant")
    assert shown["record"]["phones"] == [{"number": "138****5678", "whose": ""}]
    assert shown["revealed"] == {"remark": "行动不便"}


def test_a_change_of_what_somebody_else_changed_is_refused(commands: Commands, visit: str) -> None:
    commands.ask("set", "visits", visit, "-", stdin={"事由": "楼道灯修了又坏", "revision": 1})

    late = commands.run("set", "visits", visit, "-", stdin={"事由": "灯", "版本": 1})
    step = commands.run("act", "visits", visit, "take-up", "-", stdin={"revision": 1})

    assert (late.status, step.status) == (3, 3)
    assert "刚刚被别人改过" in late.err
    assert commands.ask("show", "visits", visit, "--reveal", "事由")["revealed"] == {
        "summary": "楼道灯修了又坏"
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"状态": "办结"}, "状态"),
        ({"编号": "1"}, "编号"),
        ({"人数": "很多"}, "people"),
        ({"电话": "123"}, "phone"),
        ({"版本": "一", "事由": "灯"}, "revision"),
        ({"版本": 1}, None),
        ([{"事由": "灯"}, {"事由": "灯"}], "file"),
    ],
)
def test_a_wrong_change_is_refused_and_names_its_field(
    commands: Commands, visit: str, change: object, field: str | None
) -> None:
    told = commands.run("set", "visits", visit, "-", "--json", stdin=change)

    assert told.status == 3
    assert told.document["error"]["field"] == field
    assert commands.ask("show", "visits", visit)["record"]["revision"] == 1


@pytest.mark.parametrize("uid", ["0193565178007104b8a1928d5bf49159", "QR01-2026A-00001", "'; --"])
def test_a_record_that_is_not_there_is_told(commands: Commands, uid: str) -> None:
    for words in (("show", "visits", uid), ("act", "visits", uid, "close")):
        told = commands.run(*words)
        assert (told.status, told.out) == (3, "")


def test_places_are_renamed_linked_and_closed(commands: Commands) -> None:
    compound = commands.uid("places", 类别="小区", 名称="青榕雅苑")
    commands.uid("places", 类别="党支部", 名称="第一党支部")
    link = commands.uid("place_links", 地点="青榕雅苑", 关联地点="第一党支部")
    commands.ask(
        "act", "places", compound, "改名", "-", stdin={"名称": "榕树苑", "起始日期": "2026-11-01"}
    )

    assert commands.ask("list", "place_links", "--search", "榕树")["rows"][0]["uid"] == link
    commands.ask("act", "place_links", link, "unlink")
    commands.ask("act", "places", compound, "close", "-", stdin={"截止日期": "2026-11-20"})
    shown = commands.ask("show", "places", compound)
    assert [one["name"] for one in shown["record"]["names"]] == ["青榕雅苑", "榕树苑"]
    assert [line["what"] for line in shown["history"]] == ["新增地点", "地点改名", "撤销地点"]
    assert [row["name"] for row in commands.ask("list", "places")["rows"]] == ["第一党支部"]


def test_matters_are_changed_and_retired(commands: Commands) -> None:
    uid = commands.uid(
        "matters", 业务类别="民政救助", 事项名称="临时救助", 办理方式="限时办理",
        材料=["身份证", {"名称": "户口簿", "形式": "复印件", "份数": 2}],
        **{"本站时限（工作日）": 3},
    )  # fmt: skip

    commands.ask("set", "matters", uid, "-", stdin={"办理单位": "社区居委会"})
    commands.ask("act", "matters", uid, "停用")

    assert commands.ask("list", "matters")["rows"] == []
    (row,) = commands.ask("list", "matters", "--status", "停用", "--search", "lsjz")["rows"]
    assert (row["office"], row["active"], row["code"]) == ("社区居委会", False, "0101")
    shown = commands.ask("show", "matters", uid)
    assert [one["copies"] for one in shown["record"]["materials"]] == [1, 2]
    assert [line["what"] for line in shown["history"]] == ["新增事项", "修改事项", "停用事项"]


def test_working_days_are_set_and_cleared(commands: Commands) -> None:
    added = commands.ask(
        "add", "working_days", "-",
        stdin=[
            {"日期": "2026-11-28", "上班": "是", "原因": "满意度走访"},
            {"日期": "2026-11-30", "上班": "否"},
        ],
    )["added"]  # fmt: skip
    commands.ask("act", "working_days", added[1]["uid"], "clear")

    (row,) = commands.ask("list", "working_days", "--from", "2026-11-01")["rows"]
    assert (row["day"], row["is_workday"], row["reason"]) == ("2026-11-28", True, "满意度走访")


def test_fields_tell_everything_of_every_kind(commands: Commands) -> None:
    kinds = commands.ask("fields")["kinds"]

    assert {one["kind"] for one in kinds} == set(catalog.ledgers())
    for kind in kinds:
        told = commands.ask("fields", kind["kind"])
        assert told["label"] == kind["label"]
        for field in told["fields"]:
            assert {"name", "label", "kind", "required", "private", "travels", "choices"} <= set(
                field
            )
            if field["kind"] in (FieldKind.CHOICE.value, FieldKind.CHOICES.value):
                assert field["choices"], field["name"]
        assert commands.run("list", kind["kind"]).status == 0
