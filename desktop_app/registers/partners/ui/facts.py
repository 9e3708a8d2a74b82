"""What the page of a 共建单位 shows of its fields, in groups; phones are masked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.core.wording import paper_day
from desktop_app.registers.partners.rules import Contact, Partner
from desktop_app.widgets.facts import Fact

EVERYWHERE = "都可以"


def unit_facts(partner: Partner, compounds: Sequence[str], station: str) -> list[Fact]:
    """What it is; `station` names whose partner it is, at a street."""
    return [
        Fact("站点", station),
        Fact("简称", partner.short_name),
        Fact("单位类别", partner.unit_kind.label, kept=True),
        Fact("单位党组织", partner.party_organisation),
        Fact("信用代码", partner.credit_code),
        Fact("地址", partner.address),
        Fact("曾用名", "、".join(partner.former_names)),
        Fact("专长", partner.specialities),
        Fact("愿意服务", "、".join(compounds) if partner.compounds else EVERYWHERE),
        Fact("备注", partner.remark),
    ]


def contact_facts(partner: Partner, revealed: Mapping[str, str]) -> list[Fact]:
    """Whom to call there. `revealed` holds in full what was just uncovered, by field."""
    others = "\n".join(contact_words(one) for one in partner.contacts)
    return [
        Fact("联络员", partner.liaison, kept=True),
        Fact("联络电话", revealed.get("liaison_phone", partner.liaison_phone), kept=True),
        Fact("负责人", partner.head),
        Fact("负责人电话", revealed.get("head_phone", partner.head_phone)),
        Fact("其他联系人", revealed.get("contacts", others)),
    ]


def time_facts(partner: Partner) -> list[Fact]:
    """Since when it is a partner, and until when."""
    return [
        Fact("共建起始", _day(partner.since)),
        Fact("共建截止", _day(partner.until)),
        Fact("原因", partner.end_reason),
    ]


def maskable(partner: Partner) -> tuple[str, ...]:
    """The fields that show less than there is."""
    there = {
        "liaison_phone": bool(partner.liaison_phone),
        "head_phone": bool(partner.head_phone),
        "contacts": any(one.phone for one in partner.contacts),
    }
    return tuple(name for name, masked in there.items() if masked)


def contact_words(contact: Contact) -> str:
    return " ".join(part for part in (contact.name, contact.post, contact.phone) if part)


def _day(day: date | None) -> str:
    return "" if day is None else paper_day(day)
