"""The schema comes to be in one way only, and an upgrade never risks the data it found."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.storage.base import METADATA
from desktop_app.storage.engine import connect_file
from desktop_app.storage.migrations.runner import upgrade_file
from desktop_app.storage.migrations.steps import LATEST, STEPS
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database
from tests.stations import KEY

NEXT: Any = SimpleNamespace(
    NUMBER=LATEST + 1,
    TITLE="试验",
    SQLITE=("CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT", "INSERT INTO later VALUES (7)"),
    POSTGRESQL=(),
)


@pytest.fixture
def old_file(template_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    return path


def describe(database: Database) -> dict[str, Any]:
    """Every table of a database with its columns, keys, indexes and checks."""
    with database.unrecorded() as connection:
        inspector = sa.inspect(connection)
        # Of all tables at a time: a server is asked once, not once for each.
        columns, keys = inspector.get_multi_columns(), inspector.get_multi_pk_constraint()
        indexes, checks = inspector.get_multi_indexes(), inspector.get_multi_check_constraints()
    return {
        str(table[1]): (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in columns[table]),
            keys[table]["constrained_columns"],
            sorted((i["name"], i["column_names"]) for i in indexes[table]),
            sorted(str(c["name"]) for c in checks[table]),
        )
        for table in sorted(columns, key=str)
    }


def test_the_steps_make_exactly_the_schema_that_the_tables_describe(database: Database) -> None:
    by_steps = describe(database)
    with database.unrecorded() as connection:
        METADATA.drop_all(connection, checkfirst=False)
        METADATA.create_all(connection, checkfirst=False)

    assert by_steps == describe(database)
    assert set(by_steps) == set(METADATA.tables)


@pytest.mark.sqlite_only
def test_every_table_is_strict(database: Database) -> None:
    with database.unrecorded() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").all()
    loose = [row.name for row in rows if not row.strict and not row.name.startswith("sqlite_")]

    assert loose == []


def test_steps_are_numbered_without_a_hole() -> None:
    assert [step.NUMBER for step in STEPS] == list(range(1, LATEST + 1))


def test_an_old_file_is_upgraded_and_the_old_one_set_aside(old_file: Path, tmp_path: Path) -> None:
    before = old_file.read_bytes()
    aside = tmp_path / "backups" / "before.db"

    assert upgrade_file(old_file, KEY, set_aside=aside, steps=(*STEPS, NEXT)) is True

    connection = connect_file(old_file, KEY)
    assert connection.execute("SELECT n FROM later").fetchall() == [(7,)]
    connection.close()
    assert aside.read_bytes() == before


def test_a_file_of_today_is_left_alone(old_file: Path, tmp_path: Path) -> None:
    aside = tmp_path / "before.db"

    assert upgrade_file(old_file, KEY, set_aside=aside) is False
    assert not aside.exists()


def test_a_step_that_fails_leaves_the_old_file_as_it_was(old_file: Path, tmp_path: Path) -> None:
    before = old_file.read_bytes()
    wrong: Any = SimpleNamespace(
        NUMBER=LATEST + 1, SQLITE=(*NEXT.SQLITE, "INSERT INTO nowhere VALUES (1)")
    )

    with pytest.raises(sa.exc.OperationalError, match="nowhere"):
        upgrade_file(old_file, KEY, set_aside=tmp_path / "before.db", steps=(*STEPS, wrong))
    assert old_file.read_bytes() == before


def test_a_step_that_breaks_a_reference_is_given_up(old_file: Path, tmp_path: Path) -> None:
    dangling: Any = SimpleNamespace(
        NUMBER=LATEST + 1,
        SQLITE=(
            "CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT",
            "CREATE TABLE child (p INTEGER REFERENCES parent (n)) STRICT",
            "INSERT INTO child VALUES (1)",
        ),
    )

    with pytest.raises(EnvironmentFault, match="已放弃升级，原来的数据没有动"):
        upgrade_file(old_file, KEY, set_aside=tmp_path / "before.db", steps=(*STEPS, dangling))


def test_a_newer_database_is_refused_with_a_sentence(old_file: Path, tmp_path: Path) -> None:
    upgrade_file(old_file, KEY, set_aside=tmp_path / "before.db", steps=(*STEPS, NEXT))

    with pytest.raises(SafetyRefusal, match="由更新版本的近邻台写成"):
        open_file(old_file, KEY, FixedClock(0))  # type: ignore[arg-type]
    with pytest.raises(SafetyRefusal, match="由更新版本的近邻台写成"):
        upgrade_file(old_file, KEY, set_aside=tmp_path / "again.db")


def test_a_damaged_file_is_named_as_damaged(old_file: Path) -> None:
    content = bytearray(old_file.read_bytes())
    content[100:4000] = bytes(3900)
    old_file.write_bytes(content)

    with pytest.raises(EnvironmentFault, match="数据库文件已损坏") as told:
        open_file(old_file, KEY, FixedClock(0))  # type: ignore[arg-type]
    assert "恢复备份" in told.value.next_step
