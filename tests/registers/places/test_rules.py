"""What may be said of a place, and what it was called when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import FieldKind
from desktop_app.core.record import META_FIELDS
from desktop_app.registers.places.codes import next_code
from desktop_app.registers.places.record import KINDS
from desktop_app.registers.places.rules import (
    CompoundType,
    Place,
    PlaceKind,
    PlaceLink,
    PlaceName,
    checked_code,
    checked_link,
    checked_place,
    refuse_wrong_parent,
    renamed,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def place(kind: PlaceKind = PlaceKind.COMPOUND, name: str = "青榕雅苑", **values: object) -> Place:
    number = values.pop("number", 1)
    assert isinstance(number, int)
    given_values = {"names": (PlaceName(name),), **values}
    return Place(uid=UUID(int=number), station="QR01", kind=kind, **given_values)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_the_name_on_a_day_is_the_last_one_taken_up_by_then(changes: list[date], day: date) -> None:
    named = place(name="最初的名字")
    for since in sorted(changes):
        named = renamed(named, f"{since}起", since)
    by_then = [since for since in changes if since <= day]
    assert named.name_on(day) == (f"{max(by_then)}起" if by_then else "最初的名字")


@settings(max_examples=60)
@given(st.lists(DAYS, min_size=1, max_size=6, unique=True))
def test_renaming_never_changes_what_a_place_was_called_before(changes: list[date]) -> None:
    named = place()
    for since in sorted(changes):
        before = named
        named = renamed(named, f"{since}起", since)
        eve = since - timedelta(days=1)
        assert named.name_on(eve) == before.name_on(eve)
        assert checked_place(named).names == named.names


def test_a_place_whose_first_name_has_a_date_bears_it_before_that_date_too() -> None:
    named = place(names=(PlaceName("青榕雅苑", date(2019, 5, 1)),))
    assert named.name_on(date(2010, 1, 1)) == "青榕雅苑"


def test_a_second_name_for_the_same_day_corrects_the_first() -> None:
    day = date(2024, 3, 1)
    named = renamed(renamed(place(), "青容雅苑", day), "青榕新苑", day)
    assert [known.name for known in named.names] == ["青榕雅苑", "青榕新苑"]


def test_a_name_cannot_begin_before_the_present_one() -> None:
    named = renamed(place(), "青榕新苑", date(2024, 3, 1))
    with pytest.raises(UserError, match="2024-03-01") as refused:
        renamed(named, "青榕旧苑", date(2024, 2, 29))
    assert refused.value.field == "since"


def test_a_closed_place_gets_no_new_name_after_its_last_day() -> None:
    closed = place(until=date(2024, 3, 1))
    with pytest.raises(UserError, match="没有改名"):
        renamed(closed, "青榕新苑", date(2024, 3, 2))


def test_both_ends_of_a_places_time_belong_to_it() -> None:
    lasting = place(since=date(2020, 1, 1), until=date(2020, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [lasting.exists_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (place(names=()), "names"),
        (place(name="　"), "names"),
        (place(names=(PlaceName("甲", date(2024, 1, 1)), PlaceName("乙"))), "names"),
        (place(since=date(2024, 1, 2), until=date(2024, 1, 1)), "until"),
        (place(PlaceKind.GRID, compound_type=CompoundType.OLD), "compound_type"),
        (place(successor=UUID(int=9)), "until"),
        (place(names=(PlaceName("甲", date(2024, 2, 1)),), until=date(2024, 1, 1)), "names"),
        (place(PlaceKind.STREET, code="350802"), "code"),
    ],
)
def test_a_place_that_contradicts_itself_is_refused_at_the_field(wrong: Place, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_place(wrong)
    assert [problem.field for problem in refused.value.problems] == [field]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (PlaceKind.STREET, "350802001", "350802001000"),
        (PlaceKind.STREET, "３５０８０２１００", "350802100000"),
        (PlaceKind.STREET, "350802001000", "350802001000"),
        (PlaceKind.COMMUNITY, "350802 001 003", "350802001003"),
        (PlaceKind.COMMUNITY, "350802100201", "350802100201"),
        (PlaceKind.STATION, "qr01", "QR01"),
        (PlaceKind.COMPOUND, "350802001003-007", "350802001003-007"),
        (PlaceKind.BRANCH, "  ", ""),
    ],
)
def test_a_code_is_kept_in_its_one_spelling(kind: PlaceKind, typed: str, kept: str) -> None:
    assert checked_code(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (PlaceKind.STREET, "350802001001"),  # a community's
        (PlaceKind.STREET, "350802000"),  # no street has 000
        (PlaceKind.STREET, "350802600"),  # beyond 599
        (PlaceKind.STREET, "990802001"),  # no province
        (PlaceKind.COMMUNITY, "350802001"),  # a street's
        (PlaceKind.COMMUNITY, "350802001000"),
        (PlaceKind.COMMUNITY, "35080200100A"),
        (PlaceKind.COMPOUND, "青榕-1"),
        (PlaceKind.COMPOUND, "-1"),
        (PlaceKind.COMPOUND, "1" * 21),
    ],
)
def test_a_code_outside_the_states_table_is_refused(kind: PlaceKind, typed: str) -> None:
    with pytest.raises(UserError) as refused:
        checked_code(kind, typed)
    assert refused.value.field == "code"


def test_the_next_own_code_is_never_one_that_was_used() -> None:
    used = ["350802001003", "350802001003001", "350802001003007", "350802001004099", "QR01"]
    assert next_code("350802001003", used) == "350802001003008"
    with pytest.raises(UserError, match="用完"):
        next_code("350802001003", ["350802001003999"])


def test_a_building_needs_the_place_it_stands_in() -> None:
    building = place(PlaceKind.BUILDING, "3栋")
    with pytest.raises(UserError, match="还没有选楼栋所在的上级"):
        refuse_wrong_parent(building, None)
    with pytest.raises(UserError, match="不能放在党支部下面"):
        refuse_wrong_parent(building, place(PlaceKind.BRANCH, "第一党支部", number=2))
    refuse_wrong_parent(building, place(number=2))
    refuse_wrong_parent(place(PlaceKind.COMMUNITY, "青榕社区"), None)


def test_a_community_lies_in_the_street_its_code_names() -> None:
    street = place(PlaceKind.STREET, "澄岭街道", code="350802001000", number=2)
    refuse_wrong_parent(place(PlaceKind.COMMUNITY, "青榕社区", code="350802001003"), street)
    with pytest.raises(UserError, match="前9位"):
        refuse_wrong_parent(place(PlaceKind.COMMUNITY, "青榕社区", code="350802002003"), street)


def test_a_link_reads_the_same_from_both_ends() -> None:
    station = place(PlaceKind.STATION, "青榕雅苑党群服务站", number=1)
    compound = place(number=2)
    link = PlaceLink(uid=UUID(int=3), station="QR01", place=compound.uid, other=station.uid)
    kept = checked_link(link, compound, station)
    assert (kept.place, kept.other) == (station.uid, compound.uid)
    assert kept.beyond(station.uid) == compound.uid
    assert kept.beyond(compound.uid) == station.uid


@pytest.mark.parametrize("kind", [PlaceKind.COMPOUND, PlaceKind.STREET])
def test_only_places_of_different_kinds_below_a_community_are_linked(kind: PlaceKind) -> None:
    one, other = place(number=1), place(kind, number=2)
    link = PlaceLink(uid=UUID(int=3), station="QR01", place=one.uid, other=other.uid)
    with pytest.raises(UserError, match="不能建立关联"):
        checked_link(link, one, other)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_attribute_is_described_once_and_references_are_marked(kind: object) -> None:
    record = next(known for known in KINDS if known is kind)
    names = [field.name for field in record.fields]
    assert sorted([*names, *META_FIELDS]) == sorted(record.cls.__dataclass_fields__)
    references = {field.name for field in record.fields if field.kind is FieldKind.REFERENCE}
    assert references <= {"parent", "successor", "place", "other"}
