"""Volunteers and teams on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.photos import PhotoSource
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.ui.team_page import TeamPage
from desktop_app.registers.volunteers.ui.teams_pane import TeamsPane
from desktop_app.registers.volunteers.ui.volunteer_page import VolunteerPage
from desktop_app.registers.volunteers.ui.volunteers_pane import VolunteersPane
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.co_building import RecordSeat
from tests.driver.residents import a_station
from tests.driver.volunteering import TeamsSeat, VolunteerSheets, VolunteersSeat


class PageSeat(RecordSeat, VolunteerSheets):
    """In front of one volunteer or team, with its sheets."""


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station."""
    with a_station(template_file, tmp_path, clock) as seat:
        blobs = FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))
        seat.database.keep_attachments_in(blobs)
        yield seat


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def volunteers_list(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], VolunteersSeat]:
    """Opens the list of volunteers anew, as after a sign-in."""

    def opened() -> VolunteersSeat:
        seat = VolunteersSeat(VolunteersPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def teams_list(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], TeamsSeat]:
    """Opens the teams anew."""

    def opened() -> TeamsSeat:
        seat = TeamsSeat(TeamsPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def volunteer_page(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Volunteer], PageSeat]:
    """Opens the page of a volunteer and waits until it shows it."""

    def opened(volunteer: Volunteer) -> PageSeat:
        seat = PageSeat(VolunteerPage(desk, runner), qtbot)
        seat.open(volunteer.uid)
        return seat

    return opened


@pytest.fixture
def team_page(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Team], PageSeat]:
    """Opens the page of a team and waits until it shows it."""

    def opened(team: Team) -> PageSeat:
        seat = PageSeat(TeamPage(desk, runner), qtbot)
        seat.open(team.uid)
        return seat

    return opened


@pytest.fixture
def picture(tmp_path: Path) -> PhotoSource:
    """A small picture on the disk."""
    path = tmp_path / "同意书.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    assert image.save(str(path))
    return PhotoSource(path.name, path)
