"""Agreements as they are printed: fictional units and people, no database."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.agreements.rules.agreement import (
    Agreement,
    AgreementState,
    Content,
    Promise,
    PromiseKind,
    Rhythm,
)

ZONE = Zone()
CODE = "91350800MA2XN0QA23"

HEAD = Letterhead(
    station="青榕雅苑近邻党群服务站",
    issuer="中共澄岭街道青榕社区委员会",
    made_at=ZONE.local(ZONE.at(date(2026, 11, 23), 9, 0)),
    operator="林晓芳",
    phone="0597-2212345",
    address="青榕雅苑 3 栋 101",
)


_SIDES: dict[str, Any] = {
    "uid": Uid(int=1),
    "station": "QR01",
    "number": "QR01-X2026A-00001",
    "partner": Uid(int=2),
    "partner_name": "青榕农村商业银行荷塘支行",
    "party_a": "中共澄岭街道青榕社区委员会",
    "a_head": "陈志强",
    "a_liaison": "林晓芳",
    "a_phone": "0597-2212345",
    "party_b": "青榕农村商业银行荷塘支行党支部",
    "credit_code": CODE,
    "b_head": "黄国栋",
    "b_liaison": "李慧敏",
    "b_phone": "13800005678",
}
_TERMS: dict[str, Any] = {
    "signed_on": date(2026, 3, 12),
    "starts_on": date(2026, 3, 12),
    "ends_on": date(2027, 3, 11),
    "goals": "让居民在家门口办好事、少跑路，一年内解决一批身边的难事",
    "contents": tuple(Content),
    "contents_words": "重点做好反诈宣传、老年人手机支付辅导和困难家庭帮扶",
    "a_duties": "协助乙方开展入户宣传，提供居民联络渠道",
    "b_duties": "遇重大节日走访困难家庭",
    "demand_every": Rhythm.QUARTER,
    "platform": "青榕雅苑党群服务站活动室和“近邻议事”平台",
    "venues": "开放支行一楼会议室和停车位（周末），派出金融知识讲师和志愿者",
    "promises": (
        Promise(Uid(int=11), PromiseKind.ACTIVITIES, 4),
        Promise(Uid(int=12), PromiseKind.OFFERS, 6, "反诈、助老各3项"),
        Promise(Uid(int=13), PromiseKind.SOLVED, 8),
    ),
    "meeting_every": Rhythm.QUARTER,
    "quarterly_report": True,
    "notice_days": 30,
    "changes_words": "终止后已开放的场地按原定日期用完为止",
    "copies": 3,
    "copies_each": 1,
    "filed_with": "澄岭街道党工委",
    "state": AgreementState.SIGNED,
}


def told(**more: Any) -> Agreement:
    """An agreement of the community with a bank that says all it can say, signed."""
    return Agreement(**{**_SIDES, **_TERMS, **more})


def short(**more: Any) -> Agreement:
    """A draft that says only what it must."""
    values: dict[str, Any] = {
        "party_a": "中共望溪社区委员会",
        "party_b": "槐安幼儿园联合党支部",
        "credit_code": "",
        "goals": "",
        "contents": (Content.ACTIVITIES,),
        "contents_words": "",
        "a_duties": "",
        "b_duties": "",
        "platform": "活动室",
        "venues": "开放操场",
        "promises": (Promise(Uid(int=11), PromiseKind.ACTIVITIES, 2),),
        "quarterly_report": False,
        "changes_words": "",
        "copies": 2,
        "filed_with": "",
        "signed_on": None,
        "state": AgreementState.DRAFT,
    }
    return told(**{**values, **more})
