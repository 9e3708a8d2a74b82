"""Files are written wholly or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage import files
from tests.storage.children import folder_of_nobody, run_child, small_disk, start_child

IMPORTS = """
import errno, os, resource, sys
from pathlib import Path
from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage import files
"""


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_a_file_holds_what_was_written_and_the_answer_is_its_hash(tmp_path: Path) -> None:
    target = tmp_path / "报表.pdf"
    digest = files.write_atomic(target, b"first")
    assert target.read_bytes() == b"first"
    assert digest == hashlib.sha256(b"first").hexdigest()
    assert names(tmp_path) == {"报表.pdf"}


def test_writing_again_replaces_the_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    files.write_atomic(target, b"a long first version")
    files.write_atomic(target, b"short")
    assert target.read_bytes() == b"short"


def test_a_zip_can_be_streamed_into_a_file(tmp_path: Path) -> None:
    def pack(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("清单.txt", "三单共建" * 1000)

    target = tmp_path / "a.zip"
    digest = files.write_atomic(target, pack)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.read("清单.txt").decode() == "三单共建" * 1000
    assert digest == hashlib.sha256(target.read_bytes()).hexdigest()


def test_nobody_else_may_read_the_file_even_while_it_is_being_written(tmp_path: Path) -> None:
    modes: list[int] = []

    def look(stream: BinaryIO) -> None:
        stream.write(b"secret")
        modes.extend(entry.stat().st_mode & 0o777 for entry in tmp_path.iterdir())

    files.write_atomic(tmp_path / "a", look)
    assert modes == [0o600]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_a_writer_that_fails_half_way_leaves_the_old_file_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "a"
    files.write_atomic(target, b"old")

    def fail(stream: BinaryIO) -> None:
        stream.write(b"half of the new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.write_atomic(target, fail)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_a_disk_that_keeps_something_else_than_was_written_is_found_out(tmp_path: Path) -> None:
    target = tmp_path / "a"
    files.write_atomic(target, b"old")

    def corrupt(stream: BinaryIO) -> None:
        stream.write(b"new content")
        [temporary] = tmp_path.glob(f".*{files.TEMPORARY_SUFFIX}")
        with temporary.open("r+b") as behind_our_back:
            behind_our_back.write(b"N")

    with pytest.raises(files.NotWrittenFaithfully, match="U 盘可能有故障"):
        files.write_atomic(target, corrupt)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_a_rename_that_is_refused_at_first_is_tried_again() -> None:
    """A virus scanner's lock: here the folder is closed to us until the second wait."""
    with folder_of_nobody() as folder:
        printed = run_child(
            IMPORTS,
            """
            folder = Path(sys.argv[1])
            waits = []
            def close_the_folder(stream):
                stream.write(b"new")
                folder.chmod(0o555)
            def wait(seconds):
                waits.append(seconds)
                if len(waits) == 2:
                    folder.chmod(0o755)
            files.write_atomic(folder / "a", close_the_folder, wait=wait)
            print(len(waits), waits[0] < waits[1], (folder / "a").read_text())
            """,
            folder,
            as_nobody=True,
        )
    assert printed.split() == ["2", "True", "new"]


def test_a_rename_that_stays_refused_is_told_and_the_old_file_stays() -> None:
    with folder_of_nobody() as folder:
        printed = run_child(
            IMPORTS,
            """
            folder = Path(sys.argv[1])
            (folder / "a").write_text("old")
            waited = 0.0
            def close_the_folder(stream):
                stream.write(b"new")
                folder.chmod(0o555)
            def wait(seconds):
                global waited
                waited += seconds
            try:
                files.write_atomic(folder / "a", close_the_folder, what="保存设置", wait=wait)
            except EnvironmentFault as fault:
                print(fault.words)
            print(1 < waited < 10, (folder / "a").read_text())
            """,
            folder,
            as_nobody=True,
        )
        words, rest = printed.splitlines()
        assert words.startswith("保存设置没有成功：没有权限。原来的数据没有丢。")
        assert rest == "True old"
        folder.chmod(0o700)
        assert files.sweep_temporaries(folder) == 1
        assert names(folder) == {"a"}


def test_a_read_only_folder_is_told_in_a_sentence() -> None:
    with folder_of_nobody() as folder:
        printed = run_child(
            IMPORTS,
            """
            folder = Path(sys.argv[1])
            folder.chmod(0o555)
            for deed in (
                lambda: files.write_atomic(folder / "a", b"x"),
                lambda: files.append_line(folder / "log", "x"),
                lambda: files.make_folder(folder / "b"),
            ):
                try:
                    deed()
                except EnvironmentFault as fault:
                    print(fault.sentence)
            print(os.listdir(folder))
            """,
            folder,
            as_nobody=True,
        )
    *sentences, listing = printed.splitlines()
    assert len(sentences) == 3
    assert all("没有权限" in sentence and "没有丢" in sentence for sentence in sentences)
    assert listing == "[]"


def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="找不到文件或文件夹"):
        files.write_atomic(tmp_path / "gone" / "a", b"x")


def test_a_folder_of_that_name_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(EnvironmentFault, match="是一个文件夹"):
        files.write_atomic(tmp_path / "a", b"x")
    assert names(tmp_path) == {"a"}


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", 1 << 20) as stick:
        if stick is None:
            printed = run_child(
                IMPORTS,
                """
                import signal
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                target = Path(sys.argv[1]) / "a"
                files.write_atomic(target, b"old")
                resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
                try:
                    files.write_atomic(target, bytes(2 << 20))
                except EnvironmentFault as fault:
                    print(fault.sentence)
                """,
                tmp_path / "stick",
            )
            assert "放不下" in printed
        else:
            files.write_atomic(stick / "a", b"old")
            with pytest.raises(EnvironmentFault, match="磁盘已满"):
                files.write_atomic(stick / "a", bytes(2 << 20))
        assert (tmp_path / "stick" / "a").read_bytes() == b"old"
        assert names(tmp_path / "stick") == {"a"}


def test_killing_the_writer_at_any_moment_leaves_one_whole_version(tmp_path: Path) -> None:
    target = tmp_path / "a"
    size = 1 << 20
    for round_number in range(20):
        with start_child(
            IMPORTS,
            """
            target, size = Path(sys.argv[1]), int(sys.argv[2])
            letter = 0
            print("ready", flush=True)
            while True:
                letter = (letter + 1) % 26
                files.write_atomic(target, bytes([65 + letter]) * size)
            """,
            target,
            size,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            files_before_kill = 0
            while not target.exists() or files_before_kill < round_number * 7:
                files_before_kill += 1
                os.listdir(tmp_path)
            child.send_signal(signal.SIGKILL)
        content = target.read_bytes()
        assert len(content) == size
        assert len(set(content)) == 1
        files.sweep_temporaries(tmp_path)
        assert names(tmp_path) == {"a"}


def test_a_sweep_leaves_alone_what_another_program_is_writing(tmp_path: Path) -> None:
    with start_child(
        IMPORTS,
        """
        def slowly(stream):
            stream.write(b"first half, ")
            print("half", flush=True)
            sys.stdin.readline()
            stream.write(b"second half")
        files.write_atomic(Path(sys.argv[1]) / "a", slowly)
        """,
        tmp_path,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        assert files.sweep_temporaries(tmp_path) == 0
        child.communicate("go on\n", timeout=60)
    assert child.returncode == 0
    assert (tmp_path / "a").read_bytes() == b"first half, second half"


def test_a_sweep_touches_only_our_own_left_overs(tmp_path: Path) -> None:
    (tmp_path / "notes.tmp").touch()
    (tmp_path / f".0123456789abcdef{files.TEMPORARY_SUFFIX}").touch()
    (tmp_path / f".folder{files.TEMPORARY_SUFFIX}").mkdir()
    assert files.sweep_temporaries(tmp_path) == 1
    assert names(tmp_path) == {"notes.tmp", f".folder{files.TEMPORARY_SUFFIX}"}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "不允许"),
        (errno.ENOENT, "找不到"),
        (errno.EIO, "备份到另一个磁盘"),
        (errno.EBUSY, "占用"),
        (errno.ENODEV, "插好"),
        (errno.EDOM, f"错误 {errno.EDOM}"),
    ],
)
def test_every_refusal_says_what_failed_that_nothing_is_lost_and_what_to_do(
    number: int, words: str
) -> None:
    fault = files.translate_os_error(OSError(number, os.strerror(number), "/x/张三.pdf"), "导出")
    assert fault.sentence.startswith("导出没有成功")
    assert "没有丢" in fault.sentence
    assert words in fault.words
    assert fault.next_step.startswith("请")
    assert "张三" not in fault.words


@given(st.integers(min_value=0, max_value=200))
def test_any_error_number_becomes_a_sentence(number: int) -> None:
    fault = files.translate_os_error(OSError(number, "?"), "保存")
    assert fault.words.endswith("。")


def test_free_space_is_known_for_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert files.free_space(tmp_path / "a" / "b") > 0
    with small_disk(tmp_path / "stick", 1 << 20) as stick:
        assert stick is None or files.free_space(stick / "a") <= 1 << 20


def test_removing_a_file_says_whether_there_was_one(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert files.remove_file(tmp_path / "a") is True
    assert files.remove_file(tmp_path / "a") is False
