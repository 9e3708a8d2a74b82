"""看板: cards where their records stand, moved by the steps of the rules and by nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop_app.core.origin import Urgency
from desktop_app.core.rights import Right
from desktop_app.core.route import Open
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.storage.session import Desk
from tests.driver.board import hold_over, let_go, right_click
from tests.driver.three_lists import fill_form, save_form
from tests.driver.typing import press, type_text
from tests.ledgers.three_lists.builders import (
    act,
    enrolled,
    offer,
    propose,
    raise_problem,
    stored,
)
from tests.ledgers.three_lists.ui.conftest import Boards
from tests.ledgers.three_lists.ui.lists_data import a_busy_list, evidence, partner

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LIGHT = "3栋楼道灯长期不亮，老人夜里上下楼不便"


def test_every_card_stands_in_the_column_of_its_state(board: Boards, desk: Desk) -> None:
    a_busy_list(desk)
    seat = board()
    shown = seat.titles()
    assert list(shown) == ["提出", "待认领", "待接单", "办理中", "待复核", "已销号"]
    assert shown["待接单"] == [LIGHT]
    (card,) = seat.board.columns[2].cards
    assert (card.place, card.owner, card.due_words) == ("青榕雅苑", "澄岭供电所 陈师傅", "11月30日")
    assert card.urgency is Urgency.URGENT
    assert seat.nameless() == []


def test_ctrl_right_puts_a_raised_problem_onto_the_list_at_once(board: Boards, desk: Desk) -> None:
    problem = raise_problem(desk, listed=False)
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_Right, with_=CONTROL)
    seat.wait(lambda: seat.titles() == {"待认领": [LIGHT]})
    assert seat.news == [f"已入单：{LIGHT}"]
    assert seat.focused() == LIGHT
    undo = seat.changes[0].undo
    assert undo is not None
    undo.call(desk)
    assert stored(desk, problem).state is ProblemState.RAISED


def test_ctrl_right_from_the_list_asks_who_does_it_and_the_focus_follows(
    board: Boards, desk: Desk
) -> None:
    raise_problem(desk)
    power = partner(desk, "澄岭供电所", "陈国栋")
    offer(desk, partner=power.uid)
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_Right, with_=CONTROL)
    sheet = seat.sheet()
    assert "不带资源" in sheet.fields["offer"].editor.currentText()  # type: ignore[attr-defined]
    seat.fill(offer="澄岭供电所 · 电工上门检修楼道灯（还剩5次）")
    assert sheet.fields["unit"].editor.value() == "澄岭供电所"  # type: ignore[attr-defined]
    assert sheet.fields["person"].editor.value() == "陈国栋"  # type: ignore[attr-defined]
    seat.fill(amount="2", due="2026-11-29", measures="换灯")
    assert "休息日" in sheet.fields["due"]._message.text()
    seat.save()
    seat.wait(lambda: seat.titles() == {"待接单": [LIGHT]})
    assert seat.focused() == LIGHT
    (duty,) = service.duties_page(desk).rows
    assert (duty.unit, duty.amount, duty.partner) == ("澄岭供电所", 2, power.uid)


def test_a_form_that_says_too_little_is_told_beside_its_fields(board: Boards, desk: Desk) -> None:
    raise_problem(desk)
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_D)
    seat.sheet()
    seat.save()
    for name in ("unit", "person", "due", "measures"):
        assert seat.problem(name)
    assert service.duties_page(desk).rows == ()


def test_letters_act_on_the_focused_card(board: Boards, desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_J)
    seat.wait(lambda: seat.titles() == {"办理中": [LIGHT]})
    seat.press(KEY.Key_P)
    seat.sheet()
    seat.fill(words="已联系施工队")
    seat.save()
    seat.wait(lambda: len(seat.news) == 2)
    assert stored(desk, duty).progress[0].words == "已联系施工队"


def test_the_menu_of_a_card_offers_what_may_be_done(board: Boards, desk: Desk) -> None:
    propose(desk, raise_problem(desk))
    seat = board()
    key = seat.focus(LIGHT)
    right_click(seat.board, key)
    (menu,) = seat.page.deeds.findChildren(QMenu)
    assert [one.text() for one in menu.actions()] == ["接单", "谢绝", "延期", "提级", "取消"]
    menu.close()
    offered = [one.text() for one in seat.board.actions() if one.isEnabled()]
    assert offered == ["接单", "谢绝", "延期", "提级", "取消"]


@pytest.mark.parametrize(
    ("way", "says"),
    [(KEY.Key_Left, "待认领的问题下一步是“派给…”（D）"), (KEY.Key_Right, "")],
)
def test_a_move_the_rules_forbid_is_refused_with_a_sentence(
    board: Boards, desk: Desk, way: Qt.Key, says: str
) -> None:
    raise_problem(desk)
    seat = board()
    seat.focus(LIGHT)
    seat.press(way, with_=CONTROL)
    if not says:
        assert seat.sheet().windowTitle() == "派给…"
        return
    words = seat.said()
    assert "“待认领”不能直接移到“提出”，没有改动。" in words
    assert says in words


def test_a_card_dropped_where_it_may_not_go_stays_and_says_why(board: Boards, desk: Desk) -> None:
    propose(desk, raise_problem(desk))
    seat = board()
    key = seat.focus(LIGHT)
    hold_over(seat.board, key, "closed")
    let_go(seat.board, key, "closed")
    assert "“待接单”不能直接移到“已销号”" in seat.said()
    assert seat.titles() == {"待接单": [LIGHT]}


def test_a_card_dropped_where_it_may_go_takes_that_step(board: Boards, desk: Desk) -> None:
    propose(desk, raise_problem(desk))
    seat = board()
    key = seat.focus(LIGHT)
    hold_over(seat.board, key, "doing")
    let_go(seat.board, key, "doing")
    seat.wait(lambda: seat.titles() == {"办理中": [LIGHT]})


def test_the_evidence_is_asked_for_with_the_closing_where_there_is_none(
    board: Boards, desk: Desk
) -> None:
    duty = propose(desk, raise_problem(desk))
    act(desk, duty, DutyAction.ACCEPT)
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_Right, with_=CONTROL)
    seat.sheet()
    seat.fill(result="全部换好")
    seat.save()
    assert "还没有佐证照片" in seat.problem("photos")
    assert stored(desk, duty).state is DutyState.DOING


def test_who_asked_for_the_closing_cannot_agree_but_a_colleague_can(
    board: Boards, desk: Desk
) -> None:
    colleague = enrolled(desk, "李建国")
    duty = propose(desk, raise_problem(desk))
    act(desk, duty, DutyAction.ACCEPT)
    evidence(desk, duty, 40)
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_Right, with_=CONTROL)
    seat.sheet()
    seat.fill(result="全部换好")
    seat.save()
    seat.wait(lambda: seat.titles() == {"待复核": [LIGHT]})
    seat.focus(LIGHT)
    seat.press(KEY.Key_A)
    assert "不能自己复核" in seat.said()

    other = board(colleague)
    other.focus(LIGHT)
    other.press(KEY.Key_Right, with_=CONTROL)
    sheet = other.sheet()
    assert "全部换好" in sheet.accessibleDescription()
    assert not sheet.fields["name"].isVisible()
    other.save()
    other.wait(lambda: other.titles() == {"已销号": [LIGHT]})
    assert stored(desk, duty).reviewer_name == "李建国"


def test_back_from_review_needs_a_reason(board: Boards, desk: Desk) -> None:
    a_busy_list(desk)
    seat = board()
    title = seat.titles()["待复核"][0]
    seat.focus(title)
    seat.press(KEY.Key_Left, with_=CONTROL)
    seat.sheet()
    seat.save()
    assert "还没有写退回的原因" in seat.problem("words")
    seat.fill(words="照片看不清")
    seat.save()
    seat.wait(lambda: title in seat.titles()["办理中"])


def test_a_closed_problem_is_opened_again_from_the_board(board: Boards, desk: Desk) -> None:
    a_busy_list(desk)
    seat = board()
    title = seat.titles()["已销号"][0]
    seat.focus(title)
    seat.press(KEY.Key_Left, with_=CONTROL)
    seat.sheet()
    seat.fill(words="居民说又吵了")
    seat.save()
    seat.wait(lambda: title in seat.titles()["待认领"])


def test_the_board_is_narrowed_by_unit_place_category_mine_and_words(
    board: Boards, desk: Desk
) -> None:
    a_busy_list(desk)
    seat = board()
    row = seat.page.filters
    row.put("unit", "澄岭供电所")
    seat.wait(lambda: seat.titles() == {"待接单": [LIGHT]})
    row.clear()
    row.put("category", "停车秩序")
    seat.wait(lambda: list(seat.titles()) == ["办理中"])
    row.clear()
    seat.wait(lambda: len(seat.titles()) == 6)
    seat.press(KEY.Key_F, with_=CONTROL)
    seat.page.start_search()
    type_text(row.box, "QR01-Z2026A-00001")
    assert seat.titles() == {"待接单": [LIGHT]}
    row.clear()
    seat.page.search_for("没有这样的词")
    assert seat.titles() == {}
    assert all(column.hint == "没有符合条件的。" for column in seat.board.columns)


def test_mine_is_what_the_clerk_raised_dispatched_or_answers_for(board: Boards, desk: Desk) -> None:
    raise_problem(enrolled(desk, "李建国"), description="别人提的")
    raise_problem(desk)
    seat = board()
    seat.page.filters.put("whose", "mine")
    seat.wait(lambda: seat.titles() == {"待认领": [LIGHT]})


def test_enter_opens_the_record_of_a_card(board: Boards, desk: Desk) -> None:
    duty = propose(desk, raise_problem(desk))
    seat = board()
    seat.focus(LIGHT)
    seat.press(KEY.Key_Return)
    assert seat.routes == [Open("duties", duty.uid)]


def test_f2_writes_a_problem_down_in_the_place_of_the_board(board: Boards, desk: Desk) -> None:
    seat = board()
    assert seat.page.new_word == "提出问题"
    seat.page.start_new()
    form = seat.page.form
    assert form is not None
    seat.wait(lambda: form.fields["description"].editor.hasFocus())
    assert seat.page.new_word == ""
    fill_form(form, description="地下室渗水", category="物业维修")
    save_form(form)
    seat.wait(lambda: seat.titles() == {"待认领": ["地下室渗水"]})
    assert seat.news == ["已提出并入单：地下室渗水"]
    (line,) = service.problems_page(desk).rows
    assert seat.routes == [Open("problems", line.uid)]
    assert seat.page.new_word == "提出问题"


def test_who_may_only_look_moves_nothing(board: Boards, desk: Desk) -> None:
    raise_problem(desk, listed=False)
    reader = Desk(desk.database, type(desk.actor)(None, "看的人", "", frozenset({Right.READ})))
    seat = board(reader)
    seat.focus(LIGHT)
    press(seat.page, KEY.Key_L)
    seat.press(KEY.Key_Right, with_=CONTROL)
    assert "只能查看" in seat.said()
    assert seat.page.new_word == ""
    assert seat.titles() == {"提出": [LIGHT]}
