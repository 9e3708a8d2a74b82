"""The window's word on the reporting: at the foot, on the front desk, across the top in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.settings import REPORT_REMIND_DAYS
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.station.reporting.ui.standing_word import standing_word
from desktop_app.station.settings import service as settings
from desktop_app.storage import drives
from desktop_app.storage.session import Desk
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.reporting import ReportingSeat, Slots
from tests.homes import StationHome
from tests.ledgers.visits.builders import register
from tests.shell.conftest import two_operators
from tests.station.reporting.paper_street import PaperStreet

pytestmark = pytest.mark.sqlite_only
WEEK = 7 * 24 * 3600


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> PaperStreet:
    folder = tmp_path / "street"
    folder.mkdir()
    return PaperStreet(folder, clock)


@pytest.fixture
def reporting(
    station_home: StationHome,
    street: PaperStreet,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Counter]:
    """The lead, a week after the station joined its street and wrote something."""
    monkeypatch.setattr(drives, "drives", Slots().drives)
    two_operators(station_home)
    with station_home.session() as session:
        street.adopt(session.desk)
        register(session.desk)
    station_home.clock.advance(WEEK)
    with program_on(
        station_home.path, station_home.clock, qtbot, qapp, tmp_path / "local.json"
    ) as counter:
        yield counter


def strip(counter: Counter) -> str:
    """What the foot of the window says of the reporting."""
    labels = counter.workplace.status.findChildren(QLabel)
    told = [one.text() for one in labels if "上报" in one.text() or "街道" in one.text()]
    return told[0] if told else ""


def banner(counter: Counter) -> str:
    shown = counter.workplace.banner
    return shown.sentence if shown.isVisible() else ""


def test_a_station_without_a_street_stays_calm(counter: Counter) -> None:
    door.come_in(counter)
    counter.wait(lambda: strip(counter) == "未接入街道")
    assert banner(counter) == ""


def test_after_a_week_somebody_is_reminded_and_the_banner_leads_to_the_page(
    reporting: Counter,
) -> None:
    door.come_in(reporting)
    reporting.wait(lambda: strip(reporting) == "尚未向街道上报")
    assert banner(reporting).startswith("尚未向街道上报，待上报 ")
    assert "尚未向街道上报" in reporting.words()
    reporting.workplace.banner.pressed.emit()
    assert reporting.workplace.pages.help_key == "reporting"
    assert banner(reporting) == ""
    reporting.workplace.pages.show_page("front_desk")
    assert banner(reporting) == ""


def test_who_cannot_report_reads_the_word_and_is_not_reminded(reporting: Counter) -> None:
    door.come_in(reporting)
    desk = reporting.workplace.desk
    job = Job("上报情况")
    assert standing_word(desk, job).reminder
    volunteer = replace(desk.actor, rights=desk.actor.rights - {Right.EXPORT})
    word = standing_word(Desk(desk.database, volunteer), job)
    assert (word.words, word.late, word.reminder) == ("尚未向街道上报", True, "")


def test_a_receipt_makes_the_word_true_at_once_and_the_front_desk_has_it(
    reporting: Counter, street: PaperStreet, stick: Path
) -> None:
    door.come_in(reporting)
    seat = ReportingSeat(reporting)
    seat.report(stick)
    (bundle,) = stick.glob("上报包-*.jlb")
    street.take(bundle)
    seat.drop(street.receipt(reporting.workplace.desk))
    seat.wait_told()
    reporting.wait(lambda: strip(reporting) == "上报最后确认 今天")
    reporting.workplace.pages.show_page("front_desk")
    page = reporting.workplace.pages.current_page
    assert isinstance(page, FrontDeskPage)
    today = page.screen_parts.today
    assert "上报最后确认 今天" in [one.text() for one in today.findChildren(QLabel)]


def test_no_days_means_no_reminder(reporting: Counter, station_home: StationHome) -> None:
    door.come_in(reporting)
    reporting.wait(lambda: bool(banner(reporting)))
    desk = reporting.workplace.desk
    changed = settings.write(desk, REPORT_REMIND_DAYS, 0)
    reporting.workplace.take_change((changed, "已保存"))
    reporting.wait(lambda: banner(reporting) == "")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
