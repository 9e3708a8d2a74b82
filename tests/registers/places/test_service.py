"""Places on a real database: what a station chief does with them, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.resources import resource_text
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.places import service
from desktop_app.registers.places.rules import CompoundType, Place, PlaceKind
from desktop_app.storage.session import Desk
from tests.registers.places.test_directory import shape


@pytest.fixture
def community(desk: Desk) -> Place:
    street = service.add(desk, kind=PlaceKind.STREET, name="澄岭街道", code="350802001").value
    return service.add(
        desk, kind=PlaceKind.COMMUNITY, name="青榕社区", parent=street.uid, code="350802001003"
    ).value


def compound(desk: Desk, community: Place, name: str = "青榕雅苑") -> Place:
    return service.add(
        desk,
        kind=PlaceKind.COMPOUND,
        name=name,
        parent=community.uid,
        compound_type=CompoundType.COMMERCIAL,
    ).value


def undone(desk: Desk, done: Changed[Place]) -> Place:
    assert done.undo is not None
    value = done.undo.call(desk).value
    assert isinstance(value, Place)
    return value


def test_a_place_is_read_back_as_it_was_saved(desk: Desk, community: Place) -> None:
    saved = compound(desk, community)
    assert service.get(desk, saved.uid) == saved
    assert (saved.revision, saved.station) == (1, "QR01")


def test_a_renamed_place_keeps_its_old_name_for_old_days(desk: Desk, community: Place) -> None:
    saved = compound(desk, community)
    service.rename(desk, saved.uid, "青榕新苑", date(2026, 11, 1))
    old, new = date(2026, 10, 31), date(2026, 11, 1)
    assert service.breadcrumb(desk, saved.uid, old) == ("澄岭街道", "青榕社区", "青榕雅苑")
    assert service.breadcrumb(desk, saved.uid, new) == ("澄岭街道", "青榕社区", "青榕新苑")
    assert service.breadcrumb(desk, saved.uid)[-1] == "青榕新苑"


def test_a_closed_place_is_offered_no_more_but_still_names_its_successor(
    desk: Desk, community: Place
) -> None:
    old, new = compound(desk, community), compound(desk, community, "青榕雅苑二期")
    done = service.close(desk, old.uid, date(2026, 11, 22), new.uid)
    assert [choice.name for choice in service.compounds(desk)] == ["青榕雅苑二期"]
    assert len(service.compounds(desk, day=date(2026, 11, 22))) == 2
    assert service.get(desk, old.uid).successor == new.uid
    assert undone(desk, done).until is None
    assert len(service.compounds(desk)) == 2


def test_undoing_a_rename_gives_the_names_back(desk: Desk, community: Place) -> None:
    saved = compound(desk, community)
    done = service.rename(desk, saved.uid, "青榕新苑", date(2026, 11, 1))
    assert undone(desk, done).names == saved.names
    assert service.get(desk, saved.uid).name == "青榕雅苑"


def test_undo_is_refused_when_somebody_changed_the_place_meanwhile(
    desk: Desk, community: Place
) -> None:
    saved = compound(desk, community)
    done = service.rename(desk, saved.uid, "青榕新苑", date(2026, 11, 1))
    service.save(desk, replace(service.get(desk, saved.uid), remark="临街"))
    with pytest.raises(Conflict):
        undone(desk, done)
    assert service.get(desk, saved.uid).name == "青榕新苑"


def test_undoing_an_addition_removes_the_place_unless_something_lies_in_it(
    desk: Desk, community: Place
) -> None:
    done = service.add(desk, kind=PlaceKind.COMPOUND, name="桂园公寓", parent=community.uid)
    tower = service.add(desk, kind=PlaceKind.BUILDING, name="1栋", parent=done.value.uid)
    with pytest.raises(UserError, match="已有别的地点"):
        undone(desk, done)
    undone(desk, tower)
    undone(desk, done)
    with pytest.raises(UserError, match="没有找到"):
        service.get(desk, done.value.uid)
    assert service.compounds(desk) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["云栎嘉园", "桂园公寓", "青榕雅苑"]),
        ("qryy", ["青榕雅苑"]),
        ("gy", ["桂园公寓"]),
        ("jy", ["云栎嘉园"]),
        ("园", ["云栎嘉园", "桂园公寓"]),
        ("guiyuan", ["桂园公寓"]),
        ("zzz", []),
    ],
)
def test_a_compound_is_found_by_characters_pinyin_or_initials(
    desk: Desk, community: Place, typed: str, found: list[str]
) -> None:
    for name in ("云栎嘉园", "桂园公寓", "青榕雅苑"):
        compound(desk, community, name)
    assert sorted(choice.name for choice in service.compounds(desk, typed)) == found


def test_a_picker_says_where_a_compound_lies(desk: Desk, community: Place) -> None:
    compound(desk, community)
    (choice,) = service.compounds(desk)
    assert choice.above == ("澄岭街道", "青榕社区")
    assert choice.compound_type is CompoundType.COMMERCIAL


def test_one_station_serves_several_compounds_and_a_link_ends_without_being_forgotten(
    desk: Desk, community: Place
) -> None:
    hall = service.add(desk, kind=PlaceKind.STATION, name="青榕站", parent=community.uid).value
    one, two = compound(desk, community), compound(desk, community, "桂园公寓")
    first = service.link(desk, hall.uid, one.uid, since=date(2026, 1, 1)).value
    service.link(desk, two.uid, hall.uid, since=date(2026, 1, 1))
    assert {link.beyond(hall.uid) for link in service.links(desk, hall.uid)} == {one.uid, two.uid}

    done = service.unlink(desk, first.uid, date(2026, 6, 30))
    assert [link.other for link in service.links(desk, hall.uid)] == [two.uid]
    assert len(service.links(desk, hall.uid, date(2026, 6, 30))) == 2
    assert done.undo is not None
    done.undo.call(desk)
    assert len(service.links(desk, hall.uid)) == 2


def test_two_places_are_linked_once_but_may_be_linked_again_later(
    desk: Desk, community: Place
) -> None:
    hall = service.add(desk, kind=PlaceKind.STATION, name="青榕站", parent=community.uid).value
    home = compound(desk, community)
    link = service.link(desk, hall.uid, home.uid, since=date(2026, 1, 1)).value
    with pytest.raises(UserError, match="已经关联"):
        service.link(desk, home.uid, hall.uid)
    service.unlink(desk, link.uid, date(2026, 6, 30))
    with pytest.raises(UserError, match="已经关联"):
        service.link(desk, hall.uid, home.uid, since=date(2026, 6, 30))
    again = service.link(desk, hall.uid, home.uid, since=date(2026, 7, 1))
    assert again.undo is not None
    again.undo.call(desk)
    assert service.links(desk, hall.uid) == ()


def test_no_two_places_of_a_station_share_a_code(desk: Desk, community: Place) -> None:
    with pytest.raises(UserError, match="已经用在另一个地点"):
        service.add(desk, kind=PlaceKind.COMMUNITY, name="望溪社区", code="350802001003")
    corrected = service.save(desk, replace(community, remark="含望溪片"))
    assert corrected.value.code == "350802001003"


def test_a_suggested_code_is_new_even_after_a_deletion(desk: Desk, community: Place) -> None:
    first = service.suggest_code(desk, community.uid)
    assert first == "350802001003001"
    done = service.add(desk, kind=PlaceKind.GRID, name="第一网格", parent=community.uid, code=first)
    undone(desk, done)
    assert service.suggest_code(desk, community.uid) == "350802001003002"


def test_a_place_never_changes_its_kind(desk: Desk, community: Place) -> None:
    saved = compound(desk, community)
    with pytest.raises(UserError, match="小区不能改成网格"):
        service.save(desk, replace(saved, kind=PlaceKind.GRID, compound_type=None))


def test_the_sample_streets_are_added_once_and_the_districts_tree_shows_them(desk: Desk) -> None:
    lines = resource_text("sample", "xinluo_streets.csv").split()[1:]
    streets = [(code, name) for code, name in (line.split(",") for line in lines)]
    assert len(service.add_streets(desk, streets).value) == 20
    assert service.add_streets(desk, streets).value == ()
    assert ("红坊镇", []) in shape(service.tree(desk))


def test_only_who_looks_after_the_station_changes_its_places(desk: Desk, community: Place) -> None:
    clerk = Actor(None, "陈小梅", "窗口", frozenset({Right.READ, Right.REGISTER}))
    seat = Desk(desk.database, clerk)
    with pytest.raises(NotAllowed):
        service.rename(seat, community.uid, "别的社区", date(2026, 11, 23))
    assert service.get(seat, community.uid).name == "青榕社区"


def test_an_ended_place_is_taken_into_use_again_and_undo_ends_it(
    desk: Desk, community: Place
) -> None:
    first, second = compound(desk, community), compound(desk, community, "梧桐苑")
    ended = service.close(desk, first.uid, date(2026, 10, 31), second.uid).value
    done = service.reopen(desk, first.uid)
    assert (done.value.until, done.value.successor) == (None, None)
    assert undone(desk, done).until == ended.until


def test_two_of_a_kind_in_one_place_cannot_have_one_name(desk: Desk, community: Place) -> None:
    first = compound(desk, community)
    with pytest.raises(UserError) as refused:
        compound(desk, community)
    assert refused.value.field == "names"
    service.close(desk, first.uid, date(2026, 10, 31))
    again = compound(desk, community)
    assert again.name == first.name
    with pytest.raises(UserError):
        service.reopen(desk, first.uid)


def test_the_same_name_elsewhere_is_another_place(desk: Desk, community: Place) -> None:
    for above in (compound(desk, community), compound(desk, community, "梧桐苑")):
        service.add(desk, kind=PlaceKind.BUILDING, name="1栋", parent=above.uid)
    with pytest.raises(UserError):
        service.add(desk, kind=PlaceKind.BUILDING, name="1栋", parent=above.uid)


def test_the_book_holds_places_and_links_of_one_moment(desk: Desk, community: Place) -> None:
    garden = compound(desk, community)
    branch = service.add(desk, kind=PlaceKind.BRANCH, name="雅苑党支部", parent=community.uid).value
    linked = service.link(desk, garden.uid, branch.uid).value
    book = service.book(desk)
    assert book.links_of(garden) == book.links_of(branch) == [linked]
    assert book.name_of(branch.uid) == "雅苑党支部"
    assert {one.label for one in book.living()} == {
        "澄岭街道", "青榕社区", "青榕雅苑", "雅苑党支部",
    }  # fmt: skip
