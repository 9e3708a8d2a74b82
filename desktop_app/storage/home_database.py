"""The database of a home, wherever it lies: the file beside the key slots, or a server.

Joins `home` (names and places), `keys` (what encrypts) and `opening` (how to connect), and says
where attachments lie. The server's
password is read from the environment here and goes nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from types import ModuleType

import sqlalchemy as sa

from desktop_app.core.clock import Clock, Zone
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.storage import opening
from desktop_app.storage.attachments import BlobStore, FolderBlobs
from desktop_app.storage.column_cipher import AesColumnCipher
from desktop_app.storage.database_blobs import DatabaseBlobs
from desktop_app.storage.engine import ServerDialect, connect_file, server_engine
from desktop_app.storage.faults import DAMAGED, told_in_words
from desktop_app.storage.files import copy_verified
from desktop_app.storage.home import DATABASE_PASSWORD_VARIABLE, Home
from desktop_app.storage.keys import DataKey
from desktop_app.storage.migrations.runner import (
    refuse_newer,
    run_steps,
    schema_version,
    upgrade_file,
)
from desktop_app.storage.migrations.steps import STEPS
from desktop_app.storage.session import Database, StationFacts

_SMALLEST_PAGE_BYTES = 512


def create_database(home: Home, data_key: DataKey, facts: StationFacts) -> None:
    """Make the empty database of a new home. A server's must not hold another one already."""
    if not home.about.database_url:
        opening.create_file(home.database, data_key, facts)
        return
    if _server_version(home) != 0:
        raise UserError(
            "这个 PostgreSQL 数据库里已经有近邻台的数据，没有新建，也没有改动。",
            "请换一个空的数据库；如果是上次没有建完，请让管理员清空它后再建。",
        )
    opening.create_on_server(server_address(home), facts)


def open_database(home: Home, data_key: DataKey, clock: Clock) -> Database:
    """Open it; its schema must be the latest (`is_old` asks, `upgrade` mends).

    Raises `EnvironmentFault` for a missing, damaged or unreachable database and `SafetyRefusal`
    for one that a newer program wrote.
    """
    if home.about.database_url:
        dialect = ServerDialect(AesColumnCipher(data_key))
        database = opening.open_server(server_address(home), dialect, clock)
        database.keep_attachments_in(open_blobs(home, data_key, database))
        return database
    _refuse_missing(home)
    database = opening.open_file(home.database, data_key, clock)
    database.keep_attachments_in(open_blobs(home, data_key, database))
    return database


def open_blobs(home: Home, data_key: DataKey, database: Database) -> BlobStore:
    """Where the attachments of a home lie: beside its file, or in the server's database."""
    if home.about.database_url:
        return DatabaseBlobs(database, data_key)
    return FolderBlobs(home.attachments, data_key)


def is_old(home: Home, data_key: DataKey, steps: Sequence[ModuleType] = STEPS) -> bool:
    """Whether the schema must be upgraded first, for which the home is needed alone."""
    if home.about.database_url:
        version = _server_version(home)
    else:
        _refuse_missing(home)
        version = _file_version(home, data_key)
    if version == 0:
        raise EnvironmentFault(*DAMAGED)
    latest = int(steps[-1].NUMBER)
    if version > latest:
        refuse_newer(version)
    return version < latest


def upgrade(
    home: Home, data_key: DataKey, clock: Clock, steps: Sequence[ModuleType] = STEPS
) -> None:
    """Bring the schema up to date; the caller holds the home alone.

    The old file stays in the backups folder, with the key slots that open it. A server's schema
    changes in one transaction.
    """
    if home.about.database_url:
        engine = server_engine(server_address(home))
        try:
            with told_in_words(), engine.begin() as connection:
                run_steps(connection, steps)
        finally:
            engine.dispose()
        return
    moment = Zone().local(clock.now())
    kept = home.backups / f"before-upgrade-{moment:%Y%m%d-%H%M%S}.db"
    copy_verified(home.key_slots, kept.with_suffix(".keyslots.json"), what="备份密钥文件")
    upgrade_file(home.database, data_key, set_aside=kept, steps=steps)


def server_address(home: Home, environment: Mapping[str, str] = os.environ) -> str:
    """The server's URL with the password from the environment; without one, pgpass has it."""
    url = sa.engine.make_url(home.about.database_url)
    password = environment.get(DATABASE_PASSWORD_VARIABLE)
    if password:
        url = url.set(password=password)
    return url.render_as_string(hide_password=False)


def _refuse_missing(home: Home) -> None:
    try:
        size = home.database.stat().st_size
    except FileNotFoundError as error:
        raise SafetyRefusal(
            "找不到数据库文件 jinlin.db，没有新建，也没有改动任何内容。",
            "请检查数据文件夹是否完整；找不回来就用“恢复备份”回到最近一次完好的备份。",
        ) from error
    if size < _SMALLEST_PAGE_BYTES:
        # SQLite takes an empty file for a new database, and would start one.
        raise EnvironmentFault(*DAMAGED)


def _file_version(home: Home, data_key: DataKey) -> int:
    # Bare, because an engine takes ten times as long to make as the question to ask, and this one
    # stands between the password and the front desk.
    with told_in_words(), closing(connect_file(home.database, data_key)) as connection:
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        if there is None:
            return 0
        row = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    return 0 if row is None else int(row[0])


def _server_version(home: Home) -> int:
    engine = server_engine(server_address(home))
    try:
        with told_in_words(), engine.connect() as connection, connection.begin():
            return schema_version(connection)
    finally:
        engine.dispose()
