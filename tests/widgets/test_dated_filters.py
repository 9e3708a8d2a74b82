"""The row above a long list: its order by Tab, its days, and what it says is in force."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.dated_filters import ALL, DatedFilters, with_all
from tests.driver.typing import press

TODAY = date(2026, 11, 25)


class Filters(DatedFilters):
    """A row with one choice of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda: TODAY, "姓名或编号", parent)
        self.state = ChoiceBox(with_all("全部状态", [Choice("open", "待办")]), self, value=ALL)
        self.frame({"日期": self.days, "状态": self.state}, QLabel(self), lambda: ["同一批"])


@pytest.fixture
def filters(window: QWidget, qtbot: QtBot) -> Filters:
    made = Filters(window)
    made.resize(900, 120)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return made


def test_tab_goes_from_the_box_through_the_choices_to_the_dates(filters: Filters) -> None:
    filters.days.set_value("between")
    filters.box.setFocus()
    met = []
    for _ in range(5):
        at = QApplication.focusWidget()
        assert at is not None
        met.append(at.accessibleName())
        press(filters, Qt.Key.Key_Tab)
    assert met[1:] == ["日期", "状态", "从", "到"]


@pytest.mark.parametrize(
    ("chosen", "since", "until"),
    [
        (ALL, None, None),
        ("today", TODAY, TODAY),
        ("week", date(2026, 11, 23), TODAY),
        ("month", date(2026, 11, 1), TODAY),
    ],
)
def test_a_word_means_these_days(
    filters: Filters, chosen: str, since: date | None, until: date | None
) -> None:
    filters.days.set_value(chosen)
    assert filters.span() == (since, until)


def test_what_is_in_force_is_said_and_wiped(filters: Filters) -> None:
    filters.box.set_value("陈")
    filters.state.set_value("open")
    filters.set_span(date(2026, 11, 2), None)
    assert filters.words() == "“陈” · 待办 · 2026年11月2日起 · 同一批"
    filters.wipe()
    assert (filters.words(), filters.span()) == ("同一批", (None, None))


def test_a_last_day_before_the_first_is_told_at_its_field(filters: Filters) -> None:
    filters.set_span(date(2026, 11, 20), date(2026, 11, 2))
    assert not filters.dates_make_sense()
    assert filters.until.problem == "止日早于起日，请改其中一个。"
