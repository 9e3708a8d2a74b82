"""Card readers: told from people, and kept out of the field that happens to have the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop_app.widgets.burst import BurstDetector
from desktop_app.widgets.burst_router import BurstRouter
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.value_inputs import IdInput
from tests.driver.typing import burst, commit, compose, press, type_text
from tests.widgets.conftest import Shown

CARD = "35080219550101002X"


def typed(gaps: list[int], text: str) -> str | None:
    """What a detector makes of a text typed with these gaps, and then silence."""
    detector = BurstDetector()
    at = 1_000
    for gap, mark in zip(gaps, text, strict=True):
        at += gap
        detector.key(mark, at)
    detector.separator("\n", at + 5)
    return detector.take()


def test_a_reader_is_recognised() -> None:
    assert typed([5] * 18, CARD) == CARD


@given(st.integers(1, 40), st.integers(36, 2_000))
def test_a_person_is_never_taken_for_a_reader(length: int, gap: int) -> None:
    assert typed([gap] * length, "1" * length) is None


@given(st.integers(0, 7))
def test_a_short_roll_over_the_keys_is_a_persons(length: int) -> None:
    detector = BurstDetector()
    for number in range(length):
        detector.key("a", 1_000 + number)
    assert detector.take() is None


@given(st.text("0123456789X", min_size=8, max_size=40), st.integers(0, 35))
def test_whatever_a_reader_sends_comes_out_as_sent(text: str, gap: int) -> None:
    assert typed([gap] * len(text), text) == text


def test_what_a_person_typed_just_before_is_not_part_of_the_reading() -> None:
    assert typed([120, 120, 120, *[5] * 18], "abc" + CARD) is not None
    assert typed([120, 120, 400, *[5] * 18], "ab" + "c" + CARD) == "c" + CARD


def test_fields_set_apart_by_tabs_are_one_reading() -> None:
    detector = BurstDetector()
    for number, mark in enumerate("ZHANG SAN"):
        detector.key(mark, 1_000 + number)
    assert detector.separator("\t", 1_010)
    for number, mark in enumerate(CARD):
        detector.key(mark, 1_011 + number)
    assert detector.take() == f"ZHANG SAN\t{CARD}"


@pytest.fixture
def alone(look: QApplication) -> QApplication:
    """The application without the router of earlier screens, which would hear the same keys."""
    for other in look.findChildren(BurstRouter):
        delete(other)
    return look


@pytest.fixture
def router(alone: QApplication) -> Iterator[BurstRouter]:
    made = BurstRouter(alone)
    yield made
    made.deleteLater()


def test_a_reading_goes_to_its_field_and_not_where_the_keyboard_is(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card, name = IdInput(), LineInput()
    show_in(card, name)
    router.set_target(card.take_reading)
    submitted: list[int] = []
    name.submitted.connect(lambda: submitted.append(1))
    name.setFocus()
    type_text(name, "张淑芬")
    burst(name, CARD)
    qtbot.waitUntil(lambda: card.value() == CARD)
    assert (name.value(), name.hasFocus(), submitted) == ("张淑芬", True, [])


def test_a_reading_in_the_middle_of_a_composition_arrives_and_the_field_is_clean(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card, reason = IdInput(), TextInput()
    show_in(card, reason)
    router.set_target(card.take_reading)
    reason.setFocus()
    type_text(reason, "物业")
    compose(reason, "lou shui")
    burst(reason, CARD)
    qtbot.waitUntil(lambda: card.value() == CARD)
    assert reason.value() == "物业"


def test_a_reading_whose_last_letter_and_enter_the_input_method_ate_still_arrives(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card, name = IdInput(), LineInput()
    show_in(card, name)
    router.set_target(card.take_reading)
    name.setFocus()
    burst(name, CARD[:-1], end=Qt.Key.Key_CapsLock)
    compose(name, "x")
    commit(name, "X")
    qtbot.waitUntil(lambda: card.value() == CARD)
    assert name.value() == ""


def test_a_reading_the_input_method_garbled_is_said_and_leaves_nothing(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    name = LineInput()
    show_in(name)
    told: list[str] = []
    router.spoilt.connect(told.append)
    name.setFocus()
    burst(name, CARD[:-1], end=Qt.Key.Key_CapsLock)
    commit(name, "徐")
    qtbot.waitUntil(lambda: bool(told))
    assert "再刷一次" in told[0]
    assert name.value() == ""


def test_what_is_written_long_after_a_reading_without_an_end_is_a_persons(
    show_in: Shown, qtbot: QtBot, alone: QApplication
) -> None:
    router = BurstRouter(alone, held_back_ms=1)
    name, reason = LineInput(), LineInput()
    show_in(name, reason)
    told: list[str] = []
    router.spoilt.connect(told.append)
    name.setFocus()
    burst(name, CARD, end=Qt.Key.Key_CapsLock)
    later = QElapsedTimer()
    later.start()
    qtbot.waitUntil(lambda: later.hasExpired(5))
    reason.setFocus()
    commit(reason, "物业漏水")
    assert not any(pause.isActive() for pause in router.findChildren(QTimer))
    assert (told, reason.value()) == ([], "物业漏水")
    router.deleteLater()


def test_a_reading_begun_on_one_screen_is_not_finished_on_the_next(
    show_in: Shown, router: BurstRouter
) -> None:
    name, reason = LineInput(), LineInput()
    show_in(name, reason)
    name.setFocus()
    burst(name, CARD, end=Qt.Key.Key_CapsLock)
    router.set_target(None)
    reason.setFocus()
    commit(reason, "徐")
    assert not any(pause.isActive() for pause in router.findChildren(QTimer))
    assert reason.value() == "徐"


def test_a_reading_nobody_recognises_stays_where_it_was_typed(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    name, other = LineInput(), LineInput()
    show_in(name, other)
    judged: list[str] = []

    def judge(text: str) -> object | None:
        judged.append(text)
        return None

    router.set_target(other.set_value, judge)  # type: ignore[arg-type]
    name.setFocus()
    burst(name, "690123456789")
    qtbot.waitUntil(lambda: judged == ["690123456789"])
    assert (name.value(), other.value()) == ("690123456789", "")


def test_a_reading_over_a_bar_of_choices_changes_no_choice(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card = IdInput()
    bar = ChoiceBar([Choice(n, f"事项{n}", str(n)) for n in range(1, 7)], value=4)
    show_in(card, bar)
    router.set_target(card.take_reading)
    bar.setFocus()
    burst(bar, CARD)
    qtbot.waitUntil(lambda: card.value() == CARD)
    assert bar.value() == 4


def test_a_reading_over_a_box_of_choices_leaves_it_as_it_was(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card = IdInput()
    box = ChoiceBox([Choice(1, "来访"), Choice(2, "电话")], value=2)
    show_in(card, box)
    router.set_target(card.take_reading)
    box.setFocus()
    burst(box, CARD)
    qtbot.waitUntil(lambda: card.value() == CARD)
    assert (box.value(), box.currentText()) == (2, "电话")


def test_a_field_that_goes_away_before_its_reading_is_judged_harms_nothing(
    show_in: Shown, qtbot: QtBot, router: BurstRouter
) -> None:
    card, name = IdInput(), LineInput()
    show_in(card, name)
    router.set_target(card.take_reading)
    name.setFocus()
    burst(name, CARD)
    delete(name)
    qtbot.waitUntil(lambda: card.value() == CARD)


def test_a_person_who_types_digits_and_enter_is_left_alone(
    show_in: Shown, router: BurstRouter
) -> None:
    card, name = IdInput(), LineInput()
    show_in(card, name)
    router.set_target(card.take_reading)
    name.setFocus()
    submitted: list[str] = []
    name.submitted.connect(lambda: submitted.append(name.value()))
    type_text(name, "13800005678")
    press(name, Qt.Key.Key_Return)
    assert (submitted, card.value()) == (["13800005678"], "")
