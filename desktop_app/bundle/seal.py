"""The outer layer, age (age-encryption.org/v1): sealed to public keys, opened with our own.

Both ways are streams: what is sealed is made while it is read, what is opened goes straight into a
sealed scratch file. An error of the streams themselves comes out as it was raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Protocol

import pyrage

from desktop_app.bundle.faults import (
    Damaged,
    Incomplete,
    NoParcel,
    NotForUs,
    Refused,
    reading_failed,
)
from desktop_app.bundle.hashing import HashThread, LaterHash
from desktop_app.bundle.keyring import OpeningKey, read_recipient

MAGIC = b"age-encryption.org/v1\n"
LONGEST_HEADER = 1 << 14
"""Bytes of the age header that are looked at; two recipients need some four hundred."""

_BLOCK = 1 << 20
_NO_KEY_FITS = "No matching keys"
_SMALLEST_BODY = 16 + 16


class Writer(Protocol):
    """Where opened content goes."""

    def write(self, data: bytes, /) -> int: ...


def seal(
    pieces: Iterator[bytes], target: BinaryIO, recipients: Sequence[str], thread: HashThread
) -> tuple[str, int]:
    """Seal what `pieces` yields; answers SHA-256 and size of what was written to `target`.

    Raises `UserError` for a recipient that is none.
    """
    if not recipients:
        raise ValueError("nobody could open it")
    known = [read_recipient(text) for text in recipients]
    digest = thread.sha256()
    source, sink = _Pull(pieces), _Sink(target, digest)
    try:
        pyrage.encrypt_io(source, sink, known)
    except (pyrage.EncryptError, OSError):
        _raise_own(source, sink)
        raise
    return digest.hexdigest(), sink.size


def unseal(
    file: BinaryIO,
    target: Writer,
    most: int,
    keys: Sequence[OpeningKey],
    on_read: Callable[[int], None],
    thread: HashThread,
) -> str:
    """Open `file` from its beginning into `target`, at most `most` bytes of it; answers the
    SHA-256 of the sealed file.

    Nothing in `target` may be used unless this returns. `on_read` hears how many bytes were read so
    far and may raise. Raises `NoParcel`, `Refused` and `EnvironmentFault`.
    """
    digest = thread.sha256()
    source, sink = _Source(file, on_read, digest), _Limited(target, most)
    header = source.peek(LONGEST_HEADER)
    rest = source.known_size - check_beginning(header)
    try:
        pyrage.decrypt_io(source, sink, [key.identity for key in keys])
    except (pyrage.DecryptError, OSError) as error:
        _raise_own(source, sink)
        if _NO_KEY_FITS in str(error):
            raise NotForUs from error
        if rest < _SMALLEST_BODY or (isinstance(error, OSError) and source.is_used_up):
            raise Incomplete from error
        raise Damaged from error
    if source.read(1):
        raise Damaged
    return digest.hexdigest()


def check_beginning(head: bytes) -> int:
    """Where the age header ends that `head`, the beginning of a file, starts with.

    Raises `NoParcel` when the file does not begin as a sealed one does.
    """
    if not head:
        raise NoParcel("这个文件是空的", "请重新拷贝一次。")
    if MAGIC.startswith(head):
        raise Incomplete
    last = head.find(b"\n---")
    end = head.find(b"\n", last + 1)
    has_end = last >= 0 and end >= 0
    if not head.startswith(MAGIC) or (not has_end and len(head) >= LONGEST_HEADER):
        raise NoParcel("这不是近邻台的上报包或回执，而是别的文件")
    if not has_end:
        raise Incomplete
    return end + 1


class _Stream:
    """What a library reads from or writes to; keeps the error that it would hide."""

    error: BaseException | None = None


def _raise_own(*streams: _Stream) -> None:
    for stream in streams:
        if stream.error is not None:
            raise stream.error from None


class _Pull(_Stream):
    """A stream that makes its content while somebody reads."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._ready = memoryview(b"")

    def read(self, most: int = -1) -> bytes:
        try:
            while not self._ready:
                self._ready = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        if most < 0:
            most = len(self._ready)
        piece, self._ready = self._ready[:most], self._ready[most:]
        return bytes(piece)


class _Sink(_Stream):
    """Counts what is written on to `target`, and has it hashed."""

    def __init__(self, target: Writer, digest: LaterHash) -> None:
        self._write = target.write
        self._digest = digest
        self.size = 0

    def write(self, data: bytes) -> int:
        try:
            self._write(data)
        except BaseException as error:
            self.error = error
            raise
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Whoever gave the target flushes it."""


class _Limited(_Stream):
    """Writes on to `target` so much and no more."""

    def __init__(self, target: Writer, most: int) -> None:
        self._write = target.write
        self._left = most

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        try:
            if self._left < 0:
                raise Refused("这个文件太大，不可能是正常的上报包")
            return self._write(data)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Whoever gave the target flushes it."""


class _Source(_Stream):
    """A file read in large blocks and hashed on the way."""

    def __init__(self, file: BinaryIO, on_read: Callable[[int], None], digest: LaterHash) -> None:
        self._file = file
        self._on_read = on_read
        self._ready = memoryview(b"")
        self.known_size = 0
        self._has_ended = False
        self._digest = digest

    def peek(self, most: int) -> bytes:
        """The beginning, which will be read again."""
        self._fill()
        return bytes(self._ready[:most])

    @property
    def is_used_up(self) -> bool:
        """Whether the last byte was read: what failed then, failed at the end."""
        return self._has_ended and not self._ready

    def read(self, most: int = -1) -> bytes:
        if not self._ready and not self._has_ended:
            try:
                self._fill()
            except BaseException as error:
                self.error = error
                raise
        if most < 0:
            most = len(self._ready)
        piece, self._ready = self._ready[:most], self._ready[most:]
        return bytes(piece)

    def _fill(self) -> None:
        try:
            block = self._file.read(_BLOCK)
        except OSError as error:
            raise reading_failed() from error
        self._has_ended = len(block) < _BLOCK
        self.known_size += len(block)
        self._digest.update(block)
        self._on_read(self.known_size)
        self._ready = memoryview(block)
