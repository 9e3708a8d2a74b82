"""Service records and certificates on screen, over a station's database on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.ledgers.service.ui.certificate_page import CertificatePage
from desktop_app.ledgers.service.ui.certificates_pane import CertificatesPane
from desktop_app.ledgers.service.ui.service_page import ServicePage
from desktop_app.ledgers.service.ui.service_pane import ServicePane
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.record_page import RecordPage
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.residents import a_station
from tests.driver.service import CertificatesSeat, OneSeat, ServiceSeat


@pytest.fixture
def desk(template_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat at an empty station; screens are tried on SQLCipher, the services on both."""
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
def sit_down(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[..., ServiceSeat]:
    """Opens 服务记录 anew, as after a sign-in."""

    def opened(at: Desk | None = None) -> ServiceSeat:
        seat = ServiceSeat(ServicePane(at or desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def register(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], CertificatesSeat]:
    """Opens the register of certificates."""

    def opened() -> CertificatesSeat:
        seat = CertificatesSeat(CertificatesPane(desk, runner), qtbot)
        seat.come()
        seat.settled()
        return seat

    return opened


@pytest.fixture
def one(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[type[RecordPage], Uid], OneSeat]:
    """Opens the page of a record or a certificate and waits until it shows it."""

    def opened(kind: type[RecordPage], uid: Uid) -> OneSeat:
        assert kind in (ServicePage, CertificatePage)
        seat = OneSeat(kind(desk, runner), qtbot)
        seat.open(uid)
        return seat

    return opened
