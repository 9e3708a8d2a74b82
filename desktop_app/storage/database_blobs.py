"""Attachments inside the database, for homes on a server: there is no folder all desks share.

Named and sealed like the files of `FolderBlobs`, so that a dump betrays as little as a disk.
"""

from __future__ import annotations

import hmac
import io
from collections.abc import Collection
from typing import BinaryIO, Final, cast

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.storage.attachments import (
    SWEEP_AFTER_DAYS,
    BlobRef,
    MissingAttachment,
    UnsealedStream,
    reference_of,
    seal,
)
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Database
from desktop_app.storage.tables import BLOB

_DAY_MILLIS: Final = 24 * 60 * 60 * 1000


class DatabaseBlobs:
    """Attachments as rows of the table `blob`; see `attachments.BlobStore`."""

    def __init__(self, database: Database, data_key: DataKey) -> None:
        self._database = database
        self._name_key = data_key.derive("attachment names")
        self._content_key = data_key.derive("attachment contents")

    def put(self, content: bytes | BinaryIO) -> BlobRef:
        source: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
        start = source.tell()
        reference = reference_of(source)
        source.seek(start)
        name = self._name(reference.sha256)
        now = self._database.clock.now()
        with self._database.unrecorded() as connection:
            # A new row is about to point here: a sweep must see it as young.
            touched = connection.execute(
                sa.update(BLOB).where(BLOB.c.name == name).values(kept_at=now)
            )
            if touched.rowcount:
                return reference
            sealed = io.BytesIO()
            seal(source, sealed, self._content_key, reference)
            connection.execute(
                sa.insert(BLOB).values(name=name, kept_at=now, content=sealed.getvalue())
            )
        return reference

    def get(self, sha256: bytes) -> bytes:
        with self.open(sha256) as stream:
            return stream.read()

    def open(self, sha256: bytes) -> BinaryIO:
        query = sa.select(BLOB.c.content).where(BLOB.c.name == self._name(sha256))
        with self._database.reading(PROGRAM, needs=Right.READ) as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise MissingAttachment(sha256)
        sealed = io.BytesIO(bytes(found))
        return cast(BinaryIO, io.BufferedReader(UnsealedStream(sealed, self._content_key, sha256)))

    def exists(self, sha256: bytes) -> bool:
        query = sa.select(sa.literal(1)).where(BLOB.c.name == self._name(sha256))
        with self._database.reading(PROGRAM, needs=Right.READ) as connection:
            return connection.execute(query).scalar() is not None

    def size(self, sha256: bytes) -> int | None:
        length = sa.func.length(BLOB.c.content)
        query = sa.select(length).where(BLOB.c.name == self._name(sha256))
        with self._database.reading(PROGRAM, needs=Right.READ) as connection:
            found = connection.execute(query).scalar()
        return None if found is None else int(found)

    def sweep(
        self, referenced: Collection[bytes], now: Millis, older_than_days: int = SWEEP_AFTER_DAYS
    ) -> int:
        kept = [self._name(sha256) for sha256 in referenced]
        oldest = now - older_than_days * _DAY_MILLIS
        with self._database.unrecorded() as connection:
            gone = connection.execute(
                sa.delete(BLOB).where(BLOB.c.kept_at < oldest, BLOB.c.name.not_in(kept))
            )
        return gone.rowcount

    def _name(self, sha256: bytes) -> bytes:
        return hmac.digest(self._name_key, sha256, "sha256")
