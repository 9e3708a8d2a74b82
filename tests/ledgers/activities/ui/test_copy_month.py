"""复制上月活动: shown with its days before it is done, by choice, and taken back in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.periods import parse_period
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.ui.copy_month import usual_month
from desktop_app.registers.working_days import service as working_days
from desktop_app.storage.session import Desk
from tests.driver.activities import CONTROL, ENTER, ActivitiesSeat, nameless
from tests.driver.typing import press
from tests.ledgers.activities.builders import plan

SitDown = Callable[..., ActivitiesSeat]
K = Qt.Key


@pytest.fixture
def november(desk: Desk) -> None:
    """Three of November, one of October."""
    plan(desk, day=date(2026, 10, 10), name="十月的")
    plan(desk, day=date(2026, 11, 14), name="第二个周六")
    plan(desk, day=date(2026, 11, 24), name="第四个周二")
    plan(desk, day=date(2026, 11, 29), name="第五个周日")


@pytest.mark.usefixtures("november")
def test_it_says_what_falls_on_which_day(sit_down: SitDown, desk: Desk) -> None:
    working_days.set_day(desk, date(2026, 12, 22), False, "全员培训")
    seat = sit_down()
    sheet = seat.month_sheet()
    seat.wait(lambda: sheet.ticks.count() == 3)
    assert sheet.ticks.lines() == [
        (True, "12月12日 周六 09:30 第二个周六（上月14日）"),
        (True, "12月22日 周二 09:30 第四个周二（上月24日，这天休息）"),
        (True, "12月27日 周日 09:30 第五个周日（上月29日）"),
    ]
    assert sheet.note == "2026年11月有 3 场可以复制，已勾选 3 场。空格键勾选或取消。"
    assert nameless(sheet) == []


@pytest.mark.usefixtures("november")
def test_what_is_ticked_is_copied_and_taken_back_in_one(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    sheet = seat.month_sheet()
    seat.wait(lambda: sheet.ticks.count() == 3)
    press(sheet, K.Key_Down, K.Key_Space)
    assert seat.button("复制 2 场", sheet).isEnabled()
    press(sheet, ENTER, with_=CONTROL)

    seat.wait(lambda: seat.news == ["已复制 2 场到2026年12月"])
    december = service.month(desk, parse_period("2026-12"))
    assert [one.name for one in december] == ["第二个周六", "第五个周日"]
    seat.undo(desk)
    assert service.month(desk, parse_period("2026-12")) == ()


@pytest.mark.usefixtures("november")
def test_days_that_are_over_are_not_ticked_by_themselves(sit_down: SitDown) -> None:
    seat = sit_down()
    sheet = seat.month_sheet()
    press(sheet.months, K.Key_1)
    seat.wait(lambda: sheet.ticks.count() == 1)
    assert sheet.ticks.lines() == [
        # The 10th of October was a Saturday that everybody worked on.
        (False, "11月14日 周六 09:30 十月的（上月10日，日子已过，复制后算补录，这天休息）")
    ]
    assert not seat.button("复制", sheet).isEnabled()


@pytest.mark.usefixtures("november")
def test_one_key_ticks_all_or_none(sit_down: SitDown) -> None:
    seat = sit_down()
    sheet = seat.month_sheet()
    seat.wait(lambda: sheet.ticks.count() == 3)
    press(sheet, K.Key_A, with_=CONTROL)
    assert sheet.ticks.chosen() == set()
    press(sheet, K.Key_A, with_=CONTROL)
    assert len(sheet.ticks.chosen()) == 3


@pytest.mark.usefixtures("november")
def test_esc_copies_nothing(sit_down: SitDown, desk: Desk) -> None:
    seat = sit_down()
    sheet = seat.month_sheet()
    seat.wait(lambda: sheet.ticks.count() == 3)
    press(sheet, K.Key_Escape)
    assert seat.news == []
    assert service.month(desk, parse_period("2026-12")) == ()


def test_a_month_without_any_says_so(sit_down: SitDown) -> None:
    seat = sit_down()
    sheet = seat.month_sheet()
    assert sheet.note == "2026年11月没有可以复制的活动。可以另选月份。"
    assert not seat.button("复制", sheet).isEnabled()


def test_in_the_first_half_of_a_month_one_plans_this_month() -> None:
    assert usual_month(date(2026, 12, 3)) == parse_period("2026-12")
    assert usual_month(date(2026, 12, 16)) == parse_period("2027-01")
