"""人员: called by the box one after another, nobody lost, nobody doubled; put right by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.route import Open
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.session import Desk
from tests.driver.activity import ENTER, SHIFT, ActivitySeat
from tests.driver.typing import press, type_text
from tests.ledgers.activities.builders import (
    TODAY,
    form,
    fresh,
    held,
    line,
    meeting,
    people,
    plan,
    resident,
    sign_in,
)
from tests.ledgers.activities.ui.conftest import Opens

SURNAMES = "张王李赵陈林黄吴刘周"
THIRTY = [f"{surname}{given}" for given in ("淑芬", "国强", "美玉") for surname in SURNAMES]


@pytest.fixture
def made(desk: Desk) -> Activity:
    return plan(desk)


def names(desk: Desk, activity: Activity) -> list[str]:
    return [row.name for row in service.attendance_of(desk, activity.uid).rows]


def test_thirty_people_one_after_another_and_nobody_lost_or_doubled(
    record: Opens, desk: Desk, made: Activity
) -> None:
    for name in THIRTY:
        resident(desk, name)
    there = record(made)

    for name in THIRTY:
        there.call(name)
        assert there.people.who.text == ""

    assert names(desk, made) == THIRTY
    assert there.column("姓名") == THIRTY
    assert there.people.counts.text().startswith("实到 30 人")
    there.wait(lambda: there.state() == "进行中")
    assert there.column("姓名") == THIRTY
    assert there.news == [f"{name} 已签到" for name in THIRTY]


def test_initials_and_enter_sign_in_the_first_with_what_the_file_knows(
    record: Opens, desk: Desk, made: Activity
) -> None:
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    resident(desk, "张淑芬", compound=compound.uid, party=PartyKind.RETIRED)
    there = record(made)

    there.call("zsf")

    assert there.column("姓名") == ["张淑芬"]
    assert there.column("身份") == ["党员"]
    assert there.column("单位/小区") == ["青榕雅苑"]
    assert there.column("签到") == ["09:00"]
    assert there.column("来源") == ["签到"]
    assert there.has_keyboard(there.people.who)


def test_somebody_without_a_file_is_taken_as_written_with_the_group_in_the_same_line(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.call("王大明 志愿者")
    there.call("李玉梅")
    # By the digit beside the box: Tab, 4, Enter.
    there.type("何秀珍")
    there.press(Qt.Key.Key_Tab)
    there.press(Qt.Key.Key_4, ENTER)
    there.call("赵一")

    assert there.column("姓名") == ["王大明", "李玉梅", "何秀珍", "赵一"]
    assert there.column("身份") == ["志愿者", "群众", "共建单位", "群众"]
    assert "党员 0 · 志愿者 1 · 群众 2 · 共建单位 1" in there.people.counts.text()


def test_letters_that_find_nobody_are_no_name_unless_somebody_says_so(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.call("zsf")
    assert names(desk, made) == []
    assert "没有找到" in there.people.said.text()
    assert there.people.who.text == "zsf"

    there.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    there.type("Anna")
    there.press(ENTER, with_=SHIFT)
    assert names(desk, made) == ["Anna"]


def test_a_namesake_of_a_file_is_taken_as_written_by_shift_enter(
    record: Opens, desk: Desk, made: Activity
) -> None:
    resident(desk, "张伟国")
    there = record(made)
    there.type("张伟")
    there.press(ENTER, with_=SHIFT)
    (row,) = service.attendance_of(desk, made.uid).rows
    assert (row.name, row.resident) == ("张伟", None)


def test_who_is_there_already_is_asked_for_the_way_out(
    record: Opens, desk: Desk, made: Activity, clock: FixedClock
) -> None:
    resident(desk, "张淑芬")
    there = record(made)
    there.call("zsf")
    clock.advance(3600)

    there.call("zsf")
    assert "张淑芬 09:00 已签到。按 Enter 签退" in there.people.said.text()
    assert there.column("签退") == [""]
    there.press(ENTER)
    assert there.column("签退") == ["10:00"]
    assert there.news[-1] == "张淑芬 已签退"

    there.call("zsf")
    assert there.people.said.text() == "张淑芬 已在 10:00 签退，没有再记。"
    there.press(ENTER)
    assert len(there.news) == 2


def test_the_question_of_leaving_is_gone_with_the_next_name_and_with_esc(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.call("张淑芬")
    there.call("张淑芬")
    there.call("李国强")
    there.press(ENTER)
    there.call("张淑芬")
    there.press(Qt.Key.Key_Escape)
    there.press(ENTER)

    assert there.column("签退") == ["", ""]
    assert there.backs == 0


def test_who_stands_on_the_sheet_without_a_file_is_found_by_initials(
    record: Opens, desk: Desk, made: Activity, clock: FixedClock
) -> None:
    sign_in(desk, made, "何秀珍")
    there = record(fresh(desk, made))
    clock.advance(60)
    there.call("hxz")
    there.press(ENTER)
    assert there.column("姓名") == ["何秀珍"]
    assert there.column("签退") == ["09:01"]


def test_two_of_one_name_are_refused_in_words_and_the_text_stays(
    record: Opens, desk: Desk, made: Activity
) -> None:
    sign_in(desk, made, "张伟", unit="金色家园")
    sign_in(desk, made, "张伟", unit="青榕雅苑")
    there = record(fresh(desk, made))
    there.type("张伟")
    there.press(ENTER, with_=SHIFT)
    assert "不止一位同名的人" in there.people.said.text()
    assert there.people.who.text == "张伟"
    assert len(names(desk, made)) == 2


def test_names_are_put_down_before_the_day_and_found_on_it(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk, form(day=TODAY.replace(day=24)))
    service.open_sign_up(desk, made.uid, made.revision)
    there = record(made)
    there.call("陈桂英")
    assert there.column("签到") == ["已报名"]
    assert there.news == ["陈桂英 已报名"]

    clock.set(made.starts_at)
    there.call("陈桂英")
    there.wait(lambda: there.state() == "进行中")
    assert there.column("签到") == ["09:30"]


def test_the_doors_are_closed_on_another_day_and_after_the_end(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    ahead = record(plan(desk, form(day=TODAY.replace(day=24))))
    assert not ahead.people.who.isVisible()
    assert ahead.people.said.text() == (
        "活动在11月24日 周二，当天在这里签到；要先收名单，请“开放报名”。"
    )
    made = held(desk, clock)
    service.finish(desk, made.uid, made.revision)
    over = record(made)
    over.content.turn_to(0)
    assert not over.people.who.isVisible()
    assert "请用“补录签到表”" in over.people.said.text()
    assert over.people.paper.isVisible()


def test_digits_change_the_group_on_the_row(record: Opens, desk: Desk, made: Activity) -> None:
    sign_in(desk, made, "张淑芬")
    sign_in(desk, made, "李国强")
    there = record(fresh(desk, made))
    there.focus("李国强")
    there.press(Qt.Key.Key_1)
    there.wait(lambda: there.column("身份") == ["群众", "党员"])
    assert people(desk, made)[Group.PARTY] == 1
    there.undo()
    there.wait(lambda: there.column("身份") == ["群众", "群众"])


def test_t_signs_out_and_del_removes_and_both_can_be_taken_back(
    record: Opens, desk: Desk, made: Activity
) -> None:
    sign_in(desk, made, "张淑芬")
    there = record(fresh(desk, made))
    there.focus("张淑芬")
    there.press(Qt.Key.Key_T)
    there.wait(lambda: there.column("签退") == ["09:00"])
    there.press(Qt.Key.Key_Delete)
    there.wait(lambda: len(there.changes) == 2)
    assert names(desk, made) == []
    there.undo()
    there.wait(lambda: there.column("姓名") == ["张淑芬"])


def test_who_did_not_come_is_marked_absent_with_the_reason(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk, meeting(expected=3))
    clock.set(made.ends_at)
    service.fill_in_sheet(
        desk, made.uid, [line("李国强", absent="未说明"), line("王大明", arrived=(9, 30))]
    )
    there = record(fresh(desk, made))
    there.content.turn_to(0)
    assert there.people.counts.text().endswith("应到 3 · 未到 2")
    there.focus("李国强")
    there.press(Qt.Key.Key_Q)
    there.agree(reason="出差")
    there.wait(lambda: there.column("备注") == ["出差", ""])
    assert there.column("签到") == ["缺席", "09:30"]
    assert there.column("来源") == ["", "补录"]


def test_e_puts_a_line_right_and_a_changed_time_is_told_as_such(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock, "张淑分")
    there = record(made)
    there.focus("张淑分")
    there.press(Qt.Key.Key_E)
    sheet = there.fill(name="张淑芬", left_at="25:00")
    sheet.button("yes").click()
    assert "不是一个时间" in sheet.fields["left_at"].problem
    there.agree(left_at="10点半")
    there.wait(lambda: there.column("签退") == ["10:30"])
    assert there.column("姓名") == ["张淑芬"]
    assert there.column("签到") == ["09:30"]
    assert there.column("来源") == ["补录"]


def test_p_leads_to_the_residents_file(record: Opens, desk: Desk, made: Activity) -> None:
    file = resident(desk, "张淑芬")
    there = record(made)
    there.call("zsf")
    there.focus("张淑芬")
    there.press(Qt.Key.Key_P)
    assert there.routes == [Open("residents", file.uid)]


def test_an_undone_sign_in_is_gone_and_so_is_the_beginning(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    there.call("张淑芬")
    there.wait(lambda: there.state() == "进行中")
    there.undo()
    there.wait(lambda: there.state() == "计划")
    assert there.column("姓名") == []


def test_an_archived_sheet_is_for_reading(
    record: Opens, desk: Desk, made: Activity, clock: FixedClock
) -> None:
    sign_in(desk, made, "张淑芬")
    clock.set(made.starts_at)
    service.cancel(desk, made.uid, fresh(desk, made).revision, "停电")
    there = record(made)
    there.content.turn_to(0)
    there.focus("张淑芬")
    there.press(Qt.Key.Key_1, Qt.Key.Key_Delete, Qt.Key.Key_T)
    assert not there.people.who.isVisible()
    assert there.column("身份") == ["群众"]
    assert names(desk, made) == ["张淑芬"]


def test_another_activity_finds_the_box_empty(record: Opens, desk: Desk, made: Activity) -> None:
    other = plan(desk, form(name="另一场"))
    there: ActivitySeat = record(made)
    type_text(there.page, "张")
    press(there.page, Qt.Key.Key_Escape)
    there.type("半个名字")
    there.page.open_record(other.uid)
    there.page.arrive()
    there.wait(lambda: there.header.title == "另一场")
    assert there.people.who.text == ""
