"""Looking for words in the preview: found while typed, marked, gone through by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.driver.typing import press
from tests.widgets.pdfs import numbered
from tests.widgets.viewing import SHIFT, Opened, look_for, marks, told


def test_words_are_looked_for_while_they_are_typed_and_marked(opened: Opened, qtbot: QtBot) -> None:
    view = opened(numbered(30))
    assert marks(view) == 0
    look_for(view, "张淑芬")
    assert view.strip.words.hasFocus()
    qtbot.waitUntil(lambda: told(view) == "第 1 处，共 30 处")
    qtbot.waitUntil(lambda: marks(view) > 20)


def test_enter_and_f3_go_from_hit_to_hit_and_round(opened: Opened, qtbot: QtBot) -> None:
    view = opened(numbered(3))
    look_for(view, "张淑芬")
    qtbot.waitUntil(lambda: told(view) == "第 1 处，共 3 处")
    steps = []
    for key, modifier in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, SHIFT),
        (Qt.Key.Key_Return, SHIFT),
    ):
        press(view.strip.words, key, with_=modifier)
        steps.append((told(view).split("，")[0], view.canvas.page + 1))
    assert steps == [(f"第 {page} 处", page) for page in (2, 3, 1, 3, 2)]


def test_looking_begins_at_the_page_in_front(opened: Opened, qtbot: QtBot) -> None:
    view = opened(numbered(12))
    view.canvas.go_to(6)
    look_for(view, "张淑芬")
    qtbot.waitUntil(lambda: told(view) == "第 7 处，共 12 处")
    assert view.canvas.page == 6


def test_what_is_not_there_is_told_and_esc_ends_looking(opened: Opened, qtbot: QtBot) -> None:
    view = opened(numbered(3))
    look_for(view, "李四")
    qtbot.waitUntil(lambda: told(view) == "没有找到")
    look_for(view, "张淑芬")
    view.strip.words.set_value("张淑芬")
    qtbot.waitUntil(lambda: marks(view) > 0)
    press(view.strip.words, Qt.Key.Key_Escape)
    assert (view.strip.isVisible(), view.canvas.hasFocus(), marks(view)) == (False, True, 0)
