"""What an agreement is: its record, its words, and what can be read from it alone. Pure.

The columns are those of 共建协议书 (domain 3.7). The fields are the terms as they hold now; what
they were before a supplement is in the supplement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record

NAME_LIMIT = 100
LINE_LIMIT = 200
TEXT_LIMIT = 2000
PERSON_LIMIT = 60
CODE_LIMIT = 18
MOST_PROMISES = 12
MOST_AMOUNT = 9999
MOST_COPIES = 20
MOST_NOTICE_DAYS = 365
MOST_SCANS = 30

NUMBER_SERIES = "X"


class Content(LabelledEnum):
    """What the two do together (共建内容)."""

    ORGANISATION = "organisation", "组织联建"
    ACTIVITIES = "activities", "活动联办"
    RESOURCES = "resources", "资源共享"
    SERVICES = "services", "服务联动"


class Rhythm(LabelledEnum):
    """How often something is done: 每{周期}."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"


class PromiseKind(LabelledEnum):
    """What can be counted of a promise (量化指标)."""

    ACTIVITIES = "activities", "联合开展活动"
    OFFERS = "offers", "提供共建项目"
    SOLVED = "solved", "解决问题"
    MEETINGS = "meetings", "联席会"
    OTHER = "other", "其他"

    @property
    def measure(self) -> str:
        """The word behind the number."""
        return {"activities": "次", "meetings": "次", "offers": "项", "solved": "件"}.get(
            self.value, ""
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """So many of something in each year of the agreement."""

    uid: Uid
    kind: PromiseKind
    amount: int
    words: str = ""

    @property
    def said(self) -> str:
        """As a list and a supplement say it: 联合开展活动不少于4次."""
        what = self.words if self.kind is PromiseKind.OTHER and self.words else self.kind.label
        beside = f"（{self.words}）" if self.words and what != self.words else ""
        return f"{what}不少于{self.amount}{self.kind.measure}{beside}"


class AgreementState(LabelledEnum):
    """Where an agreement stands; whether it runs out or has run out is read from its days."""

    DRAFT = "draft", "草拟"
    SIGNED = "signed", "履行"
    ENDED = "ended", "终止"
    RENEWED = "renewed", "已续签"


class Action(LabelledEnum):
    """One step of an agreement, as the button, the history and the command line call it."""

    DRAFT = "draft", "草拟"
    CHANGE = "change", "修改"
    SIGN = "sign", "签订"
    SUPPLEMENT = "supplement", "签补充协议"
    CONTACTS = "contacts", "更换联络员"
    RENEW = "renew", "续签"
    REPLACED = "replaced", "由新协议接续"
    END = "end", "终止"
    ADD_SCAN = "add_scan", "添加扫描件"
    REMOVE_SCAN = "remove_scan", "移除扫描件"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the course: when, by whom, what, where it led, and what was said."""

    at: Millis
    actor: str
    action: Action
    to: AgreementState
    words: str = ""


@dataclass(frozen=True, slots=True)
class TermChange:
    """One term that a supplement changed; both values as canonical JSON, so that any kind of
    field can be put back as it was."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Supplement:
    """补充协议: `number` is 补1, 补2 … within its agreement; it holds from the day it is signed."""

    number: str
    signed_on: date
    words: str
    changes: tuple[TermChange, ...] = ()
    scans: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agreement(Record):
    """A 共建协议.

    `partner_name` is the unit's name at signing. `platform` is what 甲方 lends (场地或平台),
    `venues` what 乙方 opens or brings (场地、专业力量或物资). `promises` are per year.
    `copies_each` is what each side keeps. `renewal_of` is the agreement that this one goes on with,
    `renewed_by` the one that goes on with it, once that is signed. `ended_on` is its last day when
    it was ended early.
    """

    number: str
    partner: Uid | None = None
    partner_name: str = ""
    party_a: str = ""
    a_head: str = ""
    a_liaison: str = ""
    a_phone: str = ""
    party_b: str = ""
    credit_code: str = ""
    b_head: str = ""
    b_liaison: str = ""
    b_phone: str = ""
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    goals: str = ""
    contents: tuple[Content, ...] = ()
    contents_words: str = ""
    a_duties: str = ""
    b_duties: str = ""
    demand_every: Rhythm = Rhythm.QUARTER
    platform: str = ""
    venues: str = ""
    promises: tuple[Promise, ...] = ()
    meeting_every: Rhythm | None = None
    quarterly_report: bool = False
    notice_days: int = 30
    changes_words: str = ""
    copies: int = 2
    copies_each: int = 1
    filed_with: str = ""
    scans: tuple[Photo, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    renewal_of: Uid | None = None
    renewed_by: Uid | None = None
    ended_on: date | None = None
    end_reason: str = ""
    state: AgreementState = AgreementState.DRAFT
    steps: tuple[Step, ...] = ()
    remark: str = ""

    @property
    def signed(self) -> bool:
        """Whether it was ever signed; then its terms only change by a supplement."""
        return self.state is not AgreementState.DRAFT

    def amount(self, kind: PromiseKind) -> int | None:
        """How many of a kind are promised a year; None where nothing is."""
        found = [promise.amount for promise in self.promises if promise.kind is kind]
        return sum(found) if found else None


def has_expired(state: AgreementState, ends_on: date | None, today: date) -> bool:
    """Whether it ran out, and nobody has gone on with it or ended it."""
    return state is AgreementState.SIGNED and ends_on is not None and ends_on < today


def is_expiring(state: AgreementState, ends_on: date | None, today: date, days: int) -> bool:
    """Whether it runs out within so many days, today included."""
    if state is not AgreementState.SIGNED or ends_on is None:
        return False
    return today <= ends_on <= today + timedelta(days=days)
