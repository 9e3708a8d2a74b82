"""A file taken to a stick lies there whole, under its name, and over no other file."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path

import pytest

from desktop_app.core.job import Cancelled, Job, Progress
from desktop_app.storage import files
from desktop_app.storage.delivery import deliver, pull_words, still_there
from tests.storage.children import start_child
from tests.storage.sticks import (
    CHILD_IMPORTS,
    CONTENT,
    KINDS,
    MEGA,
    NAME,
    SECOND,
    Stick,
    file_to_deliver,
    job,
    stick,
    when,
)
from tests.storage.test_files import names


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return file_to_deliver(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_delivered_file_is_whole_and_alone_and_the_bar_only_grows(
    tmp_path: Path, source: Path, kind: str
) -> None:
    seen: list[Progress] = []
    with stick(tmp_path / "stick", kind) as one:
        delivered = deliver(source, one.path, Job("送出", seen.append))
        assert names(one.path) == {NAME}
        assert delivered.path.read_bytes() == CONTENT
        assert pull_words(one.path, removable=True) == "文件已写好，读回核对一致，可以拔出 U 盘。"
    assert (delivered.size, delivered.was_there) == (len(CONTENT), False)
    assert delivered.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [one.done for one in seen] == sorted({one.done for one in seen})
    assert seen[-1].permille == 1000
    assert [one.words for one in seen if one.done in (0, len(CONTENT), 2 * len(CONTENT))] == [
        "正在准备",
        "正在写入",
        "正在读回核对",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_there_already_counts_as_delivered_and_is_not_copied_again(
    tmp_path: Path, source: Path, kind: str
) -> None:
    with stick(tmp_path / "stick", kind) as one:
        first = deliver(source, one.path, job())
        touched = first.path.stat().st_mtime_ns
        again = deliver(source, one.path, job())
        assert (again.path, again.sha256, again.was_there) == (first.path, first.sha256, True)
        assert names(one.path) == {NAME}
        assert first.path.stat().st_mtime_ns == touched


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_the_same_name_but_other_content_is_never_written_over(
    tmp_path: Path, source: Path, kind: str
) -> None:
    with stick(tmp_path / "stick", kind) as one:
        other = bytes(len(CONTENT))
        (one.path / NAME).write_bytes(other)
        assert deliver(source, one.path, job()).path.name == SECOND
        assert deliver(source, one.path, job()).path.name == SECOND
        assert (one.path / NAME).read_bytes() == other
        assert names(one.path) == {NAME, SECOND}


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_somebody_takes_meanwhile_stays_theirs(
    tmp_path: Path, source: Path, kind: str
) -> None:
    with stick(tmp_path / "stick", kind) as one:
        theirs = one.path / NAME
        delivered = deliver(source, one.path, when("正在写入", lambda: theirs.write_bytes(b"mine")))
        assert theirs.read_bytes() == b"mine"
        assert delivered.path.name == SECOND
        assert delivered.path.read_bytes() == CONTENT


def test_a_folder_or_a_link_of_that_name_is_left_alone(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "stick"
    (folder / NAME).mkdir(parents=True)
    (folder / SECOND).symlink_to(source)
    assert deliver(source, folder, job()).path.name == "上报包-QR01-000121-000340 (3).jlb"
    assert (folder / SECOND).is_symlink()


def test_a_stick_that_keeps_something_else_is_found_out(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()

    def damage() -> None:
        [half] = folder.iterdir()
        with half.open("r+b") as behind_our_back:
            behind_our_back.write(b"?")

    with pytest.raises(files.NotWrittenFaithfully, match="U 盘可能有故障"):
        deliver(source, folder, when("正在写入", damage, after=2 * MEGA))
    assert names(folder) == set()


def test_what_is_read_back_comes_from_the_stick_and_not_from_memory(
    tmp_path: Path, source: Path
) -> None:
    """Where disks can be mounted the cells lose their end; elsewhere the file does."""
    for kind in [kind for kind in KINDS if kind in {"ext4", "vfat", "exfat"}] or ["folder"]:
        with stick(tmp_path / kind, kind) as one:

            def forget(one: Stick = one) -> None:
                if one.kind != "folder":
                    one.damage(b"the end")
                else:
                    [half] = one.path.iterdir()
                    os.truncate(half, len(CONTENT) - len(b"the end"))

            with pytest.raises(files.NotWrittenFaithfully):
                deliver(source, one.path, when("正在读回核对", forget))
            assert names(one.path) == set()


@pytest.mark.parametrize("words", ["正在准备", "正在写入", "正在读回核对"])
def test_a_cancelled_delivery_leaves_no_trace(tmp_path: Path, source: Path, words: str) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    stopped = when(words, lambda: stopped.cancel())
    with pytest.raises(Cancelled):
        deliver(source, folder, stopped)
    assert names(folder) == set()


def test_killing_the_program_leaves_a_half_file_without_the_name_and_the_next_time_cleans_up(
    tmp_path: Path, source: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with start_child(
        CHILD_IMPORTS,
        """
        def halt(progress):
            if progress.done > 1 << 20:
                print("half", flush=True)
                sys.stdin.readline()
        deliver(source, folder, Job("送出", halt))
        """,
        source,
        folder,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.send_signal(signal.SIGKILL)
    [half] = names(folder)
    assert half.endswith(files.TEMPORARY_SUFFIX)
    assert deliver(source, folder, job()).path.read_bytes() == CONTENT
    assert names(folder) == {NAME}


def test_an_empty_file_is_delivered_like_any_other(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    source.write_bytes(b"")
    assert deliver(source, folder, job()).size == 0
    assert deliver(source, folder, job()).was_there


def test_others_may_read_what_was_delivered(tmp_path: Path, source: Path) -> None:
    """On a share, or on a stick with Linux rights, whoever opens it is another user."""
    folder = tmp_path / "stick"
    folder.mkdir()
    assert deliver(source, folder, job()).path.stat().st_mode & 0o444 == 0o444


def test_a_delivered_file_can_be_checked_again_later(tmp_path: Path, source: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    delivered = deliver(source, folder, job())
    assert still_there(delivered.path, delivered.sha256)
    with delivered.path.open("r+b") as file:
        file.write(b"?")
    assert not still_there(delivered.path, delivered.sha256)
    delivered.path.unlink()
    assert not still_there(delivered.path, delivered.sha256)
    assert not still_there(folder, delivered.sha256)


def test_nobody_is_told_to_pull_out_a_shared_folder(tmp_path: Path) -> None:
    assert pull_words(tmp_path, removable=False) == "文件已写好，读回核对一致。"
