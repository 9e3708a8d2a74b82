"""Frozen dataclasses survive the way to JSON and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.codec import SPARSE, canonical, decode, encode, spelled, spelled_value


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    word: str
    count: int = 0


@dataclass(frozen=True)
class Outer:
    uid: UUID
    name: str
    day: date | None
    colour: Colour
    flag: bool
    inner: Inner | None
    inners: tuple[Inner, ...]
    colours: frozenset[Colour]


INNERS = st.builds(Inner, st.text(), st.integers(-(2**62), 2**62))
OUTERS = st.builds(
    Outer,
    uid=st.uuids(),
    name=st.text(),
    day=st.none() | st.dates(),
    colour=st.sampled_from(Colour),
    flag=st.booleans(),
    inner=st.none() | INNERS,
    inners=st.lists(INNERS, max_size=3).map(tuple),
    colours=st.frozensets(st.sampled_from(Colour)),
)


@given(OUTERS)
def test_any_record_comes_back_equal_from_its_json(value: Outer) -> None:
    assert decode(Outer, json.loads(canonical(encode(value)))) == value


@given(OUTERS)
def test_the_canonical_spelling_does_not_depend_on_the_order_of_keys(value: Outer) -> None:
    plain = encode(value)
    backwards = dict(reversed(list(plain.items())))

    assert canonical(backwards) == canonical(plain)


@dataclass(frozen=True, slots=True)
class Lone:
    word: str


@given(OUTERS, st.lists(INNERS, max_size=3), st.builds(Lone, st.text()))
def test_the_short_way_spells_the_same(value: Outer, some: list[Inner], lone: Lone) -> None:
    for each in (value, some, lone, encode(value), None):
        assert spelled_value(each) == canonical(encode(each))


def test_unknown_names_are_left_out_and_missing_ones_take_their_default() -> None:
    assert decode(Inner, {"word": "灯", "later": 1}) == Inner("灯", 0)


def test_a_float_never_gets_into_a_record() -> None:
    with pytest.raises(TypeError, match="float"):
        encode({"hours": 1.5})


@given(OUTERS)
def test_the_short_way_to_spell_a_record_gives_the_same_text(value: Outer) -> None:
    names = sorted(vars(value))
    assert spelled(vars(value), names) == canonical(encode(value))


@dataclass(frozen=True)
class Grown:
    word: str
    later: int | None = field(default=None, metadata=SPARSE)


def test_a_part_that_came_later_leaves_what_was_written_before_it_as_it_was() -> None:
    old = {"word": "灯座"}
    assert encode(decode(Grown, old)) == old
    assert spelled({"one": Grown("灯座")}, ["one"]) == '{"one":{"word":"灯座"}}'


@given(st.text(max_size=9), st.none() | st.integers())
def test_a_part_that_came_later_is_spelled_like_any_other_once_it_says_something(
    word: str, later: int | None
) -> None:
    value = Grown(word, later)
    assert decode(Grown, encode(value)) == value
    assert spelled({"one": value}, ["one"]) == canonical({"one": encode(value)})
