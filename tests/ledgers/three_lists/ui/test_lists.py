"""问题清单, 共建清单, 责任清单: rows in words, narrowed and paged, steps on the focused row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, OfferFilter, ProblemFilter
from desktop_app.ledgers.three_lists.rules.offer import OfferState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.storage.session import Desk
from tests.driver.three_lists import fill_form, save_form
from tests.ledgers.three_lists.builders import TODAY, offer, propose, raise_problem, stored
from tests.ledgers.three_lists.ui.conftest import Lists
from tests.ledgers.three_lists.ui.lists_data import a_busy_list, partner

KEY = Qt.Key


def test_problems_are_listed_with_place_day_and_state(listed: Lists, desk: Desk) -> None:
    a_busy_list(desk)
    seat = listed("problems")
    assert seat.column("状态") == [
        "提出", "提出", "已销号", "已认领", "待认领", "已认领", "已认领",
    ]  # fmt: skip
    assert seat.column("小区")[0] == "青榕雅苑"
    assert seat.column("希望解决")[-1] == "11月25日 周三"
    assert seat.nameless() == []


def test_a_problem_past_its_day_says_so(listed: Lists, desk: Desk) -> None:
    raise_problem(desk, raised_on=TODAY - timedelta(9), wanted_by=TODAY - timedelta(3))
    assert listed("problems").column("希望解决") == ["逾期3天"]


def test_letters_take_steps_from_the_focused_row(listed: Lists, desk: Desk) -> None:
    problem = raise_problem(desk, listed=False)
    seat = listed("problems")
    seat.press(KEY.Key_L)
    seat.wait(lambda: seat.column("状态") == ["待认领"])
    seat.press(KEY.Key_W)
    seat.sheet()
    seat.fill(words="已由物业处理")
    seat.save()
    seat.wait(lambda: seat.column("状态") == ["撤回"])
    assert stored(desk, problem).state is ProblemState.WITHDRAWN
    assert [news.partition("：")[0] for news in seat.news] == ["已入单", "已撤回"]


def test_a_problem_is_merged_into_another_of_its_kind(listed: Lists, desk: Desk) -> None:
    kept = raise_problem(desk, description="楼道灯坏了")
    gone = raise_problem(desk)
    seat = listed("problems")
    seat.press(KEY.Key_M)
    seat.sheet()
    seat.save()
    assert "还没有选并入哪一条" in seat.problem("merged_into")
    picker = seat.sheet().fields["merged_into"].editor
    picker.list.enter()  # type: ignore[attr-defined]
    seat.save()
    seat.wait(lambda: stored(desk, gone).state is ProblemState.MERGED)
    assert stored(desk, kept).repeated == 1


def test_enter_opens_and_f2_fills_the_place_of_the_list(listed: Lists, desk: Desk) -> None:
    problem = raise_problem(desk)
    seat = listed("problems")
    seat.press(KEY.Key_Return)
    assert seat.routes == [Open("problems", problem.uid)]
    seat.page.start_new()
    form = seat.page.form
    assert form is not None
    seat.wait(lambda: form.fields["description"].editor.hasFocus())
    seat.press(KEY.Key_Escape)
    seat.wait(seat.table.isVisible)


def test_an_empty_list_says_the_next_step(listed: Lists) -> None:
    seat = listed("problems")
    assert seat.pane() == "还没有登记问题。"
    assert listed("offers").pane() == "还没有登记共建资源。"
    assert listed("duties").pane() == "还没有责任。"


def test_a_filter_that_hides_rows_says_so_and_can_be_cleared(listed: Lists, desk: Desk) -> None:
    a_busy_list(desk)
    seat = listed("problems")
    seat.page.filters.put("state", ProblemState.LISTED)
    seat.wait(lambda: seat.column("状态") == ["待认领"])
    seat.page.search_for("没有这个词")
    seat.wait(lambda: seat.pane() == "没有符合条件的问题。")
    seat.page.filters.clear()
    seat.wait(lambda: len(seat.column("状态")) == 7)


def test_the_rows_behind_a_figure_are_shown_and_said(listed: Lists, desk: Desk) -> None:
    duties = a_busy_list(desk)
    seat = listed("duties")
    wanted = DutyFilter(in_time=True, closed_since=TODAY, closed_until=TODAY)
    seat.page.narrow_to(wanted)
    seat.wait(lambda: seat.column("编号") == [duties[3].number])
    assert seat.page.wanted() == wanted
    assert seat.page.filters.beyond.text() == "2026年11月23日销号 · 按时销号"
    seat.page.filters.beyond.click()
    seat.wait(lambda: len(seat.column("编号")) == 4)


def test_what_a_figure_asks_for_is_put_into_the_boxes(listed: Lists, desk: Desk) -> None:
    a_busy_list(desk)
    cases = (
        ("problems", ProblemFilter(category="物业维修", open=True)),
        ("problems", ProblemFilter(state=ProblemState.CLOSED, since=TODAY, until=TODAY)),
        ("duties", DutyFilter(unit="澄岭供电所", live=True)),
        ("duties", DutyFilter(extended=True)),
        ("offers", OfferFilter(usable=True, category="养老服务")),
        ("offers", OfferFilter(state=OfferState.WITHDRAWN)),
    )
    seats = {kind: listed(kind) for kind in ("problems", "duties", "offers")}
    for kind, wanted in cases:
        seats[kind].page.narrow_to(wanted)
        assert seats[kind].page.wanted() == wanted
        seats[kind].settle()
        assert seats[kind].page.wanted() == wanted


def test_offers_say_how_much_of_them_is_left(listed: Lists, desk: Desk) -> None:
    a_busy_list(desk)
    used = offer(desk, resource="义诊", amount=1)
    propose(desk, raise_problem(desk), used)
    seat = listed("offers")
    assert seat.column("数量")[0] == "还剩0次，共1次"
    assert seat.column("状态") == ["已认领完", "可认领", "可认领", "可认领"]
    assert seat.column("数量")[1:] == ["还剩3场，共4场", "不限（已认领1次）", "还剩3次，共5次"]


def test_an_offer_is_written_down_with_its_unit_and_withdrawn(listed: Lists, desk: Desk) -> None:
    unit = partner(desk, "澄岭供电所")
    seat = listed("offers")
    seat.page.start_new()
    form = seat.page.form
    assert form is not None
    seat.wait(lambda: form.fields["partner"].editor.lineEdit().hasFocus())  # type: ignore[attr-defined]
    save_form(form)
    seat.wait(lambda: bool(form.fields["partner"].problem))
    assert form.fields["resource"].problem
    fill_form(
        form, partner="澄岭", way="上门", resource="电工检修", category="物业维修", amount="3"
    )
    save_form(form)
    seat.wait(lambda: seat.column("可提供资源") == ["电工检修"])
    (line,) = service.offers_page(desk).rows
    assert (line.partner, line.partner_name, line.amount) == (unit.uid, "澄岭供电所", 3)
    seat.come_back()
    seat.table.view.setFocus()
    seat.press(KEY.Key_W)
    seat.sheet()
    seat.fill(words="人手不够")
    seat.save()
    seat.wait(lambda: seat.column("状态") == ["已撤回"])
    seat.press(KEY.Key_O)
    seat.wait(lambda: seat.column("状态") == ["可认领"])


def test_a_list_of_many_goes_on_in_pages(listed: Lists, desk: Desk) -> None:
    for number in range(51):
        raise_problem(desk, description=f"第{number}件")
    seat = listed("problems")
    assert len(seat.column("问题")) == 50
    seat.press(KEY.Key_PageDown, with_=Qt.KeyboardModifier.ControlModifier)
    seat.wait(lambda: seat.column("问题") == ["第0件"])
    seat.press(KEY.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    seat.wait(lambda: len(seat.column("问题")) == 50)


def test_who_may_only_look_is_offered_no_step(listed: Lists, desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    reader = Desk(desk.database, type(desk.actor)(None, "看的人", "", frozenset({Right.READ})))
    seat = listed("duties", reader)
    seat.press(KEY.Key_J)
    assert stored(desk, duty).state is DutyState.PROPOSED
    assert listed("problems", reader).page.new_word == ""


@pytest.mark.sqlite_only
def test_a_street_looks_on_with_a_column_for_the_station(listed: Lists, street_desk: Desk) -> None:
    for kind, sentence in (
        ("problems", "还没有站点上报的问题。"),
        ("offers", "还没有站点上报的共建资源。"),
        ("duties", "还没有站点上报的责任。"),
    ):
        seat = listed(kind, street_desk)
        assert seat.pane() == sentence
        assert "站点" in [column.title for column in seat.table.model.columns]
        assert seat.page.filters.station is not None
        assert (seat.page.new_word, seat.page.tools) == ("", [])
