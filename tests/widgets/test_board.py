"""A board: what keys and mouse ask for, what stays focused and in view, what a reader hears."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.origin import Urgency
from desktop_app.widgets.board import Board, BoardCard, BoardColumn
from desktop_app.widgets.board_painter import owner_lines
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.row_actions import RowAction, RowActions, RowCommand
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.activities import nameless
from tests.driver.board import (
    click,
    double_click,
    hold_over,
    keys,
    lane,
    let_go,
    menu_key,
    right_click,
)
from tests.driver.typing import press
from tests.widgets.conftest import Shown

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TITLES = {"listed": "待认领", "doing": "办理中", "review": "待复核", "closed": "已销号"}
HINT = "没有申请销号的任务。"


def card(key: str) -> BoardCard:
    return BoardCard(
        key, f"Z01-2026A-{key}", f"事项 {key}", "金色家园 2 栋", "供电公司", "11月30日"
    )


def columns(**cards: str) -> tuple[BoardColumn, ...]:
    """The four columns; the cards of each are named by words."""
    return tuple(
        BoardColumn(key, title, tuple(card(word) for word in cards.get(key, "").split()), HINT)
        for key, title in TITLES.items()
    )


def numbers(first: int, last: int) -> str:
    return " ".join(str(number) for number in range(first, last + 1))


def not_to_the_list(_card: str, column: str) -> bool:
    return column not in ("listed", "review")


START = columns(listed="a b", doing="c d e", closed="f g h i")


@pytest.fixture
def board(show_in: Shown) -> Board:
    """A board of four columns, the third of them empty; cards go to 办理中 and 已销号 only."""
    made = Board("三单看板", may_move=not_to_the_list)
    made.set_columns(START)
    show_in(LineInput(), made)
    made.setFocus()
    return made


def test_the_first_card_is_focused_and_arrows_go_through_cards_and_columns(board: Board) -> None:
    assert board.focused_key() == "a"
    press(board, KEY.Key_Down, KEY.Key_Right)
    assert board.focused_key() == "d"
    press(board, KEY.Key_Left, KEY.Key_Up)
    assert board.focused_key() == "a"


def test_an_empty_or_short_column_on_the_way_does_not_change_the_row(board: Board) -> None:
    press(board, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Right)
    assert board.focused_key() is None
    assert lane(board, "review").view.hasFocus()
    press(board, KEY.Key_Right)
    assert board.focused_key() == "h"
    press(board, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left)
    assert board.focused_key() == "b"
    press(board, KEY.Key_Right)
    assert board.focused_key() == "e"


def test_arrows_stop_at_the_ends_of_the_board(board: Board) -> None:
    press(board, KEY.Key_Left, KEY.Key_Up)
    assert board.focused_key() == "a"
    press(board, *[KEY.Key_Right] * 6, *[KEY.Key_Down] * 9)
    assert board.focused_key() == "i"


def test_home_end_and_page_keys_go_through_a_long_column(board: Board) -> None:
    board.set_columns(columns(listed=numbers(1, 60)))
    press(board, KEY.Key_End)
    assert board.focused_key() == "60"
    press(board, KEY.Key_PageUp)
    assert 50 <= int(board.focused_key() or 0) < 60
    press(board, KEY.Key_Home)
    assert board.focused_key() == "1"
    press(board, KEY.Key_PageDown)
    assert 1 < int(board.focused_key() or 0) <= 10


def test_tab_comes_to_the_board_once_and_leaves_it_with_the_next(
    board: Board, window: QWidget
) -> None:
    press(board, KEY.Key_Right, KEY.Key_Tab)
    assert isinstance(window.focusWidget(), LineInput)
    press(window, KEY.Key_Tab)
    assert board.focused_key() == "c"
    assert lane(board, "doing").view.hasFocus()


def test_enter_and_a_double_click_open_the_card(board: Board) -> None:
    opened: list[str] = []
    board.card_opened.connect(opened.append)
    press(board, KEY.Key_Down, KEY.Key_Return)
    double_click(board, "d")
    assert opened == ["b", "d"]


def test_ctrl_and_arrow_ask_for_the_nearest_column_that_takes_the_card(board: Board) -> None:
    asked, refused = wishes(board)
    press(board, KEY.Key_Right)
    press(board, KEY.Key_Right, with_=CONTROL)
    press(board, KEY.Key_Left, with_=CONTROL)
    assert asked == [("c", "closed")]
    assert refused == [("c", "listed")]
    assert keys(board)["doing"] == ["c", "d", "e"]
    assert board.focused_key() == "c"


def test_nothing_is_asked_for_beyond_the_last_column(board: Board) -> None:
    asked, refused = wishes(board)
    board.focus_card("f")
    press(board, KEY.Key_Right, with_=CONTROL)
    assert (asked, refused) == ([], [])


def test_a_card_dragged_over_a_column_that_takes_it_is_asked_for_when_let_go(board: Board) -> None:
    asked, refused = wishes(board)
    hold_over(board, "a", "doing")
    drops = {one.key: one.drop for one in board.ground.lanes}
    assert drops == {"listed": "", "doing": "over", "review": "no", "closed": "yes"}
    assert board.drag.label.words == "松开，移到“办理中”"
    let_go(board, "a", "doing")
    assert (asked, refused) == ([("a", "doing")], [])
    assert {one.drop for one in board.ground.lanes} == {""}
    assert board.drag.label.words == ""
    assert keys(board)["listed"] == ["a", "b"]


def test_a_column_that_does_not_take_the_card_says_so(board: Board) -> None:
    asked, refused = wishes(board)
    hold_over(board, "c", "review")
    assert board.drag.label.words == "不能移到“待复核”"
    let_go(board, "c", "review")
    assert (asked, refused) == ([], [("c", "review")])


def test_esc_and_letting_go_at_home_move_nothing(board: Board) -> None:
    asked, refused = wishes(board)
    hold_over(board, "c", "closed")
    press(board, KEY.Key_Escape)
    assert board.drag.label.words == ""
    let_go(board, "c", "closed")
    hold_over(board, "c", "doing")
    let_go(board, "c", "doing")
    assert (asked, refused) == ([], [])


def test_a_card_that_goes_while_it_is_dragged_is_let_go(board: Board) -> None:
    asked, refused = wishes(board)
    hold_over(board, "c", "closed")
    board.set_columns(columns(listed="a b", doing="d e", closed="f g h i"))
    assert board.drag.label.words == ""
    let_go(board, "d", "closed")
    assert (asked, refused) == ([], [])


def test_a_click_focuses_a_card_and_beside_the_cards_changes_nothing(board: Board) -> None:
    told: list[object] = []
    click(board, "g")
    board.focused.connect(told.append)
    assert board.focused_key() == "g"
    click(board, "d")
    assert (told[-1], board.focused_key()) == ("d", "d")
    marked = [one.key for one in board.ground.lanes if one.view.selectedIndexes()]
    assert marked == ["doing"]


def test_the_menu_is_asked_for_at_the_card_by_key_and_by_mouse(board: Board) -> None:
    asked: list[tuple[str, QPoint]] = []
    board.menu_wanted.connect(lambda key, place: asked.append((key, place)))
    menu_key(board)
    right_click(board, "d")
    assert [key for key, _ in asked] == ["a", "d"]
    assert board.focused_key() == "d"
    homes = [lane(board, "listed"), lane(board, "doing")]
    places = [place for _, place in asked]
    for home, place in zip(homes, places, strict=True):
        assert home.rect().contains(home.mapFromGlobal(place))


def test_the_focus_goes_with_a_moved_card_and_keeps_the_keyboard(board: Board) -> None:
    press(board, KEY.Key_Right, KEY.Key_Down)
    board.set_columns(columns(listed="a b", doing="c e", review="d", closed="f g h i"))
    assert board.focused_key() == "d"
    assert lane(board, "review").view.hasFocus()
    press(board, KEY.Key_Left)
    assert board.focused_key() == "c"


def test_a_card_that_is_gone_leaves_the_focus_to_the_one_in_its_place(board: Board) -> None:
    press(board, KEY.Key_Right, KEY.Key_Down)
    board.set_columns(columns(listed="a b", doing="c e", closed="f"))
    assert board.focused_key() == "e"
    board.set_columns(columns(listed="a b", closed="f"))
    assert board.focused_key() is None
    assert lane(board, "doing").view.hasFocus()


def test_columns_read_anew_do_not_take_the_keyboard_from_elsewhere(
    board: Board, window: QWidget
) -> None:
    press(board, KEY.Key_Tab)
    elsewhere = window.focusWidget()
    board.set_columns(columns(doing="a", closed="f"))
    assert board.focused_key() == "a"
    assert window.focusWidget() is elsewhere


def test_what_is_in_view_stays_there_when_cards_come_and_go_above_it(board: Board) -> None:
    board.set_columns(columns(doing=numbers(1, 60), closed=numbers(101, 160)))
    board.focus_card("30")
    other = lane(board, "closed").view
    other.verticalScrollBar().setValue(20 * other.painter.shape.height + 7)
    before = [places(board, "30"), places(board, "125")]
    board.set_columns(
        columns(
            doing=f"x y z {numbers(5, 60)}", closed=f"u {numbers(101, 110)} {numbers(121, 160)}"
        )
    )
    assert [places(board, "30"), places(board, "125")] == before
    assert board.focused_key() == "30"


def test_a_list_at_its_top_stays_there_so_that_new_cards_are_seen(board: Board) -> None:
    board.set_columns(columns(listed="a", closed=numbers(1, 60)))
    board.set_columns(columns(listed="a", closed=f"new {numbers(1, 60)}"))
    assert lane(board, "closed").view.verticalScrollBar().value() == 0


def test_other_columns_come_and_go_and_change_places(board: Board) -> None:
    press(board, KEY.Key_Right)
    turned = (START[3], START[1], BoardColumn("new", "新提出", (card("n"),)))
    board.set_columns(turned)
    assert keys(board) == {"closed": ["f", "g", "h", "i"], "doing": ["c", "d", "e"], "new": ["n"]}
    assert board.focused_key() == "c"
    board.set_columns((START[0],))
    assert board.focused_key() == "a"
    board.set_columns(())
    assert (board.focused_key(), board.columns) == (None, ())


def test_a_key_that_is_there_twice_is_refused(board: Board) -> None:
    with pytest.raises(ValueError, match="twice"):
        board.set_columns(columns(listed="a", doing="a"))
    assert keys(board)["listed"] == ["a", "b"]


def test_a_reader_hears_columns_with_their_counts_and_cards_with_all_they_say(
    board: Board,
) -> None:
    late = replace(
        card("a"), late=True, urgency=Urgency.URGENT, marks=(ChipText("退回 1 次", "warn"),)
    )
    board.set_columns([replace(START[0], cards=(late,)), *START[1:]])
    heard = QAccessible.queryAccessibleInterface(lane(board, "listed").view)
    assert heard is not None
    name = QAccessible.Text.Name
    assert heard.text(name) == "待认领，1 件，其中逾期 1 件"
    child = heard.child(0)
    assert child is not None
    assert child.text(name) == (
        "事项 a，紧急，金色家园 2 栋，责任单位或责任人：供电公司，期限：11月30日 逾期，"
        "退回 1 次，编号 Z01-2026A-a"
    )
    assert lane(board, "review").view.accessibleName() == f"待复核，0 件，{HINT}"
    assert board.accessibleName() == "三单看板"


def test_nothing_on_the_board_is_without_a_name(board: Board, window: QWidget) -> None:
    assert nameless(board) == []
    for one in board.ground.lanes:
        assert (one.accessibleName() != "", one.view.accessibleName() != "") == (True, True)


@pytest.mark.parametrize("room", [904, 1246])
def test_six_columns_of_late_cards_stand_side_by_side_on_a_small_screen(
    look: QApplication, qtbot: QtBot, room: int
) -> None:
    # What 1024 and 1366 pixels leave beside the rail and the margins of a page.
    board = Board("三单看板")
    qtbot.addWidget(board)
    late = replace(card("a"), late=True, owner="国网福建省电力有限公司")
    cards = [replace(late, key=str(at)) for at in range(6)]
    board.set_columns([BoardColumn(one.key, "办理中", (one,)) for one in cards])
    board.resize(room, 500)
    with qtbot.waitExposed(board):
        board.show()
    assert board.ground.horizontalScrollBar().maximum() == 0
    assert board.ground.lanes[-1].geometry().right() < room


def test_columns_are_never_too_narrow_for_the_due_date_and_the_owner(
    board: Board, window: QWidget
) -> None:
    window.resize(500, 500)
    owner = "中国邮政储蓄银行股份有限公司龙岩市新罗区支行营业部"
    board.set_columns([replace(START[0], cards=(replace(card("a"), owner=owner),)), *START[1:]])
    view = lane(board, "listed").view
    need = board.ground.needs("listed")
    assert owner_lines(need.owner, view.painter.shape.words) == 2
    assert view.painter.shape.words * 2 >= need.owner
    assert view.painter.shape.words >= need.due
    assert board.ground.horizontalScrollBar().maximum() > 0
    board.focus_card("i")
    assert board.ground.horizontalScrollBar().value() > 0


def test_cards_follow_the_size_of_the_text(board: Board, look: QApplication) -> None:
    view = lane(board, "doing").view
    first, before = view.model().index(0, 0), view.painter.shape.height
    apply_theme(look, Theme(large=True))
    view.executeDelayedItemsLayout()
    after, shown = view.painter.shape.height, view.visualRect(first).height()
    apply_theme(look, Theme())
    assert shown == after > 1.3 * before


def test_letters_are_actions_of_the_page_in_whichever_column_one_is(board: Board) -> None:
    actions = RowActions(
        (RowAction("open", "看经过", key="L"),), board, board, on_row=0, inside=True
    )
    wanted: list[RowCommand] = []
    actions.wanted.connect(wanted.append)
    board.focused.connect(lambda key: actions.set_row(key, key))
    press(board, KEY.Key_Right, KEY.Key_L)
    assert wanted == [RowCommand("open", "c")]


def test_esc_with_a_card_in_hand_does_not_leave_the_page(board: Board, window: QWidget) -> None:
    left: list[int] = []
    back = QShortcut(QKeySequence("Esc"), window)
    back.activated.connect(lambda: left.append(1))
    hold_over(board, "c", "closed")
    press(board, KEY.Key_Escape)
    assert (left, board.drag.label.words) == ([], "")
    let_go(board, "c", "closed")
    press(board, KEY.Key_Escape)
    assert left == [1]


def places(board: Board, key: str) -> int:
    """How far below the top of its column a card stands."""
    home = board.ground.lane_with(key)
    assert home is not None
    return home.view.visualRect(home.cards.index(home.cards.row_of(key) or 0)).top()


def wishes(board: Board) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Moves asked for, and moves refused, from now on."""
    asked: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    board.move_wanted.connect(lambda key, column: asked.append((key, column)))
    board.move_refused.connect(lambda key, column: refused.append((key, column)))
    return asked, refused
