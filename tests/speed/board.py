"""A board of 2,000 cards until it is painted, and one card moved to another column until painted.

Beside it, in the same run, plain QListViews on QStandardItemModels with the same texts. Whole
processes in turn, medians in milliseconds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

DEFAULTS: dict[str, Any] = {"rounds": 5, "cards": 2000, "moves": 20}
MOST_PAINTED_MS = 200.0
MOST_MOVED_MS = 50.0


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds are on the medians of `painted_ms` and `moved_ms`."""
    found: dict[str, list[dict[str, Any]]] = {"board": [], "bare": []}
    for _ in range(int(options["rounds"])):
        for what, runs in found.items():
            runs.append(_one(what, int(options["cards"]), int(options["moves"])))
    painted, bare_painted = (_median(found[what], "painted_ms") for what in ("board", "bare"))
    moves = {what: [ms for one in runs for ms in one["moved_ms"]] for what, runs in found.items()}
    moved, bare_moved = (statistics.median(moves[what]) for what in ("board", "bare"))
    return {
        "painted_ms": painted,
        "bare_painted_ms": bare_painted,
        "painted_ratio": painted / bare_painted,
        "painted_bound_ms": MOST_PAINTED_MS,
        "moved_ms": moved,
        "bare_moved_ms": bare_moved,
        "moved_ratio": moved / bare_moved,
        "slowest_moved_ms": max(moves["board"]),
        "moved_bound_ms": MOST_MOVED_MS,
        "holds": painted <= MOST_PAINTED_MS and moved <= MOST_MOVED_MS,
    }


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(float(one[name]) for one in runs)


def _one(what: str, cards: int, moves: int) -> dict[str, Any]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.speed.board_window", what, str(cards), str(moves)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
