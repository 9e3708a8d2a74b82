"""A clerk's morning on a real home, through the real window, without the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.shell.main_window import MainWindow
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.front_desk import FrontDesk
from tests.driver.typing import press, type_text
from tests.homes import PASSWORD, StationHome
from tests.station.front_desk.conftest import settle_in


@pytest.fixture
def home(station_home: StationHome) -> StationHome:
    """A home whose station knows a few residents and the usual matters."""
    with station_home.session() as session:
        settle_in(session.desk)
    return station_home


@contextmanager
def window_on(home: StationHome, qtbot: QtBot) -> Iterator[MainWindow]:
    """The program's window, closed as a clerk closes it."""
    with home.house(window=True) as house:
        window = MainWindow(house)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        yield window
        window.close()


def sign_in(window: MainWindow, qtbot: QtBot) -> FrontDesk:
    """Type the password and wait for the front desk."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    type_text(window, PASSWORD)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workplace is not None, timeout=20_000)
    assert window.workplace is not None
    page = window.workplace.pages.current_page
    assert isinstance(page, FrontDeskPage)
    front = FrontDesk(page, qtbot, window)
    front.wait_ready()
    return front


@pytest.mark.sqlite_only
def test_a_clerk_registers_two_visits_and_finds_them_again_next_morning(
    home: StationHome, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, Theme())
    with window_on(home, qtbot) as window:
        front = sign_in(window, qtbot)
        front.choose("zsf")
        front.letters("1")
        front.save()
        front.wait(lambda: len(front.today) == 1)
        front.press(Qt.Key.Key_F9)
        front.wait(lambda: len(front.today) == 2)
        assert front.keys <= 7
        seen = front.today
        assert "问路" in seen[0]
        assert "张*芬" in seen[1]
    with window_on(home, qtbot) as window:
        front = sign_in(window, qtbot)
        front.wait(lambda: front.today == seen)
    words = ("张淑芬", "在职党员报到登记", "13800005678", "SQLite format")
    for path in home.path.rglob("*"):
        if path.is_file() and path.suffix not in (".json", ".jsonl"):
            content = path.read_bytes()
            assert not any(word.encode() in content for word in words), path.name
