"""The sheets of a request's steps: each asks what its step needs, and loses nothing by Esc."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.core.origin import Level
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Request,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import RULES
from desktop_app.ledgers.requests.ui.assignee_input import AssigneeInput
from desktop_app.ledgers.requests.ui.parts import ICONS, KEYS
from desktop_app.ledgers.requests.ui.steps import StepSheet
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import PartnerForm
from desktop_app.storage.session import Desk
from tests.driver.requests import RequestSeat
from tests.driver.typing import press, type_text
from tests.ledgers.requests.builders import TEAM, act, register, stored

Opens = Callable[[Request], RequestSeat]
NOTHING_ASKED = {
    Action.ACCEPT, Action.NOBODY_TOOK, Action.MATERIALS_COMPLETE, Action.LIST, Action.UNLIST,
}  # fmt: skip


def test_every_step_has_a_letter_of_its_own_and_an_icon() -> None:
    assert set(KEYS) == set(RULES)
    assert len(set(KEYS.values())) == len(KEYS)
    assert not {"R", "E", "P", "V"} & set(KEYS.values())
    assert set(ICONS) == set(Action)


def test_a_team_gets_it_with_a_limit_by_keys_alone(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(act(desk, request, Action.ACCEPT))
    seat.press(Qt.Key.Key_T)
    sheet = seat.sheet()
    press(sheet, Qt.Key.Key_3, Qt.Key.Key_Return)
    type_text(sheet, TEAM.words)
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "5")
    seat.save()
    seat.wait(lambda: seat.fact("承办") == "队伍：金色家园义诊队")
    now = stored(desk, request.uid)
    assert (now.state, now.assignee, now.limit_days) == (RequestState.DISPATCHED, TEAM, 5)
    assert now.due == date(2026, 11, 30)
    seat.press(Qt.Key.Key_K)
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "办理中")
    assert stored(desk, request.uid).taken_by == TEAM.words


def test_nobody_named_is_asked_for_and_nothing_is_changed(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(request)
    seat.press(Qt.Key.Key_T)
    seat.save()
    assert seat.problem("assignee") == "还没有写交给谁办。请选本站、个人、队伍、岗位或共建单位。"
    press(seat.sheet(), Qt.Key.Key_2)
    seat.save()
    assert seat.problem("assignee").startswith("还没有写交给谁办")
    assert stored(desk, request.uid).state is RequestState.REGISTERED


def test_what_the_station_keeps_is_under_way_at_once(record: Opens, desk: Desk) -> None:
    request = register(desk, limit_days=3)
    seat = record(request)
    seat.press(Qt.Key.Key_T)
    press(seat.sheet(), Qt.Key.Key_1)
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "办理中")
    now = stored(desk, request.uid)
    assert now.assignee == Assignee(AssigneeKind.STATION, "本站")
    assert now.limit_days == 3


def test_a_partner_of_the_register_is_offered_and_stays_linked(record: Opens, desk: Desk) -> None:
    unit = partners.add(desk, PartnerForm(name="城南社区卫生服务中心")).value
    seat = record(register(desk))
    seat.press(Qt.Key.Key_T)
    sheet = seat.sheet()
    editor = sheet.fields["assignee"].editor
    assert isinstance(editor, AssigneeInput)
    press(sheet, Qt.Key.Key_5)
    assert editor.words.offers == (unit.name,)
    editor.words.set_value(unit.name)
    assert editor.value() == Assignee(AssigneeKind.PARTNER, unit.name, unit.uid)
    editor.words.set_value("别的单位")
    assert editor.value() == Assignee(AssigneeKind.PARTNER, "别的单位")


def test_those_it_was_given_to_before_are_offered(record: Opens, desk: Desk) -> None:
    act(desk, register(desk), Action.DISPATCH)
    seat = record(register(desk, title="上门量血压"))
    seat.press(Qt.Key.Key_T)
    editor = seat.sheet().fields["assignee"].editor
    assert isinstance(editor, AssigneeInput)
    press(seat.sheet(), Qt.Key.Key_3)
    assert editor.words.offers == (TEAM.words,)


@pytest.mark.parametrize(
    ("before", "key", "said", "state"),
    [
        ((Action.DISPATCH,), Qt.Key.Key_B, {"words": "人手不够"}, "接办"),
        ((Action.DISPATCH,), Qt.Key.Key_X, {}, "无人接单"),
        ((Action.ACCEPT,), Qt.Key.Key_C, {"words": "缺照片"}, "待补材料"),
        ((Action.ACCEPT, Action.ASK_MATERIALS), Qt.Key.Key_Q, {}, "接办"),
        ((Action.ACCEPT,), Qt.Key.Key_U, {"words": "要住建所来"}, "已吹哨"),
        ((Action.ESCALATE,), Qt.Key.Key_A, {"whom": "城建办", "words": "已安排"}, "接办"),
        ((Action.ACCEPT,), Qt.Key.Key_D, {"result": "已修好"}, "待回访"),
        ((Action.ACCEPT, Action.DONE), Qt.Key.Key_H, {"words": "电话回访认可"}, "办结"),
        ((Action.ACCEPT, Action.DONE), Qt.Key.Key_G, {"words": "灯又灭了"}, "办理中"),
        ((), Qt.Key.Key_N, {"words": "请到供电营业厅"}, "已告知去向"),
        ((), Qt.Key.Key_Z, {"whom": "12345", "external_number": "RX-1"}, "已转办"),
        ((), Qt.Key.Key_W, {"words": "自己解决了"}, "已撤回"),
    ],
)
def test_each_step_is_taken_by_its_letter(
    record: Opens,
    desk: Desk,
    before: tuple[Action, ...],
    key: Qt.Key,
    said: dict[str, str],
    state: str,
) -> None:
    request = register(desk)
    seat = record(act(desk, request, *before) if before else request)
    seat.press(key)
    if said:
        seat.fill(**said)
        seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == state)
    undo = seat.changes[-1].undo
    assert undo is not None
    earlier = stored(desk, request.uid).state
    undo.call(desk)
    assert stored(desk, request.uid).state is not earlier


def test_a_step_without_its_words_says_what_is_missing(record: Opens, desk: Desk) -> None:
    seat = record(act(desk, register(desk), Action.ACCEPT))
    seat.press(Qt.Key.Key_U)
    seat.save()
    assert seat.problem("words") == "还没有写吹哨事由。请写一句话，便于以后说清楚。"


def test_a_whistle_goes_to_the_street_unless_another_level_is_chosen(
    record: Opens, desk: Desk
) -> None:
    request = register(desk)
    seat = record(request)
    seat.press(Qt.Key.Key_U)
    press(seat.sheet(), Qt.Key.Key_3)
    seat.fill(words="请社区协调")
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "已吹哨")
    escalated = stored(desk, request.uid).escalated
    assert escalated is not None
    assert escalated.level is Level.COMMUNITY


def test_a_dispute_is_marked_and_the_mark_is_taken_away(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(request)
    seat.press(Qt.Key.Key_S)
    press(seat.sheet(), Qt.Key.Key_2)
    seat.save()
    seat.wait(lambda: seat.fact("纠纷阶段") == "物业纠纷：调解")
    seat.press(Qt.Key.Key_S)
    press(seat.sheet(), Qt.Key.Key_0)
    seat.save()
    seat.wait(lambda: seat.fact("纠纷阶段") == "")
    assert stored(desk, request.uid).dispute_stage is None
    assert DisputeStage.MEDIATION.label == "调解"


def test_a_merge_offers_open_requests_and_joins_the_one_chosen(record: Opens, desk: Desk) -> None:
    kept, repeated = register(desk), register(desk, name="赖建国", title="灯坏了")
    seat = record(repeated)
    seat.press(Qt.Key.Key_M)
    sheet = seat.sheet()
    press(sheet, Qt.Key.Key_Down)
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "已合并")
    assert stored(desk, repeated.uid).merged_into == kept.uid


def test_esc_warns_before_words_are_lost(record: Opens, desk: Desk) -> None:
    seat = record(act(desk, register(desk), Action.ACCEPT))
    seat.press(Qt.Key.Key_D)
    seat.fill(result="已修好")
    press(seat.sheet(), Qt.Key.Key_Escape)
    assert "还没有保存" in seat.sheet().note
    press(seat.sheet(), Qt.Key.Key_Escape)
    seat.wait(lambda: not seat.has_sheet)


def test_a_late_entry_is_asked_on_which_day(record: Opens, desk: Desk) -> None:
    request = register(desk, day=date(2026, 11, 18))
    seat = record(act(desk, request, Action.ACCEPT))
    seat.press(Qt.Key.Key_D)
    seat.fill(result="已修好", day="11-19")
    seat.save()
    seat.wait(lambda: seat.header.chip.accessibleName() == "待回访")
    assert stored(desk, request.uid).done_on == date(2026, 11, 19)


def test_every_control_of_every_sheet_has_a_name(record: Opens, desk: Desk) -> None:
    request = register(desk)
    seat = record(request)
    for action in KEYS:
        if action not in NOTHING_ASKED:
            sheet = StepSheet(seat.page, desk, request, action)
            unnamed = [
                type(one).__name__
                for one in sheet.findChildren(QWidget)
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not (one.accessibleName() or getattr(one, "text", lambda: "")())
                and not one.isHidden()
            ]
            assert (action, unnamed) == (action, [])
            sheet.deleteLater()
