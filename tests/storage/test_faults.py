"""A full disk, a locked file, a wrong key: told in words, and nothing that was saved is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.rights import Right
from desktop_app.storage import audit
from desktop_app.storage.engine import connect_file
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.stations import KEY
from tests.storage.notes import SHELF, make_table, note

pytestmark = pytest.mark.sqlite_only


def write_one(desk: Desk) -> None:
    with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
        SHELF.put(unit, note(desk.database, hidden=("长" * 20_000,)))


def test_a_full_disk_says_so_and_keeps_every_saved_record(desk: Desk) -> None:
    make_table(desk.database)
    with desk.database._writer.connect() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 200}")
    saved = 0

    def write_until_full() -> None:
        nonlocal saved
        while saved < 1000:
            write_one(desk)
            saved += 1

    with pytest.raises(EnvironmentFault, match="磁盘已满，这一次没有保存，先前的记录都在"):
        write_until_full()

    with desk.reading(needs=Right.READ) as connection:
        assert len(audit.entries(connection, limit=1000)) == saved > 0
        assert audit.check_changes(connection) == []


def test_another_program_holding_the_file_is_told_as_busy(
    database: Database, desk: Desk, tmp_path: Path
) -> None:
    make_table(database)
    with database._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    other = connect_file(tmp_path / "jinlin.db", KEY)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(EnvironmentFault, match="正被另一个程序占用"):
        write_one(desk)
    other.execute("ROLLBACK")
    other.close()
    write_one(desk)
    with desk.reading(needs=Right.READ) as connection:
        assert len(audit.entries(connection)) == 1


def test_the_file_holds_nothing_readable(desk: Desk, tmp_path: Path) -> None:
    make_table(desk.database)
    with desk.unit_of_work("写便条", needs=Right.REGISTER) as unit:
        SHELF.put(unit, note(desk.database, "SECRETTITLE"))
    for path in tmp_path.iterdir():
        assert b"SECRETTITLE" not in path.read_bytes()
        assert b"SQLite format" not in path.read_bytes()[:16]


def test_a_wrong_key_reads_nothing(template_file: Path, tmp_path: Path) -> None:
    class OtherKey:
        def sqlcipher_pragma(self) -> str:
            return "x'" + "00" * 32 + "'"

    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    with pytest.raises(EnvironmentFault, match="已损坏"):
        open_file(path, OtherKey(), FixedClock(0))  # type: ignore[arg-type]
