"""What a request is: its record, its words, and what can be read from it alone. Pure.

诉求 asks for something to be put right, a 点单 orders a service of the menu, a 微心愿 is a small
wish somebody may fulfil. One course serves all three; only its words differ (domain 2c).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record
from desktop_app.core.satisfaction import Satisfaction

TITLE_LIMIT = 80
SUMMARY_LIMIT = 2000
RESULT_LIMIT = 2000
REMARK_LIMIT = 2000
LINE_LIMIT = 200
CAPTION_LIMIT = 60
MOST_PHOTOS = 12


class RequestKind(LabelledEnum):
    """What sort of wish it is."""

    APPEAL = "appeal", "诉求"
    ORDER = "order", "点单"
    WISH = "wish", "微心愿"


class DisputeStage(LabelledEnum):
    """处—调—裁—执: how far a property dispute has gone (domain 1b, row 16)."""

    SETTLING = "settling", "处置"
    MEDIATION = "mediation", "调解"
    JUDGEMENT = "judgement", "裁判"
    ENFORCEMENT = "enforcement", "执行"


class AssigneeKind(LabelledEnum):
    """Who a request can be given to."""

    STATION = "station", "本站"
    PERSON = "person", "个人"
    TEAM = "team", "队伍"
    POST = "post", "岗位"
    PARTNER = "partner", "共建单位"


class RequestState(LabelledEnum):
    """Where a request stands."""

    REGISTERED = "registered", "登记"
    ACCEPTED = "accepted", "接办"
    AWAITING = "awaiting", "待补材料"
    DISPATCHED = "dispatched", "待接单"
    DOING = "doing", "办理中"
    UNTAKEN = "untaken", "无人接单"
    LISTED = "listed", "已列清单"
    ESCALATED = "escalated", "已吹哨"
    TO_CALL_BACK = "to_call_back", "待回访"
    CLOSED = "closed", "办结"
    NOT_OURS = "not_ours", "不属本站办理（已告知去向）"
    FORWARDED = "forwarded", "转办"
    WITHDRAWN = "withdrawn", "撤回"
    MERGED = "merged", "合并"


_OF_ORDERS = {
    RequestState.REGISTERED: "待下单",
    RequestState.ACCEPTED: "待交办",
    RequestState.DOING: "服务中",
    RequestState.TO_CALL_BACK: "待评价",
    RequestState.CLOSED: "完成",
}


def state_words(state: RequestState, kind: RequestKind) -> str:
    """The state as it is called of that kind: a 点单 in the words of 点单—下单—接单."""
    return _OF_ORDERS.get(state, state.label) if kind is RequestKind.ORDER else state.label


FINAL = frozenset(
    {
        RequestState.CLOSED,
        RequestState.NOT_OURS,
        RequestState.FORWARDED,
        RequestState.WITHDRAWN,
        RequestState.MERGED,
    }
)
"""States in which nobody at the station has anything left to do."""


class Action(LabelledEnum):
    """One step of a request, as the button, the history and the command line call it."""

    REGISTER = "register", "登记"
    ACCEPT = "accept", "接办"
    ASK_MATERIALS = "ask_materials", "待补材料"
    MATERIALS_COMPLETE = "materials_complete", "材料已补齐"
    DISPATCH = "dispatch", "交办"
    TAKE = "take", "接单"
    HAND_BACK = "hand_back", "退单"
    NOBODY_TOOK = "nobody_took", "无人接单"
    LIST = "list", "列入问题清单"
    UNLIST = "unlist", "移出问题清单"
    ESCALATE = "escalate", "吹哨"
    ANSWERED = "answered", "街道答复"
    DONE = "done", "办理完毕"
    CLOSE = "close", "办结"
    REDO = "redo", "继续办理"
    FOLLOW_UP = "follow_up", "回访"
    SET_STAGE = "set_stage", "标注纠纷阶段"
    NOT_OURS = "not_ours", "不属本站办理"
    FORWARD = "forward", "转办"
    WITHDRAW = "withdraw", "撤回"
    MERGE = "merge", "合并"
    REOPEN = "reopen", "重新打开"
    JOIN = "join", "并入一件"
    ADD_PHOTOS = "add_photos", "添加照片"
    REMOVE_PHOTO = "remove_photo", "移除照片"
    CORRECT = "correct", "更正"
    UNDO = "undo", "撤销上一步"


_ACTIONS_OF_ORDERS = {
    Action.ACCEPT: "审核",
    Action.DISPATCH: "下单",
    Action.DONE: "服务完毕",
    Action.CLOSE: "完成",
}


def action_words(action: Action, kind: RequestKind) -> str:
    """The step as it is called of that kind."""
    if kind is RequestKind.ORDER:
        return _ACTIONS_OF_ORDERS.get(action, action.label)
    return action.label


class EnteredFrom(LabelledEnum):
    """Where a resident gave the evaluation: never at the clerk's own screen."""

    SECOND_SCREEN = "second_screen", "居民屏"
    PAPER = "paper", "纸质评价表"


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who a request was given to: `uid` where the house knows them, `words` as they are called."""

    kind: AssigneeKind
    words: str
    uid: Uid | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Business days during which material was missing; `until` is None while it still is."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """吹哨: when, on which business date, by whom, to which level and why."""

    at: Millis
    day: date
    by: str
    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from above: entered when and by whom, from which office, on which day.

    `uid` is the street's own name of an answer that came down in a receipt, `at` and `by` are then
    the street's; None: somebody here wrote down what the street said some other way.
    """

    at: Millis
    by: str
    office: str
    words: str
    day: date
    uid: Uid | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: Action
    to: RequestState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Request(Record):
    """One wish of one resident.

    `at` is the moment it was raised and `day` its business date; `late_entry` (补录) marks one that
    was written down on a later day. `platform` and `external_number` are where it came from,
    `forwarded_to` and `forwarded_number` where it went. `visit`, `activity` and `resolution` say
    what it came of. `title` tells the matter without any person and travels; `summary` may not.
    `consented` (居民同意提供) lets a slip to another body name the resident. `limit_days` is the
    station's own limit in working days, counted from `limit_from` with `pauses`; `due` is its last
    day, None without a limit, while a pause lasts, and after an end other than 办结. The limit is
    for the doing: `done_on` stops it, whenever the resident is called back. `hand_backs` counts how
    often it was given back. Of `escalated` and `answer` the last ones stand here, earlier ones in
    `steps`. `petition` rows say only that somebody was told where petitions go.
    """

    number: str
    kind: RequestKind = RequestKind.APPEAL
    source: Source = Source.VISIT
    at: Millis
    day: date
    late_entry: bool = False
    platform: str = ""
    external_number: str = ""
    visit: Uid | None = None
    activity: Uid | None = None
    resolution: Uid | None = None
    resident: Uid | None = None
    name: str = ""
    phone: str = ""
    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    consented: bool = False
    category: str = ""
    title: str = ""
    summary: str = ""
    urgency: Urgency = Urgency.NORMAL
    dispute_stage: DisputeStage | None = None
    state: RequestState = RequestState.REGISTERED
    assignee: Assignee | None = None
    limit_days: int | None = None
    limit_from: date
    due: date | None = None
    pauses: tuple[Pause, ...] = ()
    dispatched_on: date | None = None
    taken_by: str = ""
    taken_at: Millis | None = None
    hand_backs: int = 0
    result: str = ""
    done_on: date | None = None
    called_back_on: date | None = None
    call_back: str = ""
    forwarded_to: str = ""
    forwarded_number: str = ""
    merged_into: Uid | None = None
    escalated_on: date | None = None
    escalated: Escalation | None = None
    answer: Answer | None = None
    closed_at: Millis | None = None
    closed_day: date | None = None
    petition: bool = False
    photos: tuple[Photo, ...] = ()
    registered_by: Uid | None = None
    registered_by_name: str = ""
    steps: tuple[Step, ...] = field(default=())
    remark: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state not in FINAL

    @property
    def state_words(self) -> str:
        """The state in the words of this kind of request."""
        return state_words(self.state, self.kind)

    @property
    def on_time(self) -> bool | None:
        """Whether it was done within its limit; None when it had none or is not closed."""
        if self.state is not RequestState.CLOSED or self.due is None or self.done_on is None:
            return None
        return self.done_on <= self.due


def is_overdue(request: Request, today: date) -> bool:
    """Whether the station's own limit has run out while the request is not done."""
    waits = request.open and request.done_on is None
    return waits and request.due is not None and request.due < today


@dataclass(frozen=True, kw_only=True)
class RequestEvaluation(Record):
    """One evaluation of one request (一事一评). No screen lists them: they are only counted."""

    request: Uid
    level: Satisfaction
    entered_from: EnteredFrom
    at: Millis
    day: date
