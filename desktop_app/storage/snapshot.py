"""Copies an open database to a file that has been checked: the raw material of a backup.

SQLite: `VACUUM INTO` from a connection of its own, while others write (a stepped backup beside a
busy writer did not finish in a measurement). PostgreSQL: its own `pg_dump`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage.engine import RawKey, connect_file
from desktop_app.storage.faults import DAMAGED, told_in_words

_NOT_MADE = "请检查磁盘空间和权限后再备份一次，正在使用的数据没有动。"


def snapshot_file(source: Path, key: RawKey, target: Path) -> None:
    """A checked copy of an encrypted file at `target`, which must not exist; same key."""
    with told_in_words():
        connection = connect_file(source, key)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
        check_file(target, key)


def check_file(path: Path, key: RawKey) -> None:
    """Raise unless every page of the file decrypts and the B-trees hold together."""
    with told_in_words():
        connection = connect_file(path, key)
        try:
            broken_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
        finally:
            connection.close()
    if broken_pages or verdict != "ok":
        raise EnvironmentFault(*DAMAGED)


def snapshot_server(url: sa.URL, target: Path) -> None:
    """A dump of a PostgreSQL database in its custom format, checked by listing it back."""
    address = url.set(drivername="postgresql", password=None)
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    _run(
        "pg_dump",
        ["--format=custom", "--no-owner", f"--file={target}", address.render_as_string()],
        environment,
    )
    _run("pg_restore", ["--list", str(target)], environment)


def restore_server(url: sa.URL, dump: Path) -> None:
    """Load a dump into an empty PostgreSQL database, whole or not at all."""
    address = url.set(drivername="postgresql", password=None)
    _run(
        "pg_restore",
        ["--single-transaction", "--no-owner", f"--dbname={address.render_as_string()}", str(dump)],
        {**os.environ, "PGPASSWORD": url.password or ""},
    )


def _run(tool: str, arguments: list[str], environment: dict[str, str]) -> None:
    found = shutil.which(tool)
    if found is None:
        raise EnvironmentFault(
            f"这台电脑上没有 PostgreSQL 的 {tool}，没有备份。",
            "请在数据库服务器上备份，或安装 postgresql-client。",
        )
    # Without the user's own PG* settings of passwords in the argument list: others could read it.
    done = subprocess.run(
        [found, *arguments], env=environment, capture_output=True, check=False, timeout=3600
    )
    if done.returncode != 0:
        raise EnvironmentFault(f"{tool} 没有完成，这一次没有备份。", _NOT_MADE)
