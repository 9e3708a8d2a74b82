"""Questions, undo, warnings, the rail, the list of keys, this PC's settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets import dialogs
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import KeyHint, KeyMap, PageTitle
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.local_settings import (
    LocalSettings,
    load_local_settings,
    save_local_settings,
)
from desktop_app.widgets.notify import Banner, UndoStrip
from desktop_app.widgets.rail import Rail, RailEntry
from tests.driver.typing import press, type_text
from tests.widgets.conftest import Shown

CONTROL = Qt.KeyboardModifier.ControlModifier


def _answers(sheet: dialogs.Sheet) -> list[str]:
    found: list[str] = []
    sheet.answered.connect(found.append)
    return found


def test_what_is_hidden_in_a_line_that_wraps_takes_no_room(show_in: Shown) -> None:
    row = QWidget()
    line = FlowLayout(row, gap=8)
    for shown in (True, False, False):
        button = QPushButton("登记", row)
        line.addWidget(button)
        button.setVisible(shown)
    show_in(row)
    assert line.sizeHint().width() == line.itemAt(0).sizeHint().width()  # type: ignore[union-attr]


def test_a_question_answers_with_the_button_pressed(show_in: Shown) -> None:
    sheet = dialogs.confirm(show_in(), "删除这条登记？", "不能撤销。", "删除", danger=True)
    answers = _answers(sheet)
    sheet.button("yes").click()
    assert answers == ["yes"]


def test_enter_in_a_dangerous_question_cancels_and_so_does_esc(show_in: Shown) -> None:
    window = show_in()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        sheet = dialogs.confirm(window, "删除这条登记？", "不能撤销。", "删除", danger=True)
        answers = _answers(sheet)
        press(sheet, key)
        assert answers == ["cancel"]


def test_a_reason_is_asked_for_until_there_is_one(show_in: Shown) -> None:
    sheet = dialogs.ask_reason(show_in(), "导出名单", "", label="用途", verb="导出")
    answers = _answers(sheet)
    given: list[str] = []
    sheet.given.connect(given.append)
    sheet.button("yes").click()
    assert (answers, given) == ([], [])
    type_text(sheet.editor, "迎检核对")
    sheet.button("yes").click()
    assert (answers, given) == (["yes"], ["迎检核对"])


def test_one_of_several_is_chosen_by_arrow_and_enter(show_in: Shown) -> None:
    items = [LineItem("1", "张淑芬"), LineItem("2", "张淑凤")]
    sheet = dialogs.choose(show_in(), "是哪一位？", "", items)
    picked: list[str] = []
    sheet.picked.connect(picked.append)
    press(sheet.list, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert picked == ["2"]


def test_a_question_is_gone_after_its_answer(show_in: Shown, qtbot: QtBot) -> None:
    window = show_in()
    dialogs.tell(window, "已备份", "备份已核对。").button("ok").click()
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])


def test_undo_is_taken_once_by_button_or_key(show_in: Shown) -> None:
    line = LineInput()
    window = show_in(line)
    strip = UndoStrip(window)
    undone: list[str] = []
    strip.offer("已登记 张淑芬。", lambda: undone.append("张"))
    assert (strip.isVisible(), strip.sentence) == (True, "已登记 张淑芬。")
    line.setFocus()
    press(line, Qt.Key.Key_Z, with_=CONTROL)
    assert (undone, strip.isVisible()) == (["张"], False)
    press(line, Qt.Key.Key_Z, with_=CONTROL)
    assert undone == ["张"]


def test_a_field_with_something_to_undo_keeps_the_key(show_in: Shown) -> None:
    line = LineInput()
    window = show_in(line)
    strip = UndoStrip(window)
    undone: list[str] = []
    strip.offer("已登记。", lambda: undone.append("x"))
    line.setFocus()
    type_text(line, "ab")
    press(line, Qt.Key.Key_Z, with_=CONTROL)
    assert undone == []
    assert line.text() != "ab"
    strip.withdraw()


def test_the_chance_to_undo_passes_after_ten_seconds(show_in: Shown) -> None:
    strip = UndoStrip(show_in())
    undone: list[int] = []
    strip.offer("已登记。", lambda: undone.append(1))
    assert strip.seconds_left == pytest.approx(10, abs=1)
    strip.withdraw()
    strip.undo()
    assert (undone, strip.isVisible()) == ([], False)


def test_a_warning_stays_until_its_reason_is_gone(show_in: Shown) -> None:
    banner = Banner()
    show_in(banner)
    pressed: list[int] = []
    banner.pressed.connect(lambda: pressed.append(1))
    assert not banner.isVisible()
    banner.warn("磁盘快满了。", tone="late", step="怎么办")
    banner.findChildren(QPushButton)[0].click()
    assert (banner.isVisible(), pressed) == (True, [1])
    banner.withdraw()
    assert not banner.isVisible()


@pytest.fixture
def rail(show_in: Shown) -> Rail:
    made = Rail(
        (
            RailEntry("settings", "设置", "settings", at_foot=True),
            RailEntry("desk", "前台", "concierge-bell"),
            RailEntry("people", "居民", "users"),
        )
    )
    show_in(made, LineInput())
    return made


def test_the_rail_is_gone_through_by_number_with_the_foot_last(rail: Rail) -> None:
    went: list[str] = []
    rail.chosen.connect(went.append)
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_3):
        press(rail.window(), key, with_=CONTROL)
    assert went == ["people", "desk", "settings"]


def test_marking_where_one_is_sends_nobody_anywhere(rail: Rail) -> None:
    went: list[str] = []
    rail.chosen.connect(went.append)
    before = rail.grab().toImage()
    rail.set_active("people")
    assert rail.grab().toImage() != before
    assert went == []


def test_the_rail_has_room_for_words_beside_the_icons_when_wide(rail: Rail) -> None:
    assert rail.width() == 72
    rail.set_wide(True)
    assert rail.width() == 176


def test_ctrl_enter_presses_the_primary_action_with_either_enter_key(show_in: Shown) -> None:
    title = PageTitle("来访登记", action="登记", keys="Ctrl+Enter")
    line = LineInput()
    show_in(title, line)
    line.setFocus()
    pressed: list[int] = []
    title.action.clicked.connect(lambda: pressed.append(1))
    press(line, Qt.Key.Key_Return, with_=CONTROL)
    press(line, Qt.Key.Key_Enter, with_=CONTROL)
    assert pressed == [1, 1]


def test_the_question_mark_lists_the_keys_except_while_typing(show_in: Shown) -> None:
    line, other = LineInput(), QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = show_in(line, other)
    keys = KeyMap(window, [KeyHint("F2", "登记")])
    line.setFocus()
    type_text(line, "?")
    assert (line.text(), keys.isVisible()) == ("?", False)
    other.setFocus()
    type_text(other, "?")
    assert keys.isVisible()
    press(keys, Qt.Key.Key_Escape)
    assert (keys.isVisible(), other.hasFocus()) == (False, True)


def test_this_pcs_settings_come_back_as_saved(tmp_path: Path) -> None:
    path = tmp_path / "local.json"
    saved = LocalSettings(large=True, scale=1.25, printer="HP 1020", operator="王").with_widths(
        "visits", {"a": 99}
    )
    assert save_local_settings(path, saved)
    assert load_local_settings(path) == saved
    assert saved.theme.large


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"scale": 99, "large": 1, "widths": {"v": {"a": "x"}}}', "\ufeff{"]
)
def test_damaged_settings_give_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "local.json"
    path.write_text(text, encoding="utf-8")
    loaded = load_local_settings(path)
    assert (loaded.scale, loaded.large, loaded.printer) == (1.0, False, "")
    assert loaded.widths.get("v", {}) == {}


def test_settings_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    assert not save_local_settings(tmp_path / "no" / "such" / "folder.json", LocalSettings())
