"""What a problem came of: it leads there, and from there back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.route import Open
from desktop_app.ledgers.activities.rules.recording import ResolutionLine
from desktop_app.ledgers.requests.rules.request import Action, RequestState
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.station.raising.listing import list_request
from desktop_app.station.raising.service import links_of, raise_from_visit
from desktop_app.station.raising.ui.list_pages import JoinedProblemPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.three_lists import PageSeat
from tests.ledgers.activities.builders import held, recorded
from tests.ledgers.requests.builders import act, petition, register, stored
from tests.ledgers.three_lists.builders import raise_problem
from tests.station.raising.following import followed

__all__ = ["followed"]

K = Qt.Key
Opens = Callable[[Problem], PageSeat]


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
    """Opens the page of a problem."""

    def there(about: Problem) -> PageSeat:
        seat = PageSeat(JoinedProblemPage(desk, runner), qtbot)
        seat.page.open_record(about.uid)
        seat.come()
        seat.wait(lambda: seat.page.content.isVisible())
        return seat

    return there


def linked(desk: Desk, kind: str, uid: Uid) -> list[tuple[str, Uid, str]]:
    """Where a record leads, and why."""
    return [(one.kind, one.uid, one.why) for one in links_of(desk, kind, uid)]


def test_visit_request_and_problem_lead_to_each_other(desk: Desk, visit: Visit) -> None:
    request = raise_from_visit(desk, visit.uid).value.request
    request = act(desk, request, Action.ACCEPT)
    problem = list_request(desk, request.uid, request.revision).value
    assert linked(desk, "problems", problem.uid) == [
        ("requests", request.uid, "来自这件诉求"),
        ("visits", visit.uid, "来自这次来访"),
    ]
    assert linked(desk, "requests", request.uid) == [
        ("visits", visit.uid, "来自这次来访"),
        ("problems", problem.uid, "列入的问题"),
    ]
    assert linked(desk, "visits", visit.uid) == [
        ("requests", request.uid, "转成的诉求"),
        ("problems", problem.uid, "列入的问题"),
    ]


def test_a_meeting_and_the_problems_of_its_resolutions_lead_to_each_other(
    desk: Desk, clock: FixedClock
) -> None:
    made = held(desk, clock, kind="三方联席会", name="三方共商停车难")
    made = recorded(desk, made, resolutions=(ResolutionLine(words="增设充电棚两处"),))
    decided = raise_problem(desk, activity=made.uid, resolution=made.resolutions[0].uid)
    heard = raise_problem(desk, activity=made.uid)
    assert linked(desk, "problems", decided.uid) == [
        ("activities", made.uid, "来自这次会议的议定事项")
    ]
    assert linked(desk, "problems", heard.uid) == [("activities", made.uid, "来自这场活动")]
    assert [one[:2] for one in linked(desk, "activities", made.uid)] == [
        ("problems", decided.uid),
        ("problems", heard.uid),
    ]


def test_a_petition_and_what_is_not_there_are_not_led_to(desk: Desk) -> None:
    for request in (petition(desk).uid, desk.database.new_uid()):
        assert linked(desk, "problems", raise_problem(desk, request=request).uid) == []


def test_the_page_of_a_problem_shows_where_it_came_from_and_follows_its_state(
    opened: Opens, desk: Desk
) -> None:
    request = act(desk, register(desk), Action.ACCEPT)
    problem = list_request(desk, request.uid, request.revision).value
    seat = opened(problem)
    (item,) = seat.page.elsewhere.list.items
    assert (item.title, item.detail) == (request.title, f"来自这件诉求　{request.number}")
    assert str(item.chip) == RequestState.LISTED.label
    act(desk, stored(desk, request.uid), Action.ESCALATE)
    seat.page.take(frozenset({"requests"}))
    state = RequestState.ESCALATED.label
    seat.wait(lambda: str(seat.page.elsewhere.list.items[0].chip) == state)
    seat.press(K.Key_V)
    assert seat.routes == [Open("requests", request.uid)]


def test_a_problem_that_somebody_wrote_down_leads_nowhere(opened: Opens, desk: Desk) -> None:
    seat = opened(raise_problem(desk))
    assert seat.page.elsewhere.isHidden()
    seat.press(K.Key_V)
    assert seat.routes == []
