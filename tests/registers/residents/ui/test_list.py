"""The list of residents: its order and masks, what narrows it, and where its rows lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.registers.residents.search import find
from desktop_app.registers.residents.ui.merge import MergeSheet
from desktop_app.registers.residents.ui.page import ResidentsPage
from desktop_app.storage.paging import PAGE_SIZE
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import CONTROL, ENTER, ResidentsSeat, unnamed
from tests.driver.typing import type_text
from tests.registers.residents.neighbours import a_neighbourhood, neighbour

SitDown = Callable[[], ResidentsSeat]
IN_ORDER = [
    "阿迪力·买买提", "陈子涵", "赖建国", "李晓梅", "仇大海", "单桂英", "曾秋英", "张淑芬",
]  # fmt: skip


def test_residents_stand_in_the_order_of_pinyin_with_nothing_private(
    desk: Desk, sit_down: SitDown
) -> None:
    a_neighbourhood(desk)
    seat = sit_down()
    assert seat.names == IN_ORDER
    last = {title: seat.column(title)[-1] for title in ("小区 楼栋", "联系电话", "性别 年龄")}
    assert last == {
        "小区 楼栋": "青榕雅苑 3***",
        "联系电话": "138****5678",
        "性别 年龄": "女 71岁",
    }
    assert seat.column("党员管理类别")[-1] == "退休党员"
    assert seat.column("告知")[-2:] == ["未告知", "已告知"]
    assert seat.column("上次来访") == ["还没来过"] * len(IN_ORDER)


def test_the_box_narrows_the_list_and_says_what_it_hides(desk: Desk, sit_down: SitDown) -> None:
    a_neighbourhood(desk)
    seat = sit_down()
    seat.press(Qt.Key.Key_F, with_=CONTROL)
    seat.write("qdh")
    seat.wait(lambda: seat.names == ["仇大海"])
    assert seat.says("只显示：“qdh”")
    seat.press(ENTER)
    assert seat.focused == "居民"
    seat.click("清除筛选")
    seat.wait(lambda: seat.names == IN_ORDER)
    assert not seat.says("只显示")


def test_party_members_and_a_compound_can_be_listed_alone(desk: Desk, sit_down: SitDown) -> None:
    people = a_neighbourhood(desk)
    seat = sit_down()
    filters = seat.page.list.filters
    seat.wait(lambda: filters.compound.count() == 4)
    filters.party.set_value("employed")
    seat.wait(lambda: seat.names == ["赖建国"])
    home = people["赖建国"].compound
    assert home is not None
    filters.party.set_value("")
    filters.compound.set_value(home.hex)
    seat.wait(lambda: seat.names == ["阿迪力·买买提", "赖建国", "曾秋英", "张淑芬"])
    assert seat.says("只显示：青榕雅苑")


def test_enter_opens_the_card(desk: Desk, sit_down: SitDown) -> None:
    people = a_neighbourhood(desk)
    seat = sit_down()
    seat.press(Qt.Key.Key_Down, ENTER)
    assert seat.routes == [Open("residents", people["陈子涵"].uid)]


def test_a_visit_is_begun_with_words_that_find_just_this_person(
    desk: Desk, sit_down: SitDown
) -> None:
    neighbour(desk, "张淑芬", "13800005678")
    other = neighbour(desk, "张淑芬", "13800000021")
    seat = sit_down()
    seat.page.list.table.focus_row(other.uid.hex)
    seat.press(Qt.Key.Key_V)
    (route,) = seat.routes
    assert isinstance(route, OpenPage)
    assert route.page == "front_desk"
    assert [line.uid for line in find(desk, route.search).people] == [other.uid]


def test_an_empty_register_says_the_next_step(sit_down: SitDown) -> None:
    seat = sit_down()
    assert "还没有居民档案。" in seat.sentences
    seat.click("新建档案", seat.page.list.table)
    assert seat.focused == "姓名"


def test_nobody_found_says_so_and_offers_everybody(desk: Desk, sit_down: SitDown) -> None:
    neighbour(desk, "张淑芬")
    seat = sit_down()
    seat.page.search_for("qqq")
    seat.wait(lambda: "没有符合条件的居民。" in seat.sentences)
    seat.click("清除筛选", seat.page.list.table.view)
    seat.wait(lambda: seat.names == ["张淑芬"])


def test_a_list_that_may_not_be_read_says_so(desk: Desk, runner: JobRunner, qtbot: QtBot) -> None:
    stranger = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.SIGN_IN})))
    seat = ResidentsSeat(ResidentsPage(stranger, runner), qtbot)
    seat.come()
    seat.wait(lambda: any("没有“查看台账”权限" in one for one in seat.sentences))
    assert not seat.offers("新建档案")


def test_longer_lists_are_turned_by_pages(desk: Desk, sit_down: SitDown) -> None:
    for number in range(PAGE_SIZE + 3):
        neighbour(desk, f"李{'一二三四五六七八九十'[number % 10]}{number}")
    seat = sit_down()
    first = seat.names
    seat.press(Qt.Key.Key_PageDown, with_=CONTROL)
    seat.wait(lambda: len(seat.names) == 3)
    assert not set(first) & set(seat.names)
    seat.click("上一页")
    seat.wait(lambda: seat.names == first)


def test_two_files_of_one_person_become_one_and_part_again(desk: Desk, sit_down: SitDown) -> None:
    kept = neighbour(desk, "张淑芬", "13800005678")
    neighbour(desk, "张淑芳", "13800005678")
    seat = sit_down()
    seat.press(Qt.Key.Key_Down, Qt.Key.Key_M)
    sheet = seat.sheet()
    assert isinstance(sheet, MergeSheet)
    type_text(sheet, "zsf")
    seat.wait(lambda: len(sheet.box.people) == 2)
    sheet.box.drop.list.enter()
    sheet.box.drop.chosen.emit(
        next(line.uid.hex for line in sheet.box.people if line.name == "张淑芳")
    )
    assert "姓名 张淑芬 张淑芳" in sheet.compared
    assert "联系电话 138****5678 138****5678" in sheet.compared
    sheet.button("yes").click()
    seat.wait(lambda: seat.names == ["张淑芬"])
    assert seat.news == [f"已合并居民档案，保留 {kept.number}"]
    seat.undo(desk)
    seat.wait(lambda: sorted(seat.names) == ["张淑芬", "张淑芳"])


def test_merging_with_nobody_or_with_oneself_is_refused_in_words(
    desk: Desk, sit_down: SitDown
) -> None:
    neighbour(desk, "张淑芬")
    seat = sit_down()
    seat.press(Qt.Key.Key_M)
    sheet = seat.sheet()
    assert isinstance(sheet, MergeSheet)
    sheet.button("yes").click()
    assert "还没有选另一份档案" in sheet.note
    type_text(sheet, "zsf")
    seat.wait(lambda: sheet.box.people)
    sheet.box.drop.chosen.emit(sheet.box.people[0].uid.hex)
    assert "这就是左边的这份档案" in sheet.note
    sheet.reject()


def test_what_an_operator_may_not_do_is_not_offered(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    neighbour(desk, "张淑芬")
    rights = frozenset({Right.READ, Right.REGISTER})
    volunteer = replace(desk, actor=replace(desk.actor, rights=rights))
    seat = ResidentsSeat(ResidentsPage(volunteer, runner), qtbot)
    seat.come()
    seat.wait(lambda: seat.names)
    assert seat.offers("登记来访")
    assert not seat.offers("合并")
    assert not seat.offers("修改")


def test_everything_on_the_list_has_a_name(desk: Desk, sit_down: SitDown) -> None:
    a_neighbourhood(desk)
    seat = sit_down()
    assert unnamed(seat.page) == []
