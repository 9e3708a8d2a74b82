"""Agreements with sensible defaults, at a desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    Content,
    PromiseKind,
    Rhythm,
)
from desktop_app.ledgers.agreements.rules.entry import AgreementForm, PromiseForm
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner, PartnerForm, UnitKind
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)


def unit(desk: Desk, **more: Any) -> Partner:
    """A bank of the neighbourhood."""
    values: dict[str, Any] = {
        "name": "青榕农村商业银行荷塘支行",
        "unit_kind": UnitKind.BANK,
        "party_organisation": "青榕农村商业银行荷塘支行党支部",
        "head": "黄国栋",
        "liaison": "李慧敏",
        "liaison_phone": "13800005678",
    }
    return partners.add(desk, PartnerForm(**{**values, **more}), same_name=True).value


def form(partner: Uid | None, **more: Any) -> AgreementForm:
    """A year's agreement from today on that may be signed as it is."""
    values: dict[str, Any] = {
        "partner": partner,
        "party_a": "中共澄岭街道青榕社区委员会",
        "a_head": "陈志强",
        "a_liaison": "林晓芳",
        "party_b": "青榕农村商业银行荷塘支行党支部",
        "b_head": "黄国栋",
        "b_liaison": "李慧敏",
        "b_phone": "13800005678",
        "starts_on": TODAY,
        "ends_on": date(2027, 11, 22),
        "contents": (Content.ACTIVITIES, Content.RESOURCES),
        "platform": "活动室",
        "venues": "一楼会议室",
        "promises": (PromiseForm(PromiseKind.ACTIVITIES, 4),),
        "meeting_every": Rhythm.QUARTER,
    }
    return AgreementForm(**{**values, **more})


def draft(desk: Desk, partner: Uid | None = None, **more: Any) -> Agreement:
    """A draft with a unit, a new one if none is named."""
    return service.draft(desk, form(partner or unit(desk).uid, **more)).value


def signed(
    desk: Desk, partner: Uid | None = None, *, on: date | None = None, **more: Any
) -> Agreement:
    """One that both sides have signed, today or on a day."""
    made = draft(desk, partner, **more)
    return service.sign(desk, made.uid, made.revision, on).value


def supplemented(desk: Desk, agreement: Agreement, on: date = TODAY, **changes: Any) -> Agreement:
    """The agreement after a supplement."""
    told = SupplementForm(signed_on=on, words="经双方协商变更", changes=changes)
    return service.supplement(desk, agreement.uid, agreement.revision, told).value
