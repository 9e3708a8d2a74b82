"""The form of a resident's file: by keyboard alone, nothing lost, what is wrong said in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.registers.residents import entry, service
from desktop_app.registers.residents.rules import (
    Consent,
    ConsentBasis,
    Guardian,
    PartyKind,
    Phone,
    Resident,
    SpecialGroup,
)
from desktop_app.registers.residents.ui.page import ResidentsPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.residents import ENTER, ResidentsSeat, unnamed
from tests.registers.residents.neighbours import a_neighbourhood, branch, compound, neighbour

SitDown = Callable[[], ResidentsSeat]
ZHANG_ID = "11010519491231002X"
"""The worked example of GB 11643-1999: a woman, born 1949-12-31."""


@pytest.fixture
def seat(desk: Desk, sit_down: SitDown) -> ResidentsSeat:
    """The form of a new file, with a 小区 and a 党支部 to choose from."""
    compound(desk)
    branch(desk)
    seat = sit_down()
    seat.wait(lambda: seat.page.list.filters.compound.count() == 2)
    seat.open_form()
    return seat


def saved(seat: ResidentsSeat, desk: Desk) -> Resident:
    """What Ctrl+Enter kept."""
    seat.save()
    seat.wait(lambda: seat.news)
    return service.for_editing(desk, seat.changes[-1].value.uid)


def test_a_new_file_is_filled_in_by_keyboard_alone(seat: ResidentsSeat, desk: Desk) -> None:
    seat.write("欧阳丽华")
    seat.press(ENTER)
    seat.write("2")
    seat.press(ENTER)
    seat.write("19550308")
    seat.press(ENTER)
    seat.write("138 0000 5678")
    seat.press(ENTER)
    seat.write("女儿")
    seat.press(ENTER, ENTER, ENTER)
    seat.write("qryy")
    seat.press(ENTER, ENTER)
    seat.write("3")
    seat.press(ENTER)
    seat.write("2")
    seat.press(ENTER)
    seat.write("501")
    found = saved(seat, desk)
    assert (found.name, found.gender, found.birth) == (
        "欧阳丽华",
        Gender.FEMALE,
        date(1955, 3, 8),
    )
    assert found.phones == (Phone("13800005678", "女儿"),)
    assert (found.building, found.unit, found.room) == ("3", "2", "501")
    assert found.compound is not None
    assert seat.news == [f"已新建档案 {found.number}"]
    assert seat.routes == [Open("residents", found.uid)]


def test_a_wrong_number_is_said_when_leaving_it_and_a_right_one_fills_what_it_tells(
    seat: ResidentsSeat,
) -> None:
    seat.fill("证件号码", "110105194912310021")
    seat.press(ENTER)
    assert "校验码对不上" in seat.problem("证件号码")
    assert seat.value("出生日期") == ""
    seat.fill("证件号码", "110105 19491231 002x")
    seat.press(ENTER)
    assert seat.problem("证件号码") == ""
    assert seat.value("证件号码") == ZHANG_ID
    assert seat.value("出生日期") == "1949-12-31"
    assert seat.value("性别") == str(Gender.FEMALE.value)


def test_what_the_number_contradicts_is_said_beside_the_birth(seat: ResidentsSeat) -> None:
    seat.fill("出生日期", "19550308")
    seat.fill("证件号码", ZHANG_ID)
    seat.press(ENTER)
    assert "不一致" in seat.problem("出生日期")
    assert seat.value("出生日期") == "1955-03-08"


def test_a_child_asks_for_a_guardian_in_place(seat: ResidentsSeat, desk: Desk) -> None:
    assert not seat.asks("监护人姓名")
    seat.fill("姓名", "陈子涵")
    seat.fill("出生日期", "20180601")
    assert seat.asks("监护人姓名")
    seat.save()
    seat.wait(lambda: "还没有填写监护人" in seat.problem("监护人姓名"))
    assert seat.focused == "监护人姓名"
    seat.write("陈志强")
    assert saved(seat, desk).guardian == Guardian("陈志强")


def test_each_kind_of_party_member_is_asked_for_what_it_needs(
    seat: ResidentsSeat, desk: Desk
) -> None:
    seat.fill("姓名", "赖建国")
    assert not seat.asks("所在党支部")
    seat.choose("党员管理类别", PartyKind.MOBILE.value)
    assert (seat.asks("流出地"), seat.asks("工作单位")) == (True, False)
    seat.choose("党员管理类别", PartyKind.EMPLOYED.value)
    assert (seat.asks("流出地"), seat.asks("工作单位"), seat.asks("所在党支部")) == (
        False,
        True,
        True,
    )
    seat.save()
    seat.wait(lambda: "还没有填写工作单位" in seat.problem("工作单位"))
    seat.write("市自来水公司")
    assert saved(seat, desk).workplace == "市自来水公司"


def test_somebody_who_is_there_already_is_told_of_while_typing(
    desk: Desk, sit_down: SitDown
) -> None:
    there = neighbour(desk, "张淑芬", "13800005678", birth=date(1955, 3, 8))
    seat = sit_down()
    seat.open_form()
    seat.write("张淑芬")
    seat.wait(lambda: seat.says("（同名）"))
    seat.fill("出生日期", "19550308")
    seat.wait(lambda: seat.says("（姓名和出生日期相同）"))
    seat.click("打开那一份")
    assert seat.routes == [Open("residents", there.uid)]
    assert seat.value("姓名") == "张淑芬"


def test_leaving_by_esc_loses_nothing(seat: ResidentsSeat) -> None:
    seat.fill("姓名", "张淑")
    seat.fill("联系电话", "138")
    seat.press(Qt.Key.Key_Escape)
    assert seat.focused != "联系电话"
    seat.open_form()
    assert (seat.value("姓名"), seat.value("联系电话")) == ("张淑", "138")
    assert seat.page.form.body.note == "已接着上次没有保存的内容。"


def test_what_is_half_filled_survives_a_power_cut_word_for_word(
    seat: ResidentsSeat, desk: Desk, sit_down: SitDown
) -> None:
    seat.fill("姓名", "张淑")
    seat.fill("出生日期", "1955年")
    seat.click("再加一个电话")
    seat.fill("联系电话（2）", "0597")
    seat.choose("告知与同意", ConsentBasis.WRITTEN.value)
    seat.wait(lambda: (half := entry.left_over(desk, None)) and half.text.consent_basis)
    after = sit_down()
    after.open_form()
    assert after.value("姓名") == "张淑"
    assert after.value("出生日期") == "1955年"
    assert after.value("联系电话") == "0597"
    assert after.value("告知人") == "王小燕"


def test_a_form_that_was_saved_or_dropped_does_not_come_back(
    seat: ResidentsSeat, desk: Desk
) -> None:
    seat.fill("姓名", "张淑芬")
    saved(seat, desk)
    seat.open_form()
    assert seat.value("姓名") == ""
    seat.write("李")
    seat.press(Qt.Key.Key_Escape)
    seat.open_form()
    seat.click("重新填写")
    assert seat.value("姓名") == ""
    seat.wait(lambda: entry.left_over(desk, None) is None)


def test_every_problem_stands_beside_its_field_and_nothing_typed_is_lost(
    seat: ResidentsSeat,
) -> None:
    seat.fill("联系电话", "12")
    seat.fill("出生日期", "去年")
    seat.choose("告知与同意", ConsentBasis.WRITTEN.value)
    seat.fill("告知日期", "2030-01-01")
    seat.save()
    seat.wait(lambda: seat.problem("姓名"))
    assert "不是一个日期" in seat.problem("出生日期")
    assert "手机号码应为11位" in seat.problem("联系电话")
    assert "比今天还晚" in seat.problem("告知与同意")
    assert seat.focused == "姓名"
    assert seat.value("出生日期") == "去年"
    assert seat.news == []


def test_groups_in_need_of_care_are_closed_until_opened_and_need_their_right(
    seat: ResidentsSeat, desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    assert not seat.offers("独居老人")
    seat.fill("姓名", "曾秋英")
    seat.click("关爱对象")
    seat.click("独居老人")
    seat.save()
    seat.wait(lambda: "还没有记录告知或同意" in seat.problem("告知与同意"))
    seat.choose("告知与同意", ConsentBasis.TOLD_AND_AGREED.value)
    found = saved(seat, desk)
    assert found.special_groups == (SpecialGroup.LIVING_ALONE,)
    assert found.consent == Consent(ConsentBasis.TOLD_AND_AGREED, date(2026, 11, 23), "王小燕")
    rights = desk.actor.rights - {Right.SENSITIVE}
    clerk = replace(desk, actor=replace(desk.actor, rights=rights))
    other = ResidentsSeat(ResidentsPage(clerk, runner), qtbot)
    other.come()
    other.open_form()
    assert not other.offers("关爱对象")


def test_several_numbers_and_whose_they_are(seat: ResidentsSeat, desk: Desk) -> None:
    seat.fill("姓名", "赖建国")
    seat.fill("联系电话", "13900001234")
    seat.click("再加一个电话")
    seat.write("2212345")
    seat.click("再加一个电话")
    seat.write("13500009876")
    seat.fill("是谁的（3）", "妻子")
    seat.click("去掉")
    assert seat.value("联系电话（2）") == "13500009876"
    assert not seat.asks("联系电话（3）")
    assert saved(seat, desk).phones == (Phone("13900001234"), Phone("13500009876", "妻子"))


def test_a_change_begins_with_the_whole_file_and_keeps_what_was_not_touched(
    desk: Desk, sit_down: SitDown
) -> None:
    before = a_neighbourhood(desk)["张淑芬"]
    seat = sit_down()
    seat.page.list.table.focus_row(before.uid.hex)
    seat.press(Qt.Key.Key_E)
    seat.wait(lambda: seat.focused == "姓名" and seat.value("联系电话") == "13800005678")
    assert seat.value("证件号码") == "350802195503080022"
    assert seat.value("所在党支部") == before.party_branch.hex  # type: ignore[union-attr]
    seat.fill("门牌", "502")
    assert saved(seat, desk) == replace(
        before, room="502", revision=2, changed_at=before.changed_at
    )
    assert seat.news == [f"已修改档案 {before.number}"]
    seat.undo(desk)
    assert service.for_editing(desk, before.uid).room == "501"


def test_a_change_is_kept_half_filled_apart_from_a_new_file(desk: Desk, sit_down: SitDown) -> None:
    person = neighbour(desk, "张淑芬", "13800005678")
    seat = sit_down()
    with changing(seat):
        seat.fill("备注", "先打电话")
        seat.press(Qt.Key.Key_Escape)
    seat.open_form()
    assert seat.value("姓名") == ""
    seat.press(Qt.Key.Key_Escape)
    service.change(desk, replace(service.for_editing(desk, person.uid), room="101"))
    with changing(seat):
        assert seat.value("备注") == "先打电话"
        assert "后来改过" in seat.page.form.body.note


@contextmanager
def changing(seat: ResidentsSeat) -> Iterator[None]:
    """The form of the first resident of the list."""
    seat.page.list.table.view.setFocus()
    seat.press(Qt.Key.Key_E)
    seat.wait(lambda: seat.focused == "姓名")
    yield


def test_what_somebody_else_saved_meanwhile_is_not_written_over(
    desk: Desk, sit_down: SitDown
) -> None:
    person = neighbour(desk, "张淑芬", "13800005678")
    seat = sit_down()
    with changing(seat):
        service.change(desk, replace(service.for_editing(desk, person.uid), room="101"))
        seat.fill("门牌", "999")
        seat.save()
    seat.wait(lambda: "刚刚被别人改过" in seat.page.form.body.problem)
    assert seat.value("门牌") == "999"
    assert service.for_editing(desk, person.uid).room == "101"


def test_a_card_that_is_read_fills_the_form_whatever_field_has_the_keyboard(
    seat: ResidentsSeat,
) -> None:
    seat.fill("地址补充", "石埕巷")
    seat.read_card(ZHANG_ID)
    seat.wait(lambda: seat.value("证件号码") == ZHANG_ID)
    assert seat.value("出生日期") == "1949-12-31"
    assert seat.value("证件类型") == IdKind.RESIDENT_ID_CARD.value
    assert seat.value("地址补充") == "石埕巷"


def test_every_field_of_the_form_is_called_like_its_label(seat: ResidentsSeat) -> None:
    seat.click("关爱对象")
    seat.choose("告知与同意", ConsentBasis.WRITTEN.value)
    assert unnamed(seat.page) == []
    for name, field in seat.page.form.body.fields.items():
        assert field.editor.accessibleName() == field.label, name


def test_nothing_of_one_person_is_left_in_the_form_of_the_next(
    desk: Desk, sit_down: SitDown
) -> None:
    neighbour(desk, "张淑芬", "13800005678")
    seat = sit_down()
    with changing(seat):
        seat.press(Qt.Key.Key_Escape)
    assert seat.page.form.body.text().phones == ()
