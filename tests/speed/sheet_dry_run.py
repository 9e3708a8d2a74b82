"""How long an old ledger takes to be tried out, beside calamine only reading it.

The workbook of `sheet_import`. Trying out reads every cell, cleans and checks it, looks for records
that are there already and for rows that come twice. By the processor.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.speed.old_ledger import write
from tests.speed.sheet_import import ROOT, taken

DEFAULTS: dict[str, Any] = {"rows": 50_000, "rounds": 3}
MOST_TIMES = 5.0
_READ = "from tests.speed.sheet_import import read_bare; import sys; from pathlib import Path;"


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The best of some rounds of both, turn by turn."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "2023来访登记.xlsx"
        write(book, int(options["rows"]))
        for number in range(int(options["rounds"])):
            home = Path(name) / str(number)
            home.mkdir()
            ours.append(taken(home, book, "try"))
            bare.append(_read(book))
    best, least = min(one["processor_seconds"] for one in ours), min(bare)
    return {
        "dry_run_s": best,
        "calamine_s": least,
        "times": best / least,
        "most_times": MOST_TIMES,
        "wall_s": min(one["seconds"] for one in ours),
        "peak_mib": min(one["peak_mib"] for one in ours),
        "counts": ours[-1]["counts"],
        "holds": best / least <= MOST_TIMES,
    }


def _read(book: Path) -> float:
    """Calamine in a process of its own, too."""
    command = [sys.executable, "-c", f"{_READ} print(read_bare(Path(sys.argv[1])))", str(book)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)
