"""Pulled, full, read-only, closed, gone: a stick says what is wrong, and keeps nothing half."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.job import Job
from desktop_app.storage import files, mounts
from desktop_app.storage.delivery import deliver, pull_words
from desktop_app.storage.drives import Drive
from desktop_app.storage.os_errors import translate_away_error
from tests.storage.children import folder_of_nobody, run_child, small_disk
from tests.storage.sticks import (
    CHILD_IMPORTS,
    CONTENT,
    KINDS,
    MEGA,
    NAME,
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
def test_a_stick_pulled_while_it_is_written_is_told_and_next_time_cleaned(
    tmp_path: Path, source: Path, kind: str
) -> None:
    with stick(tmp_path / "stick", kind) as one:

        def pull() -> None:
            os.sync()  # So that the half file really lies on the stick.
            one.pull()

        with pytest.raises(EnvironmentFault, match="拔出") as caught:
            deliver(source, one.path, when("正在写入", pull, after=2 * MEGA))
        assert "没有丢" in caught.value.sentence
        assert "再送一次" in caught.value.next_step
        one.unplug()
        one.plug()
        left = names(one.path) - {"lost+found"}
        assert all(name.endswith(files.TEMPORARY_SUFFIX) for name in left)
        assert bool(left) == (kind in {"ext4", "vfat", "exfat"})
        assert deliver(source, one.path, job()).path.read_bytes() == CONTENT
        assert names(one.path) == {NAME}


@pytest.mark.parametrize("kind", KINDS)
def test_a_stick_pulled_while_it_is_read_back_is_told(
    tmp_path: Path, source: Path, kind: str
) -> None:
    with (
        stick(tmp_path / "stick", kind) as one,
        pytest.raises(EnvironmentFault, match="拔出"),
    ):
        deliver(source, one.path, when("正在读回核对", one.pull))


def test_the_empty_folder_that_a_pulled_stick_leaves_takes_nothing(
    tmp_path: Path, source: Path
) -> None:
    """In the last moment before writing, the place of the stick is one on another disk."""
    own_disk = tmp_path / "own"
    own_disk.mkdir()
    stick_folder = next(
        place
        for place in (Path("/dev/shm"), Path("/var/tmp"))
        if place.stat().st_dev != own_disk.stat().st_dev
    )
    slot = tmp_path / "slot"
    slot.symlink_to(stick_folder)

    def pull() -> None:
        slot.unlink()
        slot.symlink_to(own_disk)

    with pytest.raises(EnvironmentFault, match="拔出"):
        deliver(source, slot, when("正在准备", pull))
    assert names(own_disk) == set()


def test_a_drive_that_is_not_plugged_in_any_more_is_not_written_to(
    tmp_path: Path, source: Path
) -> None:
    slot = tmp_path / "slot"
    slot.mkdir()
    gone = Drive(slot, "街道", "vfat", 8 << 30, 4 << 30, read_only=False)
    with pytest.raises(EnvironmentFault, match="拔出"):
        deliver(source, slot, job(), drive=gone)
    assert names(slot) == set()


def test_a_folder_that_vanished_is_told(tmp_path: Path, source: Path) -> None:
    with pytest.raises(EnvironmentFault, match="文件夹不见了"):
        deliver(source, tmp_path / "gone", job())
    with pytest.raises(EnvironmentFault, match="文件夹不见了"):
        deliver(source, source, job())
    with pytest.raises(EnvironmentFault, match="文件夹不见了"):
        pull_words(tmp_path / "gone", removable=True)


def test_a_file_that_will_not_fit_is_refused_before_the_first_byte(
    tmp_path: Path, source: Path
) -> None:
    with small_disk(tmp_path / "stick", MEGA) as small:
        folder = small or tmp_path / "stick"
        if small is None:
            os.truncate(source, files.free_space(folder) + 100 * MEGA)
        wrote: list[str] = []
        with pytest.raises(EnvironmentFault, match=r"空间不够，还差约 \d+ MB.*没有丢"):
            deliver(source, folder, Job("送出", lambda progress: wrote.append(progress.words)))
        assert wrote == ["正在准备"]
        assert names(folder) == set()


def test_a_stick_that_somebody_else_fills_meanwhile_is_told_and_left_clean(
    tmp_path: Path, source: Path
) -> None:
    with small_disk(tmp_path / "stick", 5 * MEGA) as stick_folder:
        if stick_folder is not None:
            fill = stick_folder / "photos.zip"
            with pytest.raises(EnvironmentFault, match=r"已写满.*没有丢"):
                deliver(
                    source,
                    stick_folder,
                    when("正在写入", lambda: fill.write_bytes(bytes(2 * MEGA + 500_000))),
                )
        else:
            printed = run_child(
                CHILD_IMPORTS,
                """
                import resource
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
                try:
                    deliver(source, folder, Job("送出"))
                except EnvironmentFault as fault:
                    print(fault.sentence)
                """,
                source,
                tmp_path / "stick",
            )
            assert "放不下" in printed
        assert names(tmp_path / "stick") <= {"photos.zip"}


def test_a_fat_stick_takes_no_file_of_4_gb_however_empty_it_is(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    told = tmp_path / "mountinfo"
    told.write_text(f"42 41 8:17 / {folder} rw,relatime - vfat /dev/sdb1 rw\n")
    monkeypatch.setattr(mounts, "_MOUNTINFO", told)
    os.truncate(source, 4 * 1024**3)
    with pytest.raises(EnvironmentFault, match=r"FAT32.*4 GB.*没有丢"):
        deliver(source, folder, job())
    assert names(folder) == set()
    source.write_bytes(CONTENT)
    assert deliver(source, folder, job()).size == len(CONTENT)


def test_a_folder_closed_to_us_is_told(source: Path) -> None:
    with folder_of_nobody() as folder:
        copy = folder / NAME
        copy.write_bytes(CONTENT)
        copy.chmod(0o644)
        closed = folder / "closed"
        closed.mkdir(mode=0o555)
        printed = run_child(
            CHILD_IMPORTS,
            """
            try:
                deliver(source, folder, Job("送出"))
            except EnvironmentFault as fault:
                print(fault.words)
            """,
            copy,
            closed,
            as_nobody=True,
        )
        assert "没有权限" in printed
        assert "没有丢" in printed
        assert names(closed) == set()


def test_a_read_only_disk_is_told_but_what_lies_on_it_already_counts(
    tmp_path: Path, source: Path
) -> None:
    """/proc takes no file from anybody; a mounted disk is tried too, where one may mount."""
    with pytest.raises(EnvironmentFault, match="没有丢"):
        deliver(source, Path("/proc/self"), job())
    for kind in set(KINDS) - {"folder"}:
        with stick(tmp_path / kind, kind) as one:
            deliver(source, one.path, job())
            one.protect()
            assert deliver(source, one.path, job()).was_there
            source.write_bytes(CONTENT[::-1])
            with pytest.raises(EnvironmentFault, match=r"只读.*没有丢") as caught:
                deliver(source, one.path, job())
            assert "写保护" in caught.value.next_step
            assert names(one.path) == {NAME}
        source.write_bytes(CONTENT)


def test_a_source_that_cannot_be_read_is_not_blamed_on_the_stick(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    # A file that can be opened, but whose first byte answers EIO.
    for broken in (tmp_path / "gone.jlb", Path("/proc/self/mem")):
        with pytest.raises(EnvironmentFault, match="没有成功") as caught:
            deliver(broken, folder, job())
        assert "拔" not in caught.value.words
    assert names(folder) == set()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENODEV, "拔出"),
        (errno.ENOENT, "不见了"),
        (errno.EIO, "没插稳"),
        (errno.ENOTCONN, "断开"),
        (errno.EROFS, "只读"),
        (errno.ENOSPC, "写满"),
        (errno.EACCES, "没有权限"),
        (errno.EFBIG, "exFAT"),
        (errno.EDOM, f"错误 {errno.EDOM}"),
    ],
)
def test_every_refusal_of_a_stick_says_that_nothing_is_lost_here_and_what_to_do(
    number: int, words: str
) -> None:
    fault = translate_away_error(OSError(number, os.strerror(number), "/x/张三.jlb"), "送出文件")
    assert fault.sentence.startswith("送出文件没有成功")
    assert "本机的数据和文件都没有丢" in fault.sentence
    assert words in fault.words
    assert fault.next_step.startswith("请")
    assert "张三" not in fault.words
