"""The section 地点 on its own, of an empty station and of one with some places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.places.ui.page import PlacesSection
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.places import put_some, rows
from tests.driver.settings import Section


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def empty(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Section:
    made = Section(PlacesSection(desk, runner), qtbot)
    made.come()
    made.wait(lambda: "还没有地点" in made.words)
    return made


@pytest.fixture
def section(desk: Desk, empty: Section) -> Section:
    """With the places of `put_some`."""
    put_some(desk)
    empty.page.load()
    empty.wait(lambda: len(rows(empty)) == 8)
    return empty
