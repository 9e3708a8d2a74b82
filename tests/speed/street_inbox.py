"""How long a street takes over the bundles of one month from its 48 stations, and whether what it
has already makes that slower.

    python -m tests.speed street_inbox
    python -m tests.speed street_inbox --existing 1200000

36 small, 10 middle and 2 large stations (the volumes of the design, a month of them), each with one
bundle of visits and residents, dropped at once; receipts are written. Once into an empty street and
once into one that has `existing` visits and as long a received log. Flatness is measured by the
processor, because the machines this runs on have other work.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_app.core.clock import FixedClock, SystemClock
from desktop_app.storage.engine import connect_file
from tests.speed.bundle_import import _taken_in
from tests.speed.ledger import BenchKey, build
from tests.speed.street_bundles import STREET, Writer, make_street, open_street
from tests.street.parcels import hand_station

DEFAULTS: dict[str, Any] = {"existing": 300_000, "rounds": 2}
MOST_SECONDS = 30.0
MOST_SLOWER = 1.5
MONTH = (*((167, 50),) * 36, *((521, 100),) * 10, *((2500, 330),) * 2)
"""Visits and new residents of each station in a month."""


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The best of some rounds, an empty street and a full one in turns."""
    empty, full = [], []
    with tempfile.TemporaryDirectory() as name:
        kept = Path(name) / "full.db"
        _fill(kept, int(options["existing"]))
        for number in range(int(options["rounds"])):
            folder = Path(name) / str(number)
            folder.mkdir()
            fresh = folder / "empty.db"
            make_street(str(fresh))
            empty.append(_taken_in(str(fresh), _month(fresh, folder / "a", 2 * number)))
            full.append(_taken_in(str(kept), _month(kept, folder / "b", 2 * number + 1)))
    seconds = max(min(one["seconds"] for one in each) for each in (empty, full))
    least = [min(one["processor_seconds"] for one in each) for each in (empty, full)]
    slower = least[1] / least[0]
    outcomes = [one["outcomes"] for one in (*empty, *full)]
    return {
        "seconds": seconds,
        "most_seconds": MOST_SECONDS,
        "into_an_empty_street_s": least[0],
        "into_a_full_one_s": least[1],
        "slower": slower,
        "most_slower": MOST_SLOWER,
        "rows": sum(map(sum, MONTH)),
        "existing": int(options["existing"]),
        "outcomes": outcomes[-1],
        "holds": seconds <= MOST_SECONDS
        and slower <= MOST_SLOWER
        and all(one == {"applied": len(MONTH)} for one in outcomes),
    }


def _month(street: Path, folder: Path, number: int) -> list[Path]:
    """One bundle of each station; the stations of every month are new ones."""
    folder.mkdir()
    desk = open_street(str(street))
    paths = []
    for place, (visits, residents) in enumerate(MONTH):
        clock = FixedClock(SystemClock().now())
        code = f"M{number}S{place:02d}"
        station = hand_station(desk, clock, folder, code, f"站{place}")
        writer = Writer(station, 100 * number + place)
        writer.residents(residents)
        writer.visits(visits, days=30)
        paths.append(station.bundle())
    desk.database.close()
    return paths


def _fill(path: Path, existing: int) -> None:
    """A street that has received much already."""
    build(path, max(1, existing), 20_000, random.Random(5))
    with closing(connect_file(path, BenchKey())) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for name in ("code", "name", "edition", "lineage"):
            value = getattr(STREET, name)
            connection.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
        connection.execute(
            "INSERT INTO received (station, n, kind, uid, op, revision, version, at, digest, hash)"
            " SELECT station, row_number() OVER (ORDER BY uid), 'visits', uid, 'put', 1, 1, at,"
            " randomblob(32), randomblob(32) FROM visit"
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
