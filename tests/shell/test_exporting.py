"""导出 in the window: a door at the foot of each list, a question, a file, the way there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop_app.shell.settings.ui.page import SettingsPage
from desktop_app.station.exporting.rules.templates import BUILT_IN, PERIOD
from desktop_app.station.exporting.service import templates
from desktop_app.station.exporting.ui.sheet import MASKED, NO_REASON, WHOLE, ExportSheet
from desktop_app.station.exporting.ui.template_sheets import (
    NO_KIND,
    AddTemplateSheet,
    PeriodSheet,
)
from desktop_app.station.exporting.ui.templates_section import TemplatesSection
from desktop_app.widgets.page import Page
from desktop_app.widgets.tabbed_page import TabbedPage
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.homes import Homes, StationHome
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


def settled(home: StationHome) -> None:
    with home.session() as session:
        settle_in(session.desk)


@pytest.fixture
def counter(
    station_home: StationHome, homes: Homes, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program in a settled home, signed in."""
    homes.furnish(station_home, settled)
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
    # A window manager gives the keyboard back after a sheet; the offscreen platform has none.
    counter.window.activateWindow()
    counter.wait(counter.window.isActiveWindow)
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
    assert len([one for one in _doors(page) if "F12" in one.toolTip()]) == 1
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


# --- templates ------------------------------------------------------------------------------------


def _section(counter: Counter) -> TemplatesSection:
    page = _come_to(counter, "settings", "templates")
    assert isinstance(page, SettingsPage)
    found = page.section
    assert isinstance(found, TemplatesSection)
    found.table.setFocus()
    return found


def _workbook(path: Path, *texts: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, text in enumerate(texts, 1):
        sheet.cell(1, place, text)
    book.save(path)
    return path


def _names(section: TemplatesSection) -> list[str]:
    return [str(one.name) for one in section.table.model.rows]  # type: ignore[attr-defined]


def test_an_offices_workbook_is_added_and_chosen_by_its_name(
    counter: Counter, tmp_path: Path
) -> None:
    section = _section(counter)
    section.take_file(str(_workbook(tmp_path / "街道居民表.xlsx", "{{序号}}", "{{姓名}}")))
    sheet = counter.sheet()
    assert isinstance(sheet, AddTemplateSheet)
    sheet.button("yes").click()
    assert NO_KIND in counter.words()
    sheet.kind.set_value("residents")
    sheet.button("yes").click()
    counter.settle()
    assert "已添加模板“街道居民表”" in counter.words()
    assert _names(section)[0] == "街道居民表"

    _come_to(counter, "residents")
    path = tmp_path / "填好.xlsx"
    asked = _ask(counter)
    asked.template.set_value(asked._templates[0].key)
    _choose(counter, asked, path)
    assert [row[0] for row in _rows(path)] == [1, 2, 3]
    assert "张*芬" in str(_rows(path))


def test_names_that_are_not_known_are_told_in_the_sheet(counter: Counter, tmp_path: Path) -> None:
    section = _section(counter)
    section.take_file(str(_workbook(tmp_path / "表.xlsx", "{{星座}}")))
    sheet = counter.sheet()
    assert isinstance(sheet, AddTemplateSheet)
    sheet.kind.set_value("residents")
    sheet.button("yes").click()
    counter.wait(lambda: "{{星座}}" in counter.words())
    assert sheet.isVisible()
    counter.press(K.Key_Escape)


def test_the_monthly_table_is_filled_from_the_settings(counter: Counter, tmp_path: Path) -> None:
    section = _section(counter)
    found = next(one for one in BUILT_IN if one.kind == PERIOD)
    section.table.focus_row(found.key)
    counter.press(K.Key_Return)
    sheet = counter.sheet()
    assert isinstance(sheet, PeriodSheet)
    assert str(sheet.period) == "2026-10"
    counter.press(K.Key_Escape)
    path = tmp_path / "月报.xlsx"
    section.fill_to(found, "2026-11", str(path))
    counter.settle()
    assert "已填写月报表（2026年11月）" in counter.words()
    assert _rows(path)[3][0] == "青榕雅苑党群服务站"


def test_one_of_the_programs_is_saved_to_be_changed(counter: Counter, tmp_path: Path) -> None:
    section = _section(counter)
    section.copy_to(BUILT_IN[0], str(tmp_path / "样表.xlsx"))
    counter.settle()
    assert "{{来访人姓名}}" in str(_rows(tmp_path / "样表.xlsx"))


def test_an_own_one_is_removed_and_put_back(counter: Counter, tmp_path: Path) -> None:
    section = _section(counter)
    content = _workbook(tmp_path / "表.xlsx", "{{姓名}}").read_bytes()
    templates.add(counter.workplace.desk, "表", "residents", content)
    section.load()
    section.table.focus_row(templates.templates(counter.workplace.desk)[0].key)
    counter.press(K.Key_D)
    counter.settle()
    assert "表" not in _names(section)
    counter.press(K.Key_Z, with_=Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    assert "表" in _names(section)
