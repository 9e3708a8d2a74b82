"""Makes a new database for a home and opens the one it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from desktop_app.core.chain import AUDIT_CHAIN, CHANGE_CHAIN, GENESIS
from desktop_app.core.clock import STATION_ZONE, Clock, Zone
from desktop_app.storage.engine import (
    RawKey,
    ServerDialect,
    connect_file,
    file_engine,
    server_engine,
)
from desktop_app.storage.faults import told_in_words
from desktop_app.storage.migrations.runner import refuse_newer, run_steps, schema_version
from desktop_app.storage.session import Database, StationFacts, read_facts
from desktop_app.storage.snapshot import check_file, snapshot_file, snapshot_server
from desktop_app.storage.tables import CHAIN_HEAD, META


def create_file(path: Path, key: RawKey, facts: StationFacts) -> None:
    """A fresh encrypted database at `path`, which must not exist yet."""
    with told_in_words():
        connection = connect_file(path, key)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        engine = file_engine(path, key, writer=True)
        try:
            _fill(engine, facts)
        finally:
            engine.dispose()


def create_on_server(url: str, facts: StationFacts) -> None:
    """A fresh schema in an empty PostgreSQL database."""
    engine = server_engine(url)
    try:
        with told_in_words():
            _fill(engine, facts)
    finally:
        engine.dispose()


def open_file(path: Path, key: RawKey, clock: Clock) -> Database:
    """The database of a home; its schema must be the latest (see `migrations.runner`)."""
    with told_in_words():
        writer = file_engine(path, key, writer=True)
        reader = file_engine(path, key, writer=False)
        return _opened(
            writer, reader, clock, partial(snapshot_file, path, key), partial(check_file, path, key)
        )


def open_server(url: str, dialect: ServerDialect, clock: Clock) -> Database:
    """The database of a home on PostgreSQL, whose cipher seals the `Secret` columns."""
    with told_in_words():
        reader, writer = dialect.engine(url), dialect.engine(url)
        return _opened(writer, reader, clock, partial(snapshot_server, sa.make_url(url)), _trust)


def furnish(connection: sa.Connection, facts: StationFacts) -> None:
    """The rows without which an empty schema is no station's: its facts, and the chains' heads."""
    connection.execute(
        sa.insert(META),
        [{"name": name, "value": str(value)} for name, value in asdict(facts).items()],
    )
    connection.execute(
        sa.insert(CHAIN_HEAD),
        [{"name": name, "n": 0, "hash": GENESIS} for name in (AUDIT_CHAIN, CHANGE_CHAIN)],
    )


def _trust() -> None:
    """PostgreSQL checks its own pages; amcheck is for whoever looks after the server."""


def _fill(engine: sa.Engine, facts: StationFacts) -> None:
    with engine.begin() as connection:
        run_steps(connection)
        furnish(connection, facts)


def _opened(
    writer: sa.Engine,
    reader: sa.Engine,
    clock: Clock,
    snapshot: Callable[[Path], None],
    verify: Callable[[], None],
) -> Database:
    try:
        with reader.connect() as connection, connection.begin():
            refuse_newer(schema_version(connection))
            facts = read_facts(connection)
    except BaseException:
        reader.dispose()
        writer.dispose()
        raise
    return Database(
        writer,
        reader,
        clock=clock,
        station=facts,
        zone=Zone(STATION_ZONE),
        snapshot=snapshot,
        verify=verify,
    )
