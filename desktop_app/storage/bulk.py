"""Writes records by the thousand in one transaction: rows, change log, audit, both chains.

For work that makes or changes many records at once: demo data, a sheet, a merged bundle. What one
deed at the counter writes is for `session`; what stands in the file afterwards is the same. One
`BulkUnit` is one transaction: who works beside others keeps it to some dozen records, who has the
home alone may take thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.chain import (
    AUDIT_CHAIN,
    CHANGE_CHAIN,
    PUT,
    SALT_BYTES,
    audit_digest,
    change_text,
    digest_of,
    next_hash,
)
from desktop_app.core.clock import Millis
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid, random_bytes
from desktop_app.core.record import Record
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.mould import Mould
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import Bound, RowWriter
from desktop_app.storage.session import Database
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import AUDIT, CHAIN_HEAD, CHANGE

R = TypeVar("R", bound=Record)

_HEADS = sa.select(CHAIN_HEAD).order_by(CHAIN_HEAD.c.name).with_for_update()
_MOVE_HEAD = Prepared(
    sa.update(CHAIN_HEAD)
    .where(CHAIN_HEAD.c.name == sa.bindparam("chain"))
    .values(n=sa.bindparam("last"), hash=sa.bindparam("head"))
)
_CHANGES = RowWriter(CHANGE)
_DEEDS = RowWriter(AUDIT)


@dataclass
class _Sheet:
    """The rows of one shelf that wait: new ones, and known ones with the revision last seen.

    A record that moves on before the end is written once, as it is then; the change log has every
    revision all the same.
    """

    shelf: Shelf[Any]
    new: dict[Uid, Record] = field(default_factory=dict)
    known: dict[Uid, tuple[int, Record]] = field(default_factory=dict)

    def take(self, before: Record, saved: Record) -> None:
        uid, read = before.uid, before.revision
        waiting = self.new.get(uid)
        if waiting is None and read:
            first, moved = self.known.get(uid, (read, before))
            self._check(moved, read)
            self.known[uid] = (first, saved)
        else:
            self._check(waiting or before, read)
            self.new[uid] = saved

    def _check(self, moved: Record, read: int) -> None:
        if moved.revision != read:
            raise Conflict(self.shelf.kind.label)

    def write(self, connection: sa.Connection) -> None:
        self.shelf.add(connection, self.new.values())
        if self.shelf.move_on(connection, self.known.values()) != len(self.known):
            raise Conflict(self.shelf.kind.label)


class BulkUnit:
    """One transaction of many records. Nothing is written before its end."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._sheets: dict[str, _Sheet] = {}
        self._changes: list[dict[str, Any]] = []
        self._deeds: list[dict[str, Any]] = []
        self._cast: dict[str, tuple[RowWriter, list[Bound]]] = {}

    @property
    def waiting(self) -> int:
        """How many changes and deeds are to be written: when to begin another transaction."""
        return len(self._changes) + len(self._deeds)

    def put(self, shelf: Shelf[R], value: R, at: Millis) -> R:
        """Save a new record or the next revision of a known one; answers it as saved.

        Columns and tables that a subclass of `Shelf` keeps beside the row are the caller's matter,
        `derived` columns excepted. Raises `Conflict` (for a record that is in the database already:
        at the end) when somebody saved another revision since `value` was read.
        """
        saved = value.saved_at(at)
        kind = shelf.kind
        sheet = self._sheets.get(kind.name)
        if sheet is None:
            sheet = self._sheets[kind.name] = _Sheet(shelf)
        sheet.take(value, saved)
        self._changes.append(
            {
                "kind": kind.name,
                "uid": saved.uid,
                "op": PUT,
                "revision": saved.revision,
                "version": kind.version,
                "at": at,
                "payload": kind.to_text(saved),
            }
        )
        return saved

    def cast(self, mould: Mould[Any], values: Mapping[str, Any], at: Millis) -> None:
        """Save a new record of a mould; `values` are its varying fields and its `uid`.

        As with `put`, what a subclass of `Shelf` keeps beside the row is the caller's matter. It
        cannot move on in the same transaction.
        """
        kind = mould.shelf.kind
        whole = {**values, "created_at": at, "changed_at": at}
        _, rows = self._cast.setdefault(kind.name, (mould.writer, []))
        rows.append(mould.row(self.connection.dialect, whole))
        self._changes.append(
            {
                "kind": kind.name,
                "uid": values["uid"],
                "op": PUT,
                "revision": 1,
                "version": kind.version,
                "at": at,
                "payload": mould.text(values),
            }
        )

    def deed(
        self, at: Millis, actor: Actor, action: str, subject: str = "", detail: str = ""
    ) -> None:
        """One audit entry; `subject` is a record's number, never a resident."""
        self._deeds.append(
            {
                "at": at,
                "actor": actor.uid,
                "actor_name": actor.name,
                "action": action,
                "subject": subject,
                "detail": detail,
            }
        )

    def write(self) -> None:
        """Write everything that waits; called once, by `bulk_unit`."""
        heads = {row.name: (row.n, bytes(row.hash)) for row in self.connection.execute(_HEADS)}
        for sheet in self._sheets.values():
            sheet.write(self.connection)
        for writer, rows in self._cast.values():
            writer.write_bound(self.connection, rows)
        moved = {
            CHANGE_CHAIN: self._write_changes(*heads[CHANGE_CHAIN]),
            AUDIT_CHAIN: self._write_deeds(*heads[AUDIT_CHAIN]),
        }
        _MOVE_HEAD.run_many(
            self.connection,
            [{"chain": name, "last": n, "head": head} for name, (n, head) in moved.items()],
        )

    def _write_changes(self, n: int, head: bytes) -> tuple[int, bytes]:
        salts = random_bytes(SALT_BYTES * len(self._changes))
        for place, row in enumerate(self._changes):
            n += 1
            salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
            text = change_text(
                kind=row["kind"],
                uid=row["uid"].hex,
                op=row["op"],
                revision=row["revision"],
                version=row["version"],
                at=row["at"],
                payload=row["payload"],
            )
            digest = digest_of(salt, text)
            head = next_hash(head, n, digest)
            row.update(n=n, salt=salt, digest=digest, hash=head)
        _CHANGES.write(self.connection, self._changes)
        return n, head

    def _write_deeds(self, n: int, head: bytes) -> tuple[int, bytes]:
        for row in self._deeds:
            n += 1
            head = next_hash(head, n, audit_digest(row))
            row.update(n=n, hash=head)
        _DEEDS.write(self.connection, self._deeds)
        return n, head


@contextmanager
def bulk_unit(database: Database, actor: Actor, *, needs: Right) -> Iterator[BulkUnit]:
    """One transaction for many records; it commits when the block ends without an error."""
    actor.require(needs)
    with database.unrecorded() as connection:
        bulk = BulkUnit(connection)
        yield bulk
        bulk.write()


_FILLING_CACHE_KIB = 256_000
"""Room for all visits of a busy hall: each of their indexes reads them once more at the end."""
_USUAL_CHECKPOINT_PAGES = 1_000
"""SQLite's own."""


@contextmanager
def bare_tables(database: Database, tables: Sequence[sa.Table]) -> Iterator[None]:
    """Leave out the indexes of these tables while a new database is filled; made at the end.

    A tenth of the work where rows come by the hundred thousand. Only for a database that is
    nobody's yet: nothing mends it when the program dies in between.
    """
    indexes = [index for one in tables for index in sorted(one.indexes, key=_name)]
    with database.unrecorded() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_FILLING_CACHE_KIB}")
            # Pages that are written again and again go to the file once, at the end.
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")
        for index in indexes:
            index.drop(connection)
    yield
    with database.unrecorded() as connection:
        for index in indexes:
            index.create(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_USUAL_CHECKPOINT_PAGES}")


def _name(index: sa.Index) -> str:
    return str(index.name)
