"""The sheets steps are taken on: they ask what the step needs, and lose nothing that was typed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitState
from desktop_app.ledgers.visits.ui.merge_target import MergeTarget
from tests.driver.typing import press, type_text
from tests.driver.visits import ListSeat
from tests.ledgers.visits.ui.ledger_data import Ledger


def _opened(seat: ListSeat, ledger: Ledger, state: VisitState = VisitState.REGISTERED) -> Visit:
    """A visit of a resident in a state, focused in the list."""
    visit = ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    for step in _WAYS[state]:
        visit = ledger.step(visit, step, result="已上门", words="说明", handed_to="物业")
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)
    return visit


_WAYS: dict[VisitState, tuple[Action, ...]] = {
    VisitState.REGISTERED: (),
    VisitState.TAKEN_UP: (Action.TAKE_UP,),
    VisitState.AWAITING: (Action.ASK_FOR_MATERIALS,),
    VisitState.ANSWERED: (Action.TAKE_UP, Action.ANSWER),
    VisitState.CLOSED: (Action.CLOSE,),
}
_S = VisitState


@pytest.mark.parametrize(
    ("state", "key", "then"),
    [
        (_S.REGISTERED, Qt.Key.Key_J, _S.TAKEN_UP),
        (_S.TAKEN_UP, Qt.Key.Key_K, _S.WORKING),
        (_S.AWAITING, Qt.Key.Key_Q, _S.TAKEN_UP),
    ],
)
def test_what_needs_no_words_is_done_at_once(
    seat: ListSeat, ledger: Ledger, state: VisitState, key: Qt.Key, then: VisitState
) -> None:
    visit = _opened(seat, ledger, state)
    seat.press(key)
    assert not seat.has_sheet
    assert ledger.read(visit.uid).state is then


@pytest.mark.parametrize(
    ("state", "key", "typed", "attribute", "then"),
    [
        (_S.REGISTERED, Qt.Key.Key_C, {"words": "户口簿"}, "steps", _S.AWAITING),
        (_S.REGISTERED, Qt.Key.Key_T, {"handed_to": "物业"}, "handed_to", _S.HANDED_OVER),
        (_S.TAKEN_UP, Qt.Key.Key_A, {"result": "已答复"}, "result", _S.ANSWERED),
        (_S.REGISTERED, Qt.Key.Key_D, {"result": "已和解"}, "result", _S.CLOSED),
        (_S.ANSWERED, Qt.Key.Key_F, {"words": "很满意"}, "follow_up", _S.ANSWERED),
        (_S.REGISTERED, Qt.Key.Key_U, {"whom": "街道", "phone": "12345"}, "urgent", _S.REGISTERED),
        (_S.REGISTERED, Qt.Key.Key_N, {"words": "请去法院"}, "result", _S.NOT_OURS),
        (_S.REGISTERED, Qt.Key.Key_W, {"words": "不办了"}, "steps", _S.WITHDRAWN),
        (_S.CLOSED, Qt.Key.Key_O, {"words": "又吵了"}, "steps", _S.TAKEN_UP),
    ],
)  # fmt: skip
def test_each_sheet_saves_what_it_asked_for(
    seat: ListSeat,
    ledger: Ledger,
    state: VisitState,
    key: Qt.Key,
    typed: dict[str, str],
    attribute: str,
    then: VisitState,
) -> None:
    visit = _opened(seat, ledger, state)
    seat.press(key)
    seat.fill(**typed)
    seat.save()
    seat.wait(lambda: not seat.has_sheet)

    after = ledger.read(visit.uid)
    assert after.state is then
    assert next(iter(typed.values())) in str(getattr(after, attribute))


@pytest.mark.parametrize(
    ("state", "key", "field"),
    [
        (_S.REGISTERED, Qt.Key.Key_C, "words"),
        (_S.REGISTERED, Qt.Key.Key_T, "handed_to"),
        (_S.REGISTERED, Qt.Key.Key_D, "result"),
        (_S.ANSWERED, Qt.Key.Key_F, "words"),
        (_S.REGISTERED, Qt.Key.Key_U, "whom"),
        (_S.REGISTERED, Qt.Key.Key_N, "words"),
        (_S.REGISTERED, Qt.Key.Key_W, "words"),
        (_S.REGISTERED, Qt.Key.Key_M, "merged_into"),
        (_S.CLOSED, Qt.Key.Key_O, "words"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_saved(
    seat: ListSeat, ledger: Ledger, state: VisitState, key: Qt.Key, field: str
) -> None:
    visit = _opened(seat, ledger, state)
    seat.press(key)
    seat.save()

    assert seat.problem(field).startswith("还没有") or "要写办理结果" in seat.problem(field)
    assert ledger.read(visit.uid).revision == visit.revision


def test_the_first_esc_says_what_would_be_lost_and_the_second_leaves(
    seat: ListSeat, ledger: Ledger
) -> None:
    visit = _opened(seat, ledger)
    seat.press(Qt.Key.Key_D)
    seat.fill(result="写了一半")
    sheet = seat.sheet()

    press(sheet, Qt.Key.Key_Escape)
    assert "还没有保存" in sheet.note
    press(sheet, Qt.Key.Key_Escape)

    seat.wait(lambda: not seat.has_sheet)
    assert ledger.read(visit.uid).state is VisitState.REGISTERED


def test_an_untouched_sheet_leaves_at_the_first_esc(seat: ListSeat, ledger: Ledger) -> None:
    _opened(seat, ledger)
    seat.press(Qt.Key.Key_D)
    press(seat.sheet(), Qt.Key.Key_Escape)
    seat.wait(lambda: not seat.has_sheet)


def test_enter_in_a_line_saves(seat: ListSeat, ledger: Ledger) -> None:
    visit = _opened(seat, ledger)
    seat.press(Qt.Key.Key_T)
    seat.fill(handed_to="金色家园物业")
    press(seat.sheet().fields["handed_to"].editor, Qt.Key.Key_Return)
    seat.wait(lambda: ledger.read(visit.uid).handed_to == "金色家园物业")


def test_a_change_by_somebody_else_is_said_and_the_words_stay(
    seat: ListSeat, ledger: Ledger
) -> None:
    visit = _opened(seat, ledger)
    seat.press(Qt.Key.Key_D)
    seat.fill(result="双方已和解")
    ledger.step(visit, Action.TAKE_UP)
    seat.save()

    assert "刚刚被别人改过" in seat.sheet().note
    assert seat.sheet().fields["result"].editor.value() == "双方已和解"  # type: ignore[attr-defined]


def test_closing_after_an_answer_offers_the_answer_as_result(
    seat: ListSeat, ledger: Ledger
) -> None:
    visit = _opened(seat, ledger, VisitState.ANSWERED)
    seat.press(Qt.Key.Key_D)
    seat.save()
    seat.wait(lambda: ledger.read(visit.uid).state is VisitState.CLOSED)
    assert ledger.read(visit.uid).result == "已上门"


def test_a_repeated_visit_is_merged_into_one_of_the_same_person(
    seat: ListSeat, ledger: Ledger
) -> None:
    person = ledger.resident()
    kept = ledger.visit("邻里纠纷人民调解申请", person)
    ledger.visit("邻里纠纷人民调解申请", ledger.resident("赖建国"))
    again = ledger.visit("邻里纠纷人民调解申请", person)
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 3)
    seat.press(Qt.Key.Key_M)
    target = _target(seat)
    assert [item.uid for item in target.list.items] == [str(kept.uid)]

    press(target.box, Qt.Key.Key_Down)
    press(target.list, Qt.Key.Key_Return)

    seat.wait(lambda: not seat.has_sheet)
    assert ledger.read(again.uid).merged_into == kept.uid


def test_the_visit_to_keep_is_found_by_its_number(seat: ListSeat, ledger: Ledger) -> None:
    kept = ledger.visit("邻里纠纷人民调解申请", ledger.resident("赖建国"))
    again = ledger.visit("邻里纠纷人民调解申请", ledger.resident())
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 2)
    seat.press(Qt.Key.Key_M)
    target = _target(seat)
    type_text(target.box, kept.number)
    seat.wait(lambda: [item.uid for item in target.list.items] == [str(kept.uid)])
    press(target.box, Qt.Key.Key_Down)
    seat.save()
    seat.wait(lambda: ledger.read(again.uid).merged_into == kept.uid)


def test_a_visit_written_down_late_may_say_when_it_was_closed(
    seat: ListSeat, ledger: Ledger
) -> None:
    visit = ledger.visit(
        "邻里纠纷人民调解申请", ledger.resident(), day=date(2026, 11, 2), entry_done=False
    )
    seat.come()
    seat.wait(lambda: len(seat.column("编号")) == 1)
    seat.press(Qt.Key.Key_D)
    seat.fill(result="当天已和解", day="2026-11-99")
    seat.save()
    assert "不是一个日期" in seat.problem("day")
    seat.fill(day="2026-11-03")
    seat.save()
    seat.wait(lambda: ledger.read(visit.uid).closed_day == date(2026, 11, 3))


def test_the_sheet_says_whose_visit_it_is(seat: ListSeat, ledger: Ledger) -> None:
    visit = _opened(seat, ledger)
    seat.press(Qt.Key.Key_T)
    said = seat.sheet().accessibleDescription()
    assert "张淑芬" in said
    assert visit.number in said
    assert service.get(ledger.desk, visit.uid).state is VisitState.REGISTERED


def _target(seat: ListSeat) -> MergeTarget:
    found = seat.sheet().fields["merged_into"].editor
    assert isinstance(found, MergeTarget)
    return found
