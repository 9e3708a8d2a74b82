"""What a log of changes comes to, table by table: how two sides see that they hold the same. Pure.

Kept by the street as it takes changes in and worked out by the station from its own log; a receipt
carries the street's, and the station compares. Depends on nothing that only one side knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.chain import DELETE, GENESIS, next_hash


@dataclass(frozen=True, slots=True)
class Tally:
    """`rows` records that live, `changes` entries of the log, and the chain over their digests."""

    rows: int = 0
    changes: int = 0
    head: bytes = GENESIS

    def counting(self, n: int, op: str, revision: int, digest: bytes) -> Tally:
        """With one more change of this table, number `n` of the log."""
        head = next_hash(self.head, n, digest)
        return Tally(self.rows + _born(op, revision), self.changes + 1, head)


def _born(op: str, revision: int) -> int:
    """A record is born with its first revision and dies with its tombstone, each once."""
    if op == DELETE:
        return -1 if revision > 1 else 0
    return 1 if revision == 1 else 0
