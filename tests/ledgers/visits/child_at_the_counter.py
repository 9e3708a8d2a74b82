"""What the child process of the power-cut test does: register visits until it is killed."""

from __future__ import annotations

from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.core.clock import SystemClock
from desktop_app.ledgers.visits import service
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter, timed
from tests.stations import CLERK, KEY


def register_without_end(path: str, told: Connection) -> None:
    """Register visits in the file and tell the numbers of each once it was saved."""
    desk = Desk(open_file(Path(path), KEY, SystemClock()), CLERK)
    forms = [form(matter()), form(matter(), timed(), people=2), form(timed())]
    for one in cycle(forms):
        made = service.register(desk, one).value
        told.send([visit.number for visit in made])
