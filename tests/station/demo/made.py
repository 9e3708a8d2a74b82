"""Making a tiny demo home, and taking a seat in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import Clock, FixedClock, Zone
from desktop_app.core.job import Job
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.station.demo.service import Made, make_demo
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import DATABASE_PASSWORD_VARIABLE
from tests.homes import CHEAP

TODAY = date(2026, 11, 23)
LATE_MORNING = FixedClock(Zone().at(TODAY, 11))


def make(path: Path, *, seed: int = 1, clock: Clock = LATE_MORNING, url: str = "") -> Made:
    return make_demo(
        path,
        scale="tiny",
        seed=seed,
        today=TODAY,
        job=Job("演示"),
        clock=clock,
        database_url=url,
    )


@contextmanager
def seated(made: Made, clock: Clock = LATE_MORNING) -> Iterator[Session]:
    """Somebody signed in at a demo home, the lead."""
    with open_house(made.home.path, clock, window=False) as house:
        session = sign_in(house, made.operators[0][0], DEMO_PASSWORD, kdf_cost=CHEAP)
        try:
            yield session
        finally:
            session.close()


def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty database on a server, its password set aside."""
    address = sa.engine.make_url(request.getfixturevalue("postgres_url"))
    if address.password:
        monkeypatch.setenv(DATABASE_PASSWORD_VARIABLE, str(address.password))
    return address.set(password=None).render_as_string(hide_password=False)
