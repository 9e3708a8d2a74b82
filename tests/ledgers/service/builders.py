"""Volunteers and services with sensible defaults, all of them fictional."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.settings import (
    CERTIFICATE_HEAD,
    CERTIFICATE_ISSUER,
    CERTIFICATE_ISSUER_KIND,
    CERTIFICATE_PHONE,
)
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.store import SHELF as VOLUNTEERS
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import write_setting

ZONE = Zone()
DAY = date(2026, 11, 20)
"""A Friday; the tests' clock stands on the Monday after it."""

ID_NUMBER = "11010519491231002X"
_NUMBERS = count(1)


def at(hour: int, minute: int = 0, day: date = DAY) -> Millis:
    """A point in time by the station's clock."""
    return ZONE.at(day, hour, minute)


def record(uid: Uid, start: Millis, end: Millis | None, **more: Any) -> ServiceRecord:
    """A confirmed record of one volunteer, made without a database."""
    excluded = more.pop("excluded_minutes", 0)
    values: dict[str, Any] = {
        "number": f"QR01-F2026A-{uid.int % 100_000:05d}",
        "volunteer": Uid(int=7),
        "title": "夜间平安巡逻",
        "day": ZONE.day(start),
        "minutes": None if end is None else (end - start) // 60_000 - excluded,
        "state": ServiceState.CONFIRMED,
    }
    return ServiceRecord(
        uid=uid,
        station="QR01",
        started_at=start,
        ended_at=end,
        excluded_minutes=excluded,
        **{**values, **more},
    )


def form(volunteer: Uid, start: Millis | None = None, end: Millis | None = None) -> ServiceForm:
    """Two hours of an evening; other times where they are given."""
    return ServiceForm(
        volunteer=volunteer,
        title="夜间平安巡逻",
        started_at=at(19) if start is None else start,
        ended_at=at(21) if end is None else end,
        organiser="荷塘里社区居民委员会",
        head="陈国强",
    )


def volunteer(desk: Desk, name: str = "张秀兰", **more: Any) -> Uid:
    """Somebody who is 在册, with a resident's file."""
    number = next(_NUMBERS)
    with desk.unit_of_work("登记志愿者", needs=Right.REGISTER) as unit:
        person = Resident(
            uid=unit.new_uid(),
            station="QR01",
            number=f"QR01-R2026A-{number:05d}",
            name=name,
            gender=Gender.FEMALE,
            id_kind=more.pop("id_kind", IdKind.RESIDENT_ID_CARD),
            id_number=more.pop("id_number", ID_NUMBER),
        )
        RESIDENTS.put(unit, person)
        made = Volunteer(
            uid=unit.new_uid(),
            station="QR01",
            number=f"QR01-V2026A-{number:05d}",
            resident=person.uid,
            registered_on=date(2024, 3, 1),
            **more,
        )
        return VOLUNTEERS.put(unit, made).uid


def merge(desk: Desk, one: Uid, into: Uid) -> None:
    """One person under two spellings: the one is part of the other from now on."""
    with desk.unit_of_work("合并志愿者", needs=Right.MERGE) as unit:
        gone = VOLUNTEERS.need(unit.connection, one)
        VOLUNTEERS.put(unit, altered(gone, merged_into=into))


def entitle(desk: Desk) -> None:
    """Let the settings say that a body may certify."""
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, CERTIFICATE_ISSUER_KIND, "基层群众性自治组织")
        write_setting(unit, CERTIFICATE_ISSUER, "荷塘里社区居民委员会")
        write_setting(unit, CERTIFICATE_HEAD, "陈国强")
        write_setting(unit, CERTIFICATE_PHONE, "0597-2212345")
