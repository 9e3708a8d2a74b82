"""How the state, the limit and the next steps of a request look, the same on every screen.

Words and tones only; which step may follow which is for `rules.steps`. What 列入问题清单 and 移出
mean for the problem list follows of them in the same unit of work (`catalog.FOLLOW_UPS`).
"""

from __future__ import annotations

from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import due, list_moment, paper_moment
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.listing import RequestLine
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Assignee,
    AssigneeKind,
    Request,
    RequestKind,
    RequestState,
    action_words,
    is_overdue,
    state_words,
)
from desktop_app.ledgers.requests.rules.steps import allowed, steps_from
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

_S = RequestState
_LOOKS: dict[RequestState, tuple[str, str]] = {
    _S.REGISTERED: ("warn", "inbox"),
    _S.ACCEPTED: ("info", "user-check"),
    _S.AWAITING: ("warn", "hourglass"),
    _S.DISPATCHED: ("warn", "forward"),
    _S.DOING: ("info", "circle-dot"),
    _S.UNTAKEN: ("late", "user-plus"),
    _S.LISTED: ("info", "list"),
    _S.ESCALATED: ("warn", "megaphone"),
    _S.TO_CALL_BACK: ("info", "phone"),
    _S.CLOSED: ("ok", "circle-check"),
    _S.NOT_OURS: ("quiet", "corner-up-right"),
    _S.FORWARDED: ("quiet", "forward"),
    _S.WITHDRAWN: ("quiet", "undo-2"),
    _S.MERGED: ("quiet", "copy"),
}
_SHORT = {
    _S.NOT_OURS: "已告知去向",
    _S.MERGED: "已合并",
    _S.WITHDRAWN: "已撤回",
    _S.FORWARDED: "已转办",
}
"""In a list the whole words would not fit."""

ICONS: dict[Action, str] = {
    Action.REGISTER: "inbox",
    Action.ACCEPT: "user-check",
    Action.ASK_MATERIALS: "hourglass",
    Action.MATERIALS_COMPLETE: "clipboard-check",
    Action.DISPATCH: "forward",
    Action.TAKE: "handshake",
    Action.HAND_BACK: "corner-up-right",
    Action.NOBODY_TOOK: "user-plus",
    Action.LIST: "list",
    Action.UNLIST: "undo-2",
    Action.ESCALATE: "megaphone",
    Action.ANSWERED: "message-square-warning",
    Action.DONE: "clipboard-check",
    Action.CLOSE: "circle-check",
    Action.REDO: "refresh-cw",
    Action.FOLLOW_UP: "phone",
    Action.SET_STAGE: "landmark",
    Action.NOT_OURS: "map-pin",
    Action.FORWARD: "upload",
    Action.WITHDRAW: "undo-2",
    Action.MERGE: "copy",
    Action.REOPEN: "folder-open",
    Action.JOIN: "copy",
    Action.ADD_PHOTOS: "image",
    Action.REMOVE_PHOTO: "trash-2",
    Action.CORRECT: "pencil",
    Action.UNDO: "history",
}

KEYS: dict[Action, str] = {
    Action.ACCEPT: "J",
    Action.DISPATCH: "T",
    Action.TAKE: "K",
    Action.DONE: "D",
    Action.CLOSE: "H",
    Action.FOLLOW_UP: "F",
    Action.HAND_BACK: "B",
    Action.NOBODY_TOOK: "X",
    Action.ASK_MATERIALS: "C",
    Action.MATERIALS_COMPLETE: "Q",
    Action.LIST: "I",
    Action.UNLIST: "Y",
    Action.ESCALATE: "U",
    Action.ANSWERED: "A",
    Action.REDO: "G",
    Action.SET_STAGE: "S",
    Action.NOT_OURS: "N",
    Action.FORWARD: "Z",
    Action.WITHDRAW: "W",
    Action.MERGE: "M",
    Action.REOPEN: "O",
}
"""The letter that takes a step from the focused row of a list and on the page of a request. In the
order in which they stand on a row: what is done most often with a request comes first."""

_MAIN: dict[RequestState, tuple[Action, ...]] = {
    _S.REGISTERED: (Action.ACCEPT, Action.DISPATCH, Action.MERGE),
    _S.ACCEPTED: (Action.DISPATCH, Action.DONE, Action.ASK_MATERIALS),
    _S.AWAITING: (Action.MATERIALS_COMPLETE, Action.WITHDRAW),
    _S.DISPATCHED: (Action.TAKE, Action.HAND_BACK, Action.NOBODY_TOOK),
    _S.DOING: (Action.DONE, Action.HAND_BACK, Action.ESCALATE),
    _S.UNTAKEN: (Action.DISPATCH, Action.ESCALATE),
    _S.LISTED: (Action.DONE, Action.ESCALATE),
    _S.ESCALATED: (Action.ANSWERED, Action.DONE),
    _S.TO_CALL_BACK: (Action.CLOSE, Action.REDO, Action.FOLLOW_UP),
    _S.CLOSED: (Action.FOLLOW_UP, Action.REOPEN),
    _S.NOT_OURS: (Action.REOPEN,),
    _S.FORWARDED: (Action.REOPEN,),
    _S.WITHDRAWN: (Action.REOPEN,),
    _S.MERGED: (),
}
"""The usual next steps of a state, the most usual first; all others come after them."""


def verb(action: Action, kind: RequestKind) -> str:
    """The step as its button says it: 办结 is taken with the call back that it needs."""
    if action is Action.CLOSE and kind is not RequestKind.ORDER:
        return "回访办结"
    return action_words(action, kind)


def state_chip(state: RequestState, kind: RequestKind) -> ChipText:
    """The state as a chip: icon, word, tone."""
    tone, icon = _LOOKS[state]
    return ChipText(_SHORT.get(state) or state_words(state, kind), tone, icon)


def offered_steps(actor: Actor, request: Request | RequestLine) -> tuple[Action, ...]:
    """The steps this operator may take now, the most usual first."""
    if not actor.may(Right.HANDLE):
        return ()
    line = isinstance(request, RequestLine)
    possible = steps_from(request.state) if line else allowed(request)  # type: ignore[arg-type]
    usual, order = _MAIN[request.state], list(KEYS)
    mine = [step for step in possible if step in KEYS]
    return tuple(
        sorted(
            mine,
            key=lambda step: (
                usual.index(step) if step in usual else len(usual),
                order.index(step),
            ),
        )
    )


def deeds(actor: Actor, request: Request) -> dict[Action, Deed]:
    """The same as the head of its page takes them."""
    return {
        step: Deed(verb(step, request.kind), ICONS[step], KEYS[step])
        for step in offered_steps(actor, request)
    }


def due_text(request: Request | RequestLine, today: date, calendar: WorkCalendar) -> ChipText | str:
    """What is left of the station's own limit: a chip when it is urgent, else quiet words.

    Empty when it is done or nobody counts.
    """
    if not request.open or request.due is None or request.done_on is not None:
        return ""
    left = calendar.workdays_between(today, request.due)
    if _overdue(request, today):
        # On a day of rest after the limit no working day has passed, yet it has run out.
        return ChipText(due(min(left, -1)), "late")
    if request.due == today:
        return ChipText(due(0), "warn")
    return due(max(left, 1))


def who_words(request: Request | RequestLine) -> str:
    """Whose request it is, as a list says it."""
    return request.name or "未写姓名"


def assignee_words(assignee: Assignee | None) -> str:
    """Who it was given to: 队伍：金色家园义诊队."""
    if assignee is None or assignee.kind is AssigneeKind.STATION:
        return "" if assignee is None else AssigneeKind.STATION.label
    return f"{assignee.kind.label}：{assignee.words}"


def moment_words(request: Request | RequestLine, zone: Zone, today: date) -> str:
    """When it was: 11月23日 周一 14:05; of another year 2025年11月23日 14:05, which is as long."""
    if zone.day(request.at).year != today.year:
        return paper_moment(request.at, zone)
    return list_moment(request.at, zone)


def _overdue(request: Request | RequestLine, today: date) -> bool:
    if isinstance(request, RequestLine):
        return request.is_overdue(today)
    return is_overdue(request, today)
