"""What an activity is: its record, its words, and what can be read from it alone. Pure.

The columns are those of 活动台账 and 活动简报. Who was there stands in records of its own
(`attendance`); how many of them there were is for `counting`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record

NUMBER_SERIES = "H"
"""活动 in paper numbers: `QR01-H2026A-00007`."""

NAME_LIMIT = 100
KIND_LIMIT = 20
LINE_LIMIT = 200
TEXT_LIMIT = 4000
CAPTION_LIMIT = 200
REASON_LIMIT = 500
MOST_PARTNERS = 20
MOST_RESOLUTIONS = 50
MOST_FUNDS = 20
MOST_EXPECTED = 9999
MOST_PHOTOS = 30
USUAL_PHOTOS = (2, 6)
"""活动台账 asks for two to six photos."""


class ActivityKind(LabelledEnum):
    """The usual kinds. A station may write a word of its own instead (`kind_of`)."""

    VOLUNTEERING = "volunteering", "志愿服务"
    PARTY_DAY = "party_day", "主题党日"
    THREE_SIDES = "three_sides", "三方联席会"
    COUNCIL = "council", "党群议事会"
    TWO_REVIEWS = "two_reviews", "两议两评两公开"
    OUTREACH = "outreach", "宣传"
    CULTURE = "culture", "文体"
    CLINIC = "clinic", "义诊"
    JOINT = "joint", "共建联办"
    OTHER = "other", "其他"


MEETINGS = frozenset({ActivityKind.THREE_SIDES, ActivityKind.COUNCIL, ActivityKind.TWO_REVIEWS})
"""Kinds with 主持人, 应到 and 议定事项. A kind of the station's own may be one, too."""

WITHOUT_HOURS = MEETINGS | {ActivityKind.PARTY_DAY}
"""主题党日 and meetings give no hours of voluntary service (志愿服务记录与证明出具办法)."""


class ActivityState(LabelledEnum):
    """Where an activity stands."""

    PLANNED = "planned", "计划"
    OPEN = "open", "报名中"
    RUNNING = "running", "进行中"
    TO_RECORD = "to_record", "待记录"
    TO_REVIEW = "to_review", "待审核"
    ARCHIVED = "archived", "已归档"
    CANCELLED = "cancelled", "已取消"


BEFORE = frozenset({ActivityState.PLANNED, ActivityState.OPEN})
"""Nobody has been seen there yet."""

HELD = frozenset(ActivityState) - BEFORE - {ActivityState.CANCELLED}
"""It takes place or took place: what figures count."""

EDITABLE = BEFORE | {ActivityState.RUNNING, ActivityState.TO_RECORD}
"""Its plan, its attendance, its record and its photos may still be changed."""


class Action(LabelledEnum):
    """One step of an activity, as the button, the history and the command line call it."""

    PLAN = "plan", "登记计划"
    OPEN_SIGN_UP = "open_sign_up", "开放报名"
    START = "start", "开始"
    FINISH = "finish", "结束"
    RECORD = "record", "记录"
    SUBMIT = "submit", "提交审核"
    APPROVE = "approve", "审核通过"
    SEND_BACK = "send_back", "退回"
    CANCEL = "cancel", "取消"
    REOPEN = "reopen", "重新打开"
    CHANGE = "change", "修改"
    CORRECT_COUNT = "correct_count", "更正人数"
    ADD_PHOTOS = "add_photos", "添加照片"
    CHANGE_CAPTION = "change_caption", "修改照片说明"
    REMOVE_PHOTO = "remove_photo", "移除照片"
    UNDO = "undo", "撤销上一步"


class Group(LabelledEnum):
    """What somebody took part as (活动签到表: 身份)."""

    PARTY = "party", "党员"
    VOLUNTEER = "volunteer", "志愿者"
    PUBLIC = "public", "群众"
    PARTNER = "partner", "共建单位"


@dataclass(frozen=True, slots=True)
class Resolution:
    """议定事项 of a meeting: what, who sees to it, until when.

    `link` is the item of the problem list it became; None while it is only written down here.
    """

    uid: Uid
    words: str
    owner: str = ""
    due: date | None = None
    link: Uid | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """One source of money and how much of it was spent; `amount` in fen."""

    source: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One of the two 评 of 两议两评两公开: what the residents gave a body, 0 to 100 points."""

    body: str
    points: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class CountCorrection:
    """How many of a group there were, as somebody says who knows better than the sheet.

    `rows` is what the sheet gave at that moment, `by` the operator.
    """

    group: Group
    people: int
    rows: int
    reason: str
    by: str
    at: Millis


class Every(LabelledEnum):
    """How often a recurring activity comes back."""

    WEEKS = "weeks", "每隔几周"
    MONTH_DAY = "month_day", "每月同一日"
    MONTH_WEEKDAY = "month_weekday", "每月第几个星期几"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How a series goes on from its first day `anchor`: `step` weeks or months at a time.

    With `workdays` a day on which the station rests moves to the next working day; the days after
    it are counted from `anchor` all the same, so nothing drifts.
    """

    every: Every
    anchor: date
    step: int = 1
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: Action
    to: ActivityState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """One activity, from its plan to the archive.

    `kind` is the value of an `ActivityKind` or a word of the station's own; `meeting` says whether
    it has an agenda and resolutions. `starts_at` lies on the business date `day`, `ends_at` on that
    day or the next; `late_entry` (补录) marks one that was written down only afterwards. `place` is
    a place of the register, `place_words` what is printed. `expected` (应到) is None when nobody
    counted beforehand: then those who signed up are expected. `solved` are items of the problem
    list; their number is never typed. `recorder` is printed as 记录人, `recorded_by` is the
    operator who wrote the record; `recorded_on` and `reviewed_on` are business dates. `occurrence`
    counts the activities of a `series` from 0.
    """

    number: str
    kind: str
    meeting: bool = False
    name: str
    brand: str = ""
    starts_at: Millis
    ends_at: Millis
    day: date
    late_entry: bool = False
    place: Uid | None = None
    place_words: str = ""
    organiser: str = ""
    undertaker: str = ""
    co_organiser: str = ""
    partners: tuple[str, ...] = ()
    host: str = ""
    expected: int | None = None
    agenda: str = ""
    state: ActivityState = ActivityState.PLANNED
    summary: str = ""
    outcome: str = ""
    next_steps: str = ""
    served: int | None = None
    resolutions: tuple[Resolution, ...] = ()
    solved: tuple[Uid, ...] = ()
    reviews: tuple[Review, ...] = ()
    disclosed_on: date | None = None
    disclosed_at: str = ""
    funds: tuple[Fund, ...] = ()
    media: str = ""
    photos: tuple[Photo, ...] = ()
    corrections: tuple[CountCorrection, ...] = ()
    recorder: str = ""
    recorded_by: Uid | None = None
    recorded_on: date | None = None
    reviewer: str = ""
    reviewed_by: Uid | None = None
    reviewed_on: date | None = None
    series: Uid | None = None
    occurrence: int = 0
    repeat: Repeat | None = None
    copied_from: Uid | None = None
    planned_by: Uid | None = None
    planned_by_name: str = ""
    steps: tuple[Step, ...] = ()
    remark: str = ""

    @property
    def held(self) -> bool:
        """Whether it takes place or took place."""
        return self.state in HELD

    @property
    def gives_hours(self) -> bool:
        """Whether its hours may count as voluntary service."""
        return not self.meeting and self.kind not in WITHOUT_HOURS

    @property
    def spent(self) -> int:
        """What it cost, in fen."""
        return sum(fund.amount for fund in self.funds)


def kind_label(kind: str) -> str:
    """The word for a kind: that of the usual one, or the station's own."""
    return _LABELS.get(kind, kind)


def kind_of(text: str) -> str:
    """The kind a word means: the value of a usual one by value or label, otherwise the word."""
    plain = text.strip()
    return next(
        (kind.value for kind in ActivityKind if plain in (kind.value, kind.label)),
        plain,
    )


def group_of(text: str) -> Group | None:
    """The group of a value or a label, or None."""
    return next((group for group in Group if text in (group.value, group.label)), None)


def is_meeting(kind: str) -> bool:
    """Whether a usual kind is a meeting; a word of the station's own is none unless it says so."""
    return kind in MEETINGS


_LABELS = {kind.value: kind.label for kind in ActivityKind}
