"""三单 at a street: what stations sent, told by station, and nothing to be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.station.co_building.ui.page import CoBuildingPage
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.homes import StationHome

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def office(
    street_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program of a street, signed in as its 街道管理员."""
    path, clock = street_home.path, street_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        door.come_in(opened)
        yield opened


def page_of(office: Counter) -> CoBuildingPage:
    office.workplace.pages.show_page("co_building")
    office.settle()
    page = office.workplace.pages.current_page
    assert isinstance(page, CoBuildingPage)
    return page


def test_every_list_of_a_street_says_where_its_rows_will_come_from(office: Counter) -> None:
    page = page_of(office)
    for kind, words in (("partners", "共建单位"), ("agreements", "共建协议")):
        page.turn_to(kind)
        office.settle()
        assert f"还没有站点上报的{words}" in office.words()
        assert not page.title.action.isVisible()
        titles = [column.title for column in page.pane.table.model.columns]  # type: ignore[attr-defined]
        assert "站点" in titles


def test_nothing_is_begun_or_changed_at_a_street(office: Counter) -> None:
    page = page_of(office)
    for kind in ("partners", "agreements"):
        page.turn_to(kind)
        office.settle()
        office.press(Qt.Key.Key_F2, Qt.Key.Key_E, Qt.Key.Key_T)
        assert not office.has_sheet
        assert page.pane.new_word == ""
    assert {"partners", "agreements"} <= page.places
