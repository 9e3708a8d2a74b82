"""The register of 共建单位 on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.registers.partners.rules import Partner
from desktop_app.registers.partners.ui.pane import PartnersPane
from desktop_app.registers.partners.ui.record import PartnerPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.co_building import ListSeat, RecordSeat
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
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], ListSeat]:
    """Opens the list anew, as after a sign-in."""

    def opened() -> ListSeat:
        seat = ListSeat(PartnersPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Partner], RecordSeat]:
    """Opens the page of a unit and waits until it shows it."""

    def opened(partner: Partner) -> RecordSeat:
        seat = RecordSeat(PartnerPage(desk, runner), qtbot)
        seat.open(partner.uid)
        return seat

    return opened
