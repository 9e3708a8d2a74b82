"""A resident's card on screen: masked until asked, all that happened, and the next steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Resident, ResidentDraft
from desktop_app.registers.residents.search import find
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.ui.volunteer_form import VolunteerSheet
from desktop_app.station.resident_card.ui.masked_row import SHOWN_SECONDS, MaskedRow
from desktop_app.station.resident_card.ui.own_copy import OwnCopySheet
from desktop_app.station.resident_card.ui.page import ResidentCardPage
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import ENTER, CardSeat, unnamed
from tests.driver.typing import type_text
from tests.ledgers.visits.ui.ledger_data import Ledger
from tests.registers.residents.neighbours import a_neighbourhood, neighbour


@pytest.fixture
def people(clerk: Desk) -> dict[str, Resident]:
    """A neighbourhood by name."""
    return a_neighbourhood(clerk)


def test_nothing_private_can_be_read_unasked(seat: CardSeat, people: dict[str, Resident]) -> None:
    seat.open(people["张淑芬"].uid)
    assert seat.told("性别 年龄") == "女 71岁"
    assert seat.told("联系电话") == "138****5678"
    assert seat.told("住址") == "青榕雅苑 3***"
    assert seat.told("证件号码") == "居民身份证\n**************0022"
    assert seat.told("党员类别") == "退休党员\n青榕雅苑第一党支部"
    assert seat.told("告知与同意") == "已告知并同意 2026年3月5日 王小燕"
    for covered in ("出生日期", "关爱对象", "备注"):
        assert set(seat.told(covered)) == {"*"}
    assert seat.marks == ("退休党员", "已告知并同意")


def test_r_shows_one_thing_after_the_other_for_ten_seconds_and_is_written_down(
    seat: CardSeat, clerk: Desk, people: dict[str, Resident]
) -> None:
    zhang = people["张淑芬"]
    seat.open(zhang.uid)
    seat.press(Qt.Key.Key_R)
    seat.wait(lambda: seat.told("联系电话") == "13800005678")
    assert seat.told("住址") == "青榕雅苑 3***"
    seat.press(Qt.Key.Key_R)
    seat.wait(lambda: seat.told("住址") == "青榕雅苑 3-2-501")
    row = seat.page.card.file.rows["phones"]
    assert SHOWN_SECONDS == 10
    assert 0 < row.seconds_left <= SHOWN_SECONDS
    with clerk.reading(needs=Right.READ_AUDIT) as connection:
        found = [entry for entry in audit.entries(connection) if entry.action == "查看完整内容"]
    assert [(entry.subject, entry.detail) for entry in found] == [
        (zhang.number, "门牌"),
        (zhang.number, "联系电话"),
    ]


def test_the_field_with_the_keyboard_is_the_one_r_shows_and_covers(
    seat: CardSeat, people: dict[str, Resident]
) -> None:
    seat.open(people["张淑芬"].uid)
    seat.page.card.file.rows["birth"].button.setFocus()
    seat.press(Qt.Key.Key_R)
    seat.wait(lambda: seat.told("出生日期") == "1955年3月8日")
    assert seat.focused == "遮住 出生日期"
    seat.press(Qt.Key.Key_R)
    assert set(seat.told("出生日期")) == {"*"}


def test_what_was_shown_is_covered_by_itself_and_when_one_looks_away(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    row = MaskedRow("phones", "联系电话", window, seconds=1)
    row.show_value("138****5678", masked=True)
    row.reveal("13800005678")
    assert row.words == "13800005678"
    qtbot.waitUntil(lambda: row.words == "138****5678", timeout=3000)
    row.reveal("13800005678")
    window.hide()
    assert row.words == "138****5678"
    assert not row.is_revealed


def test_somebody_without_the_right_is_offered_nothing_that_would_be_refused(
    clerk: Desk, runner: JobRunner, qtbot: QtBot, people: dict[str, Resident]
) -> None:
    reader = replace(clerk, actor=replace(clerk.actor, rights=frozenset({Right.READ})))
    seat = CardSeat(ResidentCardPage(reader, runner), qtbot)
    seat.open(people["张淑芬"].uid)
    seat.press(*(getattr(Qt.Key, f"Key_{key}") for key in (*"REMZY", "Delete")))
    assert "登记为志愿者" not in "".join(hint.words for hint in seat.page.hints)
    assert seat.told("联系电话") == "138****5678"
    assert seat.told("关爱对象") == ""
    for word in ("显示", "登记来访", "修改", "登记为志愿者", "合并", "本人查阅", "删除"):
        assert not seat.offers(word), word
    assert (seat.routes, seat.news) == ([], [])


def test_the_time_line_tells_what_when_and_how_it_stands_and_opens_each_record(
    seat: CardSeat, ledger: Ledger, people: dict[str, Resident]
) -> None:
    zhang = people["张淑芬"]
    ledger.days_ago(10)
    leak = ledger.visit("房屋渗漏水协调", zhang, entry_summary="楼上漏水", entry_done=False)
    ledger.step(leak, Action.TAKE_UP)
    ledger.days_on(10)
    ledger.visit("城乡居民医保参保缴费帮办", zhang)
    seat.open(zhang.uid)
    assert len(seat.time_line) == 2
    assert seat.time_line[0].startswith("城乡居民医保参保缴费帮办 11月23日 周一")
    assert seat.time_line[1].startswith("房屋渗漏水协调 楼上漏水 11月13日 周五")
    assert seat.time_line[1].endswith("接办")
    seat.press(Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER)
    assert seat.routes[-1] == Open("visits", leak.uid)


def test_a_long_time_line_is_turned_by_pages(seat: CardSeat, ledger: Ledger, clerk: Desk) -> None:
    person = neighbour(clerk, "张淑芬")
    for number in range(21):
        ledger.visit("", person, entry_summary=f"第{number}件")
    seat.open(person.uid)
    assert seat.time_line[0].startswith("第20件")
    seat.click("更早")
    seat.wait(lambda: len(seat.time_line) == 1)
    assert seat.time_line[0].startswith("第0件")


def test_nobody_has_come_yet_says_so_and_begins_a_visit(
    seat: CardSeat, clerk: Desk, people: dict[str, Resident]
) -> None:
    lai = people["赖建国"]
    seat.open(lai.uid)
    assert "还没有往来记录。" in seat.sentences
    seat.press(Qt.Key.Key_V)
    (route,) = seat.routes
    assert isinstance(route, OpenPage)
    assert route.page == "front_desk"
    assert [line.uid for line in find(clerk, route.search).people] == [lai.uid]


def test_a_change_is_made_in_place_and_esc_brings_the_card_back(
    seat: CardSeat, clerk: Desk, people: dict[str, Resident]
) -> None:
    lai = people["赖建国"]
    seat.open(lai.uid)
    seat.press(Qt.Key.Key_E)
    seat.wait(lambda: seat.asks("姓名") and seat.value("姓名") == "赖建国")
    seat.fill("出生日期", "19800101")
    seat.press(Qt.Key.Key_Escape)
    assert not seat.asks("姓名")
    assert seat.backs == 0
    seat.press(Qt.Key.Key_E)
    seat.wait(lambda: seat.asks("姓名") and seat.value("出生日期") == "19800101")
    seat.save()
    seat.wait(lambda: seat.told("性别 年龄") == "男 46岁")
    assert residents.for_editing(clerk, lai.uid).birth == date(1980, 1, 1)


def test_a_duplicate_is_merged_into_this_file_and_marked(seat: CardSeat, clerk: Desk) -> None:
    kept = neighbour(clerk, "张淑芬", "13800005678")
    neighbour(clerk, "张书芳", "13500000021")
    seat.open(kept.uid)
    seat.press(Qt.Key.Key_M)
    sheet = seat.merge_sheet()
    type_text(sheet, "0021")
    seat.wait(lambda: sheet.box.people)
    type_text(sheet, "\r")
    sheet.button("yes").click()
    seat.wait(lambda: "已并入1份" in seat.marks)
    assert seat.news == [f"已合并居民档案，保留 {kept.number}"]


def test_erasing_is_asked_first_says_what_stays_and_leads_back(
    seat: CardSeat, ledger: Ledger, clerk: Desk, people: dict[str, Resident]
) -> None:
    zhang = people["张淑芬"]
    ledger.visit("", zhang)
    seat.open(zhang.uid)
    seat.press(Qt.Key.Key_Delete)
    sheet = seat.sheet()
    assert "件数照常统计" in sheet.accessibleDescription()
    assert "不能撤销" in sheet.accessibleDescription()
    seat.cancel(sheet)
    assert residents.card(clerk, zhang.uid).resident.name == "张淑芬"
    seat.press(Qt.Key.Key_Delete)
    seat.click("删除", seat.sheet())
    seat.wait(lambda: seat.news)
    assert seat.news == [f"已删除档案 {zhang.number}"]
    assert seat.changes[-1].undo is None
    assert seat.backs == 1
    assert find(clerk, "张淑芬").people == ()


def test_a_file_that_is_gone_says_so_and_leads_back(
    seat: CardSeat, clerk: Desk, people: dict[str, Resident]
) -> None:
    residents.erase(clerk, people["张淑芬"].uid)
    seat.page.open_record(people["张淑芬"].uid)
    seat.come()
    seat.wait(lambda: any("没有找到这条居民档案" in one for one in seat.sentences))
    seat.click("返回")
    assert seat.backs == 1


def test_a_file_that_goes_while_it_is_on_show_leads_back_by_itself(
    seat: CardSeat, clerk: Desk
) -> None:
    added = residents.add(clerk, ResidentDraft(name="陈志强"))
    seat.open(added.value.uid)
    assert added.undo is not None
    seat.page.take(added.undo.call(clerk).kinds)
    seat.wait(lambda: seat.backs == 1)


def test_a_persons_own_copy_is_shown_after_a_question_and_can_be_copied(
    seat: CardSeat, people: dict[str, Resident]
) -> None:
    seat.open(people["张淑芬"].uid)
    seat.press(Qt.Key.Key_Y)
    seat.click("查阅", seat.sheet())
    seat.wait(lambda: isinstance(seat.sheet(), OwnCopySheet))
    sheet = seat.sheet()
    assert isinstance(sheet, OwnCopySheet)
    sheet.button("copy").click()
    assert "350802195503080022" in QGuiApplication.clipboard().text()
    assert sheet.isVisible()
    sheet.button("close").click()
    QGuiApplication.clipboard().clear()


def test_another_persons_card_never_shows_what_was_revealed_of_the_one_before(
    seat: CardSeat, people: dict[str, Resident]
) -> None:
    seat.open(people["张淑芬"].uid)
    seat.press(Qt.Key.Key_R)
    seat.wait(lambda: seat.told("联系电话") == "13800005678")
    seat.open(people["仇大海"].uid)
    assert seat.told("联系电话") == "133****0000"
    assert seat.told("备注") == ""
    assert seat.marks == ("未告知",)


def test_a_child_is_marked_and_its_guardian_stands_there(
    seat: CardSeat, people: dict[str, Resident]
) -> None:
    seat.open(people["陈子涵"].uid)
    assert "未满14周岁" in seat.marks
    assert "13500009876" not in seat.told("监护人")


def test_everything_on_the_card_has_a_name(seat: CardSeat, people: dict[str, Resident]) -> None:
    seat.open(people["张淑芬"].uid)
    assert unnamed(seat.page) == []
    assert seat.button("显示 联系电话").text() == "显示"


def test_a_resident_is_made_a_volunteer_from_the_card_and_then_found_there(
    seat: CardSeat, clerk: Desk, people: dict[str, Resident]
) -> None:
    zhang = people["张淑芬"]
    seat.open(zhang.uid)
    assert seat.offers("登记为志愿者")
    seat.press(Qt.Key.Key_Z)
    sheet = seat.sheet()
    assert isinstance(sheet, VolunteerSheet)
    sheet.button("yes").click()
    seat.wait(lambda: seat.offers("志愿者档案"))
    (line,) = volunteers.page(clerk).rows
    kept = volunteers.get(clerk, line.uid)
    assert kept.resident == zhang.uid
    assert seat.news == [f"已登记志愿者 {kept.number}"]
    seat.page.activateWindow()
    seat.wait(seat.page.isActiveWindow)
    seat.page.card.take_keyboard()
    seat.press(Qt.Key.Key_Z)
    assert seat.routes == [Open("volunteers", kept.uid)]
