"""What stands in the form of a resident's file while it is being filled in. Pure.

Everything is kept as it was typed, so that a half-filled form survives Esc and a power cut word for
word. Whether what it means is in order is for `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import UserError
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import parse_uid
from desktop_app.registers.residents.rules import (
    Consent,
    ConsentBasis,
    Guardian,
    PartyKind,
    Phone,
    ResidentDraft,
    ResidentKind,
    SpecialGroup,
)
from desktop_app.registers.residents.tidying import tidy, validate

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, kw_only=True)
class PhoneText:
    """One telephone number and whose it is, as typed."""

    number: str = ""
    whose: str = ""


@dataclass(frozen=True, kw_only=True)
class ResidentText:
    """The whole form as typed; uids and choices as text, empty when nothing was chosen."""

    name: str = ""
    gender: str = ""
    birth: str = ""
    phones: tuple[PhoneText, ...] = ()
    id_kind: str = ""
    id_number: str = ""
    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    address_note: str = ""
    kind: str = ResidentKind.RESIDENT.value
    party: str = PartyKind.NONE.value
    party_branch: str = ""
    workplace: str = ""
    flow_from: str = ""
    flow_to: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_phone: str = ""
    special_groups: tuple[str, ...] = ()
    consent_basis: str = ""
    consent_day: str = ""
    consent_by: str = ""
    consent_note: str = ""
    remark: str = ""


def text_of(resident: ResidentDraft) -> ResidentText:
    """The form as it begins with a known file."""
    guardian = resident.guardian or Guardian("")
    consent = resident.consent
    return ResidentText(
        name=resident.name,
        gender="" if resident.gender is Gender.UNKNOWN else str(resident.gender.value),
        birth=_day_text(resident.birth),
        phones=tuple(PhoneText(number=one.number, whose=one.whose) for one in resident.phones),
        id_kind=resident.id_kind.value if resident.id_kind else "",
        id_number=resident.id_number,
        compound=resident.compound.hex if resident.compound else "",
        building=resident.building,
        unit=resident.unit,
        room=resident.room,
        address_note=resident.address_note,
        kind=resident.kind.value,
        party=resident.party.value,
        party_branch=resident.party_branch.hex if resident.party_branch else "",
        workplace=resident.workplace,
        flow_from=resident.flow_from,
        flow_to=resident.flow_to,
        guardian_name=guardian.name,
        guardian_relation=guardian.relation,
        guardian_phone=guardian.phone,
        special_groups=tuple(group.value for group in resident.special_groups),
        consent_basis=consent.basis.value if consent else "",
        consent_day=_day_text(consent.day if consent else None),
        consent_by=consent.by if consent else "",
        consent_note=consent.note if consent else "",
        remark=resident.remark,
    )


def meaning(text: ResidentText, today: date) -> tuple[ResidentDraft, list[UserError]]:
    """The file the form describes, unchecked, and what in it means nothing at all."""
    problems: list[UserError] = []
    guardian = Guardian(text.guardian_name, text.guardian_relation, text.guardian_phone)
    draft = ResidentDraft(
        name=text.name,
        gender=Gender(int(text.gender)) if text.gender else Gender.UNKNOWN,
        birth=_day(text.birth, "birth", today, problems),
        kind=_one_of(ResidentKind, text.kind) or ResidentKind.RESIDENT,
        phones=tuple(Phone(one.number, one.whose) for one in text.phones),
        id_kind=_one_of(IdKind, text.id_kind),
        id_number=text.id_number,
        compound=parse_uid(text.compound),
        building=text.building,
        unit=text.unit,
        room=text.room,
        address_note=text.address_note,
        party=_one_of(PartyKind, text.party) or PartyKind.NONE,
        party_branch=parse_uid(text.party_branch),
        workplace=text.workplace,
        flow_from=text.flow_from,
        flow_to=text.flow_to,
        special_groups=tuple(group for group in SpecialGroup if group.value in text.special_groups),
        guardian=None if guardian == Guardian("") else guardian,
        consent=_consent(text, today, problems),
        remark=text.remark,
    )
    return draft, problems


def problems_of(text: ResidentText, today: date) -> list[UserError]:
    """Everything that stands against keeping the form, each with the name of its field."""
    draft, problems = meaning(text, today)
    return [*problems, *validate(draft, today)]


def told_by_number(text: ResidentText, today: date) -> ResidentText:
    """The form with what its 证件号码 tells: its one form, and birth and gender if empty."""
    draft, _problems = meaning(text, today)
    tidied, problems = tidy(draft, today)
    if not draft.id_number.strip() or any(one.field == "id_number" for one in problems):
        return text
    told = text_of(tidied)
    return replace(
        text,
        id_kind=told.id_kind,
        id_number=told.id_number,
        gender=text.gender or told.gender,
        birth=text.birth if text.birth.strip() else told.birth,
    )


def to_plain(text: ResidentText) -> dict[str, Any]:
    """As a draft is stored: only texts and lists."""
    return asdict(text)


def from_plain(content: Mapping[str, Any]) -> ResidentText:
    """What an earlier start stored; what another version wrote otherwise is left out."""
    kept: dict[str, Any] = {
        field.name: content[field.name]
        for field in fields(ResidentText)
        if isinstance(field.default, str) and isinstance(content.get(field.name), str)
    }
    for name, known in _CHOICES.items():
        if kept.get(name, "") not in {str(one.value) for one in known}:
            kept.pop(name, None)
    groups = [one for one in _listed(content.get("special_groups")) if isinstance(one, str)]
    phones = [one for one in _listed(content.get("phones")) if isinstance(one, Mapping)]
    return ResidentText(
        **kept,
        special_groups=tuple(groups),
        phones=tuple(
            PhoneText(number=str(one.get("number", "")), whose=str(one.get("whose", "")))
            for one in phones
        ),
    )


_CHOICES: Mapping[str, type[Enum]] = {
    "gender": Gender,
    "id_kind": IdKind,
    "kind": ResidentKind,
    "party": PartyKind,
    "consent_basis": ConsentBasis,
}


def _consent(text: ResidentText, today: date, problems: list[UserError]) -> Consent | None:
    basis = _one_of(ConsentBasis, text.consent_basis)
    if basis is None:
        return None
    day = _day(text.consent_day, "consent_day", today, problems)
    if day is None and not text.consent_day.strip():
        problems.append(
            UserError("还没有填写告知日期。", "请填写实际告知的那一天。", field="consent_day")
        )
    return Consent(basis, day or today, text.consent_by, text.consent_note)


def _day(text: str, field: str, today: date, problems: list[UserError]) -> date | None:
    found = parse_day(text, today)
    if found is None and text.strip():
        problems.append(
            UserError(
                f"“{text.strip()[:20]}”不是一个日期。", "请按 19550308 的样子填写。", field=field
            )
        )
    return found


def _day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _one_of(enum: type[E], value: str) -> E | None:
    return next((one for one in enum if one.value == value), None)


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()
