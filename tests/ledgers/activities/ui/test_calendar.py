"""The calendar: walked through by keys, told in words, holidays marked, opened and added to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.core.route import Open
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.ui.calendar_days import span_around, turned
from desktop_app.ledgers.activities.ui.calendar_paint import more_words, shown_rows
from desktop_app.registers.working_days import service as working_days
from desktop_app.storage.session import Desk
from tests.driver.activities import ENTER, ActivitiesSeat
from tests.driver.typing import press, type_text
from tests.filling import Filled
from tests.ledgers.activities.builders import plan
from tests.ledgers.activities.ui.month_data import a_busy_month

SitDown = Callable[..., ActivitiesSeat]
K = Qt.Key
MONDAY = date(2026, 11, 23)


@pytest.fixture
def month(sit_down: SitDown, filled: Filled) -> ActivitiesSeat:
    """November 2026 with its activities, the keyboard on Monday, the 23rd."""
    filled(a_busy_month)
    seat = sit_down()
    seat.turn_to(K.Key_2, "2026年11月")
    return seat


def test_a_key_changes_between_list_month_and_week(month: ActivitiesSeat) -> None:
    assert month.focused == "活动日历 2026年11月"
    month.turn_to(K.Key_3, "2026年11月23日—29日")
    month.press(K.Key_1, with_=Qt.KeyboardModifier.AltModifier)
    assert month.page.list.isVisible()
    month.wait(lambda: month.focused == "活动")


def test_days_show_their_activities_and_say_them_in_words(month: ActivitiesSeat) -> None:
    assert month.on_day(date(2026, 11, 14)) == ["健康入户 邻里同行"]
    assert month.on_day(date(2026, 12, 1)) == ["党群议事会"]
    assert month.told.startswith("11月23日 周一，5场：09:30–11:00 · 老年人手机课堂 · 共建课堂")
    assert "11月23日 周一　5 场 · Enter 打开" in month.page.calendar.day_words


def test_more_than_fits_is_said(month: ActivitiesSeat) -> None:
    place = month.place(MONDAY)
    shown = shown_rows(place)
    assert 0 < len(shown) < 5
    assert more_words(len(place.entry.rows) - len(shown)) == f"还有 {5 - len(shown)} 场"
    assert all(place.area.contains(area) for area, _row in shown)


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ((K.Key_Right,), date(2026, 11, 24)),
        ((K.Key_Left, K.Key_Left), date(2026, 11, 21)),
        ((K.Key_Down,), date(2026, 11, 30)),
        ((K.Key_Up, K.Key_Up, K.Key_Up, K.Key_Up), date(2026, 10, 26)),
        ((K.Key_PageDown,), date(2026, 12, 23)),
        ((K.Key_PageUp, K.Key_PageUp), date(2026, 9, 23)),
        ((K.Key_PageUp, K.Key_T), MONDAY),
        ((K.Key_Down, K.Key_Down, K.Key_Home), MONDAY),
    ],
)
def test_the_keyboard_moves_by_day_and_month(
    month: ActivitiesSeat, keys: tuple[Qt.Key, ...], day: date
) -> None:
    month.press(*keys)
    month.wait(lambda: month.grid.day == day and month.grid.shown is not None)
    month.wait(lambda: month.page.calendar.title == f"{day.year}年{day.month}月")


def test_in_a_week_pages_are_weeks(month: ActivitiesSeat) -> None:
    month.turn_to(K.Key_3, "2026年11月23日—29日")
    month.press(K.Key_PageDown)
    month.wait(lambda: month.page.calendar.title == "2026年11月30日—12月6日")
    assert month.on_day(date(2026, 12, 1)) == ["党群议事会"]
    assert month.button("上周").isVisible()


def test_enter_opens_the_only_activity_of_a_day(month: ActivitiesSeat, desk: Desk) -> None:
    month.press(K.Key_Down, K.Key_Right)
    month.wait(lambda: month.grid.day == date(2026, 12, 1) and "党群" in month.told)
    month.press(ENTER)
    assert isinstance(month.routes[0], Open)
    assert service.get(desk, month.routes[0].uid).name == "党群议事会"


def test_enter_on_a_day_with_several_asks_which(month: ActivitiesSeat, desk: Desk) -> None:
    month.press(ENTER)
    sheet = month.sheet()
    press(sheet, K.Key_Down, ENTER)
    month.wait(lambda: month.routes)
    assert isinstance(month.routes[0], Open)
    assert service.get(desk, month.routes[0].uid).name == "共建单位联席会"


def test_enter_on_an_empty_day_adds_one_there(month: ActivitiesSeat) -> None:
    month.press(K.Key_Right, ENTER)
    month.wait(lambda: month.has_form)
    assert month.value("活动日期") == "2026-11-24"
    month.press(K.Key_Escape)
    assert month.grid.isVisible()
    assert month.focused == "活动日历 2026年11月"


def test_a_double_click_on_an_activity_opens_it(month: ActivitiesSeat) -> None:
    (area, _row) = shown_rows(month.place(date(2026, 11, 14)))[0]
    QTest.mouseDClick(
        month.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, area.center()
    )
    assert len(month.routes) == 1
    empty = month.place(date(2026, 11, 12)).area.center() + QPoint(0, 4)
    QTest.mouseClick(month.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, empty)
    assert month.grid.day == date(2026, 11, 12)


def test_holidays_and_the_station_s_own_days_are_marked(sit_down: SitDown, desk: Desk) -> None:
    working_days.set_day(desk, date(2026, 11, 27), False, "全员培训")
    seat = sit_down()
    seat.turn_to(K.Key_2, "2026年11月")
    assert seat.place(date(2026, 11, 27)).entry.rest == "本站休息"
    assert seat.place(date(2026, 11, 28)).entry.rest == ""
    assert not seat.place(date(2026, 11, 28)).entry.is_workday
    seat.press(K.Key_PageUp)
    seat.wait(lambda: seat.page.calendar.title == "2026年10月")
    assert seat.place(date(2026, 10, 1)).entry.rest == "放假"
    assert seat.place(date(2026, 10, 10)).entry.rest == "调休上班"
    for _ in range(22):
        seat.press(K.Key_Left)
    seat.wait(lambda: seat.told == "10月1日 周四 放假，没有活动")


def test_a_filter_narrows_the_calendar_and_says_so(month: ActivitiesSeat) -> None:
    assert not any(box.isVisible() for box in (month.page.filters.days,))
    month.narrow("类别", "义诊")
    month.wait(lambda: month.on_day(date(2026, 11, 3)) == [])
    assert month.on_day(date(2026, 11, 14)) == ["健康入户 邻里同行"]
    assert month.page.calendar.note == "只显示：义诊；其余活动没有列出。"
    month.button("清除筛选", month.page.calendar).click()
    month.wait(lambda: month.on_day(date(2026, 11, 3)) == ["反诈宣传进小区"])
    assert month.page.calendar.note == ""


def test_searching_narrows_the_calendar_and_down_goes_to_it(month: ActivitiesSeat) -> None:
    month.page.start_search()
    type_text(month.page.filters.box, "fz")
    month.wait(lambda: month.on_day(MONDAY) == [])
    assert month.on_day(date(2026, 11, 3)) == ["反诈宣传进小区"]
    press(month.page.filters.box, K.Key_Down)
    assert month.focused == "活动日历 2026年11月"


def test_a_month_without_any_says_so(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.turn_to(K.Key_2, "2026年11月")
    assert seat.page.calendar.note == "这个月没有活动。"


def test_what_somebody_else_plans_appears_and_the_day_stays(
    month: ActivitiesSeat, desk: Desk
) -> None:
    month.press(K.Key_Right, K.Key_Right, K.Key_Right)
    plan(desk, day=date(2026, 11, 26), name="新加的")
    month.page.take(frozenset({"activities"}))
    month.wait(lambda: month.on_day(date(2026, 11, 26)) == ["新加的"])
    assert month.grid.day == date(2026, 11, 26)


def test_a_month_is_shown_in_whole_weeks() -> None:
    november = span_around(MONDAY, by_week=False)
    assert (november.first, november.last) == (date(2026, 10, 26), date(2026, 12, 6))
    assert turned(date(2026, 10, 31), 1, by_week=False) == date(2026, 11, 30)
    assert turned(date(2026, 12, 31), 2, by_week=False) == date(2027, 2, 28)
