"""A street and bundles of any size for it, made straight with the kit: for benches only."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from build_scripts.ground.system import postgres_programs
from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Millis, SystemClock, Zone
from desktop_app.core.ids import Uid, UidFactory
from desktop_app.core.rights import Actor, Right
from desktop_app.core.travel import Profile, Projector
from desktop_app.ledgers.visits.rules.visit import Visit, VisitState
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.registers.residents.rules import Phone, Resident
from desktop_app.registers.residents.store import SHELF as RESIDENTS
from desktop_app.storage.opening import create_file, create_on_server, open_file, open_server
from desktop_app.storage.session import Desk, StationFacts
from tests.postgres_server import PostgresServer, _address, _start
from tests.speed.ledger import CATEGORIES, TODAY, BenchKey
from tests.stations import ON_SERVER
from tests.street.parcels import HandStation

STREET = StationFacts("CL", "澄岭街道", "street", "A", "street-first")
CLERK = Actor(None, "陈立", "街道", frozenset(Right))

_VISITS = Projector(VISITS.kind, Profile.WORK)
_RESIDENTS = Projector(RESIDENTS.kind, Profile.WORK)


def make_street(address: str) -> None:
    """An empty street: a file, or a database on a server."""
    catalog.table_modules()
    if address.startswith("postgresql"):
        create_on_server(address, STREET)
    else:
        create_file(Path(address), BenchKey(), STREET)


def open_street(address: str) -> Desk:
    """A seat there."""
    if address.startswith("postgresql"):
        return Desk(open_server(address, ON_SERVER, SystemClock()), CLERK)
    return Desk(open_file(Path(address), BenchKey(), SystemClock()), CLERK)


class Server:
    """A PostgreSQL of this bench's own: empty databases, and how long its processors worked."""

    def __init__(self, running: PostgresServer, pid: int) -> None:
        self._running = running
        self._pid = pid

    def address(self) -> str:
        """A new database."""
        return self._running.url(self._running.fresh())

    def processor_seconds(self) -> float:
        """Of all its processes, those that have ended included."""
        ticks = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                # The name may hold anything, in brackets.
                parts = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if status.parent.name == str(self._pid):
                ticks += sum(map(int, parts[11:15]))
            elif parts[1] == str(self._pid):
                ticks += sum(map(int, parts[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def server() -> Iterator[Server]:
    """The server runs for as long as the block."""
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="jl-pg-"))
    process = _start(programs, folder)
    try:
        yield Server(PostgresServer(_address(folder)), process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


class Writer:
    """Writes the log of a station in the test's hands: residents first, then visits by day."""

    def __init__(self, station: HandStation, seed: int) -> None:
        self._station = station
        self._dice = random.Random(seed)
        self._uids = UidFactory(FixedClock(Millis(1_760_000_000_000)), self._dice.getrandbits)
        self._people: list[Uid] = []
        self._visits = 0

    def residents(self, count: int) -> None:
        for _ in range(count):
            uid, number = self._uids(), len(self._people)
            self._people.append(uid)
            person = Resident(
                uid=uid, station="", number=f"{self._station.code}-R2026A-{number:05d}",
                name="陈桂英", phones=(Phone(f"138{number:08d}"),), building="3", unit="2",
                room="501",
            )  # fmt: skip
            self._put("residents", uid, _RESIDENTS(RESIDENTS.kind.to_plain(person)))

    def visits(self, count: int, days: int = 300, until: int = 0) -> None:
        """So many, over `days` days up to `until` days ago."""
        zone = Zone()
        for n in range(count):
            day = TODAY - timedelta(days=until + (count - n - 1) * days // count)
            uid, at = self._uids(), Millis(zone.at(day, 9) + n % 28_000_000)
            self._visits += 1
            visit = Visit(
                uid=uid, station="", number=f"{self._station.code}-2026A-{self._visits:06d}",
                batch=uid, at=at, day=day, limit_from=day, name="陈桂英",
                resident=self._dice.choice(self._people) if self._people else None,
                phone=f"138{self._dice.randrange(10**8):08d}", building="3", unit="2", room="501",
                category=self._dice.choice(CATEGORIES), matter_name="医保缴费",
                summary="手机上交医保总提示验证失败，请帮忙操作", result="已当场办结",
                state=VisitState.CLOSED, closed_at=at, closed_day=day, first_clerk=uid,
                first_clerk_name="王小燕", registered_by=uid, registered_by_name="王小燕",
            )  # fmt: skip
            self._put("visits", uid, _VISITS(VISITS.kind.to_plain(visit)))

    def _put(self, kind: str, uid: Uid, fields: dict[str, Any]) -> None:
        self._station.put(kind, uid, fields, revision=1)
