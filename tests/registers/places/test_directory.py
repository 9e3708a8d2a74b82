"""How places lie below each other on a day, through renaming and merging."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.registers.places.directory import Directory, Node, refuse_wrong_successor
from desktop_app.registers.places.rules import Place, PlaceKind, PlaceName

MERGED = date(2024, 7, 1)
EVE = MERGED - timedelta(days=1)


def uid(number: int) -> Uid:
    return UUID(int=number)


def place(number: int, kind: PlaceKind, name: str, **values: object) -> Place:
    values.setdefault("names", (PlaceName(name),))
    return Place(uid=uid(number), station="QR01", kind=kind, **values)  # type: ignore[arg-type]


def merged() -> Directory:
    """栖溪街道 is merged into 澄岭街道 on 1 July 2024; 望溪社区 lay in it, and is renamed later."""
    return Directory(
        [
            place(1, PlaceKind.STREET, "澄岭街道"),
            place(2, PlaceKind.STREET, "栖溪街道", until=EVE, successor=uid(1)),
            place(
                3,
                PlaceKind.COMMUNITY,
                "",
                parent=uid(2),
                names=(PlaceName("望溪社区"), PlaceName("新望溪社区", date(2025, 1, 1))),
            ),
            place(4, PlaceKind.COMPOUND, "望溪小区", parent=uid(3)),
        ]
    )


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (EVE, ("栖溪街道", "望溪社区", "望溪小区")),
        (MERGED, ("澄岭街道", "望溪社区", "望溪小区")),
        (date(2025, 1, 1), ("澄岭街道", "新望溪社区", "望溪小区")),
    ],
)
def test_a_path_reads_as_it_did_on_its_day(day: date, names: tuple[str, ...]) -> None:
    assert merged().names_on(uid(4), day) == names


def test_a_closed_street_leaves_the_tree_and_its_communities_move_to_the_successor() -> None:
    assert shape(merged().tree_on(EVE)) == [
        ("栖溪街道", [("望溪社区", [("望溪小区", [])])]),
        ("澄岭街道", []),
    ]
    assert shape(merged().tree_on(MERGED)) == [
        ("澄岭街道", [("望溪社区", [("望溪小区", [])])]),
    ]


def test_a_place_whose_parent_ended_without_successor_is_not_lost_from_the_tree() -> None:
    directory = Directory(
        [
            place(1, PlaceKind.COMMUNITY, "青榕社区", until=EVE),
            place(2, PlaceKind.COMPOUND, "青榕雅苑", parent=uid(1)),
        ]
    )
    assert shape(directory.tree_on(MERGED)) == [("青榕雅苑", [])]


def test_buildings_stand_in_the_order_people_count() -> None:
    names = ["10栋", "2栋", "甲栋", "1栋", "2栋副楼"]
    directory = Directory(
        place(number, PlaceKind.BUILDING, name) for number, name in enumerate(names, start=1)
    )
    order = [node.name for node in directory.tree_on(MERGED)]
    assert order == ["1栋", "2栋", "2栋副楼", "10栋", "甲栋"]


def test_succession_that_runs_in_a_circle_ends_the_search_and_is_refused_when_entered() -> None:
    one = place(1, PlaceKind.STREET, "甲街道", until=EVE, successor=uid(2))
    two = place(2, PlaceKind.STREET, "乙街道", until=EVE, successor=uid(1))
    below = place(3, PlaceKind.COMMUNITY, "丙社区", parent=uid(1))
    directory = Directory([one, two, below])
    assert directory.path_on(uid(3), MERGED)[-1] == below
    assert shape(directory.tree_on(MERGED)) == [("丙社区", [])]
    with pytest.raises(UserError, match="回到了"):
        refuse_wrong_successor(one, two, directory)


def test_only_a_place_of_the_same_kind_takes_over() -> None:
    street = place(1, PlaceKind.STREET, "甲街道", until=EVE)
    community = place(2, PlaceKind.COMMUNITY, "乙社区")
    with pytest.raises(UserError, match="街道只能由另一个街道承接"):
        refuse_wrong_successor(street, community, Directory([street, community]))


def test_a_place_nobody_knows_has_no_path() -> None:
    assert merged().path_on(uid(99), MERGED) == ()
    assert merged().get(uid(99)) is None


KINDS = [kind for kind in list(PlaceKind)[:6] for _twice in range(2)]

FACTS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 12)),
        st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 1, 1))),
        st.one_of(st.none(), st.integers(1, 12)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=80)
@given(FACTS, st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_every_place_of_a_day_stands_in_the_tree_exactly_once(
    facts: list[tuple[int | None, date | None, int | None]], day: date
) -> None:
    # Anything may come in a bundle: parents that are missing, successors in circles.
    directory = Directory(
        place(
            number,
            KINDS[number - 1],
            f"地点{number}",
            parent=None if parent is None else uid(parent),
            until=until,
            successor=None if successor is None else uid(successor),
        )
        for number, (parent, until, successor) in enumerate(facts, start=1)
    )
    expected = sorted(known.uid for known in directory if known.exists_on(day))
    assert sorted(node.place.uid for node in walk(directory.tree_on(day))) == expected


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    return [found for node in nodes for found in (node, *walk(node.children))]


def shape(nodes: tuple[Node, ...]) -> list[tuple[str, object]]:
    return [(node.name, shape(node.children)) for node in nodes]
