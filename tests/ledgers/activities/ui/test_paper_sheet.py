"""补录签到表: typed line by line from paper; problems told by line, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Source
from desktop_app.ledgers.activities.rules.clock_text import parse_clock
from desktop_app.ledgers.activities.service import half_filled
from desktop_app.storage.session import Desk
from tests.driver.activity import ENTER
from tests.driver.typing import press, type_text
from tests.ledgers.activities.builders import fresh, meeting, people, plan, resident, sign_in
from tests.ledgers.activities.ui.conftest import Opens


@pytest.fixture
def made(desk: Desk, clock: FixedClock) -> Activity:
    """This morning's activity, over, with nobody on its sheet."""
    made = plan(desk)
    clock.set(made.ends_at)
    return made


def rows(desk: Desk, made: Activity) -> dict[str, Attendance]:
    return {row.name: row for row in service.attendance_of(desk, made.uid).rows}


def test_a_sheet_is_typed_by_enter_alone_and_no_time_means_all_the_time(
    record: Opens, desk: Desk, made: Activity
) -> None:
    file = resident(desk, "张淑芬")
    there = record(made)
    paper = there.paper()

    paper.line("zsf")
    paper.line("李国强 党员")
    paper.line("王大明", "9:40", "1050")
    assert paper.column("姓名") == ["张淑芬", "李国强", "王大明"]
    assert paper.column("签到") == ["全程", "全程", "9:40"]
    paper.save()

    there.wait(lambda: there.news == ["补录 3 人"])
    found = rows(desk, made)
    assert found["张淑芬"].resident == file.uid
    assert (found["张淑芬"].arrived_at, found["张淑芬"].left_at) == (made.starts_at, made.ends_at)
    assert found["李国强"].group is Group.PARTY
    assert found["王大明"].minutes == 70
    assert {row.source for row in found.values()} == {Source.LATE}
    assert fresh(desk, made).state is ActivityState.TO_RECORD
    there.wait(lambda: there.column("来源") == ["补录"] * 3)


def test_one_person_named_twice_is_told_with_both_lines_and_all_lines_stay(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    paper = there.paper()
    for name in ("张淑芬", "李国强", "张淑芬", "王大明"):
        paper.line(name)
    paper.save()

    there.wait(lambda: bool(paper.note()))
    assert "第3行：和第1行是同一个人" in paper.note()
    assert "没有保存" in paper.note()
    assert paper.column("问题") == ["", "", "和第1行是同一个人。", ""]
    assert rows(desk, made) == {}
    # The keyboard is on the line to blame: Del, and again.
    press(paper.sheet, Qt.Key.Key_Delete)
    assert paper.column("姓名") == ["张淑芬", "李国强", "王大明"]
    assert paper.sheet.entry.text().name == "张淑芬"
    paper.save()
    there.wait(lambda: len(rows(desk, made)) == 3)


def test_all_problems_are_told_at_once_by_line(record: Opens, desk: Desk, made: Activity) -> None:
    there = record(made)
    paper = there.paper()
    paper.line("张淑芬", "21:00", "")
    paper.line("李国强")
    paper.line("王大明", "10:30", "9:00")
    paper.save()
    there.wait(lambda: bool(paper.note()))
    told = paper.column("问题")
    assert "签到时间晚于活动结束" in told[0]
    assert told[1] == ""
    assert "签退早于签到" in told[2]


def test_a_line_is_put_right_in_its_place(record: Opens, desk: Desk, made: Activity) -> None:
    there = record(made)
    paper = there.paper()
    for name in ("张淑分", "李国强"):
        paper.line(name)
    paper.sheet.table.focus_row("1")
    paper.sheet.table.view.setFocus()
    press(paper.sheet, ENTER)
    type_text(paper.sheet, "张淑芬")
    press(paper.sheet, ENTER, ENTER)
    assert paper.column("姓名") == ["张淑芬", "李国强"]

    # Esc while a line is being changed leaves it as it was, and the sheet open.
    paper.sheet.table.focus_row("2")
    paper.sheet.table.view.setFocus()
    press(paper.sheet, ENTER)
    type_text(paper.sheet, "不要了")
    press(paper.sheet, Qt.Key.Key_Escape)
    press(paper.sheet, Qt.Key.Key_Escape)
    assert paper.column("姓名") == ["张淑芬", "李国强"]


def test_a_time_that_is_none_is_said_beside_it(record: Opens, desk: Desk, made: Activity) -> None:
    there = record(made)
    paper = there.paper()
    type_text(paper.sheet, "张淑芬")
    press(paper.sheet, ENTER)
    type_text(paper.sheet, "九点多")
    press(paper.sheet, ENTER, ENTER)
    assert "不是一个时间" in paper.sheet.entry.arrived.problem
    assert paper.column("姓名") == []
    assert paper.sheet.entry.text().name == "张淑芬"


def test_what_was_typed_is_there_again_after_the_sheet_was_put_aside(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    paper = there.paper()
    paper.line("张淑芬")
    paper.line("李国强", "9:40", "")
    press(paper.sheet, Qt.Key.Key_Escape)
    there.wait(lambda: not there.has_sheet())
    assert rows(desk, made) == {}

    again = record(made).paper()
    assert again.column("姓名") == ["张淑芬", "李国强"]
    assert again.column("签到") == ["全程", "9:40"]


def test_every_line_is_kept_while_it_is_typed_and_gone_once_saved(
    record: Opens, desk: Desk, made: Activity
) -> None:
    there = record(made)
    paper = there.paper()
    paper.line("张淑芬")

    def kept() -> object:
        return half_filled.left_over(desk, made.uid, half_filled.SHEET)

    there.wait(lambda: kept() is not None)
    paper.save()
    there.wait(lambda: there.news == ["补录 1 人"])
    assert kept() is None


def test_who_signed_in_at_the_desk_is_not_doubled_by_the_paper(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk)
    clock.set(made.starts_at)
    sign_in(desk, made, "张淑芬")
    clock.set(made.ends_at)
    there = record(fresh(desk, made))
    paper = there.paper()
    paper.line("张淑芬")
    paper.line("李国强")
    paper.save()
    there.wait(lambda: bool(there.news))
    assert there.news[0].startswith("补录 1 人")
    assert sum(people(desk, made).values()) == 2


def test_a_whole_sheet_can_be_taken_back(record: Opens, desk: Desk, made: Activity) -> None:
    there = record(made)
    paper = there.paper()
    paper.line("张淑芬")
    paper.save()
    there.wait(lambda: there.state() == "待记录")
    there.undo()
    there.wait(lambda: there.state() == "计划")
    assert rows(desk, made) == {}


def test_at_a_meeting_the_paper_also_says_who_did_not_come(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk, meeting())
    clock.set(made.ends_at)
    there = record(made)
    paper = there.paper()
    type_text(paper.sheet, "李国强")
    press(paper.sheet, ENTER)
    absent = paper.sheet.entry.absent.editor
    absent.setFocus()
    type_text(paper.sheet, "出差")
    press(paper.sheet, ENTER)
    assert paper.column("签到") == ["缺席"]
    paper.save()
    there.wait(lambda: bool(there.news))
    assert rows(desk, made)["李国强"].absent_reason == "出差"


def test_initials_left_without_enter_are_no_name(record: Opens, desk: Desk, made: Activity) -> None:
    resident(desk, "张淑芬")
    paper = record(made).paper()
    type_text(paper.sheet, "zsf")
    press(paper.sheet, Qt.Key.Key_Tab, ENTER)
    assert paper.column("姓名") == []
    assert "按 Enter 选定是谁" in paper.sheet.entry.name.problem


def test_a_name_left_by_tab_still_finds_its_file(record: Opens, desk: Desk, made: Activity) -> None:
    resident(desk, "张淑芬")
    paper = record(made).paper()
    type_text(paper.sheet, "张淑芬")
    press(paper.sheet, Qt.Key.Key_Tab, ENTER)
    assert paper.column("档案") == ["有"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9:30", (9, 30)),
        ("9：30", (9, 30)),
        ("930", (9, 30)),
        ("0930", (9, 30)),
        ("9.05", (9, 5)),
        ("9点", (9, 0)),
        ("9点半", (9, 30)),
        ("14时20分", (14, 20)),
        ("９：３０", (9, 30)),
        ("25:00", None),
        ("9:75", None),
        ("9", None),
        ("上午", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, meant: object) -> None:
    assert parse_clock(text) == meant
