"""What a resident's file (居民档案) is; when it is in order is for `tidying.py`. Pure: no storage,
no screen.

Only the name is required; the rest is asked for when a matter needs it (个人信息保护法 art. 6).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record

PHONES_LIMIT = 5
DOOR_LIMIT = 20
LINE_LIMIT = 100
ADDRESS_LIMIT = 200
REMARK_LIMIT = 2000
GUARDIAN_AGE = 14
"""Below this age data are sensitive and the guardian decides (个人信息保护法 art. 28, 31)."""


class ResidentKind(LabelledEnum):
    """What the person is to the station (来访登记表: 人员类别)."""

    RESIDENT = "resident", "居民"
    MIGRANT = "migrant", "流动人口"
    PROPERTY = "property", "物业"
    UNIT = "unit", "单位"
    OTHER = "other", "其他"


class PartyKind(LabelledEnum):
    """党员管理类别: who looks after a party member; 非党员 for everyone else and when unknown."""

    NONE = "none", "非党员"
    COMPOUND = "compound", "小区党员"
    EMPLOYED = "employed", "在职党员"
    RETIRED = "retired", "退休党员"
    MOBILE = "mobile", "流动党员"


class SpecialGroup(LabelledEnum):
    """关爱对象: why a visit or a helping hand is offered.

    Sensitive (art. 28). 精神障碍, 吸毒, 社区矫正 and the like have no entry on purpose: those
    registers belong to other bodies, and a counter has no business with them.
    """

    LIVING_ALONE = "living_alone", "独居老人"
    EMPTY_NEST = "empty_nest", "空巢老人"
    AGED = "aged", "高龄老人"
    NEEDS_CARE = "needs_care", "失能半失能"
    DISABLED = "disabled", "残疾人"
    MINIMUM_LIVING = "minimum_living", "低保对象"
    EXTREME_POVERTY = "extreme_poverty", "特困供养"
    LOW_INCOME = "low_income", "低保边缘"
    SERIOUS_ILLNESS = "serious_illness", "重病困难"
    LEFT_BEHIND_CHILD = "left_behind_child", "留守儿童"
    CHILD_IN_NEED = "child_in_need", "困境儿童"
    BEREAVED_FAMILY = "bereaved_family", "计生特殊家庭"
    VETERAN = "veteran", "优抚对象"
    OTHER = "other", "其他需关爱"


class ConsentBasis(LabelledEnum):
    """On what ground the data are kept (个人信息保护法 art. 13, 29, 31)."""

    TOLD_AND_AGREED = "told_and_agreed", "已告知并同意"
    WRITTEN = "written", "书面同意"
    GUARDIAN = "guardian", "监护人同意"
    LEGAL_DUTY = "legal_duty", "履行法定职责"
    EMERGENCY = "emergency", "紧急情况"


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number and whose it is; empty means the resident's own (an elder's may be the
    daughter's: 女儿)."""

    number: str
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Guardian:
    """监护人 of a minor."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The notice given and the ground for keeping the data: `by` is who told the resident."""

    basis: ConsentBasis
    day: date
    by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ResidentDraft:
    """What a form holds: everything a clerk may enter. Nothing is checked until `tidy`.

    `compound` is a 小区 of the register of places, `party_branch` a 党支部 there. `workplace` is
    required of 在职党员, `flow_from` or `flow_to` (流出地, 流入地) of 流动党员.
    """

    name: str = ""
    gender: Gender = Gender.UNKNOWN
    birth: date | None = None
    kind: ResidentKind = ResidentKind.RESIDENT
    phones: tuple[Phone, ...] = ()
    id_kind: IdKind | None = None
    id_number: str = ""
    compound: Uid | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    address_note: str = ""
    party: PartyKind = PartyKind.NONE
    party_branch: Uid | None = None
    workplace: str = ""
    flow_from: str = ""
    flow_to: str = ""
    special_groups: tuple[SpecialGroup, ...] = ()
    guardian: Guardian | None = None
    consent: Consent | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Resident(Record, ResidentDraft):
    """A resident's file: `number` is the 档案号; `merged_into` the file this one was found to be a
    duplicate of (it then stands in no list, and what points at it is shown with the other)."""

    number: str = ""
    merged_into: Uid | None = None

    @property
    def listed(self) -> bool:
        """Whether lists and the search show it."""
        return not self.deleted and self.merged_into is None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A listed resident with just enough to tell two apart; `phone` is masked."""

    uid: Uid
    number: str
    name: str
    gender: Gender
    birth: date | None
    address: str
    phone: str
    last_seen: date | None
    times: int


def address_text(compound_name: str, building: str, unit: str, room: str) -> str:
    """`金色家园 3-2-501`: where somebody lives, as a list says it."""
    door = "-".join(part for part in (building, unit, room) if part)
    return " ".join(part for part in (compound_name, door) if part)


DRAFT_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(ResidentDraft))


def with_draft(resident: Resident, draft: ResidentDraft) -> Resident:
    """The resident with what a form holds now."""
    return replace(resident, **{name: getattr(draft, name) for name in DRAFT_FIELDS})


def draft_of(resident: Resident) -> ResidentDraft:
    """What a form starts with when a known resident is opened."""
    return ResidentDraft(**{name: getattr(resident, name) for name in DRAFT_FIELDS})


def age_on(birth: date, day: date) -> int:
    """Whole years on that day; the birthday itself counts as reached."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
