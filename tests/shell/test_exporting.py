"""导出 in the window: a door at the foot of each list, a question, a file, the way there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop_app.shell.settings.ui.page import SettingsPage
from desktop_app.station.exporting.ui.sheet import MASKED, NO_REASON, WHOLE, ExportSheet
from desktop_app.widgets.page import Page
from desktop_app.widgets.tabbed_page import TabbedPage
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.homes import StationHome
from tests.station.front_desk.conftest import settle_in

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
LISTS = {
    "visits": [""],
    "requests": [""],
    "activities": [""],
    "residents": [""],
    "co_building": ["partners", "agreements", "problems", "offers", "duties"],
    "volunteering": ["volunteers", "teams", "posts", "service", "certificates", "party"],
    "settings": ["operators", "places", "matters"],
}
"""The pages of lists, and their parts."""


@pytest.fixture
def counter(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program in a settled home, signed in."""
    with station_home.session() as session:
        settle_in(session.desk)
    path, clock = station_home.path, station_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        door.come_in(opened)
        yield opened


def _come_to(counter: Counter, key: str, part: str = "") -> Page:
    counter.workplace.pages.show_page(key)
    page = counter.workplace.pages.current_page
    assert page is not None
    if isinstance(page, SettingsPage):
        page.show_section(part)
    elif part:
        page.turn_to(part)
    counter.settle()
    return page


def _doors(page: Page) -> list[QPushButton]:
    found = page.findChildren(QPushButton)
    return [one for one in found if one.text() == "导出" and one.isVisible()]


def _ask(counter: Counter) -> ExportSheet:
    counter.press(K.Key_F12)
    sheet = counter.sheet()
    assert isinstance(sheet, ExportSheet)
    return sheet


def _choose(counter: Counter, sheet: ExportSheet, path: Path) -> None:
    sheet.button("yes").click()
    counter.wait(lambda: bool(sheet.findChildren(QFileDialog)))
    chooser = sheet.findChildren(QFileDialog)[-1]
    chooser.hide()
    chooser.fileSelected.emit(str(path))
    counter.settle()


def _rows(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(("key", "part"), [(key, part) for key in LISTS for part in LISTS[key]])
def test_every_list_has_one_door_and_its_key_in_the_list_of_keys(
    counter: Counter, key: str, part: str
) -> None:
    page = _come_to(counter, key, part)
    assert len(_doors(page)) == 1
    inner = page.pane if isinstance(page, TabbedPage) else page
    inner = page.section or page if isinstance(page, SettingsPage) else inner
    pages = [inner, *inner.findChildren(Page)]
    assert [hint.keys for one in pages for hint in one.more_hints] == ["F12"]


def test_f12_asks_and_writes_what_is_listed_masked(counter: Counter, tmp_path: Path) -> None:
    _come_to(counter, "residents")
    path = tmp_path / "居民.xlsx"
    sheet = _ask(counter)
    assert "共 3" in counter.words()
    assert sheet.shown.value() == MASKED

    _choose(counter, sheet, path)

    told = " ".join(str(cell) for row in _rows(path) for cell in row)
    assert "张*芬" in told
    assert "张淑芬" not in told
    assert "已导出 3 条：居民.xlsx" in counter.words()
    assert "打开所在文件夹" in counter.words()


def test_only_what_the_list_is_narrowed_to_is_written(counter: Counter, tmp_path: Path) -> None:
    page = _come_to(counter, "residents")
    page.search_for("赖建国")
    counter.wait(lambda: "符合" in counter.words() or "只显示" in counter.words())
    counter.settle()
    path = tmp_path / "居民.xlsx"
    sheet = _ask(counter)
    assert "只有符合筛选的" in counter.words()
    _choose(counter, sheet, path)
    assert len(_rows(path)) == 2


def test_the_whole_content_is_written_only_with_a_reason(counter: Counter, tmp_path: Path) -> None:
    _come_to(counter, "residents")
    path = tmp_path / "居民.xlsx"
    sheet = _ask(counter)
    sheet.shown.set_value(WHOLE)
    sheet.button("yes").click()
    assert NO_REASON in counter.words()
    sheet.reason.set_value("街道核对")
    _choose(counter, sheet, path)
    assert "张淑芬" in str(_rows(path))


def test_giving_up_the_place_leads_back_to_the_question(counter: Counter) -> None:
    _come_to(counter, "residents")
    sheet = _ask(counter)
    sheet.button("yes").click()
    counter.wait(lambda: bool(sheet.findChildren(QFileDialog)))
    sheet.findChildren(QFileDialog)[-1].reject()
    assert sheet.isVisible()
    assert sheet.button("yes").isEnabled()
    counter.press(K.Key_Escape)


def test_a_file_that_cannot_be_written_is_told_in_words(counter: Counter, tmp_path: Path) -> None:
    _come_to(counter, "residents")
    _choose(counter, _ask(counter), tmp_path / "没有" / "居民.xlsx")
    assert "要存到的文件夹不存在" in counter.words()
    counter.answer("知道了")


def test_an_empty_list_has_nothing_to_write(counter: Counter) -> None:
    page = _come_to(counter, "visits")
    assert [one.isEnabled() for one in _doors(page)] == [False]
    counter.press(K.Key_F12)
    assert not counter.has_sheet
