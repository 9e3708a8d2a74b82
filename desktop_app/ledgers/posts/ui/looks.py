"""How posts, claims and shifts look in lists and on their pages: letters, verbs, chips, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.posts.rules.claim import ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.listing import ClaimLine, PostLine
from desktop_app.ledgers.posts.rules.post import PostAction, PostState
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

_P = PostAction
_C = ClaimAction

CLAIM = "claim_post"

POST_DEEDS: Mapping[str, Deed] = {
    CLAIM: Deed("登记认领", "user-plus", "J"),
    _P.CHANGE: Deed("修改", "pencil", "E"),
    _P.CLOSE: Deed("停用", "ban", "Z"),
    _P.REOPEN: Deed("恢复", "undo-2", "B"),
}
"""What is done with a post, in the order of the buttons; the letters hold in lists, too."""

CLAIM_DEEDS: Mapping[str, Deed] = {
    _C.APPROVE: Deed("同意上岗", "check", "A"),
    _C.END: Deed("结束在岗", "log-out", "Q"),
    _C.REFUSE: Deed("不同意", "circle-x", "N"),
    _C.WITHDRAW: Deed("撤回认领", "undo-2", "W"),
}
"""What is done with a claim."""

ASSIGN, TAKE_AWAY, DONE, ABSENT, MOVE, FILL, COPY = (
    "assign",
    "take_away",
    "done",
    "absent",
    "move",
    "fill",
    "copy",
)

DUTY_DEEDS: Mapping[str, Deed] = {
    ASSIGN: Deed("排班", "user-plus", "Enter"),
    TAKE_AWAY: Deed("取消排班", "x", "Delete"),
    DONE: Deed("到岗", "check", "D"),
    ABSENT: Deed("记缺勤", "circle-x", "K"),
    MOVE: Deed("调班", "corner-up-right", "G"),
    FILL: Deed("自动排班", "calendar-check", "F"),
    COPY: Deed("复制上周", "copy", "C"),
}
"""What is done in the roster: `IN_CELL` in its focused cell, the others in what is shown."""

IN_CELL = (ASSIGN, TAKE_AWAY, DONE, ABSENT, MOVE)

_CLAIM_TONES: Mapping[ClaimState, tuple[str, str]] = {
    ClaimState.CLAIMED: ("warn", "hourglass"),
    ClaimState.WAITING: ("info", "clock-alert"),
    ClaimState.ON: ("ok", "user-check"),
    ClaimState.ENDED: ("quiet", "log-out"),
    ClaimState.REFUSED: ("quiet", "circle-x"),
    ClaimState.WITHDRAWN: ("quiet", "undo-2"),
}

SHIFT_MARKS: Mapping[ShiftState, tuple[str, str, str]] = {
    ShiftState.PLANNED: ("", "ink", ""),
    ShiftState.DONE: ("到岗", "ok", "check"),
    ShiftState.ABSENT: ("缺勤", "late", "circle-x"),
}
"""What stands beside a name in the roster: word, tone, icon."""


def post_chip(state: PostState) -> ChipText:
    """Whether a post can be claimed."""
    return ChipText(state.label, "ok" if state is PostState.OPEN else "quiet", "")


def claim_chip(state: ClaimState) -> ChipText:
    """Where a claim stands."""
    tone, icon = _CLAIM_TONES[state]
    return ChipText(state.label, tone, icon)


def shift_chip(state: ShiftState) -> ChipText:
    """Where a shift stands."""
    tones = {
        ShiftState.PLANNED: ("info", "calendar-days"),
        ShiftState.DONE: ("ok", "check"),
        ShiftState.ABSENT: ("late", "circle-x"),
        ShiftState.CANCELLED: ("quiet", "ban"),
    }
    return ChipText(state.label, *tones[state])


def vacancy_chip(line: PostLine) -> ChipText:
    """How many places are free; a closed post has none."""
    free = line.quota - line.taken
    if line.state is not PostState.OPEN:
        return post_chip(line.state)
    return ChipText(f"缺{free}", "warn", "users") if free > 0 else ChipText("满员", "ok")


def may_handle(actor: Actor) -> bool:
    """Whether this operator notes claims and plans shifts."""
    return actor.may(Right.HANDLE)


def may_change(actor: Actor) -> bool:
    """Whether this operator opens the form of a post, which shows its remark."""
    return actor.may(Right.HANDLE) and actor.may(Right.REVEAL)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A line of the list of posts; `station` names whose it is, at a street."""

    line: PostLine
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A line of the claims of a post."""

    line: ClaimLine

    @property
    def uid(self) -> str:
        return self.line.uid.hex
