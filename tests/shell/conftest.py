"""The program's window on a small home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.sign_in import CLERK, CLERK_PASSWORD, CLERK_PIN, LEAD_PIN
from tests.homes import Homes, StationHome


@pytest.fixture
def counter(
    station_home: StationHome, homes: Homes, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program at its door; two people may sign in, both have a PIN."""
    homes.furnish(station_home, two_operators)
    path, clock = station_home.path, station_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        yield opened


@pytest.fixture
def fresh(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Callable[[Path], Counter]]:
    """Opens the program where there is no home yet; `station_home` only lends its clock."""
    contexts = []

    def on(path: Path) -> Counter:
        made = program_on(path, station_home.clock, qtbot, qapp, tmp_path / "fresh.json")
        contexts.append(made)
        return made.__enter__()

    yield on
    door.close_set_up()
    for context in contexts:
        context.__exit__(None, None, None)


def two_operators(home: StationHome) -> None:
    """A lead and a clerk, both with a PIN."""
    with home.session() as session:
        desk, keeper = session.desk, session.keeper
        people.set_pin(desk, LEAD_PIN)
        people.add_operator(
            desk, keeper, name=CLERK, role=Role.CLERK, password=CLERK_PASSWORD, must_change=False
        )
    with home.session(CLERK, CLERK_PASSWORD) as session:
        people.set_pin(session.desk, CLERK_PIN)
