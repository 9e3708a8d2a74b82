"""Which request may be evaluated, and who may write an evaluation down from paper. Pure.

The rules are those of visits (GB/T 39735-2020); the level of one evaluation is nobody's business.
"""

from __future__ import annotations

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests.rules.request import Action, Request, RequestState

EVALUABLE = frozenset({RequestState.TO_CALL_BACK, RequestState.CLOSED})
"""States in which the resident has seen what came of it."""

_NOT_HANDLING = frozenset({Action.FOLLOW_UP, Action.CORRECT, Action.UNDO, Action.JOIN})


def may_be_evaluated(state: RequestState) -> bool:
    """Whether a resident may evaluate a request that stands so."""
    return state in EVALUABLE


def refuse_unfinished(request: Request) -> None:
    """Raise `UserError` unless the request may be evaluated; petitions never are."""
    if request.petition or request.deleted or not may_be_evaluated(request.state):
        raise UserError(
            "这件诉求还没有办理完毕，不能评价，没有记录。", "请在办理完毕或办结后请居民自愿评价。"
        )


def took_part(request: Request, uid: Uid | None, name: str) -> bool:
    """Whether an operator registered or handled the request; a namesake counts as the same person.

    A follow-up call or a correction is no handling.
    """
    if uid is not None and uid == request.registered_by:
        return True
    return any(step.actor == name and step.action not in _NOT_HANDLING for step in request.steps)


def refuse_own_paper(request: Request, uid: Uid | None, name: str, *, alone: bool) -> None:
    """Raise `UserError` when an operator would write down the paper evaluation of his own work.

    `alone` is a one-person station, where nobody else could: there the sheet with the resident's
    signature is kept and stands for the second person.
    """
    if not alone and took_part(request, uid, name):
        raise UserError(
            "这件诉求由您登记或经办，不能由您录入它的纸质评价，没有录入。",
            "请另一位站长或社区管理员录入；还没有的，请在“设置 · 操作员”中新增社区管理员。",
            field="number",
        )
