"""The change log as a bundle needs it: a stretch of it, kind by kind, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desktop_app.core.chain import CHANGE_CHAIN, GENESIS
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.tally import Tally
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHAIN_HEAD, CHANGE

PIECE = 500
"""Rows that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the chain: the number of a change, and the hash after it."""

    n: int
    hash: bytes


START = Place(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log. `last`: no later one of the same record; `payload` is None for one
    that was erased, tidied away or taken over from the street."""

    n: int
    uid: Uid
    op: str
    revision: int
    version: int
    at: Millis
    digest: bytes
    last: bool
    payload: str | None


def hold_still(connection: sa.Connection) -> None:
    """Let every question of this reading be answered from one moment. To be asked first.

    SQLite does so anyway; PostgreSQL would answer each question anew.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def head(connection: sa.Connection) -> Place:
    """The end of the log."""
    row = connection.execute(sa.select(CHAIN_HEAD).where(CHAIN_HEAD.c.name == CHANGE_CHAIN)).one()
    return Place(row.n, bytes(row.hash))


def place_at(connection: sa.Connection, n: int) -> Place | None:
    """The place of that number; None when the log does not reach it."""
    if n == 0:
        return START
    found = connection.execute(sa.select(CHANGE.c.hash).where(CHANGE.c.n == n)).scalar()
    return None if found is None else Place(n, bytes(found))


def kinds_between(connection: sa.Connection, first: int, last: int) -> frozenset[str]:
    """The kinds that have an entry in a stretch of the log."""
    query = sa.select(CHANGE.c.kind).where(_between(first, last)).distinct()
    return frozenset(connection.execute(query).scalars())


def entries(
    connection: sa.Connection, kind: str, first: int, last: int, *, only_last: bool = False
) -> Iterator[Entry]:
    """The entries of one kind in a stretch of the log that ends where the log does.

    `only_last` leaves out those that a later entry of their record supersedes.
    """
    superseded = _superseded()
    query = sa.select(
        CHANGE.c.n,
        CHANGE.c.uid,
        CHANGE.c.op,
        CHANGE.c.revision,
        CHANGE.c.version,
        CHANGE.c.at,
        CHANGE.c.digest,
        (~superseded).label("last"),
        # What is superseded is not sent, so it need not be unpacked.
        sa.case((superseded, None), else_=CHANGE.c.payload).label("payload"),
    ).where(_between(first, last), CHANGE.c.kind == kind)
    if only_last:
        query = query.where(~superseded)
    for row in _streamed(connection, query.order_by(CHANGE.c.n)):
        n, uid, op, revision, version, at, digest, is_last, payload = row
        yield Entry(n, uid, op, revision, version, at, bytes(digest), bool(is_last), payload)


def digests(
    connection: sa.Connection, without: Sequence[str], first: int, last: int
) -> Iterator[tuple[int, bytes]]:
    """Number and digest of every entry of a stretch whose kind is none of these."""
    query = sa.select(CHANGE.c.n, CHANGE.c.digest).where(
        _between(first, last), CHANGE.c.kind.not_in(without)
    )
    for row in _streamed(connection, query.order_by(CHANGE.c.n)):
        yield row.n, bytes(row.digest)


def tallied(
    connection: sa.Connection, tallies: dict[str, Tally], kinds: Sequence[str], place: int, to: int
) -> dict[str, Tally]:
    """The tallies of these kinds at `to`, from those at `place`."""
    found = {kind: tallies.get(kind, Tally()) for kind in kinds}
    query = sa.select(
        CHANGE.c.n, CHANGE.c.kind, CHANGE.c.op, CHANGE.c.revision, CHANGE.c.digest
    ).where(_between(place + 1, to), CHANGE.c.kind.in_(kinds))
    for n, kind, op, revision, digest in _streamed(connection, query.order_by(CHANGE.c.n)):
        found[kind] = found[kind].counting(n, op, revision, bytes(digest))
    return found


def record_now(connection: sa.Connection, shelf: Shelf[Any], uid: Uid) -> dict[str, Any] | None:
    """The plain form of a record as its row has it, for an entry without a payload."""
    value = shelf.get(connection, uid)
    return None if value is None or value.deleted else shelf.kind.to_plain(value)


def drop_payloads(connection: sa.Connection, after: int, upto: int) -> int:
    """Drop the payloads that the entries of a stretch supersede; answers how many there were."""
    later = CHANGE.alias("later")
    stretch = sa.select(later.c.uid).where(later.c.n > after, later.c.n <= upto)
    statement = (
        sa.update(CHANGE)
        .where(
            CHANGE.c.uid.in_(stretch),
            CHANGE.c.payload.is_not(None),
            sa.exists().where(
                later.c.uid == CHANGE.c.uid, later.c.n > CHANGE.c.n, later.c.n <= upto
            ),
        )
        .values(payload=None)
    )
    return connection.execute(statement).rowcount


def _between(first: int, last: int) -> sa.ColumnElement[bool]:
    return CHANGE.c.n.between(first, last)


def _superseded() -> sa.ColumnElement[bool]:
    later = CHANGE.alias("later")
    return sa.exists().where(later.c.uid == CHANGE.c.uid, later.c.n > CHANGE.c.n)


def _streamed(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Any]:
    # An option of the statement: of the connection it would stay for everything after.
    return iter(connection.execute(query.execution_options(yield_per=PIECE)))
