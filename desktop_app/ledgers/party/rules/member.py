"""What is kept of an employed party member who has reported to the neighbourhood (双报到). Pure.

Name, telephones, address and 党员管理类别 are the resident's file. 承诺 → 践诺 → 评价 are pledges;
each quarter the unit gets a feedback sheet (在职党员参与社区服务反馈表; domain 2b).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.satisfaction import Satisfaction

NUMBER_SERIES = "B"
"""报到 in paper numbers: `QR01-B2026A-00012`."""

LINE_LIMIT = 200
TEXT_LIMIT = 2000
MOST_PLEDGES = 100
MOST_DEEDS = 200
MOST_MINUTES = 100_000
MOST_TIMES = 10_000


class MemberState(LabelledEnum):
    """Whether the party member reports here."""

    REPORTED = "reported", "已报到"
    LEFT = "left", "已转出"


class PledgeState(LabelledEnum):
    """Where a promise stands."""

    OPEN = "open", "践诺中"
    KEPT = "kept", "已践诺"
    ENDED = "ended", "不再践诺"


class MemberAction(LabelledEnum):
    """One step, as the button, the history and the command line call it."""

    REPORT = "report", "报到"
    CHANGE = "change", "修改"
    SHOW = "show", "亮身份"
    PLEDGE = "pledge", "作承诺"
    DO = "do", "记践诺"
    KEEP = "keep", "完成承诺"
    END_PLEDGE = "end_pledge", "结束承诺"
    RATE = "rate", "评价承诺"
    MAKE_FEEDBACK = "make_feedback", "做反馈表"
    SEND_FEEDBACK = "send_feedback", "反馈表已送"
    LEAVE = "leave", "转出"
    RETURN = "return", "重新报到"


@dataclass(frozen=True, slots=True)
class MemberStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: MemberAction
    to: MemberState
    words: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """践诺: what was done for a promise on a day; `service` the service record, if any."""

    uid: Uid
    day: date
    words: str
    service: Uid | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """承诺: what was promised on a day, until when, what was done, and how residents judge it."""

    uid: Uid
    day: date
    words: str
    due: date | None = None
    done: tuple[Done, ...] = ()
    rating: Satisfaction | None = None
    rated_on: date | None = None
    state: PledgeState = PledgeState.OPEN


@dataclass(frozen=True, slots=True)
class Feedback:
    """The sheet for the unit on one quarter (`2026-Q3`): minutes and times of service as it says
    them; `sent_on` None while it has not gone out; `received_words` is what the unit said."""

    uid: Uid
    quarter: str
    made_on: date
    sent_on: date | None = None
    received_words: str = ""
    minutes: int = 0
    times: int = 0


@dataclass(frozen=True, kw_only=True)
class MemberForm:
    """What a clerk enters of a 报到. `unit` empty: the workplace of the resident's file;
    `reported_on` None: today."""

    resident: Uid | None = None
    unit: str = ""
    unit_liaison: str = ""
    unit_phone: str = ""
    branch: str = ""
    reported_on: date | None = None
    specialities: str = ""
    wishes: str = ""
    remark: str = ""


FORM_FIELDS: tuple[str, ...] = tuple(MemberForm.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class PartyMember(Record):
    """An employed party member who reports here. `branch` is the party branch of the unit, in
    words; `wishes` the posts the member would like; `left_on` the first day without the member.
    `pledged` and `kept` count the promises and those of them that are 已践诺: they go up where the
    promises themselves do not."""

    number: str
    resident: Uid
    unit: str
    unit_liaison: str = ""
    unit_phone: str = ""
    branch: str = ""
    reported_on: date
    shown_on: date | None = None
    shown_how: str = ""
    specialities: str = ""
    wishes: str = ""
    pledged: int = 0
    kept: int = 0
    pledges: tuple[Pledge, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    left_on: date | None = None
    left_reason: str = ""
    state: MemberState = MemberState.REPORTED
    steps: tuple[MemberStep, ...] = ()
    remark: str = ""

    def feedback_on(self, quarter: str) -> Feedback | None:
        """The sheet of that quarter, if it was made."""
        return next((one for one in self.feedbacks if one.quarter == quarter), None)


@dataclass(frozen=True, kw_only=True)
class MemberFilter:
    """Narrows the list; everything given must hold. `search`: a number, or part of the name or of
    the unit. `without_feedback`: the quarter (`2026-Q3`) that no sheet was made for."""

    search: str = ""
    state: MemberState | None = None
    without_feedback: str = ""
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One line of the list; `phone` is the resident's, masked."""

    uid: Uid
    revision: int
    number: str
    name: str
    phone: str
    unit: str
    reported_on: date
    shown_on: date | None
    pledges: int
    kept: int
    last_feedback: str
    state: MemberState
    station: str
