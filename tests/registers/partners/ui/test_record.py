"""The page of one 共建单位: its facts, what is uncovered, what is done there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPage
from desktop_app.registers.partners import service
from desktop_app.registers.partners.rules import Contact, Partner
from desktop_app.registers.partners.ui.looks import WithPartner
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.driver.co_building import RecordSeat
from tests.driver.residents import unnamed
from tests.registers.partners.units import CODE, partner

K = Qt.Key
Opens = Callable[[Partner], RecordSeat]


@pytest.fixture
def bank(desk: Desk) -> Partner:
    """A bank with everything written down."""
    return partner(
        desk,
        credit_code=CODE,
        contacts=(Contact("郑凯", "大堂经理", "13900004321"),),
        former_names=("青榕信用社",),
        specialities="反诈宣传",
    )


def test_the_page_says_what_the_unit_is_with_its_phones_masked(
    bank: Partner, record: Opens
) -> None:
    seat = record(bank)
    told = {label: seat.told(label) for label in ("单位类别", "曾用名", "联络员", "联络电话")}
    assert told == {
        "单位类别": "银行",
        "曾用名": "青榕信用社",
        "联络员": "李慧敏",
        "联络电话": "138****5678",
    }
    assert seat.told("愿意服务") == "都可以"
    assert "13900004321" not in seat.told("其他联系人")


def test_r_uncovers_the_phones_logs_it_and_covers_them_again(
    desk: Desk, bank: Partner, record: Opens
) -> None:
    seat = record(bank)
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("联络电话") == "13800005678")
    assert seat.told("其他联系人") == "郑凯 大堂经理 13900004321"
    with desk.reading(needs=Right.READ) as connection:
        seen = [one.action for one in entries(connection, subject=bank.number)]
    assert seen.count("查看完整内容") == 2
    seat.press(K.Key_R)
    assert seat.told("联络电话") == "138****5678"


def test_going_elsewhere_covers_what_was_uncovered(bank: Partner, record: Opens) -> None:
    seat = record(bank)
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("联络电话") == "13800005678")
    seat.page.hide()
    assert seat.page.people.words_of("联络电话") == "138****5678"  # type: ignore[attr-defined]


def test_letters_lead_to_an_agreement_a_change_and_the_end(
    desk: Desk, bank: Partner, record: Opens
) -> None:
    seat = record(bank)
    seat.press(K.Key_X)
    assert seat.routes == [OpenPage("agreements", wanted=WithPartner(bank.uid))]
    seat.press(K.Key_E)
    seat.write_into(name="青榕农商银行荷塘支行")
    seat.save_sheet()
    seat.wait(lambda: "青榕农商银行荷塘支行" in seat.page.accessibleName())
    seat.keyboard_back()
    seat.page.setFocus()
    seat.press(K.Key_T)
    seat.write_into(end_reason="网点已撤并")
    seat.save_sheet()
    seat.wait(lambda: seat.told("原因") == "网点已撤并")
    assert seat.offers("恢复共建")
    assert not seat.offers("不再共建")
    seat.undo(desk)
    assert not service.get(desk, bank.uid).ended


def test_esc_goes_back(bank: Partner, record: Opens) -> None:
    seat = record(bank)
    seat.press(K.Key_Escape)
    assert seat.backs == 1


def test_everything_that_takes_the_keyboard_has_a_name(bank: Partner, record: Opens) -> None:
    assert unnamed(record(bank).page) in ([], ["PartnerPage"])
