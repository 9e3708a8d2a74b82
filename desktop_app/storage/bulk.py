"""Writes records by the thousand in one transaction: rows, change log, audit, both chains.

For work that makes or changes many records at once: demo data, a sheet, a merged bundle. What one
deed at the counter writes is for `session`; what stands in the file afterwards is the same.
Records are spelled, hashed and packed before the transaction begins, so that whoever waits for the
writer waits for writing only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

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
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.mould import Mould
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import Bound, RowWriter
from desktop_app.storage.session import Database
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import AUDIT, CHAIN_HEAD, CHANGE

R = TypeVar("R", bound=Record)

Step = Callable[[sa.Connection], object]
"""Some writing that takes no longer than anybody minds to wait."""

_HEADS = sa.select(CHAIN_HEAD).order_by(CHAIN_HEAD.c.name).with_for_update()
_MOVE_HEAD = Prepared(
    sa.update(CHAIN_HEAD)
    .where(CHAIN_HEAD.c.name == sa.bindparam("chain"))
    .values(n=sa.bindparam("last"), hash=sa.bindparam("head"))
)
_CHANGES = RowWriter(CHANGE)
_DEEDS = RowWriter(AUDIT)
_N, _DIGEST, _HASH = (list(CHANGE.c.keys()).index(name) for name in ("n", "digest", "hash"))


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


class Bulk:
    """Many records and what goes with them, made ready to be written in one transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._sheets: dict[str, _Sheet] = {}
        self._changes: list[list[Any]] = []
        self._converts = tuple(_CHANGES.converts(dialect).items())
        self._deeds: list[dict[str, Any]] = []
        self._cast: dict[str, tuple[RowWriter, list[Bound]]] = {}
        self._beside: list[Step] = []

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
        self._change(kind, saved.uid, saved.revision, at, kind.to_text(saved))
        return saved

    def cast(self, mould: Mould[Any], values: Mapping[str, Any], at: Millis) -> None:
        """Save a new record of a mould; `values` are its varying fields and its `uid`.

        As with `put`, what a subclass of `Shelf` keeps beside the row is the caller's matter. It
        cannot move on in the same transaction.
        """
        kind = mould.shelf.kind
        _, rows = self._cast.setdefault(kind.name, (mould.writer, []))
        rows.append(mould.row(self._dialect, values, at))
        self._change(kind, values["uid"], 1, at, mould.text(values))

    def _change(
        self, kind: RecordKind[Any], uid: Uid, revision: int, at: Millis, payload: str
    ) -> None:
        salt = random_bytes(SALT_BYTES)
        text = change_text(
            kind=kind.name,
            uid=uid.hex,
            op=PUT,
            revision=revision,
            version=kind.version,
            at=at,
            payload=payload,
        )
        digest = digest_of(salt, text)
        # In the order of the table's columns. The number and the hash are known when the
        # transaction has begun.
        row = [
            0, kind.name, uid, PUT, revision, kind.version, at, salt, digest, b"", payload
        ]  # fmt: skip
        for place, convert in self._converts:
            row[place] = convert(row[place])
        self._changes.append(row)

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

    def beside(self, write: Step) -> None:
        """Have something else written in the same transaction, after the records."""
        self._beside.append(write)

    def write(self, connection: sa.Connection) -> None:
        """Write everything that waits, once. Raises `Conflict` where `put` says."""
        heads = {row.name: (row.n, bytes(row.hash)) for row in connection.execute(_HEADS)}
        for sheet in self._sheets.values():
            sheet.write(connection)
        for writer, rows in self._cast.values():
            writer.write_bound(connection, rows)
        moved = {
            CHANGE_CHAIN: self._write_changes(connection, *heads[CHANGE_CHAIN]),
            AUDIT_CHAIN: self._write_deeds(connection, *heads[AUDIT_CHAIN]),
        }
        _MOVE_HEAD.run_many(
            connection,
            [{"chain": name, "last": n, "head": head} for name, (n, head) in moved.items()],
        )
        for write in self._beside:
            write(connection)

    def _write_changes(self, connection: sa.Connection, n: int, head: bytes) -> tuple[int, bytes]:
        rows = []
        for row in self._changes:
            n += 1
            head = next_hash(head, n, row[_DIGEST])
            row[_N], row[_HASH] = n, head
            rows.append(tuple(row))
        _CHANGES.write_bound(connection, rows)
        return n, head

    def _write_deeds(self, connection: sa.Connection, n: int, head: bytes) -> tuple[int, bytes]:
        for row in self._deeds:
            n += 1
            head = next_hash(head, n, audit_digest(row))
            row.update(n=n, hash=head)
        _DEEDS.write(connection, self._deeds)
        return n, head


@contextmanager
def bulk_unit(database: Database, actor: Actor, *, needs: Right) -> Iterator[Bulk]:
    """Many records in one transaction: it begins when the block ends without an error."""
    actor.require(needs)
    bulk = Bulk(database.binds_by)
    yield bulk
    with database.unrecorded() as connection:
        bulk.write(connection)


_LONGEST_MS = 200
"""Another process, which nobody sees waiting, waits no longer."""


def write_giving_way(
    database: Database,
    actor: Actor,
    steps: Iterable[Step],
    *,
    needs: Right,
    between: Callable[[], None],
) -> None:
    """Take short steps of long work, in one transaction as many as nobody waits for.

    Each commit costs as much as some hundred rows, because every index gets its pages sealed and
    synced again. `between` lets others have their turn when a transaction has ended; what it
    raises ends the work, with the steps before wholly taken and the others not at all.
    """
    actor.require(needs)
    rest = iter(steps)
    step = next(rest, None)
    while step is not None:
        with database.unrecorded() as connection:
            begun = database.clock.now()
            while step is not None:
                step(connection)
                step = next(rest, None)
                if database.is_wanted or database.clock.now() - begun > _LONGEST_MS:
                    break
        between()


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
