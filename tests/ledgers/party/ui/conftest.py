"""报到 on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.party.rules.member import PartyMember
from desktop_app.ledgers.party.ui.pane import PartyPane
from desktop_app.ledgers.party.ui.party_page import PartyPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.party import PartyPageSeat, PartySeat
from tests.driver.residents import a_station


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station."""
    with a_station(template_file, tmp_path, clock) as seat:
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
def party_list(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], PartySeat]:
    """Opens the list anew, as after a sign-in."""

    def opened() -> PartySeat:
        seat = PartySeat(PartyPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def party_page(
    desk: Desk, runner: JobRunner, qtbot: QtBot
) -> Callable[[PartyMember], PartyPageSeat]:
    """Opens the page of a 报到 and waits until it shows it."""

    def opened(member: PartyMember) -> PartyPageSeat:
        seat = PartyPageSeat(PartyPage(desk, runner), qtbot)
        seat.open(member.uid)
        return seat

    return opened
