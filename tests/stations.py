"""Fixtures that open a real station's database, on SQLCipher and on PostgreSQL.

Every test that takes `database` (or `desk`) runs once on each, unless it is marked `sqlite_only`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.base import METADATA
from desktop_app.storage.engine import ServerDialect, file_engine
from desktop_app.storage.migrations.runner import schema_version
from desktop_app.storage.migrations.steps import LATEST
from desktop_app.storage.opening import (
    create_file,
    create_on_server,
    furnish,
    open_file,
    open_server,
)
from desktop_app.storage.session import Database, Desk, StationFacts
from desktop_app.storage.tables import CHAIN_HEAD, META
from tests.postgres_server import PostgresServer

MONDAY_MORNING = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
"""2026-11-23, a Monday, 09:00 at the station."""

FACTS = StationFacts(
    code="QR01", name="青榕雅苑党群服务站", edition="station", desk="A", lineage="first"
)


STREET_FACTS = StationFacts(
    code="CL", name="澄岭街道", edition="street", desk="A", lineage="street-first"
)


class PlainKey:
    """A data key that is always the same, so that one template serves every test."""

    def sqlcipher_pragma(self) -> str:
        return "x'" + "5a" * 32 + "'"


class ReversingCipher:
    """Shows that a sealed column is not stored as typed; the real cipher has tests of its own."""

    def seal(self, text: str) -> str:
        return text.encode().hex()[::-1]

    def open(self, text: str) -> str:
        return bytes.fromhex(text[::-1]).decode()


KEY = PlainKey()
ON_SERVER = ServerDialect(ReversingCipher())
"""One for a whole run: its tests have databases of one server."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty station's database, made once by all migration steps."""
    catalog.table_modules()
    path = tmp_path_factory.mktemp("template") / "jinlin.db"
    create_file(path, KEY, FACTS)
    return path


Rows = Mapping[str, bytes]
"""Every row of the tables that have any, as the server's COPY writes them."""


class StationsOnServer:
    """Databases with the station's schema; one used before is emptied row by row, not made anew."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self._ready: list[str] = []
        # One connection to each for the whole run: a server starts a process for every new one,
        # which has to learn all tables first.
        self._engines: dict[str, sa.Engine] = {}

    def borrow(self) -> str:
        """The name of a database that is an empty station's."""
        if self._ready:
            return self._ready.pop()
        name = self.server.borrow()
        catalog.table_modules()
        create_on_server(self.server.url(name), FACTS)
        return name

    def give_back(self, name: str) -> None:
        with self.own(name) as connection:
            self.server.leave_alone(name, keep=_process(connection))
            sizes = {str(table): int(size) for table, size in connection.execute(_TABLES)}
            if sizes.keys() == METADATA.tables.keys() and schema_version(connection) == LATEST:
                for statement in _emptying(sizes):
                    connection.exec_driver_sql(statement)
                furnish(connection, FACTS)
                self._ready.append(name)
                return
        # A test has changed the schema itself.
        self._engines.pop(name).dispose()
        self.server.give_back(name)

    def rows(self, name: str) -> Rows:
        """What lies in a database, for `fill`."""
        found: dict[str, bytes] = {}
        with self.own(name) as connection:
            for table in METADATA.sorted_tables:
                with _cursor(connection).copy(f'COPY "{table.name}" TO STDOUT') as copy:
                    lines = b"".join(copy)
                if lines:
                    found[table.name] = lines
        return found

    def fill(self, name: str, rows: Rows) -> None:
        """Put rows of another database into one that is an empty station's, and no others."""
        with self.own(name) as connection:
            for empty in (META, CHAIN_HEAD):
                connection.execute(sa.delete(empty))
            for table, lines in rows.items():
                with _cursor(connection).copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(lines)

    def close(self) -> None:
        """Ends the connections of its own."""
        for engine in self._engines.values():
            engine.dispose()

    @contextmanager
    def own(self, name: str) -> Iterator[sa.Connection]:
        """A transaction in a database, before a test has it and after."""
        if name not in self._engines:
            self._engines[name] = sa.create_engine(self.server.url(name), pool_size=1)
        with self._engines[name].begin() as connection:
            yield connection


def _process(connection: sa.Connection) -> int:
    """The number of the server's process for this connection."""
    return _psycopg(connection).info.backend_pid


def _cursor(connection: sa.Connection) -> psycopg.Cursor[Any]:
    return _psycopg(connection).cursor()


def _psycopg(connection: sa.Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver


_TABLES = sa.text(
    "SELECT relname, pg_relation_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_MANY_BYTES = 1 << 20


def _emptying(sizes: Mapping[str, int]) -> Iterator[str]:
    """What empties the tables in which there was anything, of so many bytes each.

    Truncating makes new files for a table and for each of its indexes: of all tables it takes
    five times as long as deleting the few rows of a test. Who points at others comes first.
    """
    for table in reversed(METADATA.sorted_tables):
        name, size = table.name, sizes[table.name]
        if name == "meta":
            yield "DELETE FROM meta WHERE name <> 'schema_version'"
        elif size > _MANY_BYTES:
            yield f'TRUNCATE "{name}" CASCADE'
        elif size:
            yield f'DELETE FROM "{name}"'


@pytest.fixture(scope="session")
def stations_on_server(postgres_server: PostgresServer) -> Iterator[StationsOnServer]:
    made = StationsOnServer(postgres_server)
    yield made
    made.close()


@pytest.fixture
def station_url(
    stations_on_server: StationsOnServer, postgres_server: PostgresServer
) -> Iterator[str]:
    """The address of an empty station's database that is this test's alone."""
    name = stations_on_server.borrow()
    yield postgres_server.url(name)
    stations_on_server.give_back(name)


@pytest.fixture
def database(
    request: pytest.FixtureRequest, clock: FixedClock, tmp_path: Path
) -> Iterator[Database]:
    """An empty station's database."""
    if request.param == "sqlcipher":
        path = tmp_path / "jinlin.db"
        shutil.copyfile(request.getfixturevalue("template_file"), path)
        opened = open_file(path, KEY, clock)
    else:
        url: str = request.getfixturevalue("station_url")
        opened = open_server(url, ON_SERVER, clock)
    yield opened
    opened.close()


OpenDatabase = Callable[[StationFacts], Database]


@pytest.fixture
def open_another(
    request: pytest.FixtureRequest, database: Database, clock: FixedClock, tmp_path: Path
) -> Iterator[OpenDatabase]:
    """Opens a further empty database beside `database`, of the same sort, for another office."""
    opened: list[Database] = []
    borrowed: list[str] = []

    def in_a_file(facts: StationFacts) -> Database:
        path = tmp_path / f"jinlin-{len(opened)}.db"
        shutil.copyfile(request.getfixturevalue("template_file"), path)
        engine = file_engine(path, KEY, writer=True)
        with engine.begin() as connection:
            _become(connection, facts)
        engine.dispose()
        return open_file(path, KEY, clock)

    def on_a_server(facts: StationFacts) -> Database:
        servers: StationsOnServer = request.getfixturevalue("stations_on_server")
        server: PostgresServer = request.getfixturevalue("postgres_server")
        borrowed.append(servers.borrow())
        with servers.own(borrowed[-1]) as connection:
            _become(connection, facts)
        return open_server(server.url(borrowed[-1]), ON_SERVER, clock)

    def open_one(facts: StationFacts) -> Database:
        one = in_a_file(facts) if database.dialect == "sqlite" else on_a_server(facts)
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.close()
    for name in borrowed:
        request.getfixturevalue("stations_on_server").give_back(name)


def _become(connection: sa.Connection, facts: StationFacts) -> None:
    for name, value in asdict(facts).items():
        connection.execute(sa.update(META).where(META.c.name == name).values(value=value))


@pytest.fixture
def street_desk(open_another: OpenDatabase) -> Desk:
    """A seat with every right at the empty database of a street."""
    return Desk(open_another(STREET_FACTS), CLERK)


CLERK = Actor(uid=None, name="王小燕", role="窗口", rights=frozenset(Right))


@pytest.fixture
def desk(database: Database) -> Desk:
    """A seat at that database with every right."""
    return Desk(database, CLERK)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "sqlite_only: about files, key slots or SQLite itself; has no meaning on a server",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" not in metafunc.fixturenames:
        return
    only_files = metafunc.definition.get_closest_marker("sqlite_only") is not None
    backends = ["sqlcipher"] if only_files else ["sqlcipher", "postgresql"]
    metafunc.parametrize("database", backends, indirect=True)
