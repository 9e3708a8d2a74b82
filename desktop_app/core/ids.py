"""Row identity: UUID version 7 (RFC 9562, section 5.7), and the only door to randomness.

A `Uid` sorts by the time it was made and can never collide after a restore, which is why every
record has one beside its number for paper.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from uuid import UUID

from desktop_app.core.clock import Clock

Uid = UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_COUNTER_BITS = 12
_RANDOM_BITS = 62


class UidFactory:
    """Makes UUIDv7 values that never go back, even when the wall clock does (RFC 9562, 6.2).

    `bits` gives that many random bits; only demo data, which must come out the same every time,
    have a generator of their own.
    """

    def __init__(self, clock: Clock, bits: Callable[[int], int] = secrets.randbits) -> None:
        self._clock = clock
        self._bits = bits
        self._last = 0
        self._counter = 0
        self._lock = threading.Lock()

    def __call__(self) -> Uid:
        with self._lock:
            now = int(self._clock.now())
            if now > self._last:
                self._last = now
                self._counter = self._bits(_COUNTER_BITS - 1)
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last += 1
                    self._counter = 0
            stamp, counter = self._last, self._counter
        return UUID(
            int=stamp << 80 | _VERSION | counter << 64 | _VARIANT | self._bits(_RANDOM_BITS)
        )


def parse_uid(text: str) -> Uid | None:
    """A uid as people paste it (with or without hyphens), or None when it is not one."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def random_bytes(count: int) -> bytes:
    """`count` bytes from the operating system's generator, for keys and salts."""
    return secrets.token_bytes(count)
