"""总览 by keyboard: periods, parts, who has not reported, rows, paper, the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPage, OpenPaper
from desktop_app.core.told import By
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.storage.session import Desk
from desktop_app.street.overview.ui.page import OverviewPage
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.overview import OverviewSeat
from tests.station.period_figures.small_ledger import without
from tests.street.street_data import StreetData

pytestmark = pytest.mark.sqlite_only
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
OCTOBER = parse_period("2026-10")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """The window's runner, shut down after the test."""
    apply_theme(qapp, Theme())
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


@pytest.fixture
def seat(street_desk: Desk, runner: JobRunner, qtbot: QtBot) -> OverviewSeat:
    """The page, not yet in front."""
    return OverviewSeat(OverviewPage(street_desk, runner), qtbot)


@pytest.fixture
def behind(data: StreetData, lived: Desk) -> Desk:
    """A street two of whose stations have not reported October."""
    data.report({"QR02": date(2026, 10, 12), "QR04": date(2026, 9, 30)})
    return lived


def october(seat: OverviewSeat) -> None:
    seat.come_in()
    seat.press(KEY.Key_PageUp)
    seat.settle()


def test_the_page_names_at_once_who_has_not_reported(seat: OverviewSeat, behind: Desk) -> None:
    october(seat)
    remark = seat.page.remark.text()
    assert "4 个站点中 2 个未报送：书院雅苑党群服务站、望江雅苑党群服务站" in remark
    assert seat.waiting() == [
        ["QR04", "书院雅苑党群服务站", "报送到9月30日"],
        ["QR02", "望江雅苑党群服务站", "报送到10月12日"],
    ]
    assert [row[-1] for row in seat.rows()] == [
        "已报送",
        "报送到10月12日",
        "已报送",
        "报送到9月30日",
    ]


def test_when_all_have_reported_the_list_is_gone(seat: OverviewSeat, lived: Desk) -> None:
    october(seat)
    assert "4 个站点都已报送" in seat.page.remark.text()
    assert not seat.page.content.waiting.isVisible()


def test_keys_change_the_parts_and_the_page_stays_where_it_is(
    seat: OverviewSeat, lived: Desk
) -> None:
    october(seat)
    parts, scroll = seat.page.content.parts, seat.page.content.verticalScrollBar()
    parts.by.setFocus()
    scroll.setValue(parts.y())
    at = scroll.value()
    heads = {}
    for key, by in ((KEY.Key_2, By.COMMUNITY), (KEY.Key_3, By.CATEGORY), (KEY.Key_4, By.MONTH)):
        seat.press(key)
        seat.settle()
        assert parts.wanted[0] is by
        heads[by] = [row[0] for row in seat.rows()]
    assert heads[By.COMMUNITY][-1] == "未写明社区"
    assert "物业纠纷" in heads[By.CATEGORY]
    assert heads[By.MONTH] == ["2026-10"]
    assert scroll.value() == at
    seat.press(KEY.Key_1)
    seat.settle()
    assert seat.rows()[0][0] == "青榕雅苑党群服务站"


def test_a_figure_opens_the_rows_of_the_street_and_a_line_those_of_its_station(
    seat: OverviewSeat, lived: Desk
) -> None:
    october(seat)
    seat.page.content.tiles["visits.registered"].setFocus()
    seat.press(KEY.Key_Return)
    days = {"since": OCTOBER.first, "until": OCTOBER.last}
    assert seat.routes == [OpenPage("visits", wanted=VisitFilter(**days))]  # type: ignore[arg-type]
    seat.routes.clear()
    table = seat.page.content.parts.table
    assert table is not None
    table.view.setFocus()
    table.focus_row("QR02 望江雅苑党群服务站")
    assert "望江雅苑党群服务站：按数字键看明细——1 登记件数" in seat.page.how.text()
    seat.press(KEY.Key_Return, KEY.Key_4, KEY.Key_5)
    mine = {**days, "stations": ("QR02",)}
    assert seat.routes[0] == OpenPage("visits", wanted=VisitFilter(**mine))  # type: ignore[arg-type]
    opened = {route.page: route.wanted for route in seat.routes[1:] if isinstance(route, OpenPage)}
    assert opened.get("activities", ActivityFilter(**mine, held=True)) == ActivityFilter(  # type: ignore[arg-type]
        **mine,  # type: ignore[arg-type]
        held=True,
    )
    assert all("stations=('QR02',)" in repr(wanted) for wanted in opened.values())


def test_tab_goes_through_the_page_as_it_stands(seat: OverviewSeat, behind: Desk) -> None:
    october(seat)
    seat.page.bar.earlier.setFocus()
    stops = seat.stops(7)
    assert stops == [
        "下一期", "本月", "figure", "未报送的站点", "站点", "分开看：站点", "每月登记件数",
    ]  # fmt: skip


def test_ctrl_p_prints_the_report_of_the_period_on_show(seat: OverviewSeat, lived: Desk) -> None:
    october(seat)
    seat.press(KEY.Key_P, with_=CONTROL)
    assert seat.routes == [OpenPaper("street-month", period=OCTOBER)]
    seat.page.bar.length.setFocus()
    seat.press(KEY.Key_4)
    seat.settle()
    seat.press(KEY.Key_P, with_=CONTROL)
    assert seat.routes[-1] == OpenPaper("street-year", period=parse_period("2026"))


def test_the_table_on_show_is_saved(seat: OverviewSeat, lived: Desk, tmp_path: Path) -> None:
    october(seat)
    path = tmp_path / "各站点.csv"
    seat.page.save.save_to(str(path))
    seat.wait(lambda: bool(seat.news))
    assert seat.news == [f"表格已保存到 {path}"]
    assert path.read_bytes().decode("utf-8-sig").startswith("编码,站点,登记件数")


def test_who_may_take_nothing_along_has_no_button(
    lived: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    seat = OverviewSeat(OverviewPage(without(lived, Right.EXPORT), runner), qtbot)
    october(seat)
    assert not seat.page.save.isVisible()
    assert seat.page.title.action.isVisible()


def test_a_new_street_is_led_to_the_inbox(
    seat: OverviewSeat, data: StreetData, street_desk: Desk
) -> None:
    seat.come_in()
    assert seat.pane() == "2026年11月没有收到来访，也没有活动。"
    seat.page.pane.press()
    seat.press(KEY.Key_Space)
    assert seat.routes == [OpenPage("inbox")]


def test_a_period_in_which_nobody_reported_leads_back_to_this_one(
    seat: OverviewSeat, lived: Desk
) -> None:
    seat.come_in()
    seat.page.bar.show_period(parse_period("2024-05"))
    seat.settle()
    assert seat.pane() == "2024年5月没有收到来访，也没有活动。"
    seat.page.pane.press()
    seat.press(KEY.Key_Space)
    seat.settle()
    assert seat.page.bar.period == parse_period("2026-11")
