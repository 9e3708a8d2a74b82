"""The form of a plan: filled in by keyboard, told back in words, never lost, saved as meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.ui.form import CONTINUED, OUTDATED
from desktop_app.storage.session import Desk
from tests.driver.activities import ENTER, ActivitiesSeat, nameless, seen
from tests.driver.typing import press
from tests.ledgers.activities.builders import form, fresh, plan

SitDown = Callable[..., ActivitiesSeat]
K = Qt.Key
EVENING = {"活动日期": "11-28", "开始时间": "19:30", "结束时间": "21:00", "地点": "广场"}


def test_an_activity_is_planned_by_keyboard_alone(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    seat.write("健康入户 邻里同行")
    seat.press(ENTER, ENTER)
    assert seat.focused == "志愿服务"
    seat.press(K.Key_8, ENTER)
    seat.write("11-28")
    seat.press(ENTER)
    seat.write("930")
    seat.press(ENTER)
    seat.write("11点")
    seat.press(ENTER)
    seat.write("青榕雅苑小区广场")
    seat.save()

    seat.wait(lambda: seat.names == ["健康入户 邻里同行"])
    assert seat.news == ["已登记活动：健康入户 邻里同行，11月28日 周六"]
    made = service.get(desk, seat.page.list.table.rows[0].line.uid)
    assert (made.kind, made.day, made.place_words) == (
        "clinic", date(2026, 11, 28), "青榕雅苑小区广场",
    )  # fmt: skip
    assert seat.column("时间") == ["11月28日 周六 09:30–11:00"]
    seat.undo(desk)
    seat.wait(lambda: seat.names == [])


def test_the_order_of_tab_is_that_of_speaking(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.open_form()
    order = []
    for _ in range(12):
        order.append(seat.focused)
        seat.press(K.Key_Tab)
    assert order == [
        "活动名称", "主题品牌", "志愿服务", "活动日期", "开始时间", "结束时间", "地点", "应到人数",
        "主办单位", "承办单位", "协办单位", "共建单位",
    ]  # fmt: skip


def test_what_is_wrong_is_said_beside_its_field(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.open_form()
    seat.fill("开始时间", "九点")
    seat.save()
    seat.wait(lambda: seat.field("活动名称").problem)
    assert seat.field("活动名称").problem == "还没有填写活动名称。请写一个简短的名称。"
    assert seat.field("类别").problem.startswith("还没有选活动类别。")
    assert seat.field("开始时间").problem == (
        "“九点”不是一个时间。请按 9:30、930 或 下午3点 的样子填写。"
    )
    assert seat.field("地点").problem == "还没有填写地点。请写明在哪里举行。"
    assert seat.focused == "活动名称"
    seat.write("健康入户")
    assert seat.field("活动名称").problem == ""


def test_crossing_midnight_is_said_in_words_and_asked(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    _fill(
        seat, 活动名称="平安夜巡", 活动日期="11-28", 开始时间="22:00", 结束时间="0:30", 地点="小区"
    )
    press(seat.field("类别").editor, K.Key_1)
    seat.save()
    seat.wait(lambda: seat.field("结束时间").problem)
    assert "请把结束日期写成第二天" in seat.field("结束时间").problem

    seat.button("第二天").click()
    assert seat.page.form.body.when.said == (
        "11月28日 周六 22:00 开始，跨过零点，到 11月29日 周日 00:30 结束，共2小时30分钟"
    )
    seat.save()
    seat.wait(lambda: seat.column("时间") == ["11月28日 周六 22:00–次日00:30"])


def test_a_meeting_is_asked_for_host_and_agenda(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    assert not seat.asks("议程")
    press(seat.field("类别").editor, K.Key_3)
    assert seat.asks("议程")
    _fill(seat, 活动名称="三方共商停车难", 活动日期="11-28", 开始时间="15:00", 结束时间="16:30")
    _fill(seat, 地点="会议室", 主持人="林国强", 议程="物业通报\n表决", 应到人数="15")
    seat.save()
    seat.wait(lambda: seat.names)
    made = service.get(desk, seat.page.list.table.rows[0].line.uid)
    assert (made.meeting, made.host, made.agenda, made.expected) == (
        True, "林国强", "物业通报\n表决", 15,
    )  # fmt: skip


def test_a_kind_of_the_station_s_own_is_written_and_offered_again(
    sit_down: SitDown, desk: Desk
) -> None:
    plan(desk, kind="楼栋恳谈")
    seat = sit_down()
    seat.open_form()
    press(seat.field("类别").editor, K.Key_0)
    own = seat.field("写明类别").editor
    seat.wait(lambda: own.offers == ("楼栋恳谈",))  # type: ignore[attr-defined]
    _fill(
        seat, 活动名称="夜谈", 活动日期="11-28", 开始时间="19:30", 结束时间="21:00", 地点="架空层"
    )
    seat.fill("写明类别", "邻里夜话")
    seat.button("是会议").click()
    seat.save()
    seat.wait(lambda: "夜谈" in seat.names)
    made = service.get(desk, seat.page.list.table.rows[0].line.uid)
    assert (made.kind, made.meeting) == ("邻里夜话", True)


def test_a_place_written_before_is_taken_over_by_its_initials(
    sit_down: SitDown, desk: Desk
) -> None:
    plan(desk, place_words="青榕小学操场")
    plan(desk)
    seat = sit_down()
    seat.open_form()
    place = seat.field("地点").editor
    seat.wait(lambda: len(place.offers) == 2)  # type: ignore[attr-defined]
    seat.fill("地点", "qrxx")
    seat.press(K.Key_Down, ENTER)
    assert seat.value("地点") == "青榕小学操场"


def test_a_series_is_planned_in_one_go(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    _fill(
        seat, 活动名称="广场舞", 活动日期="11-28", 开始时间="19:30", 结束时间="21:00", 地点="广场"
    )
    press(seat.field("类别").editor, K.Key_7)
    assert not seat.asks("共几场（含这一场）")
    press(seat.field("重复").editor, K.Key_1)
    seat.fill("共几场（含这一场）", "4")
    seat.save()
    seat.wait(lambda: len(seat.names) == 4)
    assert seat.news == ["已登记 4 场：广场舞，到12月19日 周六"]
    seat.undo(desk)
    seat.wait(lambda: seat.names == [])


def test_esc_loses_nothing(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    seat.write("写到一半")
    seat.press(K.Key_Escape)
    assert not seat.has_form

    again = sit_down()
    again.open_form()
    assert again.value("活动名称") == "写到一半"
    assert again.page.form.body.note == CONTINUED
    again.button("重新填写").click()
    assert again.value("活动名称") == ""
    again.press(K.Key_Escape)
    again.open_form()
    assert again.page.form.body.note == ""


def test_a_window_that_closes_keeps_the_half_filled_form(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.open_form()
    seat.write("关窗前")
    assert seat.page.may_leave()
    again = sit_down()
    again.open_form()
    assert again.value("活动名称") == "关窗前"


def test_a_saved_form_does_not_come_back(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    seat.open_form()
    _fill(
        seat, 活动名称="广场舞", 活动日期="11-28", 开始时间="19:30", 结束时间="21:00", 地点="广场"
    )
    press(seat.field("类别").editor, K.Key_7)
    seat.save()
    seat.wait(lambda: seat.names)
    seat.open_form()
    assert seat.value("活动名称") == ""


def test_a_plan_is_changed_and_the_change_taken_back(sit_down: SitDown, desk: Desk) -> None:
    made = plan(desk)
    seat = sit_down()
    seat.focus("健康入户 邻里同行")
    seat.press(K.Key_E)
    seat.wait(lambda: seat.focused == "活动名称")
    assert (seat.value("开始时间"), seat.value("地点")) == ("09:30", "青榕雅苑小区广场")
    assert not seat.asks("重复")
    seat.fill("地点", "青榕小学操场")
    seat.save()
    seat.wait(lambda: seat.column("地点") == ["青榕小学操场"])
    assert seat.news == ["已修改活动：健康入户 邻里同行"]
    assert fresh(desk, made).steps[-1].words == "地点"
    seat.undo(desk)
    seat.wait(lambda: seat.column("地点") == ["青榕雅苑小区广场"])


def test_a_half_changed_plan_tells_that_it_was_changed_meanwhile(
    sit_down: SitDown, desk: Desk
) -> None:
    made = plan(desk)
    seat = sit_down()
    seat.focus("健康入户 邻里同行")
    seat.press(K.Key_E)
    seat.wait(lambda: seat.focused == "活动名称")
    seat.write("我改的")
    seat.press(K.Key_Escape)
    service.change(desk, made.uid, made.revision, form(place_words="别处"))
    seat.page.take(frozenset({"activities"}))
    seat.wait(lambda: seat.column("地点") == ["别处"])

    seat.press(K.Key_E)
    seat.wait(lambda: seat.has_form and seat.page.form.body.note)
    assert seat.page.form.body.note == OUTDATED
    assert seat.value("活动名称") == "我改的"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [((K.Key_Up,), "09:00"), ((K.Key_Up, K.Key_Up), "09:15"), ((K.Key_Down,) * 2, "08:45")],
)
def test_up_and_down_change_a_time_by_a_quarter(
    sit_down: SitDown, keys: tuple[Qt.Key, ...], shown: str
) -> None:
    seat = sit_down()
    seat.open_form()
    press(seat.field("开始时间").editor, *keys)
    assert seat.value("开始时间") == shown


def test_every_control_of_the_form_can_be_named(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.open_form()
    press(seat.field("类别").editor, K.Key_0)
    seat.button("是会议").click()
    press(seat.field("重复").editor, K.Key_2)
    assert nameless(seat.page) == []
    assert len(seen(seat.page.form, type(seat.field("重复")))) > 15


def _fill(seat: ActivitiesSeat, **words: str) -> None:
    for label, text in words.items():
        seat.fill(label, text)
