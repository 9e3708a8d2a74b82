"""`add`: a file is kept whole or not at all, and every problem of it is told."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import parse_uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import store as visits
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import Resident
from tests.cli.running import Commands, Terminal
from tests.homes import StationHome

GOOD_ID, BAD_ID = "11010519491231002X", "11010519491231002Y"


def stored_resident(home: StationHome, uid: str) -> Resident:
    found: Resident = _stored(home, residents.SHELF, uid)
    return found


def stored_visit(home: StationHome, uid: str) -> Visit:
    found: Visit = _stored(home, visits.SHELF, uid)
    return found


def _stored(home: StationHome, shelf: Any, uid: str) -> Any:
    known = parse_uid(uid)
    with home.session() as session, session.desk.reading(needs=Right.READ) as connection:
        return shelf.need(connection, known)


def test_labels_names_and_words_are_all_understood(
    station_home: StationHome, commands: Commands
) -> None:
    by_label = commands.uid(
        "居民档案",
        姓名="陈　桂英",
        性别="女",
        联系电话=["138 0000 5678", {"号码": "０５９７2212345", "谁的": "女儿"}],
        证件号码=GOOD_ID.lower(),
        党员管理类别="在职党员",
        工作单位="一中",
        关爱对象="独居老人、高龄老人",
        告知与同意={"依据": "已告知并同意", "日期": "2026年11月20日"},
    )
    by_name = commands.uid(
        "residents",
        name="陈桂英",
        gender="2",
        phones="13800005678",
        id_number=GOOD_ID,
        party="employed",
        workplace="一中",
    )

    one, other = stored_resident(station_home, by_label), stored_resident(station_home, by_name)
    assert one.name == other.name == "陈桂英"
    assert [phone.number for phone in one.phones] == ["13800005678", "0597-2212345"]
    assert (one.gender, one.birth, one.party) == (other.gender, other.birth, other.party)
    assert (len(one.special_groups), one.phones[1].whose) == (2, "女儿")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "text",
    [
        '{"姓名": "张明"}',
        '[{"姓名": "张明"}, {"姓名": "李强"}]',
        '\ufeff{"姓名": "张明"}\r\n\r\n{"姓名": "李\u2028强"}\r\n',
    ],
)
def test_an_object_an_array_and_lines_are_all_taken(commands: Commands, text: str) -> None:
    told = commands.ask("add", "residents", "-", stdin=text)

    listed = commands.ask("list", "residents")["rows"]
    assert told["count"] == len(listed) == text.count("姓名")
    assert {row["number"] for row in listed} == {one["number"] for one in told["added"]}


def test_one_wrong_object_keeps_them_all_out_and_every_problem_is_told(
    station_home: StationHome, commands: Commands
) -> None:
    told = commands.run(
        "add",
        "residents",
        "-",
        "--json",
        stdin=[
            {"姓名": "张明"},
            {"姓名": "13800005678", "证件号码": BAD_ID, "性别": "蓝", "颜色": "红"},
            "李强",
            {"姓名": "王芳", "出生日期": "2026-13-01"},
        ],
    )

    assert told.status == 3
    assert told.problems == {
        2: {"颜色", "gender", "name", "id_number"},
        3: {None},
        4: {"birth"},
    }
    assert told.err.count("\n") == 7
    assert "4 条里有 3 条不对，一条也没有保存。" in told.err
    assert BAD_ID not in told.err + told.out
    assert commands.ask("list", "residents")["rows"] == []
    # The numbers of what was not kept are not used up.
    assert commands.ask("add", "residents", "-", stdin={"姓名": "张明"})["added"][0][
        "number"
    ].endswith("-00001")


@pytest.mark.sqlite_only
def test_a_visit_names_resident_matter_and_place_as_people_do(
    station_home: StationHome, commands: Commands
) -> None:
    commands.uid("matters", category="医疗保障", name="医保缴费", handling="即时办结")
    compound = commands.uid("places", 类别="小区", 名称="青榕雅苑")
    number = commands.ask(
        "add", "residents", "-",
        stdin={"姓名": "陈桂英", "联系电话": "13800005678", "小区": "青榕雅苑", "楼栋": "3"},
    )["added"][0]["number"]  # fmt: skip

    uid = commands.uid(
        "visits",
        居民档案=number,
        事项="医保缴费",
        事由="手机交医保总失败",
        来访时间="2026-11-20 15:40",
        代办人={"姓名": "陈小红", "电话": "13900001234", "关系": "女儿"},
    )

    visit = stored_visit(station_home, uid)
    assert (visit.name, visit.phone, visit.building) == ("陈桂英", "13800005678", "3")
    assert visit.compound is not None
    assert visit.compound.hex == compound
    assert (visit.category, visit.matter_name, visit.late_entry) == ("医疗保障", "医保缴费", True)
    assert station_home.clock.now() - visit.at == ((2 * 24 + 17) * 60 + 20) * 60_000
    assert visit.agent is not None
    assert visit.agent.relation == "女儿"
    assert visit.state.value == "closed"
    assert commands.ask("list", "residents")["rows"][0]["times"] == 1


@pytest.mark.sqlite_only
def test_one_visit_may_hold_several_matters_and_open_a_file(commands: Commands) -> None:
    told = commands.ask(
        "add", "visits", "-",
        stdin={
            "新建居民档案": {"姓名": "陈桂英", "出生日期": "1949-12-31"},
            "几件事项": [
                {"事由": "楼道灯不亮", "办理方式": "转办", "交办去向": "物业"},
                {"事由": "问医保"},
            ],
        },
    )  # fmt: skip

    first, second = told["added"]
    shown = commands.ask("show", "visits", first["uid"])
    assert [one["state"] for one in told["added"]] == ["handed_over", "closed"]
    assert shown["record"]["same_visit"] == [second["uid"]]
    assert len(commands.ask("list", "residents")["rows"]) == 1


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"编号": "QR01-2026A-00001"}, "编号"),
        ({"状态": "合并"}, "state"),
        ({"居民档案": "查无此人"}, "resident"),
        ({"事项": "查无此事"}, "matter"),
        ({"人数": "三"}, "people"),
        ({"人数": 0}, "people"),
        ({"人数": 10**30}, "people"),
        ({"人数": 1.5}, "people"),
        ({"来访日期": "2026-11-24"}, "day"),
        ({"来访时间": "2026-11-20 15:40", "来访日期": "2026-11-21"}, "at"),
        ({"联系电话": True}, "phone"),
        ({"联系电话": ["13800005678"]}, "phone"),
        ({"代办人": {"关系": "女儿"}}, "agent"),
        ({"来访代表": [{"姓名": "张明", "年龄": 3}]}, "representatives"),
        ({"姓名": "张明", "来访人姓名": "张明"}, "name"),
        ({"事由": "什" * 10_000_000}, "summary"),
        ({"什" * 1_000_000: 1}, None),
    ],
)
def test_a_wrong_field_of_a_visit_is_named(
    commands: Commands, wrong: dict[str, Any], field: str | None
) -> None:
    entry = {"姓名": "陈桂英", "事由": "问路", **wrong}

    told = commands.run("add", "visits", "-", "--json", stdin=entry)

    assert told.status == 3
    assert told.problems == {1: {field}}
    assert len(told.err) < 600
    assert commands.ask("list", "visits")["rows"] == []


def test_what_cannot_be_seen_is_not_kept(station_home: StationHome, commands: Commands) -> None:
    uid = commands.uid(
        "visits", 姓名="陈\u200b桂\0英", 事由="问\0路\u202e", 电话="１３８００００５６７８"
    )

    visit = stored_visit(station_home, uid)
    assert (visit.name, visit.summary, visit.phone) == ("陈桂英", "问路", "13800005678")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "文件是空的"),
        (b" \n", "文件是空的"),
        (b"{", "这不是正确的 JSON"),
        (b'{"name": NaN}', "这不是正确的 JSON"),
        (b'{"name": "a", "name": "b"}', "同一个字段写了两次"),
        (b"[" * 100_000, "这不是正确的 JSON"),
        (b"1" * 5000, "这不是正确的 JSON"),
        ('{"name": "陈"}'.encode("gb18030"), "不是 UTF-8"),
        (b"3", "不是用花括号括起来的一个对象"),
    ],
)
def test_what_is_no_json_is_told(commands: Commands, raw: bytes, said: str) -> None:
    told = commands.run("add", "residents", "-", stdin=raw)

    assert (told.status, told.out) == (3, "")
    assert said in told.err


@pytest.mark.sqlite_only
def test_a_broken_line_is_named_by_its_number(commands: Commands) -> None:
    told = commands.run(
        "add", "residents", "-", "--json", stdin='{"姓名": "张明"}\n{"姓名": \n{"姓名": "李强"}\n'
    )

    assert told.status == 3
    assert set(told.problems) == {2}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", ["没有这个文件.json", ".", "a\0b"])
def test_a_file_that_is_not_there_is_told(commands: Commands, name: str) -> None:
    told = commands.run("add", "residents", name)

    assert told.status == 3
    assert "没有做任何改动" in told.err


@pytest.mark.sqlite_only
def test_a_kind_nobody_knows_is_answered_with_those_there_are(commands: Commands) -> None:
    told = commands.run("add", "vists", "-", stdin={})

    assert told.status == 3
    assert "是不是 visits？" in told.err
    assert "residents（居民档案）" in told.err


@pytest.mark.sqlite_only
def test_operators_are_not_added_here(commands: Commands) -> None:
    told = commands.run("add", "operators", "-", stdin={"name": "张明"})

    assert told.status == 3
    assert "jinlin operators add" in told.err


@pytest.mark.sqlite_only
def test_places_of_one_file_may_lie_below_each_other(commands: Commands) -> None:
    told = commands.ask(
        "add", "places", "-",
        stdin=[
            {"类别": "街道", "名称": "云栎街道"},
            {"类别": "社区", "名称": "青榕社区", "上级": "云栎街道"},
            {"类别": "小区", "名称": "青榕雅苑", "上级": "青榕社区", "小区类型": "商品房"},
        ],
    )  # fmt: skip

    rows = commands.ask("list", "places")["rows"]
    assert told["count"] == 3
    assert [row["path"] for row in rows] == ["", "云栎街道", "云栎街道 / 青榕社区"]


@pytest.mark.sqlite_only
def test_a_name_that_two_have_is_refused(commands: Commands) -> None:
    commands.ask("add", "residents", "-", stdin=[{"姓名": "张明"}, {"姓名": "张明"}])

    told = commands.run("add", "visits", "-", "--json", stdin={"居民档案": "张明", "事由": "问路"})

    assert told.problems == {1: {"resident"}}
    assert "不止一位" in told.err


class _Walking(FixedClock):
    """Time goes on each time somebody looks."""

    def ticks(self) -> float:
        self.advance(1)
        return super().ticks()


class _Stopping(Terminal):
    """A person who presses Ctrl+C when the third record is on."""

    def write(self, text: str) -> int:
        if "2/3" in text:
            raise KeyboardInterrupt
        return super().write(text)


@pytest.mark.sqlite_only
def test_a_stopped_file_leaves_nothing(commands: Commands) -> None:
    clock = commands.clock
    commands.clock, commands.err = _Walking(clock.now()), _Stopping
    told = commands.run(
        "add", "residents", "-", stdin=[{"姓名": "张明"}, {"姓名": "李强"}, {"姓名": "王芳"}]
    )
    commands.clock, commands.err = clock, io.StringIO

    assert told.status == 4
    assert "1/3" in told.err
    assert "已停止" in told.err
    assert commands.ask("list", "residents")["rows"] == []
    assert commands.run("check").status == 0


@pytest.mark.sqlite_only
def test_a_volunteer_adds_no_places(commands: Commands) -> None:
    commands.environment["JINLIN_NEW_PASSWORD"] = "Lan-tian-2026"
    commands.ask("operators", "add", "李志强", "--role", "值班志愿者")
    refused = commands.run("add", "visits", "-", "--as", "李志强", stdin={})
    own = Commands(commands.path, commands.clock, {"JINLIN_PASSWORD": "Lan-tian-2026"})
    before = own.run("add", "visits", "-", "--as", "李志强", stdin={"姓名": "张明", "事由": "问路"})
    own.environment["JINLIN_NEW_PASSWORD"] = "Bai-yun-2026"
    own.ask("operators", "reset", "李志强", "--as", "李志强")
    own.environment["JINLIN_PASSWORD"] = "Bai-yun-2026"
    added = own.run("add", "visits", "-", "--as", "李志强", stdin={"姓名": "张明", "事由": "问路"})
    place = own.run("add", "places", "-", "--as", "李志强", stdin={"类别": "街道", "名称": "云栎"})

    # Another's password, one that must be changed first, the own one, and no right to it.
    assert [told.status for told in (refused, before, added, place)] == [5, 5, 0, 5]
    assert "维护站点" in place.err


def test_documents_hold_chinese_as_it_is_written(commands: Commands) -> None:
    told = commands.run("fields", "residents", "--json")

    assert "居民档案" in told.out
    assert "\\u" not in told.out
    assert json.loads(told.out)["label"] == "居民档案"
