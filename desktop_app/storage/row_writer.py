"""Writes rows of one table by the thousand: as new ones, or over those that are there.

SQLite takes them by `executemany`; PostgreSQL by COPY into a table of the transaction's own and one
INSERT from there, which is a third of the cost. For what other stations send: a record of our own
is written by a `Shelf`, with its entry in the change log.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect

from desktop_app.storage.prepared import Prepared

_COPIED_FROM = 40
"""Fewer rows than this go faster without a table of their own."""

Row = Mapping[str, Any]
_Bind = tuple[str, Callable[[Any], Any] | None]
"""A column and how its value is bound."""


class Refusal(Enum):
    """Why a table does not take a row: another has the number that must be its own, or a value is
    not such as the column holds."""

    TAKEN = auto()
    UNFIT = auto()


def _refusal(error: object) -> Refusal:
    taken = (
        getattr(error, "sqlstate", "") == "23505"
        # SQLCipher's driver has no code of its own for it.
        or str(error).startswith("UNIQUE constraint failed")
    )
    return Refusal.TAKEN if taken else Refusal.UNFIT


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
        self._over = [column.name for column in table.c if column.name not in {*key, *keep}]
        self._key = key
        self._guard = guard
        self._by_dialect: dict[str, Prepared] = {}

    def write(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Write them all. Raises `sqlalchemy.exc.DBAPIError` when one is refused, after which the
        transaction has some of them or none."""
        dialect = connection.dialect
        if dialect.name == "postgresql" and len(rows) >= _COPIED_FROM:
            self._copy(connection, rows)
        else:
            self._prepared(dialect).run_many(connection, rows)

    def attempt(self, connection: sa.Connection, rows: Sequence[Row]) -> Refusal | None:
        """Write them all, or none when the table does not take one of them: then it answers why,
        and the transaction goes on. Raises for a full disk and the like."""
        try:
            with connection.begin_nested():
                self.write(connection, rows)
        except (sa.exc.IntegrityError, sa.exc.DataError) as error:
            return _refusal(error.orig)
        return None

    def _prepared(self, dialect: Dialect) -> Prepared:
        known = self._by_dialect.get(dialect.name)
        if known is None:
            insert = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
            statement: Any = insert(self.table)
            known = self._by_dialect[dialect.name] = Prepared(self._merging(statement))
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

    def _copy(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        binds = _bindings(self.table, connection.dialect)
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(name) for name, _ in binds)
        name = quote(self.table.name)
        target = quote(f"arriving_{self.table.name}") if self._key else name
        if self._key:
            connection.exec_driver_sql(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {target} ON COMMIT DROP AS"
                f" SELECT {columns} FROM {name} WITH NO DATA"
            )
        _copied(connection, f"COPY {target} ({columns}) FROM STDIN", binds, rows)
        if self._key:
            arriving = sa.table(
                f"arriving_{self.table.name}", *(sa.column(name) for name, _ in binds)
            )
            statement = postgresql.insert(self.table).from_select(
                [name for name, _ in binds], sa.select(arriving)
            )
            connection.execute(self._merging(statement))
            connection.exec_driver_sql(f"TRUNCATE {target}")


def _bindings(table: sa.Table, dialect: Dialect) -> list[_Bind]:
    # Asked for each time: a dialect carries its station's column cipher.
    return [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.c
    ]


def _copied(
    connection: sa.Connection,
    statement: str,
    binds: Sequence[_Bind],
    rows: Sequence[Row],
) -> None:
    driver: Any = connection.connection.driver_connection
    faults = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] if to is None else to(row[name]) for name, to in binds])
    except faults as error:
        raise sa.exc.DBAPIError.instance(
            statement, None, error, faults, dialect=connection.dialect
        ) from error
