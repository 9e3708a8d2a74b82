"""Keeps one kind of record in one table: the row, and its entry in the change log, together.

A ledger's `store.py` owns a `Shelf` and adds its own queries beside it. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from desktop_app.core.chain import DELETE, PUT
from desktop_app.core.codec import Plain, encode, field_decoders
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, RecordKind
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import RowWriter
from desktop_app.storage.session import PendingChange, Unit

R = TypeVar("R", bound=Record)

_ASKED_AT_ONCE = 500
"""Values named in one query; databases allow only so many."""


class Shelf(Generic[R]):
    """Rows of `table` as values of `kind`; column names are field names."""

    def __init__(self, kind: RecordKind[R], table: sa.Table) -> None:
        self.kind = kind
        self.table = table
        self._decoders = field_decoders(kind.cls)
        self._choices = [field.name for field in kind.fields if field.kind is FieldKind.CHOICE]
        self._next = Prepared(_next_revision(table))
        self._insert = Prepared(sa.insert(table))
        self._new = RowWriter(table)
        self._over = RowWriter(table, key=("uid",))

    def put(self, unit: Unit, value: R) -> R:
        """Save a new record or the next revision of a known one; answers it as saved.

        Raises `Conflict` when somebody saved another revision since `value` was read.
        """
        saved = value.saved_at(unit.now)
        self._write(unit, value, saved)
        unit.log(
            PendingChange(
                self.kind.name,
                saved.uid,
                PUT,
                saved.revision,
                self.kind.version,
                self.kind.to_plain(saved),
            )
        )
        return saved

    def remove(self, unit: Unit, value: R) -> R:
        """Turn a record into a tombstone; the row stays, lists leave it out."""
        gone = replace(value.saved_at(unit.now), deleted_at=unit.now)
        self._write(unit, value, gone)
        unit.log(
            PendingChange(self.kind.name, gone.uid, DELETE, gone.revision, self.kind.version, {})
        )
        return gone

    def lay(self, connection: sa.Connection, values: Sequence[R]) -> None:
        """Write records just as they are, as new rows or over those there. No changes of ours:
        they stand in the change log already."""
        if values:
            self._over.write(connection, [self._whole(value) for value in values])
            self.arrived(connection, values, {field.name for field in self.kind.fields})

    def add(self, connection: sa.Connection, values: Iterable[R]) -> None:
        """Write new records just as they are; who calls it writes the change log."""
        self._new.write(connection, [self._whole(value) for value in values])

    def move_on(self, connection: sa.Connection, values: Iterable[tuple[int, R]]) -> int:
        """The same for known ones, each with the revision it had when it was read; answers how many
        still had it, which are written."""
        return self._next.run_many(
            connection,
            [{**self._whole(value), "key": value.uid, "seen": seen} for seen, value in values],
        )

    def get(self, connection: sa.Connection, uid: Uid) -> R | None:
        """One record, tombstones included; None when there never was one."""
        row = connection.execute(sa.select(self.table).where(self.table.c.uid == uid)).first()
        return None if row is None else self.value(row._mapping)

    def need(self, connection: sa.Connection, uid: Uid) -> R:
        """One living record; a `UserError` when there is none."""
        value = self.get(connection, uid)
        if value is None or value.deleted:
            raise UserError(
                f"没有找到这条{self.kind.label}，它可能已被删除。", "请刷新列表后再试。"
            )
        return value

    def many(self, connection: sa.Connection, uids: Sequence[Uid]) -> dict[Uid, R]:
        """Several records by uid, in any order."""
        if not uids:
            return {}
        query = sa.select(self.table).where(self.table.c.uid.in_(uids))
        return {value.uid: value for value in self.values(connection.execute(query).mappings())}

    def parts(
        self, connection: sa.Connection, names: Sequence[str], column: str, among: Iterable[Any]
    ) -> list[tuple[Any, ...]]:
        """These columns of every living record whose `column` is one of some values, however many.

        As they stand in the row: words are no enums yet. Never for a column that is encrypted.
        """
        wanted = list(dict.fromkeys(among))
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(wanted), _ASKED_AT_ONCE):
            query = sa.select(*(self.table.c[name] for name in names)).where(
                self.table.c[column].in_(wanted[start : start + _ASKED_AT_ONCE]),
                self.table.c.deleted_at.is_(None),
            )
            found += [tuple(row) for row in connection.execute(query)]
        return found

    def value(self, row: Mapping[Any, Any]) -> R:
        """A row as its record. Extra columns (derived ones) are left out."""
        return self.kind.cls(
            **{name: decoder(row[name]) for name, decoder in self._decoders.items()}
        )

    def values(self, rows: Iterable[Mapping[Any, Any]]) -> list[R]:
        return [self.value(row) for row in rows]

    def row(self, value: R) -> dict[str, Any]:
        """A record as column values."""
        row: dict[str, Any] = dict(vars(value))
        for name in self._choices:
            row[name] = _WORDS[row[name]]
        return row

    def derived(self, value: R) -> Mapping[str, Any]:
        """Columns computed from the record (sort keys); subclasses say which."""
        return {}

    def arrived(
        self, connection: sa.Connection, values: Sequence[R], whole: Collection[str]
    ) -> None:
        """Rows have been written as they came: bring up to date what a subclass keeps beside them.
        `whole` are the fields that came, and not masked."""

    def departed(self, connection: sa.Connection, uids: Sequence[Uid]) -> None:
        """Rows that another station sent were erased, or taken back: so is what was beside them."""

    def _whole(self, value: R) -> dict[str, Any]:
        row = self.row(value)
        row.update(self.derived(value))
        return row

    def _write(self, unit: Unit, before: R, after: R) -> None:
        if before.revision == 0:
            self._insert.run(unit.connection, self._whole(after))
        elif self.move_on(unit.connection, [(before.revision, after)]) != 1:
            raise Conflict(self.kind.label)


def _next_revision(table: sa.Table) -> sa.Update:
    """Overwrites a row that still has the revision `seen`."""
    return (
        sa.update(table)
        .where(
            table.c.uid == sa.bindparam("key", type_=table.c.uid.type),
            table.c.revision == sa.bindparam("seen", type_=table.c.revision.type),
        )
        .values(
            {
                column.name: sa.bindparam(column.name, type_=column.type)
                for column in table.c
                if column.name != "uid"
            }
        )
    )


class _Words(dict[Any, Plain]):
    """What stands for each member of an enum: the driver takes longer over the member itself."""

    def __missing__(self, member: Any) -> Plain:
        self[member] = word = encode(member)
        return word


_WORDS = _Words()
