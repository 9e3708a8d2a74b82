"""Writes rows of one table by the thousand: as new ones, or over those that are there.

SQLite takes them by `executemany`; PostgreSQL by COPY into a table of the transaction's own and one
INSERT from there, which is a third of the cost. For what other stations send: a record of our own
is written by a `Shelf`, with its entry in the change log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect

from desktop_app.storage.prepared import Prepared

_COPIED_FROM = 40
"""Fewer rows than this go faster without a table of their own."""

Row = Mapping[str, Any]
Bound = tuple[str | int | bytes | None, ...]
"""A row as the driver takes it, in the order of the table's columns: plain values that can wait
anywhere until they are written."""
_Convert = Callable[[Any], Any]


class Refusal(Enum):
    """Why a table does not take a row: another has the number that must be its own, or a value is
    not such as the column holds."""

    TAKEN = auto()
    UNFIT = auto()


class RowWriter:
    """The rows of `table`. With a `key`, a row that is there is overwritten but for the columns
    `keep`; with a `guard`, only where that column says the same."""

    def __init__(
        self,
        table: sa.Table,
        *,
        key: Sequence[str] = (),
        keep: Collection[str] = (),
        guard: str = "",
    ) -> None:
        self.table = table
        self._names = [column.name for column in table.c]
        self._over = [name for name in self._names if name not in {*key, *keep}]
        self._key = key
        self._guard = guard
        self._statements: dict[str, Prepared] = {}
        # By dialect and not by its name: a dialect carries its station's column cipher.
        self._converts: WeakKeyDictionary[Dialect, list[tuple[str, _Convert | None]]] = (
            WeakKeyDictionary()
        )

    def bound(self, dialect: Dialect, row: Row) -> Bound:
        """A row as the driver of that database takes it; `KeyError` when a column is missing."""
        converts = self._converts.get(dialect)
        if converts is None:
            converts = self._converts[dialect] = _converts(self.table, dialect)
        return tuple([row[name] if to is None else to(row[name]) for name, to in converts])

    def write(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Write them all. Raises `sqlalchemy.exc.DBAPIError` when one is refused."""
        dialect = connection.dialect
        self.write_bound(connection, [self.bound(dialect, row) for row in rows])

    def write_bound(self, connection: sa.Connection, rows: Sequence[Bound]) -> None:
        """The same for rows that are bound already."""
        if not rows:
            return
        if connection.dialect.name != "postgresql":
            sql = self._prepared("sqlite").compiled(connection.dialect).sql
            connection.exec_driver_sql(sql, list(rows) if len(rows) > 1 else rows[0])
        elif len(rows) >= _COPIED_FROM:
            self._copy(connection, rows)
        else:
            sql = self._prepared("postgresql").compiled(connection.dialect).sql
            connection.exec_driver_sql(sql, [dict(zip(self._names, row)) for row in rows])  # noqa: B905

    def attempt(self, connection: sa.Connection, rows: Sequence[Bound]) -> Refusal | None:
        """Write them over those that are there, or answer why the table does not take one.

        Then some of the others may have been written, which does no harm: they are written again.
        The transaction goes on. Raises for a full disk and the like.
        """
        try:
            if connection.dialect.name == "postgresql":
                with connection.begin_nested():
                    self.write_bound(connection, rows)
            else:
                # A statement that fails leaves nothing behind here, and a savepoint would keep
                # every page that is touched in memory.
                self.write_bound(connection, rows)
        except (sa.exc.IntegrityError, sa.exc.DataError) as error:
            return _refusal(error.orig)
        return None

    def _prepared(self, dialect: str) -> Prepared:
        known = self._statements.get(dialect)
        if known is None:
            insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
            known = self._statements[dialect] = Prepared(self._merging(insert(self.table)))
        return known

    def _merging(self, statement: Any) -> Any:
        if not self._key:
            return statement
        added = statement.excluded
        guard = self.table.c[self._guard] == added[self._guard] if self._guard else None
        return statement.on_conflict_do_update(
            index_elements=list(self._key),
            set_={name: added[name] for name in self._over},
            where=guard,
        )

    def _copy(self, connection: sa.Connection, rows: Sequence[Bound]) -> None:
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(name) for name in self._names)
        name = quote(self.table.name)
        if not self._key:
            _copied(connection, f"COPY {name} ({columns}) FROM STDIN", rows)
            return
        target = quote(f"arriving_{self.table.name}")
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {target} ON COMMIT DROP AS"
            f" SELECT {columns} FROM {name} WITH NO DATA"
        )
        _copied(connection, f"COPY {target} ({columns}) FROM STDIN", rows)
        arriving = sa.table(
            f"arriving_{self.table.name}", *(sa.column(name) for name in self._names)
        )
        statement = postgresql.insert(self.table).from_select(self._names, sa.select(arriving))
        connection.execute(self._merging(statement))
        connection.exec_driver_sql(f"TRUNCATE {target}")


def _converts(table: sa.Table, dialect: Dialect) -> list[tuple[str, _Convert | None]]:
    found = []
    for column in table.c:
        convert: _Convert | None = column.type.dialect_impl(dialect).bind_processor(dialect)
        if dialect.name == "postgresql":
            convert = _plain(convert)
        found.append((column.name, convert))
    return found


def _plain(convert: _Convert | None) -> _Convert:
    """PostgreSQL's driver has types of its own for some values; as text it takes them, too."""

    def plain(value: Any) -> Any:
        bound = value if convert is None else convert(value)
        return str(bound) if isinstance(bound, UUID) else bound

    return plain


def _refusal(error: object) -> Refusal:
    taken = (
        getattr(error, "sqlstate", "") == "23505"
        # SQLCipher's driver has no code of its own for it.
        or str(error).startswith("UNIQUE constraint failed")
    )
    return Refusal.TAKEN if taken else Refusal.UNFIT


def _copied(connection: sa.Connection, statement: str, rows: Sequence[Bound]) -> None:
    driver: Any = connection.connection.driver_connection
    faults = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except faults as error:
        raise sa.exc.DBAPIError.instance(
            statement, None, error, faults, dialect=connection.dialect
        ) from error
