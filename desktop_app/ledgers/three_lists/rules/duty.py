"""What a duty is: one line of 责任清单, who does what about a problem by when. Pure.

One duty is one match: a problem and a unit, with or without an offer of that unit's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record

NUMBER_SERIES = "Z"
"""责任 in paper numbers: `QR01-Z2026A-00007`."""

MOST_PROGRESS = 200


class DutyState(LabelledEnum):
    """Where a duty stands."""

    PROPOSED = "proposed", "待接单"
    DOING = "doing", "办理中"
    TO_REVIEW = "to_review", "待复核"
    CLOSED = "closed", "已销号"
    DECLINED = "declined", "已谢绝"
    CANCELLED = "cancelled", "已取消"


LIVE = frozenset({DutyState.PROPOSED, DutyState.DOING, DutyState.TO_REVIEW})
"""Under way: somebody has something to do."""

HOLDING = LIVE | {DutyState.CLOSED}
"""What keeps its amount of an offer: what is under way and what was given."""


class DutyAction(LabelledEnum):
    """One step of a duty, as the button, the history and the command line call it."""

    PROPOSE = "propose", "交办"
    ACCEPT = "accept", "接单"
    DECLINE = "decline", "谢绝"
    PROGRESS = "progress", "记进展"
    ADD_EVIDENCE = "add_evidence", "添加佐证"
    REMOVE_EVIDENCE = "remove_evidence", "移除佐证"
    LINK_ACTIVITY = "link_activity", "关联活动"
    EXTEND = "extend", "延期"
    ESCALATE = "escalate", "提级"
    SUBMIT = "submit", "申请销号"
    REVIEW_OK = "review_ok", "同意销号"
    REVIEW_BACK = "review_back", "退回"
    CANCEL = "cancel", "取消"
    REOPEN = "reopen", "重新打开"
    ASK_OPINION = "ask_opinion", "记群众评价"
    CHANGE = "change", "更正"
    UNDO = "undo", "撤销上一步"


class ReviewerRole(LabelledEnum):
    """As what somebody looks over a duty before it is closed (销号人与复核人分开)."""

    SECOND = "second", "第二名工作人员"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    RESIDENT = "resident", "居民签字确认"


class OpinionLevel(LabelledEnum):
    """群众评价 on a closed line; asked by telephone or at the door, so it may find nobody."""

    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    NOT_REACHED = "not_reached", "未联系上"


@dataclass(frozen=True, slots=True)
class DutyStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: DutyAction
    to: DutyState
    words: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """进展: one entry, on its business date."""

    at: Millis
    day: date
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the residents say of the result; `by` is who asked."""

    level: OpinionLevel
    words: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Extension:
    """延期: the day it was due and the later one, with the reason."""

    before: date
    after: date
    reason: str
    by: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Raised:
    """提级: the level that had to see to it and the higher one, with the reason."""

    before: Level
    after: Level
    reason: str
    by: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Closing:
    """An earlier closing of a duty that was opened again: what was said and who looked it over."""

    closed_on: date
    result: str
    submitted_by_name: str
    reviewer_name: str
    reviewer_role: ReviewerRole
    reopened_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Duty(Record):
    """One line of 责任清单.

    `problem_number`, `category` and `compound` are the problem's. `turn` is the problem's when the
    duty began (or began again). `partner` is the unit's file if it is a 共建单位; `unit` is
    its name. `amount` is how much of the offer it takes, None without an offer. `due` is a business
    date. `submitted_by` is who asked for the closing, `reviewer` who looked it over: never the same
    person. `confirmation` is the signed paper where the reviewer is no operator of this station.
    `closings` are earlier closings of a line that was opened again.
    """

    number: str
    problem: Uid
    problem_number: str = ""
    category: str = ""
    compound: Uid | None = None
    turn: int = 1
    offer: Uid | None = None
    partner: Uid | None = None
    unit: str
    person: str
    person_phone: str = ""
    helpers: str = ""
    level: Level = Level.COMMUNITY
    due: date
    measures: str
    amount: int | None = None
    progress: tuple[Progress, ...] = ()
    result: str = ""
    evidence: tuple[Photo, ...] = ()
    activities: tuple[Uid, ...] = ()
    opinion: Opinion | None = None
    extensions: tuple[Extension, ...] = ()
    escalations: tuple[Raised, ...] = ()
    closings: tuple[Closing, ...] = ()
    state: DutyState = DutyState.PROPOSED
    proposed_on: date
    proposed_by: Uid | None = None
    proposed_by_name: str = ""
    accepted_on: date | None = None
    submitted_by: Uid | None = None
    submitted_by_name: str = ""
    submitted_on: date | None = None
    reviewer: Uid | None = None
    reviewer_name: str = ""
    reviewer_role: ReviewerRole | None = None
    confirmation: Photo | None = None
    reviewed_on: date | None = None
    closed_on: date | None = None
    decline_reason: str = ""
    steps: tuple[DutyStep, ...] = ()
    remark: str = ""

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def on_time(self) -> bool | None:
        """Whether it was closed by its (extended) due day; None while it is not closed."""
        return None if self.closed_on is None else self.closed_on <= self.due


def is_late(duty: Duty, today: date) -> bool:
    """Whether its due day has passed while it is under way."""
    return duty.live and duty.due < today
