"""A scratch file that is worthless to whoever finds it: sealed under a key that only lives here.

What is written is cut into blocks, each encrypted and authenticated (AES-256-GCM, the block's
number as nonce, a fresh key for every file). The file has no name where the system allows it, and
is gone once closed; after a crash only noise is left.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop_app.bundle.faults import ScratchFailed
from desktop_app.core.ids import random_bytes

BLOCK = 1 << 16
"""Plain bytes of a block, and the most that `read_at` answers at once."""

_TAG = 16
_NONCE = 12


class Scratch:
    """Written once from front to end, then read anywhere. `folder` must exist."""

    def __init__(self, folder: Path) -> None:
        self._cipher = AESGCM(random_bytes(32))
        try:
            file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - see close()
            self._file = cast(BinaryIO, file)
        except OSError as error:
            raise _cannot_write() from error
        self._pending: list[bytes] = []
        self._waiting = 0
        self._blocks = 0
        self._last = (-1, b"")
        self._finished = False
        self.size = 0

    def write(self, data: bytes) -> int:
        """Append. Raises `ScratchFailed` when the disk does not take it."""
        if self._finished:
            raise ValueError("a scratch file is written once")
        self._pending.append(data)
        self._waiting += len(data)
        self.size += len(data)
        if self._waiting >= BLOCK:
            self._put_blocks(b"".join(self._pending))
        return len(data)

    def _put_blocks(self, plain: bytes) -> None:
        whole = len(plain) - len(plain) % BLOCK
        for at in range(0, whole, BLOCK):
            self._put(plain[at : at + BLOCK])
        self._pending, self._waiting = [plain[whole:]], len(plain) - whole

    def flush(self) -> None:
        """Nothing is written before its block is full; for those who treat this as a file."""

    def finish(self) -> None:
        """Everything is written; from now on it is read."""
        if self._waiting:
            self._put(b"".join(self._pending))
        self._pending.clear()
        self._finished = True

    def read_at(self, offset: int, most: int) -> bytes:
        """Up to `most` bytes from `offset`; fewer where a block ends, none behind the end.

        Any number of readers may take turns. Raises `ScratchFailed` when the disk gives back
        something else than was written.
        """
        if not self._finished:
            raise ValueError("still being written")
        if offset >= self.size:
            return b""
        number, inside = divmod(offset, BLOCK)
        return self._block(number)[inside : inside + most]

    def read_all(self, offset: int, count: int) -> bytes:
        """Exactly `count` bytes from `offset`, or fewer at the end of the file."""
        pieces = []
        while count and (piece := self.read_at(offset, count)):
            pieces.append(piece)
            offset += len(piece)
            count -= len(piece)
        return b"".join(pieces)

    def window(self, offset: int, length: int) -> BinaryIO:
        """A part of the file as a stream of its own that can seek."""
        return cast(BinaryIO, io.BufferedReader(_Window(self, offset, length), BLOCK))

    def close(self) -> None:
        self._last = (-1, b"")
        self._pending.clear()
        self._file.close()

    def __enter__(self) -> Scratch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, plain: bytes) -> None:
        sealed = self._cipher.encrypt(self._blocks.to_bytes(_NONCE, "big"), plain, None)
        try:
            view = memoryview(sealed)
            while view:
                view = view[self._file.write(view) :]
        except OSError as error:
            raise _cannot_write() from error
        self._blocks += 1

    def _block(self, number: int) -> bytes:
        if self._last[0] == number:
            return self._last[1]
        try:
            self._file.seek(number * (BLOCK + _TAG))
            sealed = self._file.read(BLOCK + _TAG)
            plain = self._cipher.decrypt(number.to_bytes(_NONCE, "big"), sealed, None)
        except (OSError, InvalidTag, ValueError) as error:
            raise ScratchFailed(
                "临时文件读回的内容不对，磁盘可能有故障，本机数据没有任何改动。",
                "请换一个磁盘，或请维护人员检查这台电脑的磁盘。",
            ) from error
        self._last = (number, plain)
        return plain


class _Window(io.RawIOBase):
    """Part of a scratch file, from `start` on."""

    def __init__(self, scratch: Scratch, start: int, length: int) -> None:
        super().__init__()
        self._scratch = scratch
        self._start = start
        self._length = length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        most = min(len(target), self._length - self._at)
        if most <= 0:
            return 0
        piece = self._scratch.read_at(self._start + self._at, most)
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _cannot_write() -> ScratchFailed:
    return ScratchFailed(
        "打开文件需要临时空间，但是写不进去（磁盘可能已满），本机数据没有任何改动。",
        "请腾出磁盘空间后再试一次。",
    )
