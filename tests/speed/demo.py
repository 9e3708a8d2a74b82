"""How long a demo home takes to make, beside the bare rows of the same home.

    python -m tests.speed demo --scale small
    python -m tests.speed demo --scale hall

The reference takes every row of the finished home and writes it into an empty file of the same
kind, each table by `executemany`: encryption, checks and indexes remain, and nothing of what makes
the rows. `slow_down` tells how much slower than at its best the machine ran a fixed
piece of Python meanwhile, so that figures of a busy machine can be read.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from functools import partial
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
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_PIECE = 60_000


DEFAULTS: dict[str, Any] = {"scale": "small", "seed": 1}


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Seconds of both by the wall and by the processor, and whether the figure holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home"
        pace = _Pace()
        wall, processor, made = _timed(lambda: _make(path, options, pace))
        bare_wall, bare_processor = _bare(made, Path(folder) / "bare.db")
        size = (path / "jinlin.db").stat().st_size
    most = MOST_SECONDS[options["scale"]]
    return {
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


def _make(path: Path, options: Mapping[str, Any], pace: _Pace) -> Made:
    return make_demo(
        path, scale=options["scale"], seed=options["seed"], today=TODAY, job=Job("演示", pace)
    )


def _bare(made: Made, path: Path) -> tuple[float, float]:
    """Seconds by the wall and by the processor for writing alone; reading is not counted."""
    home = made.home
    data_key = KeySlots.load(home.key_slots).unlock_with_recovery(made.recovery_code)
    create_file(path, BenchKey(), FACTS)
    wall = processor = 0.0
    with (
        closing(connect_file(home.database, data_key)) as source,
        closing(connect_file(path, BenchKey())) as target,
    ):
        target.execute("PRAGMA foreign_keys = OFF")
        for (name,) in source.execute(_TABLES).fetchall():
            rows = source.execute(f"SELECT * FROM {name}").fetchall()
            took = _timed(partial(_write, target, name, rows))
            wall, processor = wall + took[0], processor + took[1]
    return wall, processor


def _write(target: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    target.execute("BEGIN IMMEDIATE")
    target.execute(f"DELETE FROM {name}")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    target.execute("COMMIT")
