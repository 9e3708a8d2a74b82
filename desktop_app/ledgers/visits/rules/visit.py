"""What a visit is: its record, its words, and what can be read from it alone. Pure.

One record stands for one 件 (matter). Several matters of one visit share `batch`, and the first of
them `leads`: 批次 = records that lead, 人次 = their people, 件数 = all records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.registers.residents.rules import ResidentKind

SUMMARY_LIMIT = 2000
RESULT_LIMIT = 2000
REMARK_LIMIT = 2000
LINE_LIMIT = 200
MOST_PEOPLE = 999
MOST_REPRESENTATIVES = 5
"""多人来访 speak through at most five representatives (信访工作条例 art. 20)."""


class VisitKind(LabelledEnum):
    """How much is known of who came."""

    NAMED = "named", "实名"
    ANONYMOUS = "anonymous", "匿名"
    COUNTED = "counted", "仅计数"


class VisitSource(LabelledEnum):
    """How the matter reached the station (来访登记表: 来源)."""

    WALK_IN = "walk_in", "来访"
    CALL = "call", "来电"
    GRID = "grid", "网格走访"
    HOME = "home", "入户"
    ONLINE = "online", "线上转入"
    SUPERIOR = "superior", "上级转办"


class VisitState(LabelledEnum):
    """Where a matter stands. A station is no state organ: it takes up, it decides nothing."""

    REGISTERED = "registered", "登记"
    TAKEN_UP = "taken_up", "接办"
    AWAITING = "awaiting", "待补材料"
    HANDED_OVER = "handed_over", "交办"
    WORKING = "working", "办理中"
    ANSWERED = "answered", "待回访"
    CLOSED = "closed", "办结"
    NOT_OURS = "not_ours", "不属本站办理（已告知去向）"
    WITHDRAWN = "withdrawn", "撤回"
    MERGED = "merged", "合并"


FINAL = frozenset({VisitState.CLOSED, VisitState.NOT_OURS, VisitState.WITHDRAWN, VisitState.MERGED})
"""States in which nobody at the station has anything left to do."""


class Action(LabelledEnum):
    """One step of a matter, as the button, the history and the command line call it."""

    REGISTER = "register", "登记"
    TAKE_UP = "take_up", "接办"
    ASK_FOR_MATERIALS = "ask_for_materials", "待补材料"
    MATERIALS_COMPLETE = "materials_complete", "材料已补齐"
    HAND_OVER = "hand_over", "交办"
    WORK = "work", "开始办理"
    ANSWER = "answer", "已答复"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "重新打开"
    WITHDRAW = "withdraw", "撤回"
    NOT_OURS = "not_ours", "不属本站办理"
    MERGE = "merge", "合并"
    REPORT_URGENT = "report_urgent", "已报告"
    FOLLOW_UP = "follow_up", "回访"
    CORRECT = "correct", "更正"
    UNDO = "undo", "撤销上一步"


class EnteredFrom(LabelledEnum):
    """Where a resident gave the evaluation: never at the clerk's own screen."""

    SECOND_SCREEN = "second_screen", "居民屏"
    PAPER = "paper", "纸质评价表"


@dataclass(frozen=True, slots=True)
class Agent:
    """代办人: who came in the resident's place, and as what (女儿, 网格员)."""

    name: str
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Representative:
    """One of those who speak for 多人来访."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Business days during which material was missing; `until` is None while it still is."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class UrgentReport:
    """One key 已报告: whom an urgent matter was reported to, under which number, and when."""

    whom: str
    phone: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: Action
    to: VisitState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """One matter of one visit.

    `at` is the moment of the visit and `day` its business date; `late_entry` (补录) marks one that
    was written down on a later day. `name`, `gender`, `birth_year`, address, `category` and
    `matter_name` are as they stood at the counter: later changes of the registers leave them alone.
    `limit_days` is the station's own limit in working days, counted from `limit_from` with
    `pauses`; `due` is its last day, None without a limit, while a pause lasts, and after an end
    other than 办结. `petition` rows say only that somebody was told where petitions go.
    `first_clerk` is the 首问责任人, `registered_by` who wrote the visit down.
    """

    number: str
    batch: Uid
    leads: bool = True
    kind: VisitKind = VisitKind.NAMED
    at: Millis
    day: date
    late_entry: bool = False
    source: VisitSource = VisitSource.WALK_IN
    resident: Uid | None = None
    name: str = ""
    gender: Gender = Gender.UNKNOWN
    birth_year: int | None = None
    people: int = 1
    phone: str = ""
    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    person_kind: ResidentKind | None = None
    agent: Agent | None = None
    representatives: tuple[Representative, ...] = ()
    matter: Uid | None = None
    category: str = ""
    matter_name: str = ""
    summary: str = ""
    handling: Handling = Handling.INSTANT
    limit_days: int | None = None
    limit_from: date
    due: date | None = None
    pauses: tuple[Pause, ...] = ()
    notice_given: bool = False
    state: VisitState = VisitState.REGISTERED
    handed_to: str = ""
    handed_on: date | None = None
    external_number: str = ""
    result: str = ""
    closed_at: Millis | None = None
    closed_day: date | None = None
    follow_up: str = ""
    petition: bool = False
    urgent: UrgentReport | None = None
    first_clerk: Uid | None = None
    first_clerk_name: str = ""
    registered_by: Uid | None = None
    registered_by_name: str = ""
    merged_into: Uid | None = None
    steps: tuple[Step, ...] = field(default=())
    remark: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state not in FINAL

    @property
    def on_time(self) -> bool | None:
        """Whether it ended within its limit; None when it had none or has not ended by 办结."""
        if self.state is not VisitState.CLOSED or self.due is None or self.closed_day is None:
            return None
        return self.closed_day <= self.due


def is_overdue(visit: Visit, today: date) -> bool:
    """Whether the station's own limit has run out while the matter is still open."""
    return visit.open and visit.due is not None and visit.due < today


def is_due_today(visit: Visit, today: date) -> bool:
    """Whether today is the last day of the station's own limit."""
    return visit.open and visit.due == today


@dataclass(frozen=True, kw_only=True)
class Evaluation(Record):
    """One evaluation of one matter (一事一评). No screen ever lists them: they are only counted."""

    visit: Uid
    level: Satisfaction
    entered_from: EnteredFrom
    at: Millis
    day: date
