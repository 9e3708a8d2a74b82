"""A street's window with stations around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.driver import sign_in as door
from tests.driver.inbox import InboxDesk
from tests.driver.program import Counter, program_on
from tests.homes import StationHome
from tests.street.neighbourhood import Branch, Neighbourhood


@pytest.fixture
def office(
    street_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program of a street, signed in as its 街道管理员."""
    path, clock = street_home.path, street_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        door.come_in(opened)
        yield opened


@pytest.fixture
def around(street_home: StationHome, tmp_path: Path) -> Iterator[Neighbourhood]:
    """Where stations are made."""
    folder = tmp_path / "stations"
    folder.mkdir()
    made = Neighbourhood(folder, street_home.clock)
    yield made
    made.close()


@pytest.fixture
def branch(office: Counter, around: Neighbourhood) -> Branch:
    """One station that belongs to the street."""
    return around.joined("QR01", "青榕雅苑党群服务站", office.workplace.desk)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where files are carried."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(office: Counter) -> InboxDesk:
    """The page 收件 of that window."""
    return InboxDesk(office)
