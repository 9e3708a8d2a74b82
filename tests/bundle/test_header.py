"""The header: read back as it was, kept when unknown, refused when too new or not as it must be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.header import (
    FORMAT,
    Header,
    ParcelKind,
    TableFacts,
    meant_for,
    parse_header,
    spell_header,
)
from tests.bundle.parcels import STREET, header, small_log

TABLES = (TableFacts("changes/visit", 3, "ab" * 32), TableFacts("counts", 0, "cd" * 32))


def values_of(made: Header) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(spell_header(made))
    return values


def parsed(**changed: Any) -> Header:
    return parse_header(json.dumps({**values_of(header(TABLES)), **changed}).encode())


@pytest.mark.parametrize("kind", ParcelKind)
@pytest.mark.parametrize("next_key", [None, "7a" * 32])
def test_a_header_comes_back_as_it_was_spelled(kind: ParcelKind, next_key: str | None) -> None:
    made = header(TABLES, small_log(), kind=kind, next_key=next_key, part=2, parts=3)
    assert parse_header(spell_header(made)) == made
    assert made.changes == 5


def test_what_a_newer_program_says_beside_is_kept() -> None:
    made = parsed(format=FORMAT + 1, weather={"rain": [True]})
    assert made.extra == {"weather": {"rain": [True]}}
    assert values_of(made)["weather"] == {"rain": [True]}
    assert parse_header(spell_header(made)) == made


def test_a_parcel_that_needs_a_newer_program_is_refused_with_the_way_to_one() -> None:
    with pytest.raises(Refused) as caught:
        parsed(format=FORMAT + 3, oldest_reader=FORMAT + 1, tables="said quite differently")
    assert f"格式 {FORMAT + 3}" in caught.value.sentence
    for word in ("U 盘", "升级", "文件请先留着"):
        assert word in caught.value.next_step


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("kind", ["", "letter", None, 1]),
        ("sender", ["", "a b", "钱荣", None, 5, "x" * 65, "QR01\n"]),
        ("recipient", ["", "../x", None]),
        ("sender_name", [None, 5, "x" * 201, "a\nb"]),
        ("lineage", [None, 1]),
        ("program", [None]),
        ("profile", [None]),
        ("projection", [None, True]),
        ("made_at", [None, "5", 1.5, True]),
        ("first", [0, -1, "1", None]),
        ("last", [-1, None, "0"]),
        ("part", [0, 2, None]),
        ("parts", [0, "1"]),
        ("hash_before", ["", "ab" * 31, "AB" * 32, None, "ab" * 32]),
        ("hash_after", [None, "zz" * 32]),
        ("next_key", [None, "", "ab"]),
        ("format", [None, "1", 0, True]),
        ("oldest_reader", [None, "1", 2]),
        ("tables", [None, {}, [1], [{}], [None]]),
    ],
)
def test_a_header_with_a_value_of_another_kind_is_refused(name: str, values: list[Any]) -> None:
    assert parsed() == header(TABLES)
    for value in values:
        with pytest.raises((BadContent, Refused)):
            parsed(**{name: value})


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../visit"}, {"name": "a/b/c"}, {"name": "Visit"}, {"name": ""}, {"rows": -1},
        {"rows": "1"}, {"rows": True}, {"sha256": "ab"}, {"sha256": None}, {"name": None},
    ],
)  # fmt: skip
def test_a_table_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    good = {"name": "changes/visit", "rows": 1, "sha256": "ab" * 32}
    assert parsed(tables=[good]).tables[0].rows == 1
    with pytest.raises(BadContent):
        parsed(tables=[{**good, **change}])


def test_a_table_named_twice_is_refused() -> None:
    table = {"name": "counts", "rows": 1, "sha256": "ab" * 32}
    with pytest.raises(BadContent):
        parsed(tables=[table, table])


@pytest.mark.parametrize("name", ["kind", "sender", "first", "hash_after", "tables", "format"])
def test_a_header_that_lacks_something_is_refused(name: str) -> None:
    values = values_of(header(TABLES))
    del values[name]
    with pytest.raises(BadContent):
        parse_header(json.dumps(values).encode())


def test_a_parcel_for_another_street_is_not_for_us() -> None:
    meant_for(header(), STREET)
    with pytest.raises(Refused, match=r"JD00 .*JD99"):
        meant_for(header(), "JD99")
