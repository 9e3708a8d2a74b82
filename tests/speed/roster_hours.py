"""Hours by person and month of 400 volunteers over five years, beside the bare SQL of these sums.

The reference runs the one statement over the DB-API and fetches its rows as they come: nobody is
told apart, nothing is added up by person. Twenty thousand records, nine of ten confirmed, in eight
teams; some volunteers were merged into others. CPU milliseconds: all of it happens in this process.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.ids import Uid, UidFactory
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.store import SHELF
from desktop_app.registers.volunteers.rules.volunteer import Volunteer
from desktop_app.registers.volunteers.store import SHELF as VOLUNTEERS
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk
from tests.speed.ledger import FACTS, NOW, TODAY, BenchKey

DEFAULTS: dict[str, Any] = {"volunteers": 400, "records": 20_000, "rounds": 30}
MOST_MS = 50.0
MOST_TIMES_BARE = 2.0
YEARS = 5
TEAMS = 8

_BARE = (
    "SELECT volunteer, month, sum(minutes) FROM service_record"
    " INDEXED BY ix_service_record_hours"
    " WHERE deleted_at IS NULL AND state = 'confirmed' AND day >= ? AND day <= ?"
    " GROUP BY volunteer, month ORDER BY volunteer, month"
)


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians over all rounds, in turn with the reference; the ratio is that of each round."""
    first = date(TODAY.year - YEARS, TODAY.month, TODAY.day)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        build(path, int(options["volunteers"]), int(options["records"]))
        database = open_file(path, BenchKey(), FixedClock(NOW))
        desk = Desk(database, Actor(None, "王小燕", "窗口", frozenset(Right)))
        with closing(connect_file(path, BenchKey())) as bare:
            found = _measured(desk, bare, first, int(options["rounds"]))
        database.close()
    return {"records": int(options["records"]), **found}


def _measured(desk: Desk, bare: Any, first: date, rounds: int) -> dict[str, Any]:
    ours, hand, ratios = [], [], []
    span = (first.isoformat(), TODAY.isoformat())
    for turn in range(rounds + 1):
        took = _timed(partial(service.by_person_and_month, desk, first, TODAY))
        reference = _timed(lambda: bare.execute(_BARE, span).fetchall())
        if turn:  # the first round only warms the caches
            ours.append(took)
            hand.append(reference)
            ratios.append(took / reference)
    people = service.by_person_and_month(desk, first, TODAY)
    rows = bare.execute(_BARE, span).fetchall()
    assert sum(one.minutes for one in people) == sum(row[2] for row in rows)
    median, ratio = statistics.median(ours), statistics.median(ratios)
    return {
        "people": len(people),
        "groups": len(rows),
        "median_ms": median,
        "p95_ms": sorted(ours)[len(ours) * 95 // 100],
        "reference_median_ms": statistics.median(hand),
        "ratio": ratio,
        "most_ms": MOST_MS,
        "most_times_bare": MOST_TIMES_BARE,
        "holds": median <= MOST_MS and ratio <= MOST_TIMES_BARE,
    }


def _timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


# --- what is added up ----------------------------------------------------------------------------


def build(path: Path, volunteers: int, records: int) -> None:
    """A station with so many volunteers and services; nothing measured."""
    catalog.table_modules()
    create_file(path, BenchKey(), FACTS)
    dice, uids, zone = random.Random(6), UidFactory(FixedClock(NOW)), Zone()
    people, teams = [uids() for _ in range(volunteers)], [uids() for _ in range(TEAMS)]
    database = open_file(path, BenchKey(), FixedClock(NOW))
    with database.unrecorded() as connection:
        VOLUNTEERS.lay(connection, [_volunteer(n, people, uids()) for n in range(volunteers)])
        SHELF.lay(
            connection,
            [
                _record(n, uids(), dice.choice(people), dice.choice(teams), zone, dice)
                for n in range(records)
            ],
        )
    database.close()


def _volunteer(n: int, people: list[Uid], resident: Uid) -> Volunteer:
    """One of a hundred is another one under a second spelling."""
    return Volunteer(
        uid=people[n],
        station="QR01",
        number=f"QR01-V2021A-{n:05d}",
        resident=resident,
        registered_on=TODAY - timedelta(days=365 * YEARS),
        merged_into=people[n - 1] if n % 100 == 1 else None,
    )


def _record(
    n: int, uid: Uid, volunteer: Uid, team: Uid, zone: Zone, dice: random.Random
) -> ServiceRecord:
    day = TODAY - timedelta(days=dice.randrange(365 * YEARS))
    start, minutes = zone.at(day, dice.randrange(7, 21)), dice.randrange(30, 240)
    confirmed = dice.random() < 0.9
    return ServiceRecord(
        uid=uid,
        station="QR01",
        number=f"QR01-F2021A-{n:05d}",
        volunteer=volunteer,
        team=team,
        title="夜间平安巡逻",
        started_at=start,
        ended_at=Millis(start + minutes * 60_000),
        day=day,
        minutes=minutes,
        state=ServiceState.CONFIRMED if confirmed else ServiceState.TO_CONFIRM,
    )
