"""What a resident's file (居民档案) is and when it is in order. Pure: no storage, no screen.

Only the name is required; the rest is asked for when a matter needs it (个人信息保护法 art. 6). How
text is cleaned is for `core/text.py`, what a number means for `core/identity.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import CheckedId, Gender, IdKind, check_id, check_phone
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.text import clean_line, clean_name, clean_text

PHONES_LIMIT = 5
DOOR_LIMIT = 20
LINE_LIMIT = 100
ADDRESS_LIMIT = 200
REMARK_LIMIT = 2000
GUARDIAN_AGE = 14
"""Below this age data are sensitive and the guardian decides (个人信息保护法 art. 28, 31)."""

_OLDEST_BIRTH = date(1880, 1, 1)


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

D = TypeVar("D", bound=ResidentDraft)
T = TypeVar("T")


def with_draft(resident: Resident, draft: ResidentDraft) -> Resident:
    """The resident with what a form holds now."""
    return replace(resident, **{name: getattr(draft, name) for name in DRAFT_FIELDS})


def draft_of(resident: Resident) -> ResidentDraft:
    """What a form starts with when a known resident is opened."""
    return ResidentDraft(**{name: getattr(resident, name) for name in DRAFT_FIELDS})


def age_on(birth: date, day: date) -> int:
    """Whole years on that day; the birthday itself counts as reached."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def validate(resident: ResidentDraft, today: date) -> list[UserError]:
    """Everything that is not in order, each with the name of its field."""
    return tidy(resident, today)[1]


def tidy(draft: D, today: date) -> tuple[D, list[UserError]]:
    """The draft as it would be kept, and what stands against keeping it.

    Numbers get their one written form, text loses invisible characters, and what a 证件号码 tells
    (birth, gender) fills empty fields.
    """
    problems: list[UserError] = []
    clean: dict[str, Any] = {
        **_texts(draft, problems),
        "phones": _phones(draft, problems),
        "special_groups": _in_order(draft.special_groups),
        "guardian": _guardian(draft, problems),
        "consent": _consent(draft, today, problems),
    }
    # Most drafts are tidy already, and thousands of a sheet come this way.
    changed = {name: value for name, value in clean.items() if value != getattr(draft, name)}
    tidied = _with_id(replace(draft, **changed) if changed else draft, today, problems)
    problems += _birth_problems(tidied, today)
    problems += _party_problems(tidied)
    problems += _protection_problems(tidied, today)
    return tidied, problems


def _in_order(groups: tuple[SpecialGroup, ...]) -> tuple[SpecialGroup, ...]:
    return tuple(group for group in SpecialGroup if group in groups) if groups else ()


def _tried(problems: list[UserError], raw: T, make: Callable[[], T]) -> T:
    """The made value, or the raw one with its problem noted, so that all problems show at once."""
    try:
        return make()
    except UserError as problem:
        problems.append(problem)
        return raw


_LINES = (
    ("building", "楼栋", DOOR_LIMIT),
    ("unit", "单元", DOOR_LIMIT),
    ("room", "门牌", DOOR_LIMIT),
    ("address_note", "地址补充", ADDRESS_LIMIT),
    ("workplace", "工作单位", LINE_LIMIT),
    ("flow_from", "流出地", LINE_LIMIT),
    ("flow_to", "流入地", LINE_LIMIT),
)


def _texts(draft: ResidentDraft, problems: list[UserError]) -> dict[str, str]:
    texts = {"name": _tried(problems, draft.name, lambda: clean_name(draft.name, field="name"))}
    for name, label, limit in _LINES:
        texts[name] = _line(problems, getattr(draft, name), label, limit, name)
    texts["remark"] = _tried(
        problems,
        draft.remark,
        lambda: clean_text(draft.remark, limit=REMARK_LIMIT, label="备注", field="remark"),
    )
    return texts


def _line(problems: list[UserError], raw: str, label: str, limit: int, field: str) -> str:
    if not raw:
        return ""
    return _tried(problems, raw, lambda: clean_line(raw, limit=limit, label=label, field=field))


def _phones(draft: ResidentDraft, problems: list[UserError]) -> tuple[Phone, ...]:
    kept: dict[str, Phone] = {}
    for phone in draft.phones:
        if not phone.number.strip():
            continue
        number = _phone_number(problems, phone.number, "phones")
        whose = _line(problems, phone.whose, "电话是谁的", DOOR_LIMIT, "phones")
        kept.setdefault(number, Phone(number, whose))
    if len(kept) > PHONES_LIMIT:
        problems.append(
            UserError(
                f"一个人最多记{PHONES_LIMIT}个电话，现在有{len(kept)}个。",
                "请留下常用的，其余可写在备注里。",
                field="phones",
            )
        )
    return tuple(kept.values())


def _phone_number(problems: list[UserError], raw: str, field: str) -> str:
    return _tried(problems, raw, lambda: _plain_phone(raw, field))


def _plain_phone(raw: str, field: str) -> str:
    return check_phone(raw, field=field)


def _guardian(draft: ResidentDraft, problems: list[UserError]) -> Guardian | None:
    given = draft.guardian
    if given is None or not (given.name.strip() or given.relation.strip() or given.phone.strip()):
        return None
    name = _tried(
        problems, given.name, lambda: clean_name(given.name, label="监护人姓名", field="guardian")
    )
    relation = _line(problems, given.relation, "与监护人的关系", DOOR_LIMIT, "guardian")
    phone = _phone_number(problems, given.phone, "guardian") if given.phone.strip() else ""
    return Guardian(name, relation, phone)


def _consent(draft: ResidentDraft, today: date, problems: list[UserError]) -> Consent | None:
    given = draft.consent
    if given is None:
        return None
    if given.day > today:
        problems.append(
            UserError("告知日期比今天还晚。", "请改成实际告知的那一天。", field="consent")
        )
    by = _line(problems, given.by, "告知人", LINE_LIMIT, "consent")
    note = _line(problems, given.note, "告知说明", ADDRESS_LIMIT, "consent")
    return Consent(given.basis, given.day, by, note)


def _with_id(draft: D, today: date, problems: list[UserError]) -> D:
    raw = draft.id_number.strip()
    if not raw:
        return replace(draft, id_kind=None, id_number="")
    kind = draft.id_kind or IdKind.RESIDENT_ID_CARD
    try:
        checked = check_id(kind, raw, today=today, field="id_number")
    except UserError as problem:
        problems.append(problem)
        return draft
    problems += _disagreements(draft, checked)
    return replace(
        draft,
        id_kind=kind,
        id_number=checked.number,
        birth=draft.birth or checked.birth,
        gender=checked.gender
        if draft.gender is Gender.UNKNOWN and checked.gender is not None
        else draft.gender,
    )


def _disagreements(draft: ResidentDraft, checked: CheckedId) -> list[UserError]:
    problems = []
    if draft.birth and checked.birth and draft.birth != checked.birth:
        problems.append(
            UserError("出生日期与证件号码里的不一致。", "请对照证件改正其中一个。", field="birth")
        )
    stated = draft.gender in (Gender.MALE, Gender.FEMALE)
    if stated and checked.gender and draft.gender is not checked.gender:
        problems.append(
            UserError("性别与证件号码里的不一致。", "请对照证件改正其中一个。", field="gender")
        )
    return problems


def _birth_problems(draft: ResidentDraft, today: date) -> list[UserError]:
    if draft.birth is None or _OLDEST_BIRTH <= draft.birth <= today:
        return []
    said = "比今天还晚" if draft.birth > today else "早于1880年"
    return [
        UserError(f"出生日期{said}。", "请核对年份；若没有写错，请检查电脑的日期。", field="birth")
    ]


def _party_problems(draft: ResidentDraft) -> list[UserError]:
    if draft.party is PartyKind.EMPLOYED and not draft.workplace:
        return [
            UserError(
                "在职党员还没有填写工作单位。",
                "请填写工作单位；不清楚时可先选“小区党员”。",
                field="workplace",
            )
        ]
    if draft.party is PartyKind.MOBILE and not (draft.flow_from or draft.flow_to):
        return [
            UserError(
                "流动党员还没有填写流出地或流入地。", "请至少填写其中一个。", field="flow_from"
            )
        ]
    return []


def _protection_problems(draft: ResidentDraft, today: date) -> list[UserError]:
    problems = []
    minor = draft.birth is not None and 0 <= age_on(draft.birth, today) < GUARDIAN_AGE
    if minor and draft.guardian is None:
        problems.append(
            UserError(
                f"未满{GUARDIAN_AGE}周岁，还没有填写监护人。",
                "请填写监护人姓名；监护人不在场时可先不填出生日期。",
                field="guardian",
            )
        )
    if draft.special_groups and draft.consent is None:
        problems.append(
            UserError(
                "关爱对象属于敏感个人信息，还没有记录告知或同意。",
                "请先填写告知情况，或暂不勾选关爱对象。",
                field="consent",
            )
        )
    return problems
