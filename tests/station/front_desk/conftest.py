"""A counter on a real station: a database on disk, the directory of matters, a few residents."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.clock import FixedClock
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import UidFactory
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.matters import service as matters
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, ResidentDraft
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.front_desk import FrontDesk
from tests.stations import KEY, MONDAY_MORNING

ZHANG_ID = "11010519491231002X"
"""The worked example of GB 11643-1999: a woman, born 1949-12-31."""


CLERK = Actor(UidFactory(FixedClock(MONDAY_MORNING))(), "王小燕", "窗口", frozenset(Right))


@pytest.fixture(scope="session")
def settled_file(template_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station's database with what `settle_in` writes, made once."""
    path = tmp_path_factory.mktemp("settled") / "jinlin.db"
    shutil.copyfile(template_file, path)
    opened = open_file(path, KEY, FixedClock(MONDAY_MORNING))
    settle_in(Desk(opened, CLERK))
    opened.close()
    return path


@pytest.fixture
def counter(settled_file: Path, clock: FixedClock, tmp_path: Path) -> Iterator[Desk]:
    """A clerk's seat; screens are tried on SQLCipher, the services on both."""
    path = tmp_path / "jinlin.db"
    shutil.copyfile(settled_file, path)
    opened = open_file(path, KEY, clock)
    yield Desk(opened, CLERK)
    opened.close()


def settle_in(desk: Desk) -> None:
    """The directory, one 小区, two whose initials are the same and one who is alone."""
    matters.add_starter(desk)
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value.uid
    for name, gender, birth, phone, id_number, door in (
        ("张淑芬", Gender.FEMALE, None, "13800005678", ZHANG_ID, ("3", "2", "501")),
        ("张淑凤", Gender.FEMALE, date(1958, 2, 3), "13500000021", "", ("1", "1", "302")),
        ("赖建国", Gender.MALE, date(1971, 5, 6), "13900001234", "", ("2", "1", "601")),
    ):
        residents.add(
            desk,
            ResidentDraft(
                name=name,
                gender=gender,
                birth=birth,
                phones=(Phone(phone),),
                id_kind=IdKind.RESIDENT_ID_CARD if id_number else None,
                id_number=id_number,
                compound=compound,
                building=door[0],
                unit=door[1],
                room=door[2],
            ),
        )


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def sit_down(counter: Desk, runner: JobRunner, qtbot: QtBot) -> Callable[[], FrontDesk]:
    """Opens the screen anew, as after a sign-in."""

    def opened() -> FrontDesk:
        made = FrontDesk(FrontDeskPage(counter, runner), qtbot)
        made.open_alone()
        return made

    return opened


@pytest.fixture
def front(sit_down: Callable[[], FrontDesk]) -> FrontDesk:
    """The screen, ready for the first person."""
    return sit_down()
