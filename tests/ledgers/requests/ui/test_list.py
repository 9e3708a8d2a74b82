"""The list of requests: what it shows, how it is narrowed, what letters do to the focused row."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.origin import Source
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import Action, RequestKind, RequestState
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.storage.session import Desk
from tests.driver.requests import RequestsSeat
from tests.driver.typing import type_text
from tests.driver.visits import choose
from tests.ledgers.requests.builders import act, register, stored

DAY = 24 * 60 * 60


def test_an_empty_list_says_where_requests_come_from_and_begins_one(seat: RequestsSeat) -> None:
    seat.come()
    seat.wait(lambda: seat.pane().startswith("还没有诉求"))
    seat.press(Qt.Key.Key_Return)
    seat.page.start_new()
    assert OpenPage("request_form", wanted="new") in seat.routes


def test_a_line_says_whose_it_is_how_it_stands_and_who_has_it(
    seat: RequestsSeat, desk: Desk, clock: FixedClock
) -> None:
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="金色家园").value.uid
    lamp = register(desk, limit_days=2, compound=compound)
    act(desk, lamp, Action.ACCEPT, Action.DISPATCH)
    clock.advance(60)
    register(desk, name="赖建国", title="电梯停了", kind=RequestKind.ORDER)
    seat.come()

    seat.wait_for("事项", ["电梯停了", "楼道灯不亮"])
    assert seat.column("状态") == ["待下单", "待接单"]
    assert seat.column("期限") == ["", "还剩2个工作日"]
    assert seat.column("承办") == ["", "队伍：金色家园义诊队"]
    assert seat.column("地点") == ["3栋", "金色家园 3栋"]


def test_only_the_focused_line_shows_the_whole_name(seat: RequestsSeat, desk: Desk) -> None:
    register(desk, name="陈桂英")
    register(desk, name="赖建国", title="电梯停了")
    seat.come()
    seat.wait(lambda: sorted(seat.column("居民")) in (["赖*国", "陈桂英"], ["赖建国", "陈*英"]))
    seat.focus("楼道灯不亮")
    assert sorted(seat.column("居民")) == ["赖*国", "陈桂英"]


def test_boxes_narrow_the_list_and_the_foot_says_so(seat: RequestsSeat, desk: Desk) -> None:
    register(desk)
    register(desk, title="上门量血压", kind=RequestKind.ORDER, source=Source.GRID)
    seat.come()
    seat.wait(lambda: seat.table.model.rowCount() == 2)
    choose(seat.filters.kind, "点单")
    seat.wait_for("事项", ["上门量血压"])
    assert seat.filters.words() == "点单"
    choose(seat.filters.source, "来电")
    seat.wait(lambda: seat.pane() == "没有符合条件的诉求。")
    seat.filters.clear()
    seat.wait(lambda: seat.table.model.rowCount() == 2)


def test_what_ran_out_is_found_by_one_choice(
    seat: RequestsSeat, desk: Desk, clock: FixedClock
) -> None:
    register(desk, limit_days=1)
    register(desk, title="不急的事")
    clock.advance(3 * DAY)
    seat.come()
    choose(seat.filters.stands, "超时")
    seat.wait_for("事项", ["楼道灯不亮"])
    assert seat.column("期限") == ["超时2个工作日"]


def test_the_box_finds_a_number_of_the_platform(seat: RequestsSeat, desk: Desk) -> None:
    register(desk, external_number="RX-77", source=Source.ONLINE, platform="百姓管家")
    register(desk, title="电梯停了")
    seat.come()
    seat.wait(lambda: seat.table.model.rowCount() == 2)
    seat.page.start_search()
    type_text(seat.page, "RX-77")
    seat.wait_for("事项", ["楼道灯不亮"])


def test_a_filter_that_comes_with_figures_is_said_and_taken_back(
    seat: RequestsSeat, desk: Desk
) -> None:
    register(desk, category="物业服务")
    register(desk, category="健康服务", title="上门量血压")
    seat.page.narrow_to(RequestFilter(category="健康服务", kind=RequestKind.APPEAL))
    seat.come()
    seat.wait_for("事项", ["上门量血压"])
    assert seat.filters.words() == "诉求 · 健康服务"
    seat.filters.beyond.click()
    seat.wait(lambda: seat.table.model.rowCount() == 2)


def test_letters_take_the_steps_of_the_focused_line(seat: RequestsSeat, desk: Desk) -> None:
    made = register(desk)
    seat.come()
    seat.wait(lambda: seat.table.model.rowCount() == 1)
    seat.press(Qt.Key.Key_J)
    seat.wait_for("状态", ["接办"])
    assert seat.news == [f"已接办：楼道灯不亮 {made.number}"]
    seat.press(Qt.Key.Key_T)
    seat.sheet()
    seat.press(Qt.Key.Key_Escape)
    undo = seat.changes[-1].undo
    assert undo is not None
    undo.call(desk)
    assert stored(desk, made.uid).state is RequestState.REGISTERED


def test_enter_opens_and_ctrl_p_prints_what_is_listed(seat: RequestsSeat, desk: Desk) -> None:
    made = register(desk)
    seat.come()
    seat.wait(lambda: seat.table.model.rowCount() == 1)
    seat.press(Qt.Key.Key_Return)
    seat.page.paper.click()
    assert seat.routes == [
        Open("requests", made.uid),
        OpenPaper("requests-ledger", listed=RequestFilter()),
    ]


def test_every_control_of_the_list_has_a_name(seat: RequestsSeat, desk: Desk) -> None:
    register(desk)
    seat.come()
    seat.wait(lambda: seat.table.model.rowCount() == 1)
    assert seat.nameless() == []
