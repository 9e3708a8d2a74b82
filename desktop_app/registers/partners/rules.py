"""What a 共建单位 is, and what may be said of it. Pure.

A unit keeps the names it had: an agreement of years ago names it as it was called then, and whoever
knows the old name still finds it. One that works with the station no longer is ended, not deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.identity import check_credit_code
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_phone
from desktop_app.core.record import Record, altered
from desktop_app.core.text import clean_line

NAME_LIMIT = 100
PERSON_LIMIT = 120
LINE_LIMIT = 200
TEXT_LIMIT = 2000
CODE_LIMIT = 18
MOST_CONTACTS = 10
MOST_FORMER_NAMES = 10

NUMBER_SERIES = "D"


class UnitKind(LabelledEnum):
    """What sort of unit it is."""

    ORGAN = "organ", "机关"
    INSTITUTION = "institution", "事业单位"
    STATE_FIRM = "state_firm", "国有企业"
    PRIVATE_FIRM = "private_firm", "民营企业"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医院"
    BANK = "bank", "银行"
    SOCIAL = "social", "社会组织"
    PROPERTY = "property", "物业企业"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody else to call there, and for what."""

    name: str
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnerForm:
    """What a clerk enters of a unit.

    `compounds` are the areas it likes to serve; none means everywhere. `since` is the day it began
    to work with the station, None when nobody knows.
    """

    name: str = ""
    short_name: str = ""
    credit_code: str = ""
    unit_kind: UnitKind = UnitKind.OTHER
    party_organisation: str = ""
    address: str = ""
    head: str = ""
    head_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    contacts: tuple[Contact, ...] = ()
    specialities: str = ""
    compounds: tuple[Uid, ...] = ()
    former_names: tuple[str, ...] = ()
    since: date | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Partner(Record):
    """A 共建单位. `until` is its last day as one; None while it still is."""

    number: str
    name: str
    short_name: str = ""
    credit_code: str = ""
    unit_kind: UnitKind = UnitKind.OTHER
    party_organisation: str = ""
    address: str = ""
    head: str = ""
    head_phone: str = ""
    liaison: str = ""
    liaison_phone: str = ""
    contacts: tuple[Contact, ...] = ()
    specialities: str = ""
    compounds: tuple[Uid, ...] = ()
    former_names: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    end_reason: str = ""
    remark: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is or was called, the present name first."""
        found = (self.name, self.short_name, *self.former_names)
        return tuple(dict.fromkeys(name for name in found if name))

    @property
    def ended(self) -> bool:
        """Whether somebody has said that it is no partner any more, or from a day on."""
        return self.until is not None

    def works_on(self, day: date) -> bool:
        """Whether it was a partner on that day; both ends count."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def serves(self, compound: Uid) -> bool:
        """Whether it likes to work in that area."""
        return not self.compounds or compound in self.compounds


@dataclass(frozen=True, kw_only=True)
class PartnerFilter:
    """Narrows the list; everything given must hold.

    `search` is a number, a credit code, or part of a name by characters, pinyin or initials.
    `ended` True: only those that ended; False: only those that did not. `compound` is an area they
    serve. `stations` are the codes of those whose partners a street looks at; none means all.
    """

    search: str = ""
    kind: UnitKind | None = None
    compound: Uid | None = None
    ended: bool | None = None
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One line of the list; the phone is masked."""

    uid: Uid
    revision: int
    number: str
    name: str
    short_name: str
    unit_kind: UnitKind
    party_organisation: str
    liaison: str
    liaison_phone: str
    specialities: str
    since: date | None
    until: date | None
    station: str


class SameName(UserError):
    """Another unit is called so; whoever knows that they are two saves once more and says so."""

    def __init__(self, name: str, other: Partner) -> None:
        called = "叫" if name in (other.name, other.short_name) else "曾经叫"
        super().__init__(
            f"已有一个共建单位{called}这个名称（编号 {other.number}），还没有保存，内容都在。",
            "是同一个单位的，请打开那一条修改；确实是另一个单位的，请确认后再保存。",
            field="name",
        )
        self.other = other.uid
        self.number = other.number


def form_of(partner: Partner) -> PartnerForm:
    """A unit as its form shows it."""
    return PartnerForm(
        **{name: getattr(partner, name) for name in PartnerForm.__dataclass_fields__}
    )


_LINES = {
    "short_name": ("简称", NAME_LIMIT),
    "party_organisation": ("单位党组织", LINE_LIMIT),
    "address": ("地址", LINE_LIMIT),
    "head": ("负责人", PERSON_LIMIT),
    "liaison": ("联络员", PERSON_LIMIT),
}


def checked(form: PartnerForm, today: date) -> PartnerForm:
    """The form as it is kept. Raises `InvalidInput` with every problem."""
    problems = Problems()
    name = problems.line(form.name, "单位名称", "name", NAME_LIMIT)
    if not name:
        problems.add("还没有填写单位名称。", "请填写全称，简称写在旁边一格。", "name")
    lines: dict[str, Any] = {
        field: problems.line(getattr(form, field), label, field, limit)
        for field, (label, limit) in _LINES.items()
    }
    phones: dict[str, Any] = {
        field: problems.office_phone(getattr(form, field), field)
        for field in ("head_phone", "liaison_phone")
    }
    if form.since is not None and form.since > today:
        problems.add("共建起始日期比今天还晚。", "请改成实际开始的那一天，或先空着。", "since")
    tidy = replace(
        form,
        name=name,
        credit_code=_credit_code(form.credit_code, problems),
        contacts=_contacts(form.contacts, problems),
        specialities=problems.text(form.specialities, "专长", "specialities", TEXT_LIMIT),
        compounds=tuple(dict.fromkeys(form.compounds)),
        former_names=_former_names(form.former_names, name, problems),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
        **lines,
        **phones,
    )
    problems.raise_if_any()
    return tidy


def _credit_code(raw: str, problems: Problems) -> str:
    return problems.tried(raw, lambda: check_credit_code(raw)) if raw.strip() else ""


def _contacts(given: tuple[Contact, ...], problems: Problems) -> tuple[Contact, ...]:
    kept = []
    for place, one in enumerate(given, start=1):
        if not any(part.strip() for part in (one.name, one.post, one.phone)):
            continue
        told = Problems(told=f"第{place}位联系人：", field="contacts")
        kept.append(
            Contact(
                told.name(one.name, "姓名", "contacts"),
                told.line(one.post, "职务", "contacts", LINE_LIMIT),
                told.office_phone(one.phone, "contacts"),
            )
        )
        problems.found += told.found
    if len(kept) > MOST_CONTACTS:
        problems.add(f"联系人最多写{MOST_CONTACTS}位。", "请留下常联系的。", "contacts")
    return tuple(kept)


def _former_names(given: tuple[str, ...], name: str, problems: Problems) -> tuple[str, ...]:
    tidy = [problems.line(one, "曾用名", "former_names", NAME_LIMIT) for one in given]
    kept = tuple(dict.fromkeys(one for one in tidy if one and one != name))
    if len(kept) > MOST_FORMER_NAMES:
        problems.add(f"曾用名最多写{MOST_FORMER_NAMES}个。", "请留下常用的。", "former_names")
    return kept


def with_form(partner: Partner, form: PartnerForm, *, entered_today: bool) -> Partner:
    """The unit as a checked form tells it.

    A name that is given up is kept among the former ones, unless the unit was entered today: then
    the earlier name was a slip.
    """
    former = form.former_names
    given_up = partner.name not in (form.name, *former)
    if given_up and not entered_today:
        former = (*former, partner.name)[-MOST_FORMER_NAMES:]
    values = {name: getattr(form, name) for name in PartnerForm.__dataclass_fields__}
    return altered(partner, **{**values, "former_names": former})


def ended(partner: Partner, until: date, reason: str, today: date) -> Partner:
    """The unit that is a partner until that day, and why no longer. Raises `UserError`."""
    if partner.ended:
        raise UserError("这个单位已经不再是共建单位，没有改动。", "如要重新共建，请先“恢复共建”。")
    said = clean_line(reason, limit=LINE_LIMIT, label="原因", field="end_reason")
    if not said:
        raise UserError(
            "还没有写不再共建的原因，没有改动。", "请写一句话，便于以后说清楚。", field="end_reason"
        )
    if until > today:
        raise UserError("截止日期比今天还晚，没有改动。", "请在那一天之后再办理。", field="until")
    if partner.since is not None and until < partner.since:
        raise UserError(
            f"截止日期早于共建起始日期{partner.since:%Y-%m-%d}，没有改动。",
            "请核对这两个日期。",
            field="until",
        )
    return altered(partner, until=until, end_reason=said)


def resumed(partner: Partner) -> Partner:
    """The unit that is a partner again: as if it had never stopped; the audit knows that it had."""
    if not partner.ended:
        raise UserError("这个单位现在就是共建单位，没有改动。", "不用恢复。")
    return altered(partner, until=None, end_reason="")


def refuse_taken_code(partner: Partner, others: Iterable[Partner]) -> None:
    """One code is one unit: raise `UserError` when another living record has it."""
    if not partner.credit_code:
        return
    for other in others:
        if other.uid != partner.uid and other.credit_code == partner.credit_code:
            raise UserError(
                f"这个统一社会信用代码已经用在“{other.name}”（编号 {other.number}）上，没有保存。",
                "一个代码只对应一个单位：请核对代码，或打开那一条修改。",
                field="credit_code",
            )


def refuse_same_name(partner: Partner, others: Iterable[Partner]) -> None:
    """Raise `SameName` when another unit is, or was, called by this one's name."""
    for other in others:
        if other.uid != partner.uid and partner.name in other.names:
            raise SameName(partner.name, other)


def masked(partner: Partner) -> Partner:
    """The unit as a screen shows it unasked: no number can be dialled from it."""
    return altered(
        partner,
        head_phone=mask_phone(partner.head_phone),
        liaison_phone=mask_phone(partner.liaison_phone),
        contacts=tuple(replace(one, phone=mask_phone(one.phone)) for one in partner.contacts),
    )
