"""A small neighbourhood with files of every sort, written down through the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.identity import Gender, IdKind
from desktop_app.core.ids import Uid
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service
from desktop_app.registers.residents.rules import (
    Consent,
    ConsentBasis,
    Guardian,
    PartyKind,
    Phone,
    Resident,
    ResidentDraft,
    ResidentKind,
    SpecialGroup,
)
from desktop_app.storage.session import Desk

TOLD = Consent(ConsentBasis.TOLD_AND_AGREED, date(2026, 3, 5), "王小燕")


def compound(desk: Desk, name: str = "青榕雅苑") -> Uid:
    """A 小区 in the register of places."""
    return places.add(desk, kind=PlaceKind.COMPOUND, name=name).value.uid


def branch(desk: Desk, name: str = "青榕雅苑第一党支部") -> Uid:
    """A 党支部 in the register of places."""
    return places.add(desk, kind=PlaceKind.BRANCH, name=name).value.uid


def neighbour(desk: Desk, name: str, phone: str = "", **more: Any) -> Resident:
    """A resident with a file."""
    phones = (Phone(phone),) if phone else ()
    return service.add(desk, ResidentDraft(**{"name": name, "phones": phones, **more})).value


def a_neighbourhood(desk: Desk) -> dict[str, Resident]:
    """Ten people by name: party members, a child, an elder with her daughter's number."""
    home, other = compound(desk), compound(desk, "云栎嘉园")
    compound(desk, "石埕巷老旧片区")
    first = branch(desk)
    people = [
        neighbour(
            desk, "张淑芬", "13800005678", gender=Gender.FEMALE, birth=date(1955, 3, 8),
            compound=home, building="3", unit="2", room="501", party=PartyKind.RETIRED,
            party_branch=first, consent=TOLD, special_groups=(SpecialGroup.LIVING_ALONE,),
            id_kind=IdKind.RESIDENT_ID_CARD, id_number="350802195503080022",
            remark="上门前先打女儿电话",
        ),
        neighbour(
            desk, "赖建国", gender=Gender.MALE, birth=date(1979, 11, 2), compound=home,
            building="1", unit="1", room="302", party=PartyKind.EMPLOYED, workplace="市自来水公司",
            phones=(Phone("13900001234"), Phone("0597-2212345", "单位")), consent=TOLD,
        ),
        neighbour(
            desk, "单桂英", "13700002468", gender=Gender.FEMALE, compound=other, building="5",
            unit="1", room="101",
        ),
        neighbour(
            desk, "阿迪力·买买提", "13600001357", gender=Gender.MALE, compound=home, building="2",
            unit="1", room="204", kind=ResidentKind.MIGRANT, party=PartyKind.MOBILE,
            flow_from="喀什", consent=TOLD,
        ),
        neighbour(
            desk, "陈子涵", gender=Gender.FEMALE, birth=date(2018, 6, 1), compound=other,
            building="6", unit="3", room="601", consent=TOLD,
            guardian=Guardian("陈志强", "父亲", "13500009876"),
        ),
        neighbour(
            desk, "曾秋英", phones=(Phone("13500006543", "女儿"),), birth=date(1941, 1, 9),
            gender=Gender.FEMALE, compound=home, building="8", unit="2", room="1203",
        ),
        neighbour(desk, "仇大海", "13312340000", gender=Gender.MALE, birth=date(1968, 7, 30)),
        neighbour(desk, "李晓梅", "13099990000", gender=Gender.FEMALE, address_note="石埕巷12号"),
    ]  # fmt: skip
    return {person.name: person for person in people}
