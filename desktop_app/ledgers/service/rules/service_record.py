"""What a service record is (志愿服务记录): one volunteer, once, from when to when. Pure.

The columns are those of domain 3.3; what the time comes to is kept in whole minutes. Whom it names
it names by the volunteer's uid only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.satisfaction import Satisfaction

NUMBER_SERIES = "F"
"""服务 in paper numbers: `QR01-F2026A-00007`."""

LINE_LIMIT = 200
TEXT_LIMIT = 2000
REASON_LIMIT = 500
MOST_SERVED = 100_000


class Source(LabelledEnum):
    """时长来源: how the time became known."""

    SIGNED = "signed", "签到"
    ENTERED = "entered", "补录"
    IMPORTED = "imported", "导入"


class ServiceState(LabelledEnum):
    """Where a record stands; only what is 已确认 is ever counted as hours."""

    OPEN = "open", "服务中"
    TO_CONFIRM = "to_confirm", "待确认"
    CONFIRMED = "confirmed", "已确认"
    VOID = "void", "作废"


class ServiceAction(LabelledEnum):
    """One step of a record."""

    SIGN_IN = "sign_in", "签到"
    SIGN_OUT = "sign_out", "签退"
    FINISH = "finish", "补签退"
    ENTER = "enter", "补录"
    CORRECT = "correct", "更正"
    CONFIRM = "confirm", "确认"
    RETURN = "return", "退回重核"
    RATE = "rate", "评价"
    MARK_UPLOADED = "mark_uploaded", "标记已录入全国系统"
    VOID = "void", "作废"
    FORGET = "forget", "删除个人信息"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class ServiceStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: ServiceAction
    to: ServiceState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceRecord(Record):
    """One service of one volunteer.

    `day` is the business date of the start, also of what goes on past midnight. `ended_at` None:
    still serving. `excluded_minutes` (路途、休息) are no service. `minutes` is derived, see
    `spans.minutes_of`; None while it has not ended. `late` marks what was written down more than
    ten working days after its day (令67号: 及时). `team` is for which team it was done: it decides
    the team's totals whatever becomes of the membership. `overlap_reason` says why the same time
    stands in two records. `uploaded_on`: entered into the national system on that day.
    """

    number: str
    volunteer: Uid
    team: Uid | None = None
    activity: Uid | None = None
    attendance: Uid | None = None
    post: Uid | None = None
    shift: Uid | None = None
    request: Uid | None = None
    title: str
    started_at: Millis
    ended_at: Millis | None = None
    day: date
    excluded_minutes: int = 0
    excluded_words: str = ""
    minutes: int | None = None
    source: Source = Source.SIGNED
    late: bool = False
    overlap_reason: str = ""
    content: str = ""
    recipients: str = ""
    served: int | None = None
    organiser: str = ""
    head: str = ""
    place_words: str = ""
    good_deed: bool = False
    rating: Satisfaction | None = None
    state: ServiceState = ServiceState.OPEN
    confirmed_by: Uid | None = None
    confirmed_by_name: str = ""
    confirmed_on: date | None = None
    uploaded_on: date | None = None
    void_reason: str = ""
    steps: tuple[ServiceStep, ...] = ()
    remark: str = ""

    @property
    def counts(self) -> bool:
        """Whether its minutes are hours of service."""
        return self.state is ServiceState.CONFIRMED
