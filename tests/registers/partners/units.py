"""共建单位 with sensible defaults."""

from __future__ import annotations

from typing import Any

from desktop_app.registers.partners import service
from desktop_app.registers.partners.rules import Partner, PartnerForm, UnitKind
from desktop_app.storage.session import Desk

CODE = "91350800MA2XN0QA23"
OTHER_CODE = "52350800MJB730001T"


def form(**more: Any) -> PartnerForm:
    """A bank of the neighbourhood, fictional as all of them."""
    values: dict[str, Any] = {
        "name": "青榕农村商业银行荷塘支行",
        "short_name": "青榕农商行",
        "unit_kind": UnitKind.BANK,
        "party_organisation": "青榕农村商业银行荷塘支行党支部",
        "head": "黄国栋",
        "liaison": "李慧敏",
        "liaison_phone": "13800005678",
    }
    return PartnerForm(**{**values, **more})


def partner(desk: Desk, **more: Any) -> Partner:
    """One that is written down."""
    return service.add(desk, form(**more)).value
