"""The ways to the wizard: from each list that can be filled, from 设置, from a drop anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_app.core.route import OpenPage
from desktop_app.shell.pages import PAGES, key_listing
from desktop_app.station.importing import service
from desktop_app.station.importing.ui.section import ImportsSection
from desktop_app.station.importing.ui.words import Step, list_of
from desktop_app.widgets.import_door import OTHER_WAY, WORD
from tests.driver import sign_in as door
from tests.driver.dropping import drag_in, drop
from tests.driver.importing import ImportingSeat
from tests.driver.reporting import ReportingSight
from tests.station.importing.ui.sheets import old_visits

pytestmark = pytest.mark.sqlite_only
K = Qt.Key


def doors(seat: ImportingSeat) -> list[QPushButton]:
    page = seat.counter.workplace.pages.current_page
    assert page is not None
    return [one for one in page.findChildren(QPushButton) if one.text() == WORD and one.isVisible()]


def test_every_list_that_can_be_filled_has_a_door(seat: ImportingSeat) -> None:
    pages, keys = seat.counter.workplace.pages, {spec.key for spec in PAGES}
    without = []
    for kind in service.importable():
        if key_listing(kind) in keys:
            pages.follow(OpenPage(kind))
            seat.settle()
            without += [] if len(doors(seat)) == 1 else [kind]
    assert without == []


def test_an_empty_list_says_that_old_sheets_need_not_be_typed_again(seat: ImportingSeat) -> None:
    seat.counter.workplace.pages.follow(OpenPage("partners"))
    seat.counter.settle()
    assert "还没有共建单位。" in seat.counter.words()
    assert OTHER_WAY in seat.counter.words()
    page = seat.counter.workplace.pages.current_page
    assert page is not None
    page.search_for("没有这样的单位")
    seat.counter.wait(lambda: "没有符合条件的" in seat.counter.words())
    assert OTHER_WAY not in seat.counter.words()


def test_a_file_chosen_behind_the_door_is_for_that_list(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.counter.workplace.pages.follow(OpenPage("residents"))
    seat.settle()
    doors(seat)[0].setFocus()
    seat.press(K.Key_Space)
    seat.settle()
    assert "把表格拖到这里，或者选择文件" in seat.words
    seat.push("选择文件…")
    seat.choose(old_visits(tmp_path))
    assert seat.page.faces.file.kind.value() == "residents"
    seat.press(K.Key_Left, with_=Qt.KeyboardModifier.AltModifier)
    assert seat.counter.workplace.pages.help_key == "residents"


def test_the_section_of_settings_leads_there(seat: ImportingSeat) -> None:
    section = door.settings(seat.counter, "imports").section
    assert isinstance(section, ImportsSection)
    section.begin.setFocus()
    seat.press(K.Key_Return)
    seat.settle()
    assert seat.step() is Step.FILE


def test_a_sheet_dropped_on_a_page_that_takes_other_files_is_the_wizards(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    page = ReportingSight(seat.counter).page
    path = old_visits(tmp_path)
    assert drag_in(page, path)
    assert page.drop.words == "", "the page leaves it to the window"
    drop(page, path)
    seat.settle()
    assert seat.deed == "下一步"


def test_where_the_records_are_listed_can_be_gone_to(seat: ImportingSeat) -> None:
    pages = seat.counter.workplace.pages
    for kind in service.importable():
        pages.follow(list_of(kind))
        seat.settle()
        assert pages.help_key.partition(".")[0] == key_listing(list_of(kind).page)
