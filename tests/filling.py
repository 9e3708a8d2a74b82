"""What many tests begin with, written by the services once in a run and copied for each of them.

A fixture says `return filled(a_small_week)`, or `filled_at(seat, …)` of another seat. The first
test on each of the two databases has all of it done there, every later one is given the rows, and
the hour it was by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.storage.base import METADATA
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHAIN_HEAD, META
from tests.stations import StationsOnServer

Answer = TypeVar("Answer")
Fill = Callable[[Desk, FixedClock], Answer]


class Filled(Protocol):
    """Fills the database of the test; answers what the filling answered."""

    def __call__(self, how: Fill[Answer]) -> Answer: ...


class FilledAt(Protocol):
    """Fills the database of any seat."""

    def __call__(self, desk: Desk, how: Fill[Answer]) -> Answer: ...


@dataclass(frozen=True)
class _Contents:
    """Rows by table, in the order in which they may be put in; how a server's are written differs
    from how a file's are."""

    rows: Mapping[str, Any]
    now: Millis
    answer: Any


@pytest.fixture(scope="session")
def contents() -> dict[tuple[object, str], _Contents]:
    """What was filled so far, by what filled it and which database it is."""
    return {}


@pytest.fixture
def filled_at(
    clock: FixedClock,
    contents: dict[tuple[object, str], _Contents],
    request: pytest.FixtureRequest,
) -> FilledAt:
    """Fills the empty database of a seat with what a function of the seat and the clock does.

    The function's answer, which nobody changes, is answered each time. What it writes lies in the
    database alone: attachments in folders are not copied.
    """

    def fill(desk: Desk, how: Fill[Answer]) -> Answer:
        key = how, desk.database.dialect
        if key not in contents:
            done = how(desk, clock)
            contents[key] = _Contents(_rows(desk, request), clock.now(), done)
        else:
            _put_in(desk, request, contents[key].rows)
            clock.set(contents[key].now)
            # They are the deeds of this desk, not of another one that it has yet to hear of.
            desk.database.others_wrote()
        answer: Answer = contents[key].answer
        return answer

    return fill


@pytest.fixture
def filled(desk: Desk, filled_at: FilledAt) -> Filled:
    """The same for `desk`."""
    return partial(filled_at, desk)


def _rows(desk: Desk, request: pytest.FixtureRequest) -> Mapping[str, Any]:
    if desk.database.dialect != "sqlite":
        stations: StationsOnServer = request.getfixturevalue("stations_on_server")
        return stations.rows(_name(desk))
    found: dict[str, list[tuple[Any, ...]]] = {}
    with desk.database.unrecorded() as connection:
        for table in METADATA.sorted_tables:
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').fetchall()
            if rows:
                found[table.name] = [tuple(row) for row in rows]
    return found


def _put_in(desk: Desk, request: pytest.FixtureRequest, rows: Mapping[str, Any]) -> None:
    if desk.database.dialect != "sqlite":
        stations: StationsOnServer = request.getfixturevalue("stations_on_server")
        stations.fill(_name(desk), rows)
        return
    with desk.database.unrecorded() as connection:
        # A record may point at another of its table that comes behind it.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for empty in (META, CHAIN_HEAD):
            connection.execute(sa.delete(empty))
        for table, lines in rows.items():
            places = ", ".join("?" * len(lines[0]))
            connection.exec_driver_sql(f'INSERT INTO "{table}" VALUES ({places})', lines)


def _name(desk: Desk) -> str:
    name = desk.database._writer.url.database
    assert name is not None
    return name
