"""The same window in the two editions: what a street's has, and what it has not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.periods import parse_period
from desktop_app.core.route import OpenPage, OpenPaper
from desktop_app.ledgers.papers.rules import CopyKind
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.shell.help.ui.sheet import HelpSheet
from desktop_app.shell.pages import places_for, rail_entries
from desktop_app.station.backups.ui.page import BackupsSection
from desktop_app.station.papers.service import Drafted, keep, wordings
from desktop_app.station.papers.ui.page import PaperPage
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.store.log import move
from desktop_app.street.overview.ui.page import OverviewPage
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.settings import open_dialogs
from tests.homes import PASSWORD, StationHome

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def office(
    street_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program of a street, signed in as its 街道管理员."""
    path, clock = street_home.path, street_home.clock
    with program_on(path, clock, qtbot, qapp, tmp_path / "local.json") as opened:
        door.come_in(opened)
        yield opened


def test_the_rail_of_a_street_has_no_counter(office: Counter) -> None:
    words = [entry.word for entry in rail_entries(office.workplace.desk)]
    assert " ".join(words) == "收件 站点 总览 吹哨 来访 诉求 活动 三单 志愿 居民 设置"


def test_nothing_at_a_street_leads_to_a_page_of_stations_only(office: Counter) -> None:
    pages = office.workplace.pages
    pages.show_page("visits")
    pages.follow(OpenPage("front_desk"))
    pages.follow(OpenPaper("visits-ledger"))
    assert isinstance(pages.current_page, VisitsPage)
    assert not {"front_desk", "reports", "evaluations"} & places_for(office.workplace.desk)


def test_a_street_prints_the_report_of_its_figures_and_keeps_it(office: Counter) -> None:
    pages = office.workplace.pages
    pages.show_page("overview")
    assert isinstance(pages.current_page, OverviewPage)
    pages.follow(OpenPaper("street-month", period=parse_period("2026-09")))
    paper = pages.current_page
    assert isinstance(paper, PaperPage)
    office.wait(lambda: isinstance(paper.shown, Drafted))
    shown = paper.shown
    assert isinstance(shown, Drafted)
    kept = keep(office.workplace.desk, shown, CopyKind.PRINTED).value
    assert (kept.title, kept.report) == (shown.title, "street-month")


def test_the_street_words_its_own_papers_and_no_station_s(office: Counter) -> None:
    labels = {one.kind.label for one in wordings(office.workplace.desk)}
    assert labels == {"街道月报", "街道季报", "街道半年报", "街道年报"}


def test_a_street_registers_and_prints_no_visits_of_its_own(office: Counter) -> None:
    office.workplace.pages.show_page("visits")
    office.settle()
    assert "还没有站点上报的来访" in office.words()
    assert "登记  F2" not in office.words()
    assert "打印台账" not in office.words()
    office.press(Qt.Key.Key_F2)
    assert isinstance(office.workplace.pages.current_page, VisitsPage)


def test_a_street_plans_no_activities(office: Counter) -> None:
    office.workplace.pages.show_page("activities")
    office.settle()
    assert "还没有站点上报的活动" in office.words()
    assert "新增活动" not in office.words()


def test_residents_at_a_street_say_why_nobody_can_be_found(office: Counter) -> None:
    office.workplace.pages.show_page("residents")
    office.settle()
    assert "完整资料" in office.words()
    assert "新建档案" not in office.words()


def test_the_settings_of_a_street_are_those_that_mean_something_there(office: Counter) -> None:
    page = door.settings(office, "station")
    tabs = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    assert tabs == ["街道", "操作员", "文书用语", "表格模板", "备份", "本机显示"]
    assert "编号序列" not in office.words()


def test_the_window_s_check_follows_what_the_stations_sent(office: Counter) -> None:
    with office.workplace.desk.database.unrecorded() as connection:
        move(connection, Standing(station="QR01", name="青榕雅苑党群服务站", applied=3))
    section = door.settings(office, "backups").section
    assert isinstance(section, BackupsSection)
    section.health.click()
    office.wait(lambda: bool(open_dialogs()))
    assert "收件：“青榕雅苑党群服务站”的收件记录与它的进度对不上。" in office.words()
    open_dialogs()[0].close()


def test_a_street_s_window_is_backed_up_when_it_closes(
    office: Counter, street_home: StationHome
) -> None:
    office.settle()
    office.window.close()
    office.wait(lambda: not office.window.isVisible())
    assert any((street_home.path / "backups").iterdir())


def test_a_street_s_window_locks_and_opens_again(office: Counter) -> None:
    door.lock(office)
    door.unlock(office, PASSWORD)
    assert not office.is_locked
    assert office.workplace.desk.database.station.is_street


def test_f1_at_a_street_opens_the_street_s_own_manual(office: Counter) -> None:
    office.press(Qt.Key.Key_F1)
    office.wait(lambda: bool(open_dialogs()))
    sheet = open_dialogs()[0]
    assert isinstance(sheet, HelpSheet)
    assert (sheet.topic, "退回" in sheet.text.toPlainText()) == ("inbox", True)
    sheet.close()


def test_the_strip_of_a_street_says_nothing_of_reporting_to_a_street(office: Counter) -> None:
    assert "尚未向街道上报" not in office.words()


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("stations", ""),
        ("visits", ""),
        ("requests", ""),
        ("activities", ""),
        ("residents", ""),
        ("co_building", "problems"),
        ("volunteering", "volunteers"),
    ],
)
def test_a_street_s_lists_lead_out_too(office: Counter, key: str, part: str) -> None:
    office.workplace.pages.show_page(key)
    page = office.workplace.pages.current_page
    assert page is not None
    if part:
        page.turn_to(part)
    office.settle()
    doors = [
        one
        for one in page.findChildren(QPushButton)
        if one.text() == "导出" and one.isVisible() and "F12" in one.toolTip()
    ]
    assert len(doors) == 1
