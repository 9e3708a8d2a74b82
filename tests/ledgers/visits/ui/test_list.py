"""The list of visits: what it shows, what it hides and says so, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.core.handling import Handling
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import Action, VisitState
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.storage.paging import PAGE_SIZE
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from tests.driver.typing import press, type_text
from tests.driver.visits import CONTROL, ListSeat, choose
from tests.ledgers.visits.ui.ledger_data import Ledger


def test_names_are_masked_until_their_row_is_focused(seat: ListSeat, ledger: Ledger) -> None:
    for name in ("张淑芬", "赖建国"):
        ledger.visit("邻里纠纷人民调解申请", ledger.resident(name))
    seat.come()

    seat.wait_for("姓名", ["赖建国", "张*芬"])
    seat.press(Qt.Key.Key_Down)
    assert seat.column("姓名") == ["赖*国", "张淑芬"]


def test_rows_say_when_what_how_far_and_what_is_left(seat: ListSeat, ledger: Ledger) -> None:
    ledger.some_weeks()
    seat.come()

    seat.wait(lambda: len(seat.column("时间")) == 12)
    assert seat.column("时间")[1] == "11月23日 周一 09:20"
    assert seat.column("事项")[1] == "邻里纠纷人民调解申请"
    assert seat.column("状态")[:2] == ["办结", "登记"]
    assert seat.column("期限")[1] == "还剩3个工作日"
    assert seat.column("期限")[7] == "今天到期"
    assert seat.column("期限")[-2].startswith("超时")


def test_typing_narrows_the_list_and_the_foot_says_what_is_hidden(
    seat: ListSeat, ledger: Ledger
) -> None:
    for name in ("张淑芬", "赖建国"):
        ledger.visit("", ledger.resident(name))
    seat.come()
    seat.wait(lambda: len(seat.column("姓名")) == 2)

    seat.press(Qt.Key.Key_F, with_=CONTROL)
    seat.page.start_search()
    type_text(seat.filters.box, "zsf")

    seat.wait_for("姓名", ["张淑芬"])
    assert "只显示：“zsf”" in seat.foot()
    seat.button("清除筛选").click()
    seat.wait(lambda: len(seat.column("姓名")) == 2)
    assert "只显示" not in seat.foot()


@pytest.mark.parametrize(
    ("box", "word", "numbers"),
    [
        ("state", "交办", [2]),
        ("category", "养老服务", [6, 3]),
        ("handling", "帮办代办", [5, 3, 1]),
        ("stands", "超时", [1, 2]),
        ("stands", "今天到期", [5]),
        ("stands", "待办", [11, 8, 5, 3, 2, 1]),
        ("days", "今天", [12, 11, 10, 9]),
        ("days", "本月", [12, 11, 10, 9, 8, 7, 6, 5]),
    ],
)
def test_each_filter_leaves_what_fits(
    seat: ListSeat, ledger: Ledger, box: str, word: str, numbers: list[int]
) -> None:
    ledger.some_weeks()
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 12)

    choose(getattr(seat.filters, box), word)

    seat.wait_for("编号", [f"QR01-2026A-{number:05}" for number in numbers])
    assert f"只显示：{word}" in seat.foot()


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (VisitFilter(handling=Handling.ASSISTED), "帮办代办"),
        (VisitFilter(category="养老服务"), "养老服务"),
        (VisitFilter(overdue=True), "超时"),
        (VisitFilter(leads=True), "每批的第一件"),
        (
            VisitFilter(
                in_time=True, closed_since=date(2026, 11, 1), closed_until=date(2026, 11, 30)
            ),
            "2026年11月1日至2026年11月30日按时办结",
        ),
        (
            VisitFilter(since=date(2026, 11, 1), until=date(2026, 11, 30)),
            "2026年11月1日起 · 2026年11月30日止",
        ),
    ],
)
def test_the_rows_behind_a_figure_are_shown_and_said(
    seat: ListSeat, ledger: Ledger, wanted: VisitFilter, said: str
) -> None:
    ledger.some_weeks()
    expected = [row.number for row in service.page(ledger.desk, wanted).rows]
    assert 0 < len(expected) <= 12
    seat.page.narrow_to(wanted)
    seat.come()

    seat.wait_for("编号", expected)
    assert seat.filters.wanted() == wanted
    seat.wait(lambda: f"只显示：{said}" in seat.foot())
    seat.button("清除筛选").click()
    seat.wait(lambda: len(seat.column("编号")) == 12)
    assert seat.filters.wanted() == VisitFilter()


def test_what_no_box_can_say_is_taken_back_by_its_button(seat: ListSeat, ledger: Ledger) -> None:
    ledger.some_weeks()
    seat.page.narrow_to(VisitFilter(in_time=False))
    seat.come()
    seat.wait(lambda: bool(seat.pane()))
    seat.button("超时办结").click()
    seat.wait(lambda: len(seat.column("编号")) == 12)
    assert not seat.filters.beyond.isVisible()


def test_a_span_of_days_is_typed_and_a_wrong_day_is_said_beside_it(
    seat: ListSeat, ledger: Ledger
) -> None:
    ledger.some_weeks()
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 12)

    choose(seat.filters.days, "起止日期…")
    type_text(seat.filters.since.editor, "10-20")
    type_text(seat.filters.until.editor, "10-31")
    seat.wait_for("编号", ["QR01-2026A-00004", "QR01-2026A-00003", "QR01-2026A-00002"])
    seat.filters.since.editor.set_value("10-99")  # type: ignore[attr-defined]

    assert "不是一个日期" in seat.filters.since.problem
    assert len(seat.column("编号")) == 3


def test_a_span_that_ends_before_it_begins_is_said(seat: ListSeat) -> None:
    seat.come()
    choose(seat.filters.days, "起止日期…")
    type_text(seat.filters.since.editor, "11-20")
    type_text(seat.filters.until.editor, "11-02")

    assert "止日早于起日" in seat.filters.until.problem


def test_pages_are_turned_by_key_to_the_last_and_back(seat: ListSeat, ledger: Ledger) -> None:
    for _ in range(2 * PAGE_SIZE + 3):
        service.count_only(ledger.desk)
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == PAGE_SIZE)
    first = seat.column("编号")

    seat.press(Qt.Key.Key_PageDown, with_=CONTROL)
    seat.wait(lambda: seat.column("编号") != first)
    seat.press(Qt.Key.Key_End, with_=CONTROL)
    seat.wait(lambda: seat.column("编号")[-1] == "QR01-2026A-00001")
    assert not seat.button("最早").isEnabled()
    seat.press(Qt.Key.Key_PageUp, with_=CONTROL)
    seat.wait(lambda: seat.column("编号")[-1] != "QR01-2026A-00001")
    seat.press(Qt.Key.Key_Home, with_=CONTROL)
    seat.wait_for("编号", first)
    assert "共 103 件" in seat.foot()


def test_enter_opens_the_focused_visit(seat: ListSeat, ledger: Ledger) -> None:
    visit = ledger.visit()
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)

    seat.press(Qt.Key.Key_Return)

    assert seat.routes == [Open("visits", visit.uid)]


def test_f2_and_the_button_lead_to_the_front_desk(seat: ListSeat) -> None:
    seat.come()
    seat.page.start_new()
    seat.page.title.action.click()
    assert seat.routes == [OpenPage("front_desk")] * 2


def test_a_step_is_taken_from_the_row_by_its_key_and_can_be_taken_back(
    seat: ListSeat, ledger: Ledger
) -> None:
    visit = ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    seat.come()
    seat.wait_for("状态", ["登记"])

    seat.press(Qt.Key.Key_D)
    seat.fill(result="双方已和解")
    seat.save()

    seat.wait_for("状态", ["办结"])
    assert seat.news == ["已办结：张淑芬 邻里纠纷人民调解申请"]
    undo = seat.changes[0].undo
    assert undo is not None
    undo.call(ledger.desk)
    assert ledger.read(visit.uid).state is VisitState.REGISTERED


def test_a_row_offers_only_what_may_follow(seat: ListSeat, ledger: Ledger) -> None:
    ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    service.count_only(ledger.desk)
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 2)

    assert _on_row(seat) == []
    seat.press(Qt.Key.Key_D)
    assert not seat.has_sheet
    seat.press(Qt.Key.Key_Down)
    assert _on_row(seat) == ["接办", "办结", "交办"]


def test_a_volunteer_who_only_registers_is_offered_no_step_but_reporting(
    desk: Desk, runner: JobRunner, qtbot: QtBot, ledger: Ledger
) -> None:
    ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    actor = replace(desk.actor, rights=frozenset({Right.READ, Right.REGISTER}))
    seat = ListSeat(VisitsPage(replace(desk, actor=actor), runner), qtbot)
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)

    assert _on_row(seat) == [Action.REPORT_URGENT.label]


def test_an_empty_ledger_says_the_next_step(seat: ListSeat) -> None:
    seat.come()
    seat.wait(lambda: seat.pane() == "还没有来访登记。")
    seat.table.next_step.emit()
    assert seat.routes == [OpenPage("front_desk")]


def test_a_filter_that_hides_everything_offers_to_clear_it(seat: ListSeat, ledger: Ledger) -> None:
    ledger.visit()
    seat.come()
    seat.page.search_for("没有这个人")
    seat.wait(lambda: seat.pane() == "没有符合条件的来访。")

    seat.table.next_step.emit()

    seat.wait(lambda: len(seat.column("编号")) == 1 and not seat.pane())
    assert seat.filters.words() == ""


def test_a_list_that_cannot_be_read_says_why(desk: Desk, runner: JobRunner, qtbot: QtBot) -> None:
    nobody = replace(desk, actor=replace(desk.actor, rights=frozenset()))
    seat = ListSeat(VisitsPage(nobody, runner), qtbot)
    seat.come()
    seat.wait(lambda: "没有“查看台账”权限" in seat.pane())


def test_petitions_stand_in_no_list(seat: ListSeat, ledger: Ledger) -> None:
    petition = next(one.name for one in ledger.matters.values() if one.petition)
    ledger.visit(petition)
    ledger.visit("", None, entry_summary="问路")
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)
    assert seat.column("事由") == ["问路"]


def test_filter_and_focused_row_are_kept_while_one_looks_at_a_visit(
    seat: ListSeat, ledger: Ledger
) -> None:
    ledger.some_weeks()
    seat.come()
    choose(seat.filters.stands, "待办")
    seat.wait(lambda: len(seat.column("编号")) == 6)
    seat.focus("QR01-2026A-00003")
    seat.press(Qt.Key.Key_Return)

    seat.page.hide()
    seat.page.take(frozenset({"visits"}))
    seat.page.show()
    seat.page.arrive()

    seat.wait(lambda: seat.table.view.hasFocus())
    row = seat.table.row(seat.table.focused_uid() or "")
    assert row is not None
    assert row.line.number == "QR01-2026A-00003"
    assert len(seat.column("编号")) == 6


def test_late_entries_say_so(seat: ListSeat, ledger: Ledger) -> None:
    ledger.visit("", None, day=ledger.desk.today.replace(day=2), entry_summary="问路")
    seat.come()
    seat.wait_for("事由", ["补录 · 问路"])


def test_a_narrow_window_gives_up_columns_and_keeps_state_and_limit(
    seat: ListSeat, ledger: Ledger
) -> None:
    ledger.visit()
    seat.come(width=950)
    seat.wait(lambda: len(seat.column("编号")) == 1)
    assert _shown_columns(seat) == ["时间", "姓名", "事项", "状态", "期限", "事由"]
    seat.page.resize(1700, 760)
    seat.wait(lambda: len(_shown_columns(seat)) == 9)


def test_every_control_of_the_list_can_be_named(seat: ListSeat, ledger: Ledger) -> None:
    ledger.some_weeks()
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 12)
    choose(seat.filters.days, "起止日期…")
    assert seat.nameless() == []


def test_down_in_the_box_goes_to_the_list(seat: ListSeat, ledger: Ledger) -> None:
    ledger.visit()
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)
    seat.page.start_search()
    press(seat.filters.box, Qt.Key.Key_Down)
    assert seat.table.view.hasFocus()


def _on_row(seat: ListSeat) -> list[str]:
    buttons = seat.table.view.viewport().findChildren(QToolButton)
    return [button.text() for button in buttons if button.isVisible()]


def _shown_columns(seat: ListSeat) -> list[str]:
    return [
        column.title
        for at, column in enumerate(seat.table.model.columns)
        if not seat.table.view.isColumnHidden(at)
    ]


def test_the_steps_on_a_row_leave_two_thirds_of_it_to_be_read(
    seat: ListSeat, ledger: Ledger
) -> None:
    ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    seat.come(width=1290)
    seat.wait(lambda: len(_on_row(seat)) == 3)
    seat.page.resize(620, 760)
    seat.wait(lambda: len(_on_row(seat)) < 3)
    assert _on_row(seat)[0] == "接办"


def test_where_limits_find_no_room_an_overdue_state_says_so(seat: ListSeat, ledger: Ledger) -> None:
    ledger.some_weeks()
    seat.come()
    seat.wait(lambda: len(seat.column("状态")) == 12)
    assert seat.column("状态")[-1] == "接办"
    seat.page.resize(620, 760)
    seat.wait(lambda: seat.column("状态")[-1].startswith("超时"))
    assert seat.column("状态")[1] == "登记"
