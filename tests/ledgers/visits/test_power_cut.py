"""The power goes while visits are being registered: what the screen called saved is there.

A child process registers visits and tells each number after it was saved; it is killed (SIGKILL,
TerminateProcess) at a random moment, again and again on one file. This shows what a crash of the
program cannot lose; that the disk itself keeps what it was told to keep rests on synchronous=FULL.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import SystemClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service
from desktop_app.storage.audit import check_audit, check_changes
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.ledgers.visits.child_at_the_counter import register_without_end
from tests.stations import CLERK, KEY

ROUNDS = 50
MOST_SECONDS = 60.0


@pytest.fixture
def file(template_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    return path


@pytest.fixture
def children() -> Any:
    """Starts child processes; where there is fork, from a server that has imported everything."""
    if not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ledgers.visits.child_at_the_counter"])
    return context


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_no_visit_that_was_called_saved_is_lost_to_fifty_kills(file: Path, children: Any) -> None:
    dice = random.Random(20261123)
    saved: list[str] = []
    began = time.monotonic()
    for _ in range(ROUNDS):
        saved += _killed_while_saving(file, children, dice)
    assert time.monotonic() - began < MOST_SECONDS

    assert len(saved) > ROUNDS
    assert len(saved) == len(set(saved))
    database = open_file(file, KEY, SystemClock())
    with database.reading(CLERK, needs=Right.READ) as connection:
        rows = connection.exec_driver_sql("SELECT number FROM visit ORDER BY number").scalars()
        kept = list(rows)
        assert check_audit(connection) == []
        assert check_changes(connection) == []
        logged = connection.exec_driver_sql(
            "SELECT count(*) FROM change WHERE kind = 'visits'"
        ).scalar_one()
    registered = service.day_counts(Desk(database, CLERK))["registered"]
    database.close()
    assert set(saved) <= set(kept)
    # At most the last saving of each round was done without the child living to say so.
    assert len(kept) - len(saved) <= 2 * ROUNDS
    assert logged == len(kept)
    assert registered <= len(kept)
    _assert_whole(file)


def _killed_while_saving(file: Path, children: Any, dice: random.Random) -> list[str]:
    """Numbers the child told before it was killed in the middle of its work."""
    reading, writing = children.Pipe(duplex=False)
    child = children.Process(target=register_without_end, args=(str(file), writing))
    child.start()
    writing.close()
    told: list[str] = []
    with reading:
        told += reading.recv()
        # From here on it saves without a pause: any moment is a moment within a saving.
        child.join(timeout=dice.random() * 0.05)
        child.kill()
        child.join()
        while True:
            try:
                told += reading.recv()
            except (EOFError, OSError):
                break
    child.close()
    return told


def _assert_whole(file: Path) -> None:
    connection = connect_file(file, KEY)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        numbers = connection.execute(
            "SELECT count(*), count(DISTINCT number), count(DISTINCT uid) FROM visit"
        ).fetchone()
        assert len(set(numbers)) == 1
    finally:
        connection.close()
