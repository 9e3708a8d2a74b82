"""What the children of the crash tests do until they are killed: export, take in, reconcile."""

from __future__ import annotations

from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.core.clock import SystemClock
from desktop_app.station.reporting.service import export, reconcile, take_receipt
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import register, timed
from tests.stations import CLERK, KEY


def _desk(path: str) -> Desk:
    return Desk(open_file(Path(path), KEY, SystemClock()), CLERK)


def report_without_end(path: str, stick: str, outbox: str, told: Connection) -> None:
    """Register a visit and report, again and again; tells the files of each 上报."""
    desk = _desk(path)
    for _ in count():
        register(desk, timed())
        done = export(desk, Path(stick), outbox=Path(outbox))
        told.send([one.name for one in done.paths])


def take_a_receipt(path: str, file: str, scratch: str, told: Connection) -> None:
    """Take one receipt in."""
    desk = _desk(path)
    told.send([])
    take_receipt(desk, Path(file), scratch=Path(scratch))
    told.send(["taken"])


def come_together(path: str, file: str, scratch: str, told: Connection) -> None:
    """Reconcile once."""
    desk = _desk(path)
    told.send([])
    reconcile(desk, Path(file), scratch=Path(scratch))
    told.send(["done"])
