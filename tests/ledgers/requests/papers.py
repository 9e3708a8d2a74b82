"""Requests as they are printed: no database, sensible defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.origin import Source
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Request,
    RequestKind,
    RequestState,
    Step,
)

ZONE = Zone()
TODAY = date(2026, 11, 23)
GARDEN, LANE = Uid(int=901), Uid(int=902)
PLACES = {GARDEN: "青榕雅苑", LANE: "栖溪里二期"}
HEAD = Letterhead(
    station="青榕社区近邻党群服务站",
    issuer="澄岭街道青榕社区居民委员会",
    made_at=ZONE.local(ZONE.at(TODAY, 17, 5)),
    operator="林晓芳",
)

_NAMES = ("陈桂英", "林志强", "张𬭎龑", "阿卜杜拉·买买提")
_TITLES = ("楼道灯不亮", "上门量血压", "充电桩被占用，希望增加固定车位", "小区西门雨后积水")
_ASSIGNEES = (None, Assignee(AssigneeKind.TEAM, "金色家园义诊队"))
_RESULTS = ("", "已修好并试亮，居民认可", "已与物业约定11月30日前加装")


def request(number: int = 1, **more: Any) -> Request:
    """One request; different numbers differ in everything a row shows."""
    day = date(2026, 11, 1 + number % 28)
    values: dict[str, Any] = {
        "uid": Uid(int=number),
        "station": "QR01",
        "number": f"QR01-S2026A-{number:05d}",
        "kind": tuple(RequestKind)[number % 3],
        "source": tuple(Source)[number % 8],
        "at": ZONE.at(day, 8 + number % 10, number % 60),
        "day": day,
        "name": _NAMES[number % 4],
        "phone": f"1380000{number % 10_000:04d}",
        "compound": (GARDEN, LANE)[number % 2],
        "building": f"{number % 9 + 1}栋",
        "unit": "2",
        "room": "501",
        "title": _TITLES[number % 4],
        "assignee": _ASSIGNEES[number % 2],
        "limit_from": day,
        "due": date(2026, 11, 25) if number % 2 else None,
        "state": tuple(RequestState)[number % 14],
        "result": _RESULTS[number % 3],
    }
    return Request(**{**values, **more})


def requests(count: int) -> list[Request]:
    return [request(number) for number in range(1, count + 1)]


def dispute(**more: Any) -> Request:
    """物业以停水方式催交物业费, at mediation."""
    moments = ((2, Action.REGISTER), (3, Action.ACCEPT), (9, Action.SET_STAGE))
    steps = tuple(
        Step(
            ZONE.at(date(2026, 11, day), 9, 0),
            "林晓芳",
            action,
            RequestState.ACCEPTED,
            "陈桂英来过",
        )
        for day, action in moments
    )
    values: dict[str, Any] = {
        "kind": RequestKind.APPEAL,
        "source": Source.VISIT,
        "category": "物业服务",
        "title": "物业以停水方式催交物业费，业主要求恢复供水",
        "dispute_stage": DisputeStage.MEDIATION,
        "state": RequestState.ACCEPTED,
        "steps": steps,
        "result": "",
        "name": "",
        "phone": "",
        "building": "",
        "unit": "",
        "room": "",
        "compound": GARDEN,
    }
    return request(5, **{**values, **more})
