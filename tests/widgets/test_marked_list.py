"""Rows that are ticked: by Space, by a click on the box, all of a page, over pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.marked_list import MarkedList, MarkStrip
from desktop_app.widgets.table_model import Column
from tests.driver.typing import press

K = Qt.Key


@dataclass(frozen=True)
class Row:
    uid: str
    word: str = ""


ROWS = [Row("a"), Row("b"), Row("c")]


@pytest.fixture
def listed(qtbot: QtBot) -> Iterator[MarkedList]:
    window = QWidget()
    qtbot.addWidget(window)
    made = MarkedList(
        (Column("名称", lambda row: row.uid, 80, key="name"),),  # type: ignore[attr-defined]
        lambda row: row.uid,  # type: ignore[attr-defined]
        window,
        actions=[],
        name="样品",
        unit="件",
        given_up=(),
        ends=False,
    )
    made.resize(400, 300)
    window.resize(400, 300)
    window.show()
    made.set_rows(ROWS)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.view.setFocus()
    yield made
    # The window would go, and take the list with it, when nothing here knows of it any more.
    window.close()


def test_space_ticks_and_goes_on_and_takes_a_tick_away(listed: MarkedList) -> None:
    press(listed, K.Key_Space, K.Key_Space)
    assert list(listed.marks) == ["a", "b"]
    press(listed, K.Key_Up, K.Key_Space)
    assert list(listed.marks) == ["a"]


def test_all_of_the_page_or_none_of_it(listed: MarkedList) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    press(listed, K.Key_A, with_=control)
    assert set(listed.marks) == {"a", "b", "c"}
    press(listed, K.Key_A, with_=control)
    assert not listed.marks


def test_ticks_outlive_another_page_and_are_known_as_read_last(listed: MarkedList) -> None:
    press(listed, K.Key_Space)
    listed.set_rows([Row("d")])
    assert list(listed.marks) == ["a"]
    listed.set_rows([Row("a", "又读过"), Row("b")])
    assert listed.marks["a"] == Row("a", "又读过")
    assert [bool(listed.model.index(row, 0).data()) for row in range(2)] == [True, False]


def test_a_click_on_the_box_ticks_and_one_beside_it_does_not(
    listed: MarkedList,
) -> None:
    view = listed.view
    for column, ticked in ((1, []), (0, ["b"])):
        place = view.visualRect(listed.model.index(1, column)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert list(listed.marks) == ticked


def test_giving_up_is_told_once(listed: MarkedList, qtbot: QtBot) -> None:
    press(listed, K.Key_Space, K.Key_Space)
    with qtbot.waitSignal(listed.marked):
        listed.clear_marks()
    assert not listed.marks
    with qtbot.assertNotEmitted(listed.marked):
        listed.clear_marks()


def test_the_strip_is_there_while_some_are_ticked_and_asks_for_no_more_room_than_there_is(
    listed: MarkedList,
) -> None:
    window = listed.window()
    buttons = [plain_button("打印已选的几条", window) for _each in range(5)]
    strip = MarkStrip(listed, buttons, window)
    listed.marked.connect(lambda: strip.say(f"已选 {len(listed.marks)} 件"))
    assert not strip.isVisible()
    press(listed, K.Key_Space)
    assert strip.isVisible()
    strip.resize(400, strip.heightForWidth(400))
    strip.layout().activate()  # type: ignore[union-attr]
    assert all(strip.rect().contains(one.geometry()) for one in (*buttons, strip.give_up))
    strip.give_up.click()
    assert (dict(listed.marks), strip.isVisible()) == ({}, False)
