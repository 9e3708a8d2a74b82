"""A bundle that an older program sealed is taken in for ever, to the same rows.

The files in tests/old_bundles are never made again: there is no program for it here. One that
cannot be taken in any more means that the reader has to be mended. A new format gets a file of its
own beside them, with keys, rows and a line in SHA256SUMS.
"""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import StationEntry, StationKey, StationState
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.service import take_in
from tests.street import looking

KEPT = Path(__file__).parents[2] / "old_bundles"
FORMATS = ("format1",)


def keys_of(name: str) -> dict[str, str]:
    """The throw-away keys of the street and the station of a file."""
    lines = (KEPT / f"{name}.keys.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def sums() -> dict[str, str]:
    lines = (KEPT / "SHA256SUMS").read_text(encoding="ascii").split("\n")
    return {name: digest for digest, name in (line.split("  ") for line in lines if line)}


def join(street: Desk, keys: dict[str, str]) -> None:
    """Make these the keys of the street, and the station one that it knows."""
    with street.unit_of_work("登记站点", needs=Right.MANAGE_STATION) as unit:
        signing = SigningKey.from_text(keys["street_signing"])
        offices.keep_signing(unit, signing, offices.CURRENT)
        offices.keep_opening(unit, OpeningKey.from_text(keys["street_opening"]))
        entry = StationEntry(
            uid=unit.new_uid(),
            station=street.database.station.code,
            code="HL01",
            name="华莲站",
            since=street.today,
            state=StationState.JOINED,
        )
        offices.SHELF.put(unit, entry)
        key = StationKey(
            station="HL01",
            public=bytes.fromhex(keys["station_public"]),
            recipient=keys["station_recipient"],
            lineage="first",
            since=Millis(unit.now),
        )
        offices.keep_key(unit, key)


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list | int | float | str | None):
        return value
    return str(value)


def rows_like(street: Desk, table: str, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All rows of a table, as far as those columns go that there were then."""
    columns = wanted[0].keys()
    found = [{name: plain(row[name]) for name in columns} for row in looking.rows(street, table)]
    return sorted(found, key=_spelled)


def _spelled(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False)


def test_the_old_files_are_those_that_were_put_there() -> None:
    kept = {path.name for path in KEPT.glob("*.jlb")}
    assert kept == set(sums()) == {f"{name}.jlb" for name in FORMATS}
    for name, digest in sums().items():
        assert hashlib.sha256((KEPT / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", FORMATS)
def test_a_street_takes_in_what_an_older_program_sealed(
    street: Desk, tmp_path: Path, name: str
) -> None:
    join(street, keys_of(name))

    (verdict,) = take_in(street, [KEPT / f"{name}.jlb"], tmp_path, scratch=tmp_path)

    assert verdict.outcome is Outcome.PARKED
    assert (verdict.first, verdict.last, verdict.parked) == (1, 12, 1)
    expected = json.loads((KEPT / f"{name}.rows.json").read_text(encoding="utf-8"))
    for table, wanted in expected.items():
        assert rows_like(street, table, wanted) == sorted(wanted, key=_spelled), table
