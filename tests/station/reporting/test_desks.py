"""Several desks write into one database while one of them reports."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import EnvironmentFault
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.file_locks import FileLock
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Database, Desk
from tests.ledgers.visits.builders import register
from tests.station.reporting.hall import Hall
from tests.stations import CLERK, KEY, ON_SERVER

VISITS = 40


@pytest.fixture
def other_desk(
    request: pytest.FixtureRequest, database: Database, clock: FixedClock, tmp_path: Path
) -> Iterator[Desk]:
    """A second seat, in a program of its own, at the same database."""
    if database.dialect == "sqlite":
        opened = open_file(tmp_path / "jinlin.db", KEY, clock)
    else:
        opened = open_server(request.getfixturevalue("station_url"), ON_SERVER, clock)
    yield Desk(opened, CLERK)
    opened.close()


def test_what_another_desk_writes_meanwhile_is_in_this_bundle_or_the_next(
    hall: Hall, other_desk: Desk
) -> None:
    written: list[str] = []

    def write() -> None:
        for _ in range(VISITS):
            written.append(register(other_desk).number)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        hall.up()
        hall.down()
    writer.join()
    assert len(written) == VISITS
    hall.up()
    hall.down()
    assert state(hall.desk).waiting == 0
    assert len(hall.street.held.rows) == VISITS
    assert [line.n for line in hall.street.held.log] == list(range(1, VISITS + 1))


def test_the_other_desk_sees_how_far_the_street_is(hall: Hall, other_desk: Desk) -> None:
    register(other_desk)
    hall.up()
    hall.down()
    assert state(other_desk) == state(hall.desk)
    assert state(other_desk).confirmed == 1


def test_two_exports_from_one_home_do_not_get_into_each_other_s_way(
    hall: Hall, outbox: Path
) -> None:
    register(hall.desk)
    outbox.mkdir(parents=True)
    with FileLock(outbox / "export.lock") as lock:
        assert lock.acquire()
        with pytest.raises(EnvironmentFault, match="另一次上报"):
            hall.report()
    assert hall.report().export.changes == 1
