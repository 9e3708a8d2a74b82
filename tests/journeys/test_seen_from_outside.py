"""What a screen reader does, and what must never be hidden: the ways without eyes or mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.driver.program import Counter

KEY = Qt.Key


def button(counter: Counter, name: str) -> QAbstractButton:
    """The visible button with this accessible name."""
    return next(
        one
        for one in counter.window.findChildren(QAbstractButton)
        if one.isVisible() and one.accessibleName() == name
    )


def place(widget: QWidget, window: QWidget) -> QRect:
    """Where a widget stands in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_a_screen_reader_that_toggles_the_rail_gets_to_the_page(counter: Counter) -> None:
    counter.sign_in()
    for name in ("来访", "活动", "居民", "设置", "前台"):
        button(counter, name).toggle()
        counter.settle()
        assert [one.isChecked() for one in (button(counter, name),)] == [True]
        shown = counter.workplace.pages.current_page
        assert shown is not None
        assert shown.isVisible()
    assert counter.front_desk().page is counter.workplace.pages.current_page


def test_a_screen_reader_that_toggles_a_choice_has_chosen_it(counter: Counter) -> None:
    front = counter.sign_in()
    front.choose("zsf")
    button(counter, front.matters[2]).toggle()
    assert front.matter == front.matters[2]
    button(counter, "转办").toggle()
    front.wait(lambda: front.shows("交办去向"))
    front.save()
    assert front.wait_saved()[0].matter_name == front.matters[2]


def test_the_offer_to_undo_covers_no_button_even_with_every_field_open(counter: Counter) -> None:
    front = counter.sign_in()
    front.press(KEY.Key_F9)
    front.wait(lambda: len(front.today) == 1)
    front.press(KEY.Key_F2)
    front.alt("G")
    counter.settle()
    strip = counter.workplace.undo
    assert strip.isVisible()
    foot = place(counter.workplace.status, counter.window)
    assert foot.contains(place(strip, counter.window).center())
    covered = [
        one.accessibleName() or one.text()
        for one in counter.workplace.pages.findChildren(QAbstractButton)
        if one.isVisible() and place(one, counter.window).intersects(place(strip, counter.window))
    ]
    assert covered == []
