"""Fields for text: Chinese goes in whole, Enter does not disturb a composition, pastes are safe."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.widgets.field import AltHints, LabelledField
from desktop_app.widgets.forms import focus_order
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.search_box import SearchBox
from tests.driver.typing import commit, compose, held, press, type_text
from tests.widgets.conftest import Shown

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_long_commit_of_an_input_method_arrives_whole(show_in: Shown) -> None:
    line = LineInput()
    show_in(line)
    type_text(line, "阿依古丽·买买提一二三四五六𬭎")
    assert line.value() == "阿依古丽·买买提一二三四五六𬭎"


def test_enter_submits_but_never_in_the_middle_of_a_composition(
    show_in: Shown, qtbot: QtBot
) -> None:
    line = LineInput()
    show_in(line)
    submitted: list[str] = []
    line.submitted.connect(lambda: submitted.append(line.value()))
    compose(line, "zhang")
    press(line, Qt.Key.Key_Return)
    assert submitted == []
    commit(line, "张")
    press(line, Qt.Key.Key_Return)
    assert submitted == ["张"]


def test_composing_announces_nothing_and_the_commit_does(show_in: Shown) -> None:
    line = LineInput()
    show_in(line)
    seen: list[str] = []
    line.changed.connect(lambda: seen.append(line.text()))
    compose(line, "zhang")
    assert (line.is_composing, seen) == (True, [])
    commit(line, "张")
    assert (line.is_composing, seen) == (False, ["张"])


@pytest.mark.parametrize("kind", [LineInput, TextInput])
def test_a_paste_of_thirty_megabytes_is_refused_in_words_and_changes_nothing(
    show_in: Shown, kind: type[LineInput] | type[TextInput]
) -> None:
    field = kind()
    show_in(field)
    field.set_value("原来的")
    refused: list[str] = []
    field.refused.connect(refused.append)
    QGuiApplication.clipboard().setText("x" * 30_000_000)
    press(field, Qt.Key.Key_V, with_=CONTROL)
    assert field.value() == "原来的"
    assert "30,000,000" in refused[0]
    assert "没有粘贴" in refused[0]
    QGuiApplication.clipboard().clear()


def test_a_paste_of_several_lines_becomes_one_line(show_in: Shown) -> None:
    line = LineInput()
    show_in(line)
    QGuiApplication.clipboard().setText("张淑芬\n金色家园")
    press(line, Qt.Key.Key_V, with_=CONTROL)
    assert line.value() == "张淑芬 金色家园"
    QGuiApplication.clipboard().clear()


def test_a_text_grows_with_its_lines_and_stops(show_in: Shown) -> None:
    text = TextInput()
    show_in(text, LineInput())
    low = text.height()
    text.set_value("一\n二\n三\n四")
    middle = text.height()
    text.set_value("\n".join("一二三四五六七八九"))
    high = text.height()
    text.set_value("\n".join("一" * 40))
    assert low < middle < high == text.height()


def test_tab_leaves_a_text_and_goes_in_the_order_given(show_in: Shown) -> None:
    first, second, text = LineInput(), LineInput(), TextInput()
    show_in(second, text, first)
    focus_order([first, text, second])
    first.setFocus()
    press(first, Qt.Key.Key_Tab)
    assert text.hasFocus()
    press(text, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert text.value() == ""


def test_a_field_says_its_name_and_its_problem_in_words(show_in: Shown) -> None:
    field = LabelledField("联系电话", LineInput(), hint="手机或座机")
    show_in(field)
    assert field.editor.accessibleName() == "联系电话"
    field.set_problem("手机号应为 11 位。")
    assert field.editor.accessibleDescription() == "手机号应为 11 位。"
    type_text(field, "1")
    assert field.problem == ""


def test_a_refused_paste_shows_as_the_problem_of_its_field(show_in: Shown) -> None:
    field = LabelledField("姓名", LineInput())
    show_in(field)
    QGuiApplication.clipboard().setText("长" * 5_000)
    press(field, Qt.Key.Key_V, with_=CONTROL)
    assert "5,000" in field.problem
    QGuiApplication.clipboard().clear()


def test_alt_and_the_letter_go_to_the_field_and_alt_shows_the_letter(
    show_in: Shown, look: QApplication
) -> None:
    hints = AltHints(look)
    name = LabelledField("姓名", LineInput(), key="n")
    other = LineInput()
    window = show_in(other, name)
    other.setFocus()
    press(other, Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
    assert name.editor.hasFocus()
    before = window.grab().toImage()
    with held(name, Qt.Key.Key_Alt):
        assert window.grab().toImage() != before
    assert window.grab().toImage() == before
    hints.deleteLater()


def test_the_box_starts_without_the_input_method_and_can_switch_it_on(show_in: Shown) -> None:
    box = SearchBox("姓名")
    show_in(box)
    assert not box.is_chinese_on
    press(box, Qt.Key.Key_Space, with_=CONTROL)
    assert box.is_chinese_on
    type_text(box, "张")
    assert box.value() == "张"
    box.empty()
    assert (box.value(), box.is_chinese_on) == ("", False)


def test_the_box_asks_at_once_and_only_for_what_is_committed(show_in: Shown) -> None:
    box = SearchBox("姓名")
    show_in(box)
    asked: list[str] = []
    box.query.connect(asked.append)
    type_text(box, "zs")
    compose(box, "fen")
    assert asked == ["z", "zs"]
    commit(box, "芬")
    assert asked == ["z", "zs", "zs芬"]


def test_the_keys_of_the_box_lead_to_the_results_and_back_to_nothing(show_in: Shown) -> None:
    box = SearchBox("姓名")
    show_in(box)
    went: list[str] = []
    box.to_results.connect(lambda: went.append("results"))
    box.chosen_first.connect(lambda: went.append("first"))
    type_text(box, "zsf")
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert went == ["results", "first"]
    press(box, Qt.Key.Key_Escape)
    assert box.value() == ""
