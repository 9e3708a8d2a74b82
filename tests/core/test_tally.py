"""Two sides that hold the same log come to the same tally."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.chain import DELETE, PUT, WITHHELD
from desktop_app.core.tally import Tally

LIVES = st.lists(
    st.tuples(st.integers(1, 5), st.booleans(), st.sampled_from([PUT, WITHHELD])), max_size=8
)


@given(LIVES)
def test_rows_are_the_records_that_live(lives: list[tuple[int, bool, str]]) -> None:
    tally, n, living = Tally(), 0, 0
    for revisions, dies, op in lives:
        living += not dies
        for revision in range(1, revisions + 1):
            n += 1
            tally = tally.counting(n, op, revision, bytes([revision]) * 32)
        if dies:
            n += 1
            tally = tally.counting(n, DELETE, revisions + 1, bytes(32))
    assert (tally.rows, tally.changes) == (living, n)


@given(st.permutations([(1, b"a" * 32), (2, b"b" * 32), (3, b"c" * 32)]))
def test_another_order_is_another_head(order: list[tuple[int, bytes]]) -> None:
    def head(entries: list[tuple[int, bytes]]) -> bytes:
        tally = Tally()
        for n, digest in entries:
            tally = tally.counting(n, PUT, 1, digest)
        return tally.head

    assert (head(order) == head(sorted(order))) == (order == sorted(order))
