"""Several desks of one street take files in at once; what is in them goes in once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.tally import Tally
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.service import take_in, write_receipts
from desktop_app.street.inbox.store import log
from tests.street import looking, records
from tests.street.crashing import open_desk
from tests.street.parcels import HandStation, hand_station


def another(street: Desk, home: Path) -> Desk:
    """A second seat at the same database, with connections of its own."""
    if street.database.dialect == "sqlite":
        return open_desk("sqlite", str(home / "jinlin-0.db"))
    return open_desk(
        "postgresql", street.database._writer.url.render_as_string(hide_password=False)
    )


def test_the_same_files_at_two_desks_are_applied_once(
    street: Desk, hand: HandStation, clock: FixedClock, tmp_path: Path
) -> None:
    other = hand_station(street, clock, tmp_path / "other", "XY02", "西园站")
    for number, station in enumerate((hand, other)):
        for n in range(1, 301):
            uid = 1000 * number + n
            fields = records.visit(uid, number=f"{station.code}-{n:04d}")
            station.put("visits", records.uid(uid), fields)
    paths = [hand.bundle(), other.bundle()]
    desks = [street, another(street, tmp_path)]
    start = threading.Barrier(2)
    found: list[Outcome] = []

    def work(desk: Desk, order: list[Path]) -> None:
        start.wait()
        found.extend(one.outcome for one in take_in(desk, order, tmp_path / "receipts"))

    threads = [
        threading.Thread(target=work, args=(desk, order))
        for desk, order in zip(desks, (paths, paths[::-1]), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desks[1].database.close()

    assert sorted(found) == [Outcome.APPLIED] * 2 + [Outcome.DUPLICATE] * 2
    assert len(looking.rows(street, "received")) == 600
    assert len(looking.rows(street, "visit")) == 600
    assert [looking.standing(street, code).hash for code in ("HL01", "XY02")] == [
        hand.hashes[-1],
        other.hashes[-1],
    ]


def test_a_receipt_is_of_one_moment_whatever_another_desk_takes_in_meanwhile(
    street: Desk, hand: HandStation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (1, 2):
        hand.put("visits", records.uid(n), records.visit(n))
    take_in(street, [hand.bundle(last=1)], tmp_path)
    other, later, tallies = another(street, tmp_path), hand.bundle(first=2), log.tallies

    def meanwhile(connection: log.Connection, station: str) -> dict[str, Tally]:
        monkeypatch.setattr(log, "tallies", tallies)
        take_in(other, [later], tmp_path / "other receipts")
        return tallies(connection, station)

    monkeypatch.setattr(log, "tallies", meanwhile)
    (path,) = write_receipts(street, tmp_path / "receipts")
    other.database.close()

    receipt = hand.receipt(path)
    assert [(receipt.until, one.changes) for one in receipt.tables] == [(1, 1)]
    assert looking.standing(street, "HL01").applied == 2
