"""Copies are counted and whole; lines are added one after the other, whoever adds them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage import files
from tests.storage.children import run_child, start_child
from tests.storage.test_files import IMPORTS, names


def test_a_copy_is_counted_and_equals_its_source(tmp_path: Path) -> None:
    source = tmp_path / "source"
    content = bytes(range(256)) * 12_000
    source.write_bytes(content)
    seen: list[tuple[int, int]] = []
    digest = files.copy_verified(
        source, tmp_path / "copy", lambda done, total: seen.append((done, total))
    )
    assert (tmp_path / "copy").read_bytes() == content
    assert digest == hashlib.sha256(content).hexdigest()
    assert seen[-1] == (len(content), len(content))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_large_copy_reaches_the_disk_on_the_way_and_not_all_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a slow stick would be told to be done while all of it still lies in memory."""
    source = tmp_path / "source"
    with source.open("wb") as sparse:
        sparse.truncate(40 << 20)
    written, settled = [0], set[int]()
    flush = os.fsync

    def watched(descriptor: int) -> None:
        settled.add(written[-1] >> 20)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    files.copy_verified(source, tmp_path / "copy", lambda done, _: written.append(done))
    assert settled == {15, 31, 40}


def test_a_cancelled_copy_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(bytes(3 << 20))

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.copy_verified(tmp_path / "source", tmp_path / "copy", cancel)
    assert names(tmp_path) == {"source"}


def test_a_copy_of_a_file_that_is_gone_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="复制备份没有成功：找不到"):
        files.copy_verified(tmp_path / "gone", tmp_path / "copy", what="复制备份")


def test_a_copy_that_will_not_fit_is_refused_with_the_room_it_lacks(tmp_path: Path) -> None:
    source = tmp_path / "source"
    with source.open("wb") as sparse:
        sparse.truncate(files.free_space(tmp_path) + (100 << 20))
    with pytest.raises(EnvironmentFault, match=r"还差约 \d+ MB"):
        files.copy_verified(source, tmp_path / "copy")
    assert names(tmp_path) == {"source"}


def test_lines_are_added_one_after_the_other(tmp_path: Path) -> None:
    log = tmp_path / "log"
    files.append_line(log, "一")
    files.append_line(log, "二")
    assert log.read_text("utf-8") == "一\n二\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_line_a_crash_cut_off_does_not_spoil_the_next(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"whole\ncut of")
    files.append_line(log, "next")
    assert log.read_bytes() == b"whole\ncut of\nnext\n"


def test_a_line_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line break"):
        files.append_line(tmp_path / "log", "a\nb")
    assert names(tmp_path) == set()


def test_a_line_that_does_not_fit_on_the_disk_is_taken_back(tmp_path: Path) -> None:
    printed = run_child(
        IMPORTS,
        """
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        log = Path(sys.argv[1])
        files.append_line(log, "first")
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try:
            files.append_line(log, "a line too long for this disk")
        except EnvironmentFault as fault:
            print(fault.sentence)
        """,
        tmp_path / "log",
    )
    assert "没有成功" in printed
    assert (tmp_path / "log").read_bytes() == b"first\n"


def test_programs_that_add_lines_at_once_lose_none(tmp_path: Path) -> None:
    log = tmp_path / "log"
    body = """
    for number in range(50):
        files.append_line(Path(sys.argv[1]), f"{sys.argv[2]} {number}")
    """
    with start_child(IMPORTS, body, log, "a") as one, start_child(IMPORTS, body, log, "b") as two:
        for child in (one, two):
            _, err = child.communicate(timeout=60)
            assert child.returncode == 0, err
    lines = log.read_text().splitlines()
    assert sorted(lines) == sorted(f"{name} {n}" for name in "ab" for n in range(50))
