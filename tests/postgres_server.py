"""A throw-away PostgreSQL for the run of the tests: one server, a fresh database per test.

The server listens on a socket in a short temporary path only, keeps nothing safe (no fsync), and
is gone with the run, even a killed one. It refuses to run as root, so under root it runs as an
unprivileged user. Where no server is installed every test that needs one fails with the way out;
none is skipped. `JINLIN_TEST_POSTGRES` names a running server to use instead, as the libpq
address of a role that may create databases: the way on Windows.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.abc import QueryNoTemplate
from psycopg.conninfo import conninfo_to_dict

from build_scripts.ground.system import postgres_programs

_ROLE = "jinlin"
_PATIENCE = 300  # rounds of a tenth of a second until the server must answer
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
}


class PostgresServer:
    """A running server: makes databases and says where they are."""

    def __init__(self, admin: str) -> None:
        self._admin = admin
        self._numbers = count(1)
        self._templates: dict[str, str] = {}
        self._emptied: list[str] = []
        self._connection: psycopg.Connection | None = None

    def borrow(self) -> str:
        """An empty database, one given back if there is one; its name."""
        return self._emptied.pop() if self._emptied else self.fresh()

    def give_back(self, name: str) -> None:
        """Empty a borrowed database for the next test: ten times as fast as making one."""
        self.leave_alone(name, keep=0)
        with psycopg.connect(self._admin, autocommit=True, dbname=name) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        self._emptied.append(name)

    def leave_alone(self, name: str, keep: int) -> None:
        """End every connection to a database that a test may have left open, but that of the
        process `keep`."""
        self._ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> %s",
            [name, keep],
        )

    def fresh(self, template: str = "template0") -> str:
        """A new database, empty or a copy of `template`; its name."""
        name = f"jinlin_test_{os.getpid()}_{next(self._numbers)}"
        self._ask(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, name: str) -> None:
        self._ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def template(self, schema: str, fill: Callable[[str], None]) -> str:
        """The database that holds `schema`, filled once a run by `fill(url)`; for `fresh`.

        `fill` leaves no connection open: a database in use cannot be copied.
        """
        if schema not in self._templates:
            name = self.fresh()
            fill(self.url(name))
            self._templates[schema] = name
        return self._templates[schema]

    @property
    def password(self) -> str:
        """What the server asks for, "" for the one that asks nothing."""
        return str(conninfo_to_dict(self._admin).get("password") or "")

    def url(self, name: str) -> str:
        """The database's address as SQLAlchemy takes it."""
        parts = conninfo_to_dict(self._admin)
        login = str(parts.get("user", ""))
        if parts.get("password"):
            login += f":{parts['password']}"
        place = f"host={parts.get('host', '')}&port={parts.get('port', 5432)}"
        return f"postgresql+psycopg://{login}@/{name}?{place}"

    def stop(self) -> None:
        """Drops what it kept; whoever started the server ends it."""
        for name in (*self._templates.values(), *self._emptied):
            self.drop(name)
        self.close()

    def close(self) -> None:
        """Ends the connection of its own."""
        if self._connection is not None:
            self._connection.close()

    def _ask(self, statement: QueryNoTemplate, values: Sequence[object] = ()) -> None:
        # One connection for the whole run: a server starts a process for each.
        if self._connection is None:
            self._connection = psycopg.connect(self._admin, autocommit=True)
        self._connection.execute(statement, values)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server of this run, started by the first test that asks for it."""
    given = os.environ.get("JINLIN_TEST_POSTGRES")
    if given:
        server = PostgresServer(given)
        yield server
        server.stop()
        return
    programs = postgres_programs()
    if programs is None:
        pytest.fail(
            "PostgreSQL is not installed, and these tests do not run without it. Debian, Ubuntu: "
            "apt-get install postgresql; elsewhere set JINLIN_TEST_POSTGRES.",
            pytrace=False,
        )
    folder = Path(tempfile.mkdtemp(prefix="jl-pg-"))
    try:
        process = _start(programs, folder)
        try:
            server = PostgresServer(_address(folder))
            yield server
            server.close()
        finally:
            process.send_signal(signal.SIGINT)  # the server's word for: at once, but in order
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty database that is this test's alone."""
    name = postgres_server.borrow()
    yield postgres_server.url(name)
    postgres_server.give_back(name)


def _address(folder: Path) -> str:
    return f"host={folder} port=5432 user={_ROLE} dbname=postgres"


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    as_user = _unprivileged(folder)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    data = folder / "data"
    made = subprocess.run(
        [*as_user, str(programs / "initdb"), "-D", str(data), "-U", _ROLE, "-A", "trust",
         "-E", "UTF8", "--no-sync", "--no-instructions"],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        pytest.fail(f"initdb failed: {made.stderr.strip()}", pytrace=False)
    settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*as_user, *_ended_with_us(), str(programs / "postgres"), "-D", str(data)],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    _wait_until_it_answers(process, folder)
    return process


def _unprivileged(folder: Path) -> list[str]:
    """The words before a command that take root away from it, and the folder handed over."""
    if os.geteuid() != 0:
        return []
    import pwd

    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    pytest.fail("There is no user `postgres` or `nobody` to run PostgreSQL as.", pytrace=False)


def _ended_with_us() -> list[str]:
    """A killed test run must not leave a server behind.

    It stands after the change of user, because that change would undo it.
    """
    return ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []


def _wait_until_it_answers(process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(_PATIENCE):
        try:
            psycopg.connect(_address(folder), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            pass
        try:
            process.wait(timeout=0.1)
            break
        except subprocess.TimeoutExpired:
            continue
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    process.kill()
    process.wait()
    pytest.fail(f"PostgreSQL did not start: {log[-2000:]}", pytrace=False)
