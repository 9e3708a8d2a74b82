"""Taking a seat in a demo home, as an operator does, at a moment of the story."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.core.clock import Clock
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.station.reporting.service.exporting import export
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import Home
from desktop_app.storage.keys import QUICK_COST


@contextmanager
def signed_in(home: Path, clock: Clock) -> Iterator[Session]:
    """The first operator of a demo home has signed in, by this clock."""
    with open_house(home, clock) as house:
        first = house.operators()[0]
        session = sign_in(house, first.uid, DEMO_PASSWORD, kdf_cost=QUICK_COST)
        try:
            yield session
        finally:
            session.close()


def reported(session: Session, folder: Path) -> tuple[Path, ...]:
    """上报 to a folder; answers where the bundle lies, and the photos that go with it."""
    outbox = outbox_of(session.house.home)
    return export(session.desk, folder, outbox=outbox).paths


def outbox_of(home: Home) -> Path:
    """Where a home keeps what it has sealed."""
    return home.path / "outbox"


def scratch_of(home: Home) -> Path:
    """Where a home opens what came."""
    return home.path / "scratch"
