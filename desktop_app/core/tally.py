"""What a log of changes comes to, table by table: how two sides see that they hold the same. Pure.

Kept by the street as it takes changes in and worked out by the station from its own log; a receipt
carries the street's, and the station compares. Depends on nothing that only one side knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

PUT = "put"
DELETE = "delete"
WITHHELD = "withheld"
"""A put of a record that never leaves the station: it is counted, and nothing else."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`rows` records that live, `changes` entries of the log, and the chain over their digests."""

    rows: int = 0
    changes: int = 0
    head: bytes = bytes(32)

    def counting(self, n: int, op: str, revision: int, digest: bytes) -> Tally:
        """With one more change of this table, number `n` of the log."""
        head = hashlib.sha256(self.head + n.to_bytes(8, "big") + digest).digest()
        return Tally(self.rows + _born(op, revision), self.changes + 1, head)


def _born(op: str, revision: int) -> int:
    """A record is born with its first revision and dies with its tombstone, each once."""
    if op == DELETE:
        return -1 if revision > 1 else 0
    return 1 if revision == 1 else 0
