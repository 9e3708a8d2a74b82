"""The tree of places as lines: what has ended, what is to come, and where a new one goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.core.ids import Uid
from desktop_app.registers.places.directory import Directory
from desktop_app.registers.places.outline import (
    Line,
    beside,
    lying_in,
    narrowed,
    near,
    next_name,
    offers,
    outline,
)
from desktop_app.registers.places.rules import PlaceKind, PlaceName
from tests.registers.places.test_directory import merged, place, uid

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def station() -> Directory:
    """青榕社区 with a 小区 of today, one that ended yesterday and one that begins tomorrow."""
    return Directory(
        [
            place(1, PlaceKind.COMMUNITY, "青榕社区"),
            place(2, PlaceKind.COMPOUND, "青榕雅苑", parent=uid(1)),
            place(3, PlaceKind.COMPOUND, "梧桐苑", parent=uid(1), until=YESTERDAY),
            place(4, PlaceKind.COMPOUND, "凤凰里", parent=uid(1), since=TOMORROW),
            place(5, PlaceKind.BUILDING, "1栋", parent=uid(2)),
            place(6, PlaceKind.UNIT, "2单元", parent=uid(5)),
            place(7, PlaceKind.BUILDING, "1栋", parent=uid(3)),
        ]
    )


def said(lines: tuple[Line, ...] | list[Line]) -> list[str]:
    return ["." * line.depth + line.name for line in lines]


def test_what_is_to_come_is_there_and_what_is_over_is_not() -> None:
    assert said(outline(station(), TODAY)) == [
        "青榕社区", ".凤凰里", ".青榕雅苑", "..1栋", "...2单元", "1栋",
    ]  # fmt: skip


def test_what_is_over_stands_where_it_lay_on_its_last_day() -> None:
    assert said(outline(merged(), TODAY, with_ended=True)) == [
        "栖溪街道", "澄岭街道", ".新望溪社区", "..望溪小区",
    ]  # fmt: skip
    assert said(outline(station(), TODAY, with_ended=True))[1:5] == [
        ".凤凰里", ".梧桐苑", "..1栋", ".青榕雅苑",
    ]  # fmt: skip


def test_a_line_says_what_it_lies_in_as_far_as_it_is_needed() -> None:
    within = {line.place.uid.int: line.within for line in outline(station(), TODAY)}
    assert within == {
        1: "",
        2: "青榕社区",
        4: "青榕社区",
        5: "青榕雅苑",
        6: "青榕雅苑 · 1栋",
        7: "梧桐苑",
    }


def test_what_was_taken_over_says_where_it_came_from() -> None:
    lines = {line.name: line.within for line in outline(merged(), TODAY)}
    assert lines["新望溪社区"] == "澄岭街道（原栖溪街道）"
    assert lines["望溪小区"] == "新望溪社区"
    labels = {one.uid: one.label for one in offers(merged(), TODAY)}
    assert labels[uid(3)] == "新望溪社区（原栖溪街道）"


def test_a_place_is_found_by_a_former_name_without_its_depth() -> None:
    lines = outline(merged(), TODAY)
    assert said(narrowed(lines, "望溪社区", None)) == ["新望溪社区"]
    assert said(narrowed(lines, "", PlaceKind.COMPOUND)) == ["望溪小区"]
    assert narrowed(lines, "", None) == list(lines)


def test_what_is_offered_says_which_one_it_is_and_whether_it_is_over() -> None:
    offered = {one.uid.int: (one.label, one.ended) for one in offers(station(), TODAY)}
    assert offered[6] == ("青榕雅苑 · 1栋 · 2单元", False)
    assert offered[3] == ("梧桐苑（已撤销）", True)


def test_names_beside_are_those_in_the_same_place() -> None:
    assert beside(station(), PlaceKind.COMPOUND, uid(1), TODAY) == ["凤凰里", "青榕雅苑"]
    assert beside(station(), PlaceKind.BUILDING, None, TODAY) == []


def test_what_lies_in_a_place_is_counted_as_of_today() -> None:
    known = merged()
    taken_over = known.get(uid(1))
    assert taken_over is not None
    assert [one.uid for one in lying_in(known, taken_over, TODAY)] == [uid(3)]


@pytest.mark.parametrize(
    ("seen_from", "kind", "found"),
    [
        (6, PlaceKind.UNIT, 5),
        (6, PlaceKind.BUILDING, 2),
        (6, PlaceKind.COMPOUND, 1),
        (None, PlaceKind.COMPOUND, 1),
        (None, PlaceKind.UNIT, None),
        (6, PlaceKind.GROUP, None),
    ],
)
def test_a_new_place_goes_where_one_looks_or_to_the_only_place_there_is(
    seen_from: int | None, kind: PlaceKind, found: int | None
) -> None:
    start: Uid | None = None if seen_from is None else uid(seen_from)
    wanted = None if found is None else uid(found)
    assert near(station(), start, kind, TODAY) == wanted


@pytest.mark.parametrize(
    ("name", "after"),
    [("3栋", "4栋"), ("09栋", "10栋"), ("青榕社区第2网格", "青榕社区第3网格"), ("梧桐苑", "")],
)
def test_names_count_on(name: str, after: str) -> None:
    assert next_name(name) == after


def test_a_name_of_tomorrow_is_not_yet_the_name() -> None:
    names = (PlaceName("梧桐苑"), PlaceName("凤凰里", TOMORROW))
    known = Directory([place(1, PlaceKind.COMPOUND, "", names=names)])
    assert said(outline(known, TODAY)) == ["梧桐苑"]
