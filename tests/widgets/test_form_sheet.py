"""A sheet of fields: Enter goes on, it stays open until done, sentences stand beside fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.job import Job
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.forms import Card, focus_order
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.jobs import JobRunner
from tests.driver.typing import press, type_text
from tests.widgets.conftest import Shown

K = Qt.Key


@pytest.fixture
def runner(look: object) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def sheet(window: QWidget, show_in: Shown, qtbot: QtBot) -> FormSheet:
    show_in()
    fields = {
        "name": LabelledField("姓名", LineInput(window), window),
        "phone": LabelledField("电话", LineInput(window), window),
    }
    return FormSheet(window, "新增", "", fields, "新增")


def ready(sheet: FormSheet, qtbot: QtBot) -> None:
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)


def test_enter_goes_to_the_next_field_and_in_the_last_one_does_the_work(
    sheet: FormSheet, runner: JobRunner, qtbot: QtBot
) -> None:
    done: list[object] = []

    def work(_job: Job) -> object:
        return "made"

    sheet.carry_out(runner, work, done.append)
    ready(sheet, qtbot)
    type_text(sheet, "张")
    press(sheet, K.Key_Return)
    assert sheet.fields["phone"].editor.hasFocus()
    press(sheet, K.Key_Return)
    qtbot.waitUntil(lambda: done == ["made"])


def test_what_went_wrong_stands_beside_its_field_and_the_text_is_kept(
    sheet: FormSheet, runner: JobRunner, qtbot: QtBot
) -> None:
    def work(_job: Job) -> object:
        raise InvalidInput(
            [
                UserError("电话太短。", "请核对。", field="phone"),
                UserError("电话不是号码。", "请核对。", field="phone"),
                UserError("今天不能新增。", "请明天再来。"),
            ]
        )

    sheet.carry_out(runner, work, [].append)
    ready(sheet, qtbot)
    type_text(sheet, "张")
    sheet.press_primary()
    qtbot.waitUntil(lambda: bool(sheet.fields["phone"].problem))
    assert sheet.fields["phone"].problem == "电话太短。电话不是号码。请核对。"
    editor = sheet.fields["name"].editor
    assert isinstance(editor, LineInput)
    assert editor.value() == "张"
    assert sheet.fields["phone"].editor.hasFocus()
    assert sheet.isVisible()
    sheet.reject()


def test_a_sheet_grows_for_a_sentence_that_wraps(sheet: FormSheet, qtbot: QtBot) -> None:
    sheet.open()
    ready(sheet, qtbot)
    before = sheet.height()
    sheet.fields["name"].set_problem("这个名字已经有人用了，请在后面加上区分。" * 4)
    qtbot.waitUntil(lambda: sheet.height() > before + 20)
    sheet.reject()


def test_tab_reaches_every_stop_in_the_order_of_the_conversation_both_ways(
    window: QWidget, show_in: Shown
) -> None:
    line, later = LineInput(window), LineInput(window)
    bar = ChoiceBar([Choice(1, "一"), Choice(2, "二")], window, value=2)
    button = QPushButton("登记", window)
    fields = [
        LabelledField(label, editor, window)
        for label, editor in (("甲", line), ("乙", bar), ("丙", later))
    ]
    show_in(button, *reversed(fields))
    order = [fields[0], fields[1], button, fields[2]]
    focus_order(order)
    stops = [line, bar.focusProxy(), button, later]
    line.setFocus()
    forward, back = [], []
    for _ in stops:
        forward.append(window.focusWidget())
        press(window, K.Key_Tab)
    for _ in stops:
        press(window, K.Key_Backtab)
        back.append(window.focusWidget())
    assert forward == stops
    assert back == stops[::-1]


def test_choices_that_come_later_stand_at_the_place_of_their_bar(
    window: QWidget, show_in: Shown, qtbot: QtBot
) -> None:
    before, bar, after = LineInput(window), ChoiceBar((), window), LineInput(window)
    show_in(before, bar, after)
    bar.set_choices([Choice(1, "一"), Choice(2, "二")])
    first = bar.focusProxy()
    assert first is not None
    qtbot.waitUntil(first.isVisible)
    before.setFocus()
    press(window, K.Key_Tab)
    assert window.focusWidget() is bar.focusProxy()
    press(window, K.Key_Tab)
    assert after.hasFocus()


@pytest.mark.parametrize(("width", "beside"), [(900, True), (600, False)])
def test_cards_stand_side_by_side_only_where_there_is_room(
    window: QWidget, show_in: Shown, width: int, beside: bool
) -> None:
    one, other = Card("甲", window), Card("乙", window)
    window.resize(width, 500)
    show_in(Columns([[one], [other]], window))
    assert (
        one.mapTo(window, one.rect().topRight()).x()
        < other.mapTo(window, other.rect().topLeft()).x()
    ) is beside
