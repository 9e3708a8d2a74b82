"""A scratch file gives back what was written, to nobody but its owner, and leaves nothing."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.bundle.faults import ScratchFailed
from desktop_app.bundle.scratch import BLOCK, Scratch

CONTENT = os.urandom(1000) * 400
assert len(CONTENT) > 3 * BLOCK


def filled(folder: Path, content: bytes = CONTENT) -> Scratch:
    scratch = Scratch(folder)
    for at in range(0, len(content), 8192):
        scratch.write(content[at : at + 8192])
    scratch.finish()
    return scratch


def test_what_was_written_is_read_from_anywhere(tmp_path: Path) -> None:
    with filled(tmp_path) as scratch:
        assert scratch.size == len(CONTENT)

        @given(st.integers(0, len(CONTENT) + 10), st.integers(0, 2 * BLOCK))
        def reads(offset: int, count: int) -> None:
            assert scratch.read_all(offset, count) == CONTENT[offset : offset + count]

        reads()


def test_a_window_is_a_stream_of_its_own(tmp_path: Path) -> None:
    with filled(tmp_path) as scratch:
        one, two = scratch.window(5, 200_000), scratch.window(100, 10)
        assert one.read(3) == CONTENT[5:8]
        assert two.read() == CONTENT[100:110]
        assert one.read() == CONTENT[8:200_005]
        one.seek(-2, os.SEEK_END)
        assert one.read() == CONTENT[200_003:200_005]


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_any_size_comes_back_whole(tmp_path: Path, size: int) -> None:
    with filled(tmp_path, CONTENT[:size]) as scratch:
        assert scratch.read_all(0, size + 1) == CONTENT[:size]


def test_no_plain_text_lies_on_the_disk_and_no_name_in_the_folder(tmp_path: Path) -> None:
    secret = "陈桂英 13800005678".encode()
    with filled(tmp_path, secret * 20_000) as scratch:
        assert list(tmp_path.iterdir()) == []
        raw = os.pread(scratch._file.fileno(), 10 * BLOCK, 0)
        assert len(raw) > 20_000 * len(secret)
        assert secret not in raw
        assert secret[-8:] not in raw


def test_two_scratch_files_of_the_same_content_share_no_key(tmp_path: Path) -> None:
    raw = []
    for _ in range(2):
        with filled(tmp_path) as scratch:
            raw.append(os.pread(scratch._file.fileno(), 1000, 0))
    assert raw[0] != raw[1]


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path: Path) -> None:
    with filled(tmp_path) as scratch:
        file = scratch._file.fileno()
        first, second = (os.pread(file, BLOCK + 16, number * (BLOCK + 16)) for number in (0, 1))
        for at, data in [(77, b"?"), (0, second), (0, first[:100] + bytes(BLOCK - 84))]:
            os.pwrite(file, first, 0)
            os.pwrite(file, data, at)
            scratch.read_at(2 * BLOCK, 1)
            with pytest.raises(ScratchFailed, match="磁盘"):
                scratch.read_at(0, 10)


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    scratch = Scratch(tmp_path)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (BLOCK // 2, hard))
        with pytest.raises(ScratchFailed, match="磁盘可能已满"):
            scratch.write(CONTENT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        scratch.close()


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ScratchFailed, match="临时空间"):
        Scratch(tmp_path / "nowhere")


def test_a_closed_scratch_file_is_gone(tmp_path: Path) -> None:
    scratch = filled(tmp_path)
    scratch.close()
    with pytest.raises(ScratchFailed):
        scratch.read_at(0, 1)
    with pytest.raises(ValueError, match="once"):
        scratch.write(b"more")
