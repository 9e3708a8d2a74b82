"""How long a first 上报 takes, beside reading the same changes and writing them as NDJSON.

100,000 visits and 1,000 residents, none of them confirmed. The reference reads the change log's
rows in order, unpacks each content, and writes it with `json` and DEFLATE, nothing else. Seconds of
both, and the memory the export takes beyond what the process had before (MiB).
"""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.clock import Millis, SystemClock, Zone
from desktop_app.core.codec import canonical
from desktop_app.core.ids import UidFactory
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import Action, Step, Visit, VisitState
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import Street
from desktop_app.registers.residents.rules import Phone, Resident
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.station.reporting.service import export
from desktop_app.storage.bulk import bulk_unit
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import open_file
from desktop_app.storage.packing import unpack
from desktop_app.storage.session import Database, Desk
from tests.speed.ledger import CATEGORIES, DAYS, TODAY, BenchKey, Ledger, build

DEFAULTS: dict[str, Any] = {"visits": 100_000, "residents": 1_000, "rounds": 3}
MOST_TIMES = 2.0
MOST_MEMORY_MIB = 60.0
AT_ONCE = 10_000


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The best of some rounds, turn by turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        desk = _filled(path, int(options["visits"]), int(options["residents"]))
        before = _forget_peak()
        ours, bare, sizes = [], [], (0, 0)
        for number in range(int(options["rounds"])):
            bare.append(_timed(lambda: _by_hand(path, Path(folder) / "bare.ndjson.z")))
            outbox = Path(folder) / f"outbox-{number}"
            start = time.perf_counter()
            made = export(desk, None, outbox=outbox).export
            ours.append(time.perf_counter() - start)
            sizes = (made.size, (Path(folder) / "bare.ndjson.z").stat().st_size)
        grown = _memory("VmHWM") - before
        desk.database.close()
    times = min(ours) / min(bare)
    return {
        "export_s": min(ours),
        "bare_s": min(bare),
        "times": times,
        "most_times": MOST_TIMES,
        "grown_mib": grown,
        "most_grown_mib": MOST_MEMORY_MIB,
        "bytes": sizes[0],
        "bare_bytes": sizes[1],
        "holds": times <= MOST_TIMES and grown <= MOST_MEMORY_MIB,
    }


def _filled(path: Path, visits: int, residents: int) -> Desk:
    """A station whose change log has everything, and which belongs to a street."""
    ledger = build(path, 1, residents, random.Random(7))
    database = open_file(path, BenchKey(), SystemClock())
    desk = Desk(database, ledger.actor())
    with desk.unit_of_work("加入街道", needs=Right.MANAGE_STATION) as unit:
        offices.keep_signing(unit, SigningKey.fresh(), offices.CURRENT)
        offices.keep_opening(unit, OpeningKey.fresh())
        sealed_to = (OpeningKey.fresh().recipient, OpeningKey.fresh().recipient)
        offices.belong_to(unit, Street("CL", "澄岭街道", sealed_to, SigningKey.fresh().public))
    _write(database, ledger, visits)
    return desk


def _write(database: Database, ledger: Ledger, visits: int) -> None:
    dice = random.Random(11)
    at = database.clock.now()
    with bulk_unit(database, ledger.actor(), needs=Right.REGISTER) as bulk:
        for number, uid in enumerate(ledger.residents):
            person = Resident(
                uid=uid, station="QR01", number=f"QR01-R2026A-{number:05d}", name="陈桂英",
                phones=(Phone(f"138{number:08d}"),), building="3", unit="2", room="501",
            )  # fmt: skip
            bulk.put(RESIDENTS, person, at)
    uids = UidFactory(database.clock)
    made = _visits(visits, uids, ledger, dice)
    while several := list(islice(made, AT_ONCE)):
        with bulk_unit(database, ledger.actor(), needs=Right.REGISTER) as bulk:
            for visit in several:
                bulk.put(VISITS, visit, at)


def _visits(count: int, uids: UidFactory, ledger: Ledger, dice: random.Random) -> Iterator[Visit]:
    """Visits as a hall has them, one in a hundred of them a petition."""
    zone = Zone()
    for n in range(1, count + 1):
        day = TODAY - timedelta(days=(count - n) * DAYS // count)
        uid, clerk, at = (
            uids(),
            dice.choice(ledger.clerks),
            Millis(zone.at(day, 9) + n % 28_000_000),
        )
        yield Visit(
            uid=uid, station="QR01", number=f"QR01-{day.year}Y-{n:06d}", batch=uid, at=at, day=day,
            limit_from=day, resident=dice.choice(ledger.residents), name="陈桂英",
            phone=f"138{dice.randrange(10**8):08d}", building="3", unit="2", room="501",
            category=dice.choice(CATEGORIES), matter_name="医保缴费", state=VisitState.CLOSED,
            summary="手机上交医保总提示验证失败，请帮忙操作", result="已当场办结", closed_at=at,
            closed_day=day, petition=dice.random() < 0.01, first_clerk=clerk,
            first_clerk_name="王小燕", registered_by=clerk, registered_by_name="王小燕",
            steps=(Step(at, "王小燕", Action.REGISTER, VisitState.CLOSED),),
        )  # fmt: skip


def _by_hand(path: Path, target: Path) -> None:
    with closing(connect_file(path, BenchKey())) as connection, target.open("wb") as out:
        packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        rows = connection.execute(
            "SELECT n, kind, uid, op, revision, version, at, digest, payload FROM change ORDER BY n"
        )
        for n, kind, uid, op, revision, version, at, digest, payload in rows:
            fields = json.loads(unpack(payload))
            line = canonical(
                {
                    "n": n, "d": digest.hex(), "kind": kind, "op": op, "uid": uid.hex(),
                    "revision": revision, "version": version, "at": at, "fields": fields,
                }
            )  # fmt: skip
            out.write(packer.compress(line.encode() + b"\n"))
        out.write(packer.flush())


def _timed(call: Any) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _forget_peak() -> float:
    """Have the system count the peak anew; answers what the process has now, in MiB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(which: str) -> float:
    found = re.search(rf"{which}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return 0.0 if found is None else int(found[1]) / 1024
