"""Two formats back are understood. There are none yet; so a history is invented here."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.bundle import lines, upgrades
from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.header import FORMAT, OLDEST_READER, TableFacts, parse_header, spell_header
from desktop_app.bundle.lines import CountLine
from desktop_app.bundle.upgrades import Step, line_lifter
from tests.bundle.parcels import header, small_log
from tests.bundle.test_lines import Shelf


def _since_2(values: dict[str, Any]) -> dict[str, Any]:
    """Format 1 called the sender `station`."""
    station = values.pop("station")
    return {**values, "sender": station}


def _line_since_3(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Format 2 counted versions from nought, in changes only, and called a figure's name `what`."""
    if name == lines.COUNTS:
        return {"name": values.pop("what"), **values}
    if not name.startswith("changes/") or "version" not in values:
        return values
    return {**values, "version": values["version"] + 1}


STEPS = {1: Step(header=_since_2), 2: Step(line=_line_since_3)}


def in_format(number: int) -> bytes:
    values = {**json.loads(spell_header(header())), "format": number, "oldest_reader": 1}
    if number == 1:
        values["station"] = values.pop("sender")
    return json.dumps(values).encode()


@pytest.mark.parametrize("written", [1, 2, 3])
def test_a_header_of_two_formats_back_is_lifted_to_ours(written: int) -> None:
    made = parse_header(in_format(written), known=3, steps=STEPS)
    assert (made.sender, made.format, made.extra) == ("QR01", written, {})


def test_a_format_three_back_is_refused_with_the_way_to_a_newer_one() -> None:
    with pytest.raises(Refused) as caught:
        parse_header(in_format(1), known=4, steps=STEPS)
    assert "太旧" in caught.value.sentence
    assert "升级" in caught.value.next_step


def test_a_header_that_is_none_of_its_format_is_refused_not_crashed_on() -> None:
    values = json.loads(in_format(1))
    del values["station"]
    with pytest.raises(BadContent):
        parse_header(json.dumps(values).encode(), known=3, steps=STEPS)


def test_a_line_is_lifted_through_every_format_between() -> None:
    lift = line_lifter("changes/visit", 1, 3, STEPS)
    assert lift is not None
    assert lift({"version": 0}) == {"version": 1}
    current = line_lifter("current/visit", 1, 3, STEPS)
    assert current is not None
    assert current({"version": 0}) == {"version": 0}
    assert line_lifter("changes/visit", 3, 3, STEPS) is None


def test_lines_of_an_old_parcel_are_lifted_while_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf = Shelf(small_log(), format=2)
    old = {
        name: [line.replace(b'"version":1', b'"version":0') for line in table]
        for name, table in shelf._tables.items()
    }
    monkeypatch.setattr(shelf, "_tables", old)
    with pytest.raises(BadContent):
        list(lines.merged(shelf))
    monkeypatch.setattr(lines, "FORMAT", 3)
    monkeypatch.setattr(upgrades, "UPGRADES", STEPS)
    assert list(lines.merged(shelf)) == small_log().changes


def test_figures_of_an_old_parcel_are_lifted_while_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf = Shelf(small_log(), format=2)
    assert list(lines.counts(shelf)) == []
    old = lines.spell_count(CountLine("visits", "2026-11", "petitions", 3))
    shelf.header = replace(shelf.header, tables=(TableFacts(lines.COUNTS, 1, ""),))
    monkeypatch.setattr(shelf, "_tables", {lines.COUNTS: [old.replace(b'"name"', b'"what"')]})
    with pytest.raises(BadContent):
        list(lines.counts(shelf))
    monkeypatch.setattr(lines, "FORMAT", 3)
    monkeypatch.setattr(upgrades, "UPGRADES", STEPS)
    assert list(lines.counts(shelf)) == [CountLine("visits", "2026-11", "petitions", 3)]


def test_every_format_that_should_be_understood_has_its_step() -> None:
    assert set(upgrades.UPGRADES) == set(range(max(1, FORMAT - 2), FORMAT))
    assert OLDEST_READER <= FORMAT
