"""Locks that the operating system frees when their holder dies."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from desktop_app.storage.file_locks import FileLock
from tests.storage.children import start_child

IMPORTS = """
import sys
from pathlib import Path
from desktop_app.storage.file_locks import FileLock
"""
HOLD = """
lock = FileLock(Path(sys.argv[1]))
print(lock.acquire(shared=sys.argv[2] == "shared"), flush=True)
sys.stdin.readline()
"""


def test_one_holder_keeps_the_other_out_until_it_lets_go(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    assert not second.acquire(shared=True)
    first.release()
    assert second.acquire()
    second.release()


def test_sharers_stand_side_by_side_and_keep_the_exclusive_one_out(tmp_path: Path) -> None:
    one, two, alone = (FileLock(tmp_path / "lock") for _ in range(3))
    with one, two:
        assert one.acquire(shared=True)
        assert two.acquire(shared=True)
        assert not alone.acquire()
    assert alone.acquire()
    alone.release()


def test_taking_a_lock_twice_is_a_bug_that_shows(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock") as lock:
        lock.acquire()
        with pytest.raises(RuntimeError, match="already held"):
            lock.acquire()


def test_a_holder_that_is_killed_frees_its_lock(tmp_path: Path) -> None:
    with start_child(IMPORTS, HOLD, tmp_path / "lock", "alone") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "True\n"
        lock = FileLock(tmp_path / "lock")
        assert not lock.acquire()
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=60)
        assert lock.acquire()
        lock.release()


def test_patience_lasts_until_the_other_lets_go(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.acquire()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            first.release()

    with second:
        assert second.acquire_patiently(wait)
    assert len(waits) == 3


def test_patience_ends(tmp_path: Path) -> None:
    waits: list[float] = []
    with FileLock(tmp_path / "lock") as first:
        first.acquire()
        assert not FileLock(tmp_path / "lock").acquire_patiently(waits.append)
    assert 1 < sum(waits) < 10
