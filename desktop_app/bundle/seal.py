"""The outer layer, age (age-encryption.org/v1): sealed to public keys, opened with our own.

Both ways are streams: what is sealed is made while it is read, what is opened goes straight into a
sealed scratch file. An error of the streams themselves comes out as it was raised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, Protocol

import pyrage

from desktop_app.bundle.faults import (
    Damaged,
    Incomplete,
    NoParcel,
    NotForUs,
    reading_failed,
)
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


def seal(pieces: Iterator[bytes], target: BinaryIO, recipients: Sequence[str]) -> tuple[str, int]:
    """Seal what `pieces` yields; answers SHA-256 and size of what was written to `target`.

    Raises `UserError` for a recipient that is none.
    """
    if not recipients:
        raise ValueError("nobody could open it")
    known = [read_recipient(text) for text in recipients]
    source, sink = _Pull(pieces), _Sink(target)
    try:
        pyrage.encrypt_io(source, sink, known)
    except (pyrage.EncryptError, OSError):
        for stream in (source, sink):
            if stream.error is not None:
                raise stream.error from None
        raise
    return sink.digest.hexdigest(), sink.size


def unseal(
    file: BinaryIO, target: Writer, keys: Sequence[OpeningKey], on_read: Callable[[int], None]
) -> str:
    """Open `file` from its beginning into `target`; answers the SHA-256 of the sealed file.

    Nothing in `target` may be used unless this returns. `on_read` hears how many bytes were read so
    far and may raise. Raises `NoParcel`, `Refused` and `EnvironmentFault`.
    """
    source, sink = _Source(file, on_read), _Sink(target)
    header = source.peek(LONGEST_HEADER)
    rest = source.known_size - check_beginning(header)
    try:
        pyrage.decrypt_io(source, sink, [key.identity for key in keys])
    except (pyrage.DecryptError, OSError) as error:
        for stream in (source, sink):
            if stream.error is not None:
                raise stream.error from None
        if _NO_KEY_FITS in str(error):
            raise NotForUs from error
        if rest < _SMALLEST_BODY or (isinstance(error, OSError) and source.has_ended):
            raise Incomplete from error
        raise Damaged from error
    if source.read(1):
        raise Damaged
    return source.digest.hexdigest()


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


class _Pull:
    """A stream that makes its content while somebody reads."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._ready = memoryview(b"")
        self.error: BaseException | None = None

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


class _Sink:
    """A stream that counts and hashes what is written to it."""

    def __init__(self, target: Writer) -> None:
        self._target = target
        self.digest = hashlib.sha256()
        self.size = 0
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._target.write(data)
        except BaseException as error:
            self.error = error
            raise
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Whoever gave the target flushes it."""


class _Source:
    """A file read in large blocks and hashed on the way."""

    def __init__(self, file: BinaryIO, on_read: Callable[[int], None]) -> None:
        self._file = file
        self._on_read = on_read
        self._ready = memoryview(b"")
        self.known_size = 0
        self.has_ended = False
        self.digest = hashlib.sha256()
        self.error: BaseException | None = None

    def peek(self, most: int) -> bytes:
        """The beginning, which will be read again."""
        self._fill()
        return bytes(self._ready[:most])

    def read(self, most: int = -1) -> bytes:
        if not self._ready and not self.has_ended:
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
        self.has_ended = len(block) < _BLOCK
        self.known_size += len(block)
        self.digest.update(block)
        self._on_read(self.known_size)
        self._ready = memoryview(block)
