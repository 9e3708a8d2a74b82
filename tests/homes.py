"""A whole home, made as `jinlin init` makes one, with its database in a file or on a server.

Every test that takes `station_home` runs once on each, unless it is marked `sqlite_only`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.house import House, open_house
from desktop_app.station.sign_in.service import sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import DATABASE_PASSWORD_VARIABLE, Edition
from desktop_app.storage.keys import KdfCost

CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
"""What a password costs in tests; argon2 allows no less."""

LEAD = "王小燕"
PASSWORD = "Qing-rong-2026"


@dataclass(frozen=True)
class StationHome:
    """A closed home with one operator, `LEAD`, whose password is `PASSWORD`."""

    path: Path
    clock: FixedClock
    lead: Uid
    recovery_code: str

    @contextmanager
    def house(self, *, window: bool = False) -> Iterator[House]:
        with open_house(self.path, self.clock, window=window) as house:
            yield house

    @contextmanager
    def session(self, operator: Uid | str = LEAD, password: str = PASSWORD) -> Iterator[Session]:
        with self.house() as house:
            session = sign_in(house, operator, password, kdf_cost=CHEAP)
            try:
                yield session
            finally:
                session.close()


@pytest.fixture
def station_home(
    request: pytest.FixtureRequest,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> StationHome:
    url = _database_url(request, monkeypatch)
    path = tmp_path / "home"
    return _made(path, Edition.STATION, "青榕雅苑党群服务站", "qr01", clock, url)


@pytest.fixture
def street_home(
    request: pytest.FixtureRequest,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> StationHome:
    """The home of the street above the stations; `LEAD` is its 街道管理员."""
    url = _database_url(request, monkeypatch)
    return _made(tmp_path / "street", Edition.STREET, "青榕街道办事处", "qrjd", clock, url)


def _database_url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "postgresql":
        return ""
    address = sa.engine.make_url(request.getfixturevalue("postgres_url"))
    if address.password:
        monkeypatch.setenv(DATABASE_PASSWORD_VARIABLE, str(address.password))
    return address.set(password=None).render_as_string(hide_password=False)


def _made(
    path: Path, edition: Edition, name: str, code: str, clock: FixedClock, url: str
) -> StationHome:
    created = create_home(
        path, edition, name, code, LEAD, PASSWORD, clock=clock, database_url=url, kdf_cost=CHEAP
    )
    return StationHome(path, clock, created.operator, created.recovery_code)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    only_files = metafunc.definition.get_closest_marker("sqlite_only") is not None
    backends = ["sqlcipher"] if only_files else ["sqlcipher", "postgresql"]
    for name in ("station_home", "street_home"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, backends, indirect=True)
