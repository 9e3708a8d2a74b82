"""Matters as they are printed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from desktop_app.core.clock import Zone
from desktop_app.core.handling import Handling
from desktop_app.core.letterhead import Letterhead
from desktop_app.registers.matters.rules import Material, MaterialForm, Matter

_ZONE = Zone()
HEAD = Letterhead(
    station="青榕社区近邻党群服务站",
    issuer="澄岭街道青榕社区居民委员会",
    made_at=_ZONE.local(_ZONE.at(date(2026, 11, 23), 9, 5)),
    operator="林晓芳",
    phone="0597-2212345",
    address="青榕雅苑3栋101",
    hours="周一至周日 8:30—20:30",
)


def matter(**more: Any) -> Matter:
    """高龄津贴申领帮办, with everything that may be said of a matter."""
    values: dict[str, Any] = {
        "uid": UUID(int=1),
        "station": "QR01",
        "code": "0501",
        "category": "养老服务",
        "name": "高龄津贴申领帮办",
        "handling": Handling.ASSISTED,
        "station_days": 3,
        "department_days": "20个工作日",
        "office": "澄岭街道社会事务办公室",
        "address": "澄岭街道便民服务中心一楼3号窗口",
        "phone": "0597-2213456",
        "hours": "工作日 8:00—12:00，14:30—17:30",
        "conditions": "具有本地户籍，年满80周岁。\n由他人代为申请的，需本人书面委托。",
        "materials": (
            Material("申请人居民身份证", MaterialForm.BOTH, 1),
            Material("户口簿", MaterialForm.COPY, 1),
            Material("申请人本人的社会保障卡或银行账户", MaterialForm.COPY, 1),
            Material("代办委托书（由他人代为申请的）", MaterialForm.ORIGINAL, 1),
        ),
        "materials_note": "复印件由本站注明“仅用于申领高龄津贴”，原件当面退还。",
        "steps": "1.到站登记，核对材料；\n2.由本站帮助填写申请表；\n3.送街道审核，结果由街道告知。",
        "fee": "不收费",
        "basis": "当地高龄津贴发放办法",
        "help_note": "行动不便的，可以预约上门核对材料。",
        "outside_reason": "津贴由街道、区民政部门审核发放，本站只帮助准备和递交材料。",
        "checked_on": date(2026, 11, 2),
        "counter": "2号窗口",
    }
    return Matter(**{**values, **more})
