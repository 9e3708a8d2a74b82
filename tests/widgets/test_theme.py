"""The look, applied to the application; icons; which input method Qt gets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import EnvironmentFault
from desktop_app.widgets.icons import icon, pixmap, put_icon
from desktop_app.widgets.input_method import (
    decide_input_method,
    is_input_method_on,
    set_input_method,
)
from desktop_app.widgets.theme import Theme, apply_theme, font, theme_of


def test_the_theme_reaches_fonts_and_palette_and_can_be_changed(look: QApplication) -> None:
    apply_theme(look, Theme(dark=True, large=True))
    assert look.font().pixelSize() == 24
    assert look.palette().color(QPalette.ColorRole.Window) == QColor("#16181B")
    assert theme_of() == Theme(dark=True, large=True)
    apply_theme(look, Theme())
    assert look.font().pixelSize() == 14


def test_the_shipped_face_is_used_and_has_the_characters_of_names(look: QApplication) -> None:
    assert look.font().family() == "Noto Sans SC"
    measured = QFontMetrics(look.font())
    assert all(measured.inFontUcs4(ord(mark)) for mark in "张𬭎䶮喆·（）〇１")


def test_digits_are_all_of_one_width(look: QApplication) -> None:
    for bold in (False, True):
        measured = QFontMetrics(font(14, bold=bold))
        assert len({measured.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_an_icon_is_drawn_in_the_colour_asked_for(look: QApplication) -> None:
    picture = pixmap("plus", "#FF0000", 20, 2.0).toImage()
    assert (picture.width(), picture.devicePixelRatio()) == (40, 2.0)
    assert _colours(picture) == {(255, 0, 0)}


def test_an_icon_follows_the_theme(look: QApplication) -> None:
    assert _colours(pixmap("plus", "ink", 20, 2.0).toImage()) == {(0x1E, 0x22, 0x26)}
    apply_theme(look, Theme(dark=True))
    assert _colours(pixmap("plus", "ink", 20, 2.0).toImage()) == {(0xEC, 0xED, 0xEE)}


def test_an_icon_is_sharp_on_a_fine_screen(look: QApplication) -> None:
    assert icon("plus", size=20).pixmap(20, 20).width() == 20
    assert max(size.width() for size in icon("plus", size=20).availableSizes()) == 60


def test_an_icon_that_is_not_shipped_is_told_at_once(look: QApplication) -> None:
    with pytest.raises(EnvironmentFault):
        icon("no-such-icon")


def test_a_button_with_an_icon_keeps_its_word(look: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("打印")
    qtbot.addWidget(button)
    put_icon(button, "printer")
    assert button.text() == "打印"
    assert not button.icon().isNull()


@pytest.mark.parametrize("module", ["", "fcitx", "fcitx5", "xim", "none"])
def test_a_module_qt_cannot_load_is_replaced_by_ibus(module: str) -> None:
    changes = decide_input_method({"QT_IM_MODULE": module}, _nowhere)
    assert changes == {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


def test_with_a_daemon_in_the_path_the_portal_is_not_asked_for() -> None:
    assert decide_input_method({}, _somewhere) == {"QT_IM_MODULE": "ibus"}


def test_the_list_qt_reads_first_goes_when_it_would_bring_fcitx_back() -> None:
    environ = {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}
    assert decide_input_method(environ, _somewhere)["QT_IM_MODULES"] is None


@pytest.mark.parametrize("module", ["compose", "qtvirtualkeyboard", "maliit"])
def test_what_somebody_chose_and_qt_may_load_is_left_alone(module: str) -> None:
    assert decide_input_method({"QT_IM_MODULE": module}, _nowhere) == {}


@given(st.sampled_from(["", "fcitx", "ibus", "compose"]), st.text("abcxyz", min_size=1, max_size=9))
def test_the_override_always_wins(module: str, chosen: str) -> None:
    environ = {"QT_IM_MODULE": module, "JINLIN_IM_MODULE": chosen}
    assert decide_input_method(environ, _nowhere)["QT_IM_MODULE"] == chosen


def test_a_field_can_do_without_the_input_method_and_get_it_back(
    look: QApplication, qtbot: QtBot
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    set_input_method(field, False)
    assert not is_input_method_on(field)
    set_input_method(field, True)
    assert is_input_method_on(field)


def _colours(picture: QImage) -> set[tuple[int, int, int]]:
    """The colours of the pixels that are fully there."""
    places = product(range(picture.width()), range(picture.height()))
    every = (picture.pixelColor(x, y) for x, y in places)
    return {(c.red(), c.green(), c.blue()) for c in every if c.alpha() == 255}


def _nowhere(_: str) -> str | None:
    return None


def _somewhere(name: str) -> str | None:
    return f"/usr/bin/{name}"
