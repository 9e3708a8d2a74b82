"""How long an old ledger takes to move in, beside calamine reading it and the bare rows of it.

50,000 visits of 12,500 people in twelve columns, into an empty encrypted file. The reference reads
the workbook by calamine, makes the pinyin of each new name and writes the finished rows (visits,
residents, their keys, who was seen, the change log) by `executemany` in one transaction; it finds,
checks and makes nothing. Both by the processor, as these machines have other work.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from desktop_app.core.pinyin import name_keys, sort_key
from desktop_app.storage.engine import connect_file
from tests.speed.ledger import BenchKey, build
from tests.speed.old_ledger import write

DEFAULTS: dict[str, Any] = {"rows": 50_000, "rounds": 2}
MOST_TIMES = 3.0
MOST_MEMORY_MIB = 400.0
TABLES = ("visit", "resident", "person_key", "seen", "change")
ROOT = Path(__file__).resolve().parents[2]


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """The best of some rounds of both, turn by turn, each into an empty file."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "2023来访登记.xlsx"
        write(book, int(options["rows"]))
        for number in range(int(options["rounds"])):
            home = folder / f"ours-{number}"
            home.mkdir()
            ours.append(taken(home, book))
            bare.append(_by_hand(home / "jinlin.db", folder / f"bare-{number}.db", book))
    best, least = min(one["processor_seconds"] for one in ours), min(bare)
    peak = min(one["peak_mib"] for one in ours)
    return {
        "import_s": best,
        "bare_s": least,
        "times": best / least,
        "most_times": MOST_TIMES,
        "wall_s": min(one["seconds"] for one in ours),
        "peak_mib": peak,
        "most_peak_mib": MOST_MEMORY_MIB,
        "counts": ours[-1]["counts"],
        "holds": best / least <= MOST_TIMES
        and peak <= MOST_MEMORY_MIB
        and all(one["counts"]["new"] == int(options["rows"]) for one in ours),
    }


def taken(folder: Path, book: Path, *more: str) -> dict[str, Any]:
    """What a process of its own makes of the workbook."""
    command = [sys.executable, "-m", "tests.speed.taking_sheets", str(folder), str(book), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def read_bare(book: Path) -> float:
    """Processor seconds that calamine reads the sheet in."""
    begun = time.process_time()
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert rows, "the workbook is not empty"
    return time.process_time() - begun


def _by_hand(full: Path, empty: Path, book: Path) -> float:
    rows = {}
    with closing(connect_file(full, BenchKey())) as connection:
        for table in TABLES:
            rows[table] = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        names = [name for (name,) in connection.execute("SELECT name FROM resident")]
    build(empty, 1, 1, random.Random(7))
    with closing(connect_file(empty, BenchKey())) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        begun = time.process_time()
        spent = read_bare(book)
        for name in names:
            name_keys(name)
            sort_key(name)
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            if values:
                marks = ", ".join("?" * len(values[0]))
                connection.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({marks})', values)
        connection.commit()
        assert spent, "calamine took some time"
        return time.process_time() - begun
