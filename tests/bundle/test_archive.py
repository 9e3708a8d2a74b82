"""Archives that say one thing and hold another, in one place only; the rest of them is true."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.bundle.archive import Entry, end_record, read_directory, unpacked
from desktop_app.bundle.faults import BadContent
from desktop_app.bundle.scratch import BLOCK, Scratch
from tests.bundle import hostile
from tests.bundle.hostile import Member, payload, sealed, signed, zipped
from tests.bundle.test_hostile import members, refusal

NAME = "data/b.txt"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "parcel.jlb"


@pytest.mark.parametrize("name", ["data/b.txt", "bag-info.txt"])
@pytest.mark.parametrize("lie", [{"size": 9}, {"size": 7}, {"crc": 5}], ids=str)
def test_a_directory_that_lies_about_a_file_is_refused(
    path: Path, name: str, lie: dict[str, int]
) -> None:
    content = payload(files={"data/b.txt": b"8 bytes."})
    files = members(signed(content, tags={"bag-info.txt": b"8 bytes."}))
    lying = [replace(each, **lie) if each.name == name else each for each in files]  # type: ignore[arg-type]
    assert name in refusal(path, sealed(zipped(lying))).sentence


def test_a_file_is_not_unpacked_beyond_what_its_directory_says(tmp_path: Path) -> None:
    archive = zipped([Member(NAME, b"", packed=hostile.deflated(bytes(10**7)), size=10)])
    with Scratch(tmp_path) as scratch:
        scratch.write(archive)
        scratch.finish()
        pieces = unpacked(scratch, read_directory(scratch, 1)[NAME])
        with pytest.raises(BadContent, match="大小"):
            next(pieces)


def read(folder: Path, packed: bytes, data: bytes) -> bytes:
    """What is read of an archive of one file that says `data` and holds `packed`."""
    with Scratch(folder) as scratch:
        scratch.write(zipped([Member(NAME, data, packed=packed)]))
        scratch.finish()
        return b"".join(unpacked(scratch, read_directory(scratch, 1)[NAME]))


def to_the_end_of_a_block() -> tuple[bytes, bytes]:
    """Data, and the same deflated so that it ends where a block of the scratch file does."""
    room = BLOCK - Entry(NAME, True, 0, 0, 0, 0).data_at
    for size in range(room - 200, room):
        data = bytes(size)
        packer = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush()
        if len(packed) == room:
            return data, packed
    raise AssertionError("no such size")


def test_nothing_lies_behind_deflated_data(tmp_path: Path) -> None:
    short, long = (b"8 bytes.", hostile.deflated(b"8 bytes.")), to_the_end_of_a_block()
    for data, packed in (short, long):
        assert read(tmp_path, packed, data) == data
        for junk in (b"x", bytes(3 * BLOCK)):
            with pytest.raises(BadContent, match="压缩数据"):
                read(tmp_path, packed + junk, data)


def test_deflated_data_have_an_end(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(b"8 bytes.") + packer.flush(zlib.Z_SYNC_FLUSH)
    assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed) == b"8 bytes."
    with pytest.raises(BadContent, match="压缩数据"):
        read(tmp_path, packed, b"8 bytes.")


def test_nothing_lies_behind_the_last_entry_of_a_directory(path: Path) -> None:
    files = members(signed(payload()))
    archive = zipped(files)
    at = archive.index(b"PK\x01\x02")
    end = end_record(len(files), len(archive) - 22 - at + 6, at)
    assert "目录" in refusal(path, sealed(archive[:-22] + b"hidden" + end)).sentence
