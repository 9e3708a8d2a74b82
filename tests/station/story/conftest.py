"""A station on which one matter went all the way from the counter to the photo of what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.visits import service as visits
from desktop_app.station.raising.listing import list_request
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.residents import a_station
from tests.ledgers.activities.builders import held
from tests.ledgers.requests.builders import register
from tests.ledgers.three_lists.builders import act, blobs, offer, picture, propose, seat
from tests.ledgers.visits.builders import form, matter

__all__ = ["blobs"]


@dataclass(frozen=True)
class Line:
    """The records of one matter."""

    visit: Uid
    request: Uid
    problem: Uid
    offer: Uid
    duty: Uid
    activity: Uid


def told_whole(desk: Desk, clock: FixedClock, blobs: FolderBlobs) -> Line:
    """A visit, its request, the problem it became, an offer, a duty, an activity, two photos."""
    desk.database.keep_attachments_in(blobs)
    desk.database.have_follow(catalog.follow_ups("station"))
    visit = visits.register(desk, form(matter())).value[0].uid
    clock.advance(60)
    request = register(desk, visit=visit)
    clock.advance(60)
    problem = list_request(desk, request.uid, request.revision).value
    clock.advance(3600)
    given = offer(desk)
    duty = propose(desk, problem, given, amount=1)
    clock.advance(86_400)
    act(desk, duty, DutyAction.ACCEPT)
    activity = held(desk, clock, name="电工进小区", day=desk.today, begins=(14, 0), ends=(16, 0))
    now = lists.get_duty(desk, duty.uid)
    now = lists.link_activity(desk, duty.uid, now.revision, activity.uid, activity.number).value
    pictures = [picture(40, "更换前"), picture(90, "更换后")]
    lists.add_evidence(desk, blobs, duty.uid, now.revision, pictures)
    act(desk, duty, DutyAction.SUBMIT, result="楼道灯全部换好")
    clock.advance(600)
    act(seat(desk, "林志强"), duty, DutyAction.REVIEW_OK)
    return Line(visit, request.uid, problem.uid, given.uid, duty.uid, activity.uid)


@pytest.fixture
def line(desk: Desk, clock: FixedClock, blobs: FolderBlobs) -> Line:
    """That matter, on both databases."""
    return told_whole(desk, clock, blobs)


@pytest.fixture
def clerk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat; the screen is tried on SQLCipher only."""
    with a_station(template_file, tmp_path, clock) as seat_of_clerk:
        yield seat_of_clerk


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
