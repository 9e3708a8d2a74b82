"""How long a demo home takes to make, beside the bare rows of the same home.

    python -m tests.speed.demo --scale small
    python -m tests.speed.demo --scale hall

The reference reads every row of the finished home and writes it into an empty file of the same kind
with one `executemany` for each table: the encryption, the checks and the indexes remain, and nothing
of what makes the rows. `slow_down` tells how much slower than at its best the machine ran a fixed
piece of Python meanwhile, so that figures of a busy machine can be read.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.core.job import Job, Progress
from desktop_app.station.demo.service import Made, make_demo
from desktop_app.storage.engine import connect_file
from desktop_app.storage.keys import KeySlots
from desktop_app.storage.opening import create_file
from tests.speed.ledger import FACTS, BenchKey

MOST_SECONDS = {"small": 10.0, "hall": 60.0}
TODAY = date(2026, 11, 23)
_CHUNK = 20_000
_PIECE = 60_000


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Seconds of both by the wall and by the processor, and whether the figure holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home"
        pace = _Pace()
        wall, processor, made = _timed(lambda: _make(path, options, pace))
        rows = _rows(made)
        bare_wall, bare_processor, _ = _timed(lambda: _write(Path(folder) / "bare.db", rows))
        size = (path / "jinlin.db").stat().st_size
    most = MOST_SECONDS[options.scale]
    return {
        "bench": f"demo {options.scale}",
        "visits": made.visits,
        "residents": made.residents,
        "megabytes": round(size / 1e6),
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "slow_down": round(pace.slow_down, 2),
        "reference": "the same rows by executemany into an empty file of the same kind",
        "reference_seconds": round(bare_wall, 1),
        "reference_processor_seconds": round(bare_processor, 1),
        "ratio": round(processor / bare_processor, 2),
        "most_seconds": most,
        "holds": wall <= most,
    }


class _Pace:
    """Measures now and then how fast the machine is just now."""

    def __init__(self) -> None:
        self._best = min(_piece() for _ in range(60))
        self._found: list[float] = []
        self._told = 0

    def __call__(self, _: Progress) -> None:
        self._told += 1
        if self._told % 40 == 0:
            self._found.append(_piece())

    @property
    def slow_down(self) -> float:
        return statistics.mean(self._found) / min(self._best, *self._found)


def _piece() -> float:
    start, total = time.process_time(), 0
    for number in range(_PIECE):
        total += number * number % 7
    return time.process_time() - start


def _timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, processor = time.perf_counter(), time.process_time()
    answer = call()
    return time.perf_counter() - wall, time.process_time() - processor, answer


def _make(path: Path, options: argparse.Namespace, pace: _Pace) -> Made:
    return make_demo(
        path, scale=options.scale, seed=options.seed, today=TODAY, job=Job("演示", pace)
    )


def _rows(made: Made) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's rows as the driver reads them."""
    home = made.home
    data_key = KeySlots.load(home.key_slots).unlock_with_recovery(made.recovery_code)
    with closing(connect_file(home.database, data_key)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


def _write(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    create_file(path, BenchKey(), FACTS)
    with closing(connect_file(path, BenchKey())) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for name, found in rows.items():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"DELETE FROM {name}")
            marks = ", ".join("?" * len(found[0])) if found else ""
            for start in range(0, len(found), _CHUNK):
                connection.executemany(
                    f"INSERT INTO {name} VALUES ({marks})", found[start : start + _CHUNK]
                )
            connection.execute("COMMIT")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.speed.demo", description=__doc__)
    parser.add_argument("--scale", choices=sorted(MOST_SECONDS), default="small")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    print(json.dumps(run(arguments().parse_args()), ensure_ascii=False, indent=1))
