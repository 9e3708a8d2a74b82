"""The lines of a parcel: spelled and read back, strictly; and the chain they must follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.bundle import lines
from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.header import Header, TableFacts
from desktop_app.bundle.limits import LIMITS
from desktop_app.bundle.lines import ChangeLine, CountLine, CurrentLine
from desktop_app.core.chain import GENESIS, WITHHELD, next_hash
from tests.bundle.parcels import MADE_AT, Log, header, small_log

NUMBER = st.integers(1, 2**63 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
VALUE = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT | st.lists(TEXT)
FIELDS = st.dictionaries(TEXT, VALUE, max_size=5)
UNKNOWN = st.none() | st.dictionaries(st.sampled_from(["x", "更多", "z"]), VALUE, min_size=1)
AT = st.integers(-(2**53), 2**53)
PUTS = st.builds(
    ChangeLine, NUMBER, st.binary(min_size=32, max_size=32), st.just("visit"), st.uuids(),
    st.just("put"), NUMBER, NUMBER, AT, st.none() | FIELDS, UNKNOWN,
)  # fmt: skip
CURRENT = st.builds(CurrentLine, st.just("visit"), st.uuids(), NUMBER, NUMBER, AT, FIELDS, UNKNOWN)


@given(PUTS)
def test_a_change_comes_back_as_it_was_spelled(line: ChangeLine) -> None:
    assert lines.parse(lines.spell(line), "visit") == line


@given(CURRENT)
def test_a_current_row_comes_back_as_it_was_spelled(line: CurrentLine) -> None:
    assert lines.parse_current(lines.spell_current(line), "visit") == line


@given(TEXT, st.sampled_from(["", "2026-11"]), TEXT, st.integers(-5, 2**63 - 1), UNKNOWN)
def test_a_figure_comes_back_as_it_was_spelled(
    table: str, month: str, name: str, value: int, extra: dict[str, Any] | None
) -> None:
    line = CountLine(table, month, name, value, extra)
    assert lines.parse_count(lines.spell_count(line)) == line


def test_the_spelling_is_that_of_the_format() -> None:
    line = ChangeLine(
        12, bytes(32), "visit", UUID(int=7), "put", 2, 1, MADE_AT, {"b": None, "a": "甲"}
    )
    assert lines.spell(line).decode() == (
        '{"n":12,"d":"' + "00" * 32 + '","op":"put","uid":"' + "0" * 31 + '7",'
        f'"revision":2,"version":1,"at":{MADE_AT},"fields":{{"a":"甲","b":null}}}}'
    )
    unsaid = ChangeLine(3, bytes(32), lines.UNSAID, None, WITHHELD, 0, 0, 0)
    assert lines.spell(unsaid).decode() == '{"n":3,"d":"' + "00" * 32 + '"}'
    assert lines.parse(lines.spell(unsaid), lines.UNSAID) == unsaid


GOOD: dict[str, Any] = {
    "n": 1, "d": "ab" * 32, "op": "put", "uid": "0f" * 16, "revision": 1, "version": 1, "at": 5,
    "fields": {"a": 1},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("n", [0, -1, "1", None, True, [1]]),
        ("d", ["", "ab" * 31, "AB" * 32, "ab" * 33, " " * 64, 5, None, "ab" * 32 + "\n"]),
        ("op", ["", "PUT", "drop", 1, None, ["put"]]),
        ("uid", ["", "0F" * 16, "0f" * 15, 15, None, "0f" * 16 + "\n"]),
        ("revision", [0, -1, "1", None, True]),
        ("version", [0, "1", None, False]),
        ("at", ["5", None, True]),
        ("fields", [None, [], "{}", 1]),
    ],
)
def test_a_change_with_a_value_of_another_kind_is_refused(name: str, values: list[Any]) -> None:
    assert lines.parse(json.dumps(GOOD).replace(" ", "").encode(), "visit").n == 1
    for value in values:
        with pytest.raises(BadContent, match="不合格式"):
            lines.parse(json.dumps({**GOOD, name: value}).encode(), "visit")
    if name != "fields":
        missing = {other: value for other, value in GOOD.items() if other != name}
        with pytest.raises(BadContent):
            lines.parse(json.dumps(missing).encode(), "visit")


@pytest.mark.parametrize("op", ["delete", "withheld"])
def test_only_a_put_has_fields(op: str) -> None:
    with pytest.raises(BadContent):
        lines.parse(json.dumps({**GOOD, "op": op}).encode(), "visit")


@pytest.mark.parametrize("name", ["op", "uid", "revision", "version", "at", "fields"])
def test_of_a_kind_that_does_not_travel_nothing_more_is_said(name: str) -> None:
    line = {"n": 1, "d": "ab" * 32, name: GOOD[name]}
    with pytest.raises(BadContent):
        lines.parse(json.dumps(line).encode(), lines.UNSAID)


@pytest.mark.parametrize(
    "change",
    [
        {"uid": "x"}, {"uid": None}, {"revision": 0}, {"revision": True}, {"version": "1"},
        {"at": None}, {"fields": None}, {"fields": []},
    ],
)  # fmt: skip
def test_a_current_row_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    good = {name: value for name, value in GOOD.items() if name not in {"n", "d", "op"}}
    with pytest.raises(BadContent):
        lines.parse_current(json.dumps({**good, **change}).encode(), "visit")


@pytest.mark.parametrize(
    "change",
    [
        {"table": 1}, {"name": None}, {"value": "1"}, {"value": True}, {"month": "2026"},
        {"month": "2026-13"}, {"month": None}, {"month": "2026-11\n"},
    ],
)  # fmt: skip
def test_a_figure_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    good = {"table": "visit", "month": "2026-11", "name": "letters", "value": 1}
    with pytest.raises(BadContent):
        lines.parse_count(json.dumps({**good, **change}).encode())


def test_a_line_longer_than_a_million_bytes_is_refused() -> None:
    whole = json.dumps({**GOOD, "fields": {"a": ""}}).encode()
    room = LIMITS.line - len(whole)
    fits = whole.replace(b'"a": ""', b'"a": "' + b"x" * room + b'"')
    assert lines.parse(fits, "visit").n == 1
    with pytest.raises(BadContent):
        lines.parse(fits.replace(b"xx", b"xxx", 1), "visit")


class Shelf:
    """As much of an open parcel as lines are read from."""

    def __init__(self, log: Log, **changed: Any) -> None:
        self._tables = {table.name: list(table.lines) for table in log.tables()}
        facts = tuple(TableFacts(name, len(rows), "") for name, rows in self._tables.items())
        self.header: Header = header(facts, log, **changed)

    def tables(self) -> tuple[TableFacts, ...]:
        return self.header.tables

    def lines(self, name: str) -> Iterator[bytes]:
        return iter(self._tables[name])


def test_changes_of_all_tables_come_in_the_order_of_the_log() -> None:
    log = small_log()
    shelf = Shelf(log)
    assert list(lines.merged(shelf)) == log.changes
    assert lines.check_chain(shelf.header, lines.merged(shelf)) == 5
    assert list(lines.merged(Shelf(Log()))) == []


def test_a_part_of_the_log_follows_its_part_of_the_chain() -> None:
    log = small_log()
    part = header(first=3, last=4, hash_before=log.heads[2], hash_after=log.heads[4])
    assert lines.check_chain(part, log.changes[2:4]) == 2
    nothing = header(first=6, last=5, hash_before=log.heads[5], hash_after=log.heads[5])
    assert lines.check_chain(nothing, []) == 0


def test_a_chain_that_does_not_hold_is_refused() -> None:
    log = small_log()
    whole, changes = header(log=log), log.changes
    other = replace(changes[2], digest=bytes(32))
    wrong: list[tuple[Header, list[ChangeLine]]] = [
        (whole, changes[:4]),
        (whole, changes[1:]),
        (whole, changes[:2] + changes[3:]),
        (whole, [*changes, changes[4]]),
        (whole, [changes[0], *changes]),
        (whole, [changes[1], changes[0], *changes[2:]]),
        (whole, [*changes[:2], other, *changes[3:]]),
        (whole, []),
        (replace(whole, hash_before=bytes(31) + b"x"), changes),
        (replace(whole, hash_after=GENESIS), changes),
        (replace(whole, last=4), changes[:4]),
        (replace(whole, first=2), changes[1:]),
        # Hashed truly, and yet not the numbers it says.
        (replace(whole, last=6), changes),
        (header(last=2, hash_after=next_hash(log.heads[1], 3, changes[2].digest)), changes[:3:2]),
    ]
    for made, given_lines in wrong:
        with pytest.raises(Refused, match="接不上"):
            lines.check_chain(made, given_lines)
