"""Nobody at a station can sign in any more: the street hands back a code that opens it once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.offices import service as offices
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.settings import open_dialogs
from tests.homes import StationHome
from tests.street.neighbourhood import Branch, Neighbourhood

pytestmark = pytest.mark.sqlite_only
NEW = "Xin-mi-ma-2027"


@pytest.fixture
def street(street_home: StationHome, around: Neighbourhood) -> Branch:
    """The seat at the street, without a window."""
    return around.opened(street_home.path)


@pytest.fixture
def hall(
    street: Branch, around: Neighbourhood, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The window of a station that left a code with its street; nobody has signed in."""
    station = around.joined("QR01", "青榕雅苑党群服务站", street.desk)
    offices.deposit_rescue(station.desk, station.session.keeper)
    station.session.close()
    with program_on(station.path, station.clock, qtbot, qapp, tmp_path / "local.json") as opened:
        yield opened


def test_a_station_asks_its_street_and_comes_in_with_the_code_it_hears(
    hall: Counter, street: Branch, stick: Path
) -> None:
    page = door.recover(hall)
    asked = stick / "求助-QR01.json"
    page.ask_street.save(str(asked))
    hall.wait(lambda: "求助文件已保存" in hall.words())
    hall.wait(lambda: bool(open_dialogs()))
    open_dialogs()[0].accept()
    hall.wait(lambda: not open_dialogs())
    hall.window.activateWindow()
    hall.wait(lambda: QApplication.focusWidget() is not None)
    heard = offices.rescue(street.desk, asked.read_bytes(), "刘芳本人来电，已回拨公开电话核实")
    door.fill_in(page, hall, 恢复码=heard.recovery_code, 新密码=NEW, 再输一次新密码=NEW)
    hall.press(Qt.Key.Key_Return)
    hall.wait(lambda: hall.window.workplace is not None)
    assert hall.workplace.desk.database.station.code == "QR01"


def test_a_disk_that_cannot_be_written_is_told(hall: Counter, stick: Path) -> None:
    page = door.recover(hall)
    page.ask_street.save(str(stick / "没有这个文件夹" / "求助.json"))
    hall.wait(lambda: bool(open_dialogs()))
    assert "没有保存求助文件" in hall.words()
    open_dialogs()[0].accept()


def test_the_street_s_own_window_offers_no_street_to_ask(
    street_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    local = tmp_path / "local.json"
    with program_on(street_home.path, street_home.clock, qtbot, qapp, local) as opened:
        assert not door.recover(opened).ask_street.isVisible()
