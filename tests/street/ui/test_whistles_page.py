"""吹哨 in the real window: read, answered and changed by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.street.inbox.service import take_in
from desktop_app.street.whistles.ui.page import WhistlesPage
from tests.driver.program import CONTROL, Counter
from tests.ledgers.requests import builders
from tests.street.neighbourhood import Branch

pytestmark = pytest.mark.sqlite_only


def escalated(branch: Branch, title: str) -> Request:
    branch.clock.advance(60)
    return builders.act(branch.desk, builders.register(branch.desk, title=title), Action.ESCALATE)


def reported(office: Counter, branch: Branch, stick: Path) -> Path:
    """The bundle goes up; answers the receipt."""
    (verdict,) = take_in(office.workplace.desk, [branch.report(stick)], stick)
    assert verdict.receipt_path is not None
    return verdict.receipt_path


def opened(office: Counter) -> WhistlesPage:
    office.workplace.pages.show_page("whistles")
    page = office.workplace.pages.current_page
    assert isinstance(page, WhistlesPage)
    office.settle()
    return page


def titles(page: WhistlesPage) -> list[tuple[str, str]]:
    return [(one.title, one.chip.word if one.chip else "") for one in page.list.list.items]


def test_without_a_whistle_the_page_says_how_one_comes(office: Counter) -> None:
    assert "没有吹哨" in opened(office).list.pane


def test_a_whistle_is_read_and_answered_without_the_mouse(
    office: Counter, branch: Branch, stick: Path
) -> None:
    asked = escalated(branch, "水管老化")
    escalated(branch, "电梯停运")
    reported(office, branch, stick)
    page = opened(office)
    assert titles(page) == [("水管老化", "待答复"), ("电梯停运", "待答复")]
    assert page.pane.reason.text() == "需要住建所协调"
    assert page.pane.facts.words_of("编号") == asked.number
    office.press(Qt.Key.Key_Return)
    office.type("周五上门更换")
    office.press(Qt.Key.Key_Return, with_=CONTROL)
    office.settle()
    assert titles(page) == [("电梯停运", "待答复"), ("水管老化", "已答复")]
    receipt = reported(office, branch, stick)
    (answered,) = branch.take(receipt).answered
    assert answered.number == asked.number
    now = builders.stored(branch.desk, asked.uid)
    assert now.answer is not None
    assert now.answer.words == "周五上门更换"


def test_what_was_begun_stays_until_it_is_given_and_is_there_after_a_restart(
    office: Counter, branch: Branch, stick: Path
) -> None:
    escalated(branch, "水管老化")
    escalated(branch, "电梯停运")
    reported(office, branch, stick)
    page = opened(office)
    office.press(Qt.Key.Key_Return)
    office.type("写了一半")
    office.press(Qt.Key.Key_Escape)
    assert page.list.list.hasFocus()
    office.press(Qt.Key.Key_Down)
    assert page.pane.words.value() == ""
    office.press(Qt.Key.Key_Up)
    assert page.pane.words.value() == "写了一半"
    office.workplace.pages.show_page("stations")
    other = WhistlesPage(office.workplace.desk, page._runner)
    other.load()
    office.qtbot.addWidget(other)
    office.qtbot.waitUntil(lambda: other.pane.words.value() == "写了一半", timeout=8_000)


def test_an_empty_answer_is_refused_beside_the_field_and_nothing_is_lost(
    office: Counter, branch: Branch, stick: Path
) -> None:
    escalated(branch, "水管老化")
    reported(office, branch, stick)
    page = opened(office)
    office.press(Qt.Key.Key_Return)
    office.press(Qt.Key.Key_Return, with_=CONTROL)
    assert "还没有写答复内容" in page.pane.field.problem
    assert titles(page) == [("水管老化", "待答复")]


def test_a_taken_answer_can_be_read_and_no_longer_changed(
    office: Counter, branch: Branch, stick: Path
) -> None:
    escalated(branch, "水管老化")
    reported(office, branch, stick)
    page = opened(office)
    office.press(Qt.Key.Key_Return)
    office.type("周五上门")
    office.press(Qt.Key.Key_Return, with_=CONTROL)
    office.settle()
    branch.take(reported(office, branch, stick))
    reported(office, branch, stick)
    page.load()
    office.settle()
    assert titles(page) == [("水管老化", "站点已收下")]
    assert page.pane.words.value() == "周五上门"
    assert not page.pane.is_open
    assert page.pane.save.isHidden()
