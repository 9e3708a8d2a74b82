"""How long a street takes to take one large bundle in, beside the bare rows of the same bundle.

    python -m tests.speed bundle_import
    python -m tests.speed bundle_import --database postgresql

100,000 visits and 1,000 residents. The reference takes the finished rows of visits, residents and
the received log and writes them into an empty database of the same kind in one transaction: by
`executemany` with ON CONFLICT into a file, by COPY and INSERT … ON CONFLICT into a server; it
opens, reads, checks and makes nothing. Both are measured by the processors, the server's included,
because the machines this runs on have other work; the seconds by the wall stand beside.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from desktop_app.core.clock import FixedClock, SystemClock
from desktop_app.storage.engine import connect_file
from tests.speed.ledger import BenchKey
from tests.speed.street_bundles import Server, Writer, make_street, open_street, server
from tests.street.parcels import hand_station

DEFAULTS: dict[str, Any] = {
    "visits": 100_000,
    "residents": 1_000,
    "database": "sqlcipher",
    "rounds": 2,
}
MOST_TIMES = {"sqlcipher": 6.0, "postgresql": 4.0}
MOST_MEMORY_MIB = 60.0
UPSERTED, ADDED = ("visit", "resident"), ("received",)
_AT_ONCE = 5_000
ROOT = Path(__file__).resolve().parents[2]

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The best of some rounds of both, turn by turn, each into an empty street."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name, _places(Path(name), options["database"]) as places:
        for number in range(int(options["rounds"])):
            into, empty = places.address(), places.address()
            bundle = _bundle(into, Path(name) / f"station-{number}", options)
            size = bundle.stat().st_size
            ours.append(_measured(places, lambda: _taken_in(into, [bundle])))  # noqa: B023
            rows = _read(into)
            make_street(empty)
            bare.append(_measured(places, lambda: _by_hand(empty, rows)))  # noqa: B023
    best, least = min(one["processor"] for one in ours), min(one["processor"] for one in bare)
    grown = min(one["grown_mib"] for one in ours)
    most = MOST_TIMES[options["database"]]
    return {
        "import_s": best,
        "bare_s": least,
        "times": best / least,
        "most_times": most,
        "wall_s": min(one["seconds"] for one in ours),
        "bare_wall_s": min(one["seconds"] for one in bare),
        "grown_mib": grown,
        "most_grown_mib": MOST_MEMORY_MIB,
        "bundle_mb": size / 1e6,
        "outcomes": ours[-1]["outcomes"],
        "holds": best / least <= most
        and grown <= MOST_MEMORY_MIB
        and all(one["outcomes"] == {"applied": 1} for one in ours),
    }


class _Files:
    """Empty databases in files; whoever writes into one does all the work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def address(self) -> str:
        self._made += 1
        return str(self._folder / f"street-{self._made}.db")

    def processor_seconds(self) -> float:
        return 0.0


@contextmanager
def _places(folder: Path, database: str) -> Iterator[_Files | Server]:
    if database != "postgresql":
        yield _Files(folder)
        return
    with server() as running:
        yield running


def _measured(places: _Files | Server, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    before = places.processor_seconds()
    found = work()
    spent = found["processor_seconds"] + places.processor_seconds() - before
    return {**found, "processor": spent}


def _bundle(address: str, folder: Path, options: Mapping[str, Any]) -> Path:
    make_street(address)
    desk = open_street(address)
    station = hand_station(desk, FixedClock(SystemClock().now()), folder)
    writer = Writer(station, 7)
    writer.residents(int(options["residents"]))
    writer.visits(int(options["visits"]))
    path = station.bundle()
    desk.database.close()
    return path


def _taken_in(address: str, paths: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.speed.taking_in", address, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# --- the bare rows --------------------------------------------------------------------------------


def _read(address: str) -> Rows:
    found: Rows = {}
    with _connected(address) as connection:
        for table in (*UPSERTED, *ADDED):
            cursor = connection.execute(f"SELECT * FROM {table}")
            found[table] = ([str(one[0]) for one in cursor.description], cursor.fetchall())
    return found


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    if address.startswith("postgresql"):
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            yield connection
        return
    with closing(connect_file(Path(address), BenchKey())) as connection:
        yield connection


def _by_hand(address: str, rows: Rows) -> dict[str, float]:
    with _connected(address) as connection:
        is_file = not address.startswith("postgresql")
        wall, processor = time.perf_counter(), time.process_time()
        if is_file:
            connection.execute("BEGIN IMMEDIATE")
        for table, (columns, values) in rows.items():
            write = _executed if is_file else _copied
            write(connection, table, columns, values)
        connection.commit()
        return {
            "seconds": time.perf_counter() - wall,
            "processor_seconds": time.process_time() - processor,
        }


def _executed(
    connection: Any, table: str, columns: list[str], values: list[tuple[Any, ...]]
) -> None:
    quoted = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks}){_over(table, columns)}"
    for at in range(0, len(values), _AT_ONCE):
        connection.executemany(statement, values[at : at + _AT_ONCE])


def _copied(connection: Any, table: str, columns: list[str], values: list[tuple[Any, ...]]) -> None:
    quoted = ", ".join(f'"{name}"' for name in columns)
    target = table
    if table in UPSERTED:
        target = f"arriving_{table}"
        connection.execute(f"CREATE TEMPORARY TABLE {target} AS SELECT * FROM {table} WITH NO DATA")
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} ({quoted}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
    if table in UPSERTED:
        connection.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM {target}{_over(table, columns)}"
        )


def _over(table: str, columns: list[str]) -> str:
    if table not in UPSERTED:
        return ""
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "uid")
    return f" ON CONFLICT (uid) DO UPDATE SET {changes}"
