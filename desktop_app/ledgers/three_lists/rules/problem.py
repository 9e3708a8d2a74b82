"""What a problem is: one line of 问题清单. Its record, its words, what can be read from it. Pure.

The columns are those of domain 3.8. Who raised it is private; the description must name nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record

NUMBER_SERIES = "W"
"""问题 in paper numbers: `QR01-W2026A-00007`."""

MOST_AFFECTED = 1_000_000


class AffectedUnit(LabelledEnum):
    """What is counted of those it concerns (涉及人数/户)."""

    HOUSEHOLDS = "households", "户"
    PEOPLE = "people", "人"


class ProblemState(LabelledEnum):
    """Where a problem stands; from 待认领 to 已销号 it follows its duties."""

    RAISED = "raised", "提出"
    LISTED = "listed", "待认领"
    CLAIMED = "claimed", "已认领"
    CLOSED = "closed", "已销号"
    WITHDRAWN = "withdrawn", "撤回"
    MERGED = "merged", "并入"


OPEN = frozenset({ProblemState.RAISED, ProblemState.LISTED, ProblemState.CLAIMED})
"""Somebody still has something to do."""

FOLLOWS = frozenset({ProblemState.LISTED, ProblemState.CLAIMED, ProblemState.CLOSED})
"""States that its duties decide."""


class ProblemAction(LabelledEnum):
    """One step of a problem; the last ones come with what is done to duties and other problems."""

    RAISE = "raise", "提出"
    LIST = "list", "入单"
    MERGE = "merge", "并入"
    WITHDRAW = "withdraw", "撤回"
    REOPEN = "reopen", "重新打开"
    CHANGE = "change", "更正"
    ADD_PHOTOS = "add_photos", "添加照片"
    REMOVE_PHOTO = "remove_photo", "移除照片"
    DECLINE_OFFER = "decline_offer", "谢绝配餐"
    CLAIM = "claim", "认领"
    FREE = "free", "退回待认领"
    CLOSE = "close", "销号"
    ABSORB = "absorb", "并入一条"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class ProblemStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: ProblemAction
    to: ProblemState
    words: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """An offer that was declined for this problem, and why; it is not proposed again."""

    offer: Uid
    number: str
    reason: str
    by: str
    at: Millis


@dataclass(frozen=True, kw_only=True)
class Problem(Record):
    """One problem or need.

    `raised_on` is the business date it was raised, `late_entry` (补录) marks one written down on a
    later day, `listed_on` when it came onto the list. `compound` and `grid` None: it concerns the
    whole community. `request`, `visit`, `activity` and `resolution` (议定事项 of that activity) are
    where it came from. `repeated` counts the problems merged into it. `turn` is 1, and one more
    with every reopening: only duties of the same turn decide its state. `closed_on` is the
    business date of its last closing, None while it is not closed.
    """

    number: str
    raised_on: date
    late_entry: bool = False
    source: Source = Source.VISIT
    compound: Uid | None = None
    building: str = ""
    grid: Uid | None = None
    category: str = ""
    description: str
    affected: int | None = None
    affected_unit: AffectedUnit = AffectedUnit.HOUSEHOLDS
    urgency: Urgency = Urgency.NORMAL
    raiser: str = ""
    raiser_phone: str = ""
    request: Uid | None = None
    visit: Uid | None = None
    activity: Uid | None = None
    resolution: Uid | None = None
    repeated: int = 0
    level: Level = Level.COMMUNITY
    wanted_by: date | None = None
    photos: tuple[Photo, ...] = ()
    state: ProblemState = ProblemState.RAISED
    listed_on: date | None = None
    turn: int = 1
    declined: tuple[Declined, ...] = ()
    merged_into: Uid | None = None
    closed_on: date | None = None
    registered_by: Uid | None = None
    registered_by_name: str = ""
    steps: tuple[ProblemStep, ...] = ()
    remark: str = ""

    @property
    def open(self) -> bool:
        return self.state in OPEN


def is_late(problem: Problem, today: date) -> bool:
    """Whether the day it was wanted by has passed while it is still open."""
    return problem.open and problem.wanted_by is not None and problem.wanted_by < today
