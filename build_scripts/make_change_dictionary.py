"""Makes the dictionary that the change log is packed with, in `resources/storage`.

With the project's environment: `python -m build_scripts.make_change_dictionary NUMBER`. It learns
from what a small demo station wrote, so that no real person's words are in it. A dictionary that
has been released is never made anew: what was packed with it could not be read. A better one gets
the next number, and `storage/packing.py` another first byte.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

import sqlalchemy as sa
import zstandard

from build_scripts.ground.places import ROOT
from desktop_app.core.clock import SystemClock
from desktop_app.core.job import Job
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.station.demo.service import make_demo
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage.tables import CHANGE

FOLDER = ROOT / "resources" / "storage"
_TODAY = date(2026, 11, 24)
_BYTES = 8_192
_USUAL, _OF_EACH_KIND = 6_000, 40
_LEVEL = 3


def main() -> int:
    path = FOLDER / f"changes-{int(sys.argv[1])}.zdict"
    if path.exists():
        print(f"{path.name} is there already, and what was packed with it must stay readable")
        return 1
    by_kind = _payloads()
    dice = random.Random(1)
    every = [text for kind in sorted(by_kind) for text in by_kind[kind]]
    learnt = dice.sample(every, _USUAL)
    for kind in sorted(by_kind):
        learnt += dice.sample(by_kind[kind], min(_OF_EACH_KIND, len(by_kind[kind])))
    words = zstandard.train_dictionary(_BYTES, [text.encode() for text in learnt], level=_LEVEL)
    FOLDER.mkdir(exist_ok=True)
    path.write_bytes(words.as_bytes())
    return 0


def _payloads() -> dict[str, list[str]]:
    """What every change of a small demo station said, by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        clock = SystemClock()
        make_demo(home, scale="small", seed=5, today=_TODAY, job=Job("演示数据"))
        with open_house(home, clock) as house:
            session = sign_in(house, house.operators()[0].uid, DEMO_PASSWORD)
            with session.desk.database.unrecorded() as connection:
                query = sa.select(CHANGE.c.kind, CHANGE.c.payload).order_by(CHANGE.c.n)
                for kind, payload in connection.execute(query):
                    found[kind].append(payload)
            session.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
