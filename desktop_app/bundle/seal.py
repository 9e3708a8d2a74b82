"""The outer layer, age (age-encryption.org/v1): sealed to public keys, opened with our own.

Both ways are streams: what is sealed is made while it is read, what is opened goes straight into a
sealed scratch file. An error of the streams themselves comes out as it was raised.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, Protocol

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
from desktop_app.bundle.keyring import NO_KEY_FITS, OpeningKey, read_recipient

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"age-encryption.org/v1\n"
LONGEST_HEADER = 1 << 14
"""Bytes of the age header that are looked at; two recipients need some four hundred."""

_BLOCK = 1 << 16
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
    raw_source, raw_sink = _Source(file, on_read, digest), _Limited(target, most)
    source = io.BufferedReader(raw_source, _BLOCK)
    sink = io.BufferedWriter(raw_sink, _BLOCK)
    try:
        rest = len(source.peek(1)) - check_beginning(source.peek(1)[:LONGEST_HEADER])
        pyrage.decrypt_io(source, sink, [key.identity for key in keys])
        sink.flush()
    except (pyrage.DecryptError, OSError) as error:
        _raise_own(raw_source, raw_sink)
        if NO_KEY_FITS in str(error):
            raise NotForUs from error
        if rest < _SMALLEST_BODY or (isinstance(error, OSError) and not source.peek(1)):
            raise Incomplete from error
        raise Damaged from error
    finally:
        raw_sink.close_quietly()
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


class _Limited(io.RawIOBase, _Stream):
    """Writes on to `target` so much and no more."""

    def __init__(self, target: Writer, most: int) -> None:
        super().__init__()
        self._target: Writer | None = target
        self._left = most

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        piece = bytes(data)
        if self._target is None:
            return len(piece)
        self._left -= len(piece)
        try:
            if self._left < 0:
                raise Refused("这个文件太大，不可能是正常的上报包")
            return self._target.write(piece)
        except BaseException as error:
            self.error = error
            raise

    def close_quietly(self) -> None:
        """Whatever still waits in a buffer goes nowhere."""
        self._target = None


class _Source(io.RawIOBase, _Stream):
    """A file hashed while it is read."""

    def __init__(self, file: BinaryIO, on_read: Callable[[int], None], digest: LaterHash) -> None:
        super().__init__()
        self._file = file
        self._on_read = on_read
        self._digest = digest
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: WriteableBuffer) -> int:
        try:
            piece = self._read(len(memoryview(target)))
        except BaseException as error:
            self.error = error
            raise
        memoryview(target)[: len(piece)] = piece
        self._digest.update(piece)
        self._done += len(piece)
        return len(piece)

    def _read(self, most: int) -> bytes:
        try:
            piece = self._file.read(most)
        except OSError as error:
            raise reading_failed() from error
        self._on_read(self._done + len(piece))
        return piece
