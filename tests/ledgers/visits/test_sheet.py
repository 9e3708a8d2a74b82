"""来访登记表 of other years: what a row becomes, whom it links, how it is known and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.errors import UserError
from desktop_app.core.handling import Handling
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import VisitKind, VisitSource, VisitState
from desktop_app.registers.matters import service as matters
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import store as residents
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import register, resident
from tests.sheets.taking import (
    change,
    known,
    like,
    stored,
    take_back,
    take_in,
    take_one,
    written,
)

KIND = "visits"
ID = "11010519491231002X"


def test_a_row_of_an_old_ledger_is_a_visit_that_ended_then(desk: Desk) -> None:
    visit = take_one(
        desk,
        KIND,
        来访日期="2024.3.5",
        来访人="陈桂英",
        性别="女",
        联系方式="138 0000 5678",
        事由="咨询医保缴费",
        接待人="周老师",
        处理结果="已告知",
        办结日期="2024年3月8日",
        备注="原表第3页",
    )

    assert (visit.day, visit.late_entry, visit.name) == (date(2024, 3, 5), True, "陈桂英")
    assert (visit.state, visit.closed_day) == (VisitState.CLOSED, date(2024, 3, 8))
    assert (visit.first_clerk, visit.first_clerk_name) == (None, "周老师")
    assert visit.registered_by_name == desk.actor.name
    assert (visit.result, visit.phone) == ("已告知", "13800005678")
    assert visit.limit_days is None


def test_the_time_of_a_visit_is_kept_where_the_ledger_tells_it(desk: Desk) -> None:
    zone = desk.database.zone

    with_time = take_one(desk, KIND, 来访时间="2024-03-05 15:20", 姓名="陈桂英", 事由="问路")
    apart = take_one(
        desk, KIND, 日期="2024-03-05", 具体时间="下午3点20", 姓名="陈桂英", 事由="问路"
    )

    assert zone.local(with_time.at).strftime("%H:%M") == "15:20"
    assert apart.at == with_time.at


def test_several_people_of_one_cell_came_together(desk: Desk) -> None:
    visit = take_one(desk, KIND, 日期="2024-03-05", 姓名="张三、李四、王五", 事由="电梯")

    assert (visit.name, visit.people) == ("张三", 3)
    assert [one.name for one in visit.representatives] == ["李四", "王五"]


def test_more_people_than_may_speak_for_them_stand_in_the_remark(desk: Desk) -> None:
    names = "、".join(("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九"))

    visit = take_one(desk, KIND, 日期="2024-03-05", 姓名=names, 人数=20, 事由="电梯")

    assert (len(visit.representatives), visit.people) == (5, 20)
    assert visit.remark == "同来：周九"


@pytest.mark.parametrize("name", ["匿名", "不愿透露", None])
def test_who_gave_no_name_is_kept_as_nobody(desk: Desk, name: str | None) -> None:
    visit = take_one(desk, KIND, 日期="2024-03-05", 姓名=name, 事由="反映噪音")

    assert (visit.kind, visit.name) == (VisitKind.ANONYMOUS, "")


def test_older_words_for_source_and_handling_are_understood(desk: Desk) -> None:
    visit = take_one(
        desk, KIND, 日期="2024-03-05", 姓名="陈桂英", 事由="低保", 来访方式="电话", 办理方式="承诺"
    )

    assert (visit.source, visit.handling) == (VisitSource.CALL, Handling.TIMED)


def test_a_matter_of_the_directory_is_linked_and_another_keeps_its_words(desk: Desk) -> None:
    known_one = matters.add(
        desk, category="医疗保障", name="医保缴费", handling=Handling.ADVICE
    ).value

    visit, other = take_in(
        desk,
        KIND,
        {"日期": "2024-03-05", "姓名": "陈桂英", "办理事项": "医保缴费"},
        {"日期": "2024-03-05", "姓名": "陈桂英", "办理事项": "开居住证明"},
    )

    assert (visit.matter, visit.handling) == (known_one.uid, Handling.ADVICE)
    assert (other.matter, other.matter_name) == (None, "开居住证明")


def test_the_file_of_whoever_came_is_linked_by_name_and_telephone(desk: Desk) -> None:
    file = resident(desk)

    visit, stranger = take_in(
        desk,
        KIND,
        {"日期": "2024-03-05", "姓名": "陈桂英", "电话": "13800005678", "事由": "低保"},
        {"日期": "2024-03-05", "姓名": "陈桂英", "电话": "13800001234", "事由": "低保"},
    )

    assert (visit.resident, stranger.resident) == (file.uid, None)


def test_the_file_of_whoever_came_is_linked_by_identity(desk: Desk) -> None:
    file = take_one(desk, "residents", 姓名="陈桂英", 身份证号=ID)

    visit = take_one(desk, KIND, 日期="2024-03-05", 姓名="陈桂音", 身份证号=ID, 事由="低保")

    assert visit.resident == file.uid


def test_a_file_is_opened_with_the_visit_where_that_was_wanted(desk: Desk) -> None:
    there = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value

    (visit,) = take_in(
        desk,
        KIND,
        {
            "日期": "2024-03-05",
            "姓名": "陈桂英",
            "电话": "13800005678",
            "身份证": ID,
            "住址": "金色家园3-2-501",
            "事由": "低保",
        },
        open_file=True,
    )

    file = stored(desk, "residents", visit.resident)
    assert (file.name, file.id_number, file.compound) == ("陈桂英", ID, there.uid)
    assert (visit.compound, visit.room) == (there.uid, "501")


def test_an_address_that_cannot_be_taken_apart_stands_in_the_remark(desk: Desk) -> None:
    visit = take_one(
        desk, KIND, 日期="2024-03-05", 姓名="陈桂英", 住址="菜市场旁边", 事由="低保", 备注="急"
    )

    assert visit.remark == "住址：菜市场旁边；急"


def test_an_end_before_the_visit_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="早于来访日期"):
        take_one(desk, KIND, 日期="2024-03-05", 姓名="陈桂英", 事由="低保", 办结日期="2024-03-01")


def test_the_number_of_an_old_ledger_tells_the_same_row_again(desk: Desk) -> None:
    visit = take_one(desk, KIND, 编号="LF-2024-0031", 日期="2024-03-05", 姓名="陈桂英", 事由="低保")

    assert visit.external_number == "LF-2024-0031"
    assert known(desk, KIND, "number", "LF-2024-0031", visit.number) == {
        "LF-2024-0031": visit.uid,
        visit.number: visit.uid,
    }
    assert known(desk, KIND, "external_number", "LF-2024-0031") == {"LF-2024-0031": visit.uid}


def test_a_line_number_tells_nothing(desk: Desk) -> None:
    visit = take_one(desk, KIND, 编号="31", 日期="2024-03-05", 姓名="陈桂英", 事由="低保")

    assert visit.external_number == ""
    assert known(desk, KIND, "number", "31") == {}


def test_the_same_matter_of_the_same_person_on_one_day_is_alike(desk: Desk) -> None:
    visit = take_one(desk, KIND, 日期="2024-03-05", 姓名="陈桂英", 事由="咨询低保。")

    same, other_day, other_matter = like(
        desk,
        KIND,
        {"日期": "2024-03-05", "姓名": "陈桂英", "事由": "咨询低保"},
        {"日期": "2024-03-06", "姓名": "陈桂英", "事由": "咨询低保"},
        {"日期": "2024-03-05", "姓名": "陈桂英", "事由": "电梯"},
    )

    assert [one.uid for one in same] == [visit.uid]
    assert (other_day, other_matter) == ((), ())


def test_a_known_visit_is_corrected_and_its_course_is_not(desk: Desk) -> None:
    visit = register(desk)
    (told,) = written(desk, KIND, visit)
    row = {"来访时间": told["来访时间"], "来访人姓名": "陈桂英", "事由": "补办医保卡"}

    change(desk, KIND, visit.uid, row)
    with pytest.raises(UserError, match="来访日期"):
        change(desk, KIND, visit.uid, {**row, "来访时间": "2024-03-05"})

    assert stored(desk, KIND, visit.uid).summary == "补办医保卡"


def test_a_new_visit_that_is_taken_back_was_never_there(desk: Desk) -> None:
    file = resident(desk)
    earlier, later = take_in(
        desk,
        KIND,
        {"日期": "2024-03-05", "姓名": "陈桂英", "电话": "13800005678", "事由": "低保"},
        {"日期": "2024-03-09", "姓名": "陈桂英", "电话": "13800005678", "事由": "电梯"},
    )

    take_back(desk, KIND, later)

    assert stored(desk, KIND, later.uid).deleted
    with desk.reading(needs=Right.READ) as connection:
        seen = residents.seen(connection, file.uid)
    assert seen == residents.Seen(earlier.at, 1)

    take_back(desk, KIND, earlier)
    with desk.reading(needs=Right.READ) as connection:
        assert residents.seen(connection, file.uid) is None


def test_a_visit_is_written_with_the_station_s_own_time(desk: Desk) -> None:
    visit = take_one(desk, KIND, 来访时间="2024-03-05 15:20", 姓名="陈桂英", 事由="问路")

    (row,) = written(desk, KIND, visit)

    assert row["来访时间"].isoformat() == "2024-03-05T15:20:00"
    assert (row["状态"], row["首问责任人"]) == ("办结", desk.actor.name)
