"""However large a parcel is, or says that it is, memory stays bounded."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from build_scripts.ground.places import ROOT
from desktop_app.bundle.keyring import OpeningKey
from tests.bundle import hostile
from tests.bundle.hostile import Member, payload, sealed, signed, zipped
from tests.bundle.parcels import header

MOST = 60_000_000
GIGABYTE = 1 << 30
KEY = OpeningKey.fresh()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "key.txt").write_text(KEY.to_text())
    return tmp_path


def grown(folder: Path, verb: str) -> tuple[str, int]:
    """What a child process said, and by how much its memory grew at most."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bundle.memory_child", verb, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    *words, growth = done.stdout.splitlines()
    return "".join(words), int(growth)


@pytest.mark.slow
def test_a_large_honest_parcel_is_made_and_opened_in_bounded_memory(folder: Path) -> None:
    for verb in ("seal", "open"):
        words, growth = grown(folder, verb)
        assert words == ""
        assert growth < MOST
    assert (folder / "parcel.jlb").stat().st_size > 30_000_000


def endless(size: int) -> bytes:
    """`size` times the same letter, deflated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(b"x" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * (size >> 20) + hostile.deflated(b"")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words", "size"),
    [
        ("data/counts.ndjson", "太长", GIGABYTE),
        ("data/more.txt", "校验值不符", GIGABYTE // 8),
        ("data/header.json", "太大", GIGABYTE),
        ("manifest-sha256.txt", "太大", GIGABYTE),
        ("tagmanifest-sha256.txt", "太大", GIGABYTE),
    ],
    ids=["a line", "a file", "the header", "the manifest", "the tag manifest"],
)
def test_a_gigabyte_where_a_few_bytes_belong_is_refused_in_bounded_memory(
    folder: Path, name: str, words: str, size: int
) -> None:
    content = payload(lines={"counts": [b"x"]}, files={"data/more.txt": b"x"})
    files = [Member(each, data) for each, data in signed(content).items()]
    packed = endless(size)
    crc = zlib.crc32(b"x")
    bad = [
        Member(each.name, each.data, packed=packed, size=size, crc=crc)
        if each.name == name
        else each
        for each in files
    ]
    (folder / "parcel.jlb").write_bytes(sealed(zipped(bad), KEY.recipient))
    said, growth = grown(folder, "open")
    assert words in said
    assert growth < MOST


@pytest.mark.slow
def test_a_manifest_of_nothing_but_ends_of_lines_is_refused_in_bounded_memory(folder: Path) -> None:
    files = signed(payload(), listed=b"\n" * 8_000_000)
    (folder / "parcel.jlb").write_bytes(sealed(zipped(files), KEY.recipient))
    words, growth = grown(folder, "open")
    assert "manifest" in words
    assert growth < MOST


@pytest.mark.slow
def test_as_many_files_as_may_be_are_looked_through_in_bounded_memory(folder: Path) -> None:
    files = {f"data/x{number:05d}": b"" for number in range(19_000)}
    content = payload(made=header(), files=files)
    (folder / "parcel.jlb").write_bytes(sealed(zipped(signed(content)), KEY.recipient))
    words, growth = grown(folder, "open")
    assert words == ""
    assert growth < MOST
