"""The manual inside the program: there for every page, in the program's own words."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.resources import resource_text
from desktop_app.core.wording import AVOIDED
from desktop_app.shell.help.rules import FITTING, STREET_FITTING, fitting, topics
from desktop_app.shell.help.ui.sheet import HelpSheet
from desktop_app.shell.pages import PAGES
from desktop_app.shell.settings.ui.page import SECTIONS
from desktop_app.storage.home import Edition
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.settings import focused, open_dialogs
from tests.driver.typing import press

WANTED = {
    "前台登记", "找人", "办理步骤", "诉求", "列表", "备份与恢复", "锁屏与换人", "忘记密码", "活动",
    "共建单位和协议", "常见问题",
}  # fmt: skip
WANTED_AT_STREET = {
    "收件", "收件的结果", "回执", "站点", "站点加入", "电脑丢了、坏了", "备用密钥", "站点变更",
    "总览", "备份与恢复", "锁屏与换人", "忘记密码", "常见问题",
}  # fmt: skip


def test_the_manual_has_its_topics_each_with_a_title_and_a_text() -> None:
    assert {topic.title for topic in topics()} >= WANTED
    assert all(len(topic.text) > 100 for topic in topics())


def test_each_page_has_a_topic_that_is_there() -> None:
    names = {topic.name for topic in topics()}
    pages = [spec.key for spec in PAGES] + [f"settings.{one.key}" for one in SECTIONS]
    assert {fitting(page) for page in pages} <= names
    assert set(FITTING.values()) <= names


def test_the_street_has_a_manual_of_its_own_with_a_topic_for_each_of_its_pages() -> None:
    shown = topics(at_street=True)
    names = {topic.name for topic in shown}
    pages = [spec.key for spec in PAGES if Edition.STREET in spec.editions]
    sections = [f"settings.{one.key}" for one in SECTIONS if one.street_word]
    assert {fitting(page, at_street=True) for page in [*pages, *sections]} <= names
    assert set(STREET_FITTING.values()) <= names
    assert {topic.title for topic in shown} >= WANTED_AT_STREET
    assert all(len(topic.text) > 100 for topic in shown)


def test_no_topic_sends_its_reader_to_one_that_is_not_there() -> None:
    for at_street in (False, True):
        shown = topics(at_street=at_street)
        titles = {topic.title for topic in shown}
        told = {name for topic in shown for name in re.findall("见“([^”]+)”", topic.text)}
        assert told <= titles


def test_the_manual_uses_no_word_the_program_avoids() -> None:
    shown = [*topics(), *topics(at_street=True)]
    found = [(topic.title, word) for topic in shown for word in AVOIDED if word in topic.text]
    assert found == []


def test_the_manual_is_read_from_what_is_shipped() -> None:
    first = topics()[0]
    assert first.text == resource_text("help", "01_front_desk.md")


@pytest.mark.sqlite_only
def test_f1_opens_the_topic_of_the_page_and_esc_gives_the_keyboard_back(counter: Counter) -> None:
    door.come_in(counter)
    door.settings(counter, "backups").tabs.setFocus()
    counter.press(Qt.Key.Key_F1)
    counter.wait(lambda: bool(open_dialogs()))
    sheet = open_dialogs()[0]
    counter.wait(lambda: focused() == "帮助目录")
    assert isinstance(sheet, HelpSheet)
    assert (sheet.topic, "自动备份" in sheet.text.toPlainText()) == ("backup", True)
    press(sheet, Qt.Key.Key_Down)
    assert sheet.text.toPlainText().startswith("锁屏与换人")
    press(sheet, Qt.Key.Key_Escape)
    counter.wait(lambda: not open_dialogs())
    counter.window.activateWindow()
    counter.wait(lambda: focused() == "设置分类")
