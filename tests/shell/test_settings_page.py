"""设置: who sees which section, how the keyboard moves between them, what the list of keys says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTabBar

from desktop_app.core.settings import ISSUER
from desktop_app.station.settings import service
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.settings import nameless
from tests.driver.sign_in import CLERK_PASSWORD

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
EVERYTHING = [
    "站点", "操作员", "地点", "事项目录", "文书用语", "表格模板", "导入表格", "工作日历", "备份",
    "本机显示",
]  # fmt: skip


def titles(tabs: QTabBar) -> list[str]:
    return [tabs.tabText(number) for number in range(tabs.count())]


def test_the_lead_sees_every_section(counter: Counter) -> None:
    door.come_in(counter)
    assert titles(door.settings(counter, "station").tabs) == EVERYTHING


def test_a_clerk_sees_neither_the_station_nor_the_backups(counter: Counter) -> None:
    door.come_in(counter)
    door.lock(counter)
    door.unlock(counter, CLERK_PASSWORD, number=2)
    counter.wait(lambda: door.seated(counter) == door.CLERK)
    tabs = door.settings(counter, "operators").tabs
    assert titles(tabs) == [
        "操作员", "地点", "事项目录", "表格模板", "导入表格", "工作日历", "本机显示",
    ]  # fmt: skip


def test_ctrl_tab_goes_round_all_sections(counter: Counter) -> None:
    door.come_in(counter)
    page = door.settings(counter, "station")
    seen = []
    for _ in EVERYTHING:
        counter.press(K.Key_Tab, with_=door.CONTROL)
        seen.append(page.tabs.tabText(page.tabs.currentIndex()))
    assert seen == [*EVERYTHING[1:], EVERYTHING[0]]


def test_the_list_of_keys_is_that_of_the_section_in_front(counter: Counter) -> None:
    door.come_in(counter)
    page = door.settings(counter, "working_days")
    page.tabs.setFocus()
    counter.type("?")
    assert "恢复国家日历" in counter.words()
    counter.press(K.Key_Escape)
    page.show_section("matters")
    page.tabs.setFocus()
    counter.type("?")
    assert "今天核对过" in counter.words()
    assert "回到今天" not in counter.words()


@pytest.mark.parametrize(
    "section",
    [
        "station",
        "operators",
        "places",
        "matters",
        "phrases",
        "templates",
        "imports",
        "backups",
        "this_pc",
    ],
)
def test_every_control_has_the_name_that_can_be_read(counter: Counter, section: str) -> None:
    door.come_in(counter)
    page = door.settings(counter, section)
    counter.settle()
    assert nameless(page) == []


def test_a_value_is_kept_when_its_field_is_left_and_undone_with_one_key(counter: Counter) -> None:
    door.come_in(counter)
    section = door.station_section(counter)
    door.fill_in(section, counter, 落款单位="青榕社区居民委员会")
    counter.press(K.Key_Tab)
    assert service.read(counter.workplace.desk)[ISSUER] == "青榕社区居民委员会"
    section.setFocus()
    counter.press(K.Key_Z, with_=door.CONTROL)
    assert service.read(counter.workplace.desk)[ISSUER] == ""


def test_a_number_out_of_bounds_is_told_beside_its_field(counter: Counter) -> None:
    door.come_in(counter)
    section = door.station_section(counter)
    door.fill_in(section, counter, **{"自动锁屏（分钟）": "999"})
    counter.press(K.Key_Tab)
    assert "1 到 120" in counter.problem("自动锁屏（分钟）")


def test_a_new_station_enters_its_first_compound_and_can_choose_it_at_the_counter(
    counter: Counter,
) -> None:
    door.come_in(counter)
    told = "还没有小区，请在“设置 · 地点”中新增"
    counter.press(K.Key_F2)
    counter.wait(lambda: told in counter.words())
    page = door.settings(counter, "places")
    counter.wait(lambda: "还没有地点" in counter.words())
    page.tabs.setFocus()
    counter.press(K.Key_F2, K.Key_Return)
    counter.type("青榕雅苑")
    counter.press(K.Key_Return, with_=door.CONTROL)
    counter.wait(lambda: "已新增小区“青榕雅苑”" in counter.words())
    counter.workplace.pages.show_page("front_desk")
    counter.wait(lambda: told not in counter.words())
    counter.field("小区").go()
    counter.type("青榕")
    counter.press(K.Key_Tab)
    box = counter.field("小区").editor
    assert isinstance(box, QComboBox)
    assert box.currentText() == "青榕雅苑"
