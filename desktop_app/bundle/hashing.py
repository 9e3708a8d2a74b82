"""SHA-256 on another core, while the data are still on their way."""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

_BLOCK = 1 << 20
_AHEAD = 4


class BackgroundHash:
    """Hashes in a thread of its own; at most a few MB wait. Belongs in a `with`."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._pieces: list[bytes] = []
        self._size = 0
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="hash")
        self._running: deque[Future[None]] = deque()

    def update(self, data: bytes) -> None:
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            self._hand_over()

    def hexdigest(self) -> str:
        """The hash of everything so far."""
        if self._size < _BLOCK and not self._running:
            # Not worth a thread.
            self._digest.update(b"".join(self._pieces))
        else:
            self._hand_over()
            while self._running:
                self._running.popleft().result()
        self._pieces, self._size = [], 0
        return self._digest.hexdigest()

    def _hand_over(self) -> None:
        pieces, self._pieces, self._size = self._pieces, [], 0
        self._running.append(self._worker.submit(self._hash, pieces))
        while len(self._running) > _AHEAD:
            self._running.popleft().result()

    def _hash(self, pieces: list[bytes]) -> None:
        # A long piece is hashed without holding the interpreter; many short ones would not be.
        self._digest.update(b"".join(pieces))

    def __enter__(self) -> BackgroundHash:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._worker.shutdown(cancel_futures=True)
