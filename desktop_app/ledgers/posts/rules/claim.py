"""What a claim is: a volunteer who wants, has or had a post. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record


class ClaimState(LabelledEnum):
    """Where a claim stands."""

    CLAIMED = "claimed", "待确认"
    WAITING = "waiting", "候补"
    ON = "on", "在岗"
    ENDED = "ended", "已结束"
    REFUSED = "refused", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


HOLDING = frozenset({ClaimState.CLAIMED, ClaimState.ON})
"""Claims that hold one of the places."""

LIVE = HOLDING | {ClaimState.WAITING}
"""Claims that are not over: one at a time for each volunteer and post."""


class ClaimAction(LabelledEnum):
    """One step of a claim."""

    CLAIM = "claim", "认领"
    APPROVE = "approve", "同意上岗"
    REFUSE = "refuse", "不同意"
    WITHDRAW = "withdraw", "撤回认领"
    END = "end", "结束在岗"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class ClaimStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: ClaimAction
    to: ClaimState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Record):
    """A claim of one volunteer on one post. The days are business dates; `ended_on` is the day on
    which it was over, however it ended, and `reason` why."""

    post: Uid
    volunteer: Uid
    state: ClaimState = ClaimState.CLAIMED
    claimed_on: date
    approved_on: date | None = None
    ended_on: date | None = None
    reason: str = ""
    steps: tuple[ClaimStep, ...] = ()

    @property
    def live(self) -> bool:
        return self.state in LIVE and not self.deleted

    @property
    def holding(self) -> bool:
        return self.state in HOLDING and not self.deleted
