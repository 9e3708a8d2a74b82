"""The desk: one box signs in and out, the keyboard stays, nothing is done to the wrong person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, Source
from desktop_app.ledgers.service.ui.who_box import PLACEHOLDER
from desktop_app.storage.session import Desk
from desktop_app.widgets.saving_sheet import SavingSheet
from tests.driver.residents import ENTER, unnamed
from tests.driver.service import ServiceSeat
from tests.registers.volunteers import helpers

K = Qt.Key
SitDown = Callable[..., ServiceSeat]
TITLE = "夜间平安巡逻"


def ready(sit_down: SitDown) -> ServiceSeat:
    """At the desk, with what is done tonight written down."""
    seat = sit_down()
    seat.desk.title.set_value(TITLE)
    return seat


def test_enter_signs_in_and_the_next_enter_on_the_same_person_signs_out(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    seat = ready(sit_down)
    assert seat.focused == PLACEHOLDER
    seat.call("zxl")
    assert seat.told == "张秀兰 已签到 09:00"
    assert seat.serving == ["张秀兰"]
    assert seat.focused == PLACEHOLDER
    assert seat.desk.who.text == ""
    clock.advance(7200)
    seat.call("张秀兰")
    assert seat.told == "张秀兰 已签退，服务2小时"
    assert seat.serving == []
    seat.wait(lambda: seat.column("状态") == ["待确认"])
    assert seat.column("做了什么") == [TITLE]
    assert service.serving_of(desk, person.uid) is None
    seat.undo(desk)
    seat.wait(lambda: seat.serving == ["张秀兰"])


def test_a_second_enter_at_once_is_asked_for_once_more(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    helpers.volunteer(desk, "张秀兰")
    seat = ready(sit_down)
    seat.call("zxl")
    clock.advance(5)
    seat.call("zxl")
    assert "刚刚签到" in seat.told
    assert seat.serving == ["张秀兰"]
    seat.press(ENTER)
    assert seat.told == "张秀兰 已签退，服务0分"


def test_of_several_nobody_is_taken_before_one_is_chosen(desk: Desk, sit_down: SitDown) -> None:
    helpers.volunteer(desk, "张秀兰", "13800000001")
    helpers.volunteer(desk, "张秀莲", "13800000002")
    seat = ready(sit_down)
    seat.call("zxl")
    assert seat.serving == []
    assert seat.focused == "找到的志愿者"
    seat.press(K.Key_Down, ENTER)
    assert len(seat.serving) == 1
    assert seat.focused == PLACEHOLDER
    seat.call("张秀兰" if seat.serving == ["张秀莲"] else "张秀莲")
    assert len(seat.serving) == 2


def test_a_number_and_the_end_of_a_telephone_mean_somebody_too(
    desk: Desk, sit_down: SitDown
) -> None:
    first = helpers.volunteer(desk, "李国强", "13811112222")
    helpers.volunteer(desk, "陈建华", "13833334444")
    seat = ready(sit_down)
    seat.call(first.number)
    seat.call("4444")
    assert seat.serving == ["陈建华", "李国强"]


def test_who_is_in_one_team_serves_for_it_unless_another_is_chosen(
    desk: Desk, sit_down: SitDown
) -> None:
    there = helpers.team(desk)
    person, other = helpers.several(desk, ["李国强", "陈建华"])
    helpers.joined(desk, there, person)
    seat = ready(sit_down)
    seat.call("lgq")
    seat.call("cjh")
    assert _serving(desk, person.uid).team == there.uid
    assert _serving(desk, other.uid).team is None


def _serving(desk: Desk, who: Uid) -> ServiceRecord:
    found = service.serving_of(desk, who)
    assert found is not None
    return found


def test_what_is_done_is_asked_for_where_it_stands(desk: Desk, sit_down: SitDown) -> None:
    helpers.volunteer(desk, "张秀兰")
    seat = sit_down()
    seat.call("zxl")
    assert "先写做什么" in seat.problem("做什么")
    assert seat.focused == "做什么"
    seat.write(TITLE)
    seat.press(K.Key_Return)
    assert seat.focused == PLACEHOLDER
    seat.press(ENTER)
    assert seat.serving == ["张秀兰"]


def test_a_sign_out_forgotten_earlier_is_made_good_in_place_and_today_goes_on(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    old = service.sign_in(desk, ServiceForm(volunteer=person.uid, title=TITLE)).value
    clock.advance(2 * 24 * 3600)
    seat = sit_down()
    seat.wait(lambda: seat.desk.counts.text() == "正在服务 0 人，忘签退 1 人")
    seat.call("zxl")
    assert seat.focused == "那天实际几点结束"
    assert seat.says("11月23日 周一 09:00 签到后没有签退")
    seat.write("25:00")
    seat.press(ENTER)
    assert "几点几分" in seat.problem("那天实际几点结束")
    seat.fill("那天实际几点结束", "1130")
    seat.press(ENTER)
    assert seat.focused == PLACEHOLDER
    ended = service.get(desk, old.uid)
    assert (ended.minutes, ended.source) == (150, Source.ENTERED)
    assert seat.news == ["张秀兰 已补签退，服务2小时30分", "张秀兰 已签到 09:00"]
    assert seat.serving == ["张秀兰"]


def test_esc_leaves_the_forgotten_one_for_later(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    service.sign_in(desk, ServiceForm(volunteer=person.uid, title=TITLE))
    clock.advance(2 * 24 * 3600)
    seat = sit_down()
    seat.call("zxl")
    seat.press(K.Key_Escape)
    assert seat.focused == PLACEHOLDER
    assert not seat.desk.forgotten.isVisible()
    assert seat.news == []


def test_a_night_watch_is_signed_out_in_the_morning_like_any_other(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    clock.advance(13 * 3600)
    service.sign_in(desk, ServiceForm(volunteer=person.uid, title=TITLE))
    clock.advance(8 * 3600)
    seat = sit_down()
    seat.call("zxl")
    assert seat.told == "张秀兰 已签退，服务8小时"


def test_enter_in_the_list_of_who_serves_signs_out(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    for place, name in enumerate(("张秀兰", "李国强")):
        one = helpers.volunteer(desk, name, f"1380000000{place}")
        service.sign_in(desk, ServiceForm(volunteer=one.uid, title=TITLE))
    clock.advance(3600)
    seat = sit_down()
    seat.wait(lambda: len(seat.serving) == 2)
    seat.desk.list.enter()
    gone = seat.serving[0]
    seat.press(ENTER)
    assert seat.news == [f"{gone} 已签退，服务1小时"]
    assert len(seat.serving) == 1


def test_somebody_unknown_is_told_and_nothing_is_saved(desk: Desk, sit_down: SitDown) -> None:
    seat = ready(sit_down)
    seat.call("qqq")
    assert seat.says("没有找到这位志愿者")
    assert seat.news == []


def test_f8_goes_from_the_box_to_the_list_and_back(desk: Desk, sit_down: SitDown) -> None:
    person = helpers.volunteer(desk, "张秀兰")
    service.sign_in(desk, ServiceForm(volunteer=person.uid, title=TITLE))
    seat = sit_down()
    assert seat.focused == PLACEHOLDER
    seat.press(K.Key_F8)
    assert seat.focused == "服务记录"
    seat.press(K.Key_F8)
    assert seat.focused == PLACEHOLDER
    assert unnamed(seat.page) == []


def test_who_may_only_look_has_no_desk(desk: Desk, sit_down: SitDown) -> None:
    looking = Desk(desk.database, Actor(Uid(int=9), "看的人", "看", frozenset({Right.READ})))
    seat = sit_down(looking)
    assert seat.page.desk_panel is None
    assert seat.page.new_word == ""


def test_a_volunteer_on_duty_signs_people_in_and_out_and_nothing_else(
    desk: Desk, clock: FixedClock, sit_down: SitDown
) -> None:
    """值班志愿者: registers only (amendment 40)."""
    helpers.volunteer(desk, "张秀兰")
    rights = frozenset({Right.READ, Right.REGISTER})
    seat = sit_down(Desk(desk.database, Actor(Uid(int=9), "小林", "值班志愿者", rights)))
    seat.desk.title.set_value(TITLE)
    seat.call("zxl")
    clock.advance(3600)
    seat.wait(lambda: seat.column("状态") == ["服务中"])
    assert seat.page.new_word == ""
    seat.focus("张秀兰")
    seat.press(K.Key_Z, K.Key_E)
    assert not seat.page.findChildren(SavingSheet)
    seat.press(K.Key_T)
    seat.wait(lambda: seat.column("状态") == ["待确认"])
    seat.press(K.Key_C)
    assert seat.column("状态") == ["待确认"]


def test_one_after_another_comes_in_by_keys_alone(desk: Desk, sit_down: SitDown) -> None:
    """How long each takes is for the bench `quick_sign_in`."""
    names = ["张秀兰", "李国强", "陈建华", "黄丽萍", "林志明"]
    helpers.several(desk, names)
    seat = ready(sit_down)
    for name in names:
        seat.call(name)
    assert seat.serving == names[::-1]
    assert seat.focused == PLACEHOLDER
