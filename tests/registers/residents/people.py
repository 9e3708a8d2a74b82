"""Residents for tests: an easy way to open a file, and people as hypothesis invents them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from desktop_app.core.changes import Changed
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.rules import (
    Consent,
    ConsentBasis,
    Guardian,
    Phone,
    Resident,
    ResidentDraft,
    SpecialGroup,
)
from desktop_app.registers.residents.search import find
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)
ID = "11010519491231002X"


def opened(desk: Desk, name: str, phone: str = "", **others: Any) -> Resident:
    """A new file, saved."""
    phones = (Phone(phone),) if phone else ()
    return service.add(desk, ResidentDraft(name=name, phones=phones, **others)).value


def names_found(desk: Desk, text: str) -> list[str]:
    return [line.name for line in find(desk, text).people]


def with_rights(desk: Desk, *rights: Right) -> Desk:
    return Desk(desk.database, Actor(None, "小林", "窗口", frozenset(rights)))


def read(desk: Desk, resident: Resident) -> Resident:
    with desk.reading(needs=Right.READ) as connection:
        found = store.SHELF.get(connection, resident.uid)
    assert found is not None
    return found


def undone(desk: Desk, done: Changed[Resident]) -> Resident:
    assert done.undo is not None
    value = done.undo.call(desk).value
    assert isinstance(value, Resident)
    return value


def someone_cared_for(desk: Desk) -> Resident:
    return opened(
        desk,
        "张淑芬",
        "13800005678",
        building="3",
        unit="2",
        room="501",
        id_number=ID,
        remark="与楼下有纠纷",
        special_groups=(SpecialGroup.LIVING_ALONE,),
        guardian=Guardian("张小明", "儿子", "13900001111"),
        consent=Consent(ConsentBasis.WRITTEN, TODAY, "王小燕"),
    )


_SURNAMES = st.sampled_from("张王李陈单仇曾解查区朴赖") | st.sampled_from(["欧阳", "尉迟"])
_GIVEN = st.text("明华丽小乐行芬凤国", min_size=1, max_size=2)
HAN_NAMES = st.builds(lambda surname, given: surname + given, _SURNAMES, _GIVEN)
OTHER_NAMES = st.sampled_from(
    ["阿迪力·买买提", "买买提·吐尔逊", "Anna Maria Smith", "扎西顿珠", "𠮷田茂", "李Lily"]
)
NAMES = HAN_NAMES | OTHER_NAMES

PHONES = st.builds(lambda tail: f"138{tail:08d}", st.integers(0, 99_999_999))
DOORS = st.tuples(
    st.integers(1, 4).map(str), st.integers(1, 3).map(str), st.sampled_from(["101", "102", "501"])
)
DRAFTS = st.builds(
    lambda name, phone, door: ResidentDraft(
        name=name,
        phones=(Phone(phone),),
        building=door[0],
        unit=door[1],
        room=door[2],
    ),
    NAMES,
    PHONES,
    DOORS,
)
