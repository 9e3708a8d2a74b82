"""The page 评价: figures that name nobody, and a sheet for what came on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.visits import service as visits
from desktop_app.registers.people.rules import RIGHTS, Role
from desktop_app.shell.pages import spec_named
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.ui.page import EvaluationsPage
from desktop_app.station.evaluation.ui.paper import PaperSheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.typing import press, type_text
from tests.ledgers.requests.builders import closed
from tests.ledgers.visits.builders import register

KEY = Qt.Key
LEVELS = list(Satisfaction)


@pytest.fixture
def page(counter: Desk, runner: JobRunner, qtbot: QtBot) -> EvaluationsPage:
    made = EvaluationsPage(counter, runner)
    qtbot.addWidget(made)
    made.resize(1290, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def looked_at(page: EvaluationsPage, qtbot: QtBot) -> Callable[[], EvaluationsPage]:
    """Goes to the page and waits until it shows something."""

    def look() -> EvaluationsPage:
        page.card.evaluated.set_number("?")
        page.arrive()
        qtbot.waitUntil(lambda: "?" not in words(page))
        return page

    return look


def words(page: EvaluationsPage) -> str:
    """Everything written on the page that can be seen."""
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    return " ".join(shown)


def shown_on(sheet: PaperSheet) -> str:
    """Every sentence on the sheet, wherever it stands."""
    return " ".join(label.text() for label in sheet.findChildren(QLabel) if not label.isHidden())


def evaluate(desk: Desk, *levels: Satisfaction) -> None:
    for level in levels:
        service.take_in(desk, service.asked_of([register(desk)])[0], level)


def open_sheet(page: EvaluationsPage, qtbot: QtBot) -> PaperSheet:
    """F2, as the window passes it on."""
    page.start_new()
    sheet = page.findChild(PaperSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    return sheet


def test_with_four_evaluations_the_page_shows_no_level_and_says_why(
    looked_at: Callable[[], EvaluationsPage], counter: Desk
) -> None:
    evaluate(counter, *[Satisfaction.VERY_DISSATISFIED] * 4)
    page = looked_at()
    assert not page.card.shows_levels
    assert "不足 5 件，不显示分布" in words(page)
    assert "100.0%" not in words(page)
    assert "0.0%" not in words(page)


def test_five_evaluations_are_shown_by_level_with_the_way_of_counting(
    looked_at: Callable[[], EvaluationsPage], counter: Desk
) -> None:
    evaluate(counter, *LEVELS)
    register(counter)
    page = looked_at()
    assert page.card.shows_levels
    assert page.card.words_of(Satisfaction.FAIR) == "1 件　20.0%"
    assert "60.0%" in words(page)
    assert "未评价不算满意" in words(page)
    assert page.card.not_evaluated.accessibleName() == "未评价 1"


def test_evaluations_of_requests_are_counted_apart_from_those_of_visits(
    looked_at: Callable[[], EvaluationsPage], counter: Desk, qtbot: QtBot
) -> None:
    evaluate(counter, *LEVELS)
    for level in LEVELS[3:]:
        service.take_in(counter, service.asked_of([closed(counter)])[0], level)
    closed(counter)
    page = looked_at()
    assert page.card.evaluated.accessibleName() == "评价数 5"
    press(page, KEY.Key_Tab, KEY.Key_2)
    qtbot.waitUntil(lambda: page.card.evaluated.accessibleName() == "评价数 2")
    assert page.card.not_evaluated.accessibleName() == "未评价 1"
    assert not page.card.shows_levels
    assert "不足 5 件，不显示分布" in words(page)


def test_what_came_in_meanwhile_is_there_when_one_comes_back(
    looked_at: Callable[[], EvaluationsPage], counter: Desk
) -> None:
    evaluate(counter, *LEVELS[:4])
    assert looked_at().card.evaluated.accessibleName() == "评价数 4"
    evaluate(counter, *LEVELS[4:])
    assert looked_at().card.evaluated.accessibleName() == "评价数 5"


def test_keys_go_through_the_periods_and_no_further_than_today(
    looked_at: Callable[[], EvaluationsPage], qtbot: QtBot
) -> None:
    page = looked_at()
    assert "2026年11月" in words(page)
    press(page, KEY.Key_PageUp)
    qtbot.waitUntil(lambda: "2026年10月" in words(page))
    press(page, KEY.Key_2)
    qtbot.waitUntil(lambda: "2026年第四季度" in words(page))
    assert not page.later.isEnabled()
    press(page, KEY.Key_3)
    qtbot.waitUntil(lambda: "2026年" in words(page) and "季度 " not in words(page))
    press(page, KEY.Key_PageUp)
    qtbot.waitUntil(lambda: page.period.year == 2025)
    press(page, KEY.Key_PageDown)
    assert page.period.year == 2026


def test_paper_is_copied_with_the_keyboard_alone(
    looked_at: Callable[[], EvaluationsPage], counter: Desk, qtbot: QtBot
) -> None:
    visit = register(counter)
    page = looked_at()
    told: list[tuple[Changed[None], str]] = []
    page.changed.connect(told.append)
    sheet = open_sheet(page, qtbot)
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    type_text(sheet, visit.number.lower())
    hint = sheet.fields["number"].findChildren(QLabel)
    qtbot.waitUntil(lambda: any("医保缴费" in label.text() for label in hint))
    press(sheet, KEY.Key_Return)
    assert sheet.levels.value() is None
    press(sheet, KEY.Key_4, KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(told))
    assert visits.history(counter, visit.uid).evaluated
    assert told[0][1] == service.RECEIVED
    assert Satisfaction.DISSATISFIED.value not in repr(told)
    assert Satisfaction.DISSATISFIED.label not in repr(told)


def test_paper_of_a_request_shows_what_its_number_stands_for_and_is_copied(
    looked_at: Callable[[], EvaluationsPage], counter: Desk, qtbot: QtBot
) -> None:
    request = closed(counter)
    page = looked_at()
    sheet = open_sheet(page, qtbot)
    sheet.number.set_value(request.number)
    hint = sheet.fields["number"].findChildren(QLabel)
    qtbot.waitUntil(lambda: any("楼道灯不亮" in label.text() for label in hint))
    sheet.levels.set_value(Satisfaction.DISSATISFIED)
    sheet.press_primary()
    qtbot.waitUntil(lambda: requests.history(counter, request.uid).evaluated)
    qtbot.waitUntil(lambda: page.findChild(PaperSheet) is None)
    again = open_sheet(page, qtbot)
    again.number.set_value(request.number)
    again.levels.set_value(Satisfaction.SATISFIED)
    again.press_primary()
    qtbot.waitUntil(lambda: "已经评价过" in shown_on(again))
    again.button("cancel").click()


def test_without_a_tick_nothing_is_copied(
    looked_at: Callable[[], EvaluationsPage], counter: Desk, qtbot: QtBot
) -> None:
    visit = register(counter)
    sheet = open_sheet(looked_at(), qtbot)
    sheet.number.set_value(visit.number)
    sheet.press_primary()
    assert "没有选的不要录入" in sheet.fields["level"].problem
    assert not visits.history(counter, visit.uid).evaluated
    sheet.button("cancel").click()


def test_a_wrong_number_is_said_beside_it_and_the_tick_stays(
    looked_at: Callable[[], EvaluationsPage], qtbot: QtBot
) -> None:
    sheet = open_sheet(looked_at(), qtbot)
    sheet.number.set_value("QR01-2026A-99999")
    sheet.levels.set_value(Satisfaction.FAIR)
    sheet.press_primary()
    qtbot.waitUntil(lambda: "没有找到这个编号" in sheet.fields["number"].problem)
    assert sheet.level is Satisfaction.FAIR
    sheet.button("cancel").click()


def test_a_sheet_closed_while_its_number_is_looked_up_is_left_alone(
    looked_at: Callable[[], EvaluationsPage], counter: Desk, qtbot: QtBot
) -> None:
    visit = register(counter)
    page = looked_at()
    sheet = open_sheet(page, qtbot)
    sheet.number.set_value(visit.number)
    sheet.button("cancel").click()
    QApplication.processEvents()
    page.card.evaluated.set_number("?")
    page.load()
    qtbot.waitUntil(lambda: "?" not in words(page))
    assert page.findChild(PaperSheet) is None


_MAY = {Role.LEAD: True, Role.COMMUNITY: True, Role.CLERK: False, Role.AUDITOR: False}


@pytest.mark.parametrize(("role", "sees"), list(_MAY.items()))
def test_only_who_manages_the_station_has_the_page(role: Role, sees: bool) -> None:
    needs = spec_named("evaluations").needs
    assert (needs in RIGHTS[role]) is sees
    assert needs is Right.MANAGE_STATION
