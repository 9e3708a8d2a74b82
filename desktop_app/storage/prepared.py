"""A statement compiled once for each database and run with plain values: for the hot paths.

SQLAlchemy looks a compiled statement up by its shape at every execution, which costs more than
SQLite's own work for one row. Here the text and the bind processors are kept. What comes back is
raw: read only columns whose raw form is what is wanted (numbers, text, bytes).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from desktop_app.storage.base import Convert, convert_of


@dataclass(frozen=True, slots=True)
class _Text:
    """SQL of one database: its parameters in order, and how each value is bound."""

    sql: str
    slots: tuple[tuple[str, Convert | None], ...]
    positional: bool

    def bind(self, values: Mapping[str, Any]) -> Any:
        bound = [
            to(value) if (value := values[name]) is not None and to is not None else value
            for name, to in self.slots
        ]
        if self.positional:
            return tuple(bound)
        return dict(zip([name for name, _ in self.slots], bound, strict=True))


class Prepared:
    """One statement whose parameters all come from `run`."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        self._statement = statement
        # By dialect and not by its name: a dialect carries its station's column cipher.
        self._texts: WeakKeyDictionary[Dialect, _Text] = WeakKeyDictionary()

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> sa.CursorResult[Any]:
        """Execute with one set of values; `KeyError` when a parameter has none."""
        text = self.compiled(connection.dialect)
        return connection.exec_driver_sql(text.sql, text.bind(values))

    def rows(self, connection: sa.Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row as the driver gives it: for rows by the ten thousand, of which SQLAlchemy's own
        cost as much as a third of the query."""
        with self.run(connection, values) as found:
            cursor: Any = found.cursor
            return list(cursor.fetchall())

    def run_many(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Execute once for each set of values; answers how many rows that wrote."""
        if not rows:
            return 0
        text = self.compiled(connection.dialect)
        if len(rows) == 1:
            return connection.exec_driver_sql(text.sql, text.bind(rows[0])).rowcount
        return connection.exec_driver_sql(text.sql, [text.bind(row) for row in rows]).rowcount

    def compiled(self, dialect: Dialect) -> _Text:
        """The statement as that database is given it."""
        text = self._texts.get(dialect)
        if text is None:
            text = self._texts[dialect] = _compiled(self._statement, dialect)
        return text


def _compiled(statement: sa.ClauseElement, dialect: Dialect) -> _Text:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler), "only statements are prepared"
    names = compiled.positiontup if compiled.positional else list(compiled.binds)
    slots = tuple((name, convert_of(compiled.binds[name].type, dialect)) for name in names or ())
    return _Text(str(compiled), slots, bool(compiled.positional))
