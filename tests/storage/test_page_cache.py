"""How much of a file a connection keeps in memory follows the file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.storage.engine import cache_bytes, connect_file
from tests.speed.ledger import BenchKey

pytestmark = pytest.mark.sqlite_only
MEGA = 1_000_000


@pytest.mark.parametrize(
    ("size", "kept"), [(0, 16), (30 * MEGA, 16), (320 * MEGA, 20), (4_000 * MEGA, 64)]
)
def test_a_connection_keeps_a_sixteenth_between_the_bounds(
    tmp_path: Path, size: int, kept: int
) -> None:
    path = tmp_path / "jinlin.db"
    with path.open("wb") as file:
        file.truncate(size)
    assert cache_bytes(path) == kept * MEGA


def test_the_connection_is_told_so(tmp_path: Path) -> None:
    with closing(connect_file(tmp_path / "new.db", BenchKey())) as connection:
        (pages_or_kib,) = connection.execute("PRAGMA cache_size").fetchone()
    assert pages_or_kib == -16_000
