"""Killed at any moment, taking in leaves the whole effect of a file or nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.bundle.lines import CountLine
from desktop_app.core.clock import FixedClock
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from tests.storage.children import ROOT
from tests.street import looking, records
from tests.street.inbox.conftest import Carry
from tests.street.parcels import HandStation, hand_station

CHANGES = 14
ROWS = 10


def busy(station: HandStation, number: int) -> None:
    """A log with something of everything: changes, tombstones, unknown and parked records."""
    base = number * 100
    for n in range(1, ROWS + 1):
        fields = {**records.visit(base + n), "mood": "calm"}
        station.put("visits", records.uid(base + n), fields)
    station.put("visits", records.uid(base + 1), records.visit(base + 1, people=2))
    station.delete("visits", records.uid(base + 2))
    station.put("wishes", records.uid(base + 50), {"text": "一盏灯"})
    station.withhold("visits", records.uid(base + 3))


def state(street: Desk, code: str) -> tuple[int, ...]:
    """How much of a station's bundle there is, wherever it is kept."""
    tables = ("received", "received_tally", "received_extra", "parked", "rollup_withheld")
    return (
        looking.standing(street, code).applied,
        *(len([row for row in looking.rows(street, name) if row["station"] == code])
          for name in (*tables, "visit")),
        len(looking.dirty_months(street, code)),
        len([row for row in looking.rows(street, "inbox_file") if row["station"] == code]),
    )  # fmt: skip


NOTHING = (0, 0, 0, 0, 0, 0, 0, 0, 0)
# Ten visits came, one of them was withheld again; the deleted one stays as a tombstone only where
# it was there before.
WHOLE = (CHANGES, CHANGES, 2, ROWS - 3, 1, 1, ROWS - 2, 1, 1)


@pytest.mark.slow
def test_killed_at_any_moment_it_is_all_or_nothing_and_the_next_try_succeeds(
    street: Desk, carry: Carry, clock: FixedClock, tmp_path: Path
) -> None:
    is_file = street.database.dialect == "sqlite"
    stations, folder = [], tmp_path / "drop"
    for number in range(26 if is_file else 8):
        station = hand_station(street, clock, folder, f"ST{number:02d}", f"站{number}")
        busy(station, number)
        station.bundle(counts=[CountLine("visits", "2026-11", "petitions", 1)])
        stations.append(station)

    ends = _crashed(street, is_file, tmp_path, folder)
    found = [state(street, station.code) for station in stations[1:]]

    assert ends.count(-9) >= len(ends) - 2
    assert set(found) == {NOTHING, WHOLE}
    again = carry(*sorted(folder.glob("*.jlb"))[1:])
    assert {verdict.outcome for verdict in again} == {Outcome.PARKED, Outcome.DUPLICATE}
    assert all(verdict.receipt_path is not None for verdict in again)
    assert {state(street, station.code)[:-1] for station in stations} == {WHOLE[:-1]}


def _crashed(street: Desk, is_file: bool, home: Path, folder: Path) -> list[int]:
    """How each fork ended that took one bundle in and was to be killed on the way."""
    if is_file:
        arguments = ["sqlite", str(home / "jinlin-0.db")]
    else:
        url = street.database._writer.url
        arguments = ["postgresql", url.render_as_string(hide_password=False)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.street.crashing", *arguments, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [int(line.split()[-1]) for line in done.stdout.splitlines()]
