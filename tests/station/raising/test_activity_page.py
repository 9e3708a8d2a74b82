"""The page of a meeting: what was decided goes onto the problem list and says how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.route import Open, story_of
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.recording import ResolutionLine
from desktop_app.ledgers.activities.ui.record_content import PEOPLE
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.station.raising.ui.activity_page import JoinedActivityPage
from desktop_app.station.raising.ui.follow_up import FollowUpPane
from desktop_app.station.raising.ui.resolution_sheet import RaiseResolutionSheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.activity import ActivitySeat
from tests.driver.typing import type_text
from tests.ledgers.activities.builders import fresh, held, recorded
from tests.ledgers.requests.builders import register
from tests.ledgers.three_lists.builders import act, propose, raise_problem
from tests.station.raising.following import followed
from tests.station.raising.joins import assert_agree, everything

__all__ = ["followed"]

K = Qt.Key
FOLLOW_UP = 4
SHED = ResolutionLine(words="增设充电棚两处", owner="物业", due=date(2026, 12, 20))
Opens = Callable[[Activity], ActivitySeat]


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def opened(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Opens:
    """Opens the page of an activity."""

    def there(about: Activity) -> ActivitySeat:
        seat = ActivitySeat(JoinedActivityPage(desk, runner), qtbot)
        seat.page.open_record(about.uid)
        seat.come()
        seat.wait(seat.content.isVisible)
        return seat

    return there


@pytest.fixture
def council(desk: Desk, clock: FixedClock) -> Activity:
    """A meeting with two resolutions on record."""
    made = held(desk, clock, kind="三方联席会", name="三方共商停车难")
    return recorded(desk, made, resolutions=(SHED, ResolutionLine(words="公示账目")))


def follow_up(seat: ActivitySeat) -> FollowUpPane:
    """The tab 后续, brought to the front."""
    seat.content.turn_to(FOLLOW_UP)
    pane = seat.content.panes[FOLLOW_UP]
    assert isinstance(pane, FollowUpPane)
    return pane


def standing(pane: FollowUpPane) -> list[str]:
    """How each resolution stands."""
    return [str(item.chip) for item in pane.list.items]


def test_a_resolution_goes_onto_the_list_by_one_letter_and_says_what_it_became(
    opened: Opens, desk: Desk, council: Activity
) -> None:
    seat = opened(council)
    pane = follow_up(seat)
    assert standing(pane) == ["未转入", "未转入"]
    seat.press(K.Key_I)
    sheet = seat.sheet(RaiseResolutionSheet)
    sheet.button("yes").click()
    assert "类别" in sheet.fields["category"].problem
    type_text(sheet, "停车秩序")
    sheet.button("yes").click()
    seat.wait(lambda: standing(pane) == [ProblemState.LISTED.label, "未转入"])
    (problem,) = everything(desk)[1].values()
    assert (problem.description, problem.category) == (SHED.words, "停车秩序")
    assert problem.wanted_by == SHED.due
    assert pane.list.items[0].detail.startswith(f"转成的问题 {problem.number}")
    assert seat.news == [f"已转入问题清单：{SHED.words} {problem.number}"]
    seat.page.activateWindow()
    seat.wait(seat.page.isActiveWindow)
    pane.take_keyboard()
    seat.press(K.Key_Return)
    assert seat.routes == [Open("problems", problem.uid)]
    assert_agree(desk)


def test_the_state_of_the_problem_follows_on_the_page_and_what_is_listed_is_not_listed_again(
    opened: Opens, desk: Desk, council: Activity
) -> None:
    problem = raise_problem(desk, activity=council.uid, resolution=council.resolutions[0].uid)
    seat = opened(council)
    pane = follow_up(seat)
    assert standing(pane) == [ProblemState.LISTED.label, "未转入"]
    assert pane.raise_button.isHidden()
    propose(desk, problem)
    seat.page.take(frozenset({"problems"}))
    seat.wait(lambda: standing(pane)[0] == ProblemState.CLAIMED.label)
    seat.press(K.Key_Down)
    assert pane.raise_button.isVisible()


def test_taking_it_back_frees_the_resolution_on_the_page(
    opened: Opens, desk: Desk, council: Activity
) -> None:
    seat = opened(council)
    pane = follow_up(seat)
    seat.press(K.Key_I)
    sheet = seat.sheet(RaiseResolutionSheet)
    type_text(sheet, "停车秩序")
    sheet.button("yes").click()
    seat.wait(lambda: standing(pane)[0] == ProblemState.LISTED.label)
    seat.undo()
    seat.wait(lambda: standing(pane) == ["未转入", "未转入"])
    assert fresh(desk, council).resolutions[0].link is None


def test_requests_and_duties_that_name_an_activity_stand_there_too(
    opened: Opens, desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock)
    request = register(desk, activity=made.uid)
    duty = act(desk, propose(desk, raise_problem(desk)), DutyAction.ACCEPT)
    lists.link_activity(desk, duty.uid, duty.revision, made.uid, made.number)
    seat = opened(made)
    pane = follow_up(seat)
    assert pane.decided.isHidden()
    assert [item.detail for item in pane.elsewhere.list.items] == [
        f"活动中提出的诉求　{request.number}",
        f"服务的责任　{duty.number}",
    ]
    seat.press(K.Key_Down, K.Key_Return)
    assert seat.routes == [Open("duties", duty.uid)]


def test_an_activity_of_which_nothing_came_has_no_such_tab(
    opened: Opens, desk: Desk, clock: FixedClock
) -> None:
    seat = opened(held(desk, clock))
    assert not seat.content.tabs.isTabVisible(FOLLOW_UP)
    for _ in range(FOLLOW_UP):
        seat.press(K.Key_Tab, with_=Qt.KeyboardModifier.ControlModifier)
    assert seat.content.at == PEOPLE


def test_f7_tells_the_whole_story(opened: Opens, council: Activity) -> None:
    seat = opened(council)
    seat.press(K.Key_F7)
    assert seat.routes == [story_of("activities", council.uid)]
