"""The list of 共建单位: what it shows, what narrows it, and what is done from it by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.registers.partners import service
from desktop_app.registers.partners.rules import PartnerFilter, UnitKind
from desktop_app.registers.partners.ui.looks import WithPartner
from desktop_app.registers.partners.ui.pane import PartnersPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.co_building import ListSeat
from tests.driver.residents import CONTROL, ENTER, unnamed
from tests.driver.typing import press
from tests.registers.partners.units import CODE, partner

K = Qt.Key
SitDown = Callable[[], ListSeat]


def three(desk: Desk) -> None:
    """A bank, a school, and a clinic that moved away."""
    partner(desk)
    partner(desk, name="青榕小学", short_name="", unit_kind=UnitKind.SCHOOL)
    gone = partner(desk, name="安康诊所", short_name="", unit_kind=UnitKind.HOSPITAL)
    service.end(desk, gone.uid, gone.revision, "已迁出辖区")


def test_units_stand_in_the_order_of_pinyin_with_their_phones_masked(
    desk: Desk, sit_down: SitDown
) -> None:
    three(desk)
    seat = sit_down()
    assert seat.column("单位名称") == ["青榕农村商业银行荷塘支行", "青榕小学"]
    assert seat.column("类别") == ["银行", "学校"]
    assert seat.column("联络电话") == ["138****5678", "138****5678"]


def test_pinyin_finds_a_unit_and_the_foot_says_what_is_hidden(
    desk: Desk, sit_down: SitDown
) -> None:
    three(desk)
    seat = sit_down()
    seat.press(K.Key_F, with_=CONTROL)
    seat.write("xiaoxue")
    seat.wait(lambda: seat.column("单位名称") == ["青榕小学"])
    assert seat.says("只显示：“xiaoxue”")
    seat.press(ENTER)
    seat.wait(lambda: seat.focused == "共建单位")
    seat.press(ENTER)
    assert isinstance(seat.routes[-1], Open)


def test_whoever_is_no_partner_any_more_is_listed_on_request(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    seat = sit_down()
    seat.page.narrow_to(PartnerFilter(ended=True))
    seat.wait(lambda: seat.column("单位名称") == ["安康诊所"])
    assert seat.says("只显示：不再共建")
    seat.click("清除筛选")
    seat.wait(lambda: len(seat.column("单位名称")) == 2)
    assert not seat.says("只显示")


def test_a_unit_is_entered_by_keys_alone_and_then_shown(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    assert "还没有共建单位。" in seat.sentences
    seat.press(K.Key_F2)
    sheet = seat.saving_sheet()
    seat.write_into(name="青榕小学")
    press(sheet, ENTER, ENTER, K.Key_5)
    seat.write_into(liaison="周敏", liaison_phone="13800001234", credit_code=CODE.lower())
    seat.save_sheet()
    seat.wait(lambda: seat.news == ["已新增共建单位：青榕小学"])
    saved = service.named(desk, "青榕小学")
    assert saved is not None
    assert (saved.unit_kind, saved.credit_code) == (UnitKind.SCHOOL, CODE)
    assert seat.routes == [Open("partners", saved.uid)]
    seat.undo(desk)
    assert service.named(desk, "青榕小学") is None


def test_the_credit_code_is_checked_while_it_is_typed(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    seat.press(K.Key_F2)
    sheet = seat.write_into(credit_code=CODE[:10])
    assert seat.says("已输 10 位，共 18 位")
    seat.write_into(credit_code=f"{CODE[:-1]}9")
    assert "校验码对不上" in sheet.fields["credit_code"].problem
    seat.write_into(credit_code=CODE)
    assert not sheet.fields["credit_code"].problem
    assert seat.says("代码校验无误")
    sheet.close()


def test_the_same_name_asks_once_whether_it_is_another_unit(desk: Desk, sit_down: SitDown) -> None:
    three(desk)
    seat = sit_down()
    seat.press(K.Key_F2)
    sheet = seat.write_into(name="青榕小学")
    sheet.fields["unit_kind"].editor.set_value(UnitKind.SCHOOL)  # type: ignore[attr-defined]
    seat.save_sheet()
    assert "还没有保存，内容都在" in sheet.fields["name"].problem
    assert "是另一个单位，保存" in sheet.button("yes").text()
    seat.save_sheet()
    seat.wait(lambda: seat.news)
    seat.wait(lambda: seat.column("单位名称").count("青榕小学") == 2)


def test_esc_keeps_what_was_typed_until_it_is_pressed_again(desk: Desk, sit_down: SitDown) -> None:
    seat = sit_down()
    seat.press(K.Key_F2)
    sheet = seat.write_into(name="青榕小学")
    sheet.reject()
    assert sheet.isVisible()
    assert "还没有保存" in sheet.note
    sheet.reject()
    assert not seat.news


def test_letters_change_end_and_resume_the_focused_unit(desk: Desk, sit_down: SitDown) -> None:
    bank = partner(desk)
    seat = sit_down()
    seat.press(K.Key_E)
    sheet = seat.saving_sheet()
    assert sheet.fields["liaison_phone"].editor.value() == "13800005678"  # type: ignore[attr-defined]
    seat.write_into(liaison="吴静")
    seat.save_sheet()
    seat.wait(lambda: seat.column("联络员") == ["吴静"])
    seat.keyboard_back()
    seat.page.table.view.setFocus()
    seat.press(K.Key_T)
    seat.write_into(end_reason="网点已撤并")
    seat.save_sheet()
    seat.wait(lambda: seat.column("单位名称") == [])
    seat.keyboard_back()
    seat.page.narrow_to(PartnerFilter(ended=True))
    seat.wait(lambda: seat.column("单位名称") == [bank.name])
    seat.page.table.view.setFocus()
    seat.press(K.Key_B)
    seat.wait(lambda: not service.get(desk, bank.uid).ended)
    assert seat.news[-1] == f"已恢复共建：{bank.name}"


def test_the_end_of_a_unit_wants_a_reason(desk: Desk, sit_down: SitDown) -> None:
    partner(desk)
    seat = sit_down()
    seat.press(K.Key_T)
    sheet = seat.save_sheet()
    assert "还没有写不再共建的原因" in sheet.fields["end_reason"].problem
    sheet.close()


def test_an_agreement_is_begun_with_the_focused_unit(desk: Desk, sit_down: SitDown) -> None:
    bank = partner(desk)
    seat = sit_down()
    seat.press(K.Key_X)
    assert seat.routes == [OpenPage("agreements", wanted=WithPartner(bank.uid))]


def test_who_may_only_read_is_offered_nothing_else(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    partner(desk)
    reader = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    seat = ListSeat(PartnersPane(reader, runner), qtbot)
    seat.come()
    seat.settled()
    seat.press(K.Key_F2, K.Key_E, K.Key_T, K.Key_X)
    assert not seat.offers("取消")
    assert (seat.page.new_word, seat.routes) == ("", [])


def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk, sit_down: SitDown) -> None:
    partner(desk)
    seat = sit_down()
    seat.press(K.Key_F2)
    sheet = seat.saving_sheet()
    assert unnamed(seat.page) == []
    assert unnamed(sheet) == []
    sheet.close()
