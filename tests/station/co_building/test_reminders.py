"""What the counter is reminded of: quiet words below the day's figures, and one key to go there."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.station.co_building.ui.page import CoBuildingPage
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.homes import StationHome
from tests.ledgers.agreements.builders import signed, unit

pytestmark = pytest.mark.sqlite_only


def test_an_agreement_that_runs_out_is_one_key_away_from_the_counter(
    counter: Counter, station_home: StationHome
) -> None:
    with station_home.session() as session:
        desk = session.desk
        signed(desk, unit(desk).uid, ends_on=date(2026, 12, 10))
    line = come_to_the_counter(counter).screen_parts.today.reminders
    counter.wait(lambda: line.words == ("共建协议即将到期 1 份",))
    counter.press(Qt.Key.Key_F12)
    page = counter.workplace.pages.current_page
    assert isinstance(page, CoBuildingPage)
    assert page.part == "agreements"
    counter.wait(lambda: "即将到期" in counter.words())


def test_a_counter_with_nothing_to_remember_says_nothing(counter: Counter) -> None:
    front = come_to_the_counter(counter)
    counter.settle()
    assert not front.screen_parts.today.reminders.isVisible()
    counter.press(Qt.Key.Key_F12)
    assert counter.workplace.pages.current_page is front


def come_to_the_counter(counter: Counter) -> FrontDeskPage:
    """Sign in; 前台 is the first page."""
    door.come_in(counter)
    page = counter.workplace.pages.current_page
    assert isinstance(page, FrontDeskPage)
    return page
