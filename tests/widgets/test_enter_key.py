"""Enter presses the focused button: a fresh press, alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.widgets.enter_key import EnterKey
from tests.driver.typing import press
from tests.widgets.conftest import Shown

K = Qt.Key


@pytest.fixture
def pressed(show_in: Shown) -> list[str]:
    """Says each time a button is pressed; the button has the keyboard."""
    told: list[str] = []
    button = QPushButton("完成")
    button.clicked.connect(lambda: told.append("pressed"))
    show_in(button)
    EnterKey(button, button)
    button.setFocus()
    return told


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Enter, K.Key_Space])
def test_each_of_the_keys_presses_once(pressed: list[str], key: Qt.Key) -> None:
    button = QApplication.focusWidget()
    assert button is not None
    press(button, key)
    assert pressed == ["pressed"]


def test_keys_held_down_from_before_press_nothing(pressed: list[str]) -> None:
    button = QApplication.focusWidget()
    assert button is not None
    press(button, K.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    held = QKeyEvent(QEvent.Type.KeyPress, K.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(button, held)
    assert pressed == []
