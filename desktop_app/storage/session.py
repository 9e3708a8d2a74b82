"""One use case = one function = one transaction: the unit of work, and the reading beside it.

This is the only module that commits. In the same transaction as each change stand its audit entry
and its entry in the change log, both numbered without a hole and hash-chained. Rights are checked
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

from desktop_app.core.chain import (
    AUDIT_CHAIN,
    CHANGE_CHAIN,
    SALT_BYTES,
    audit_digest,
    change_text,
    digest_of,
    next_hash,
)
from desktop_app.core.clock import Clock, Millis, Zone
from desktop_app.core.codec import Plain, canonical
from desktop_app.core.ids import Uid, UidFactory, random_bytes
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.faults import told_in_words
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.tables import AUDIT, CHAIN_HEAD, CHANGE, META
from desktop_app.storage.turn import Turn


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What a database says of itself. `desk` is the letter in paper numbers; a restore gives the
    next letter and a new `lineage`, because the old PC already printed the next numbers."""

    code: str
    name: str
    edition: str
    desk: str
    lineage: str

    @property
    def is_street(self) -> bool:
        """Whether this is a street's database, whose visits and activities belong to stations."""
        return self.edition == "street"


def read_facts(connection: sa.Connection) -> StationFacts:
    """What a database says of itself."""
    meta = {row.name: row.value for row in connection.execute(sa.select(META))}
    return StationFacts(**{name: meta[name] for name in StationFacts.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A change waiting for its number."""

    kind: str
    uid: Uid
    op: str
    revision: int
    version: int
    fields: dict[str, Plain]


@dataclass
class Unit:
    """A unit of work under way: the open transaction and what it will say of itself."""

    connection: sa.Connection
    actor: Actor
    label: str
    now: Millis
    station: StationFacts
    zone: Zone
    new_uid: UidFactory
    subject: str = ""
    detail: str = ""
    told: bool = True
    changes: list[PendingChange] = field(default_factory=list)

    def about(self, subject: str, detail: str = "") -> None:
        """Name what the audit entry is about: a record's number, never a resident."""
        self.subject = subject
        self.detail = detail

    def log(self, change: PendingChange) -> None:
        """Have a change written to the change log when the unit ends."""
        self.changes.append(change)


FollowUp = Callable[["Desk", Unit, Sequence[Uid]], Sequence[str]]
"""What else must change with these records, as part of the same unit of work.

Takes the seat, the unit under way and the uids that were saved; answers what it did, in words that
name no resident. It raises what a service would, and then nothing of the unit is kept. It must
come to rest: called again with nothing left to do, it changes nothing.
"""

_MOST_ROUNDS = 8
"""What follows may have something that follows; this often only when two never agree."""


class Database:
    """The open database of one home: one writer, several readers.

    `snapshot(path)` writes a checked copy of the whole database for a backup, while others work;
    `verify()` raises when the file itself is damaged (a server looks after its own).
    """

    def __init__(
        self,
        writer: sa.Engine,
        reader: sa.Engine,
        *,
        clock: Clock,
        station: StationFacts,
        zone: Zone,
        snapshot: Callable[[Path], None],
        verify: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._turn = Turn()
        self.clock = clock
        self.station = station
        self.zone = zone
        self.new_uid = UidFactory(clock)
        self.snapshot = snapshot
        self.verify = verify
        self._seen = 0
        self._blobs: BlobStore | None = None
        self._follow_ups: Callable[[str], Sequence[FollowUp]] = lambda _kind: ()

    @property
    def blobs(self) -> BlobStore:
        """Where the attachments of its records lie."""
        if self._blobs is None:
            raise RuntimeError("opened without its home: nobody said where attachments lie")
        return self._blobs

    def keep_attachments_in(self, blobs: BlobStore) -> None:
        """Say where attachments lie; whoever opens a home does so, once."""
        self._blobs = blobs

    def have_follow(self, follow_ups: Callable[[str], Sequence[FollowUp]]) -> None:
        """Say what follows of a change, by the kind's name; whoever opens a home does so, once.

        Ledgers do not know each other. What a change of one means for another is a use case above
        both (`catalog.FOLLOW_UPS`), and belongs to the same transaction whoever made the change.
        """
        self._follow_ups = follow_ups

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def binds_by(self) -> Dialect:
        """How values are bound here: on a server it carries the station's column cipher."""
        return self._writer.dialect

    @property
    def is_wanted(self) -> bool:
        """Whether somebody else waits for the writer, as far as can be told: on a server always."""
        return self._turn.is_wanted or self.dialect != "sqlite"

    @contextmanager
    def unit_of_work(
        self, label: str, actor: Actor, *, needs: Right, told: bool = True
    ) -> Iterator[Unit]:
        """One transaction with a name in words. It commits when the block ends without an error.

        Not `told`, it is a part of something longer that is told in one audit entry of its own.
        """
        actor.require(needs)
        with (
            self._turn,
            told_in_words(),
            self._writer.connect() as connection,
            connection.begin(),
        ):
            unit = Unit(
                connection=connection,
                actor=actor,
                label=label,
                now=self.clock.now(),
                station=self.station,
                zone=self.zone,
                new_uid=self.new_uid,
                told=told,
            )
            yield unit
            self._follow(unit)
            n = _close_unit(unit)
            if n == self._seen + 1:
                self._seen = n

    def _follow(self, unit: Unit) -> None:
        """Do what follows of the unit's changes, and of those in turn, until nothing does."""
        subject, detail, said, done = unit.subject, unit.detail, list[str](), 0
        seat = Desk(self, unit.actor)
        for _ in range(_MOST_ROUNDS):
            fresh, done = unit.changes[done:], len(unit.changes)
            if not fresh:
                break
            uids: dict[str, dict[Uid, None]] = {}
            for change in fresh:
                uids.setdefault(change.kind, {})[change.uid] = None
            for kind, changed in uids.items():
                for follow in self._follow_ups(kind):
                    said += follow(seat, unit, tuple(changed))
        else:
            raise RuntimeError(f"what follows of “{unit.label}” never comes to rest")
        unit.about(subject, "；".join(filter(None, (detail, *dict.fromkeys(said)))))

    @contextmanager
    def unrecorded(self) -> Iterator[sa.Connection]:
        """A short write that is no record and no one's deed: drafts, derived search keys."""
        with (
            self._turn,
            told_in_words(),
            self._writer.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def reading(self, actor: Actor, *, needs: Right) -> Iterator[sa.Connection]:
        """A consistent view for reading; never waits for a writer."""
        actor.require(needs)
        with told_in_words(), self._reader.connect() as connection, connection.begin():
            yield connection

    def renew_facts(self) -> None:
        """Read anew what the database says of itself, after its line of descent has changed."""
        with told_in_words(), self._reader.connect() as connection, connection.begin():
            self.station = read_facts(connection)

    def others_wrote(self) -> bool:
        """Whether somebody else (another desk, the command line) has written since the last asking.

        Every unit of work leaves an audit entry, so a number that is not ours tells.
        """
        with told_in_words(), self._reader.connect() as connection, connection.begin():
            query = sa.select(sa.func.coalesce(sa.func.max(AUDIT.c.n), 0))
            last = int(connection.execute(query).scalar_one())
        with self._turn:
            known, self._seen = self._seen, max(last, self._seen)
            return last > known

    def close(self) -> None:
        """Let go of every connection; the file's WAL is folded in by the last one."""
        self._reader.dispose()
        self._writer.dispose()


@dataclass(frozen=True)
class Desk:
    """A seat at the counter: the open database and who sits there. Every service takes one."""

    database: Database
    actor: Actor

    def unit_of_work(
        self, label: str, *, needs: Right, told: bool = True
    ) -> AbstractContextManager[Unit]:
        return self.database.unit_of_work(label, self.actor, needs=needs, told=told)

    def reading(self, *, needs: Right) -> AbstractContextManager[sa.Connection]:
        return self.database.reading(self.actor, needs=needs)

    @property
    def today(self) -> date:
        """The business date at the station."""
        return self.database.zone.day(self.database.clock.now())


def _close_unit(unit: Unit) -> int:
    """Number and chain what the unit did; answers the number of the last audit entry."""
    heads = _heads(unit.connection)
    if unit.changes:
        heads[CHANGE_CHAIN] = _write_changes(unit, *heads[CHANGE_CHAIN])
    if unit.told:
        heads[AUDIT_CHAIN] = _write_audit(unit, *heads[AUDIT_CHAIN])
    _MOVE_HEAD.run_many(
        unit.connection,
        [{"chain": name, "last": n, "head": head} for name, (n, head) in heads.items()],
    )
    return heads[AUDIT_CHAIN][0]


# Locking the heads serialises the desks of a hall on PostgreSQL: a sequence would give numbers in
# another order than the commits (68 of 600 rows were missed in a measurement).
_HEADS = Prepared(sa.select(CHAIN_HEAD).order_by(CHAIN_HEAD.c.name).with_for_update())
_MOVE_HEAD = Prepared(
    sa.update(CHAIN_HEAD)
    .where(CHAIN_HEAD.c.name == sa.bindparam("chain"))
    .values(n=sa.bindparam("last"), hash=sa.bindparam("head"))
)
_ADD_CHANGE = Prepared(sa.insert(CHANGE))
_ADD_AUDIT = Prepared(sa.insert(AUDIT))


def _heads(connection: sa.Connection) -> dict[str, tuple[int, bytes]]:
    return {row.name: (row.n, bytes(row.hash)) for row in _HEADS.run(connection, {})}


def _write_changes(unit: Unit, n: int, head: bytes) -> tuple[int, bytes]:
    rows = []
    for change in unit.changes:
        n += 1
        salt = random_bytes(SALT_BYTES)
        payload = canonical(change.fields)
        digest = digest_of(salt, _content(change, unit.now, payload))
        head = next_hash(head, n, digest)
        rows.append(
            {
                "n": n,
                "kind": change.kind,
                "uid": change.uid,
                "op": change.op,
                "revision": change.revision,
                "version": change.version,
                "at": unit.now,
                "salt": salt,
                "digest": digest,
                "hash": head,
                "payload": payload,
            }
        )
    _ADD_CHANGE.run_many(unit.connection, rows)
    return n, head


def _content(change: PendingChange, at: Millis, payload: str) -> str:
    """What the digest of a change is taken over; the fields are not spelled a second time."""
    return change_text(
        kind=change.kind,
        uid=change.uid.hex,
        op=change.op,
        revision=change.revision,
        version=change.version,
        at=at,
        payload=payload,
    )


def _write_audit(unit: Unit, n: int, head: bytes) -> tuple[int, bytes]:
    n += 1
    entry: dict[str, Any] = {
        "at": unit.now,
        "actor": unit.actor.uid.hex if unit.actor.uid else None,
        "actor_name": unit.actor.name,
        "action": unit.label,
        "subject": unit.subject,
        "detail": unit.detail,
    }
    head = next_hash(head, n, audit_digest(entry))
    _ADD_AUDIT.run(unit.connection, {**entry, "actor": unit.actor.uid, "n": n, "hash": head})
    return n, head
