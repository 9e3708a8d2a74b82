"""Two desks of a hall cannot both give away the same time of one volunteer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.ledgers.service import service
from desktop_app.storage.opening import open_server
from desktop_app.storage.session import Desk
from tests.ledgers.service.builders import at, form, volunteer
from tests.stations import CLERK, ON_SERVER


@pytest.fixture
def desks(station_url: str, clock: FixedClock) -> Iterator[list[Desk]]:
    """Two seats, each with connections of its own."""
    databases = [open_server(station_url, ON_SERVER, clock) for _ in range(2)]
    yield [Desk(database, CLERK) for database in databases]
    for database in databases:
        database.close()


def both(calls: Sequence[Callable[[], object]]) -> list[bool]:
    """Which of two calls at the same moment were not refused."""
    together = Barrier(2)

    def tried(call: Callable[[], object]) -> bool:
        together.wait()
        try:
            call()
        except UserError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(tried, calls))


def test_who_stands_at_two_desks_is_taken_in_once(desks: list[Desk]) -> None:
    who = volunteer(desks[0])
    calls = [partial(service.sign_in, desk, form(who)) for desk in desks]
    assert both(calls) == [False, True]
    assert len(service.page(desks[0]).rows) == 1


def test_two_corrections_at_once_do_not_meet_in_one_evening(desks: list[Desk]) -> None:
    who = volunteer(desks[0])
    uids = [
        service.enter(desks[0], form(who, at(hour), at(hour + 1))).value.uid for hour in (8, 10)
    ]
    moved = [
        replace(service.for_editing(desk, uid), started_at=at(19), ended_at=at(20))
        for desk, uid in zip(desks, uids, strict=True)
    ]
    calls = [
        partial(service.correct, desk, uid, None, told)
        for desk, uid, told in zip(desks, uids, moved, strict=True)
    ]
    assert both(calls) == [False, True]
