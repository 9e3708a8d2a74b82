"""Attachments come back byte for byte or are named as damaged; their names say nothing."""

from __future__ import annotations

import hashlib
import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import Millis
from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage.attachments import (
    CHUNK_BYTES,
    BlobRef,
    BlobStore,
    DamagedAttachment,
    FolderBlobs,
    MissingAttachment,
    UnsealedStream,
    reference_of,
    seal,
)
from desktop_app.storage.keys import DataKey
from tests.storage.children import folder_of_nobody, run_child, small_disk, start_child

KEY = DataKey(bytes(range(32)))
PHOTO = b"\xff\xd8 a photo of a square " * 40_000
DAY = 24 * 60 * 60 * 1000
HEADER, TAG = 40, 16
IMPORTS = """
import os, sys
from pathlib import Path
from desktop_app.core.errors import Fault
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
key = DataKey(bytes(range(32)))
"""


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "attachments", KEY)


def only_file(blobs: FolderBlobs) -> Path:
    [path] = blobs.paths()
    return path


@pytest.mark.parametrize(
    "size",
    [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7],
)
def test_what_was_put_comes_back(blobs: FolderBlobs, size: int) -> None:
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    reference = blobs.put(content)
    assert reference == BlobRef(hashlib.sha256(content).digest(), size)
    assert blobs.get(reference.sha256) == content


def test_a_folder_is_a_blob_store(blobs: FolderBlobs) -> None:
    store: BlobStore = blobs
    assert store.get(store.put(b"x").sha256) == b"x"


def test_a_stream_is_kept_from_where_it_stands(blobs: FolderBlobs) -> None:
    stream = io.BytesIO(b"header" + PHOTO)
    stream.seek(6)
    assert blobs.get(blobs.put(stream).sha256) == PHOTO


def test_a_stream_that_answers_in_small_pieces_is_kept_whole(blobs: FolderBlobs) -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(1000, size) if size is not None and size > 0 else 1000)

    assert blobs.get(blobs.put(Trickle(PHOTO)).sha256) == PHOTO


@settings(max_examples=30)
@given(st.binary(max_size=2000), st.lists(st.integers(1, 700), min_size=1, max_size=5))
def test_reading_in_any_steps_gives_the_same_content(content: bytes, steps: list[int]) -> None:
    sealed = io.BytesIO()
    reference = reference_of(io.BytesIO(content))
    seal(io.BytesIO(content), sealed, bytes(32), reference)
    sealed.seek(0)
    read = b""
    with io.BufferedReader(UnsealedStream(sealed, bytes(32), reference.sha256)) as stream:
        while True:
            piece = b"".join(stream.read(step) for step in steps)
            read += piece
            if not piece:
                break
    assert read == content


def test_the_file_shows_neither_content_nor_hash_nor_the_same_bytes_twice(
    tmp_path: Path, blobs: FolderBlobs
) -> None:
    reference = blobs.put(PHOTO)
    path = only_file(blobs)
    raw = path.read_bytes()
    assert b"photo" not in raw
    assert reference.sha256 not in raw
    assert reference.sha256.hex() not in path.name
    other = FolderBlobs(tmp_path / "other", KEY)
    other.put(PHOTO)
    assert only_file(other).name == path.name
    assert only_file(other).read_bytes()[HEADER:] != raw[HEADER:]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_opens_with_hkdf_and_aes_gcm_as_written_down(blobs: FolderBlobs) -> None:
    """The derived key and the two standards: nothing else is needed to read an attachment."""
    reference = blobs.put(PHOTO)
    raw = only_file(blobs).read_bytes()
    magic, salt = raw[:8], raw[8:HEADER]
    assert magic == b"JLBLOB\x00\x01"
    derived = HKDF(SHA256(), 32, salt, b"jinlin-desk/v1/attachment")
    cipher = AESGCM(derived.derive(KEY.derive("attachment contents")))
    sealed = chunks(raw)
    clear = [
        cipher.decrypt(
            index.to_bytes(11) + bytes([index == len(sealed) - 1]), chunk, magic + reference.sha256
        )
        for index, chunk in enumerate(sealed)
    ]
    assert b"".join(clear) == PHOTO


def test_equal_pieces_of_one_file_look_different_on_the_disk(blobs: FolderBlobs) -> None:
    blobs.put(bytes(3 * CHUNK_BYTES))
    assert len(set(chunks(only_file(blobs).read_bytes()))) == 3


def test_no_byte_of_a_chunk_in_the_wrong_place_is_handed_on(blobs: FolderBlobs) -> None:
    reference = blobs.put(PHOTO)
    path = only_file(blobs)
    path.write_bytes(DAMAGES["chunks exchanged"](path.read_bytes()))
    with blobs.open(reference.sha256) as stream, pytest.raises(DamagedAttachment):
        stream.read(1)


def test_another_homes_key_gives_other_names_and_opens_nothing(
    tmp_path: Path, blobs: FolderBlobs
) -> None:
    reference = blobs.put(PHOTO)
    stranger = FolderBlobs(tmp_path / "attachments", DataKey.fresh())
    assert not stranger.exists(reference.sha256)
    only_file(blobs).rename(stranger.path_of(reference.sha256))
    with pytest.raises(DamagedAttachment):
        stranger.get(reference.sha256)


def test_keeping_a_content_twice_keeps_one_file_untouched(blobs: FolderBlobs) -> None:
    first = blobs.put(PHOTO)
    raw = only_file(blobs).read_bytes()
    assert blobs.put(PHOTO) == first
    assert only_file(blobs).read_bytes() == raw


def test_a_missing_file_is_told_as_missing(blobs: FolderBlobs) -> None:
    sha256 = hashlib.sha256(PHOTO).digest()
    assert not blobs.exists(sha256)
    for deed in (blobs.get, blobs.open):
        with pytest.raises(MissingAttachment, match="找不到") as caught:
            deed(sha256)
        assert caught.value.sha256 == sha256
        assert "备份" in caught.value.next_step


def chunks(raw: bytes) -> list[bytes]:
    size = CHUNK_BYTES + TAG
    return [raw[start : start + size] for start in range(HEADER, len(raw), size)]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "half a header": lambda raw: raw[:20],
    "header only": lambda raw: raw[:HEADER],
    "last byte missing": lambda raw: raw[:-1],
    "last chunk missing": lambda raw: raw[: -len(chunks(raw)[-1])],
    "first chunk missing": lambda raw: raw[:HEADER] + b"".join(chunks(raw)[1:]),
    "chunks exchanged": lambda raw: (
        raw[:HEADER] + chunks(raw)[1] + chunks(raw)[0] + b"".join(chunks(raw)[2:])
    ),
    "chunk doubled": lambda raw: raw[:HEADER] + chunks(raw)[0] + b"".join(chunks(raw)),
    "bytes added": lambda raw: raw + b"x",
    "last chunk doubled": lambda raw: raw + chunks(raw)[-1],
    "another format": lambda raw: b"JLBLOB\x00\x02" + raw[8:],
    "zeros, as after a power cut": lambda raw: bytes(len(raw)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_any_damage_is_named_as_damage_and_healed_by_adding_the_file_again(
    blobs: FolderBlobs, damage: str
) -> None:
    reference = blobs.put(PHOTO)
    path = only_file(blobs)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(DamagedAttachment, match="已损坏") as caught:
        blobs.get(reference.sha256)
    assert caught.value.sha256 == reference.sha256
    assert not blobs.is_healthy(reference.sha256)
    assert blobs.put(PHOTO) == reference
    assert blobs.get(reference.sha256) == PHOTO


@settings(max_examples=60)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_damage(data: st.DataObject) -> None:
    content = b"content of a small file"
    sealed = io.BytesIO()
    reference = reference_of(io.BytesIO(content))
    seal(io.BytesIO(content), sealed, bytes(32), reference)
    raw = bytearray(sealed.getvalue())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(DamagedAttachment):
        UnsealedStream(io.BytesIO(raw), bytes(32), reference.sha256).read()


def test_two_files_that_changed_places_are_both_damaged(blobs: FolderBlobs) -> None:
    one, two = blobs.put(b"one"), blobs.put(b"two")
    one_path, two_path = blobs.path_of(one.sha256), blobs.path_of(two.sha256)
    one_raw, two_raw = one_path.read_bytes(), two_path.read_bytes()
    one_path.write_bytes(two_raw)
    two_path.write_bytes(one_raw)
    for reference in (one, two):
        with pytest.raises(DamagedAttachment):
            blobs.get(reference.sha256)


def test_damage_far_behind_is_found_before_its_chunk_is_handed_on_and_stays_found(
    blobs: FolderBlobs,
) -> None:
    reference = blobs.put(PHOTO)
    path = only_file(blobs)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    whole_chunks = len(PHOTO) // CHUNK_BYTES * CHUNK_BYTES
    with blobs.open(reference.sha256) as stream:
        assert stream.read(whole_chunks) == PHOTO[:whole_chunks]
        for _ in range(2):
            with pytest.raises(DamagedAttachment):
                stream.read(1)


def test_a_source_that_changes_while_it_is_read_is_not_kept(blobs: FolderBlobs) -> None:
    class Restless(io.BytesIO):
        def seek(self, offset: int, whence: int = 0, /) -> int:
            self.getbuffer()[0] ^= 1
            return super().seek(offset, whence)

    with pytest.raises(EnvironmentFault, match="改动"):
        blobs.put(Restless(PHOTO))
    assert list(blobs.paths()) == []


def test_a_name_that_is_no_hash_is_a_bug_that_shows(blobs: FolderBlobs) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        blobs.get(b"../../etc/passwd")


def age(path: Path, days: float, now: Millis) -> None:
    moment = now / 1000 - days * 24 * 60 * 60
    os.utime(path, (moment, moment))


def test_a_sweep_removes_only_what_is_old_and_unreferenced(
    tmp_path: Path, blobs: FolderBlobs
) -> None:
    now = Millis(1_790_000_000_000)
    ages = {b"referenced": 30.0, b"old": 7.1, b"young": 6.9, b"from the future": -30.0}
    references = {content: blobs.put(content) for content in ages}
    for content, days in ages.items():
        age(blobs.path_of(references[content].sha256), days, now)
    stranger = tmp_path / "attachments" / "readme.txt"
    stranger.touch()
    age(stranger, 100, now)
    assert blobs.sweep({references[b"referenced"].sha256}, now) == 1
    assert not blobs.exists(references[b"old"].sha256)
    for content in (b"referenced", b"young", b"from the future"):
        assert blobs.get(references[content].sha256) == content
    assert stranger.exists()


def test_a_sweep_of_a_home_without_attachments_finds_nothing(blobs: FolderBlobs) -> None:
    assert blobs.sweep(set(), Millis(0)) == 0


def test_an_old_file_put_to_use_again_is_young_for_the_sweep(blobs: FolderBlobs) -> None:
    reference = blobs.put(PHOTO)
    path = only_file(blobs)
    now = Millis(path.stat().st_mtime_ns // 1_000_000)
    age(path, 30, now)
    blobs.put(PHOTO)
    assert blobs.sweep(set(), now) == 0
    assert blobs.get(reference.sha256) == PHOTO


def test_killing_the_program_while_it_keeps_files_leaves_only_whole_ones(tmp_path: Path) -> None:
    folder = tmp_path / "attachments"
    blobs = FolderBlobs(folder, KEY)
    for round_number in range(5):
        with start_child(
            IMPORTS,
            """
            blobs = FolderBlobs(Path(sys.argv[1]), key)
            for number in range(100):
                content = f"{sys.argv[2]} {number}".encode() * 100_000
                print(blobs.put(content).sha256.hex(), flush=True)
            sys.stdin.readline()
            """,
            folder,
            round_number,
        ) as child:
            assert child.stdout is not None
            told = [child.stdout.readline().strip() for _ in range(1 + round_number)]
            child.send_signal(signal.SIGKILL)
        assert all(blobs.is_healthy(bytes.fromhex(sha256)) for sha256 in told)
    contents = [
        f"{round_number} {number}".encode() * 100_000
        for round_number in range(5)
        for number in range(100)
    ]
    kept = [
        sha256
        for sha256 in (hashlib.sha256(content).digest() for content in contents)
        if blobs.exists(sha256)
    ]
    assert len(kept) == len(list(blobs.paths()))
    assert all(blobs.is_healthy(sha256) for sha256 in kept)
    blobs.sweep(kept, Millis(0))
    assert {path.suffix for path in folder.iterdir()} == {".blob"}


def test_a_full_disk_keeps_what_was_there_and_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        if disk is None:
            return
        blobs = FolderBlobs(disk / "attachments", KEY)
        small = blobs.put(b"small")
        with pytest.raises(EnvironmentFault, match="保存附件没有成功：磁盘已满"):
            blobs.put(bytes(2 << 20))
        assert blobs.get(small.sha256) == b"small"
        assert [path.name for path in (disk / "attachments").iterdir()] == [
            blobs.path_of(small.sha256).name
        ]


def test_a_folder_without_rights_is_told_in_a_sentence() -> None:
    with folder_of_nobody() as folder:
        printed = run_child(
            IMPORTS,
            """
            folder = Path(sys.argv[1]) / "attachments"
            blobs = FolderBlobs(folder, key)
            sha256 = blobs.put(b"kept").sha256
            folder.chmod(0o555)
            for deed in (lambda: blobs.put(b"new"),):
                try:
                    deed()
                except Fault as fault:
                    print(fault.words)
            print(blobs.get(sha256).decode())
            blobs.path_of(sha256).chmod(0o000)
            try:
                blobs.get(sha256)
            except Fault as fault:
                print(fault.words)
            """,
            folder,
            as_nobody=True,
        )
    refused, content, unreadable = printed.splitlines()
    assert refused.startswith("保存附件没有成功：没有权限")
    assert content == "kept"
    assert unreadable.startswith("打开附件没有成功：没有权限")
