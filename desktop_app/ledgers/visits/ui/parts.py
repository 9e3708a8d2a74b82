"""How the state, the limit and the next steps of a visit look, the same on every screen.

Words and tones only; which step may follow which is for `rules.steps`.
"""

from __future__ import annotations

from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import due, list_moment, paper_moment
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.rules.steps import allowed, steps_from
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    Visit,
    VisitKind,
    VisitState,
    is_due_today,
    is_overdue,
)
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

_S = VisitState
_LOOKS: dict[VisitState, tuple[str, str]] = {
    _S.REGISTERED: ("warn", "inbox"),
    _S.TAKEN_UP: ("info", "user-check"),
    _S.AWAITING: ("warn", "hourglass"),
    _S.HANDED_OVER: ("info", "forward"),
    _S.WORKING: ("info", "circle-dot"),
    _S.ANSWERED: ("info", "phone"),
    _S.CLOSED: ("ok", "circle-check"),
    _S.NOT_OURS: ("quiet", "corner-up-right"),
    _S.WITHDRAWN: ("quiet", "undo-2"),
    _S.MERGED: ("quiet", "copy"),
}
_SHORT = {_S.NOT_OURS: Action.NOT_OURS.label}

ICONS: dict[Action, str] = {
    Action.REGISTER: "pencil",
    Action.TAKE_UP: "user-check",
    Action.ASK_FOR_MATERIALS: "hourglass",
    Action.MATERIALS_COMPLETE: "clipboard-check",
    Action.HAND_OVER: "forward",
    Action.WORK: "circle-dot",
    Action.ANSWER: "phone",
    Action.CLOSE: "circle-check",
    Action.REOPEN: "folder-open",
    Action.WITHDRAW: "undo-2",
    Action.NOT_OURS: "corner-up-right",
    Action.MERGE: "copy",
    Action.REPORT_URGENT: "siren",
    Action.FOLLOW_UP: "phone",
    Action.CORRECT: "pencil",
    Action.UNDO: "history",
}

KEYS: dict[Action, str] = {
    Action.TAKE_UP: "J",
    Action.ASK_FOR_MATERIALS: "C",
    Action.MATERIALS_COMPLETE: "Q",
    Action.HAND_OVER: "T",
    Action.WORK: "K",
    Action.ANSWER: "A",
    Action.CLOSE: "D",
    Action.FOLLOW_UP: "F",
    Action.REPORT_URGENT: "U",
    Action.NOT_OURS: "N",
    Action.WITHDRAW: "W",
    Action.MERGE: "M",
    Action.REOPEN: "O",
}
"""The letter that takes a step from the focused row of a list and on the page of a visit."""

RAISE, RAISE_KEY = "转诉求", "S"
"""What is done with a visit that cannot be settled at the counter; no step of the visit's own."""

REQUEST_FORM = "request_form"
"""The page it is done on, by its key in the window."""

_MAIN: dict[VisitState, tuple[Action, ...]] = {
    _S.REGISTERED: (Action.TAKE_UP, Action.CLOSE, Action.HAND_OVER),
    _S.TAKEN_UP: (Action.CLOSE, Action.HAND_OVER, Action.ASK_FOR_MATERIALS),
    _S.AWAITING: (Action.MATERIALS_COMPLETE, Action.WITHDRAW),
    _S.HANDED_OVER: (Action.ANSWER, Action.CLOSE, Action.WORK),
    _S.WORKING: (Action.ANSWER, Action.CLOSE, Action.HAND_OVER),
    _S.ANSWERED: (Action.FOLLOW_UP, Action.CLOSE, Action.WORK),
    _S.CLOSED: (Action.FOLLOW_UP, Action.REOPEN),
    _S.NOT_OURS: (Action.REOPEN,),
    _S.WITHDRAWN: (Action.REOPEN,),
    _S.MERGED: (),
}
"""The usual next steps of a state, the most usual first; all others come after them."""


def state_chip(state: VisitState) -> ChipText:
    """The state as a chip: icon, word, tone."""
    tone, icon = _LOOKS[state]
    return ChipText(_SHORT.get(state, state.label), tone, icon)


def offered_steps(actor: Actor, visit: Visit | VisitLine) -> tuple[Action, ...]:
    """The steps this operator may take now, the most usual first."""
    if isinstance(visit, VisitLine):
        possible = steps_from(visit.state, visit.kind)
    else:
        possible = allowed(visit)
    rights = {Action.REPORT_URGENT: Right.REGISTER}
    mine = [step for step in possible if actor.may(rights.get(step, Right.HANDLE))]
    usual = _MAIN[visit.state]
    return tuple(sorted(mine, key=lambda step: usual.index(step) if step in usual else len(usual)))


def deeds(actor: Actor, visit: Visit) -> dict[Action, Deed]:
    """The same as the head of its page takes them."""
    return {step: Deed(step.label, ICONS[step], KEYS[step]) for step in offered_steps(actor, visit)}


def may_raise(actor: Actor, visit: Visit | VisitLine) -> bool:
    """Whether it may become a request: it can be handed over, and nobody has it already."""
    if visit.state is VisitState.HANDED_OVER or not actor.may(Right.REGISTER):
        return False
    return Action.HAND_OVER in offered_steps(actor, visit)


def due_text(visit: Visit | VisitLine, today: date, calendar: WorkCalendar) -> ChipText | str:
    """What is left of the station's own limit: a chip when it is urgent, else quiet words.

    Empty when nothing is left to do or nobody counts.
    """
    if not visit.open or visit.due is None:
        return ""
    left = calendar.workdays_between(today, visit.due)
    if _overdue(visit, today):
        # On a day of rest after the limit no working day has passed, yet it has run out.
        return ChipText(due(min(left, -1)), "late")
    if _due_today(visit, today):
        return ChipText(due(0), "warn")
    return due(max(left, 1))


def person_words(visit: Visit | VisitLine) -> str:
    """Who came, as a list says it: the name, how many more, 匿名, 仅计数."""
    who = visit.name if visit.kind is VisitKind.NAMED else visit.kind.label
    return f"{who}等{visit.people}人" if visit.people > 1 else who


def matter_words(visit: Visit | VisitLine) -> str:
    """What it is about in few words: the matter, else the beginning of what was told."""
    told = visit.summary.split("\n", 1)[0]
    return visit.matter_name or told or visit.category or "未写事项"


def moment_words(visit: Visit | VisitLine, zone: Zone, today: date) -> str:
    """When it was: 11月23日 周一 14:05; of another year 2025年11月23日 14:05, which is as long."""
    if zone.day(visit.at).year != today.year:
        return paper_moment(visit.at, zone)
    return list_moment(visit.at, zone)


def _overdue(visit: Visit | VisitLine, today: date) -> bool:
    return visit.is_overdue(today) if isinstance(visit, VisitLine) else is_overdue(visit, today)


def _due_today(visit: Visit | VisitLine, today: date) -> bool:
    if isinstance(visit, VisitLine):
        return visit.is_due_today(today)
    return is_due_today(visit, today)
