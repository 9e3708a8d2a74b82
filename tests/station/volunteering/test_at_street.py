"""志愿 at a street: what stations sent, told by station, and nothing to be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.station.volunteering.ui.page import VolunteeringPage
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


def test_its_lists_say_whose_the_rows_are_and_begin_nothing(office: Counter) -> None:
    office.workplace.pages.show_page("volunteering")
    office.settle()
    page = office.workplace.pages.current_page
    assert isinstance(page, VolunteeringPage)
    for kind, words in (
        ("teams", "志愿队伍"),
        ("volunteers", "志愿者"),
        ("posts", "岗位"),
        ("service", "服务记录"),
        ("certificates", "服务证明"),
        ("party", "报到党员"),
    ):
        page.turn_to(kind)
        office.settle()
        assert f"还没有站点上报的{words}" in office.words()
        titles = [column.title for column in page.pane.table.model.columns]  # type: ignore[attr-defined]
        assert ("站点" in titles, "" in titles) == (True, False)
        office.press(Qt.Key.Key_F2, Qt.Key.Key_E, Qt.Key.Key_J, Qt.Key.Key_F6)
        assert not office.has_sheet
        assert not page.title.action.isVisible()
        assert "F6" not in [hint.keys for hint in page.pane.hints]
