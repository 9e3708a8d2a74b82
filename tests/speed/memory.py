"""The window's memory after 500 visits registered by keyboard, beside the same window just started.

On a copy of `hall`. Resident memory of the process in MiB, once the first screen has settled and
again after the visits; the operating system's own figure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests.speed.halls import PASSWORD, copied

DEFAULTS: dict[str, Any] = {"visits": 500, "scale": "hall", "day": "2026-11-23"}
MOST_GROWTH = 0.15


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Both sizes and the growth; the bound is 15 %."""
    with tempfile.TemporaryDirectory() as folder:
        home = copied(options["scale"], date.fromisoformat(options["day"]), Path(folder))
        command = [sys.executable, "-m", "tests.speed.memory_window", str(home), PASSWORD]
        done = subprocess.run(
            [*command, str(options["visits"])],
            env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
            capture_output=True,
            text=True,
            timeout=1800,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    growth = found["after_mib"] / found["before_mib"] - 1
    return {**found, "growth": growth, "bound": MOST_GROWTH, "holds": growth <= MOST_GROWTH}
