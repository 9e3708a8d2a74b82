"""How long a visit takes to save while a backup is being made and derived keys are rebuilt.

The same registration as in `save_visit`, first on an idle station and then beside a thread that
backs up without a pause and one that writes in short transactions. Figures in milliseconds.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop_app.core.clock import SystemClock
from desktop_app.ledgers.visits import service
from desktop_app.storage.drafts import save_draft
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.speed.ledger import BenchKey, build
from tests.speed.save_visit import a_form

DEFAULTS: dict[str, Any] = {"visits": 100_000, "rounds": 300}
MOST_P95_MS = 100.0


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """p95 idle and under load, and how many backups were finished meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jinlin.db"
        ledger = build(path, int(options["visits"]), 2000, random.Random(7))
        database = open_file(path, BenchKey(), SystemClock())
        desk = Desk(database, ledger.actor())
        form = a_form(desk, ledger)

        def save() -> None:
            service.register(desk, form)

        idle = _times(save, int(options["rounds"]))
        load = _Load(desk, Path(folder))
        load.start()
        busy = _times(save, int(options["rounds"]))
        load.stop()
        database.close()
    p95 = statistics.quantiles(busy, n=20)[-1]
    return {
        "p95_under_load_ms": p95,
        "p95_idle_ms": statistics.quantiles(idle, n=20)[-1],
        "median_under_load_ms": statistics.median(busy),
        "median_idle_ms": statistics.median(idle),
        "backups_meanwhile": load.backups,
        "writes_meanwhile": load.writes,
        "bound_p95_ms": MOST_P95_MS,
        "holds": p95 <= MOST_P95_MS and load.backups > 0,
    }


def _times(call: Callable[[], None], rounds: int) -> list[float]:
    took = []
    pause = threading.Event()
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
        pause.wait(0.02)  # a desk that is busier than any: fifty visits a second
    return took


class _Load:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._back_up),
            threading.Thread(target=self._write),
        ]
        self.backups = 0
        self.writes = 0

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _back_up(self) -> None:
        while not self._over.is_set():
            copy = self._folder / "copy.db"
            copy.unlink(missing_ok=True)
            self._desk.database.snapshot(copy)
            self.backups += 1

    def _write(self) -> None:
        owner = self._desk.database.new_uid()
        while not self._over.wait(0.005):
            save_draft(self._desk.database, owner, "visit", {"事由": "漏水" * 500})
            self.writes += 1
