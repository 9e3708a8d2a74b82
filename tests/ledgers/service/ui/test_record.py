"""The page of one service record: what it says, what is covered, its steps by letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.ui.service_page import ServicePage
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.widgets.record_page import RecordPage
from tests.driver.residents import unnamed
from tests.driver.service import OneSeat
from tests.ledgers.service.volunteers_at_work import TODAY, entered
from tests.registers.volunteers import helpers

K = Qt.Key
One = Callable[[type[RecordPage], Uid], OneSeat]


def an_evening(desk: Desk, work: int = 2) -> ServiceRecord:
    """One service with somebody it was for, to be confirmed."""
    person = helpers.volunteer(desk, "张秀兰")
    return service.enter(desk, entered(person.uid, TODAY, work - 1)).value


def stands(desk: Desk, record: ServiceRecord) -> ServiceState:
    return service.get(desk, record.uid).state


def test_the_page_says_who_did_what_and_what_that_comes_to(
    desk: Desk, clock: FixedClock, one: One
) -> None:
    clock.advance(12 * 3600)
    record = an_evening(desk)
    seat = one(ServicePage, record.uid)
    assert "张秀兰" in seat.told("志愿者")
    assert seat.told("做了什么") == record.title
    assert seat.told("服务时长") == "2小时15分"
    assert seat.told("确认") == "还没有确认，不计时长"
    assert seat.told("全国系统") == ""
    assert unnamed(seat.page) == []


def test_whom_it_was_for_is_covered_until_r(desk: Desk, clock: FixedClock, one: One) -> None:
    clock.advance(12 * 3600)
    record = an_evening(desk, work=3)
    seat = one(ServicePage, record.uid)
    assert seat.told("服务对象") == "***"
    seat.press(K.Key_R)
    seat.wait(lambda: seat.told("服务对象") == "五号楼独居老人")
    seat.press(K.Key_R)
    assert seat.told("服务对象") == "***"


def test_it_is_confirmed_rated_marked_returned_and_made_void_by_letters(
    desk: Desk, clock: FixedClock, one: One
) -> None:
    clock.advance(12 * 3600)
    record = an_evening(desk)
    seat = one(ServicePage, record.uid)
    seat.press(K.Key_C)
    seat.wait(lambda: "王小燕" in seat.told("确认"))
    seat.press(K.Key_P)
    level: Any = seat.saving_sheet().fields["level"].editor
    level.set_value(Satisfaction.SATISFIED.value)
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: seat.told("评价") == "满意")
    seat.press(K.Key_U)
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: "录入" in seat.told("全国系统") and "还" not in seat.told("全国系统"))
    seat.press(K.Key_B)
    sheet = seat.save_sheet()
    assert "还没有写退回的原因" in sheet.fields["words"].problem
    seat.write_into(words="结束时间记早了")
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: stands(desk, record) is ServiceState.TO_CONFIRM)
    seat.wait(lambda: "还没有确认" in seat.told("确认"))
    seat.press(K.Key_Z)
    seat.write_into(words="重复登记")
    seat.save_sheet()
    seat.keyboard_back()
    seat.wait(lambda: seat.told("作废原因") == "重复登记")
    seat.undo(desk)
    assert stands(desk, record) is ServiceState.TO_CONFIRM


def test_g_leads_to_what_it_was_served_as_part_of(desk: Desk, clock: FixedClock, one: One) -> None:
    clock.advance(12 * 3600)
    person, activity = helpers.volunteer(desk, "张秀兰"), Uid(int=41)
    told = replace(entered(person.uid, TODAY, 1), activity=activity)
    record = service.enter(desk, told).value
    seat = one(ServicePage, record.uid)
    seat.press(K.Key_G)
    assert seat.routes == []
    seat.page.places = frozenset({"activities"})
    seat.page.load()
    seat.wait(lambda: "open_origin" in seat.page.head.offered)
    seat.press(K.Key_G)
    assert seat.routes == [Open("activities", activity)]


def test_o_leads_to_the_volunteer_and_esc_back(desk: Desk, clock: FixedClock, one: One) -> None:
    clock.advance(12 * 3600)
    record = an_evening(desk)
    seat = one(ServicePage, record.uid)
    seat.press(K.Key_O)
    assert seat.routes == [Open(VOLUNTEERS.name, record.volunteer)]
    seat.press(K.Key_Escape)
    assert seat.backs == 1
