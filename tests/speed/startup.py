"""From the start of the process until the sign-in screen is painted and takes what is typed.

Beside it, from the same start, an empty QMainWindow of the same Qt. Whole processes in turn, on
`hall` data; medians in milliseconds. The bound is a ratio.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.speed.halls import demo_home

DEFAULTS: dict[str, Any] = {"rounds": 9, "scale": "hall", "day": "2026-11-23"}
MOST_TIMES_EMPTY = 2.0


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Medians of both and their ratio; `heavy` lists what should not have been imported by then."""
    home = demo_home(options["scale"], date.fromisoformat(options["day"]))
    ours, empty, heavy = [], [], ""
    for turn in range(int(options["rounds"]) + 1):
        seconds, said = _until_ready("sign-in", str(home))
        reference, _ = _until_ready("empty", str(home))
        if turn:  # the first of each only fills the file cache
            ours.append(seconds * 1000)
            empty.append(reference * 1000)
        heavy = said.partition(" ")[2]
    ratio = statistics.median(a / b for a, b in zip(ours, empty, strict=True))
    return {
        "sign_in_painted_ms": statistics.median(ours),
        "empty_window_ms": statistics.median(empty),
        "ratio": ratio,
        "bound": MOST_TIMES_EMPTY,
        "heavy": heavy,
        "holds": ratio <= MOST_TIMES_EMPTY and not heavy,
    }


def _until_ready(what: str, home: str) -> tuple[float, str]:
    command = [sys.executable, "-m", "tests.speed.startup_window", what, home]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # An installed program starts from compiled modules; the first turn, not counted, compiles them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        line = child.stdout.readline().strip()
        took = time.perf_counter() - began
        child.communicate(timeout=60)
    if not line.startswith("ready"):
        raise RuntimeError(f"the window {what!r} did not come")
    return took, line
