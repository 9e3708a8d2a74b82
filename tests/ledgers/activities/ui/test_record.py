"""The page of one activity: what it says at once, the next step, and the ways away from it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.activities.ui.record import ActivityPage
from desktop_app.shell.pages import spec_showing
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.jobs import JobRunner
from tests.driver.activity import CONTROL, COURSE, ENTER, PEOPLE, RECORDING, ActivitySeat
from tests.ledgers.activities.builders import (
    TODAY,
    form,
    fresh,
    handed_in,
    held,
    meeting,
    plan,
    recorded,
    seat,
)
from tests.ledgers.activities.ui.conftest import Opens

TOMORROW = TODAY.replace(day=24)


def test_the_page_says_what_it_is_and_how_it_stands(record: Opens, desk: Desk) -> None:
    there = record(plan(desk))

    assert there.header.title == "健康入户 邻里同行"
    assert there.header.about == (
        "QR01-H2026A-00001 · 义诊 · 11月23日 周一 09:30–11:00 · 青榕雅苑小区广场"
    )
    assert there.state() == "计划"
    assert there.tab() == PEOPLE
    assert there.has_keyboard(there.people.who)
    there.content.turn_to(COURSE)
    assert there.course.plan.words_of("主办单位") == "青榕社区党委"
    assert there.course.course.steps == ("11月23日 周一 09:00 登记计划 王小燕",)


def test_a_plan_of_another_day_is_opened_for_names_and_one_of_today_is_begun(
    record: Opens, desk: Desk
) -> None:
    assert record(plan(desk, meeting(day=TOMORROW))).steps() == ["取消活动"]
    assert record(plan(desk)).steps() == ["开始签到", "开放报名", "取消活动"]
    ahead = record(plan(desk, form(day=TOMORROW)))
    assert ahead.steps() == ["开放报名", "取消活动"]

    ahead.press(Qt.Key.Key_F9)
    ahead.wait(lambda: ahead.state() == "报名中")
    assert ahead.news == ["已开放报名：健康入户 邻里同行"]
    ahead.undo()
    ahead.wait(lambda: ahead.state() == "计划")


def test_beginning_leads_to_the_box(record: Opens, desk: Desk) -> None:
    there = record(plan(desk))
    there.content.turn_to(COURSE)
    there.press(Qt.Key.Key_F9)
    there.wait(lambda: there.state() == "进行中")
    assert there.tab() == PEOPLE
    assert there.has_keyboard(there.people.who)


def test_while_it_goes_on_and_after_it_the_record_is_next(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    there = record(held(desk, clock))
    assert there.steps() == ["去记录", "结束活动", "取消活动"]
    assert there.primaries() == ["去记录"]
    there.press(Qt.Key.Key_F9)
    assert there.tab() == RECORDING
    assert there.has_keyboard(there.recording.fields.fields["summary"])


def test_handing_in_names_all_that_is_missing_and_changes_nothing(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock)
    recorded(desk, made)
    (row,) = service.attendance_of(desk, made.uid).rows
    service.remove_line(desk, row.uid, row.revision)
    there = record(fresh(desk, made))
    assert there.steps()[0] == "提交审核"

    there.press(Qt.Key.Key_F9)

    told = there.sheet(Sheet)
    assert told.windowTitle() == "还不能提交审核"
    words = told.accessibleDescription()
    assert "签到表还是空的" in words
    assert "照片有0张" in words
    assert fresh(desk, made).state is ActivityState.TO_RECORD


def test_too_few_photos_may_be_explained_in_a_sentence(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock)
    recorded(desk, made)
    there = record(fresh(desk, made))
    there.press(Qt.Key.Key_F9)
    there.agree(words="照片在站内相册")
    there.wait(lambda: there.state() == "待审核")
    assert fresh(desk, made).steps[-1].words == "照片在站内相册"


def test_who_wrote_it_does_not_approve_it_and_another_does(
    record: Opens, desk: Desk, clock: FixedClock, runner: JobRunner, qtbot: QtBot
) -> None:
    waiting = handed_in(desk, held(desk, clock))
    other = ActivitySeat(ActivityPage(seat(desk, "李玉梅"), runner), qtbot)
    other.page.open_record(waiting.uid)
    other.come()
    other.wait(other.content.isVisible)

    assert other.steps() == ["审核通过", "退回"]
    other.press(Qt.Key.Key_F9)

    other.wait(lambda: other.state() == "已归档")
    assert other.steps() == ["重新打开"]
    assert fresh(desk, waiting).reviewer == "李玉梅"


def test_alone_at_the_station_somebody_outside_is_named(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    waiting = handed_in(desk, held(desk, clock))
    there = record(waiting)
    there.press(Qt.Key.Key_F9)
    there.agree(words="青榕社区 李主任")
    there.wait(lambda: there.state() == "已归档")
    assert fresh(desk, waiting).reviewer == "青榕社区 李主任"


@pytest.mark.parametrize(("step", "after"), [("退回", "待记录"), ("取消活动", "已取消")])
def test_an_exit_wants_its_reason(
    record: Opens, desk: Desk, clock: FixedClock, step: str, after: str
) -> None:
    made = handed_in(desk, held(desk, clock)) if step == "退回" else plan(desk)
    there = record(made)
    before = there.state()
    next(one for one in there.header.beside if one.text() == step).click()
    sheet = there.fill(words="")
    sheet.button("yes").click()
    there.wait(lambda: "还没有写" in sheet.fields["words"].problem)
    assert there.state() == before

    there.agree(words="下雨改期")

    there.wait(lambda: there.state() == after)
    assert fresh(desk, made).steps[-1].words == "下雨改期"


def test_a_cancelled_one_is_taken_up_again_with_the_reason(record: Opens, desk: Desk) -> None:
    made = plan(desk)
    service.cancel(desk, made.uid, made.revision, "下雨")
    there = record(made)
    assert there.tab() == COURSE
    there.header.beside[0].click()
    there.agree(words="雨停了")
    there.wait(lambda: there.state() == "计划")


def test_who_may_only_register_finds_no_step_that_is_refused(
    desk: Desk, runner: JobRunner, qtbot: QtBot, clock: FixedClock
) -> None:
    made = handed_in(desk, held(desk, clock))
    rights = frozenset({Right.READ, Right.REGISTER})
    low = replace(desk, actor=replace(desk.actor, rights=rights))
    there = ActivitySeat(ActivityPage(low, runner), qtbot)
    there.page.open_record(made.uid)
    there.come()
    there.wait(there.content.isVisible)
    assert there.steps() == []


def test_a_key_held_down_while_the_page_opens_takes_no_step(record: Opens, desk: Desk) -> None:
    made = plan(desk)
    there = record(made)
    there.press(ENTER, ENTER)
    assert fresh(desk, made).revision == made.revision
    assert there.news == []


def test_esc_leads_back_and_ctrl_tab_around(record: Opens, desk: Desk) -> None:
    there = record(plan(desk))
    turns = []
    for _ in range(4):
        there.press(Qt.Key.Key_Tab, with_=CONTROL)
        turns.append(there.tab())
    assert turns == [1, 2, 3, 0]
    there.press(Qt.Key.Key_Escape)
    assert there.backs == 1


def test_one_that_is_gone_is_said_to_be_gone(record: Opens, desk: Desk) -> None:
    made = plan(desk)
    done = service.plan(desk, form(name="拉错的一场"))
    assert done.undo is not None
    done.undo.call(desk)
    assert record(done.value).pane() != ""
    assert record(made).pane() == ""


def test_the_window_knows_where_an_activity_is_shown() -> None:
    spec = spec_showing("activities")
    assert spec is not None
    assert (spec.key, spec.on_rail) == ("activity", False)


def test_every_control_is_named_by_what_it_shows(
    record: Opens, desk: Desk, clock: FixedClock
) -> None:
    there = record(held(desk, clock))
    for tab in range(4):
        there.content.turn_to(tab)
        assert there.nameless() == []


def test_the_head_stays_at_the_top_until_the_activity_has_been_read(
    qtbot: QtBot, desk: Desk, runner: JobRunner
) -> None:
    page = ActivityPage(desk, runner)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.open_record(plan(desk).uid)
    page.show()
    assert page.header.geometry().bottom() < 200


def test_an_activity_that_is_long_in_coming_is_said_to_be_read(
    qtbot: QtBot, desk: Desk, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = plan(desk)
    go, history = threading.Event(), service.history

    def late(desk: Desk, uid: Uid) -> service.History:
        go.wait(8)
        return history(desk, uid)

    monkeypatch.setattr(service, "history", late)
    there = ActivitySeat(ActivityPage(desk, runner), qtbot)
    there.page.open_record(activity.uid)
    there.come()
    there.wait(lambda: there.pane() == "正在读取…")
    go.set()
    there.wait(there.content.isVisible)
    assert there.pane() == ""
