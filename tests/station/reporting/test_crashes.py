"""The power goes while something is reported, confirmed or brought together: whole or not at all.

A child process does it on a file and is killed (SIGKILL, TerminateProcess) at a random moment.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import SystemClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Action
from desktop_app.station.reporting.service import export, reconcile, take_receipt
from desktop_app.station.reporting.service.state import history, state
from desktop_app.storage import audit
from desktop_app.storage.files import TEMPORARY_SUFFIX
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from tests.ledgers.requests import builders as asking
from tests.ledgers.visits.builders import register
from tests.station.reporting import child_at_the_stick
from tests.station.reporting.paper_street import PaperStreet
from tests.stations import CLERK, KEY

ROUNDS = 20
PATIENCE = 60.0


@pytest.fixture
def children() -> Any:
    """Starts child processes; where there is fork, from a server that has imported everything."""
    if not hasattr(os, "fork"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.station.reporting.child_at_the_stick"])
    return context


class Home:
    """A station's file that is opened, closed and copied at will."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.file = folder / "jinlin.db"
        self.outbox, self.stick = folder / "outbox", folder / "stick"
        self.stick.mkdir()
        shutil.copyfile(template, self.file)
        street = folder / "street"
        street.mkdir()
        self.street = PaperStreet(street, SystemClock())
        self.clock = SystemClock()
        with self.desk() as desk:
            self.street.adopt(desk)

    def desk(self) -> Any:
        """A seat, for the length of a `with`."""
        return _Seat(self.file, self.clock)

    def copy_to(self, target: Path) -> None:
        """A backup: nobody has the file open."""
        shutil.copyfile(self.file, target)

    def copy_from(self, source: Path) -> None:
        for beside in ("-wal", "-shm"):
            Path(f"{self.file}{beside}").unlink(missing_ok=True)
        shutil.copyfile(source, self.file)


class _Seat:
    def __init__(self, file: Path, clock: SystemClock) -> None:
        self._file, self._clock = file, clock

    def __enter__(self) -> Desk:
        self._database = open_file(self._file, KEY, self._clock)
        return Desk(self._database, CLERK)

    def __exit__(self, *_: object) -> None:
        self._database.close()


@pytest.fixture
def home(template_file: Path, tmp_path: Path) -> Home:
    return Home(template_file, tmp_path)


def killed(
    children: Any, work: Callable[..., None], arguments: tuple[object, ...], patience: float
) -> list[list[str]]:
    """Run `work` in a child, and kill it `patience` seconds after it first said something."""
    reading, writing = children.Pipe(duplex=False)
    child = children.Process(target=work, args=(*map(str, arguments), writing))
    child.start()
    writing.close()
    told = []
    with reading:
        told.append(reading.recv())
        child.join(timeout=patience)
        child.kill()
        child.join()
        while True:
            try:
                told.append(reading.recv())
            except (EOFError, OSError):
                break
    child.close()
    return told


def undisturbed(children: Any, work: Callable[..., None], arguments: tuple[object, ...]) -> float:
    """How many seconds the work takes when nobody kills it."""
    began = time.monotonic()
    assert len(killed(children, work, arguments, PATIENCE)) == 2
    return time.monotonic() - began


def moments(most: float) -> Iterator[float]:
    dice = random.Random(20261128)
    for _ in range(ROUNDS):
        yield dice.random() * most


def from_at_once_to_never(most: float) -> Iterator[float]:
    """How fast a machine is must not decide whether both ends were seen."""
    yield 0.0
    yield from moments(most)
    yield PATIENCE


def is_whole(desk: Desk) -> bool:
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        assert audit.check_changes(connection) + audit.check_audit(connection) == []
    return True


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_whatever_lies_on_the_stick_is_whole_and_the_next_report_goes_on(
    home: Home, children: Any
) -> None:
    told: list[list[str]] = []
    for moment in moments(0.2):
        arguments = (home.file, home.stick, home.outbox)
        told += killed(children, child_at_the_stick.report_without_end, arguments, moment)
    with home.desk() as desk:
        done = export(desk, home.stick, outbox=home.outbox)
        assert is_whole(desk)
        on_record = {file.name for made in history(desk) for file in made.files}
        left = {path.name for path in home.outbox.glob("*.jlb")}
        last = home.street.read(done.paths[0])
        assert last.header.last == state(desk).waiting
    assert left <= on_record
    assert not list(home.stick.glob(f".*{TEMPORARY_SUFFIX}"))
    lying = {path.name for path in home.stick.iterdir()}
    assert {name for names in told for name in names} <= lying
    for path in home.stick.iterdir():
        assert home.street.read(path).header.changes > 0


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_receipt_counts_whole_or_not_at_all(home: Home, children: Any, tmp_path: Path) -> None:
    with home.desk() as desk:
        for _ in range(28):
            register(desk)
        asked = asking.act(desk, asking.register(desk), Action.ESCALATE)
        home.street.take(export(desk, home.stick, outbox=home.outbox).paths[0])
        assert home.street.answer(asked.uid, "已安排周五上门")
        file = home.street.receipt(desk)
    home.copy_to(tmp_path / "before.db")
    seen = set()
    arguments = (home.file, file, home.street.folder)
    length = undisturbed(children, child_at_the_stick.take_a_receipt, arguments)
    for moment in from_at_once_to_never(length):
        home.copy_from(tmp_path / "before.db")
        killed(children, child_at_the_stick.take_a_receipt, arguments, moment)
        with home.desk() as desk:
            known = state(desk)
            phases = [made.phase.value for made in history(desk)]
            has = asking.stored(desk, asked.uid).answer is not None
            assert (known.confirmed, phases, has) in (
                (0, ["delivered"], False),
                (30, ["confirmed"], True),
            )
            seen.add(known.confirmed)
            take_receipt(desk, file, scratch=home.street.folder)
            assert state(desk).confirmed == 30
            steps = asking.stored(desk, asked.uid).steps
            assert [step.action for step in steps].count(Action.ANSWERED) == 1
    assert seen == {0, 30}


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_coming_together_happens_whole_or_not_at_all(
    home: Home, children: Any, tmp_path: Path
) -> None:
    home.copy_to(tmp_path / "backup.db")
    with home.desk() as desk:
        for _ in range(60):
            register(desk)
        home.street.take(export(desk, home.stick, outbox=home.outbox).paths[0])
    home.copy_from(tmp_path / "backup.db")
    with home.desk() as desk:
        for _ in range(5):
            register(desk)
        file = home.street.snapshot(desk)
    home.copy_to(tmp_path / "before.db")
    seen = set()
    arguments = (home.file, file, home.street.folder)
    length = undisturbed(children, child_at_the_stick.come_together, arguments)
    for moment in from_at_once_to_never(length):
        home.copy_from(tmp_path / "before.db")
        killed(children, child_at_the_stick.come_together, arguments, moment)
        with home.desk() as desk:
            assert is_whole(desk)
            confirmed = state(desk).confirmed
            assert confirmed in (0, 60)
            seen.add(confirmed)
            reconcile(desk, file, scratch=home.street.folder)
            assert is_whole(desk)
            assert (state(desk).confirmed, state(desk).waiting) == (60, 10)
    assert seen == {0, 60}
