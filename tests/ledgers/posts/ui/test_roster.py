"""The duty roster on screen: who is where, what is missing, and all of it changed by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.listing import ShiftFilter
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.storage.session import Desk
from tests.driver.posts import PostsSeat
from tests.driver.residents import CONTROL, ENTER
from tests.driver.typing import press
from tests.ledgers.posts.builders import TODAY, TUESDAY, on_post, plan, post, volunteer

K = Qt.Key
SitDown = Callable[[], PostsSeat]
WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)
LAST_TUESDAY = date(2026, 11, 17)


def states(desk: Desk) -> list[ShiftState]:
    return [one.state for one in service.shifts_page(desk, ShiftFilter()).rows]


def test_the_week_shows_who_is_where_and_what_is_missing(desk: Desk, sit_down: SitDown) -> None:
    there, chen = post(desk, from_on=date(2026, 11, 1)), volunteer(desk)
    plan(desk, there, chen)
    seat = sit_down()
    seat.wait(lambda: seat.lines == ["夜间巡逻 19:00–21:00"])
    assert [seat.cell(day) for day in seat.days] == [
        "缺2", "陈志明 缺1", "缺2", "缺2", "缺2", "", "",
    ]  # fmt: skip
    assert seat.summary == "1 班，1 人 · 往后还缺 9 人次"
    seat.stand_at(TUESDAY)
    assert seat.told == "11月24日 周二 夜间巡逻 19:00–21:00：陈志明（已排）；还缺 1 人"
    assert seat.page.roster.grid.accessibleDescription() == seat.told
    seat.press(K.Key_End)
    seat.stand_at(SATURDAY)
    assert seat.told.endswith("：不用值班")


def test_somebody_is_planned_by_initials_with_the_keyboard_alone(
    desk: Desk, sit_down: SitDown
) -> None:
    there = post(desk)
    volunteer(desk, "李慧敏")
    plan(desk, there, volunteer(desk))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TUESDAY)
    seat.press(ENTER)
    seat.pick("volunteer", "lhm")
    press(seat.saving_sheet(), ENTER)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 李慧敏")
    assert seat.news == ["已排班：夜间巡逻 11月24日 周二"]
    seat.undo(desk)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 缺1")


def test_those_on_the_post_are_offered_before_anything_is_typed(
    desk: Desk, sit_down: SitDown
) -> None:
    there, chen, li = post(desk), volunteer(desk), volunteer(desk, "李慧敏")
    for one in (chen, li):
        on_post(desk, there, one)
    plan(desk, there, chen)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(WEDNESDAY)
    seat.press(ENTER)
    items = seat.saving_sheet().fields["volunteer"].editor.list.items  # type: ignore[attr-defined]
    assert [(one.title, one.detail) for one in items] == [
        ("陈志明", "在岗 · 这一周 1 班"),
        ("李慧敏", "在岗 · 这一周 0 班"),
    ]


def test_a_clash_asks_for_the_reason_keeps_it_and_shows_it(desk: Desk, sit_down: SitDown) -> None:
    chen = volunteer(desk)
    plan(desk, post(desk), chen)
    post(desk, name="门岗值守", quota=1)
    seat = sit_down()
    seat.wait(lambda: len(seat.lines) == 2)
    seat.stand_at(TUESDAY, 1)
    seat.press(ENTER)
    seat.pick("volunteer", "陈志明")
    sheet = seat.save_sheet()
    assert "同一时间已排在“夜间巡逻”" in sheet.fields["override"].problem
    seat.write_into(override="两处相邻")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(TUESDAY, 1) == "陈志明 冲突")
    assert seat.cell(TUESDAY) == "陈志明 冲突 缺1"
    assert "与“夜间巡逻”同一时间，原因：两处相邻" in seat.told
    assert seat.summary.endswith("冲突 1 处")


def test_one_of_two_is_taken_off_with_a_reason(desk: Desk, sit_down: SitDown) -> None:
    there = post(desk)
    for name in ("陈志明", "李慧敏"):
        plan(desk, there, volunteer(desk, name))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_Delete)
    seat.choose_in_sheet("李慧敏")
    sheet = seat.save_sheet()
    assert "取消的原因" in sheet.fields["words"].problem
    seat.write_into(words="本人请假")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 缺1")
    seat.undo(desk)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 李慧敏")


def test_a_cell_without_anybody_says_that_there_is_nothing_to_take_off(
    desk: Desk, sit_down: SitDown
) -> None:
    post(desk)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_Delete)
    assert "这一格没有已排的班" in seat.question_words


def test_a_filling_is_proposed_looked_over_and_then_planned(desk: Desk, sit_down: SitDown) -> None:
    on_post(desk, post(desk, quota=1), volunteer(desk))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(WEDNESDAY)
    seat.press(K.Key_F)
    seat.wait(lambda: seat.cell(WEDNESDAY) == "陈志明 建议")
    assert seat.says("标“建议”的 5 班还没有排")
    assert states(desk) == []
    seat.press(K.Key_Delete)
    seat.wait(lambda: seat.cell(WEDNESDAY) == "缺1")
    assert seat.cell(TUESDAY) == "陈志明 建议"
    seat.press(ENTER, with_=CONTROL)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明")
    assert seat.news == ["已按建议排 4 班"]
    assert len(states(desk)) == 4
    seat.undo(desk)
    seat.wait(lambda: seat.cell(TUESDAY) == "缺1")


def test_what_is_proposed_elsewhere_is_where_the_keyboard_goes(
    desk: Desk, sit_down: SitDown
) -> None:
    on_post(desk, post(desk, quota=1), volunteer(desk))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(SATURDAY)
    seat.press(K.Key_F)
    seat.wait(lambda: "建议，还没有排" in seat.told)
    assert seat.told.startswith("11月23日 周一 夜间巡逻")


def test_a_filling_that_nobody_wants_is_forgotten_by_escape(desk: Desk, sit_down: SitDown) -> None:
    on_post(desk, post(desk, quota=1), volunteer(desk))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_F)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 建议")
    seat.press(K.Key_Escape)
    assert seat.cell(TUESDAY) == "缺1"
    assert not seat.says("建议")
    seat.press(K.Key_Escape)
    assert seat.focused == "岗位"


def test_last_week_is_carried_over_and_what_cannot_be_is_told_by_name(
    desk: Desk, sit_down: SitDown
) -> None:
    early = date(2026, 11, 1)
    there, gate = post(desk, from_on=early, quota=3), post(desk, name="门岗值守", from_on=early)
    chen, li, wang = (volunteer(desk, name) for name in ("陈志明", "李慧敏", "王秀兰"))
    for one in (chen, li, wang):
        plan(desk, there, one, LAST_TUESDAY)
    plan(desk, there, chen)
    plan(desk, gate, li)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(WEDNESDAY)
    seat.press(K.Key_C)
    assert (
        "11月24日 周二 夜间巡逻 李慧敏：这名志愿者同一时间已排在“门岗值守”" in seat.question_words
    )
    assert "陈志明" not in seat.question_words
    assert "有 1 班没有照排" in seat.question_words
    seat.close_all()
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 王秀兰 缺1")
    assert seat.news == ["已照上周排 1 班"]
    seat.stand_at(WEDNESDAY)
    seat.undo(desk)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 缺2")


def test_weeks_and_months_are_turned_by_keys(desk: Desk, sit_down: SitDown) -> None:
    post(desk, from_on=date(2026, 1, 1))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(WEDNESDAY)
    seat.press(K.Key_PageUp)
    seat.wait(lambda: seat.says("11月16日 – 22日"))
    assert seat.told.startswith("11月18日")
    seat.press(K.Key_M)
    seat.wait(lambda: seat.says("2026年11月"))
    assert len(seat.days) == 30
    seat.press(K.Key_PageDown)
    seat.wait(lambda: seat.says("2026年12月"))
    seat.press(K.Key_T, K.Key_W)
    seat.wait(lambda: seat.says("11月23日 – 29日"))
    assert seat.told.startswith("11月23日")
    seat.press(K.Key_Right)
    assert seat.told.startswith("11月24日")


def test_who_came_and_who_did_not_is_noted(desk: Desk, sit_down: SitDown) -> None:
    there = post(desk, from_on=date(2026, 11, 1))
    for name in ("陈志明", "李慧敏"):
        plan(desk, there, volunteer(desk, name), TODAY)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TODAY)
    seat.press(K.Key_D)
    seat.wait(lambda: seat.cell(TODAY) == "陈志明 到岗 李慧敏 到岗")
    assert seat.news == ["已记到岗 2 人：夜间巡逻"]
    seat.press(K.Key_K)
    seat.choose_in_sheet("李慧敏")
    seat.write_into(words="临时生病")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(TODAY) == "陈志明 到岗 李慧敏 缺勤 缺1")


def test_a_shift_is_moved_to_another_day(desk: Desk, sit_down: SitDown) -> None:
    plan(desk, post(desk), volunteer(desk))
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_G)
    seat.write_into(day="20261125")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(WEDNESDAY) == "陈志明 缺1")
    assert seat.cell(TUESDAY) == "缺2"


def test_a_post_without_hours_of_its_own_asks_for_them(desk: Desk, sit_down: SitDown) -> None:
    post(desk, name="周末义诊", pattern=None)
    volunteer(desk)
    seat = sit_down()
    seat.wait(lambda: seat.lines == ["周末义诊 按约定时间"])
    seat.stand_at(SATURDAY)
    seat.press(ENTER)
    seat.pick("volunteer", "陈志明")
    sheet = seat.save_sheet()
    assert "还没有写几点到几点" in sheet.fields["starts"].problem
    seat.write_into(starts="9:00", ends="1130")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(SATURDAY) == "陈志明 缺1")
    assert seat.lines == ["周末义诊 09:00–11:30"]


def test_one_post_is_looked_at_alone_and_filled_alone(desk: Desk, sit_down: SitDown) -> None:
    chen, li = volunteer(desk), volunteer(desk, "李慧敏")
    on_post(desk, post(desk, quota=1), chen)
    on_post(desk, post(desk, name="门岗值守", quota=1), li)
    seat = sit_down()
    seat.wait(lambda: len(seat.lines) == 2)
    seat.stand_at(TUESDAY, 1)
    seat.press(K.Key_O)
    seat.wait(lambda: seat.lines == ["门岗值守 19:00–21:00"])
    assert seat.summary.startswith("只看一个岗位")
    seat.press(K.Key_F)
    seat.wait(lambda: seat.cell(TUESDAY) == "李慧敏 建议")
    seat.press(ENTER, with_=CONTROL)
    seat.wait(lambda: seat.news == ["已按建议排 5 班"])
    seat.press(K.Key_O)
    seat.wait(lambda: len(seat.lines) == 2)
    assert (seat.cell(TUESDAY, 0), seat.cell(TUESDAY, 1)) == ("缺1", "李慧敏")


def test_what_is_looked_at_goes_to_paper(desk: Desk, sit_down: SitDown) -> None:
    there = post(desk)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    seat.press(K.Key_P, with_=CONTROL)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_M)
    seat.press(K.Key_O)
    seat.wait(lambda: seat.summary.startswith("只看"))
    seat.press(K.Key_P, with_=CONTROL)
    assert seat.routes == [
        OpenPaper("duty", since=date(2026, 11, 23), until=date(2026, 11, 29)),
        OpenPaper("duty", about=there.uid, since=date(2026, 11, 1), until=date(2026, 11, 30)),
    ]


def test_a_narrow_roster_shows_whole_days_around_the_one_it_is_about(
    desk: Desk, sit_down: SitDown
) -> None:
    post(desk)
    seat = sit_down()
    seat.wait(lambda: seat.lines)
    grid = seat.page.roster.grid
    seat.page.resize(760, 380)
    seat.wait(lambda: grid.horizontalScrollBar().maximum() > 0)
    seat.stand_at(TUESDAY)
    seat.press(K.Key_PageDown)
    seat.wait(lambda: TUESDAY not in seat.days)
    room, wide = grid.viewport().width(), grid.columnWidth(0)
    assert room - (room // wide) * wide < len(seat.days)
    header = grid.horizontalHeader()
    assert any(header.sectionViewportPosition(at) == 0 for at in range(len(seat.days)))


def test_what_a_post_is_about_ends_in_dots_where_it_does_not_fit(
    desk: Desk, sit_down: SitDown
) -> None:
    post(desk, name="岗" * 30)
    seat = sit_down()
    seat.wait(lambda: seat.page.claims.name.text())
    label = seat.page.claims.name
    assert (label.shown[-1], label.shown[:3]) == ("…", "岗岗岗")
    assert label.toolTip() == label.text() == "岗" * 30
