"""Agreements on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.agreements.rules.agreement import Agreement
from desktop_app.ledgers.agreements.ui.pane import AgreementsPane
from desktop_app.ledgers.agreements.ui.record import AgreementPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.co_building import ListSeat, RecordSeat
from tests.driver.residents import a_station


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
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], ListSeat]:
    """Opens the list anew, as after a sign-in."""

    def opened() -> ListSeat:
        seat = ListSeat(AgreementsPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def record(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[Agreement], RecordSeat]:
    """Opens the page of an agreement and waits until it shows it."""

    def opened(agreement: Agreement) -> RecordSeat:
        page = AgreementPage(desk, runner)
        page.places = frozenset({"partners", "agreements"})
        seat = RecordSeat(page, qtbot)
        seat.open(agreement.uid)
        return seat

    return opened
