"""Fields of records as bundles carry them."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.travel import Profile, Projector
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.visits.rules.visit import EnteredFrom, Evaluation, Visit
from desktop_app.registers.residents.rules import Phone, Resident

DAY = date(2026, 11, 20)
AT = Millis(1_763_600_000_000)


def uid(n: int) -> Uid:
    """A uid that is always the same."""
    return Uid(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + n)


def told(kind: str, value: Any, profile: Profile = Profile.WORK) -> dict[str, Any]:
    """What a profile lets through of a record."""
    shelf = catalog.travelling()[kind]
    return Projector(shelf.kind, profile)(shelf.kind.to_plain(value))


def visit(n: int, profile: Profile = Profile.WORK, **more: Any) -> dict[str, Any]:
    """Fields of visit `n`."""
    values = {
        "uid": uid(n),
        "station": "",
        "number": f"HL01-2026A-{n:05d}",
        "batch": uid(n),
        "at": AT,
        "day": DAY,
        "limit_from": DAY,
        "name": "陈桂英",
        "summary": "手机上交医保验证失败",
        **more,
    }
    return told("visits", Visit(**values), profile)


def resident(n: int, profile: Profile = Profile.WORK, **more: Any) -> dict[str, Any]:
    """Fields of resident `n`."""
    values = {
        "uid": uid(n),
        "station": "",
        "number": f"HL01-R-{n:05d}",
        "name": "陈桂英",
        "phones": (Phone("13800005678"),),
        "workplace": "街道菜场",
        **more,
    }
    return told("residents", Resident(**values), profile)


def evaluation(n: int, of: int, level: Satisfaction = Satisfaction.SATISFIED) -> dict[str, Any]:
    """Fields of evaluation `n`, of visit `of`."""
    value = Evaluation(
        uid=uid(n),
        station="",
        visit=uid(of),
        level=level,
        entered_from=EnteredFrom.PAPER,
        at=AT,
        day=DAY,
    )
    return told("evaluations", value)


def activity(n: int, *photos: str, **more: Any) -> dict[str, Any]:
    """Fields of activity `n` with photos of these hashes."""
    values = {
        "uid": uid(n),
        "station": "",
        "number": f"HL01-2026A-H{n:04d}",
        "kind": "meeting",
        "name": "楼栋议事会",
        "starts_at": AT,
        "ends_at": Millis(AT + 3_600_000),
        "day": DAY,
        "photos": tuple(Photo(sha256, 1, 1, 1) for sha256 in photos),
        **more,
    }
    return told("activities", Activity(**values))
