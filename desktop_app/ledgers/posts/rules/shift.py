"""What a shift is: one person at one post, once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record


class ShiftState(LabelledEnum):
    """Where a shift stands."""

    PLANNED = "planned", "已排"
    DONE = "done", "已到岗"
    ABSENT = "absent", "缺勤"
    CANCELLED = "cancelled", "已取消"


HOLDING = frozenset({ShiftState.PLANNED, ShiftState.DONE})
"""Shifts that keep their person: nobody is at two places at once."""


class ShiftAction(LabelledEnum):
    """One step of a shift."""

    PLAN = "plan", "排班"
    MOVE = "move", "调班"
    DONE = "done", "到岗"
    ABSENT = "absent", "记缺勤"
    CANCEL = "cancel", "取消排班"
    LINK = "link", "关联服务记录"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class ShiftStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: ShiftAction
    to: ShiftState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Shift(Record):
    """One person at one post from `starts_at` up to, without, `ends_at`. `day` is the business date
    of the beginning. `override_reason`: why it may overlap another shift of the same person; empty
    where it does not. `service`: the service record that its minutes stand in.
    """

    post: Uid
    volunteer: Uid
    day: date
    starts_at: Millis
    ends_at: Millis
    override_reason: str = ""
    state: ShiftState = ShiftState.PLANNED
    service: Uid | None = None
    steps: tuple[ShiftStep, ...] = ()

    @property
    def holding(self) -> bool:
        return self.state in HOLDING and not self.deleted

    def overlaps(self, starts_at: Millis, ends_at: Millis) -> bool:
        """Whether both have a moment in common; who ends when the other begins does not."""
        return self.starts_at < ends_at and starts_at < self.ends_at
