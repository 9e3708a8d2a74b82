"""The manual inside the program: there for every page, in the program's own words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.resources import resource_text
from desktop_app.core.wording import AVOIDED
from desktop_app.shell.help.rules import FITTING, fitting, topics
from desktop_app.shell.help.ui.sheet import HelpSheet
from desktop_app.shell.pages import PAGES
from desktop_app.shell.settings.ui.page import SECTIONS
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.driver.settings import focused, open_dialogs
from tests.driver.typing import press

WANTED = {
    "前台登记", "找人", "办理步骤", "列表", "备份与恢复", "锁屏与换人", "忘记密码", "活动",
    "常见问题",
}  # fmt: skip


def test_the_manual_has_its_topics_each_with_a_title_and_a_text() -> None:
    assert {topic.title for topic in topics()} >= WANTED
    assert all(len(topic.text) > 100 for topic in topics())


def test_each_page_has_a_topic_that_is_there() -> None:
    names = {topic.name for topic in topics()}
    pages = [spec.key for spec in PAGES] + [f"settings.{one.key}" for one in SECTIONS]
    assert {fitting(page) for page in pages} <= names
    assert set(FITTING.values()) <= names


def test_the_manual_uses_no_word_the_program_avoids() -> None:
    found = [(topic.title, word) for topic in topics() for word in AVOIDED if word in topic.text]
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
