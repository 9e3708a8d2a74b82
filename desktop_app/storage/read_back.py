"""What is on its way to a disk, hashed; and what the disk, not the memory, answers afterwards.

For `files`, which writes; nothing here opens a file for writing.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

Count = Callable[[int], None]

_PIECE = 1 << 20

# A folder some file systems cannot fsync (SMB, some FUSE) is no reason to call a save failed.
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class HashingStream(io.BufferedIOBase):
    """Writes everything to an open file and hashes it on the way; cannot seek."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        piece = memoryview(data).cast("B")
        done = 0
        while done < len(piece):
            done += os.write(self._descriptor, piece[done : done + _PIECE])
        self._hash.update(piece)
        return done

    def settle(self) -> None:
        """Wait until the disk has what was written so far."""
        os.fsync(self._descriptor)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def digest_on_disk(path: Path, reread: Count | None = None) -> str:
    """The SHA-256, in hexadecimal, of what the disk (not the memory) holds for a file.

    `reread(done)` counts bytes. Raises `OSError`. On Windows the system may still answer from its
    memory, and nobody can read past the memory of the disk itself.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        if sys.platform != "win32":
            # Only what has reached the disk can be forgotten.
            sync_descriptor(descriptor)
        return read_back(descriptor, reread)
    finally:
        os.close(descriptor)


def read_back(descriptor: int, reread: Count | None) -> str:
    """The SHA-256 of an open file, as far as possible from the disk itself; see above."""
    if sys.platform == "linux":
        # Otherwise the answer comes from memory and says nothing about the disk.
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    digest, done = hashlib.sha256(), 0
    while piece := os.read(descriptor, _PIECE):
        digest.update(piece)
        done += len(piece)
        if reread is not None:
            reread(done)
    return digest.hexdigest()


def sync_descriptor(descriptor: int) -> None:
    """`fsync`, but for what cannot be told so. Raises `OSError`."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
