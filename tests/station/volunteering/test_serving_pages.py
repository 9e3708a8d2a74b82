"""From the page of an order and of an activity the hours of who served are written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Fault
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.requests.rules.request import Action, Assignee, AssigneeKind, Request
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.station.volunteering import service
from desktop_app.station.volunteering.ui.of_activity import AttendedSheet, ServingActivityPage
from desktop_app.station.volunteering.ui.of_request import OrderSheet, ServingRequestPage
from desktop_app.station.volunteering.ui.of_shift import ServingPostsPane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.activity import ActivitySeat
from tests.driver.posts import PostsSeat
from tests.driver.requests import RequestSeat
from tests.driver.residents import ENTER
from tests.driver.typing import press, type_text
from tests.ledgers.activities.builders import plan
from tests.ledgers.posts.builders import TUESDAY, post
from tests.ledgers.posts.builders import plan as plan_shift
from tests.ledgers.requests.builders import act, closed, register, seat
from tests.registers.volunteers.helpers import volunteer
from tests.station.volunteering.test_serving import after, at, whole

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


def at_request(desk: Desk, runner: JobRunner, qtbot: QtBot, request: Request) -> RequestSeat:
    page = ServingRequestPage(desk, runner)
    page.open_record(request.uid)
    made = RequestSeat(page, qtbot)
    made.come()
    made.wait(made.content.isVisible)
    return made


def at_activity(desk: Desk, runner: JobRunner, qtbot: QtBot, activity: Activity) -> ActivitySeat:
    made = ActivitySeat(ServingActivityPage(desk, runner), qtbot)
    made.page.open_record(activity.uid)
    made.come()
    made.wait(made.content.isVisible)
    return made


def offers(at_it: Any) -> tuple[bool, bool]:
    """Whether the button is in sight, and whether the keys are told."""
    return at_it.page.serve.isVisible(), "F6" in [hint.keys for hint in at_it.page.hints]


# --- an order ------------------------------------------------------------------------------------


def test_who_went_for_an_order_is_written_down_from_its_page_and_stands_there(
    desk: Desk, clock: FixedClock, runner: JobRunner, qtbot: QtBot
) -> None:
    who, order = volunteer(desk, "张秀兰"), closed(desk)
    clock.set(at(18))
    at_it = at_request(desk, runner, qtbot, order)
    assert offers(at_it) == (True, True)
    at_it.press(K.Key_F6)
    sheet = at_it.sheet()
    assert isinstance(sheet, OrderSheet)
    assert sheet.typed()["title"] == order.title
    at_it.save()
    assert "开始时间" in sheet.fields["start"].problem
    sheet.fields["volunteer"].go()
    type_text(sheet, "zxl")
    press(sheet, ENTER)
    at_it.fill(start="14", end="1530")
    at_it.save()

    at_it.wait(lambda: bool(at_it.page.content.linked))
    (record,) = ledger.linked(desk, "request", [order.uid])
    kept = whole(desk, record.uid)
    assert (kept.volunteer, kept.minutes, kept.started_at) == (who.uid, 90, at(14))
    assert [one.uid for one in at_it.page.content.linked] == [record.uid]
    assert record.number in at_it.news[0]
    (changed,) = at_it.changes
    assert changed.undo is not None
    changed.undo.call(desk)
    assert ledger.linked(desk, "request", [order.uid]) == []


def test_the_volunteer_to_whom_an_order_was_given_is_proposed_and_never_written_down_twice(
    desk: Desk, clock: FixedClock, runner: JobRunner, qtbot: QtBot
) -> None:
    who = volunteer(desk, "张秀兰")
    order = act(desk, register(desk), Action.ACCEPT)
    given = Assignee(AssigneeKind.PERSON, "张秀兰", uid=who.uid)
    order = act(desk, order, Action.DISPATCH, assignee=given)
    order = act(desk, order, Action.TAKE, Action.DONE, result="陪同就医")
    clock.set(at(18))
    service.serve_from_request(desk, order.uid, who.uid, at(9), at(10))
    at_it = at_request(desk, runner, qtbot, order)
    at_it.press(K.Key_F6)
    sheet = at_it.sheet()
    assert isinstance(sheet, OrderSheet)
    assert sheet.typed()["volunteer"] == who.uid.hex
    at_it.fill(start="14", end="15")
    at_it.save()
    assert "已经记过这一次服务" in sheet.note
    assert len(ledger.linked(desk, "request", [order.uid])) == 1


def test_nobody_served_for_what_is_not_done_and_who_may_not_is_offered_nothing(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    at_it = at_request(desk, runner, qtbot, register(desk))
    assert offers(at_it) == (False, True)
    at_it.press(K.Key_F6)
    assert not at_it.has_sheet
    reader = seat(desk, "陈书记", without=frozenset({Right.REGISTER}))
    at_it = at_request(reader, runner, qtbot, closed(desk))
    assert offers(at_it) == (False, False)
    at_it.press(K.Key_F6)
    assert not at_it.has_sheet


# --- an activity ---------------------------------------------------------------------------------


@pytest.fixture
def cleaning(desk: Desk, clock: FixedClock) -> Activity:
    """An activity that is over: two volunteers, and somebody with no file."""
    made = plan(desk, kind="志愿服务")
    people = [volunteer(desk), volunteer(desk, "林志强", "13800001111")]
    clock.set(made.starts_at)
    for one in people:
        who = Person(resident=one.resident, group=Group.VOLUNTEER)
        activities.sign_in(desk, made.uid, who)
    activities.sign_in(desk, made.uid, Person(name="过路的人", group=Group.VOLUNTEER))
    clock.set(after(made.ends_at))
    return made


def test_a_sheet_says_who_gets_how_long_and_who_is_left_out_and_saves_all_at_once(
    desk: Desk, runner: JobRunner, qtbot: QtBot, cleaning: Activity
) -> None:
    at_it = at_activity(desk, runner, qtbot, cleaning)
    assert offers(at_it) == (True, True)
    at_it.press(K.Key_F6)
    sheet = at_it.sheet(AttendedSheet)
    told = [words for _on, words in sheet.ticks.lines()]
    assert len(told) == 2
    assert all("09:30" in one and "1小时30分" in one for one in told)
    (left_out,) = sheet.left_out.items
    assert (left_out.title, left_out.detail[:10]) == ("过路的人", "不是登记在册的志愿者")
    sheet.button("yes").click()
    assert at_it.news == ["已记志愿服务 2 人"]
    records = ledger.linked(desk, "activity", [cleaning.uid])
    assert {one.state for one in records} == {ServiceState.TO_CONFIRM}
    assert len({one.volunteer for one in records}) == 2
    (changed,) = at_it.changes
    assert changed.undo is not None
    changed.undo.call(desk)
    assert ledger.linked(desk, "activity", [cleaning.uid]) == []


def test_who_is_unticked_gets_nothing_and_nobody_at_all_is_refused(
    desk: Desk, runner: JobRunner, qtbot: QtBot, cleaning: Activity
) -> None:
    at_it = at_activity(desk, runner, qtbot, cleaning)
    at_it.press(K.Key_F6)
    sheet = at_it.sheet(AttendedSheet)
    sheet.ticks.setFocus()
    sheet.ticks.tick_all()
    sheet.button("yes").click()
    assert "没有勾选任何人" in sheet.note
    press(sheet, K.Key_Space)
    sheet.button("yes").click()
    assert at_it.news == ["已记志愿服务 1 人"]
    assert len(ledger.linked(desk, "activity", [cleaning.uid])) == 1


def test_meetings_what_is_not_over_and_who_may_not_offer_nothing(
    desk: Desk, runner: JobRunner, qtbot: QtBot, cleaning: Activity
) -> None:
    with pytest.raises(Fault, match="不能记志愿服务"):
        service.proposed_of_activity(desk, (coming := plan(desk)).uid)
    assert offers(at_activity(desk, runner, qtbot, coming)) == (False, True)
    reader = seat(desk, "陈书记", without=frozenset({Right.REGISTER}))
    assert offers(at_activity(reader, runner, qtbot, cleaning)) == (False, False)


# --- a shift -------------------------------------------------------------------------------------


def test_a_shift_that_is_over_becomes_a_service_in_the_roster_and_one_to_come_does_not(
    desk: Desk, clock: FixedClock, runner: JobRunner, qtbot: QtBot
) -> None:
    planned = plan_shift(desk, post(desk), volunteer(desk))
    at_it = PostsSeat(ServingPostsPane(desk, runner), qtbot)
    at_it.come()
    at_it.wait(lambda: bool(at_it.lines))
    at_it.stand_at(TUESDAY)
    at_it.press(K.Key_F6)
    assert "还没有开始" in at_it.question_words
    at_it.sheet().reject()

    clock.set(after(planned.ends_at))
    at_it.stand_at(TUESDAY)
    at_it.press(K.Key_F6)
    (record,) = ledger.linked(desk, "shift", [planned.uid])
    assert record.minutes == 120
    assert at_it.news == [f"已记服务 {record.number}，2小时：夜间巡逻 11月24日 周二"]
    at_it.wait(lambda: "到岗" in at_it.cell(TUESDAY))
    at_it.undo(desk)
    assert ledger.linked(desk, "shift", [planned.uid]) == []


def test_of_several_on_one_shift_one_is_chosen_and_who_may_not_has_no_key(
    desk: Desk, clock: FixedClock, runner: JobRunner, qtbot: QtBot
) -> None:
    there = post(desk)
    one = plan_shift(desk, there, volunteer(desk))
    two = plan_shift(desk, there, volunteer(desk, "林志强", "13800001111"))
    clock.set(after(one.ends_at))
    at_it = PostsSeat(ServingPostsPane(desk, runner), qtbot)
    at_it.come()
    at_it.wait(lambda: bool(at_it.lines))
    at_it.stand_at(TUESDAY)
    at_it.press(K.Key_F6)
    at_it.choose_in_sheet("林志强")
    (record,) = ledger.linked(desk, "shift", [one.uid, two.uid])
    assert record.shift == two.uid
    reader = seat(desk, "陈书记", without=frozenset({Right.HANDLE}))
    pane = ServingPostsPane(reader, runner)
    qtbot.addWidget(pane)
    assert "F6" not in [hint.keys for hint in pane.hints]
    assert "F6" not in pane.roster.keys.text()
