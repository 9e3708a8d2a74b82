"""A copy of a whole home that was made as `jinlin init` makes one, in a file or on a server.

Every test that takes `station_home` runs once on each, unless it is marked `sqlite_only`.
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.ids import Uid
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.house import House, open_house
from desktop_app.station.sign_in.service import sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import DATABASE_PASSWORD_VARIABLE, Edition, Home
from desktop_app.storage.keys import KdfCost
from tests.stations import MONDAY_MORNING, Rows, StationsOnServer

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


@dataclass(frozen=True)
class _Made:
    """A home nobody uses, and what lies in its database if that is on a server."""

    home: StationHome
    rows: Rows | None = None

    def copied(self, path: Path, clock: FixedClock) -> StationHome:
        shutil.copytree(self.home.path, path)
        return replace(self.home, path=path, clock=clock)


class Homes:
    """Makes a home of each sort once in a run; every test gets a copy that is its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[Edition, str], _Made] = {}
        self._furnished: dict[Callable[[StationHome], None], tuple[Path, Millis]] = {}

    def in_file(self, edition: Edition, path: Path, clock: FixedClock) -> StationHome:
        key = (edition, "file")
        if key not in self._made:
            self._made[key] = _Made(self._make(*key, ""))
        return self._made[key].copied(path, clock)

    def furnish(self, home: StationHome, how: Callable[[StationHome], None]) -> None:
        """Have something done to a fresh home: once in a run, after that it is copied.

        A home on a server has it done each time.
        """
        if Home.open(home.path).about.database_url:
            how(home)
            return
        if how not in self._furnished:
            how(home)
            kept = self._folder / f"furnished-{len(self._furnished)}"
            shutil.copytree(home.path, kept)
            self._furnished[how] = kept, home.clock.now()
            return
        kept, now = self._furnished[how]
        fresh = [made.home.path / "jinlin.db" for made in self._made.values() if not made.rows]
        assert any(filecmp.cmp(home.path / "jinlin.db", one, shallow=False) for one in fresh)
        shutil.rmtree(home.path)
        shutil.copytree(kept, home.path)
        home.clock.set(now)

    @contextmanager
    def on_server(
        self, edition: Edition, path: Path, clock: FixedClock, stations: StationsOnServer
    ) -> Iterator[StationHome]:
        key = (edition, "server")
        if key not in self._made:
            name = stations.server.borrow()
            made = self._make(*key, _without_password(stations.server.url(name)))
            self._made[key] = _Made(made, stations.rows(name))
            stations.give_back(name)
        name = stations.borrow()
        stations.fill(name, self._made[key].rows or {})
        copied = self._made[key].copied(path, clock)
        home = Home.open(path)
        url = _without_password(stations.server.url(name))
        home.with_about(replace(home.about, database_url=url))
        yield copied
        stations.give_back(name)

    def _make(self, edition: Edition, where: str, url: str) -> StationHome:
        clock = FixedClock(MONDAY_MORNING)
        path = self._folder / f"{edition}-{where}"
        name, code = _NAMES[edition]
        made = create_home(
            path, edition, name, code, LEAD, PASSWORD,
            clock=clock, database_url=url, kdf_cost=CHEAP,
        )  # fmt: skip
        return StationHome(path, clock, made.operator, made.recovery_code)


_NAMES = {
    Edition.STATION: ("青榕雅苑党群服务站", "qr01"),
    Edition.STREET: ("青榕街道办事处", "qrjd"),
}


def _without_password(url: str) -> str:
    return sa.engine.make_url(url).set(password=None).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("homes"))


@pytest.fixture
def station_home(
    request: pytest.FixtureRequest,
    homes: Homes,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StationHome]:
    with _home(Edition.STATION, tmp_path / "home", request, homes, clock, monkeypatch) as home:
        yield home


@pytest.fixture
def street_home(
    request: pytest.FixtureRequest,
    homes: Homes,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StationHome]:
    """The home of the street above the stations; `LEAD` is its 街道管理员."""
    with _home(Edition.STREET, tmp_path / "street", request, homes, clock, monkeypatch) as home:
        yield home


@contextmanager
def _home(
    edition: Edition,
    path: Path,
    request: pytest.FixtureRequest,
    homes: Homes,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StationHome]:
    if request.param != "postgresql":
        yield homes.in_file(edition, path, clock)
        return
    stations: StationsOnServer = request.getfixturevalue("stations_on_server")
    password = stations.server.password
    if password:
        monkeypatch.setenv(DATABASE_PASSWORD_VARIABLE, password)
    with homes.on_server(edition, path, clock, stations) as home:
        yield home


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    only_files = metafunc.definition.get_closest_marker("sqlite_only") is not None
    backends = ["sqlcipher"] if only_files else ["sqlcipher", "postgresql"]
    for name in ("station_home", "street_home"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, backends, indirect=True)
