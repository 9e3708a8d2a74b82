"""ZIP in one spelling: written in one go without seeking back, read with every byte accounted for.

Each entry is a local header, its data and a data descriptor; then comes the directory; nothing lies
before, between or behind. Time, attributes and versions are fixed. The reader spells what it has
understood again and compares, so that no bit outside the data can be changed unnoticed, two
programs cannot see two different archives in one file, and nothing is unpacked that was not asked
for. No ZIP64: a parcel stays under 2 GiB.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.bundle.faults import BadContent, Refused, Unwritable
from desktop_app.bundle.scratch import BLOCK, Scratch

LARGEST = (1 << 31) - 1
"""Bytes of an archive, and of any entry before it is packed."""

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_DESCRIPTOR = struct.Struct("<IIII")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_LOCAL_SIGN, _DESCRIPTOR_SIGN, _CENTRAL_SIGN, _END_SIGN = (
    0x04034B50, 0x08074B50, 0x02014B50, 0x06054B50,
)  # fmt: skip
_MADE_BY = 3 << 8 | 20
_NEEDED = 20
_STREAMED = 8
_STORED, _DEFLATED = 0, 8
_MIDNIGHT, _FIRST_DAY = 0, 1 << 5 | 1
_PLAIN_FILE = 0o100644 << 16
_LEVEL = 6
_PIECE = 1 << 16
_NAME = re.compile(r"(?:[a-z0-9_-]+/)*[a-z0-9_-][a-z0-9._-]*")
_LONGEST_NAME = 200
_LARGEST_DIRECTORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive; `offset` is where its local header begins."""

    name: str
    is_packed: bool
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def local(self) -> bytes:
        name = self.name.encode()
        return _LOCAL.pack(
            _LOCAL_SIGN, _NEEDED, _STREAMED, _method(self.is_packed), _MIDNIGHT, _FIRST_DAY,
            0, 0, 0, len(name), 0,
        ) + name  # fmt: skip

    @property
    def descriptor(self) -> bytes:
        return _DESCRIPTOR.pack(_DESCRIPTOR_SIGN, self.crc, self.packed, self.size)

    @property
    def central(self) -> bytes:
        name = self.name.encode()
        return _CENTRAL.pack(
            _CENTRAL_SIGN, _MADE_BY, _NEEDED, _STREAMED, _method(self.is_packed), _MIDNIGHT,
            _FIRST_DAY, self.crc, self.packed, self.size, len(name), 0, 0, 0, 0, _PLAIN_FILE,
            self.offset,
        ) + name  # fmt: skip

    @property
    def data_at(self) -> int:
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        return self.data_at + self.packed + _DESCRIPTOR.size


def _method(is_packed: bool) -> int:
    return _DEFLATED if is_packed else _STORED


def end_record(entries: int, directory: int, at: int) -> bytes:
    return _END.pack(_END_SIGN, 0, 0, entries, entries, directory, at, 0)


class ArchiveWriter:
    """Makes the bytes of an archive, piece by piece, for whoever carries them away."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._at = 0

    def add(self, name: str, pieces: Iterable[bytes], *, is_packed: bool) -> Iterator[bytes]:
        """One file. Raises `Unwritable` when the archive would grow beyond its bound."""
        if not is_good_name(name):
            raise ValueError(f"not a name for an archive: {name}")
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS) if is_packed else None
        crc = packed = size = 0
        yield Entry(name, is_packed, 0, 0, 0, self._at).local
        for piece in pieces:
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            out = piece if packer is None else packer.compress(piece)
            packed += len(out)
            _stay_within(self._at + packed, size)
            if out:
                yield out
        if packer is not None:
            out = packer.flush()
            packed += len(out)
            yield out
        entry = Entry(name, is_packed, crc, packed, size, self._at)
        self._entries.append(entry)
        self._at = entry.end
        yield entry.descriptor

    def close(self) -> Iterator[bytes]:
        """The directory at the end."""
        directory = b"".join(entry.central for entry in self._entries)
        end = end_record(len(self._entries), len(directory), self._at)
        _stay_within(self._at + len(directory) + len(end), len(directory))
        yield directory
        yield end


def _stay_within(total: int, size: int) -> None:
    if total > LARGEST or size > LARGEST:
        raise Unwritable("要写入的内容超过 2 GB，一个文件装不下。", "请分成几次导出。")


def is_good_name(name: str) -> bool:
    """Whether a path may stand in an archive: lower-case Latin, no climbing, no root."""
    return len(name) <= _LONGEST_NAME and _NAME.fullmatch(name) is not None


def read_directory(archive: Scratch, most_entries: int) -> dict[str, Entry]:
    """All entries by name, checked against every header in the archive. Raises `Refused`."""
    end_at = archive.size - _END.size
    if end_at < 0 or archive.size > LARGEST:
        raise BadContent("压缩包大小")
    end = archive.read_all(end_at, _END.size)
    entries, directory, at = _END.unpack(end)[4:7]
    if end != end_record(entries, directory, at) or at + directory != end_at:
        raise BadContent("压缩包结尾")
    if entries > most_entries or directory > _LARGEST_DIRECTORY:
        raise Refused("这个文件里的文件数目太多")
    found = _entries(archive.read_all(at, directory), entries)
    _check_places(archive, found.values(), at)
    return found


def _entries(directory: bytes, count: int) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    folded: set[str] = set()
    at = 0
    for _ in range(count):
        entry = _entry(directory, at)
        if entry.name.lower() in folded:
            raise BadContent("文件名重复")
        if not is_good_name(entry.name):
            raise BadContent("文件名不允许")
        if directory[at : at + len(entry.central)] != entry.central:
            raise BadContent("压缩包目录")
        folded.add(entry.name.lower())
        found[entry.name] = entry
        at += len(entry.central)
    if at != len(directory):
        raise BadContent("压缩包目录")
    return found


def _entry(directory: bytes, at: int) -> Entry:
    try:
        values = _CENTRAL.unpack_from(directory, at)
    except struct.error as error:
        raise BadContent("压缩包目录") from error
    method, crc, packed, size, length = values[4], *values[7:11]
    raw = directory[at + _CENTRAL.size : at + _CENTRAL.size + length]
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError as error:
        raise BadContent("文件名不允许") from error
    return Entry(name, method == _DEFLATED, crc, packed, size, values[16])


def _check_places(archive: Scratch, entries: Iterable[Entry], directory_at: int) -> None:
    at = 0
    for entry in entries:
        if entry.offset != at or entry.end > directory_at:
            raise BadContent("压缩包布局")
        if archive.read_all(at, len(entry.local)) != entry.local:
            raise BadContent("压缩包文件头")
        end = entry.data_at + entry.packed
        if archive.read_all(end, _DESCRIPTOR.size) != entry.descriptor:
            raise BadContent("压缩包文件尾")
        at = entry.end
    if at != directory_at:
        raise BadContent("压缩包布局")


def unpacked(archive: Scratch, entry: Entry) -> Iterator[bytes]:
    """The content of an entry in pieces; never more than its directory says, and all of it.

    Raises `BadContent` when size or packing are not as the directory says. The check sum is left
    to `expect_crc`, for whoever reads a file the first time.
    """
    size = 0
    pieces = _inflated(archive, entry) if entry.is_packed else _stored(archive, entry)
    for piece in pieces:
        size += len(piece)
        if size > entry.size:
            raise BadContent(f"{entry.name} 的大小")
        yield piece
    if size != entry.size:
        raise BadContent(f"{entry.name} 的大小")


def expect_crc(entry: Entry, found: int) -> None:
    """Raises `BadContent` when the check sum of the content is not the directory's."""
    if found != entry.crc:
        raise BadContent(f"{entry.name} 的校验值")


def _stored(archive: Scratch, entry: Entry) -> Iterator[bytes]:
    at, end = entry.data_at, entry.data_at + entry.packed
    while at < end:
        piece = archive.read_at(at, min(BLOCK, end - at))
        if not piece:
            raise BadContent("压缩包布局")
        yield piece
        at += len(piece)


def _inflated(archive: Scratch, entry: Entry) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _stored(archive, entry):
            if unpacker.eof:
                raise BadContent(f"{entry.name} 的压缩数据")
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
        while not unpacker.eof and (piece := unpacker.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise BadContent(f"{entry.name} 的压缩数据") from error
    if not unpacker.eof or unpacker.unused_data:
        raise BadContent(f"{entry.name} 的压缩数据")
