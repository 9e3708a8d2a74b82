"""The page of a duty: an activity that served it is found by name, linked, shown and opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.route import Open
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.station.raising import serving
from desktop_app.station.raising.ui.activity_sheet import ActivityTarget
from desktop_app.station.raising.ui.list_pages import JoinedDutyPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.three_lists import PageSeat
from tests.driver.typing import type_text
from tests.ledgers.activities.builders import fresh, held, plan
from tests.ledgers.three_lists.builders import act, propose, raise_problem, stored
from tests.station.raising.following import followed

__all__ = ["followed"]

K = Qt.Key
Opens = Callable[[Duty], PageSeat]


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """A duty that somebody is at."""
    return act(desk, propose(desk, raise_problem(desk)), DutyAction.ACCEPT)


@pytest.fixture
def opened(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Opens:
    """Opens the page of a duty."""

    def there(about: Duty) -> PageSeat:
        seat = PageSeat(JoinedDutyPage(desk, runner), qtbot)
        seat.page.places = frozenset({"problems", "offers", "duties", "activities"})
        seat.page.open_record(about.uid)
        seat.come()
        seat.wait(lambda: seat.page.content.isVisible())
        return seat

    return there


def test_an_activity_is_found_by_name_linked_by_one_letter_and_opened(
    desk: Desk, clock: FixedClock, duty: Duty, opened: Opens
) -> None:
    made = held(desk, clock, name="楼道灯集中检修")
    held(desk, clock, name="健康入户 邻里同行")
    seat = opened(duty)
    assert seat.page.elsewhere.isHidden()
    seat.press(K.Key_H)
    sheet = seat.sheet()
    target = sheet.fields["activity"].editor
    assert isinstance(target, ActivityTarget)
    assert len(target.list.items) == 2
    type_text(target.box, "ldd")
    seat.wait(lambda: [item.title for item in target.list.items] == ["楼道灯集中检修"])
    seat.save()
    assert "还没有选哪场活动" in seat.problem("activity")
    target.list.enter()
    seat.save()
    seat.wait(lambda: seat.page.elsewhere.isVisible())
    assert stored(desk, duty).activities == (made.uid,)
    (item,) = seat.page.elsewhere.list.items
    assert (item.title, item.detail) == ("楼道灯集中检修", f"关联的活动　{made.number}")
    seat.press(K.Key_V)
    assert seat.routes[-1] == Open("activities", made.uid)


def test_of_several_linked_activities_the_keyboard_chooses_one(
    desk: Desk, clock: FixedClock, duty: Duty, opened: Opens
) -> None:
    for name in ("楼道灯集中检修", "安全用电宣传"):
        made = held(desk, clock, name=name)
        duty = serving.link_activity(desk, duty.uid, duty.revision, made.uid).value
    seat = opened(duty)
    seat.press(K.Key_V, K.Key_Down, K.Key_Return)
    assert seat.routes == [Open("activities", made.uid)]


def test_a_linked_activity_is_not_offered_again_and_linking_is_taken_back(
    desk: Desk, clock: FixedClock, duty: Duty
) -> None:
    made = held(desk, clock)
    done = serving.link_activity(desk, duty.uid, duty.revision, made.uid)
    assert serving.held_lately(desk, "", done.value.activities, 8) == ()
    with pytest.raises(UserError, match="已经关联过"):
        serving.link_activity(desk, duty.uid, done.value.revision, made.uid)
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, duty).activities == ()


def test_only_what_took_place_lately_is_offered(desk: Desk, clock: FixedClock, duty: Duty) -> None:
    coming = plan(desk, day=date(2026, 11, 30))
    off = plan(desk, name="取消的活动")
    activities.cancel(desk, off.uid, off.revision, "下雨")
    made = held(desk, clock)
    assert [one.uid for one in serving.held_lately(desk, "", (), 8)] == [made.uid]
    for one in (coming, off):
        with pytest.raises(UserError, match="还没有开展"):
            serving.link_activity(desk, duty.uid, duty.revision, one.uid)
    clock.set(desk.database.zone.at(date(2027, 8, 1), 9))
    assert serving.held_lately(desk, "", (), 8) == ()
    assert fresh(desk, made).solved == ()


def test_nobody_links_before_the_duty_is_taken_up(desk: Desk, opened: Opens) -> None:
    waiting = propose(desk, raise_problem(desk))
    seat = opened(waiting)
    assert "link_activity" not in seat.page.header.offered
