"""The page of a request as it stands in the window: onto the problem list by one letter, and the
ways from there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import catalog
from desktop_app.core.route import Open, story_of
from desktop_app.ledgers.requests.rules.request import Action, RequestState
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.station.raising.service import links_of
from desktop_app.station.raising.ui.pages import LinkedRequestPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.requests import RequestSeat
from tests.ledgers.requests.builders import act, register, stored


@pytest.fixture(autouse=True)
def followed(desk: Desk) -> None:
    """What follows of a step is done, as in an opened home."""
    desk.database.have_follow(catalog.follow_ups("station"))


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def seat(desk: Desk, runner: JobRunner, qtbot: QtBot) -> RequestSeat:
    """The page of a request that was taken up."""
    request = act(desk, register(desk), Action.ACCEPT)
    made = RequestSeat(LinkedRequestPage(desk, runner), qtbot)
    made.page.open_record(request.uid)
    made.come()
    made.wait(made.content.isVisible)
    return made


def test_a_request_goes_onto_the_problem_list_by_one_letter_and_each_shows_the_other(
    seat: RequestSeat, desk: Desk
) -> None:
    seat.press(Qt.Key.Key_I)
    seat.wait(lambda: seat.header.chip.accessibleName() == RequestState.LISTED.label)
    (request,) = [stored(desk, seat.page._uid)]  # type: ignore[arg-type]
    (problem,) = lists.problems_page(desk, ProblemFilter(request=request.uid)).rows
    assert (problem.description, problem.state) == (request.title, ProblemState.LISTED)
    (link,) = links_of(desk, "requests", request.uid)
    assert (link.kind, link.uid, link.why) == ("problems", problem.uid, "列入的问题")


def test_from_the_list_a_request_comes_back_by_one_letter(seat: RequestSeat, desk: Desk) -> None:
    seat.press(Qt.Key.Key_I)
    seat.wait(lambda: seat.header.chip.accessibleName() == RequestState.LISTED.label)
    seat.press(Qt.Key.Key_Y)
    seat.wait(lambda: seat.header.chip.accessibleName() == RequestState.ACCEPTED.label)
    (problem,) = lists.problems_page(desk, ProblemFilter(request=seat.page._uid)).rows
    assert problem.state is ProblemState.WITHDRAWN


def test_v_leads_to_what_it_became_and_f7_to_the_whole_story(seat: RequestSeat, desk: Desk) -> None:
    went: list[object] = []
    seat.page.routed.connect(went.append)
    seat.press(Qt.Key.Key_I)
    seat.wait(lambda: seat.header.chip.accessibleName() == RequestState.LISTED.label)
    (problem,) = lists.problems_page(desk, ProblemFilter(request=seat.page._uid)).rows
    seat.press(Qt.Key.Key_V, Qt.Key.Key_F7)
    assert seat.page._uid is not None
    assert went == [Open("problems", problem.uid), story_of("requests", seat.page._uid)]
