"""诉求 and 三单 at a street: rows of two stations are told apart, narrowed, masked, only read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.ids import Uid
from desktop_app.core.route import Open
from desktop_app.ledgers.requests.ui.page import RequestsPage
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.ui.board_pane import BoardPane
from desktop_app.station.co_building.ui.page import CoBuildingPage
from desktop_app.storage.session import Desk
from tests.driver.inbox import InboxDesk
from tests.driver.program import Counter
from tests.driver.visits import choose
from tests.ledgers.agreements.builders import signed, unit
from tests.ledgers.requests.builders import register
from tests.ledgers.three_lists.builders import act, offer, propose, raise_problem
from tests.street.neighbourhood import Branch, Neighbourhood

pytestmark = pytest.mark.sqlite_only

FIRST, SECOND = "青榕雅苑党群服务站", "翠竹园党群服务站"
PRIVATE = ("陈桂英", "13800005678", "赖建国", "13900001234", "13700004321", "李慧敏")
"""Who answers for a duty is said; who raised something, and how to call anybody, is not."""

KINDS = ("problems", "offers", "duties", "partners", "agreements")


def busy(desk: Desk) -> dict[str, Uid]:
    """Something on every list; answers one of each kind, and an offer that nobody was given."""
    power = unit(desk, name="澄岭供电所")
    problem = raise_problem(desk, raiser="赖建国", raiser_phone="13900001234")
    given = offer(desk, partner=power.uid, partner_name=power.name)
    duty = propose(desk, problem, given, amount=1, person="林志强", person_phone="13700004321")
    return {
        "problems": problem.uid,
        "offers": given.uid,
        "duties": act(desk, duty, DutyAction.ACCEPT).uid,
        "partners": power.uid,
        "agreements": signed(desk, power.uid).uid,
        "requests": register(desk).uid,
        "unclaimed": offer(desk, partner=power.uid, resource="义务磨刀").uid,
    }


@pytest.fixture
def told(
    inbox: InboxDesk, branch: Branch, around: Neighbourhood, stick: Path, office: Counter
) -> dict[str, Uid]:
    """Both stations have something on every list and have reported it; what is the first one's."""
    second = around.joined("QR02", SECOND, office.workplace.desk)
    mine = busy(branch.desk)
    busy(second.desk)
    raise_problem(second.desk, description="东门外非机动车乱停", category="停车秩序")
    inbox.drop(branch.report(stick), second.report(stick))
    return mine


def lists(office: Counter, part: str) -> Any:
    """A tab of 三单, once it has read what it shows."""
    office.workplace.pages.show_page("co_building")
    page = office.workplace.pages.current_page
    assert isinstance(page, CoBuildingPage)
    page.turn_to(part)
    office.settle()
    return page.pane


def column(table: Any, title: str) -> list[str]:
    """What a table says in one column."""
    model = table.model
    at = next(number for number, one in enumerate(model.columns) if one.title == title)
    return [
        str(model.index(row, at).data(Qt.ItemDataRole.DisplayRole))
        for row in range(model.rowCount())
    ]


def cells(table: Any) -> str:
    """Everything a table says."""
    return "\n".join(text for one in table.model.columns for text in column(table, one.title))


def filters(pane: Any) -> Any:
    """The row above a list of 三单."""
    for name in ("filters", "agreements", "units"):
        if hasattr(pane, name):
            return getattr(pane, name)
    raise AssertionError(pane)


def cards(pane: BoardPane) -> dict[str, list[str]]:
    """What stands in each column of the board: where its cards are from."""
    return {one.title: [card.place for card in one.cards] for one in pane.board.columns}


def opened(office: Counter, kind: str, uid: Uid) -> Any:
    office.workplace.pages.follow(Open(kind, uid))
    office.settle()
    return office.workplace.pages.current_page


# --- lists ----------------------------------------------------------------------------------------


def test_every_list_says_whose_its_rows_are_and_is_narrowed_to_one_station(
    office: Counter, told: dict[str, Uid]
) -> None:
    for kind in KINDS:
        pane = lists(office, kind)
        where = column(pane.table, "站点")
        assert set(where) == {FIRST, SECOND}, kind
        filters(pane).station.set_codes(["QR02"])
        office.settle()
        assert column(pane.table, "站点") == [SECOND] * where.count(SECOND), kind
        filters(pane).station.set_codes([])
        office.settle()
        assert sorted(column(pane.table, "站点")) == sorted(where), kind


def test_requests_of_two_stations_are_told_apart_and_narrowed(
    office: Counter, told: dict[str, Uid]
) -> None:
    office.workplace.pages.show_page("requests")
    office.settle()
    page = office.workplace.pages.current_page
    assert isinstance(page, RequestsPage)
    assert sorted(column(page.table, "站点")) == sorted([FIRST, SECOND])
    assert page.filters.station is not None
    choose(page.filters.station, SECOND)
    office.settle()
    assert column(page.table, "站点") == [SECOND]


def test_no_list_and_no_record_names_anybody_whom_the_profile_masks(
    office: Counter, told: dict[str, Uid]
) -> None:
    for kind in KINDS:
        listed = cells(lists(office, kind).table)
        assert [one for one in PRIVATE if one in listed] == [], kind
    for kind in (*KINDS, "requests"):
        opened(office, kind, told[kind])
        shown = office.words()
        assert [one for one in PRIVATE if one in shown] == [], kind
    assert ("陈*英" in shown, "138****5678" in shown) == (True, True)


def test_a_record_of_every_list_says_whose_it_is_and_offers_no_step(
    office: Counter, told: dict[str, Uid]
) -> None:
    for kind in (*KINDS, "requests"):
        page = opened(office, kind, told[kind])
        assert FIRST in office.words(), kind
        office.press(Qt.Key.Key_E, Qt.Key.Key_S, Qt.Key.Key_W, Qt.Key.Key_X, Qt.Key.Key_D)
        office.settle()
        assert not office.has_sheet, kind
        assert office.workplace.pages.current_page is page, kind
        for word in ("更正", "撤回", "派给", "申请销号", "修改", "签补充协议", "终止", "接办"):
            assert word not in office.words().split(), (kind, word)


def test_what_was_done_to_a_record_stays_at_its_station_and_no_card_stands_empty(
    office: Counter, told: dict[str, Uid]
) -> None:
    for kind in KINDS:
        page = opened(office, kind, told[kind])
        assert page.course.steps == (), kind
        assert not page.course.isVisible(), kind
    page = opened(office, "offers", told["unclaimed"])
    assert not page.nobody.isVisible(), "a street dispatches nothing"


# --- the board ------------------------------------------------------------------------------------


def test_the_board_says_whose_its_cards_are_and_is_narrowed_to_a_station_by_keyboard(
    office: Counter, told: dict[str, Uid]
) -> None:
    pane = lists(office, "board")
    assert {name: sorted(where) for name, where in cards(pane).items() if where} == {
        "待认领": [SECOND],
        "办理中": sorted([FIRST, SECOND]),
    }
    box = pane.filters.station
    assert box is not None
    office.press(Qt.Key.Key_F, with_=Qt.KeyboardModifier.ControlModifier)
    assert pane.filters.box.hasFocus()
    office.press(Qt.Key.Key_Tab)
    assert box.lineEdit().hasFocus()
    choose(box, "qryy")
    office.settle()
    assert {name: where for name, where in cards(pane).items() if where} == {"办理中": [FIRST]}
    assert FIRST in pane.filters.words()


def test_the_board_counts_of_a_station_what_its_lists_count(
    office: Counter, told: dict[str, Uid]
) -> None:
    for codes in ([], ["QR01"], ["QR02"]):
        board = lists(office, "board")
        board.filters.station.set_codes(codes)
        office.settle()
        shown = sum(len(one.cards) for one in board.board.columns)
        counted = 0
        for kind, stand in (("problems", "待认领"), ("duties", "办理中")):
            pane = lists(office, kind)
            pane.filters.station.set_codes(codes)
            office.settle()
            counted += column(pane.table, "状态").count(stand)
        assert shown == counted == {(): 3, ("QR01",): 1, ("QR02",): 2}[tuple(codes)]


def test_a_card_is_found_by_its_station_and_moved_by_nobody(
    office: Counter, told: dict[str, Uid]
) -> None:
    pane = lists(office, "board")
    assert not pane.filters.offers("whose")
    pane.search_for("翠竹园")
    office.settle()
    assert [where for some in cards(pane).values() for where in some] == [SECOND, SECOND]
    pane.search_for("")
    office.settle()
    key = pane.board.columns[3].cards[0].key
    assert not any(pane.may_move(key, one.key) for one in pane.board.columns)
    pane.board.setFocus()
    office.press(Qt.Key.Key_J, Qt.Key.Key_S, Qt.Key.Key_F2)
    assert not office.has_sheet
