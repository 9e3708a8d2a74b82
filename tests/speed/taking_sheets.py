"""Takes a workbook in by itself: `python -m tests.speed.taking_sheets FOLDER BOOK [try]`.

Prints a JSON object: processor seconds and those by the wall, the memory at its peak (MiB), what
became of the rows, and the longest step between two looks at the job. With `try` nothing is kept.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.calm import calm
from desktop_app.core.clock import SystemClock
from desktop_app.core.job import Job
from desktop_app.core.pinyin import sort_key
from desktop_app.core.rights import Actor, Right
from desktop_app.station.importing import service
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.speed.bundle_export import _memory
from tests.speed.ledger import BenchKey, build


def main(folder: Path, book: Path, *, keep: bool) -> None:
    path = folder / "jinlin.db"
    clerk = build(path, 1, 1, random.Random(7)).clerks[0]
    database = open_file(path, BenchKey(), SystemClock())
    desk = Desk(database, Actor(clerk, "王小燕", "窗口", frozenset(Right)))
    catalog.table_modules()
    catalog.ledgers()
    catalog.sheets()
    sort_key("陈桂英")
    gc.collect()
    job = Job("导入")
    wall, processor = time.perf_counter(), time.process_time()
    # As the wizard and the command line do it.
    with calm():
        opened = service.open_file(book)
        plan = service.propose(desk, opened, opened.first_sheet, kind="visits")
        tried = service.try_out(desk, opened, plan, job)
        counts = tried.trial.counts
        if keep:
            decisions = service.Decisions(for_all=service.Choice.NEW)
            counts = service.take_in(desk, tried, decisions, job).value.counts
    document = {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
        "peak_mib": _memory("VmHWM"),
        "counts": {verdict.value: count for verdict, count in counts.items()},
        "columns": plan.by_heading,
    }
    database.close()
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), keep="try" not in sys.argv[3:])
