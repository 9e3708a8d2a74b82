"""Choices and lines that mean something."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_app.core.handling import Handling
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.value_inputs import DateInput, NumberInput, PhoneInput
from tests.driver.typing import press, type_text
from tests.widgets.conftest import Shown

TODAY = date(2026, 11, 23)
WAYS = (
    Choice("now", "即时办结", "1"),
    Choice("later", "限时办理", "2"),
    Choice("on", "转办", "z"),
)
MATTERS = (
    Choice(1, "医保参保登记", search="ybcbdj yibao"),
    Choice(2, "医保费用报销", search="ybfybx yibao"),
    Choice(3, "居住证明", search="jzzm juzhu"),
)


def today() -> date:
    return TODAY


def test_a_bar_is_chosen_from_by_digits_letters_and_arrows(show_in: Shown) -> None:
    bar = ChoiceBar(WAYS)
    show_in(bar)
    assert bar.value() is None
    bar.setFocus()
    type_text(bar, "2")
    assert bar.value() == "later"
    press(bar, Qt.Key.Key_Right)
    assert bar.value() == "on"
    type_text(bar, "1")
    assert bar.value() == "now"
    type_text(bar, "Z")
    assert bar.value() == "on"
    press(bar, Qt.Key.Key_Right, Qt.Key.Key_Home)
    assert bar.value() == "now"


def test_a_bar_is_one_stop_of_the_tab_key(show_in: Shown) -> None:
    before, bar, after = LineInput(), ChoiceBar(WAYS, value="later"), LineInput()
    show_in(before, bar, after)
    before.setFocus()
    press(before, Qt.Key.Key_Tab)
    assert bar.isAncestorOf(bar.window().focusWidget())
    press(bar, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_bar_tells_every_change_once(show_in: Shown) -> None:
    bar = ChoiceBar(WAYS)
    show_in(bar)
    bar.setFocus()
    seen: list[object] = []
    bar.changed.connect(lambda: seen.append(bar.value()))
    type_text(bar, "22")
    bar.set_value("now")
    bar.set_value(None)
    assert seen == ["later", "now", None]


def test_enter_on_a_bar_submits_the_form_instead_of_choosing(show_in: Shown) -> None:
    bar = ChoiceBar(WAYS, value="later")
    show_in(bar)
    bar.setFocus()
    went: list[int] = []
    bar.submitted.connect(lambda: went.append(1))
    press(bar, Qt.Key.Key_Return)
    assert (went, bar.value()) == ([1], "later")


def test_new_choices_keep_what_was_chosen_if_it_is_still_offered(show_in: Shown) -> None:
    bar = ChoiceBar(WAYS, value="on")
    show_in(bar)
    bar.set_choices(WAYS[1:])
    assert bar.value() == "on"
    bar.set_choices(WAYS[:2])
    assert bar.value() is None


def test_new_choices_can_be_chosen_from_at_once_and_leave_the_keyboard_where_it_was(
    show_in: Shown,
) -> None:
    before, bar = LineInput(), ChoiceBar()
    show_in(before, bar)
    before.setFocus()
    bar.set_choices(WAYS)
    bar.setFocus()
    type_text(bar.window(), "2")
    assert bar.value() == "later"
    bar.set_choices(WAYS[1:])
    type_text(bar.window(), "Z")
    assert (bar.value(), before.text()) == ("on", "")


def test_a_bar_that_wraps_shows_all_its_choices(show_in: Shown) -> None:
    bar = ChoiceBar([Choice(number, f"第{number}个很长的事项名称") for number in range(12)])
    field = LabelledField("事项", bar)
    window = show_in(field)
    window.resize(500, 600)
    buttons = bar.findChildren(QPushButton)
    assert len(buttons) == 12
    assert all(bar.rect().contains(button.geometry()) for button in buttons)


@pytest.mark.parametrize(
    ("typed", "value"), [("jzzm", 3), ("居住", 3), ("报销", 2), ("医保参保登记", 1)]
)
def test_a_box_takes_what_only_one_choice_answers_to(
    show_in: Shown, typed: str, value: int
) -> None:
    box = ChoiceBox(MATTERS)
    show_in(box)
    type_text(box, typed)
    box.settle()
    assert box.value() == value
    assert box.currentText() == MATTERS[value - 1].label


def test_a_box_is_chosen_from_by_arrow_and_enter_in_what_it_offers(show_in: Shown) -> None:
    box = ChoiceBox(MATTERS)
    show_in(box)
    type_text(box, "yibao")
    finder = box.completer()
    assert finder is not None
    offered = finder.popup()
    assert offered.isVisible()
    press(offered, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (box.value(), box.currentText()) == (2, "医保费用报销")


def test_enter_in_a_box_takes_what_was_typed(show_in: Shown) -> None:
    box = ChoiceBox(MATTERS)
    show_in(box)
    box.setEditText("jzzm")
    press(box, Qt.Key.Key_Return)
    assert box.value() == 3


@pytest.mark.parametrize("typed", ["医保", "没有的事"])
def test_a_box_puts_the_last_choice_back_and_says_why(show_in: Shown, typed: str) -> None:
    box = ChoiceBox(MATTERS, value=3)
    show_in(box)
    refused: list[str] = []
    box.refused.connect(refused.append)
    box.setEditText(typed)
    box.settle()
    assert (box.value(), box.currentText()) == (3, "居住证明")
    assert typed in refused[0]


def test_a_label_with_full_width_marks_is_taken_as_it_stands(show_in: Shown) -> None:
    box = ChoiceBox([Choice(1, "雅苑党支部（党支部）"), Choice(2, "梧桐苑（小区）")], value=1)
    show_in(box)
    refused: list[str] = []
    box.refused.connect(refused.append)
    box.settle()
    assert (box.value(), refused) == (1, [])
    box.setEditText("（小区）")
    box.settle()
    assert (box.value(), box.currentText()) == (2, "梧桐苑（小区）")


def test_a_choice_too_long_for_its_box_shows_how_it_begins(show_in: Shown) -> None:
    box, other = ChoiceBox([Choice(1, "岭脚老旧片区党群服务站")]), LineInput()
    show_in(box, other)
    box.setFixedWidth(100)
    line = box.lineEdit()
    assert line is not None
    other.setFocus()
    box.set_value(1)
    assert line.cursorPosition() == 0
    box.setFocus()
    press(box, Qt.Key.Key_End)
    assert line.cursorPosition() == len("岭脚老旧片区党群服务站")
    press(box, Qt.Key.Key_Tab)
    assert line.cursorPosition() == 0


def test_a_member_of_an_enumeration_comes_back_as_that_member(show_in: Shown) -> None:
    box = ChoiceBox([Choice(Handling.INSTANT, "即时办结"), Choice(Handling.TIMED, "限时办理")])
    show_in(box)
    box.setFocus()
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert box.value() is Handling.TIMED


def test_emptying_a_box_takes_the_choice_back(show_in: Shown) -> None:
    box = ChoiceBox(MATTERS, value=3)
    show_in(box)
    box.setEditText("")
    box.settle()
    assert box.value() is None


def test_leaving_a_date_writes_it_out_in_full(show_in: Shown) -> None:
    day, other = DateInput(today), LineInput()
    show_in(day, other)
    day.setFocus()
    type_text(day, "3-5")
    press(day, Qt.Key.Key_Tab)
    assert (day.text(), day.day()) == ("2026-03-05", date(2026, 3, 5))


def test_a_wrong_date_stays_as_typed_and_is_explained(show_in: Shown) -> None:
    day, other = DateInput(today), LineInput()
    show_in(day, other)
    day.setFocus()
    type_text(day, "2026-13-40")
    press(day, Qt.Key.Key_Tab)
    assert (day.text(), day.day()) == ("2026-13-40", None)
    assert "2026-13-40" in day.problem()


def test_up_begins_with_today_and_then_moves_by_a_day(show_in: Shown) -> None:
    day = DateInput(today)
    show_in(day)
    press(day, Qt.Key.Key_Up)
    assert day.day() == TODAY
    press(day, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert day.day() == date(2026, 11, 21)


def test_a_number_counts_between_its_bounds(show_in: Shown) -> None:
    number = NumberInput(least=1, most=3, unit="人", value=2)
    show_in(number)
    press(number, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert number.number() == 3
    press(number, *[Qt.Key.Key_Down] * 5)
    assert number.number() == 1


@pytest.mark.parametrize(
    ("typed", "number"), [("１２", 12), ("7", 7), ("-1", None), ("²", None), ("100", None)]
)
def test_only_a_whole_number_within_bounds_counts(
    show_in: Shown, typed: str, number: int | None
) -> None:
    field = NumberInput(most=99)
    show_in(field)
    type_text(field, typed)
    assert field.number() == number
    assert bool(field.problem()) == (number is None)


def test_a_phone_number_is_ironed_out_and_judged_by_the_rule_given(show_in: Shown) -> None:
    def rule(code: str) -> str:
        return "" if len(code) == 11 else "应为 11 位。"

    phone = PhoneInput(rule)
    show_in(phone)
    type_text(phone, "１３８ 0000-5678")
    assert (phone.code(), phone.problem()) == ("13800005678", "")
    phone.set_value("138")
    assert phone.problem() == "应为 11 位。"
