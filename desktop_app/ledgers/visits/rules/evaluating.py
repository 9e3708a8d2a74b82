"""Which matter may be evaluated, and who may write an evaluation down from paper. Pure.

What is counted of evaluations is for `figures`; the level of one evaluation is nobody's business.
"""

from __future__ import annotations

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitKind, VisitState

EVALUABLE = frozenset({VisitState.CLOSED, VisitState.ANSWERED})
"""States in which the resident has seen what came of the matter."""

_NOT_HANDLING = frozenset({Action.FOLLOW_UP, Action.CORRECT, Action.UNDO})


def may_be_evaluated(state: VisitState, kind: VisitKind) -> bool:
    """Whether a resident may evaluate a matter that stands so.

    仅计数 is left out: nobody was given a number, so nobody can say which matter was meant.
    """
    return state in EVALUABLE and kind is not VisitKind.COUNTED


def refuse_unfinished(visit: Visit) -> None:
    """Raise `UserError` unless the visit may be evaluated; petitions never are (信访工作条例)."""
    if visit.petition or visit.deleted or not may_be_evaluated(visit.state, visit.kind):
        raise UserError("这件事还没有答复或办结，不能评价。", "请在办结后请居民自愿评价。")


def took_part(visit: Visit, uid: Uid | None, name: str) -> bool:
    """Whether an operator registered or handled the matter.

    Steps carry only a name, so a namesake counts as the same person: refusing one too many costs a
    colleague's minute, allowing one too many costs the resident's trust. A follow-up call or a
    correction is no handling.
    """
    if uid is not None and uid in (visit.first_clerk, visit.registered_by):
        return True
    return any(step.actor == name and step.action not in _NOT_HANDLING for step in visit.steps)


def refuse_own_paper(visit: Visit, uid: Uid | None, name: str, *, alone: bool) -> None:
    """Raise `UserError` when an operator would write down the paper evaluation of his own work.

    Whom a resident judges must not be the one who copies the judgement (GB/T 39735-2020: staff may
    neither hint nor interfere). `alone` is a one-person station, where nobody else could: there the
    sheet with the resident's signature is kept and stands for the second person.
    """
    if not alone and took_part(visit, uid, name):
        raise UserError(
            "这件事由您登记或经办，不能由您录入它的纸质评价，没有录入。",
            "请另一位站长或社区管理员录入；还没有的，请在“设置 · 操作员”中新增社区管理员。",
            field="number",
        )
