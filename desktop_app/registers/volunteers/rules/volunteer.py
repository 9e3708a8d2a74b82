"""What a volunteer is: the part that a resident has in helping others. Pure.

Name, gender, birth, 证件, telephones, address, 党员管理类别, workplace and guardian are the
resident's file and never copied here; somebody from elsewhere has a file, too. One person is one
volunteer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.core.record import Record
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill

NUMBER_SERIES = "V"
"""志愿者编号 look like `QR01-V2026A-00007`."""

ADULT_AGE = 18
"""Below this age the guardian has to agree (志愿服务条例 art. 7; provincial rules alike)."""

MOST_TRAININGS = 200
MOST_HONOURS = 100
MOST_MINUTES = 60 * 24 * 30
"""Of one training course."""


class VolunteerState(LabelledEnum):
    """Where a volunteer stands."""

    ACTIVE = "active", "在册"
    PAUSED = "paused", "暂停"
    LEFT = "left", "退出"
    CANCELLED = "cancelled", "注销"


PRESENT = frozenset({VolunteerState.ACTIVE, VolunteerState.PAUSED})
"""Who may be in a team."""


class VolunteerAction(LabelledEnum):
    """One step, as the button, the history and the command line call it."""

    REGISTER = "register", "登记"
    CHANGE = "change", "修改"
    PAUSE = "pause", "暂停"
    RESUME = "resume", "恢复服务"
    LEAVE = "leave", "退出"
    CANCEL = "cancel", "注销"
    RETURN = "return", "重新在册"
    ADD_TRAINING = "add_training", "记培训"
    ADD_HONOUR = "add_honour", "记表彰"
    REMOVE_ENTRY = "remove_entry", "移除记录"
    ADD_PAPER = "add_paper", "添加同意书照片"
    MERGE = "merge", "合并"


@dataclass(frozen=True, slots=True)
class VolunteerStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: VolunteerAction
    to: VolunteerState
    words: str = ""


@dataclass(frozen=True, slots=True)
class GuardianConsent:
    """监护人同意书: who agreed on which day, as what to the child; `photo` is the signed paper."""

    day: date
    by: str
    relation: str = ""
    words: str = ""
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Insurance:
    """志愿者保险; `until` is the last day it covers, None when nobody knows."""

    name: str
    policy: str = ""
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is known to cover that day."""
        return self.until is not None and day <= self.until


@dataclass(frozen=True, slots=True)
class Training:
    """培训情况: one course (志愿服务条例 art. 19)."""

    uid: Uid
    day: date
    words: str
    organiser: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Honour:
    """表彰奖励情况: one honour and who gave it."""

    uid: Uid
    day: date
    words: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class VolunteerForm:
    """What a clerk enters of a volunteer (志愿者登记表; domain 3.2).

    `registered_on` None: today. `disclose`: the person agrees to 公示 (志愿服务条例 art. 15: no
    disclosure without consent).
    """

    resident: Uid | None = None
    national_number: str = ""
    ethnicity: str = ""
    political: Political = Political.MASSES
    education: str = ""
    skills: tuple[Skill, ...] = ()
    directions: tuple[Direction, ...] = ()
    times_words: str = ""
    health_note: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    guardian_consent: GuardianConsent | None = None
    insurance: Insurance | None = None
    registered_on: date | None = None
    disclose: bool = False
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Volunteer(Record):
    """A volunteer. `resident` is the file of the person; `merged_into` the volunteer this one was
    found to be the same person as (it then stands in no list, its hours count with the other's).

    `left_on` is the first day on which the person is no volunteer any more.
    """

    number: str
    resident: Uid
    national_number: str = ""
    ethnicity: str = ""
    political: Political = Political.MASSES
    education: str = ""
    skills: tuple[Skill, ...] = ()
    directions: tuple[Direction, ...] = ()
    times_words: str = ""
    health_note: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    guardian_consent: GuardianConsent | None = None
    insurance: Insurance | None = None
    registered_on: date
    disclose: bool = False
    trainings: tuple[Training, ...] = ()
    honours: tuple[Honour, ...] = ()
    state: VolunteerState = VolunteerState.ACTIVE
    left_on: date | None = None
    left_reason: str = ""
    merged_into: Uid | None = None
    steps: tuple[VolunteerStep, ...] = ()
    remark: str = ""

    @property
    def listed(self) -> bool:
        """Whether lists and the search show it."""
        return not self.deleted and self.merged_into is None

    @property
    def present(self) -> bool:
        """Whether the person may be in a team."""
        return self.listed and self.state in PRESENT


FORM_FIELDS: tuple[str, ...] = tuple(VolunteerForm.__dataclass_fields__)
