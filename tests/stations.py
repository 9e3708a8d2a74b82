"""Fixtures that open a real station's database, on SQLCipher and on PostgreSQL.

Every test that takes `database` (or `desk`) runs once on each, unless it is marked `sqlite_only`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, millis
from desktop_app.core.rights import Actor, Right
from desktop_app.storage.opening import create_file, create_on_server, open_file, open_server
from desktop_app.storage.session import Database, Desk, StationFacts

MONDAY_MORNING = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
"""2026-11-23, a Monday, 09:00 at the station."""

FACTS = StationFacts(
    code="QR01", name="青榕雅苑党群服务站", edition="station", desk="A", lineage="first"
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
        catalog.table_modules()
        url: str = request.getfixturevalue("postgres_url")
        create_on_server(url, FACTS)
        opened = open_server(url, ReversingCipher(), clock)
    yield opened
    opened.close()


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
