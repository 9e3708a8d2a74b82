"""Attachments kept as rows: the same promises as in a folder."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.storage.attachments import (
    CHUNK_BYTES,
    BlobStore,
    DamagedAttachment,
    MissingAttachment,
)
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Database
from desktop_app.storage.tables import BLOB

DAY = 86_400


@pytest.fixture
def blobs(database: Database) -> DatabaseBlobs:
    return DatabaseBlobs(database, DataKey(bytes(range(32))))


def rows(database: Database) -> list[tuple[bytes, bytes]]:
    with database.unrecorded() as connection:
        found = connection.execute(sa.select(BLOB.c.name, BLOB.c.content))
        return [(bytes(row.name), bytes(row.content)) for row in found]


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_was_put_comes_back(blobs: DatabaseBlobs, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    store: BlobStore = blobs
    reference = store.put(io.BytesIO(content))

    assert store.get(reference.sha256) == content
    assert reference.size == size
    assert store.exists(reference.sha256)


def test_a_row_shows_neither_content_nor_hash(blobs: DatabaseBlobs, database: Database) -> None:
    reference = blobs.put(b"a photo of Zhang's door" * 50)
    ((name, content),) = rows(database)

    assert reference.sha256 not in (name, name[:16])
    assert b"Zhang" not in content


def test_keeping_a_content_twice_keeps_one_row(blobs: DatabaseBlobs, database: Database) -> None:
    assert blobs.put(b"same") == blobs.put(b"same")
    assert len(rows(database)) == 1


def test_a_missing_attachment_is_told_as_missing(blobs: DatabaseBlobs) -> None:
    with pytest.raises(MissingAttachment, match="找不到这个附件"):
        blobs.get(bytes(32))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.data())
def test_a_flipped_bit_anywhere_is_damage(
    blobs: DatabaseBlobs, database: Database, data: st.DataObject
) -> None:
    reference = blobs.put(b"evidence" * 100)
    whole = dict(rows(database))
    ((name, content),) = whole.items()
    place = data.draw(st.integers(0, len(content) * 8 - 1))
    damaged = bytearray(content)
    damaged[place // 8] ^= 1 << place % 8
    change(database, name, bytes(damaged))

    with pytest.raises(DamagedAttachment):
        blobs.get(reference.sha256)
    change(database, name, content)


def change(database: Database, name: bytes, content: bytes) -> None:
    with database.unrecorded() as connection:
        connection.execute(sa.update(BLOB).where(BLOB.c.name == name).values(content=content))


def test_a_sweep_removes_only_what_is_old_and_unreferenced(
    blobs: DatabaseBlobs, clock: FixedClock
) -> None:
    pointed_at, forgotten = blobs.put(b"pointed at"), blobs.put(b"forgotten")
    clock.advance(8 * DAY)
    young = blobs.put(b"young")

    assert blobs.sweep({pointed_at.sha256}, Millis(clock.now())) == 1
    there = [blobs.exists(ref.sha256) for ref in (pointed_at, forgotten, young)]
    assert there == [True, False, True]


def test_old_content_put_to_use_again_is_young_for_the_sweep(
    blobs: DatabaseBlobs, clock: FixedClock
) -> None:
    reference = blobs.put(b"again")
    clock.advance(30 * DAY)
    blobs.put(b"again")

    assert blobs.sweep(set(), clock.now()) == 0
    assert blobs.get(reference.sha256) == b"again"
