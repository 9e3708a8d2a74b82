"""Every flipped bit and every cut of a parcel is refused before anything of it is handed out."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.bundle import seal
from desktop_app.bundle.archive import read_directory
from desktop_app.bundle.faults import NoParcel, Refused
from desktop_app.bundle.hashing import HashThread
from desktop_app.bundle.opening import OpenParcel, look_through
from desktop_app.bundle.parcel import open_parcel
from desktop_app.bundle.scratch import Scratch
from tests.bundle.hostile import sealed, unsealed
from tests.bundle.parcels import STREET_KEY, Log, photo, photo_source, small_log
from tests.bundle.parcels import seal as seal_at

Content = tuple[object, ...]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "parcel.jlb"


@pytest.fixture
def thread() -> Iterator[HashThread]:
    with HashThread() as thread:
        yield thread


def content(parcel: OpenParcel) -> Content:
    """Everything that can be taken out of a parcel."""
    tables = [(name.name, *parcel.lines(name.name)) for name in parcel.tables()]
    photos = [parcel.photo(name).read() for name in parcel.photo_names()]
    return parcel.header, parcel.signer, *tables, *photos


def flips(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The data with each bit turned over, one at a time."""
    changed = bytearray(data)
    for at in range(len(data)):
        for bit in range(8):
            changed[at] ^= 1 << bit
            yield at, bytes(changed)
            changed[at] ^= 1 << bit


def is_refused(path: Path, data: bytes) -> str | None:
    """By which class of error a sealed file is refused, or None when it opens."""
    path.write_bytes(data)
    try:
        open_parcel(path, [STREET_KEY], path.parent).close()
    except (NoParcel, Refused) as fault:
        return type(fault).__name__
    return None


def smallest(path: Path) -> bytes:
    """A parcel of one line, sealed to one key."""
    log = Log()
    log.add("v")
    seal_at(path, log, recipients=[STREET_KEY.recipient])
    return path.read_bytes()


@pytest.mark.slow
def test_every_flipped_bit_of_a_small_sealed_file_is_refused(
    path: Path, thread: HashThread
) -> None:
    data = smallest(path)
    verdicts = Counter(unsealing(bad, thread) for _, bad in flips(data))
    assert verdicts.total() == len(data) * 8
    assert set(verdicts) == {"NoParcel", "NotForUs", "Damaged", "Incomplete"}


def test_every_cut_of_a_small_sealed_file_is_incomplete(path: Path, thread: HashThread) -> None:
    data = smallest(path)
    assert unsealing(data, thread) is None
    verdicts = Counter(unsealing(data[:size], thread) for size in range(1, len(data)))
    assert verdicts == {"Incomplete": len(data) - 1}


def unsealing(data: bytes, thread: HashThread) -> str | None:
    """The same as `is_refused` by the first step alone, which is all that a bad seal gets to."""
    try:
        seal.unseal(
            io.BytesIO(data), io.BytesIO(), 1 << 20, [STREET_KEY], lambda done: None, thread
        )
    except (NoParcel, Refused) as fault:
        return type(fault).__name__
    return None


@pytest.mark.slow
def test_flips_and_cuts_all_over_a_large_sealed_file_are_refused(path: Path) -> None:
    photos = [photo_source(photo(number, 90_000)[1]) for number in range(4)]
    seal_at(path, small_log(), photos)
    data = path.read_bytes()
    assert len(data) > 5 * 65_536
    dice = random.Random(20261128)
    verdicts: Counter[str | None] = Counter()
    for _ in range(400):
        at = dice.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= 1 << dice.randrange(8)
        verdicts[is_refused(path, bytes(changed))] += 1
        verdicts[is_refused(path, data[:at])] += 1
    assert None not in verdicts
    assert verdicts.total() == 800
    # What is cut off is told from what was changed, but for the last of its blocks.
    assert verdicts["Incomplete"] > 400
    assert verdicts["Damaged"] > 250


@pytest.mark.slow
def test_every_flipped_bit_inside_the_seal_is_refused_or_changes_nothing(
    path: Path, tmp_path: Path, thread: HashThread
) -> None:
    """Whoever can seal may change what the signature does not cover: then nothing may change."""
    archive = unsealed(smallest(path))
    with looked_through(tmp_path, archive, thread) as parcel:
        true = content(parcel)
    harmless = set()
    for at, bad in flips(archive):
        try:
            with looked_through(tmp_path, bad, thread) as parcel:
                assert content(parcel) == true, f"a flip at {at} changed what is read"
        except Refused:
            continue
        harmless.add(at)
    # Deflate can say the same in more than one way; nothing else in an archive can.
    assert len(harmless) < len(archive) // 50
    assert harmless <= packed_places(tmp_path, archive)


def packed_places(folder: Path, archive: bytes) -> set[int]:
    """Where in an archive deflated data lie."""
    with Scratch(folder) as scratch:
        scratch.write(archive)
        scratch.finish()
        entries = read_directory(scratch, 100).values()
    return {at for each in entries for at in range(each.data_at, each.data_at + each.packed)}


def test_no_byte_of_an_archive_but_its_data_can_be_changed(
    path: Path, tmp_path: Path, thread: HashThread
) -> None:
    archive = unsealed(smallest(path))
    outside = set(range(len(archive))) - packed_places(tmp_path, archive)
    assert len(outside) > 1000
    for at in sorted(outside):
        changed = bytearray(archive)
        changed[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            looked_through(tmp_path, bytes(changed), thread)


def test_every_cut_inside_the_seal_is_refused(
    path: Path, tmp_path: Path, thread: HashThread
) -> None:
    archive = unsealed(smallest(path))
    for size in range(len(archive)):
        with pytest.raises(Refused):
            looked_through(tmp_path, archive[:size], thread)


def looked_through(folder: Path, archive: bytes, thread: HashThread) -> OpenParcel:
    """What `open_parcel` does once the seal is open; the seal itself has tests of its own."""
    scratch = Scratch(folder)
    try:
        scratch.write(archive)
        scratch.finish()
        return look_through(scratch, "", thread)
    except BaseException:
        scratch.close()
        raise


def test_a_parcel_sealed_anew_is_still_the_same_parcel(path: Path, tmp_path: Path) -> None:
    archive = unsealed(smallest(path))
    with open_parcel(path, [STREET_KEY], tmp_path) as parcel:
        true = content(parcel)
    path.write_bytes(sealed(archive))
    with open_parcel(path, [STREET_KEY], tmp_path) as parcel:
        assert content(parcel) == true
