"""Where a card may be moved to, the step that leads there, and why it may not go elsewhere.

A move is nothing but a step of the rules under another name. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.ledgers.three_lists.rules.board import Card, ColumnKey
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.problem import ProblemAction, ProblemState
from desktop_app.ledgers.three_lists.ui.looks import DISPATCH

_P, _D, _K = ProblemState, DutyState, ColumnKey

_LEADS: Mapping[tuple[ProblemState | DutyState, ColumnKey], str] = {
    (_P.RAISED, _K.LISTED): ProblemAction.LIST.value,
    (_P.LISTED, _K.PROPOSED): DISPATCH,
    (_P.CLOSED, _K.LISTED): ProblemAction.REOPEN.value,
    (_D.PROPOSED, _K.LISTED): DutyAction.DECLINE.value,
    (_D.PROPOSED, _K.DOING): DutyAction.ACCEPT.value,
    (_D.DOING, _K.TO_REVIEW): DutyAction.SUBMIT.value,
    (_D.TO_REVIEW, _K.DOING): DutyAction.REVIEW_BACK.value,
    (_D.TO_REVIEW, _K.CLOSED): DutyAction.REVIEW_OK.value,
}

_NEXT: Mapping[ProblemState | DutyState, str] = {
    _P.RAISED: "提出的问题要先“入单”（L），才能派给单位。",
    _P.LISTED: "待认领的问题下一步是“派给…”（D）；不再需要的请“撤回”（W）。",
    _P.CLOSED: "已销号的问题可以“重新打开”（O），回到待认领。",
    _D.PROPOSED: "待接单的下一步是“接单”（J）；对方不接的请“谢绝”（N）。",
    _D.DOING: "办理中的下一步是“申请销号”（S），要写完成情况并附佐证；办不成的请“取消”（X）。",
    _D.TO_REVIEW: "待复核的由第二个人“同意销号”（A）或“退回”（B）。",
}

READ_ONLY = "这里只能查看，没有移动。清单由各站点自己办理。"


def step_to(card: Card, column: ColumnKey) -> str | None:
    """The name of the step that leads a card to a column; None when none does."""
    return _LEADS.get((card.state, column))


def why_not(card: Card, column: ColumnKey) -> str:
    """Why a card may not go to a column, and what may be done instead."""
    there = f"“{card.state.label}”不能直接移到“{column.label}”，没有改动。"
    return f"{there}{_NEXT.get(card.state, '')}"
