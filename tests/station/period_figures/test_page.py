"""报表 by keyboard: periods, figures and how they are counted, rows, charts, the picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.handling import Handling
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import EnteredFrom
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.station.period_figures.ui.page import ReportsPage
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver import sign_in as door
from tests.driver.program import Counter, program_on
from tests.driver.reports import ReportsSeat
from tests.filling import FilledAt
from tests.homes import StationHome
from tests.ledgers.activities import builders as held
from tests.ledgers.visits.builders import form, register, timed
from tests.station.period_figures.small_ledger import PETITION, at, without

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NOVEMBER: dict[str, Any] = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}


def two_months(lead: Desk, clock: FixedClock) -> None:
    """Two visits in October; in November four, one of them a petition, and an activity."""
    at(clock, date(2026, 10, 9))
    register(lead)
    register(lead, timed())
    at(clock, date(2026, 11, 23))
    register(lead)
    register(lead, timed(days=1))
    visits.count_only(lead)
    register(lead, PETITION)
    held.held(lead, clock, "陈桂英", "林阿婆")


@pytest.fixture
def month(lead: Desk, filled_at: FilledAt) -> Desk:
    """Two visits in October; in November four, one of them a petition, and an activity."""
    filled_at(lead, two_months)
    return lead


# --- periods --------------------------------------------------------------------------------------


def test_the_page_comes_with_this_month_and_the_keyboard_on_its_first_figure(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    assert seat.period() == "2026年11月"
    assert seat.figure("visits.registered") == "登记件数 4"
    assert "比上月 +2（+100.0%）" in seat.small("visits.registered")
    seat.wait(lambda: seat.focused_figure() == "visits.registered")
    assert "统计到11月23日" in seat.page.remark.text()


def test_keys_go_through_the_periods_and_no_further_than_today(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    assert seat.turn(KEY.Key_PageUp) == "2026年10月"
    assert seat.figure("visits.registered") == "登记件数 2"
    assert seat.turn(KEY.Key_PageDown) == "2026年11月"
    seat.press(KEY.Key_PageDown)
    assert seat.page.bar.period.label == "2026年11月"
    assert seat.turn(KEY.Key_PageUp, KEY.Key_PageUp, KEY.Key_T) == "2026年11月"


def test_a_longer_period_is_chosen_by_its_digit_and_keeps_its_end_in_sight(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    seat.turn(KEY.Key_PageUp)
    seat.page.bar.length.setFocus()
    assert seat.turn(KEY.Key_2) == "2026年第四季度"
    assert seat.figure("visits.registered") == "登记件数 6"
    assert seat.turn(KEY.Key_3) == "2026年下半年"
    assert seat.turn(KEY.Key_4) == "2026年"
    assert seat.turn(KEY.Key_1) == "2026年11月"


def test_a_period_without_anything_says_so_and_shows_the_way_on(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    seat.turn(KEY.Key_PageUp, KEY.Key_PageUp)
    assert seat.pane() == "2026年9月没有来访，也没有活动。"
    assert seat.button("另存为图片") is None
    seat.page.pane.press()
    assert seat.turn(KEY.Key_Space) == "2026年11月"
    assert seat.pane() == ""


def test_a_new_station_is_led_to_the_front_desk(seat: ReportsSeat) -> None:
    seat.come_in()
    assert seat.pane() == "2026年11月没有来访，也没有活动。"
    seat.page.pane.press()
    seat.press(KEY.Key_Space)
    assert seat.routes == [OpenPage("front_desk")]


def test_what_was_registered_meanwhile_is_counted_and_the_keyboard_stays(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    seat.wait(lambda: seat.focused_figure() != "")
    seat.press(KEY.Key_Right)
    register(month)
    seat.page.take(frozenset({"visits"}))
    seat.wait(lambda: seat.figure("visits.registered") == "登记件数 5")
    assert seat.focused_figure() == "visits.batches"


def test_what_cannot_be_read_is_said_with_a_way_to_try_again(
    month: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    stranger = ReportsSeat(ReportsPage(without(month, Right.READ), runner), qtbot)
    stranger.come()
    stranger.wait(lambda: "权限" in stranger.pane())
    assert stranger.button("再试一次") is not None
    assert stranger.button("另存为图片") is None


# --- figures --------------------------------------------------------------------------------------


def test_arrows_go_from_figure_to_figure_over_the_edges_of_the_cards(
    seat: ReportsSeat, month: Desk
) -> None:
    seat.come_in()
    seat.wait(lambda: seat.focused_figure() == "visits.registered")
    seat.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Left)
    assert seat.focused_figure() == "visits.batches"
    seat.press(KEY.Key_Home)
    last_row = []
    for _ in range(8):
        seat.press(KEY.Key_Down)
        last_row.append(seat.focused_figure().partition(".")[0])
    assert "activities" in last_row
    seat.press(KEY.Key_End)
    last = [f"{book.kind}.{figure.name}" for book in catalog.books() for figure in book.now][-1]
    assert seat.focused_figure() == last


def test_the_figures_are_one_stop_of_the_tab_key(seat: ReportsSeat, month: Desk) -> None:
    seat.come_in()
    seat.go_to("visits.people")
    stops = [
        tile.line.name
        for tile in seat.page.content.tiles.values()
        if tile.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["visits.people"]


def test_the_line_below_says_how_the_figure_is_counted(seat: ReportsSeat, month: Desk) -> None:
    seat.come_in()
    seat.go_to("visits.registered")
    assert "来访日期在期内的事项" in seat.how()
    assert "其中 1 属信访渠道告知，不列明细" in seat.how()
    assert "按 Enter 看明细" in seat.how()
    seat.go_to("visits.petitions")
    assert "只计件数，不列明细" in seat.how()
    assert "Enter" not in seat.how()


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("visits.registered", OpenPage("visits", wanted=VisitFilter(**NOVEMBER))),
        (
            "visits.timed",
            OpenPage("visits", wanted=VisitFilter(**NOVEMBER, handling=Handling.TIMED)),
        ),
        ("visits.open", OpenPage("visits", wanted=VisitFilter(open=True))),
        ("activities.held", OpenPage("activities", wanted=ActivityFilter(**NOVEMBER, held=True))),
    ],
)
def test_enter_opens_exactly_the_rows_of_a_figure(
    seat: ReportsSeat, month: Desk, name: str, route: OpenPage
) -> None:
    seat.come_in()
    seat.go_to(name)
    seat.press(KEY.Key_Return)
    seat.tile(name).click()
    assert seat.routes == [route, route]


@pytest.mark.parametrize("name", ["visits.petitions", "visits.evaluated", "visits.late"])
def test_what_has_no_rows_to_show_leads_nowhere(seat: ReportsSeat, month: Desk, name: str) -> None:
    seat.come_in()
    seat.go_to(name)
    seat.press(KEY.Key_Return)
    seat.tile(name).click()
    assert seat.routes == []


def test_where_no_page_lists_activities_their_figures_do_not_promise_one(
    month: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    seat = ReportsSeat(ReportsPage(month, runner), qtbot, with_activities=False)
    seat.come_in()
    seat.go_to("activities.held")
    assert "Enter" not in seat.how()
    seat.press(KEY.Key_Return)
    seat.chart("by_kind")
    seat.press(KEY.Key_Return)
    assert seat.routes == []


def test_few_evaluations_are_a_dash_that_says_why(seat: ReportsSeat, month: Desk) -> None:
    for _ in range(4):
        uid = register(month).uid
        visits.evaluate(month, uid, Satisfaction.DISSATISFIED, EnteredFrom.PAPER)
    seat.come_in()
    assert seat.figure("visits.evaluated") == "评价数 4"
    assert seat.figure("visits.dissatisfied") == "差评数 —"
    assert "不足 5 件" in seat.small("visits.dissatisfied")
    assert "居民评价" not in seat.charts()


def test_a_month_without_activities_says_so_instead_of_a_row_of_noughts(
    seat: ReportsSeat, lead: Desk
) -> None:
    register(lead)
    seat.come_in()
    assert not seat.tile("activities.held").isVisible()
    shown = [one.text() for one in seat.page.findChildren(QLabel) if one.isVisible()]
    assert "本期没有活动，也没有计划。" in shown


# --- charts and lists -----------------------------------------------------------------------------


def test_enter_on_a_bar_opens_its_rows(seat: ReportsSeat, month: Desk) -> None:
    seat.come_in()
    assert seat.charts()[:2] == ["每日登记件数", "业务类别"]
    seat.chart("over_time")
    seat.press(*[KEY.Key_Right] * 22)
    seat.press(KEY.Key_Return)
    day = date(2026, 11, 23)
    assert seat.routes == [OpenPage("visits", wanted=VisitFilter(since=day, until=day))]


def test_activities_and_overdue_matters_are_opened_from_their_lists(
    seat: ReportsSeat, month: Desk, clock: FixedClock
) -> None:
    at(clock, date(2026, 11, 27))
    seat.come_in()
    (activity,) = seat.page.content.activities.model.rows
    late = seat.page.content.overdue.model.rows[0]
    seat.page.content.overdue.view.setFocus()
    seat.press(KEY.Key_Return)
    seat.page.content.activities.view.setFocus()
    seat.press(KEY.Key_Return)
    assert seat.routes == [
        Open("visits", late.uid),  # type: ignore[attr-defined]
        Open("activities", activity.uid),  # type: ignore[attr-defined]
    ]


def test_every_control_is_named_by_what_it_shows(seat: ReportsSeat, month: Desk) -> None:
    seat.come_in()
    assert seat.nameless() == []


# --- picture and paper ----------------------------------------------------------------------------


def test_the_charts_are_saved_as_a_picture_and_the_audit_knows(
    seat: ReportsSeat, month: Desk, tmp_path: Path
) -> None:
    seat.come_in()
    path = tmp_path / "报表 2026年11月.png"
    seat.page.save.save_to(str(path))
    seat.wait(lambda: bool(seat.news))
    assert path.read_bytes().startswith(b"\x89PNG")
    assert seat.news == [f"图片已保存到 {path}"]
    with month.reading(needs=Right.READ_AUDIT) as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.detail) == ("另存报表图片", "2026-11", "2026年11月")


def open_sheets() -> list[QWidget]:
    """Messages that stand over the page."""
    return [one for one in QApplication.topLevelWidgets() if one.isModal() and one.isVisible()]


def test_a_picture_that_cannot_be_written_is_said_and_may_be_tried_again(
    seat: ReportsSeat, month: Desk, tmp_path: Path
) -> None:
    seat.come_in()
    seat.page.save.save_to(str(tmp_path / "没有这个文件夹" / "报表.png"))
    seat.wait(lambda: bool(open_sheets()))
    (sheet,) = open_sheets()
    words = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "保存图片" in words
    sheet.close()
    assert seat.page.save.isEnabled()


def test_who_may_not_take_anything_along_has_no_button_for_it(
    month: Desk, runner: JobRunner, qtbot: QtBot
) -> None:
    seat = ReportsSeat(ReportsPage(without(month, Right.EXPORT), runner), qtbot)
    seat.come_in()
    assert seat.button("另存为图片") is None


def test_the_period_on_show_goes_on_paper_with_one_key(seat: ReportsSeat, month: Desk) -> None:
    went: list[object] = []
    seat.page.routed.connect(went.append)
    seat.come_in()
    seat.press(Qt.Key.Key_P, with_=Qt.KeyboardModifier.ControlModifier)
    assert went == [OpenPaper("month", period=parse_period("2026-11"))]


# --- in the window --------------------------------------------------------------------------------


@pytest.fixture
def window(
    station_home: StationHome, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Counter]:
    """The program at its door; a visit was registered late on Friday."""
    with station_home.session() as session:
        register(session.desk)
        visits.register_late(session.desk, form(), date(2026, 11, 20))
    settings = tmp_path / "local.json"
    with program_on(station_home.path, station_home.clock, qtbot, qapp, settings) as opened:
        yield opened


@pytest.mark.sqlite_only
def test_from_a_figure_to_its_list_and_back(window: Counter) -> None:
    door.come_in(window)
    pages = window.workplace.pages
    pages.show_page("reports")
    page = pages.current_page
    assert isinstance(page, ReportsPage)
    window.wait(lambda: page.report is not None)
    page.content.tiles["visits.late_entries"].setFocus()
    window.press(KEY.Key_Return)
    window.wait(lambda: isinstance(pages.current_page, VisitsPage))
    listed = pages.current_page
    assert isinstance(listed, VisitsPage)
    window.wait(lambda: len(listed.table.model.rows) == 1)
    assert "补录" in listed.filters.words()
    window.press(KEY.Key_Left, with_=ALT)
    window.wait(lambda: pages.current_page is page)
    window.wait(lambda: page.content.tiles["visits.late_entries"].hasFocus())
