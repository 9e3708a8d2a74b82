"""A name dragged over the duty roster: where it may go, what is asked, what moves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.listing import ShiftFilter
from desktop_app.ledgers.posts.rules.shift import ShiftAction
from desktop_app.ledgers.posts.ui.pane import PostsPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.posts import PostsSeat
from tests.driver.roster import framed, hold_name, hold_on, let_go_of_name
from tests.ledgers.posts.builders import TODAY, TUESDAY, on_post, plan, post, volunteer

K = Qt.Key
SitDown = Callable[[], PostsSeat]
WEDNESDAY, THURSDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 28)


def at_the_roster(sit_down: SitDown, lines: int = 1) -> PostsSeat:
    seat = sit_down()
    seat.wait(lambda: len(seat.lines) == lines)
    seat.stand_at(TUESDAY)
    return seat


def words(seat: PostsSeat) -> str:
    """What stands beside the pointer."""
    drag = seat.page.roster.drag
    assert drag is not None
    return drag.label.words


def test_a_name_let_go_over_another_day_is_on_duty_then_and_it_can_be_taken_back(
    desk: Desk, sit_down: SitDown
) -> None:
    plan(desk, post(desk), volunteer(desk))
    seat = at_the_roster(sit_down)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    assert words(seat) == "松开，调到 11月26日 周四"
    assert framed(grid)[0, THURSDAY] == "over"
    assert framed(grid)[0, WEDNESDAY] == "yes"
    assert (0, TUESDAY) not in framed(grid)
    let_go_of_name(grid, THURSDAY)
    assert (words(seat), framed(grid)) == ("", {})
    seat.wait(lambda: seat.cell(THURSDAY) == "陈志明 缺1")
    assert seat.cell(TUESDAY) == "缺2"
    assert seat.news == ["已调班：夜间巡逻 陈志明 11月24日 周二 → 11月26日 周四"]
    assert seat.told.startswith("11月26日 周四")
    (shift,) = service.shifts_page(desk, ShiftFilter()).rows
    assert (shift.day, len(seat.lines)) == (THURSDAY, 1)
    seat.undo(desk)
    seat.wait(lambda: seat.cell(TUESDAY) == "陈志明 缺1")


def test_esc_and_letting_go_at_home_or_at_another_post_move_nothing(
    desk: Desk, sit_down: SitDown
) -> None:
    plan(desk, post(desk), volunteer(desk))
    post(desk, name="门岗值守", quota=1)
    seat = at_the_roster(sit_down, 2)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    seat.press(K.Key_Escape)
    assert (words(seat), framed(grid)) == ("", {})
    # Esc gave up what was held and nothing more: the keyboard is where it was.
    assert grid.hasFocus()
    hold_on(grid, WEDNESDAY)
    assert seat.told.startswith("11月24日 周二")
    let_go_of_name(grid, THURSDAY)
    hold_name(grid, "陈志明", TUESDAY, WEDNESDAY, line=1)
    assert words(seat) == "只能在“夜间巡逻”里调班"
    assert {line for line, _day in framed(grid)} == {0}
    let_go_of_name(grid, WEDNESDAY, line=1)
    hold_name(grid, "陈志明", TUESDAY, TUESDAY)
    assert words(seat) == "放到另一天；按 Esc 不移动"
    let_go_of_name(grid, TUESDAY)
    assert (seat.cell(TUESDAY), seat.news) == ("陈志明 缺1", [])


def test_letters_do_nothing_while_a_name_is_held(desk: Desk, sit_down: SitDown) -> None:
    plan(desk, post(desk), volunteer(desk))
    seat = at_the_roster(sit_down)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    seat.press(K.Key_D)
    assert words(seat)
    let_go_of_name(grid, THURSDAY)
    seat.wait(lambda: seat.cell(THURSDAY) == "陈志明 缺1")
    assert len(seat.news) == 1


def test_who_is_elsewhere_then_is_moved_with_a_reason_that_is_kept(
    desk: Desk, sit_down: SitDown
) -> None:
    chen = volunteer(desk)
    plan(desk, post(desk), chen)
    plan(desk, post(desk, name="门岗值守", quota=1), chen, WEDNESDAY)
    seat = at_the_roster(sit_down, 2)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, WEDNESDAY)
    let_go_of_name(grid, WEDNESDAY)
    sheet = seat.saving_sheet()
    assert "同一时间已排在“门岗值守”" in sheet.fields["override"].problem
    assert seat.cell(TUESDAY) == "陈志明 缺1"
    seat.write_into(override="两处相邻")
    seat.save_sheet()
    seat.wait(lambda: seat.cell(WEDNESDAY) == "陈志明 冲突 缺1")
    assert "原因：两处相邻" in seat.told
    assert seat.news == ["已调班：夜间巡逻 陈志明 11月24日 周二 → 11月25日 周三"]


def test_a_shift_keeps_hours_of_its_own_on_the_other_day(desk: Desk, sit_down: SitDown) -> None:
    plan(desk, post(desk), volunteer(desk), starts=(20, 0), ends=(21, 0))
    before = service.shifts_page(desk, ShiftFilter()).rows[0]
    seat = at_the_roster(sit_down)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    let_go_of_name(grid, THURSDAY)
    seat.wait(lambda: seat.cell(THURSDAY) == "陈志明 缺1")
    assert "20:00–21:00" in seat.told
    after = service.shifts_page(desk, ShiftFilter()).rows[0]
    days = 2 * 24 * 3600 * 1000
    assert (after.starts_at - before.starts_at, after.ends_at - before.ends_at) == (days, days)


def test_other_hours_of_the_same_post_are_taken_over_and_another_desk_s_change_is_told(
    desk: Desk, sit_down: SitDown
) -> None:
    there, chen = post(desk), volunteer(desk)
    first = plan(desk, there, chen)
    li = volunteer(desk, "李慧敏")
    # Outside the hours of the post: a line of its own, of the same post.
    plan(desk, there, li, THURSDAY, starts=(8, 0), ends=(10, 0))
    seat = at_the_roster(sit_down, 2)
    assert seat.lines == ["夜间巡逻 08:00–10:00", "夜间巡逻 19:00–21:00"]
    grid = seat.page.roster.grid
    hold_name(grid, "李慧敏", THURSDAY, WEDNESDAY, line=1)
    assert words(seat) == "松开，调到 11月25日 周三 19:00–21:00"
    let_go_of_name(grid, WEDNESDAY, line=1)
    seat.wait(lambda: seat.lines == ["夜间巡逻 19:00–21:00"])
    assert seat.cell(WEDNESDAY) == "李慧敏 缺1"
    service.act_on_shift(desk, first.uid, ShiftAction.CANCEL, first.revision, "请假")
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    let_go_of_name(grid, THURSDAY)
    assert "没有" in seat.question_words
    assert len(seat.news) == 1


def test_a_day_without_duty_says_so_beside_the_pointer(desk: Desk, sit_down: SitDown) -> None:
    plan(desk, post(desk), volunteer(desk))
    seat = at_the_roster(sit_down)
    hold_name(seat.page.roster.grid, "陈志明", TUESDAY, SATURDAY)
    assert words(seat) == "松开，调到 11月28日 周六（本来不用值班）"
    let_go_of_name(seat.page.roster.grid, SATURDAY)
    seat.wait(lambda: "陈志明" in seat.cell(SATURDAY))


def test_what_has_come_while_a_name_is_held_lets_it_go(desk: Desk, sit_down: SitDown) -> None:
    there = post(desk)
    plan(desk, there, volunteer(desk))
    seat = at_the_roster(sit_down)
    grid = seat.page.roster.grid
    hold_name(grid, "陈志明", TUESDAY, THURSDAY)
    plan(desk, there, volunteer(desk, "李慧敏"), WEDNESDAY)
    seat.page.load()
    seat.wait(lambda: seat.cell(WEDNESDAY) == "李慧敏 缺1")
    assert words(seat) == ""
    let_go_of_name(grid, THURSDAY)
    assert seat.cell(TUESDAY) == "陈志明 缺1"


def test_what_was_noted_and_what_is_only_proposed_stays_where_it_is(
    desk: Desk, sit_down: SitDown
) -> None:
    there, li = post(desk, quota=1), volunteer(desk, "李慧敏")
    shift = plan(desk, there, volunteer(desk), TODAY)
    service.act_on_shift(desk, shift.uid, ShiftAction.ABSENT, shift.revision, "没有来")
    on_post(desk, there, li)
    seat = at_the_roster(sit_down)
    grid = seat.page.roster.grid
    seat.press(K.Key_F)
    seat.wait(lambda: seat.cell(TUESDAY) == "李慧敏 建议")
    for name, day in (("陈志明", TODAY), ("李慧敏", TUESDAY)):
        hold_name(grid, name, day, THURSDAY)
        assert (words(seat), framed(grid)) == ("", {}), name
        let_go_of_name(grid, THURSDAY)
    assert seat.news == []


def test_a_click_on_a_name_moves_the_keyboard_only(desk: Desk, sit_down: SitDown) -> None:
    plan(desk, post(desk), volunteer(desk))
    seat = at_the_roster(sit_down)
    seat.stand_at(THURSDAY)
    grid = seat.page.roster.grid
    column = grid.table.days.index(TUESDAY)
    place = grid.visualRect(grid.table.index(0, column)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert seat.told.startswith("11月24日 周二")
    assert (seat.cell(TUESDAY), seat.news) == ("陈志明 缺1", [])


def test_who_may_not_plan_drags_nothing(desk: Desk, runner: JobRunner, qtbot: object) -> None:
    plan(desk, post(desk), volunteer(desk))
    reader = replace(desk, actor=replace(desk.actor, rights=frozenset({Right.READ})))
    pane = PostsPane(reader, runner)
    assert pane.roster.drag is None
    pane.deleteLater()
