"""Brings a database to the schema this program knows, without ever risking the one it had.

A file is upgraded as a copy: foreign keys off, the steps, `foreign_key_check`, a whole check, then
the old file goes to the backups and the copy takes its place. A server is upgraded in one
transaction. A fresh schema is all steps run, so there is only one way a schema comes to be.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import sqlalchemy as sa

from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.storage.engine import RawKey, connect_file, file_engine
from desktop_app.storage.faults import DAMAGED, told_in_words
from desktop_app.storage.migrations.steps import LATEST, STEPS

_READ = "SELECT value FROM meta WHERE name = 'schema_version'"
_WRITE = "UPDATE meta SET value = '{}' WHERE name = 'schema_version'"


def schema_version(connection: sa.Connection) -> int:
    """The number of the last step run; 0 for an empty database, and for one that was spoilt."""
    if not sa.inspect(connection).has_table("meta"):
        return 0
    return int(connection.exec_driver_sql(_READ).scalar() or 0)


def refuse_newer(version: int) -> None:
    """Raise when the data were written by a newer program than this one."""
    if version > LATEST:
        raise SafetyRefusal(
            "这份数据由更新版本的近邻台写成，本版本没有打开它，也没有改动任何内容。",
            "请先把本机的近邻台升级到最新版本。",
        )


def run_steps(connection: sa.Connection, steps: Sequence[ModuleType] = STEPS) -> None:
    """Run every step after the database's own version, inside the caller's transaction."""
    version = schema_version(connection)
    for step in steps:
        if version >= step.NUMBER:
            continue
        statements = step.SQLITE if connection.dialect.name == "sqlite" else step.POSTGRESQL
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_WRITE.format(step.NUMBER))


def upgrade_file(
    path: Path, key: RawKey, *, set_aside: Path, steps: Sequence[ModuleType] = STEPS
) -> bool:
    """Upgrade an encrypted file when it is old; the old file ends up at `set_aside`.

    Needs the home alone. Answers whether anything was done. Interrupted at any moment, it leaves a
    whole database at `path`, old or new.
    """
    with told_in_words():
        engine = file_engine(path, key, writer=True)
        try:
            with engine.connect() as connection:
                version = schema_version(connection)
            latest = steps[-1].NUMBER
            if version > latest:
                refuse_newer(version)
            if version == latest:
                return False
            copy = path.with_suffix(".upgrading")
            copy.unlink(missing_ok=True)
            with engine.connect() as connection:
                connection.commit()
                connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                    "VACUUM INTO ?", (str(copy),)
                )
        finally:
            engine.dispose()
        _upgrade_copy(copy, key, steps)
    set_aside.parent.mkdir(parents=True, exist_ok=True)
    _swap(path, copy, set_aside)
    return True


def _upgrade_copy(copy: Path, key: RawKey, steps: Sequence[ModuleType]) -> None:
    engine = file_engine(copy, key, writer=True)
    try:
        with engine.connect() as connection:
            # Off before the transaction begins: inside one the pragma does nothing, and a rebuilt
            # table with ON DELETE CASCADE would take its children with it.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                run_steps(connection, steps)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise EnvironmentFault(
                        "升级后的数据核对不上，已放弃升级，原来的数据没有动。",
                        "请把数据文件夹备份后联系技术支持。",
                    )
    finally:
        engine.dispose()
    check = connect_file(copy, key)
    try:
        if check.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise EnvironmentFault(*DAMAGED)
        check.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        check.close()


def _swap(path: Path, copy: Path, set_aside: Path) -> None:
    with open(copy, "rb") as written:
        os.fsync(written.fileno())
    # A hard link keeps the old file under its new name before the copy replaces it: there is no
    # moment at which `path` does not exist.
    set_aside.unlink(missing_ok=True)
    try:
        os.link(path, set_aside)
    except OSError:
        import shutil

        shutil.copy2(path, set_aside)
    os.replace(copy, path)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
