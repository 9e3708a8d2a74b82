"""Which steps a line of today's list offers. Pure."""

from __future__ import annotations

from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.steps import RULES
from desktop_app.ledgers.visits.rules.visit import Action, VisitKind

_FRONT_DESK = (
    Action.CLOSE,
    Action.TAKE_UP,
    Action.HAND_OVER,
    Action.ASK_FOR_MATERIALS,
    Action.MATERIALS_COMPLETE,
    Action.WORK,
    Action.ANSWER,
    Action.FOLLOW_UP,
    Action.NOT_OURS,
    Action.WITHDRAW,
    Action.REOPEN,
    Action.REPORT_URGENT,
)
"""Steps taken at the counter, the likeliest first. 合并 needs the other record beside it."""


def steps_offered(line: VisitLine) -> tuple[Action, ...]:
    """The steps that a line of today's list offers, in the order of buttons."""
    if line.kind is VisitKind.COUNTED:
        return ()
    return tuple(action for action in _FRONT_DESK if line.state in RULES[action].sources)
