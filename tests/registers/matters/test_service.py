"""The 事项目录 on a real database: starting it, changing it, finding a matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.matters import service
from desktop_app.registers.matters.rules import Material, MaterialForm, Matter
from desktop_app.storage.session import Desk


@pytest.fixture
def matter(desk: Desk) -> Matter:
    return service.add(
        desk,
        category="社保医保",
        name="医保异地就医备案帮办",
        handling=Handling.ASSISTED,
        station_days=1,
        office="医保服务窗口",
        materials=(Material("身份证", MaterialForm.BOTH, 2),),
        urgent=True,
    ).value


def undo(desk: Desk, done: Changed[Matter]) -> Matter:
    assert done.undo is not None
    value = done.undo.call(desk).value
    assert isinstance(value, Matter)
    return value


def names(matters: list[Matter]) -> list[str]:
    return [matter.name for matter in matters]


def test_a_matter_is_read_back_as_it_was_saved_and_has_got_a_code(
    desk: Desk, matter: Matter
) -> None:
    assert service.get(desk, matter.uid) == matter
    assert matter.code == "0101"


def test_the_starter_fills_an_empty_directory_once(desk: Desk) -> None:
    done = service.add_starter(desk)
    assert len(service.directory(desk)) == len(done.value) == 68
    assert service.add_starter(desk).value == ()
    assert service.categories(desk)[:2] == ["党员服务", "证照代办"]
    codes = [matter.code for matter in service.directory(desk)]
    assert codes == sorted(codes)
    assert codes[0] == "0101"
    assert codes[6] == "0201"


def test_the_starter_leaves_a_matter_of_the_stations_own_alone(desk: Desk, matter: Matter) -> None:
    assert len(service.add_starter(desk).value) == 67
    assert service.get(desk, matter.uid) == matter


def test_a_retired_matter_is_offered_no_more_and_can_come_back(desk: Desk, matter: Matter) -> None:
    service.retire(desk, matter.uid)
    assert service.directory(desk) == []
    assert names(service.directory(desk, with_retired=True)) == [matter.name]
    assert service.bring_back(desk, matter.uid).value.active
    assert names(service.search(desk, "ydjy")) == [matter.name]


def test_a_change_is_undone_unless_somebody_changed_it_again(desk: Desk, matter: Matter) -> None:
    done = service.save(desk, replace(matter, fee="免费"))
    assert undo(desk, done).fee == ""
    done = service.retire(desk, matter.uid)
    service.mark_checked(desk, matter.uid)
    with pytest.raises(Conflict):
        undo(desk, done)
    assert not service.get(desk, matter.uid).active


def test_saving_what_somebody_else_has_changed_is_refused(desk: Desk, matter: Matter) -> None:
    service.save(desk, replace(matter, fee="免费"))
    with pytest.raises(Conflict, match="刚刚被别人改过"):
        service.save(desk, replace(matter, fee="5元"))
    assert service.get(desk, matter.uid).fee == "免费"


def test_an_added_matter_can_be_taken_back_and_its_code_stays_taken(desk: Desk) -> None:
    bath = {"category": "养老服务", "name": "助浴预约"}
    undo(desk, service.add(desk, **bath, handling=Handling.ADVICE))
    assert service.directory(desk, with_retired=True) == []
    again = service.add(desk, **bath, handling=Handling.ADVICE).value
    assert again.code == "0102"


def test_the_same_matter_is_not_entered_twice(desk: Desk, matter: Matter) -> None:
    with pytest.raises(UserError, match="已有"):
        service.add(desk, category=matter.category, name=matter.name, handling=Handling.ADVICE)
    assert len(service.directory(desk)) == 1


def test_checking_a_matter_notes_the_stations_day(desk: Desk, matter: Matter) -> None:
    assert matter.checked_on is None
    assert service.mark_checked(desk, matter.uid).value.checked_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ybjf", "城乡居民医保参保缴费帮办"),
        ("居住证", "居住证申领帮办"),
        ("jzz", "居住证申领帮办"),
        ("物业 渗漏", "房屋渗漏水协调"),
        ("wenlu", "问路和部门指引"),
    ],
)
def test_a_clerk_finds_a_matter_as_she_types(desk: Desk, typed: str, first: str) -> None:
    service.add_starter(desk)
    assert first in names(service.search(desk, typed))[:3]


def test_a_clerk_reads_the_directory_and_cannot_change_it(desk: Desk, matter: Matter) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.REGISTER}))
    seat = Desk(desk.database, clerk)
    with pytest.raises(NotAllowed):
        service.retire(seat, matter.uid)
    assert names(service.directory(seat)) == [matter.name]
