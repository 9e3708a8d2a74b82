"""SHA-256 on another core, while the data are still on their way.

One thread hashes for a whole parcel. Whoever needs a hash asks for it late: it waits then.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

_BLOCK = 1 << 19
_AHEAD = 8
_WORTH_IT = 1 << 16
"""Bytes: fewer are hashed sooner than a thread is told of them."""


class HashThread:
    """The thread; at most a few MB wait for it. Belongs in a `with`."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="sha256")
        self._running: deque[Future[None]] = deque()

    def sha256(self, *, with_crc: bool = False) -> LaterHash:
        return LaterHash(self, with_crc)

    def submit(self, work: Callable[[list[bytes]], None], pieces: list[bytes]) -> Future[None]:
        future = self._worker.submit(work, pieces)
        self._running.append(future)
        while len(self._running) > _AHEAD:
            self._running.popleft().result()
        return future

    def __enter__(self) -> HashThread:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.shutdown(cancel_futures=True)


class LaterHash:
    """The hash of one file; with `with_crc` also its CRC-32."""

    __slots__ = ("_crc", "_digest", "_last", "_pieces", "_size", "_thread", "_with_crc")

    def __init__(self, thread: HashThread, with_crc: bool) -> None:
        self._thread = thread
        self._digest = hashlib.sha256()
        self._with_crc = with_crc
        self._crc = 0
        self._pieces: list[bytes] = []
        self._size = 0
        self._last: Future[None] | None = None

    def update(self, data: bytes) -> None:
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            self.hand_over()

    def hand_over(self) -> None:
        """Let the thread begin with what there is, if it is worth its while."""
        if self._size >= _WORTH_IT:
            self._last = self._thread.submit(self._hash, self._pieces)
            self._pieces, self._size = [], 0

    def hexdigest(self) -> str:
        """The hash of everything so far."""
        self._wait()
        return self._digest.hexdigest()

    def crc(self) -> int:
        """The check sum of everything so far."""
        self._wait()
        return self._crc

    def _wait(self) -> None:
        self.hand_over()
        if self._last is not None:
            self._last.result()
        if self._size:
            self._hash(self._pieces)
            self._pieces, self._size = [], 0

    def _hash(self, pieces: list[bytes]) -> None:
        # One long piece is hashed without holding the interpreter; many short ones would not be.
        data = b"".join(pieces)
        self._digest.update(data)
        if self._with_crc:
            self._crc = zlib.crc32(data, self._crc)
