"""Visits as they are printed: no database, sensible defaults."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.figures import Span
from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.visits.rules.visit import Visit, VisitState

ZONE = Zone()
TODAY = date(2026, 11, 23)
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30), TODAY)
HEAD = Letterhead(
    station="青榕社区近邻党群服务站",
    issuer="澄岭街道青榕社区居民委员会",
    made_at=ZONE.local(ZONE.at(TODAY, 17, 5)),
    operator="林晓芳",
    phone="0597-2212345",
    address="青榕雅苑3栋101",
    hours="周一至周日 8:30—20:30",
)

_NAMES = ("陈桂英", "林志强", "张𬭎龑", "阿卜杜拉·买买提", "次仁·卓玛", "王小燕", "李建国", "黄丽")
_MATTERS = (
    ("社保医保", "城乡居民医保参保缴费帮办", Handling.INSTANT, "已帮助在手机上完成缴费"),
    ("养老服务", "高龄津贴申领帮办", Handling.ASSISTED, "材料齐全，已送街道社会事务办公室"),
    ("物业服务", "房屋渗漏水", Handling.TIMED, "物业已约定上门查看，维修方案征求楼上住户意见"),
    ("其他服务", "问路和办事指引", Handling.ADVICE, ""),
)


def visit(number: int = 1, **more: Any) -> Visit:
    """One matter; different numbers differ in everything a row shows."""
    dice = Random(number)
    category, matter, handling, result = _MATTERS[number % len(_MATTERS)]
    day = date(2026, 11, 1 + number % 28)
    values: dict[str, Any] = {
        "uid": Uid(int=number),
        "station": "QR01",
        "number": f"QR01-2026A-{number:05d}",
        "batch": Uid(int=number),
        "at": ZONE.at(day, 8 + number % 10, number % 60),
        "day": day,
        "name": _NAMES[number % len(_NAMES)],
        "gender": dice.choice((Gender.MALE, Gender.FEMALE)),
        "phone": f"1380000{number % 10_000:04d}",
        "category": category,
        "matter_name": matter,
        "handling": handling,
        "limit_from": day,
        "state": VisitState.CLOSED if result else VisitState.WORKING,
        "closed_day": day if result else None,
        "result": result,
        "first_clerk_name": dice.choice(("林晓芳", "陈志强")),
    }
    return Visit(**{**values, **more})


def visits(count: int) -> list[Visit]:
    """So many matters, each a batch of its own."""
    return [visit(number) for number in range(1, count + 1)]
