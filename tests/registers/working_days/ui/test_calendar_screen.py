"""The calendar on screen: by keyboard, in words, with a reason, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.registers.people.rules import RIGHTS, Role
from desktop_app.registers.working_days import service
from desktop_app.registers.working_days.rules import MonthDay
from desktop_app.registers.working_days.ui.day import word_of
from desktop_app.registers.working_days.ui.page import WorkingDaysSection
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.settings import ENTER, Section, nameless

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def section(desk: Desk, runner: JobRunner, qtbot: QtBot) -> Section:
    """The calendar, with the keyboard on Monday, the 23rd of November 2026."""
    made = Section(WorkingDaysSection(desk, runner), qtbot)
    made.come()
    made.focus("工作日历 2026年11月")
    return made


def works(desk: Desk, day: date) -> bool:
    return service.calendar(desk).is_workday(day)


def give_reason(section: Section, words: str) -> None:
    section.type(words)
    section.push("改为")


def test_it_opens_on_today(section: Section) -> None:
    assert "2026年11月" in section.words
    assert "11月23日 周一\n上班，按全国日历。" in section.words


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ((K.Key_Right,), "11月24日 周二"),
        ((K.Key_Left,), "11月22日 周日"),
        ((K.Key_Down,), "11月30日 周一"),
        ((K.Key_Up, K.Key_Up, K.Key_Up, K.Key_Up), "10月26日 周一"),
        ((K.Key_PageDown,), "12月23日 周三"),
        ((K.Key_PageUp, K.Key_PageUp), "9月23日 周三"),
        ((K.Key_PageDown, K.Key_Home), "11月23日 周一"),
    ],
)
def test_the_keyboard_moves_by_day_week_and_month(
    section: Section, keys: tuple[Qt.Key, ...], told: str
) -> None:
    section.press(*keys)
    assert told in section.words


def test_a_month_without_that_day_shows_its_last(section: Section) -> None:
    section.press(K.Key_PageUp)
    for _ in range(8):
        section.press(K.Key_Right)
    assert "10月31日 周六" in section.words
    section.press(K.Key_PageDown)
    assert "11月30日 周一" in section.words


def test_leaving_the_national_calendar_wants_a_reason(section: Section, desk: Desk) -> None:
    section.press(ENTER)
    section.push("改为休息")
    assert "请写明原因" in section.words
    give_reason(section, "站点装修")
    section.wait(lambda: not works(desk, MONDAY))
    assert "本站休息，全国日历是上班。\n原因：站点装修" in section.words
    assert section.news == ["11月23日 周一已改为休息"]


def test_a_weekend_that_is_worked_counts_as_a_working_day(section: Section, desk: Desk) -> None:
    section.press(*[K.Key_Right] * 5)
    section.press(ENTER)
    give_reason(section, "街道统一安排")
    section.wait(lambda: works(desk, SATURDAY))


def test_going_back_to_the_national_calendar_wants_no_reason(section: Section, desk: Desk) -> None:
    service.set_day(desk, MONDAY, False, "站点装修")
    section.page.load()
    section.press(ENTER)
    assert works(desk, MONDAY)
    assert "按全国日历" in section.words


def test_delete_lets_the_national_calendar_count_again_and_undo_takes_that_back(
    section: Section, desk: Desk
) -> None:
    service.set_day(desk, MONDAY, False, "站点装修")
    section.page.load()
    section.press(K.Key_Delete)
    assert works(desk, MONDAY)
    section.undo(desk)
    assert not works(desk, MONDAY)
    assert "原因：站点装修" in section.words


def test_undo_takes_a_changed_day_back(section: Section, desk: Desk) -> None:
    section.press(ENTER)
    give_reason(section, "站点装修")
    section.undo(desk)
    assert works(desk, MONDAY)


def test_esc_in_the_question_changes_nothing(section: Section, desk: Desk) -> None:
    section.press(ENTER)
    section.press(K.Key_Escape)
    assert works(desk, MONDAY)
    assert section.news == []


def test_a_year_that_has_not_been_announced_is_said_so(section: Section, desk: Desk) -> None:
    known = service.calendar(desk).known_until
    months = (known.year - 2026) * 12 + 2
    section.press(*[K.Key_PageDown] * months)
    assert f"{known.year + 1}年的放假安排还没有公布" in section.words
    section.press(K.Key_Home)
    assert "放假安排还没有公布" not in section.words


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2026, 11, 23), ""),
        (date(2026, 11, 28), "休"),
        (date(2026, 10, 1), "放假"),
        (date(2026, 10, 10), "调休上班"),
    ],
)
def test_each_kind_of_day_has_its_word(desk: Desk, day: date, word: str) -> None:
    assert word_of(entry_of(desk, day)) == word


def test_a_day_of_the_stations_own_is_told_by_a_word_not_by_colour(desk: Desk) -> None:
    service.set_day(desk, SATURDAY, True, "值守")
    service.set_day(desk, MONDAY, False, "装修")
    assert word_of(entry_of(desk, SATURDAY)) == "本站上班"
    assert word_of(entry_of(desk, MONDAY)) == "本站休息"


def test_a_clerk_looks_and_changes_nothing(desk: Desk, runner: JobRunner, qtbot: QtBot) -> None:
    actor = replace(desk.actor, rights=RIGHTS[Role.CLERK])
    made = Section(WorkingDaysSection(Desk(desk.database, actor), runner), qtbot)
    made.come()
    made.focus("工作日历 2026年11月")
    made.press(ENTER)
    assert "改为休息" not in made.words
    assert works(desk, MONDAY)


def test_the_day_is_told_to_who_cannot_see_it(section: Section) -> None:
    section.press(*[K.Key_Right] * 5)
    grid = section.page.focusWidget()
    assert grid.accessibleDescription() == "11月28日 周六 休"
    assert nameless(section.page) == []


def entry_of(desk: Desk, day: date) -> MonthDay:
    return next(one for one in service.month(desk, day.year, day.month) if one.day == day)
