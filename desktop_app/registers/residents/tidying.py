"""When a resident's file is in order, and how it is put in order before it is kept. Pure.

How text is cleaned is for `core/text.py`, what a number means for `core/identity.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from desktop_app.core.errors import UserError
from desktop_app.core.identity import CheckedId, Gender, IdKind, check_id, check_phone
from desktop_app.core.text import clean_line, clean_name, clean_text
from desktop_app.registers.residents.rules import (
    ADDRESS_LIMIT,
    DOOR_LIMIT,
    GUARDIAN_AGE,
    LINE_LIMIT,
    PHONES_LIMIT,
    REMARK_LIMIT,
    Consent,
    Guardian,
    PartyKind,
    Phone,
    ResidentDraft,
    SpecialGroup,
    age_on,
)

D = TypeVar("D", bound=ResidentDraft)
T = TypeVar("T")

_OLDEST_BIRTH = date(1880, 1, 1)


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
