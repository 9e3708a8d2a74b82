"""Writes rows of one table by the thousand: as new ones, or over those that are there.

SQLite takes them by `executemany`; PostgreSQL by COPY into a table of the transaction's own and one
INSERT from there, which is a third of the cost. For what other stations send: a record of our own
is written by a `Shelf`, with its entry in the change log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from operator import itemgetter
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from desktop_app.storage.base import Convert, UidType, convert_of
from desktop_app.storage.prepared import Prepared

_COPIED_FROM = 40
"""Fewer rows than this go faster without a table of their own."""

Row = Mapping[str, Any]
Bound = tuple[str | int | bytes | None, ...]
"""A row as the driver takes it, in the order of the table's columns: plain values that can wait
anywhere until they are written."""


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
        self._pick: Callable[[Row], tuple[Any, ...]] = itemgetter(*self._names)
        self._over = [name for name in self._names if name not in {*key, *keep}]
        self._key = key
        self._guard = guard
        self._statements: dict[tuple[str, str], Prepared] = {}
        # By dialect and not by its name: a dialect carries its station's column cipher.
        self._converts: WeakKeyDictionary[Dialect, list[tuple[int, Convert]]] = WeakKeyDictionary()

    def bound(self, dialect: Dialect, row: Row) -> Bound:
        """A row as the driver of that database takes it; `KeyError` when a column is missing."""
        return self._bound([row], dialect)[0]

    def _bound(self, rows: Sequence[Row], dialect: Dialect) -> list[Bound]:
        converts = self._converts.get(dialect)
        if converts is None:
            converts = self._converts[dialect] = _converts(self.table, dialect)
        found = []
        for row in rows:
            values = list(self._pick(row))
            for at, convert in converts:
                if (value := values[at]) is not None:
                    values[at] = convert(value)
            found.append(tuple(values))
        return found

    def converts(self, dialect: Dialect) -> dict[int, Convert]:
        """How the columns convert that convert at all, by their place; never asked for None."""
        return dict(_converts(self.table, dialect))

    def write(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Write them all. Raises `sqlalchemy.exc.DBAPIError` when one is refused."""
        self.write_bound(connection, self._bound(rows, connection.dialect))

    def write_bound(self, connection: sa.Connection, rows: Sequence[Bound]) -> None:
        """The same for rows that are bound already."""
        self._send(connection, self._merging, rows, straight=not self._key)

    def add_new(self, connection: sa.Connection, rows: Sequence[Bound]) -> bool:
        """Write rows that should all be new; False when one is there already or is refused, and
        then some of the others may have been written. The transaction goes on."""
        try:
            if connection.dialect.name == "postgresql":
                with connection.begin_nested():
                    self._send(connection, self._adding, rows, straight=True)
                return True
            done = self._send(connection, self._adding, rows, straight=True)
        except (sa.exc.IntegrityError, sa.exc.DataError):
            return False
        return done == len(rows)

    def attempt(self, connection: sa.Connection, rows: Sequence[Bound]) -> Refusal | None:
        """Write rows over those that are there, or answer why the table does not take one.

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

    def _send(
        self,
        connection: sa.Connection,
        way: Callable[[Any], Any],
        rows: Sequence[Bound],
        *,
        straight: bool,
    ) -> int:
        """Answers how many rows that wrote; `straight`: nothing of what is there is looked at."""
        if not rows:
            return 0
        dialect = connection.dialect
        if dialect.name == "postgresql" and len(rows) >= _COPIED_FROM:
            return (
                self._copy_straight(connection, rows) if straight else self._copy(connection, rows)
            )
        sql = self._prepared(dialect, way).compiled(dialect).sql
        if dialect.name == "postgresql":
            named = [dict(zip(self._names, row, strict=True)) for row in rows]
            return connection.exec_driver_sql(sql, named).rowcount
        return connection.exec_driver_sql(sql, list(rows) if len(rows) > 1 else rows[0]).rowcount

    def _prepared(self, dialect: Dialect, way: Callable[[Any], Any]) -> Prepared:
        key = (dialect.name, way.__name__)
        known = self._statements.get(key)
        if known is None:
            insert = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
            known = self._statements[key] = Prepared(way(insert(self.table)))
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

    def _adding(self, statement: Any) -> Any:
        # On a server a conflict ends the statement; a file must be told to count it.
        is_file = isinstance(statement, sqlite.Insert)
        return (
            statement.on_conflict_do_nothing(index_elements=list(self._key))
            if is_file
            else (statement)
        )

    def _copy_straight(self, connection: sa.Connection, rows: Sequence[Bound]) -> int:
        name, columns = self._quoted(connection.dialect)
        _copied(connection, f"COPY {name} ({columns}) FROM STDIN", rows)
        return len(rows)

    def _copy(self, connection: sa.Connection, rows: Sequence[Bound]) -> int:
        name, columns = self._quoted(connection.dialect)
        target = connection.dialect.identifier_preparer.quote(f"arriving_{self.table.name}")
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {target} ON COMMIT DROP AS"
            f" SELECT {columns} FROM {name} WITH NO DATA"
        )
        _copied(connection, f"COPY {target} ({columns}) FROM STDIN", rows)
        arriving = sa.table(
            f"arriving_{self.table.name}", *(sa.column(name) for name in self._names)
        )
        statement = postgresql.insert(self.table).from_select(self._names, sa.select(arriving))
        done = connection.execute(self._merging(statement)).rowcount
        connection.exec_driver_sql(f"TRUNCATE {target}")
        return done

    def _quoted(self, dialect: Dialect) -> tuple[str, str]:
        quote = dialect.identifier_preparer.quote
        return quote(self.table.name), ", ".join(quote(name) for name in self._names)


def _converts(table: sa.Table, dialect: Dialect) -> list[tuple[int, Convert]]:
    """How the columns convert that convert at all, by their place."""
    found = []
    for at, column in enumerate(table.c):
        convert = _convert(column.type, dialect)
        if convert is not None:
            found.append((at, convert))
    return found


def _convert(kind: Any, dialect: Dialect) -> Convert | None:
    if dialect.name == "sqlite":
        return convert_of(kind, dialect)
    if isinstance(kind, UidType):
        # The driver has a type of its own for it, and takes it as text, too.
        return _uid_text
    if type(kind).process_bind_param is TypeDecorator.process_bind_param:
        return None
    process = kind.process_bind_param
    return lambda value: process(value, dialect)


def _uid_text(value: UUID) -> str:
    return f"{value.int:032x}"


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
