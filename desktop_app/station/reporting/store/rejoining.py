"""Two logs become one: the street's entries are taken over, ours follow them in a new chain.

Everything here is part of one transaction; in between the log is not whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from desktop_app.core.chain import CHANGE_CHAIN, DELETE, PUT, WITHHELD, next_hash
from desktop_app.core.ids import Uid
from desktop_app.station.reporting.rules.meeting import Mark
from desktop_app.station.reporting.store.log import PIECE, Place
from desktop_app.station.reporting.tables import ADOPTED
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHAIN_HEAD, CHANGE

UNSAID_KIND = ""
"""The kind of an entry of which the street knows number and digest only."""

NOBODY = Uid(int=0)
NO_SALT = b""
"""What was taken over has no salt: nobody here could prove its content."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One entry of the street's copy of our log, with the chain's hash after it."""

    n: int
    kind: str
    uid: Uid
    op: str
    revision: int
    version: int
    at: int
    digest: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Left:
    """A record the street's log knows better than our table: `op` and `revision` of its last
    entry there, and the revision of the row here (None: there is none)."""

    uid: Uid
    op: str
    revision: int
    at: int
    here: int | None

    @property
    def gone(self) -> bool:
        return self.op == DELETE


def hold_log(connection: sa.Connection) -> None:
    """Let no other desk write to the log until the transaction ends."""
    connection.execute(sa.select(CHAIN_HEAD).with_for_update()).all()


def hashes_between(connection: sa.Connection, first: int, last: int) -> dict[int, bytes]:
    """Our own chain in a stretch."""
    query = sa.select(CHANGE.c.n, CHANGE.c.hash).where(CHANGE.c.n.between(first, last))
    return {row.n: bytes(row.hash) for row in connection.execute(query)}


def clear(connection: sa.Connection) -> None:
    """Forget the street's log; before and after 重新对账 there is none."""
    connection.execute(sa.delete(ADOPTED))


def keep(connection: sa.Connection, entries: Sequence[Adopted]) -> None:
    """Have a piece of the street's log at hand."""
    if entries:
        connection.execute(sa.insert(ADOPTED), [asdict(one) for one in entries])


def set_aside(connection: sa.Connection, after: int, by: int) -> None:
    """Move our own entries after a number out of the way, into numbers nobody has."""
    connection.execute(sa.update(CHANGE).where(CHANGE.c.n > after).values(n=CHANGE.c.n + by))


def take_over(connection: sa.Connection, aside: int) -> None:
    """Put the street's entries into the log.

    An entry that we have, too (the digest says so), comes back from `aside` with salt and content.
    """
    same = sa.select(ADOPTED.c.n, ADOPTED.c.hash, CHANGE.c.n.label("own")).where(
        CHANGE.c.n > aside, CHANGE.c.digest == ADOPTED.c.digest
    )
    pairs = [{"to": row.n, "head": row.hash, "own": row.own} for row in connection.execute(same)]
    if pairs:
        move = (
            sa.update(CHANGE)
            .where(CHANGE.c.n == sa.bindparam("own"))
            .values(n=sa.bindparam("to"), hash=sa.bindparam("head"))
        )
        connection.execute(move, pairs)
    named = [column.name for column in ADOPTED.c]
    there = sa.select(CHANGE.c.n)
    rest = sa.select(
        *(ADOPTED.c[name] if name != "op" else _logged_op() for name in named),
        sa.literal(NO_SALT, CHANGE.c.salt.type),
    ).where(ADOPTED.c.n.not_in(there))
    connection.execute(sa.insert(CHANGE).from_select([*named, "salt"], rest))


def _logged_op() -> sa.ColumnElement[str]:
    # What was withheld is a put in our own log.
    return sa.case((ADOPTED.c.op == WITHHELD, sa.literal(PUT)), else_=ADOPTED.c.op)


def known_to_both(connection: sa.Connection, aside: int) -> list[tuple[str, Uid]]:
    """Kind and uid of the records that the street changed, too, among ours that are set aside."""
    query = (
        sa.select(CHANGE.c.kind, CHANGE.c.uid)
        .where(
            CHANGE.c.n > aside,
            CHANGE.c.kind != UNSAID_KIND,
            sa.exists().where(ADOPTED.c.uid == CHANGE.c.uid),
        )
        .distinct()
        .order_by(CHANGE.c.kind, CHANGE.c.uid)
    )
    return [(row.kind, row.uid) for row in connection.execute(query)]


def our_marks(connection: sa.Connection, uid: Uid, aside: int) -> dict[int, Mark]:
    """What we wrote of a record and the street has not, by the number it has aside."""
    query = sa.select(CHANGE).where(CHANGE.c.uid == uid, CHANGE.c.n > aside).order_by(CHANGE.c.n)
    return {row.n: Mark(row.revision, row.at, row.op) for row in connection.execute(query)}


def their_marks(connection: sa.Connection, uid: Uid, without: Collection[bytes]) -> list[Mark]:
    """What the street has of a record, in the order of its log."""
    query = sa.select(ADOPTED).where(ADOPTED.c.uid == uid).order_by(ADOPTED.c.n)
    return [
        Mark(row.revision, row.at, PUT if row.op == WITHHELD else row.op)
        for row in connection.execute(query)
        if bytes(row.digest) not in without
    ]


def shared_digests(connection: sa.Connection, uid: Uid, upto: int) -> set[bytes]:
    """The digests of a record's entries that are ours as well as the street's."""
    query = sa.select(CHANGE.c.digest).where(
        CHANGE.c.uid == uid, CHANGE.c.n <= upto, CHANGE.c.salt != NO_SALT
    )
    return {bytes(one) for one in connection.execute(query).scalars()}


def last_revision(connection: sa.Connection, uid: Uid) -> int:
    """The revision the street's log has last of a record."""
    query = sa.select(sa.func.max(ADOPTED.c.revision)).where(ADOPTED.c.uid == uid)
    return int(connection.execute(query).scalar() or 0)


def drop(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Take entries out of what is set aside: they are in the log already, or give way."""
    for n in numbers:
        connection.execute(sa.delete(CHANGE).where(CHANGE.c.n == n))


def count_born(connection: sa.Connection, aside: int) -> set[Uid]:
    """The records that came into being in what is set aside."""
    query = sa.select(CHANGE.c.uid).where(CHANGE.c.n > aside, CHANGE.c.revision == 1)
    return set(connection.execute(query).scalars())


def append_aside(connection: sa.Connection, aside: int, end: Place) -> Place:
    """Chain what is set aside behind `end`, entry by entry as it was; answers the new head."""
    query = sa.select(CHANGE.c.n, CHANGE.c.digest).where(CHANGE.c.n > sa.bindparam("last"))
    query = query.order_by(CHANGE.c.n).limit(PIECE)
    move = (
        sa.update(CHANGE)
        .where(CHANGE.c.n == sa.bindparam("own"))
        .values(n=sa.bindparam("to"), hash=sa.bindparam("head"))
    )
    last = aside
    while found := connection.execute(query, {"last": last}).all():
        moves = []
        for row in found:
            end = Place(end.n + 1, next_hash(end.hash, end.n + 1, bytes(row.digest)))
            moves.append({"own": row.n, "to": end.n, "head": end.hash})
        last = found[-1].n
        connection.execute(move, moves)
    connection.execute(
        sa.update(CHAIN_HEAD)
        .where(CHAIN_HEAD.c.name == CHANGE_CHAIN)
        .values(n=end.n, hash=end.hash)
    )
    return end


def deleted_there(connection: sa.Connection, uids: Collection[Uid]) -> set[Uid]:
    """Which of these the street's log has a tombstone of."""
    query = sa.select(ADOPTED.c.uid).where(ADOPTED.c.uid.in_(uids), ADOPTED.c.op == DELETE)
    return set(connection.execute(query).scalars())


def born_at(connection: sa.Connection, uids: Collection[Uid]) -> dict[Uid, int]:
    """When these records came into being, as far as the street's entries say."""
    query = (
        sa.select(ADOPTED.c.uid, sa.func.min(ADOPTED.c.at))
        .where(ADOPTED.c.uid.in_(uids))
        .group_by(ADOPTED.c.uid)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def left_over(connection: sa.Connection, shelf: Shelf[Any]) -> Iterator[Left]:
    """The records of a kind that are still behind the street's log when its rows are in."""
    later = ADOPTED.alias("later")
    row = shelf.table
    query = (
        sa.select(
            ADOPTED.c.uid, ADOPTED.c.op, ADOPTED.c.revision, ADOPTED.c.at,
            row.c.revision.label("here"),
        )
        .select_from(ADOPTED.outerjoin(row, row.c.uid == ADOPTED.c.uid))
        .where(
            ADOPTED.c.kind == shelf.kind.name,
            ~sa.exists().where(later.c.uid == ADOPTED.c.uid, later.c.n > ADOPTED.c.n),
            sa.or_(row.c.revision.is_(None), row.c.revision < ADOPTED.c.revision),
        )
        .order_by(ADOPTED.c.n)
    )  # fmt: skip
    for one in connection.execute(query).all():
        yield Left(one.uid, one.op, one.revision, one.at, one.here)


def set_revision(connection: sa.Connection, shelf: Shelf[Any], uid: Uid, revision: int) -> None:
    """Say of a row that it stands at a revision, without changing what it says."""
    table = shelf.table
    connection.execute(sa.update(table).where(table.c.uid == uid).values(revision=revision))


def forget_payloads(connection: sa.Connection, uid: Uid) -> None:
    """Take the contents of an erased record out of the log; digests and chain stay."""
    connection.execute(sa.update(CHANGE).where(CHANGE.c.uid == uid).values(payload=None))


def unique_columns(shelf: Shelf[Any]) -> list[str]:
    """The columns of which no two rows may have the same value."""
    return sorted(
        index.columns[0].name
        for index in shelf.table.indexes
        if index.unique and len(index.columns) == 1
    )


def holders(
    connection: sa.Connection, shelf: Shelf[Any], column: str, values: Collection[Any]
) -> Mapping[Any, Uid]:
    """Which row has each of these values now."""
    wanted = shelf.table.c[column]
    query = sa.select(wanted, shelf.table.c.uid).where(wanted.in_(values))
    return {row[0]: row[1] for row in connection.execute(query)}


def beginning_with(
    connection: sa.Connection, shelf: Shelf[Any], column: str, text: str
) -> set[str]:
    """The values of a column that begin so."""
    wanted = shelf.table.c[column]
    query = sa.select(wanted).where(wanted >= text, wanted < text + "\U0010ffff")
    return set(connection.execute(query).scalars())
