"""Rows that stations send, in the ledgers' own tables. Never commits.

Knows no ledger: what a kind of record is, and in which table its rows lie, says its shelf.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desktop_app.core.arriving import Reader
from desktop_app.core.books import Dated
from desktop_app.core.clock import Millis
from desktop_app.core.codec import encode
from desktop_app.core.fields import FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.storage.base import UidType
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import Bound, Refusal, RowWriter
from desktop_app.storage.shelf import Shelf
from desktop_app.street.inbox.tables import RECEIVED
from desktop_app.street.overview.store import months_of

Connection = sa.Connection

UNSENT = "未上报-"
"""What stands in a column that must be a row's own (档案号) where that was not let through."""


_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What the street has of a record: whose it is, which revision, and whether it was deleted."""

    station: str
    revision: int
    deleted: bool


class Kept:
    """The rows of one kind, whichever station they are of. `follows`: something beside them does,
    for which the records themselves are needed."""

    def __init__(self, shelf: Shelf[Any], dated: Dated | None = None) -> None:
        self.shelf = shelf
        self.kind = shelf.kind
        self.reader: Reader[Any] = Reader(shelf.kind)
        self.table = shelf.table
        self._writer = RowWriter(
            self.table, key=("uid",), keep=("created_at", "station"), guard="station"
        )
        self._choices = [one.name for one in self.kind.fields if one.kind is FieldKind.CHOICE]
        self._own = own_columns(self.table)
        names = [column.name for column in self.table.c]
        self._days = (
            None if dated is None or dated.through else [names.index(name) for name in dated.days]
        )
        self._is_dated = dated is not None
        self._known = sa.select(
            *(self.table.c[name] for name in ("uid", "station", "revision", "deleted_at"))
        )
        self._said_of_erased = self._row(self.reader.blank(), self._own)
        self.follows = type(shelf).arrived is not Shelf.arrived
        self._erase = Prepared(_erasing(self.table, {"uid", "station", "created_at", *self._own}))

    def bound(self, dialect: Any, value: Record, came: Collection[str]) -> Bound:
        """A record as its row, ready for the database; `came` are the fields that were sent."""
        return self._writer.bound(dialect, self._row(value, came))

    def _row(self, value: Record, came: Collection[str]) -> dict[str, Any]:
        row = {**self.shelf.row(value), **self.shelf.derived(value)}
        for name in self._choices:
            row[name] = encode(row[name])
        for name, is_uid in self._own.items():
            if name not in came:
                row[name] = value.uid if is_uid else f"{UNSENT}{value.uid.hex}"
        return row

    def months(
        self, connection: Connection, rows: Sequence[Bound], uids: Collection[Uid]
    ) -> set[str]:
        """The months in which these records are counted now that their rows are written."""
        if self._days is not None:
            # Days are bound as ISO text on both databases.
            return {str(day)[:7] for row in rows for at in self._days if (day := row[at])}
        return months_of(connection, self.kind.name, uids) if self._is_dated else set()

    def months_before(self, connection: Connection, uids: Collection[Uid]) -> set[str]:
        """The same by the rows that are there, before they are written over."""
        return months_of(connection, self.kind.name, uids) if self._is_dated and uids else set()

    def known(self, connection: Connection, uids: Collection[Uid]) -> dict[Uid, Known]:
        """Those of these records that are there, tombstones included."""
        query = self._known.where(self.table.c.uid.in_(uids))
        return {
            uid: Known(station, revision, deleted_at is not None)
            for uid, station, revision, deleted_at in connection.execute(query)
        }

    def values(self, connection: Connection, uids: Sequence[Uid]) -> dict[Uid, Any]:
        """Some records themselves."""
        return self.shelf.many(connection, uids)

    def of_station(self, connection: Connection, station: str) -> Iterator[dict[Uid, Any]]:
        """Every living record of a station, some hundred at a time."""
        table = self.table
        query = (
            sa.select(table)
            .where(table.c.station == station, table.c.deleted_at.is_(None))
            .order_by(table.c.uid)
            .limit(_AT_ONCE)
        )
        after: Uid | None = None
        while True:
            page = query if after is None else query.where(table.c.uid > after)
            found = self.shelf.values(connection.execute(page).mappings())
            if not found:
                return
            after = found[-1].uid
            yield {value.uid: value for value in found}

    def add(self, connection: Connection, rows: Sequence[Bound]) -> bool:
        """Write rows that should all be new; False when that is not so (see `RowWriter`)."""
        return self._writer.add_new(connection, rows)

    def write(self, connection: Connection, rows: Sequence[Bound]) -> Refusal | None:
        """Write these rows, or answer why one is not taken, when others may have been; rows of
        other stations stay as they are."""
        return self._writer.attempt(connection, rows)

    def erase(
        self, connection: Connection, station: str, gone: Iterable[tuple[Uid, int, Millis]]
    ) -> None:
        """Turn records (uid, revision, time) into tombstones that say nothing but their number."""
        rows = [
            {
                **self._said_of_erased,
                "key": uid,
                "of": station,
                "revision": revision,
                "changed_at": at,
                "deleted_at": at,
            }
            for uid, revision, at in gone
        ]
        self._erase.run_many(connection, rows)
        self.shelf.departed(connection, [row["key"] for row in rows])

    def remove(self, connection: Connection, station: str, uids: Sequence[Uid]) -> None:
        """Have these records never been here: they turned into such as never leave a station."""
        connection.execute(
            sa.delete(self.table).where(self.table.c.uid.in_(uids), self.table.c.station == station)
        )
        self.shelf.departed(connection, uids)


def _erasing(table: sa.Table, kept: Collection[str]) -> sa.Update:
    return (
        sa.update(table)
        .where(
            table.c.uid == sa.bindparam("key", type_=table.c.uid.type),
            table.c.station == sa.bindparam("of"),
        )
        .values(
            {
                column.name: sa.bindparam(column.name, type_=column.type)
                for column in table.c
                if column.name not in kept
            }
        )
    )


def own_columns(table: sa.Table) -> dict[str, bool]:
    """The columns in which no two rows of a table may say the same, and which of them hold a uid;
    the key itself is not among them."""
    found = {}
    for index in table.indexes:
        columns = list(index.columns)
        if index.unique and len(columns) == 1:
            found[columns[0].name] = isinstance(columns[0].type, UidType)
    return found


_GONE = sa.select(RECEIVED.c.kind, RECEIVED.c.uid).where(
    sa.text("op = 'delete'"), RECEIVED.c.station == sa.bindparam("station")
)


def erased(connection: Connection, station: str) -> set[tuple[str, Uid]]:
    """Kind and uid of every record that a station ever deleted: nothing brings them back."""
    return {(kind, uid) for kind, uid in connection.execute(_GONE, {"station": station})}
