"""Opens the database file or server. Nothing here knows a table.

SQLite is always SQLCipher's, also for what it would do without a key: one SQLite everywhere.
WAL with synchronous=FULL, because a clerk cannot see 0.3 ms but would see a lost visit; every write
begins IMMEDIATE, because a read that turns into a write fails at once with SQLITE_BUSY_SNAPSHOT.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from desktop_app.storage.base import ColumnCipher, use_cipher

BUSY_SECONDS = 5.0
READERS = 4

LEAST_CACHE = 16_000_000
MOST_CACHE = 64_000_000
"""Bytes of decrypted pages a connection may keep."""
_CACHED_PART = 16
"""A page that is not kept is read, decrypted and checked anew, which is most of what a keystroke in
a large register costs: at a million residents (1.3 GB) p95 is 15 ms with 16 MB and 9 ms with 64."""


class RawKey(Protocol):
    """What the engine needs of the data key."""

    def sqlcipher_pragma(self) -> str:
        """The key as SQLCipher's raw-key literal, `x'…'`."""
        ...


def _driver() -> Any:
    """SQLCipher's driver, told that keys and empty columns may be bound as they are.

    For what is no plain number or text it asks for an adapter first; where there is none, that ends
    in two failed look-ups, a microsecond for each value: a quarter of what writing a row costs.
    """
    from sqlcipher3 import dbapi2

    dbapi2.register_adapter(bytes, bytes)
    dbapi2.register_adapter(type(None), _NO_VALUES.get)
    # SQLAlchemy would wrap every key into a view, which is such a value again.
    dbapi2.Binary = bytes
    return dbapi2


_NO_VALUES: dict[None, None] = {}


def connect_file(path: Path, key: RawKey) -> Any:
    """A bare DB-API connection to an encrypted file, with the pragmas of the house."""
    dbapi2 = _driver()
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.sqlcipher_pragma()}"')
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{cache_bytes(path) // 1000}")
    return connection


def cache_bytes(path: Path) -> int:
    """How much a connection keeps of a file: a sixteenth, between the bounds; a station's few
    megabytes must not cost an old PC the memory that a street's register is worth."""
    size = path.stat().st_size if path.exists() else 0
    return min(MOST_CACHE, max(LEAST_CACHE, size // _CACHED_PART))


class _HintingCompiler(SQLiteCompiler):
    """Writes `INDEXED BY` where a store asks for it by `with_hint`; SQLAlchemy's own drops it."""

    def get_from_hint_text(self, table: sa.FromClause, text: str | None) -> str | None:
        return text


_IN_A_FILE = sa.make_url("sqlite+pysqlite://")
_STATEMENTS = 2000
"""Statements that are kept compiled: more than the program has."""


@cache
def _file_dialect() -> tuple[Dialect, LRUCache[Any, Any]]:
    """How a file is spoken to, and what was compiled for it: one for every file of a run.

    Both depend on no file. Made anew for each, every statement of the program is compiled again
    after each sign-in, and for the readers as well as for the writer.
    """
    engine = sa.create_engine(_IN_A_FILE, module=_driver())
    engine.dialect.statement_compiler = _HintingCompiler
    # At its first connection a dialect asks what it has to do with.
    engine.connect().close()
    engine.dispose()
    return engine.dialect, LRUCache(_STATEMENTS)


def file_engine(path: Path, key: RawKey, *, writer: bool) -> sa.Engine:
    """An engine over an encrypted file: the one writer, or a small pool of readers."""
    dialect, compiled = _file_dialect()
    pool = QueuePool(
        lambda: connect_file(path, key),
        pool_size=1 if writer else READERS,
        max_overflow=0,
        dialect=dialect,
    )
    engine = sa.Engine(pool, dialect, _IN_A_FILE, execution_options={"compiled_cache": compiled})
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine, "begin", on_begin)
    return engine


def server_engine(url: str) -> sa.Engine:
    """An engine over PostgreSQL (`postgresql+psycopg://…`)."""
    return sa.create_engine(url, pool_size=READERS, max_overflow=_MORE, pool_pre_ping=True)


_MORE = 2


class ServerDialect:
    """How a server is spoken to with one cipher, and what was compiled for it.

    What the first engine is told about the server holds for all that are made later: they are for
    databases of the same server.
    """

    def __init__(self, cipher: ColumnCipher) -> None:
        self._cipher = cipher
        self._compiled = LRUCache[Any, Any](_STATEMENTS)
        self._dialect: Dialect | None = None

    def engine(self, url: str) -> sa.Engine:
        """An engine over a database of the server."""
        if self._dialect is None:
            first = server_engine(url)
            use_cipher(first.dialect, self._cipher)
            # At its first connection a dialect asks what it has to do with.
            first.connect().close()
            self._dialect = first.dialect
            first.update_execution_options(compiled_cache=self._compiled)
            return first
        return self._further(self._dialect, sa.make_url(url))

    def _further(self, dialect: Dialect, address: sa.URL) -> sa.Engine:
        arguments, named = dialect.create_connect_args(address)
        pool = QueuePool(
            partial(dialect.connect, *arguments, **named),
            pool_size=READERS,
            max_overflow=_MORE,
            pre_ping=True,
            dialect=dialect,
        )
        prepare = dialect.on_connect_url(address)
        if prepare is not None:
            sa.event.listen(pool, "connect", lambda connection, _record: prepare(connection))
        return sa.Engine(
            pool, dialect, address, execution_options={"compiled_cache": self._compiled}
        )
