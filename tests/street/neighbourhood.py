"""Stations in homes of their own around a street's, as people carry files between them."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.registers.offices import service as offices
from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.station.reporting import service as reporting
from desktop_app.station.reporting.service import Reconciled, Taken
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import Edition
from desktop_app.storage.session import Desk
from tests.homes import CHEAP, LEAD, PASSWORD
from tests.ledgers.visits.builders import register
from tests.registers.offices.enrolled import enrol

SECOND, SECOND_PASSWORD = "苏文静", "Su-wen-jing-2026"


@dataclass
class Branch:
    """One station: its home, the seat at it, and where it puts its files."""

    path: Path
    session: Session
    clock: FixedClock

    @property
    def desk(self) -> Desk:
        return self.session.desk

    @property
    def outbox(self) -> Path:
        return self.path / "outbox"

    def register(self, *names: str) -> None:
        """Somebody of each name was here."""
        for name in names:
            self.clock.advance(60)
            register(self.desk, name=name)

    def report(self, folder: Path, profile: Profile = Profile.WORK, **more: Any) -> Path:
        """Press 上报; answers the bundle."""
        self.clock.advance(60)
        exported = reporting.export(self.desk, folder, outbox=self.outbox, profile=profile, **more)
        return folder / exported.export.files[0].name

    def report_all(self, folder: Path, reason: str = "入户核对") -> Path:
        """Report complete data, to which somebody else agrees."""
        session = self.session
        people.add_operator(
            self.desk,
            session.keeper,
            name=SECOND,
            role=Role.LEAD,
            password=SECOND_PASSWORD,
            must_change=False,
        )
        second = reporting.prove_second(self.desk, session.house, SECOND, SECOND_PASSWORD)
        return self.report(folder, Profile.FULL, reason=reason, second=second)

    def take(self, receipt: Path) -> Taken:
        """Take the street's receipt."""
        return reporting.take_receipt(self.desk, receipt, scratch=self.path)

    def reconcile(self, snapshot: Path) -> Reconciled:
        """Take the street's 对账 file."""
        return reporting.reconcile(self.desk, snapshot, scratch=self.path)


@dataclass
class Neighbourhood:
    """Opens homes and closes them all in the end."""

    folder: Path
    clock: FixedClock
    _open: ExitStack = field(default_factory=ExitStack)

    def station(self, code: str, name: str) -> Branch:
        """A new station."""
        path = self.folder / code
        create_home(
            path, Edition.STATION, name, code, LEAD, PASSWORD, clock=self.clock, kdf_cost=CHEAP
        )
        return self.opened(path)

    def joined(self, code: str, name: str, street: Desk) -> Branch:
        """A new station that belongs to the street."""
        branch = self.station(code, name)
        enrol(branch.desk, street)
        return branch

    def opened(self, path: Path) -> Branch:
        """Sit down at a station's home."""
        house = self._open.enter_context(open_house(path, self.clock))
        session = sign_in(house, LEAD, PASSWORD, kdf_cost=CHEAP)
        self._open.callback(session.close)
        return Branch(path, session, self.clock)

    def copied(self, home: Path, desk: Desk, name: str) -> Branch:
        """A copy of a home as it is now, as a clone of its PC has it, and the seat at it."""
        target = self.folder / name
        desk.database.snapshot(self.folder / f"{name}.db")
        shutil.copytree(home, target, ignore=shutil.ignore_patterns("*.db*", "*.lock"))
        shutil.move(self.folder / f"{name}.db", target / "jinlin.db")
        return self.opened(target)

    def close(self) -> None:
        self._open.close()


def street_of(branch: Branch) -> str:
    """What the station calls the street it belongs to."""
    street = offices.my_street(branch.desk)
    return "" if street is None else street.name
