"""Takes bundles in, in a process of its own: `python -m tests.speed.taking_in ADDRESS FILE…`.

Prints a JSON object: seconds by the wall and by the processor, the memory the process had before
and its peak meanwhile (MiB), and what became of the files. The words of pinyin are there before: a
program that is in use has them, whatever it takes in.
"""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.pinyin import sort_key
from desktop_app.street.inbox.service import take_in
from tests.speed.bundle_export import _forget_peak, _memory
from tests.speed.street_bundles import open_street


def main(address: str, names: list[str]) -> None:
    catalog.table_modules()
    catalog.books()
    desk = open_street(address)
    sort_key("陈桂英")
    gc.collect()
    before = _forget_peak()
    wall, processor = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as receipts:
        found = take_in(desk, [Path(name) for name in names], Path(receipts))
    document = {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
        "before_mib": before,
        "grown_mib": _memory("VmHWM") - before,
        "outcomes": Counter(one.outcome.value for one in found),
    }
    desk.database.close()
    sys.stdout.write(json.dumps(document) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
